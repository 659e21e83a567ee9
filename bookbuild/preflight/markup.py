"""XML of an EPUB, parsed without trust: no network, no entity is followed, no doctype is loaded."""

import re
from typing import Any

from lxml import etree

from bookbuild.errors import Place

XHTML = "{http://www.w3.org/1999/xhtml}"
OPS = "{http://www.idpf.org/2007/ops}"
XML = "{http://www.w3.org/XML/1998/namespace}"

Element = Any  # lxml ships no types


class MarkupError(ValueError):
    """A file is no XML; `place` says where in it."""

    def __init__(self, message: str, place: Place) -> None:
        super().__init__(message)
        self.place = place


def parse(data: bytes, path: str) -> Element:
    """Parse a file and give its top element.

    Raises:
        MarkupError: it is not well-formed.

    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        return etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as fault:
        line, column = getattr(fault, "position", None) or (0, 0)
        message = re.sub(r", line \d+, column \d+.*", "", str(fault))  # the place says it
        raise MarkupError(message, Place(path, line, column)) from fault


def text_of(element: Element) -> str:
    """Give the words of an element, on one line."""
    return " ".join(str(element.xpath("string()")).split())


def types_of(element: Element) -> list[str]:
    """Give an element's epub:type."""
    return str(element.get(f"{OPS}type", "")).split()


def elements(top: Element, *names: str) -> Any:
    """Give the XHTML elements of these names, in document order."""
    return top.iter(*(f"{XHTML}{name}" for name in names))
