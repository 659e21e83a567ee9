"""What printers demand of a cover in one piece: its size, and where text may stand on it."""

from collections.abc import Iterator

from bookbuild.prepress.demand import INCH, NEAR, Fault, Job, demand
from bookbuild.prepress.extents import Drawn, Kind
from bookbuild.prepress.read import ReadPage, ReadPdf
from bookbuild.prepress.sheets import bleeds

_HAIR = 0.75
"""Points by which the box around a letter is larger than its ink."""
_REMEDY = "make it anew with `bookbuild cover`, for the pages that the book has now"


@demand(remedy=_REMEDY, figure="cover", refuses=True)
def cover_size(pdf: ReadPdf, job: Job) -> Iterator[Fault]:
    """A cover that is not as wide as back, spine and front is glued askew; the bleed is cut off at all four sides."""
    if not job.is_cover:
        return
    page, bleed = pdf.pages[0], job.printer.cover.bleed * INCH
    if any(abs(side - bleed) > NEAR for side in bleeds(page)):
        sides = ", ".join(f"{side / INCH:.3g}in" for side in bleeds(page))
        yield Fault(f"beyond the trim there is {sides}; asked for is {bleed / INCH:g}in at all four sides", 1)
    if job.trim and max(abs(page.trim.width - job.trim[0]), abs(page.trim.height - job.trim[1])) > NEAR:
        found, asked = (
            f"{width / INCH:.3f} x {height / INCH:.3f}in"
            for width, height in ((page.trim.width, page.trim.height), job.trim)
        )
        yield Fault(f"the cover is cut to {found}; the book needs {asked}", 1)


@demand(remedy="move the text inwards, or leave it out of the picture", figure="cover", refuses=True)
def cover_text_at_edge(pdf: ReadPdf, job: Job) -> Iterator[Fault]:
    """A knife is off by a sixteenth of an inch."""
    if not job.is_cover:
        return
    page, safe = pdf.pages[0], job.printer.cover.safe * INCH
    trim = page.trim
    for drawn in _texts(page):
        distances = (
            drawn.left - trim.left,
            drawn.bottom - trim.bottom,
            trim.right - drawn.right,
            trim.top - drawn.top,
        )
        if min(distances) < safe - _HAIR:
            yield Fault(
                f"text stands {max(min(distances), 0) / INCH:.2f}in from the cut; {safe / INCH:g}in are asked for",
                1,
            )
            return


@demand(remedy=_REMEDY, figure="cover", refuses=True)
def spine_text_too_wide(pdf: ReadPdf, job: Job) -> Iterator[Fault]:
    """The fold is off by a sixteenth of an inch: text that is wider slides onto back or front."""
    clear = job.printer.cover.spine_clear * INCH
    for drawn, near in _at_folds(pdf, job):
        if near < clear - _HAIR:
            where = "over the fold" if near < 0 else f"{near / INCH:.3f}in from the fold"
            yield Fault(
                f"text ({drawn.right - drawn.left:.0f}pt wide) stands {where}; {clear / INCH:g}in are asked for",
                1,
            )
            return


@demand(remedy="leave the spine blank until the book is thicker", figure="cover", refuses=True)
def text_on_thin_spine(pdf: ReadPdf, job: Job) -> Iterator[Fault]:
    """Type on a thin spine lands on back or front."""
    least = job.printer.cover.spine_text_from
    if job.pages < least and any(_is_on_spine(drawn, pdf.pages[0], job) for drawn, _ in _at_folds(pdf, job)):
        yield Fault(f"there is text on the spine of a book of {job.pages} pages; it takes {least}", 1)


def _texts(page: ReadPage) -> Iterator[Drawn]:
    return (drawn for drawn in page.drawn if drawn.kind is Kind.TEXT)


def _at_folds(pdf: ReadPdf, job: Job) -> Iterator[tuple[Drawn, float]]:
    """Give text, and how far it keeps from the nearer fold, in points; less than nothing where the fold runs through it."""
    if not (job.is_cover and job.spine):
        return
    page = pdf.pages[0]
    middle = (page.trim.left + page.trim.right) / 2
    for drawn in _texts(page):
        distances = [
            fold - drawn.right if (drawn.left + drawn.right) / 2 < fold else drawn.left - fold
            for fold in (middle - job.spine / 2, middle + job.spine / 2)
        ]
        yield drawn, min(distances)


def _is_on_spine(drawn: Drawn, page: ReadPage, job: Job) -> bool:
    middle = (page.trim.left + page.trim.right) / 2
    return abs((drawn.left + drawn.right) / 2 - middle) < job.spine / 2
