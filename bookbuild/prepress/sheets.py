"""What printers demand of sheets: how many pages, how large, where they are cut, and how far from the cut text stands."""

from collections import Counter
from collections.abc import Iterator

from bookbuild.prepress.demand import INCH, NEAR, Fault, Job, demand
from bookbuild.prepress.extents import Drawn, Kind
from bookbuild.prepress.read import Box, ReadPage, ReadPdf
from bookbuild.printers import Ink

_LARGE = 8.3 * INCH
_HAIR = 0.5
"""Points by which text may stand nearer to the edge than asked: the box around a letter is a little larger than its ink."""


@demand(
    remedy="change the size of the type or the page, or print it elsewhere",
    figure="papers",
    refuses=True,
    of_covers=False,
)
def page_count(pdf: ReadPdf, job: Job) -> Iterator[Fault]:
    """A book that is too thin cannot be glued, one that is too thick does not fit the machine."""
    pages = len(pdf.pages)
    papers = [
        paper
        for paper in job.printer.papers
        if job.paper in {None, paper.name} and (job.ink or paper.ink) is paper.ink
    ]
    if not papers:
        name, ink = (job.paper.value if job.paper else ""), (job.ink or Ink.BLACK).value
        yield Fault(f"it has no {name} paper for {ink}")
        return
    is_large = trim_of(pdf, job)[0] > _LARGE
    least = min(paper.least for paper in papers)
    most = max(paper.most_of_large if is_large else paper.most for paper in papers)
    if not least <= pages <= most:
        yield Fault(f"the book has {pages} pages; from {least} to {most} can be bound on this paper")


@demand(remedy="add a blank page at the end", of_covers=False)
def odd_number_of_pages(pdf: ReadPdf, _job: Job) -> Iterator[Fault]:
    """A leaf has two sides: the printer adds the last one, and the spine is reckoned with it."""
    if len(pdf.pages) % 2:
        yield Fault(f"the book has {len(pdf.pages)} pages, an odd number")


@demand(remedy="choose one of its trims: `page: {trim: trade}`", figure="trims", of_covers=False)
def trim_not_printed(pdf: ReadPdf, job: Job) -> Iterator[Fault]:
    """A printer cuts to the sizes that its machines are set to."""
    width, height = (edge / INCH for edge in trim_of(pdf, job))
    for least, most in [job.printer.custom_trims] if job.printer.custom_trims else []:
        if least[0] <= width <= most[0] and least[1] <= height <= most[1]:
            return
    near = NEAR / INCH
    if not any(abs(width - one) <= near and abs(height - other) <= near for one, other in job.printer.trims):
        nearest = min(job.printer.trims, key=lambda trim: abs(trim[0] - width) + abs(trim[1] - height))
        yield Fault(
            f"{width:.4g} x {height:.4g}in is none of its trims; the nearest is {nearest[0]:g} x {nearest[1]:g}in"
        )


@demand(remedy="make it anew with `print:` and `page:` as they are to be", refuses=True, of_covers=False)
def trims_differ(pdf: ReadPdf, job: Job) -> Iterator[Fault]:
    """All pages are cut at once, to one size."""
    width, height = trim_of(pdf, job)
    for page in pdf.pages:
        if abs(page.trim.width - width) > NEAR or abs(page.trim.height - height) > NEAR:
            yield Fault(
                f"it is cut to {_inches(page.trim)}, and not to {width / INCH:.4g} x {height / INCH:.4g}in",
                page.number,
            )


@demand(
    remedy="make it anew with `print:` and `bleed:` as they are to be; no marks may stand around the page",
    figure="bleed",
    refuses=True,
    of_covers=False,
)
def page_size(pdf: ReadPdf, job: Job) -> Iterator[Fault]:
    """A page is as large as the trim, or larger by the bleed at the sides that the printer names, and not by marks."""
    for page in pdf.pages:
        sides = bleeds(page)
        allowed = _allowed(page, job)
        if not any(
            all(abs(side - wanted) <= NEAR for side, wanted in zip(sides, one, strict=True))
            for one in allowed
        ):
            asked = " or ".join(_sides(one, page) for one in allowed)
            yield Fault(f"beyond the trim there is {_sides(sides, page)}; asked for is {asked}", page.number)


def bleeds(page: ReadPage) -> tuple[float, float, float, float]:
    """Say how far the page reaches beyond the trim: left, foot, right, head, in points."""
    trim, media = page.trim, page.media
    return (
        trim.left - media.left,
        trim.bottom - media.bottom,
        media.right - trim.right,
        media.top - trim.top,
    )


def _allowed(page: ReadPage, job: Job) -> list[tuple[float, float, float, float]]:
    printer = job.printer
    bleed = printer.bleed * INCH
    spine = bleed if printer.bleeds_at_spine else 0.0
    left, right = (spine, bleed) if page.number % 2 else (bleed, spine)
    with_bleed = (left, bleed, right, bleed)
    return [with_bleed] if printer.always_bleeds else [(0.0, 0.0, 0.0, 0.0), with_bleed]


def _sides(sides: tuple[float, float, float, float], page: ReadPage) -> str:
    left, bottom, right, top = (f"{side / INCH:.3g}in" for side in sides)
    spine, edge = (left, right) if page.number % 2 else (right, left)
    if spine == edge == bottom == top:
        return "nothing" if max(sides) <= 0 else f"{top} at all sides"
    return f"{spine} at the spine, {edge} at the fore-edge, {top} at the head, {bottom} at the foot"


def _inches(box: Box) -> str:
    return f"{box.width / INCH:.4g} x {box.height / INCH:.4g}in"


@demand(remedy="make it anew; a page begins at 0, 0 and is shown whole")
def page_cropped_or_moved(pdf: ReadPdf, _job: Job) -> Iterator[Fault]:
    """Machines that lay out sheets take the page as it is said to be shown, or from its corner."""
    for page in pdf.pages:
        if (page.media.left, page.media.bottom) != (0, 0):
            yield Fault("the page does not begin at 0, 0", page.number)
        if any(abs(one - other) > NEAR for one, other in zip(page.crop, page.media, strict=True)):
            yield Fault("the page is not shown whole", page.number)


@demand(remedy="give single pages, upright", refuses=True)
def page_turned(pdf: ReadPdf, _job: Job) -> Iterator[Fault]:
    """A turned page is printed as it lies."""
    for page in pdf.pages:
        if page.rotated:
            yield Fault(f"the page is turned by {page.rotated} degrees", page.number)


# ---------------------------------------------------------------- margins


@demand(
    remedy="make the margins wider: `page: {margins: {inside: 0.9in}}`",
    figure="inside",
    refuses=True,
    of_covers=False,
)
def text_in_gutter(pdf: ReadPdf, job: Job) -> Iterator[Fault]:
    """What stands too near to the spine is swallowed by it; the thicker the book, the more."""
    least = job.printer.inside_of(len(pdf.pages)) * INCH
    for page in pdf.pages:
        is_recto = page.number % 2 == 1
        for drawn in _texts(page):
            inside = drawn.left - page.trim.left if is_recto else page.trim.right - drawn.right
            if inside < least - _HAIR:
                yield Fault(_too_near(inside, "spine", least), page.number)
                break


@demand(remedy="make the margins wider", figure="margin", refuses=True, of_covers=False)
def text_at_edge(pdf: ReadPdf, job: Job) -> Iterator[Fault]:
    """A knife is off by a sixteenth of an inch; text at the edge is cut, or looks as if it were going to be."""
    for page in pdf.pages:
        least = (job.printer.margin_with_bleed if max(bleeds(page)) > NEAR else job.printer.margin) * INCH
        trim = page.trim
        for drawn in _texts(page):
            outside = trim.right - drawn.right if page.number % 2 else drawn.left - trim.left
            for edge, distance in (
                ("fore-edge", outside),
                ("head", trim.top - drawn.top),
                ("foot", drawn.bottom - trim.bottom),
            ):
                if distance < least - _HAIR:
                    yield Fault(_too_near(distance, edge, least), page.number)


def _too_near(distance: float, edge: str, least: float) -> str:
    return f"text stands {max(distance, 0) / INCH:.2f}in from the {edge}; {least / INCH:g}in are asked for"


def _texts(page: ReadPage) -> Iterator[Drawn]:
    return (drawn for drawn in page.drawn if drawn.kind is Kind.TEXT)


@demand(
    remedy="let it run 0.125in beyond the cut (`print: {by: …, bleed: on}`), or keep it within the margins",
    figure="bleed",
)
def stops_at_the_cut(pdf: ReadPdf, job: Job) -> Iterator[Fault]:
    """What reaches the cut and stops there shows a white line where the knife is off."""
    for page in pdf.pages:
        for drawn in page.drawn:
            if drawn.kind is Kind.TEXT:
                continue
            if any(
                distance <= NEAR and distance > -bleed + NEAR
                for distance, bleed in zip(_distances(drawn, page.trim), _needed(page, job), strict=True)
            ):
                yield Fault(f"{drawn.kind.value} reaches the cut, and not beyond it", page.number)
                break


def _distances(drawn: Drawn, trim: Box) -> tuple[float, float, float, float]:
    return (
        drawn.left - trim.left,
        drawn.bottom - trim.bottom,
        trim.right - drawn.right,
        trim.top - drawn.top,
    )


def _needed(page: ReadPage, job: Job) -> tuple[float, float, float, float]:
    """Say how far beyond the cut something must reach at left, foot, right and head; nothing is needed at a spine without bleed."""
    left, bottom, right, top = bleeds(page)
    wanted = max(bottom, top, 0.125 * INCH)
    if job.is_cover:
        return (wanted, wanted, wanted, wanted)
    return (left, wanted, wanted, wanted) if page.number % 2 else (wanted, wanted, right, wanted)


def trim_of(pdf: ReadPdf, job: Job) -> tuple[float, float]:
    """Give the trim that was asked for, or else the one that most pages have, in points."""
    if job.trim:
        return job.trim
    sizes = Counter((round(page.trim.width, 1), round(page.trim.height, 1)) for page in pdf.pages)
    return sizes.most_common(1)[0][0] if sizes else (0.0, 0.0)
