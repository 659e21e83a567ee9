"""build.yaml: what it takes, and what it says of each mistake."""

import json
import re
from pathlib import Path

import pytest

from bookbuild.config.load import Config, load_config, schema
from bookbuild.config.values import Format, Notes
from bookbuild.errors import RequestError

SAMPLE = Path(__file__).parent.parent / "build.yaml"
BASE = "title: T\nauthors: A\n"


def load(tmp_path: Path, text: str | bytes) -> Config:
    path = tmp_path / "build.yaml"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return load_config(path)


def faults(tmp_path: Path, text: str | bytes) -> list[str]:
    with pytest.raises(RequestError) as raised:
        load(tmp_path, text)
    return [str(finding) for finding in raised.value.findings]


# ---------------------------------------------------------------- what it takes


def test_two_lines_are_enough(tmp_path: Path) -> None:
    config = load(tmp_path, BASE)

    assert [(edition.name, edition.format) for edition in config.editions] == [
        ("epub", Format.EPUB),
        ("pdf", Format.PDF),
    ]
    assert config.settings.author_line == "A"


def test_a_title_may_look_like_anything_else_in_yaml(tmp_path: Path) -> None:
    for title in ("No", "1984", "2001-01-01", "12:30", "null and void"):
        assert load(tmp_path, f"title: {title}\nauthors: A").settings.title == title


def test_people_have_names_roles_and_sort_names(tmp_path: Path) -> None:
    people = "authors: [Ann Lee, {name: Ursula K. Le Guin, sort: 'Le Guin, Ursula K.'}]\ncontributors: {name: Bo, role: editor}"
    settings = load(tmp_path, f"title: T\n{people}").settings

    assert [person.sort_name for person in settings.authors] == ["Lee, Ann", "Le Guin, Ursula K."]
    assert [person.relator for person in settings.contributors] == ["edt"]


def test_the_same_book_has_the_same_identifier(tmp_path: Path) -> None:
    first, second = (load(tmp_path, BASE).settings.unique_identifier for _ in range(2))

    assert first == second
    assert first.startswith("urn:uuid:")
    assert (
        load(tmp_path, BASE + "isbn: 978-0-306-40615-7").settings.unique_identifier
        == "urn:isbn:9780306406157"
    )


def test_notes_are_for_all_or_by_format(tmp_path: Path) -> None:
    config = load(tmp_path, BASE + "notes: {epub: end, pdf: omit}")

    assert [edition.notes for edition in config.editions] == [Notes.END, Notes.OMIT]


def test_an_edition_lays_its_settings_over_the_books(tmp_path: Path) -> None:
    text = BASE + "page: {size: 11pt, leading: 15pt}\neditions:\n  big: {format: pdf, page: {size: 16pt}}"
    (edition,) = load(tmp_path, text).editions

    assert (edition.settings.page.size, edition.settings.page.leading) == (16.0, 15.0)


def test_lengths_and_trims_have_units(tmp_path: Path) -> None:
    page = load(tmp_path, BASE + "page: {trim: 148x210mm, size: 4mm}").settings.page

    assert page.trim == pytest.approx((419.5, 595.3), abs=0.1)
    assert page.size == pytest.approx(11.34, abs=0.01)


# ---------------------------------------------------------------- what it says


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "authors: A\n\n# the title\ntitel: T\n",
            ["build.yaml:1:1: error: the key 'title' is missing\n  hint: write  title: The Name of the Book",
             "build.yaml:4:1: error: unknown key 'titel'\n  hint: did you mean 'title'?"],
        ),
        (BASE + "page: {sizes: 11pt}", ["build.yaml:3:8: error: unknown key 'sizes'\n  hint: did you mean 'size'?"]),
        (
            BASE + "page:\n  size: 11\n  trim: huge\nnotes: perhaps",
            ["build.yaml:4:9: error: '11' is not a length; write a number and a unit, such as 0.75in, 18mm or 11pt",
             "build.yaml:5:9: error: 'huge' is not a trim size; write 5.5x8.5in, 148x210mm, or one of pocket, digest, novel, b-format, a5, trade, royal, pinched-quarto, executive, crown-quarto, small-square, square, letter, a4",
             "build.yaml:6:8: error: 'notes' should be 'keep', 'omit' or 'end'"],
        ),
        (BASE + "isbn: 978-0-306-40615-8", ["build.yaml:3:7: error: '978-0-306-40615-8' is not an ISBN: it needs 13 digits (or 10), and the last must check"]),
        (BASE + "date: soon", ["build.yaml:3:7: error: 'soon' is not a date; write 2026, 2026-05 or 2026-05-31"]),
        (BASE + "language: Klingon!", ["build.yaml:3:11: error: 'Klingon!' is not a language tag; write en, en-GB, de, fr … (BCP 47)"]),
        (BASE + "title: again", ["build.yaml:3:1: error: the key 'title' stands twice, first in line 1"]),
        (
            BASE + "editions:\n  print: {formt: pdf}",
            ["build.yaml:4:3: error: the edition 'print' needs a format, one of epub, pdf, kepub, azw3"],
        ),
        (BASE + "editions:\n  pdf: {titel: X}", ["build.yaml:4:9: error: unknown key 'titel'\n  hint: did you mean 'title'?"]),
        (BASE + "rules: {dot-run: perhaps}", ["build.yaml:3:18: error: 'dot-run' should be on or off"]),
        (BASE + "frontmatter: [copyright, copyright]", ["build.yaml:3:14: error: 'copyright' is listed twice"]),
        (BASE + "frontmatter: [contents: My list]", ["build.yaml:3:15: error: 'contents' is made from the chapters, and takes no text"]),
        ("- a list", ["build.yaml:1:1: error: does not hold keys and values\n  hint: begin with:\n    title: The Name of the Book\n    authors: Your Name"]),
        (BASE + "cover: !!python/object/apply:os.system ['true']", ["build.yaml:3:8: error: the tag 'tag:yaml.org,2002:python/object/apply:os.system' is not allowed here"]),
    ],
)  # fmt: skip
def test_every_mistake_has_its_place_and_the_way_out(tmp_path: Path, text: str, expected: list[str]) -> None:
    assert faults(tmp_path, text) == expected


def test_broken_yaml_has_its_place(tmp_path: Path) -> None:
    (fault,) = faults(tmp_path, "title: T\nauthors: [A\nlanguage: en\n")

    assert re.match(r"build\.yaml:3:\d+: error: not YAML: ", fault)


def test_a_file_that_is_no_text_says_so(tmp_path: Path) -> None:
    assert faults(tmp_path, b"title: \xff\xfe")[0].startswith("build.yaml: error: is not UTF-8 text")
    assert faults(tmp_path, b"title: \x00")[0].startswith("build.yaml: error: not YAML")


def test_an_empty_file_says_what_is_missing(tmp_path: Path) -> None:
    assert len(faults(tmp_path, "")) == 2


@pytest.mark.parametrize(
    "bomb",
    [
        "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n" + "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]\n" for n in range(1, 12)),
        "a: &a [*a]\n",
        "a: " + "[" * 3000 + "]" * 3000,
        "a: " + "x" * 2_000_000,
    ],
    ids=["a billion laughs", "an alias of itself", "nested 3,000 deep", "two million characters"],
)  # fmt: skip
def test_bombs_are_refused(tmp_path: Path, bomb: str) -> None:
    (fault,) = faults(tmp_path, BASE + bomb)

    assert "too many values" in fault or "too deeply" in fault or "larger than" in fault


# ---------------------------------------------------------------- the reference


def test_the_sample_build_file_is_valid_and_shows_every_key() -> None:
    load_config(SAMPLE)
    text = SAMPLE.read_text("utf-8")
    keys = set(schema()["properties"])

    assert {key for key in keys if not re.search(rf"(?m)^(# ?)?{key}:", text)} == set()


def test_the_schema_is_json_and_explains_every_key() -> None:
    properties = json.loads(json.dumps(schema()))["properties"]

    assert {name for name, value in properties.items() if not value.get("description")} == set()
    assert schema()["additionalProperties"] is False
