"""How far text and drawings of a page reach, as PDFium, which did not write it, finds them."""

import ctypes
from enum import Enum
from typing import NamedTuple

import pypdfium2
from pypdfium2 import raw


class Kind(Enum):
    """What reaches so far."""

    TEXT = "text"
    PICTURE = "a picture"
    DRAWING = "a drawing"


class Drawn(NamedTuple):
    """Something on a page, and the box around it in points of the page."""

    kind: Kind
    left: float
    bottom: float
    right: float
    top: float


_KINDS = {raw.FPDF_PAGEOBJ_TEXT: Kind.TEXT, raw.FPDF_PAGEOBJ_IMAGE: Kind.PICTURE}


def read_extents(data: bytes) -> list[tuple[Drawn, ...]]:
    """Give what is drawn on each page."""
    with pypdfium2.PdfDocument(data) as document:
        return [_page(page) for page in document]


def _page(page: pypdfium2.PdfPage) -> tuple[Drawn, ...]:
    found: dict[Drawn, None] = {}
    edges = [ctypes.c_float() for _ in range(4)]
    for thing in page.get_objects(max_depth=1):
        if raw.FPDFPageObj_GetBounds(thing, *edges):
            left, bottom, right, top = (round(edge.value, 2) for edge in edges)
            if right > left and top > bottom:
                found[Drawn(_kind(thing), left, bottom, right, top)] = None
    return tuple(found)


def _kind(thing: pypdfium2.PdfObject) -> Kind:
    """Say what something is; a drawing within the page that has text in it is text."""
    if thing.type == raw.FPDF_PAGEOBJ_FORM:
        inner = (raw.FPDFFormObj_GetObject(thing, at) for at in range(raw.FPDFFormObj_CountObjects(thing)))
        kinds = {raw.FPDFPageObj_GetType(one) for one in inner}
        return Kind.TEXT if raw.FPDF_PAGEOBJ_TEXT in kinds else Kind.DRAWING
    return _KINDS.get(thing.type, Kind.DRAWING)
