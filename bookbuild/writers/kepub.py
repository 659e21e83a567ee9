"""A finished page → the same page as Kobo's own kind of EPUB has it: its readers then turn pages faster, and mark and count by sentence.

Kobo's readers look for two boxes around the page, and for a span around every sentence whose id says which it is: `kobo.4.2` is the
second piece of the fourth paragraph (pgaskin/kepubify, from books of Kobo's store). Not a character of the text is changed.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from lxml import etree

from bookbuild.writers.sentences import sentence_ends

_XHTML = "{http://www.w3.org/1999/xhtml}"
_BLOCKS = frozenset(
    f"{_XHTML}{name}" for name in (
        "address", "article", "aside", "blockquote", "caption", "dd", "div", "dl", "dt", "figcaption", "figure", "footer", "h1", "h2",
        "h3", "h4", "h5", "h6", "header", "hr", "li", "nav", "ol", "p", "section", "table", "td", "th", "tr", "ul",
    )
)  # fmt: skip
_VOID = frozenset(f"{_XHTML}{name}" for name in ("br", "hr", "img", "link", "meta", "wbr"))
_LEFT_ALONE = frozenset(f"{_XHTML}{name}" for name in ("pre", "script", "style", "audio", "video"))
"""Elements in which text is something else than prose. Those of other namespaces, such as drawings, are left alone too."""


def page_to_kepub(page: bytes) -> bytes:
    """Put Kobo's boxes around a page of XHTML, and its spans around every sentence and every picture."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True)
    root = etree.fromstring(page, parser)
    body = root.find(f"{_XHTML}body")
    for number, paragraph in enumerate(_paragraphs(body), 1):
        _mark(paragraph, number)
    _box(body)
    for element in root.iter(f"{_XHTML}*"):
        if element.tag not in _VOID and not len(element) and not element.text:
            element.text = ""  # `<a></a>`: an older reader takes `<a/>` for an element that is never closed
    return bytes(etree.tostring(root, encoding="utf-8", xml_declaration=True, doctype="<!DOCTYPE html>"))


@dataclass(frozen=True, slots=True)
class _Slot:
    """A place that has text: within an element at its beginning, or after it."""

    element: etree._Element
    is_tail: bool

    @property
    def text(self) -> str:
        return (self.element.tail if self.is_tail else self.element.text) or ""


def _paragraphs(body: etree._Element) -> Iterator[list[_Slot | etree._Element]]:
    """Give what flows together and has something to mark: text between the edges of blocks, and pictures, which have spans of their own."""
    paragraph: list[_Slot | etree._Element] = []
    for piece in (*_pieces(body), None):
        if piece is not None:
            paragraph.append(piece)
        else:
            if any(not isinstance(item, _Slot) or item.text.strip() for item in paragraph):
                yield paragraph
            paragraph = []


def _pieces(element: etree._Element) -> Iterator[_Slot | etree._Element | None]:
    """Give all slots and pictures within an element, in reading order; None is the edge of a block."""
    if element.tag == f"{_XHTML}img":
        yield element
    elif isinstance(element.tag, str) and element.tag.startswith(_XHTML) and element.tag not in _LEFT_ALONE:
        edge = [None] if element.tag in _BLOCKS else []
        yield from edge
        yield _Slot(element, is_tail=False)
        for child in element:
            yield from _pieces(child)
            yield _Slot(child, is_tail=True)
        yield from edge


# ---------------------------------------------------------------- marking


def _mark(paragraph: list[_Slot | etree._Element], number: int) -> None:
    text = "".join(item.text for item in paragraph if isinstance(item, _Slot))
    ends = list(sentence_ends(text))
    at = spans = 0
    for item in paragraph:
        if isinstance(item, _Slot):
            end = at + len(item.text)
            cuts = [at, *ends[bisect_right(ends, at) : bisect_left(ends, end)], end]
            at = end
            spans = _fill(item, (text[start:stop] for start, stop in pairwise(cuts)), number, spans)
        else:
            spans += 1
            _enclose(item, _span(number, spans))


def _fill(slot: _Slot, pieces: Iterable[str], paragraph: int, spans: int) -> int:
    """Put the pieces of a slot into spans, but for bare white space; gives the number of the last span."""
    before, made = "", []
    for piece in pieces:
        if piece.strip():
            spans += 1
            made.append(_span(paragraph, spans, piece))
        elif made:
            made[-1].tail = (made[-1].tail or "") + piece
        else:
            before += piece
    if not made:
        return spans
    if slot.is_tail:
        slot.element.tail = before or None
        parent, place = slot.element.getparent(), slot.element.getparent().index(slot.element) + 1
    else:
        slot.element.text = before or None
        parent, place = slot.element, 0
    parent[place:place] = made
    return spans


def _span(paragraph: int, number: int, text: str | None = None) -> etree._Element:
    span = etree.Element(f"{_XHTML}span", {"class": "koboSpan", "id": f"kobo.{paragraph}.{number}"})
    span.text = text
    return span


def _enclose(element: etree._Element, outer: etree._Element) -> None:
    outer.tail, element.tail = element.tail, None
    element.getparent().replace(element, outer)
    outer.append(element)


def _box(body: etree._Element) -> None:
    """Put the whole page into Kobo's two boxes."""
    columns = etree.Element(f"{_XHTML}div", {"id": "book-columns"})
    inner = etree.SubElement(columns, f"{_XHTML}div", {"id": "book-inner"})
    inner.text, body.text = body.text, None
    inner.extend(list(body))
    body.append(columns)
