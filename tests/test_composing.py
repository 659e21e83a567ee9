"""Composition with WeasyPrint: that what was composed is what is painted, and what becomes of the rest."""

import ctypes
import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from xml.etree.ElementTree import Element, fromstring, tostring

import pikepdf
import pypdfium2
import pytest
from pypdfium2 import raw

from bookbuild.config.values import Format
from bookbuild.readback import pdf_pages, printed_words
from bookbuild.tree import Block, Book, Strong, Text, ThematicBreak
from bookbuild.writers.composing.left import FLOATS
from bookbuild.writers.composing.stretches import Stretch, cut, fill, stretches
from bookbuild.writers.written import Written
from tests.pdf_reading import DEPTH, LEADING, LONG, SIZE, body_lines, novel, opened, write
from tests.tree_samples import PICTURE, STORY, chapter, emphasis, paragraph, sample_edition


def texts(markup: str) -> list[str]:
    return [piece.text for piece in stretches(fromstring(markup))]


def refilled(markup: str, *places: tuple[int, int]) -> list[str]:
    """Cut a paragraph into lines at these places, and write each anew."""
    pieces = stretches(fromstring(markup))
    known: set[Element] = set()
    made = []
    for begin, stop in places:
        line = Element("line")
        fill(line, list(cut(pieces, begin, stop)), known)
        made.append(tostring(line, "unicode").removeprefix("<line>").removesuffix("</line>"))
    return made


# ---------------------------------------------------------------- stretches


@pytest.mark.parametrize(
    ("markup", "found"),
    [
        ("<p>one</p>", ["one"]),
        ("<p>\n  one\n  two </p>", ["one two"]),
        ("<p>one <em>two</em> three</p>", ["one ", "two", " three"]),
        ("<p>one <em> two</em></p>", ["one ", "two"]),
        ("<p><em>one</em> <em>two</em></p>", ["one ", "two"]),
        ("<p>one<a id='x'/> two</p>", ["one", "", " two"]),
        ("<p><em>one <strong>two</strong></em> </p>", ["one ", "two"]),
        ("<p>   </p>", []),
    ],
)
def test_white_space_is_collapsed_over_all_stretches(markup: str, found: list[str]) -> None:
    assert texts(markup) == found


def test_an_emphasis_over_two_lines_is_closed_and_opened_again_without_its_id() -> None:
    assert refilled("<p>a <em id='e'>b c</em> d</p>", (0, 3), (4, 7)) == [
        'a <em id="e">b</em>',
        "<em>c</em> d",
    ]


def test_an_empty_element_stands_in_the_line_of_the_text_after_it() -> None:
    assert refilled("<p>one <a id='x'/>two</p>", (0, 3), (4, 7)) == ["one", '<a id="x" />two']


def test_nested_elements_keep_their_order() -> None:
    markup = "<p><em>a <strong>b</strong> c</em></p>"
    assert refilled(markup, (0, 5)) == ["<em>a <strong>b</strong> c</em>"]


def test_a_stretch_is_what_stands_in_the_same_elements() -> None:
    paragraph = fromstring("<p>one <em>two</em></p>")
    assert stretches(paragraph) == [Stretch("one ", ()), Stretch("two", (paragraph[0],))]


# ---------------------------------------------------------------- pages


def feet(first: int, last: int) -> Iterator[float]:
    for page in range(first, last):
        yield round(body_lines(novel(), page)[-1].baseline, 1)


def test_facing_pages_end_on_one_line() -> None:
    first, end = (
        novel().starts["long"],
        novel().starts["endless"] - 2,
    )  # the last may be blank, the one before short
    spreads = [pair for number, pair in enumerate(pairwise(feet(first, end)), first) if number % 2]

    assert spreads
    assert all(verso == recto for verso, recto in spreads)


def test_no_page_has_more_lines_than_it_holds() -> None:
    assert max(len(body_lines(novel(), page)) for page in range(novel().pages)) <= DEPTH


SLANTED = chapter(
    1,
    "Tides",
    [
        paragraph(
            "The lamps were lit, and ",
            emphasis("nobody whom she had ever asked about it"),
            ", she said, ",
            text,
        )
        for text in STORY
    ],
)


def letters(written: Written, folder: Path) -> str:
    """Give all that a PDF says, without spaces and hyphens, which are where its lines end."""
    file = folder / "read.pdf"
    file.write_bytes(written.data)
    pages = pdf_pages(file, written.text_area)
    return "".join(word.text for page in pages for word in printed_words(page)).replace("-", "")


def tags(written: Written) -> int:
    with opened(written) as pdf:
        return sum("/S" in item for item in pdf.objects if isinstance(item, pikepdf.Dictionary))


def plainly(book: Book, folder: Path) -> Written:
    return write(book, sample_edition(Format.PDF, composition="plain"), folder=folder)


def test_composed_pages_say_what_plain_ones_say(tmp_path: Path) -> None:
    book = Book((), (SLANTED, LONG))

    assert letters(write(book), tmp_path) == letters(plainly(book, tmp_path), tmp_path)


def test_what_is_painted_otherwise_is_left_to_the_painter_and_told(tmp_path: Path) -> None:
    book = Book((), (SLANTED,))
    written = write(book, folder=tmp_path, css="slug.full { padding-left: 40pt }")

    assert {finding.message.partition(":")[0] for finding in written.findings} == {
        "lines were not painted as they were composed, and are left to WeasyPrint"
    }
    assert letters(written, tmp_path) == letters(plainly(book, tmp_path), tmp_path)


def test_what_is_no_whole_number_of_lines_high_does_not_leave_the_grid(tmp_path: Path) -> None:
    odd = chapter(1, "Tides", [*map(paragraph, STORY * 2), ThematicBreak(), *map(paragraph, STORY * 6)])
    written = write(Book((), (odd,)), folder=tmp_path, css="hr.scene-break { height: 1.37rlh !important }")
    grid = {
        round(line.baseline % LEADING)  # points: letters that are a little wider stand a tenth off
        for page in range(written.pages)
        for line in body_lines(written, page)[2:]
    }

    assert written.pages > 2
    assert len(grid) == 2  # the lines, and the ornament


def test_paragraphs_of_a_font_that_was_not_asked_for_are_left_in_peace(tmp_path: Path) -> None:
    written = write(Book((), (SLANTED,)), folder=tmp_path, css="em { font-family: monospace }")

    assert not [finding for finding in written.findings if "composed" in finding.message]
    assert letters(written, tmp_path) == letters(plainly(Book((), (SLANTED,)), tmp_path), tmp_path)


def test_words_with_a_character_that_the_face_lacks_are_measured_in_another_font(tmp_path: Path) -> None:
    story = [paragraph(text.replace("lamps", "lamps ☃☃ шхуна")) for text in STORY]
    book = Book((), (chapter(1, "Tides", story),))
    written = write(book, folder=tmp_path)

    assert not [finding for finding in written.findings if "composed" in finding.message]
    assert letters(written, tmp_path) == letters(plainly(book, tmp_path), tmp_path)
    assert tags(written) > tags(plainly(book, tmp_path))  # a tag for each line


@pytest.mark.parametrize(
    "css",
    [
        "p { text-align: left }",
        "p { line-height: 1.3 }",
        "p { margin-top: 3pt }",
        "p::first-letter { font-size: 3em }",
        "p { text-transform: uppercase }",
        "em { display: block }",
        "section { break-before: page }",
        "p { float: left }",
        "p { columns: 2 }",
        "section { position: absolute }",
        "p em { float: right }",
        "p { text-align: center; word-spacing: 3pt; letter-spacing: 1pt }",
    ],
)
def test_whatever_an_author_s_sheet_says_no_word_is_lost(css: str, tmp_path: Path) -> None:
    book = Book((), (SLANTED,))
    fine = write(book, folder=tmp_path, css=css)
    plain = write(book, sample_edition(Format.PDF, composition="plain"), folder=tmp_path, css=css)

    assert sorted(letters(fine, tmp_path)) == sorted(letters(plain, tmp_path))


def test_what_runs_from_right_to_left_is_left_to_the_painter_and_told(tmp_path: Path) -> None:
    text = "Over the door stood שלום לכל הבאים in letters of brass. " * 4
    book = Book((), (chapter(1, "Tides", [paragraph(text), paragraph(text), *map(paragraph, STORY)]),))
    told = [
        finding.message
        for finding in write(book, folder=tmp_path).findings
        if "right to left" in finding.message
    ]

    assert told == [
        "lines are left to WeasyPrint, for something in them runs from right to left: Over the door stood שלום לכל הבאים…"
    ]


def bold(written: Written) -> str:
    """Give all that is painted in the bold face, without spaces and hyphens."""
    found = [
        chr(raw.FPDFText_GetUnicode(text, index))
        for text in (page.get_textpage() for page in pypdfium2.PdfDocument(written.data))
        for index in range(text.count_chars())
        if "Bold" in font(text, index)
    ]
    return re.sub(r"[\s\x02-]", "", "".join(found))


def font(text: pypdfium2.PdfTextPage, index: int) -> str:
    """Give the name of the font that a character is painted in."""
    name = ctypes.create_string_buffer(100)
    raw.FPDFText_GetFontInfo(text, index, name, len(name), ctypes.c_int())
    return name.value.decode()


@pytest.mark.parametrize(
    "selector",
    [
        "p > em",
        "p > em:first-child",
        "p > em:only-child",
        "strong + em",
        "p:has(> strong) > em",
        "section > p:nth-of-type(2n) > em",
        "p > strong > em",
        "slug em",
    ],
)
def test_selectors_know_nothing_of_lines(selector: str, tmp_path: Path) -> None:
    """An emphasis over several lines is painted as several, and each is the same child of its paragraph."""
    story = [
        paragraph(f"{text} And ", *row, f", she said, {text}")
        for text in STORY
        for row in (
            [emphasis("nobody whom she had ever asked about it at the tavern by the old quay")],
            [Strong((Text("never,"),)), Text(" and "), emphasis("nobody whom she had ever asked about it")],
            [Strong((Text("or "), emphasis("the tidewaiters themselves, for all their ledgers")))],
        )
    ]
    book, css = (
        Book((), (chapter(1, "Tides", story),)),
        f"{selector} {{ font-weight: 900 }} strong {{ font-weight: 400 }}",
    )
    fine = write(book, folder=tmp_path, css=css)
    plain = write(book, sample_edition(Format.PDF, composition="plain"), folder=tmp_path, css=css)

    assert bold(fine) == bold(plain)
    assert bool(bold(fine)) == (selector != "slug em")
    assert tags(fine) > tags(plain)  # it was composed


def test_a_long_paragraph_is_set_in_a_time_that_grows_with_it(tmp_path: Path) -> None:
    """A state for each way through a paragraph of many pages would never end."""
    text = " ".join([*STORY] * 60)
    written = write(Book((), (chapter(1, "Tides", [paragraph(text)]),)), folder=tmp_path)

    assert written.pages > 20
    assert not [finding for finding in written.findings if "composed" in finding.message]


def test_pages_of_a_paragraph_that_is_not_composed_are_as_full_as_plain_ones(tmp_path: Path) -> None:
    book = Book((), (LONG,))
    fine = write(book, folder=tmp_path, css="p { text-align: center }")
    plain = write(
        book, sample_edition(Format.PDF, composition="plain"), folder=tmp_path, css="p { text-align: center }"
    )

    assert fine.pages == plain.pages


def test_facing_pages_end_on_one_line_though_paragraphs_are_parted_by_half_of_one(tmp_path: Path) -> None:
    texts = [text[: 80 + 97 * number % len(text)] for number in range(24) for text in STORY]
    book = Book((), (chapter(1, "Tides", [*map(paragraph, texts)]),))
    written = write(book, folder=tmp_path, css="p + p { margin-top: .5rlh }")
    full = range(1, written.pages - 2)  # the last page is blank, and the one before ends the chapter
    ends = {page: round(body_lines(written, page)[-1].baseline, 1) for page in full}
    spreads = [(ends[page], ends[page + 1]) for page in full if page % 2 and page + 1 in ends]

    assert not written.findings
    assert len(spreads) > 3
    assert all(verso == recto for verso, recto in spreads)


@pytest.mark.parametrize("height", ["auto", "70.2pt", "75pt"])  # five lines, a hair more, and so much more
def test_a_picture_does_not_leave_the_grid_wherever_it_stands_on_a_page(height: str, tmp_path: Path) -> None:
    blocks: list[Block] = [piece for text in STORY * 6 for piece in (paragraph(text), PICTURE)]
    written = write(
        Book((), (chapter(1, "Tides", blocks),)), folder=tmp_path, css=f".picture img {{ height: {height} }}"
    )
    steps = [line.baseline % LEADING for line in body_lines(written, 4) if line.size > SIZE - 0.4]

    assert not written.findings
    assert max(steps) - min(steps) < 0.2


def test_divisions_whose_pages_are_left_to_the_painter_are_told_at_once_with_the_reason(
    tmp_path: Path,
) -> None:
    story: list[Block] = [*map(paragraph, STORY * 4), PICTURE]
    book = Book((), tuple(chapter(number, "Tides", story) for number in range(1, 7)))
    written = write(book, folder=tmp_path, css=".picture { float: left }")

    said, where = next(iter(written.findings)).message.split(f", for {FLOATS}: ")

    assert len(written.findings) == 1
    assert said == "pages are left to WeasyPrint, so that those that face may not end on one line"
    assert where == "Chapter 1 Tides; Chapter 2 Tides; Chapter 3 Tides; and 3 more"


def test_a_division_of_one_page_has_none_that_it_could_face(tmp_path: Path) -> None:
    short = chapter(1, "Tides", [paragraph(STORY[0]), PICTURE])
    written = write(Book((), (short,)), folder=tmp_path, css=".picture { float: left }")

    assert not written.findings
