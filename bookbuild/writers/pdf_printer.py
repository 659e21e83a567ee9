"""What differs in a PDF by who prints it: its bleed, its blank pages, and the last hand on it."""

import io

import pikepdf

from bookbuild.config.print_keys import PrintKeys
from bookbuild.prepress.plates import INCH, Plates, make_plates
from bookbuild.readback import TextArea

_ON_SCREEN = """
/* nothing is bound: no blank pages */
.leaf { break-before: page }
"""


def printer_css(printed: PrintKeys) -> str:
    """Make the style sheet of what a printer, or a screen, wants otherwise.

    All sides bleed; where a printer wants none at the spine, it is cut off when the plates are made.
    """
    if printed.is_screen:
        return _ON_SCREEN
    return f"\n@page {{ bleed: {printed.bleed_width}in }}\n" if printed.bleed_width else ""


def for_printer(data: bytes, printed: PrintKeys) -> tuple[bytes, int]:
    """Make a finished PDF as its printer demands it, and count its pages; one for home or a screen stays as it is."""
    plates = plates_of(printed)
    made = make_plates(data, plates) if plates else data
    with pikepdf.open(io.BytesIO(made)) as pdf:
        return made, len(pdf.pages)


def plates_of(printed: PrintKeys) -> Plates | None:
    """Say how the pages are made ready for a printer, if there is one."""
    if printed.printer is None or printed.inks is None:
        return None
    bleed = printed.bleed_width
    return Plates(printed.printer, printed.inks, bleed, bleed if printed.printer.bleeds_at_spine else 0.0)


def with_bleed(area: TextArea, printed: PrintKeys) -> TextArea:
    """Say where the text stands on a page that is larger than its trim."""
    plates = plates_of(printed)
    if plates is None:
        return area
    bleed = plates.bleed * INCH
    spine = plates.bleed_at_spine * INCH
    return TextArea(area.bottom + bleed, area.top + bleed, area.inside + spine, area.outside + bleed)
