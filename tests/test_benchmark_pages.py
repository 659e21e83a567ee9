"""The benchmark of pages: that the typesetters set the same words, and that what is counted is there to be counted."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

BENCHMARKS = Path(__file__).resolve().parent.parent / "benchmarks"
GOLD = BENCHMARKS.parent.parent / "shared" / "gold"
PAGE_QUALITY = BENCHMARKS.parent.parent / "shared" / "tools" / "page_quality.py"
TRICKY = 'A #hash, 100 % & $5 {x}_y^z ~w \\back "quoted" fi‐ne @all <b> [c] *d* `e` ‘f’ — end'


def python(program: str) -> str:
    """Run a program where the benchmarks import one another, with a small book at hand."""
    imports = f"import sys; sys.path[:0] = [{str(BENCHMARKS)!r}, {str(BENCHMARKS.parent)!r}]\n"
    done = subprocess.run(
        [sys.executable, "-c", imports + program], cwd=BENCHMARKS, capture_output=True, text=True, check=True
    )
    return done.stdout


def test_a_fair_copy_has_every_word_of_the_book_in_order() -> None:
    found = json.loads(
        python("""
import json
from fair_copy import Lines, Opening, Prose, fair_copy
from tests.tree_samples import WHOLE_BOOK
from bookbuild.tree import flat_text
from bookbuild.units import division_words, divisions
from bookbuild.words import keys
copied = []
for passage in fair_copy(WHOLE_BOOK):
    match passage:
        case Opening(label, title): copied += [label, title]
        case Prose(children): copied.append(children)
        case Lines(lines): copied += lines
wanted = [word.text for division in divisions(WHOLE_BOOK) for word in division_words(division, alts=False)]
print(json.dumps([[key for text in copied for key in keys(flat_text(text))], [key for word in wanted for key in keys(word)]]))
""")
    )
    assert found[0]
    assert "".join(found[0]) == "".join(found[1])


def test_a_line_that_is_painted_otherwise_is_counted() -> None:
    told = python("""
from our_setting import otherwise
pages = ["It was a dark and\\nstormy\\x1fnight, and the ﬁre\\n", "was out. It was be\\x1f\\nyond him.\\n"]
right = ["It was a dark and", "stormy night, and the fire", "was out. It was be-", "yond him."]
print(otherwise(right, pages), otherwise([*right[:3], "beyond him."], pages), otherwise([*right, right[0]], pages))
""")
    assert told.split() == ["0", "1", "1"]


def test_composing_is_watched(tmp_path: Path) -> None:
    manuscript = tmp_path / "manuscript"
    manuscript.mkdir()
    paragraph = "The lamp was out, and nobody on the staithe could say who had been asked to light it. " * 9
    (manuscript / "1.txt").write_text(f"Chapter 1\\n\\n{paragraph}\\n\\n{paragraph}\\n", "utf-8")
    (tmp_path / "build.yaml").write_text(
        "title: T\nauthors: [A]\neditions:\n  fine: {format: pdf}\n  plain: {format: pdf, composition: plain}\n"
    )
    fine, plain = (
        json.loads(
            subprocess.run(
                [sys.executable, BENCHMARKS / "our_setting.py", tmp_path, name, tmp_path / f"{name}.pdf"],
                capture_output=True, check=True,
            ).stdout
        )
        for name in ("fine", "plain")
    )  # fmt: skip
    assert fine["composed"] > 20
    assert fine["otherwise"] == 0
    assert 0 < fine["composing"] + fine["specimens"] < fine["whole"]
    assert (plain["composed"], plain["composing"]) == (0, 0)


@pytest.mark.parametrize("name", ["Typst", "LuaLaTeX"])
def test_a_typesetter_sets_the_words_that_it_is_given(name: str, tmp_path: Path) -> None:
    text = python(f"""
import subprocess
from pathlib import Path
from fair_copy import Break, Lines, Opening, Prose
from typesetters import Order, command_of, find_typesetters, source_of
from bookbuild.config.keys import Page
from bookbuild.errors import Place
from bookbuild.readback import pdf_pages
from bookbuild.tree import Emphasis, Strong, Text
from bookbuild.writers.fonts import read_family
from bookbuild.writers.page_geometry import page_geometry
program = find_typesetters().get({name!r})
if program:
    place, folder, words = Place("build.yaml"), Path({str(tmp_path)!r}), (Text({TRICKY!r}),)
    copy = (
        Opening((), (Text("One"),)), Prose((Emphasis((Strong(words), *words)),)), Break(),
        Prose(words, is_flush=True), Lines((words, words)), Prose(words, is_quoted=True),
    )
    page = page_geometry(Page(), 100, place)
    source = source_of({name!r}, Order(copy, page, read_family("Crimson Text", folder, place), "en-US"), folder)
    subprocess.run(command_of({name!r}, program, source), check=True, stdout=subprocess.DEVNULL)
    print(*pdf_pages(source.with_suffix(".pdf"), page.text_area), sep="\\n")
""")
    if not text:
        pytest.skip(f"{name} is not installed")
    shown = "".join(character for character in TRICKY if character.isascii() and not character.isspace())
    printed = "".join(character for character in text if character.isascii() and character.isprintable())
    assert "".join(printed.split()).replace("-", "").count(shown) == 6


def test_novels_are_set_beside_each_other(tmp_path: Path) -> None:
    if not (GOLD.is_dir() and PAGE_QUALITY.is_file()):
        pytest.skip(f"{PAGE_QUALITY} or {GOLD} is not there, so there is no scorer or no novel")
    book = ["--books", "alice", "--words", "3000", "--pages", "crimson"]
    options = ["--no-peers", "--show", "2", "--keep", str(tmp_path)]
    command = [sys.executable, str(BENCHMARKS / "pages.py"), *book, *options]
    told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    rows = {
        row.split("|")[1].strip(): row.split("|")[2:4] for row in told.splitlines() if row.startswith("| ")
    }
    fine, plain = (float(cell.split("·")[0]) for cell in rows["loose · tight lines, per 1,000"])
    assert fine < plain
    assert rows["lines painted otherwise than composed"][0].strip().startswith("0 of ")
    assert told.rstrip().endswith("not installed, or were not asked: Typst, LuaLaTeX.")


def test_marks_are_found_where_they_are(tmp_path: Path) -> None:
    if not PAGE_QUALITY.is_file():
        pytest.skip(f"{PAGE_QUALITY} is not there, so there is no scorer")
    found = json.loads(
        python(f"""
import json
from pathlib import Path
from pages import _scorer
from proof_marks import marks
from tests.pdf_reading import SIZE, write
from tests.tree_samples import chapter, paragraph, sample_edition
from bookbuild.config.values import Format
from bookbuild.tree import Book
short = [paragraph("A line.")]
three = paragraph("The tide came in and the tide went out, and no one ever wrote it down. " * 2 + "It did not matter much.")
loose = paragraph("One two three four five six seven eight nine sesquipedaliansesquipedalian, and so on and on.")
runt = paragraph(" ".join(["no"] * 21))
blocks = [*short * 24, *short * 33, three, *short * 31, loose, runt, *short * 9]
written = write(Book((), (chapter(1, "", blocks),)), sample_edition(Format.PDF, composition="plain"))
file = Path({str(tmp_path / "book.pdf")!r})
file.write_bytes(written.data)
print(json.dumps([[mark.kind, mark.page, mark.text] for mark in marks(file, written.text_area, SIZE, _scorer().lines_of)]))
""")
    )
    assert [mark[:2] for mark in found] == [["short", 2], ["uneven", 2], ["loose", 4], ["runt", 4]]
