"""The barcode of an ISBN: EAN-13 with its quiet zones, its number below, the ISBN above (ISO/IEC 15420; ISBN Users' Manual, section 10)."""

from collections.abc import Iterator
from itertools import groupby

from barcode import EAN13
from stdnum import isbn as isbns

from bookbuild.wrap.folds import Area

MM = 72 / 25.4
MODULE = 0.33 * MM
"""The narrowest bar at full size (GS1 General Specifications, section 5.2); from 80 % to 200 % are read at every till."""
QUIET = (11, 7)
"""Modules of white before and after the bars."""
_MODULES = 95
_GUARDS = {*range(3), *range(45, 50), *range(92, 95)}
"""Modules whose bars reach down between the digits."""
_TEXT = 0.11
"""Of the field's height: the size of the figures."""


def isbn_13(isbn: str) -> str:
    """Give the ISBN's thirteen digits, also of one that has ten."""
    return str(isbns.compact(isbn, convert=True))


def barcode_svg(isbn: str, field: Area, family: str) -> str:
    """Draw the barcode into its white field, as large as it goes up to full size.

    Args:
        isbn: thirteen digits or ten.
        field: where it goes; its bars become shorter where it is low, and never narrower than 80 %.
        family: the font of its figures.

    """
    digits = isbn_13(isbn)
    module = min(MODULE, field.width / (_MODULES + sum(QUIET)))
    size = field.height * _TEXT
    left = field.left + (field.width - module * (_MODULES + QUIET[0] + QUIET[1])) / 2 + module * QUIET[0]
    top, foot = field.top + 2 * size, field.bottom - 1.5 * size
    return "\n".join(
        [
            f'<rect x="{field.left:.3f}" y="{field.top:.3f}" width="{field.width:.3f}" height="{field.height:.3f}" fill="#ffffff"/>',
            *(
                f'<rect x="{left + at * module:.3f}" y="{top:.3f}" width="{wide * module:.3f}" '
                f'height="{(foot + 0.6 * size if at in _GUARDS else foot) - top:.3f}" fill="#000000"/>'
                for at, wide in _bars(digits)
            ),
            _figures(f"ISBN {isbns.format(digits)}", left + 47.5 * module, top - 0.5 * size, size, family),
            _figures(digits[0], left - 7 * module, foot + size, size, family),
            *(
                _figures(
                    digit,
                    left + (6.5 + 7 * place + (5 if place > 5 else 0)) * module,
                    foot + size,
                    size,
                    family,
                )
                for place, digit in enumerate(digits[1:])
            ),
        ]
    )


def _bars(digits: str) -> Iterator[tuple[int, int]]:
    """Give the bars: at which module each begins, and how many it is wide."""
    at = 0
    for colour, run in groupby(EAN13(digits).build()[0]):
        wide = len(list(run))
        if colour == "1":
            yield at, wide
        at += wide


def _figures(text: str, x: float, y: float, size: float, family: str) -> str:
    return (
        f'<text x="{x:.3f}" y="{y:.3f}" text-anchor="middle" font-family="{family}" font-size="{size:.3f}" '
        f'fill="#000000">{text}</text>'
    )
