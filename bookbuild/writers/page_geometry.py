"""The geometry of a printed page: where the text block stands, and how the gutter grows with the book."""

from dataclasses import dataclass

from bookbuild.config.keys import Page
from bookbuild.config.print_keys import PrintKeys
from bookbuild.errors import Place, RequestError, error
from bookbuild.printers import KDP
from bookbuild.readback import TextArea

INCH = 72.0
PIXELS = 4 / 3
"""CSS pixels in a point."""

AT_HOME = PrintKeys()
LEAST_OUTSIDE = 0.375 * INCH
"""The outside margin below which nothing is taken for the gutter: KDP's least with bleed; without, it is 0.25 in."""
_HANGS = 0.5
"""Ems of punctuation that may stand in the margin."""
LEAST_MEASURE = 15
LEAST_LINES = 5
"""Ems and lines below which there is no text block to speak of."""


@dataclass(frozen=True, slots=True)
class PageGeometry:
    """A recto in points; a verso is its mirror image. The text block is a whole number of lines."""

    width: float
    height: float
    top: float
    bottom: float
    inside: float
    outside: float
    size: float
    leading: float
    lines: int

    @property
    def measure(self) -> float:
        """The width of the text block."""
        return self.width - self.inside - self.outside

    @property
    def depth(self) -> float:
        """The height of the text block."""
        return self.lines * self.leading

    @property
    def text_area(self) -> TextArea:
        """The text block, half a line and an em larger: heads and folios are a line away, and punctuation may hang."""
        return TextArea(
            self.bottom - self.leading / 2,
            self.height - self.top + self.leading / 2,
            self.inside - self.size,
            self.outside - self.size,
        )


def required_inside(pages: int, printed: PrintKeys = AT_HOME) -> float:
    """Give the inside margin that a book of so many pages needs where it is printed, in points; at home as at KDP."""
    return 0.0 if printed.is_screen else (printed.printer or KDP).inside_of(pages) * INCH


def gutter(pages: int, printed: PrintKeys = AT_HOME) -> float:
    """Give what the spine of a book of so many pages takes beyond that of a thin one, in points.

    Half of what printers' least margins grow by: theirs begin where ours has a margin to spare.
    """
    return (required_inside(pages, printed) - required_inside(0, printed)) / 2


def _least_outside(printed: PrintKeys, size: float) -> float:
    """Say how narrow the outside margin may become for the gutter's sake, in points."""
    printer = printed.printer
    return max(LEAST_OUTSIDE, printer.margin * INCH + _HANGS * size if printer else 0.0)


def page_geometry(page: Page, pages: int, asked_at: Place, printed: PrintKeys = AT_HOME) -> PageGeometry:
    """Lay out the page of a book of so many pages.

    What the gutter takes comes from the outside margin, as far as that goes, so that lines keep their length and the book its
    breaks. The bottom margin takes what is left over when the text block is made of whole lines. On a screen nothing is bound:
    left and right are equal.

    Raises:
        RequestError: the margins leave no room for text; `asked_at` is where the page was asked for.

    """
    width, height = page.trim
    margins = page.margins
    if printed.is_screen:
        inside = outside = (margins.inside + margins.outside) / 2
    else:
        inside = max(margins.inside + gutter(pages, printed), required_inside(pages, printed))
        least = min(_least_outside(printed, page.size), margins.outside)
        outside = max(margins.outside - (inside - margins.inside), least)
    # a thousandth of a line: so that a block meant to be whole lines does not lose one to rounding
    lines = int((height - margins.top - margins.bottom) / page.leading + 0.001)
    if lines < LEAST_LINES or width - inside - outside < LEAST_MEASURE * page.size:
        hint = "make the margins or the type smaller, or the trim larger"
        raise RequestError(error("the margins leave no room for the text", asked_at, hint=hint))
    bottom = height - margins.top - lines * page.leading
    return PageGeometry(
        width, height, margins.top, bottom, inside, outside, page.size, page.leading, lines
    )  # fmt: skip
