"""Fonts of a kind that PDF 1.3 has: of an OpenType font with PostScript outlines, the outlines alone (Adobe Technical Note 5176)."""

import io
from typing import Any

import pikepdf
from fontTools.ttLib import TTFont
from pikepdf import Name


def bare_outlines(pdf: pikepdf.Pdf) -> None:
    """Put bare outlines in the place of OpenType fonts, which came with PDF 1.6; glyphs keep their numbers, so the text is the same."""
    for thing in pdf.objects:
        if isinstance(thing, pikepdf.Dictionary) and thing.get("/Type") == Name.Font:
            descriptor = thing.get("/FontDescriptor")
            program = descriptor.get("/FontFile3") if descriptor is not None else None
            if program is not None and program.get("/Subtype") == Name.OpenType:
                _bare(program)
                if "/CIDToGIDMap" in thing:  # of TrueType alone (ISO 32000-1, table 117)
                    del thing["/CIDToGIDMap"]


def _bare(program: Any) -> None:
    tables = TTFont(io.BytesIO(program.read_bytes()), lazy=True).reader
    if tables is not None and "CFF " in tables:
        program.write(bytes(tables["CFF "]))
        program.Subtype = Name.CIDFontType0C
