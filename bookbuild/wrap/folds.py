"""Where everything is on a cover in one piece. Points, from the cut edge at the back's left and top; the front is at the right."""

from dataclasses import dataclass

from bookbuild.config.keys import Settings
from bookbuild.errors import BookError, Finding, Place, error, warning
from bookbuild.printers import KDP, CoverDemands, Paper, Printer

INCH = 72.0


@dataclass(frozen=True, slots=True)
class Area:
    """A rectangle."""

    left: float
    top: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """Where it ends."""
        return self.left + self.width

    @property
    def bottom(self) -> float:
        """Where it ends below."""
        return self.top + self.height

    def inset(self, sides: float, ends: float) -> "Area":
        """Give a smaller one within it."""
        return Area(self.left + sides, self.top + ends, self.width - 2 * sides, self.height - 2 * ends)


@dataclass(frozen=True, slots=True)
class Folds:
    """The sizes of a cover; `width` and `height` are those of the cut book, without bleed."""

    panel: tuple[float, float]
    spine: float
    pages: int
    demands: CoverDemands

    @property
    def bleed(self) -> float:
        """What the sheet is larger than the cover at each side."""
        return self.demands.bleed * INCH

    @property
    def width(self) -> float:
        """Of back, spine and front together."""
        return 2 * self.panel[0] + self.spine

    @property
    def height(self) -> float:
        """Of the cover."""
        return self.panel[1]

    @property
    def back(self) -> Area:
        """The back's panel."""
        return Area(0, 0, *self.panel)

    @property
    def back_of_book(self) -> Area:
        """The spine's panel."""
        return Area(self.panel[0], 0, self.spine, self.panel[1])

    @property
    def front(self) -> Area:
        """The front's panel."""
        return Area(self.panel[0] + self.spine, 0, *self.panel)

    def safe(self, area: Area) -> Area:
        """Give the part of a panel where text may stand."""
        return area.inset(self.demands.safe * INCH, self.demands.safe * INCH)

    @property
    def barcode(self) -> Area:
        """The white field of the barcode, at the foot of the back beside the spine."""
        width, height = (edge * INCH for edge in self.demands.barcode)
        from_spine, from_foot = (edge * INCH for edge in self.demands.barcode_from)
        return Area(self.panel[0] - from_spine - width, self.panel[1] - from_foot - height, width, height)

    @property
    def spine_room(self) -> float:
        """How wide the spine's text may be; 0 where none may stand."""
        if self.pages < self.demands.spine_text_from:
            return 0.0
        return max(self.spine - 2 * self.demands.spine_clear * INCH, 0.0)


def fold(settings: Settings, pages: int, asked_at: Place) -> tuple[Folds, tuple[Finding, ...]]:
    """Say where everything is on the cover of a book of so many pages.

    Raises:
        BookError: the printer does not have the paper that was asked for.

    """
    printed = settings.printed
    printer = printed.printer or KDP  # at home, as good as any
    paper = printer.paper(printed.paper, printed.ink)
    if paper is None:
        known = ", ".join(f"{one.name.value} for {one.ink.value}" for one in printer.papers)
        message = f"{printer.name} has no {printed.paper.value} paper for {printed.ink.value}"
        raise BookError(error(message, asked_at, hint=f"it has {known}"))
    spine = settings.wrap.spine or spine_width(printer, paper, pages)
    told = () if settings.wrap.spine else tuple(_unsure(printer, spine, asked_at))
    return Folds(settings.page.trim, spine, pages, printer.cover), told


def spine_width(printer: Printer, paper: Paper, pages: int) -> float:
    """Give the width of the spine in points; an odd page has a back."""
    return ((pages + pages % 2) * paper.caliper + printer.cover.spine_more) * INCH


def _unsure(printer: Printer, spine: float, asked_at: Place) -> list[Finding]:
    if printer.is_sure("papers"):
        return []
    hint = f"ask {printer.name}'s cover template generator, and write what it says: `wrap: {{spine: {spine / INCH:.3f}in}}`"
    return [
        warning(
            f"the spine is reckoned as {spine / INCH:.3f}in, which is near and not exact", asked_at, hint=hint
        )
    ]
