"""The looks that build.yaml chooses: each stays on the grid, none loses a word, and the large letter stands where it should."""

import itertools
from functools import lru_cache
from pathlib import Path

import pypdfium2
import pytest

from bookbuild.config.keys import Page, Settings
from bookbuild.config.look_keys import Breaks, Heads, LooksKeys, Openings, Ornament
from bookbuild.config.values import Format
from bookbuild.errors import BookError, Place
from bookbuild.styles import look_file, ornament_file, style_names
from bookbuild.tree import Block, Book, ThematicBreak
from bookbuild.writers.drop_capital import DropCapital, drop_capital
from bookbuild.writers.fonts import read_family
from bookbuild.writers.look_sheets import look_paths, look_sheets
from bookbuild.writers.pdf import PrintLooks, write_pdf
from bookbuild.writers.written import Written
from tests.pdf_reading import LEADING, PRINT_CSS, body_lines, lines
from tests.program import MINIMAL, make_book, run
from tests.tree_samples import STORY, chapter, paragraph, sample_edition

HERE = Place("build.yaml", 7, 3)
BOOK = Book(
    (),
    (
        chapter(1, "The Tide Table", [*map(paragraph, STORY), ThematicBreak(), *map(paragraph, STORY * 3)]),
        chapter(2, "", map(paragraph, STORY)),
    ),
)
EVERY = list(itertools.zip_longest(Heads, Openings, Breaks, Ornament))
"""Choices so that each is there once."""


@lru_cache
def written(looks: LooksKeys, font: str = "Source Serif Pro", book: Book | None = None) -> Written:
    edition = sample_edition(Format.PDF, page={"font": font})
    settings = edition.settings.model_copy(update={"looks": looks})
    sheets, told = look_sheets(settings, Path(), HERE)
    assert told == ()
    style = PrintLooks(Path(), (PRINT_CSS,), None, HERE, chosen=sheets)
    return write_pdf(book or BOOK, edition.model_copy(update={"settings": settings}), style)


def _looks(*choices: object) -> LooksKeys:
    heads, openings, breaks, ornament = choices
    given = {"heads": heads, "openings": openings, "breaks": breaks, "ornament": ornament}
    return LooksKeys.model_validate({name: one.value for name, one in given.items() if one is not None})  # type: ignore[attr-defined]


# ---------------------------------------------------------------- every choice


def test_every_choice_has_its_sheet_and_every_ornament_its_drawing() -> None:
    names = [f"{what}-{one.value.replace(' ', '-')}" for what, kind in
             (("heads", Heads), ("openings", Openings), ("breaks", Breaks)) for one in kind]  # fmt: skip

    assert {path.name for path in look_file("").glob("*.print.css")} == {
        f"{name}.print.css" for name in names
    }
    assert {path.name.removesuffix(".epub.css") for path in look_file("").glob("*.epub.css")} <= set(names)
    assert {path.stem for path in look_file("ornaments").iterdir()} == {one.value for one in Ornament}
    assert "looks" not in style_names()


@pytest.mark.parametrize("choices", EVERY, ids=lambda choices: "-".join(one.value for one in choices if one))
def test_each_is_painted_without_a_word_and_stays_on_the_grid(choices: tuple[object, ...]) -> None:
    made = written(_looks(*choices))

    assert [str(told) for told in made.findings] == []
    last = {
        page: [line.baseline for line in body_lines(made, page) if 10 < line.size < 11][-1] for page in (0, 1)
    }
    for page, foot in last.items():
        for line in body_lines(made, page)[3:]:
            if 10 < line.size < 11:
                off = (line.baseline - foot) % LEADING
                assert min(off, LEADING - off) < 0.15, (
                    line
                )  # lines that are set a little wider are so much off


def test_what_is_not_chosen_is_as_the_style_has_it() -> None:
    assert look_paths(LooksKeys(), "print") == []
    assert look_sheets(Settings(title="T", authors=[{"name": "A"}]), Path(), HERE) == ((), ())


# ---------------------------------------------------------------- ornaments


def test_an_ornament_that_is_not_known_is_told_with_those_that_are(tmp_path: Path) -> None:
    keys = "looks: {breaks: ornament, ornament: laef}\n"
    said = run(make_book(tmp_path, build_file=MINIMAL + keys), "build", "-e", "pdf")

    assert said.code == 2
    assert "build.yaml:3:37: error: there is no ornament 'laef'" in said.err
    assert "leaf, diamonds, wave, star, rosette, flourish" in said.err


def test_an_ornament_of_one_s_own_is_painted_and_made_safe(tmp_path: Path) -> None:
    keys = "looks: {breaks: ornament, ornament: bird.svg}\n"
    make_book(tmp_path, {"one.txt": "Chapter 1\n\nIt rained.\n\n***\n\nIt rained.\n"}, MINIMAL + keys)
    drawing = '<svg xmlns="http://www.w3.org/2000/svg" width="20pt" height="9pt"><script>a()</script><rect width="20" height="9"/></svg>'
    (tmp_path / "bird.svg").write_text(drawing, "utf-8")
    said = run(tmp_path, "build", "-e", "pdf")

    assert said.code == 0
    assert "the ornament 'bird.svg' had what a book may not have" in said.err
    with pytest.raises(BookError, match="outside the book's folder"):
        look_sheets(
            Settings.model_validate(
                {"title": "T", "authors": "A", "looks": {"breaks": "ornament", "ornament": "../x.svg"}}
            ),
            tmp_path,
            HERE,
        )


def test_ornaments_are_drawings_in_black_that_a_printer_takes() -> None:
    for one in Ornament:
        text = ornament_file(one.value).read_text("utf-8")
        assert "opacity" not in text
        assert "href" not in text


# ---------------------------------------------------------------- an empty line at a page's edge


def _scenes() -> list[Block]:
    scenes: list[Block] = []
    for count in range(1, 80):
        scenes += [*[paragraph("It rained.")] * (count % 5 + 1), ThematicBreak()]
    scenes.append(paragraph("It rained."))
    return scenes


def test_an_empty_line_between_scenes_is_marked_where_a_page_s_head_or_foot_would_hide_it() -> None:
    made = written(LooksKeys(breaks=Breaks.SPACE), book=Book((), (chapter(1, "Rain", _scenes()),)))
    edges = [body_lines(made, page)[at].text for page in range(1, made.pages - 1) for at in (0, -1)]
    inner = [line.text for page in range(made.pages) for line in body_lines(made, page)[1:-1]]

    assert made.findings == ()
    assert any("*" in text for text in edges)
    assert not any("*" in text for text in inner)


def test_an_ornament_fits_a_page_s_foot() -> None:
    made = written(LooksKeys(breaks=Breaks.ORNAMENT), book=Book((), (chapter(1, "Rain", _scenes()),)))

    assert made.pages > 10
    assert made.findings == ()


# ---------------------------------------------------------------- the large letter


def _measures(font: str = "Source Serif Pro") -> DropCapital:
    return drop_capital(Page(font=font), read_family(font, Path(), HERE))


@pytest.mark.parametrize("font", ["Source Serif Pro", "Spectral", "Crimson Text", "PT Serif"])
def test_the_letter_reaches_from_the_first_line_s_head_to_the_third_s_foot(font: str) -> None:
    made = written(LooksKeys(openings=Openings.DROP_CAPITAL), font)
    rows = [line for line in body_lines(made, 0) if line.left > 0]
    letter = rows.pop(next(at for at, line in enumerate(rows) if line.size > 30))
    first = next(at for at, line in enumerate(rows) if "HE CLIMBED" in line.text.upper())
    third = rows[first + 2]

    assert letter.text.startswith("S")
    assert letter.baseline == pytest.approx(third.baseline, abs=0.3)
    assert letter.size == pytest.approx(_measures(font).size, abs=0.1)
    assert min(line.left for line in rows[first : first + 3]) > 65
    assert rows[first + 3].left == pytest.approx(54, abs=1)


def test_the_heading_is_read_before_the_letter_and_the_word_is_whole() -> None:
    made = written(LooksKeys(openings=Openings.DROP_CAPITAL))
    text = pypdfium2.PdfDocument(made.data)[0].get_textpage().get_text_bounded()

    assert "".join(text.split()).startswith("Chapter1TheTideTableShe")


LONG = "climbed the ladder, trimmed the wick and waited for the flame to stand. " * 5


def _put(paragraph_: str) -> str:
    return _measures().put_into(f'<h1>One</h1>\n<p class="opening flush">{paragraph_}</p>')


def test_quotation_marks_stand_small_before_it_and_a_word_of_one_letter_keeps_its_space() -> None:
    quoted = _put(f'<span class="first-words">“Is it true</span>,” said he, {LONG}')
    alone = _put(f'<span class="first-words">I do Saturdays</span>. {LONG}')

    assert '">“</span>I</span></span><span class="first-words">s it true</span>' in quoted
    assert 'I </span></span><span class="first-words">do Saturdays</span>' in alone


def test_a_short_paragraph_and_one_that_begins_otherwise_keep_their_letters() -> None:
    for kept in ("It rained.", f"<em>It</em> rained {LONG}", f"— {LONG}"):
        assert "drop-capital" not in _put(kept)


def test_lines_around_the_letter_are_composed_and_painted_so() -> None:
    made = written(LooksKeys(openings=Openings.DROP_CAPITAL))
    beside = [line.size for line in body_lines(made, 0) if 80 < line.left < 90]

    assert not [finding for finding in made.findings if "composed" in finding.message]
    assert len(beside) == 3
    assert set(beside) != {10.5}  # letters of composed lines are a little wider or narrower


def test_only_chapters_begin_so() -> None:
    made = written(LooksKeys(openings=Openings.DROP_CAPITAL))
    large = [line for page in range(made.pages) for line in lines(made, page) if line.size > 30]

    assert len(large) == 2


# ---------------------------------------------------------------- both formats


def test_the_epub_has_the_looks_that_screens_can_show(tmp_path: Path) -> None:
    import zipfile

    keys = "looks: {heads: right, openings: plain, breaks: space}\n"
    assert run(make_book(tmp_path, build_file=MINIMAL + keys), "build").code == 0
    with zipfile.ZipFile(tmp_path / "build" / "the-salt-road.epub") as epub:
        css = "".join(epub.read(name).decode() for name in epub.namelist() if name.endswith(".css"))

    assert "text-align: right" in css
    assert "border-top: 0" in css


def test_printers_take_all_looks(tmp_path: Path) -> None:
    keys = "looks: {heads: ornamented, openings: drop capital, breaks: ornament, ornament: leaf}\n"
    story = "\n\n".join(("Chapter {}", *STORY, "***", *STORY))
    chapters = {f"chapter-{number}.txt": story.format(number) for number in range(1, 14)}
    said = run(make_book(tmp_path, chapters, MINIMAL + keys), "build", "-e", "pdf", "--print", "ingram")

    assert said.code == 0, said.err
    assert "IngramSpark" not in said.err
