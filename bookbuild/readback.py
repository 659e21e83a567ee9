"""Reading back: the words of a finished EPUB or PDF, found as its readers would find them."""

import ctypes
import posixpath
import re
import zipfile
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from io import BytesIO
from itertools import groupby, pairwise
from pathlib import Path
from typing import NamedTuple

import pypdfium2
from lxml import etree
from pypdfium2 import raw

from bookbuild.source import Span
from bookbuild.words import words


class Word(NamedTuple):
    """A word of the manuscript, of the tree, or of a file read back."""

    text: str
    span: Span | None = None  # None for a word that was generated, or read back
    joins: bool = (
        False  # nothing but a line's end, its hyphen or a capital parts it from the next: they may be one
    )


_BLOCK_ELEMENTS = frozenset(
    [
        "p",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "br",
        "hr",
        "div",
        "section",
        "blockquote",
        "aside",
        "li",
        "ol",
        "ul",
        "nav",
        "header",
        "figure",
        "figcaption",
        "img",
    ]
)
_CONTAINER = "META-INF/container.xml"
_NAMESPACES = {
    "c": "urn:oasis:names:tc:opendocument:xmlns:container",
    "o": "http://www.idpf.org/2007/opf",
    "h": "http://www.w3.org/1999/xhtml",
}


_PICTURE_FILE = re.compile(r"(?m)(?<=\]\()<[^<>\n]+>(?= [“\"]|\)$)")
_MARKS = re.compile(r"[*_\\]+")


def typed_words(text: str) -> Iterator[Word]:
    """Read the words of plain text or Markdown; typed marks of emphasis may stand within a word."""
    text = _PICTURE_FILE.sub(lambda match: " " * len(match.group()), text)
    for (at, word), (following, _) in pairwise((*words(text), (len(text), ""))):
        gap = text[at + len(word) : following]
        yield Word(word, joins=not gap or bool(_MARKS.fullmatch(gap)))


def page_words(page: str) -> Iterator[Word]:
    """Read the words of the body of a page of XHTML."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True)
    yield from element_words(etree.fromstring(page.encode(), parser).find("body"))


def element_words(element: etree._Element) -> Iterator[Word]:
    """Read the words of an element of XHTML."""
    for _, word in words("".join(_element_text(element))):
        yield Word(word)


def epub_words(file: Path | BytesIO, *, contents: bool = False) -> Iterator[Word]:
    """Read the words of an EPUB's spine, as a reading system would find them: the navigation only with `contents`."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    with zipfile.ZipFile(file) as epub:
        container = etree.fromstring(epub.read(_CONTAINER), parser)
        package_path = container.find(".//c:rootfile", _NAMESPACES).get("full-path")
        package = etree.fromstring(epub.read(package_path), parser)
        items = {item.get("id"): item for item in package.iterfind(".//o:manifest/o:item", _NAMESPACES)}
        for reference in package.iterfind(".//o:spine/o:itemref", _NAMESPACES):
            item = items[reference.get("idref")]
            if not contents and "nav" in (item.get("properties") or "").split():
                continue
            path = posixpath.join(posixpath.dirname(package_path), item.get("href"))
            yield from element_words(etree.fromstring(epub.read(path), parser).find("h:body", _NAMESPACES))


def _element_text(node: etree._Element) -> Iterator[str]:
    name = etree.QName(node).localname if isinstance(node.tag, str) else ""
    edge = "\n" if name in _BLOCK_ELEMENTS else ""
    if name:
        yield edge
        if name == "img" and node.get("role") != "doc-cover":
            yield node.get("alt") or ""  # what a reader without eyes is told
        yield node.text or ""
        for child in node:
            yield from _element_text(child)
        yield edge
    yield node.tail or ""


_MAY_JOIN = "\x1f"
"""Stands for a hyphen at a line's end, and for a space that PDFium made up because letters stand apart."""
_LINE_HYPHENS = "\x02\ufffe"  # what PDFium gives for such a hyphen, with nothing after it
_SEAM = re.compile(f"(?:[-\u2010\xad{_MAY_JOIN}]\\s*|[\\r\\n]+)?")
_SAME_LINE = 3.0
"""Points by which characters of one line may stand higher or lower; lines are at least twice as far apart."""


def printed_words(text: str) -> list[Word]:
    """Find the words of printed text, and which of them a hyphen at a line's end, or letter spacing, may have parted."""
    found = [*words(text), (len(text), "")]
    return [
        Word(word, joins=bool(_SEAM.fullmatch(text[at + len(word) : following])))
        for (at, word), (following, _) in pairwise(found)
    ]


class TextArea(NamedTuple):
    """Where the text of a page stands, in points: running heads, folios and line numbers are outside."""

    bottom: float  # from the page's foot
    top: float
    inside: float = 0.0  # from the spine
    outside: float = 0.0  # from the fore-edge

    def sides(self, page: int, width: float) -> tuple[float, float]:
        """Give left and right on a page, counted from 0: the first is a recto."""
        left, right = (self.outside, self.inside) if page % 2 else (self.inside, self.outside)
        return left, width - right


def pdf_pages(file: Path, text_area: TextArea, direction: str = "ltr") -> list[str]:
    """Read a PDF's text, page by page, inside the text block; `direction` is that of its paragraphs, ltr or rtl."""
    with pypdfium2.PdfDocument(file) as document:
        return [
            "\n".join(_line_text(line, direction) for line in _lines(page, number, text_area))
            for number, page in enumerate(document)
        ]


_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_TO_RIGHT = re.compile("[^\\W\\d_\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_TOKEN = re.compile(rf"[^\s{_MAY_JOIN}]+")


class _Character(NamedTuple):
    """A character on a page."""

    text: str
    left: float  # points


def _line_text(line: Sequence[_Character], direction: str) -> str:
    """Give what a line says; where some of it runs from right to left, PDFium guesses at the order, and places tell."""
    text = "".join(character.text for character in line)
    if not _TO_LEFT.search(text):
        return text
    placed = [
        (min(character.left for character in line[match.start() : match.end()]), match.group())
        for match in _TOKEN.finditer(text)
    ]
    return _MAY_JOIN.join(in_reading_order([token for _, token in sorted(placed)], direction))


def in_reading_order(tokens: Sequence[str], direction: str) -> list[str]:
    """Put the words of a printed line, given from left to right, into the order in which they are read."""
    own, other = (_TO_LEFT, _TO_RIGHT) if direction == "rtl" else (_TO_RIGHT, _TO_LEFT)
    made = list(reversed(tokens) if direction == "rtl" else tokens)
    along = [number for number, token in enumerate(made) if own.search(token)]
    against = [number for number, token in enumerate(made) if other.search(token)]
    for run in _runs(against, along):
        made[run] = reversed(made[run])
    return made


def _runs(against: Sequence[int], along: Sequence[int]) -> Iterator[slice]:
    """Give the runs of what runs against its line, each from its first word to its last; what runs along with it parts them."""
    for _, run in groupby(against, lambda number: bisect_left(along, number)):
        numbers = list(run)
        yield slice(numbers[0], numbers[-1] + 1)


def pdf_folios(file: Path) -> list[str]:
    """Read what viewers call the pages of a PDF: their folios, in roman or arabic figures as printed."""
    with pypdfium2.PdfDocument(file) as document:
        return [document.get_page_label(number) for number in range(len(document))]


def _lines(printed: pypdfium2.PdfPage, number: int, area: TextArea) -> list[list[_Character]]:
    """Give the characters inside the text block, line by line."""
    first, last = area.sides(number, printed.get_width())
    page = printed.get_textpage()
    lines: list[list[_Character]] = [[]]
    line = 0.0  # where the last character stood
    left, baseline = ctypes.c_double(), ctypes.c_double()
    for index in range(page.count_chars()):
        character = chr(raw.FPDFText_GetUnicode(page, index))
        if raw.FPDFText_IsGenerated(page, index) == 1:
            lines[-1].append(_Character(_MAY_JOIN if character == " " else character, left.value))
            continue
        raw.FPDFText_GetCharOrigin(page, index, left, baseline)
        if not (area.bottom <= baseline.value <= area.top and first <= left.value <= last):
            continue
        if abs(baseline.value - line) > _SAME_LINE:
            lines.append([])
            line = baseline.value
        lines[-1].append(_Character(_MAY_JOIN if character in _LINE_HYPHENS else character, left.value))
    return lines
