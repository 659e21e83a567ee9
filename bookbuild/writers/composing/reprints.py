"""Copies of elements that style sheets treat as what they are copies of.

Lines stand between a paragraph and what is in it, and an emphasis over two of them is two elements; no selector is to know.
"""

from collections.abc import Mapping
from copy import copy
from typing import Any
from xml.etree.ElementTree import Element

from cssselect2 import ElementWrapper


class Reprint(Element):
    """A copy of an element, without what is in it."""

    def __init__(self, original: Element) -> None:
        super().__init__(original.tag, original.attrib)
        self.original = original


def reprinted(element: Element) -> Element:
    """Copy an element with all that is in it, and without the text after it."""
    made = Reprint(element)
    made.text = element.text
    for child in element:
        made.append(reprinted(child))
        made[-1].tail = child.tail
    return made


class Originals:
    """A document as it stood before it was composed."""

    def __init__(self, root: Element) -> None:
        wrapped = ElementWrapper.from_html_root(root, content_language=None)
        self._wrappers = {wrapper.etree_element: wrapper for wrapper in wrapped.iter_subtree()}

    def asked_by(self, sheet: Any) -> Any:
        """Give a style sheet of WeasyPrint's whose selectors look at the original wherever they come upon a reprint."""
        made = copy(sheet)
        made.matcher = _Matcher(sheet.matcher, self._wrappers)
        return made


class _Matcher:
    """What of a `cssselect2.Matcher` WeasyPrint calls."""

    def __init__(self, matcher: Any, wrappers: Mapping[Element, ElementWrapper]) -> None:
        self._matcher = matcher
        self._wrappers = wrappers

    def match(self, element: ElementWrapper) -> Any:
        """Give what a style sheet says of an element."""
        made = element.etree_element
        original = self._wrappers.get(made.original) if isinstance(made, Reprint) else None
        return self._matcher.match(element if original is None else original)
