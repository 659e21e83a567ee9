"""A paragraph's element ⇄ stretches of its text, each with the inline elements that it stands in."""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import NamedTuple
from xml.etree.ElementTree import Element

from bookbuild.writers.composing.reprints import Reprint

_WHITE = re.compile("[ \t\n\r\f]+")


class Stretch(NamedTuple):
    """Characters that nothing parts; none at all where an empty element stands, such as one that a link leads to."""

    text: str
    inside: tuple[Element, ...]  # from the outermost within the paragraph


def stretches(paragraph: Element, aside: Collection[Element] = ()) -> list[Stretch]:
    """Give the stretches of a paragraph, without what stands `aside`; white space is collapsed (CSS Text 3, section 4.1.1).

    A space that would stand alone is given to the stretch before it: WeasyPrint sets such a one in another font's width.
    """
    found: list[Stretch] = []
    after_space = True  # what stands at the beginning goes
    for text, inside in _walk(paragraph, (), aside):
        collapsed = _WHITE.sub(" ", text)
        if after_space and collapsed.startswith(" "):
            collapsed = collapsed[1:]
        before = next((at for at in reversed(range(len(found))) if found[at].text), None)
        if collapsed == " " and before is not None:
            found[before] = found[before]._replace(text=found[before].text + " ")
        elif collapsed or (inside and not text):
            found.append(Stretch(collapsed, inside))
        after_space = collapsed.endswith(" ") if collapsed else after_space
    for at in reversed(range(len(found))):
        if found[at].text:
            found[at] = found[at]._replace(text=found[at].text.removesuffix(" "))
            break
    return found


def _walk(
    element: Element, inside: tuple[Element, ...], aside: Collection[Element]
) -> Iterator[tuple[str, tuple[Element, ...]]]:
    if element.text or not len(element):
        yield element.text or "", inside
    for child in element:
        if child not in aside:
            yield from _walk(child, (*inside, child), aside)
        if child.tail:
            yield child.tail, inside


def fill(parent: Element, pieces: Sequence[Stretch], known: set[Element]) -> None:
    """Write stretches into an element, their inline elements opened and closed around them.

    `known` are elements that were written before, in an earlier line: they are opened again without their id.
    """
    opened: list[tuple[Element, Element]] = []  # each element, and its copy
    for text, inside in pieces:
        shared = 0
        while shared < min(len(opened), len(inside)) and opened[shared][0] is inside[shared]:
            shared += 1
        del opened[shared:]
        for element in inside[shared:]:
            made = Reprint(element)
            if element in known:
                made.attrib.pop("id", None)
            known.add(element)
            (opened[-1][1] if opened else parent).append(made)
            opened.append((element, made))
        _add_text(opened[-1][1] if opened else parent, text)


def _add_text(element: Element, text: str) -> None:
    if len(element):
        element[-1].tail = (element[-1].tail or "") + text
    else:
        element.text = (element.text or "") + text


def cut(pieces: Iterable[Stretch], begin: int, stop: int) -> Iterator[Stretch]:
    """Give what stands between two offsets in the text of all stretches; empty elements belong to the text after them."""
    at = 0
    for piece in pieces:
        end = at + len(piece.text)
        if begin < end and at < stop:
            yield piece._replace(text=piece.text[max(begin - at, 0) : stop - at])
        elif at == end and begin <= at < stop:
            yield piece
        at = end
