"""What was painted, compared with what was composed: a revise, as printers call the second proof."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, NamedTuple
from xml.etree.ElementTree import Element

from weasyprint.formatting_structure import boxes

from bookbuild.writers.composing.slugs import SLUG

_OVERHANG = 0.1
"""Pixels by which a line may be wider than its measure: roundings of the spaces."""


@dataclass(frozen=True, slots=True)
class Declared:
    """A line as it was composed."""

    text: str
    paragraph: Element  # of the book
    unit: int  # the number of its division
    page: int | None  # of the division, from 0; None where WeasyPrint makes the pages

    def free(self) -> "Declared":
        """Give the same on whatever page it comes to stand."""
        return replace(self, page=None)


class Revise(NamedTuple):
    """What differs, and where divisions begin."""

    paragraphs: set[Element]  # with a line that is not as it was composed
    units: set[int]  # with a page that does not begin where it was composed
    begins: dict[int, int]  # division → the number of the page on which its first line stands, from 0


def compare(pages: Any, declared: Mapping[Element, Declared]) -> Revise:
    """Compare all lines, by slug, with what was painted."""
    revise = Revise(set(), set(), {})
    seen: set[Element] = set()
    for number, page in enumerate(pages):
        for box in _slugs(page):
            line = declared[box.element]
            if line.page is not None:
                begins = revise.begins.setdefault(line.unit, number - line.page)
                if number - line.page != begins:
                    revise.units.add(line.unit)
            else:
                revise.begins.setdefault(line.unit, number)
            if box.element in seen or not _is_as_composed(box, line):
                revise.paragraphs.add(line.paragraph)
            seen.add(box.element)
    revise.paragraphs.update(line.paragraph for slug, line in declared.items() if slug not in seen)
    return revise


def _slugs(box: Any) -> Iterator[Any]:
    for child in getattr(box, "children", ()):
        if child.element_tag == SLUG and isinstance(child, boxes.BlockBox):
            yield child
        elif isinstance(child, boxes.BlockContainerBox):
            yield from _slugs(child)


def _is_as_composed(box: Any, line: Declared) -> bool:
    if len(box.children) != 1 or not isinstance(box.children[0], boxes.LineBox):
        return False
    painted = box.children[0]
    text = "".join(_texts(painted))
    indent = painted.position_x - box.content_box_x()
    return text == line.text and painted.width + max(indent, 0.0) <= box.width + _OVERHANG


def _texts(box: Any) -> Iterator[str]:
    """Give what a line says, but for what has lines of its own, such as a large letter."""
    for child in box.children:
        if isinstance(child, boxes.TextBox):
            yield child.text
        elif isinstance(child, boxes.InlineBox):
            yield from _texts(child)
