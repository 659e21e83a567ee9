"""Writes a book as a PDF and looks into it, for the tests of the PDF writer.

Read back with PDFium and qpdf, two engines that did not write it.
"""

import ctypes
from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from pathlib import Path

import pikepdf
import pypdfium2
from pypdfium2 import raw

from bookbuild.config.keys import Edition
from bookbuild.config.values import Format
from bookbuild.errors import Place
from bookbuild.means import ALONE, Means
from bookbuild.tree import Block, Book, Chapter, ChapterKind, Heading, ThematicBreak
from bookbuild.writers.pdf import PrintLooks, write_pdf
from bookbuild.writers.written import Written
from tests.tree_samples import PICTURES, STORY, WHOLE_BOOK, inlines, paragraph, sample_edition

PRINT_CSS = Path(__file__).parent.parent / "styles" / "classic" / "print.css"
LEADING, SIZE, MEASURE, DEPTH = 14, 10, 297.0, 34
"""The default page: points from line to line, of the type, along a line; lines on a page."""


@dataclass(frozen=True)
class Line:
    """A line of a page, or what stands on one baseline."""

    baseline: float  # points from the page's foot
    left: float
    size: float
    text: str


def write(
    book: Book = WHOLE_BOOK,
    edition: Edition | None = None,
    folder: Path = Path(),
    css: str | None = None,
    means: Means = ALONE,
) -> Written:
    """Write a book; `css` is the author's own, put into `folder`."""
    own = folder / "own.css"
    if css is not None:
        own.write_text(css, "utf-8")
    looks = PrintLooks(
        folder, (PRINT_CSS,), own if css is not None else None, Place("build.yaml", 7, 3), means
    )
    return write_pdf(book, edition or sample_edition(Format.PDF), looks, PICTURES)


def lines(written: Written, page: int) -> list[Line]:
    """Give the lines of a page, counted from 0, from the top down."""
    text = _document(written.data)[page].get_textpage()
    found: dict[float, list[tuple[float, float, str]]] = defaultdict(list)
    left, baseline = ctypes.c_double(), ctypes.c_double()
    for index in range(text.count_chars()):
        raw.FPDFText_GetCharOrigin(text, index, left, baseline)
        character = chr(raw.FPDFText_GetUnicode(text, index))
        if character not in "\r\n":
            # WeasyPrint sets type in CSS pixels, 3/4 of a point
            size = raw.FPDFText_GetFontSize(text, index) * 0.75
            found[round(baseline.value, 2)].append((left.value, size, character))
    return [
        Line(at, row[0][0], max(size for _, size, _ in row), "".join(letter for _, _, letter in row))
        for at, row in sorted(found.items(), reverse=True)
        if any(letter.strip() for _, _, letter in row)
    ]


def body_lines(written: Written, page: int) -> list[Line]:
    """Give the lines of a page that stand in the text block."""
    bottom, top = written.text_area[:2]
    return [line for line in lines(written, page) if bottom <= line.baseline <= top]


def head_and_folio(written: Written, page: int) -> tuple[str, str]:
    """Give what stands above the text block, and what below."""
    bottom, top = written.text_area[:2]
    rows = lines(written, page)
    above = " ".join(line.text.strip() for line in rows if line.baseline > top)
    return above, " ".join(line.text.strip() for line in rows if line.baseline < bottom)


def opened(written: Written) -> pikepdf.Pdf:
    return pikepdf.open(BytesIO(written.data))


@lru_cache(maxsize=8)
def _document(data: bytes) -> pypdfium2.PdfDocument:
    return pypdfium2.PdfDocument(data)


# ---------------------------------------------------------------- books that are set once for all tests


@lru_cache(maxsize=1)
def whole() -> Written:
    """A book of every kind of node."""
    return write()


def _opening_lines(count: int, *rest: Block) -> tuple[Block, ...]:
    return (*(paragraph(f"Line {number}.") for number in range(1, count + 1)), *rest)


LONG = Chapter(
    "long",
    ChapterKind.CHAPTER,
    Heading(inlines("Chapter 1"), inlines("The Tide Table")),
    tuple(paragraph(text) for _ in range(12) for text in STORY),
)
ENDLESS_TITLE = Chapter(
    "endless",
    ChapterKind.CHAPTER,
    Heading(inlines("Chapter 2"), inlines(" ".join(["On Lamps and Ledgers"] * 6))),
    tuple(paragraph(text) for _ in range(4) for text in STORY),
)
BREAKS = Chapter(
    "breaks",
    ChapterKind.CHAPTER,
    Heading((), inlines("Breaks")),
    # the sink and the title take 10 lines of 34: here the ornament is the page's last line, then the next page's first
    _opening_lines(22, ThematicBreak(), *_opening_lines(34), ThematicBreak(), *_opening_lines(6)),
)
ODD = Chapter("odd", ChapterKind.CHAPTER, Heading((), ()), (paragraph("☃ A chapter without a heading."),))


@lru_cache(maxsize=1)
def novel() -> Written:
    """Chapters of several pages, breaks at the head and foot of pages, and a character that the font lacks."""
    return write(Book((), (LONG, ENDLESS_TITLE, BREAKS, ODD)))
