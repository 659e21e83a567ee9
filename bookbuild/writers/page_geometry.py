"""The geometry of a printed page: where the text block stands, and how the gutter grows with the book."""

from dataclasses import dataclass

from bookbuild.config.keys import Page
from bookbuild.errors import Place, RequestError, error
from bookbuild.readback import TextArea

INCH = 72.0

INSIDE_BY_PAGES = ((150, 0.375), (300, 0.5), (500, 0.625), (700, 0.75), (828, 0.875))
"""Up to so many pages → the least inside margin in inches (KDP, help page GVBQ3CMEQW3W2VL6)."""
LEAST_OUTSIDE = 0.375 * INCH
"""The outside margin below which nothing is taken for the gutter: KDP's least with bleed; without, it is 0.25 in."""
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


def required_inside(pages: int) -> float:
    """Give the inside margin that a printer demands of a book of so many pages, in points."""
    enough = [inches for most, inches in INSIDE_BY_PAGES if pages <= most]
    return (enough[0] if enough else INSIDE_BY_PAGES[-1][1]) * INCH


def gutter(pages: int) -> float:
    """Give what the spine of a book of so many pages takes beyond that of a thin one, in points.

    Half of what printers' least margins grow by: theirs begin where ours has a margin to spare.
    """
    return (required_inside(pages) - required_inside(0)) / 2


def page_geometry(page: Page, pages: int, asked_at: Place) -> PageGeometry:
    """Lay out the page of a book of so many pages.

    What the gutter takes comes from the outside margin, as far as that goes, so that lines keep their length and the book its
    breaks. The bottom margin takes what is left over when the text block is made of whole lines.

    Raises:
        RequestError: the margins leave no room for text; `asked_at` is where the page was asked for.

    """
    width, height = page.trim
    margins = page.margins
    inside = max(margins.inside + gutter(pages), required_inside(pages))
    outside = max(margins.outside - (inside - margins.inside), min(LEAST_OUTSIDE, margins.outside))
    # a thousandth of a line: so that a block meant to be whole lines does not lose one to rounding
    lines = int((height - margins.top - margins.bottom) / page.leading + 0.001)
    if lines < LEAST_LINES or width - inside - outside < LEAST_MEASURE * page.size:
        hint = "make the margins or the type smaller, or the trim larger"
        raise RequestError(error("the margins leave no room for the text", asked_at, hint=hint))
    bottom = height - margins.top - lines * page.leading
    return PageGeometry(
        width, height, margins.top, bottom, inside, outside, page.size, page.leading, lines
    )  # fmt: skip
