"""The paragraphs of a document whose lines may be composed, as far as their elements tell."""

import re
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from bookbuild.writers.composing.stretches import Stretch, stretches
from bookbuild.writers.drop_capital import CLASS as DROP_CAPITAL
from bookbuild.writers.drop_capital import ROOM as DROP_ROOM

_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
"""What runs from right to left."""
_UNSET = re.compile(f"[\xad\u200b]|{_TO_LEFT.pattern}")
"""Soft hyphens and their like, which break lines that are not ours; and what runs from right to left."""
_UNKNOWN = frozenset({"br", "img", "svg", "math", "table", "ruby", "object", "video", "audio", "wbr"})
"""Elements that are no text."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph of the book whose lines may be composed."""

    element: Element
    pieces: tuple[Stretch, ...]
    capital: Element | None = None  # a large letter at its beginning, which takes no room in its line
    room: Element | None = None  # what keeps the room of that letter, beside the first lines

    @property
    def text(self) -> str:
        """All it says, but for a large letter."""
        return "".join(piece.text for piece in self.pieces)


def candidates(root: Element) -> dict[Element, Passage]:
    """Give the paragraphs of a document that may be composed."""
    return {element: passage for element in root.iter("p") if (passage := _passage(element))}


def against_the_line(root: Element) -> list[Element]:
    """Give the paragraphs of a document that is read from left to right in which something runs from right to left."""
    if root.get("dir") == "rtl":
        return []
    return [element for element in root.iter("p") if _TO_LEFT.search("".join(element.itertext()))]


def _passage(element: Element) -> Passage | None:
    capital, room = (next(_of_class(element, name), None) for name in (DROP_CAPITAL, DROP_ROOM))
    aside = [one for one in (capital, room) if one is not None]
    if any(inner.tag in _UNKNOWN for inner in element.iter()) or len(aside) == 1:
        return None
    passage = Passage(element, tuple(stretches(element, aside)), capital, room)
    return passage if passage.text and not _UNSET.search(passage.text) else None


def _of_class(element: Element, name: str) -> Iterator[Element]:
    return (child for child in element if child.get("class") == name)


def alone(element: Element) -> Element:
    """Copy an element without the text after it."""
    made = deepcopy(element)
    made.tail = None
    return made
