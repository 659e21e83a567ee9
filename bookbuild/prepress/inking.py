"""What printers demand of colours and pictures: which inks, how much of them, nothing see-through, and enough dots."""

from collections.abc import Iterator

from bookbuild.prepress.demand import Fault, Job, demand
from bookbuild.prepress.read import UNKNOWN_INK, ReadPdf
from bookbuild.prepress.spaces import Made
from bookbuild.printers import Inks

_ALLOWED = {
    Inks.GREY: {Made.GREY},
    Inks.CMYK: {Made.GREY, Made.CMYK, Made.SPOT},
    Inks.SRGB: {Made.GREY, Made.RGB, Made.ICC_RGB, Made.ICC_GREY},
}
"""What colours may be made of, where these inks are asked for; black alone is right everywhere."""
_POOR = 0.6
"""Of the dots that are asked for: what has less is blurred so that everyone sees it."""


def _allowed(job: Job) -> set[Made]:
    return set().union(*(_ALLOWED[inks] for inks in job.inks))


def _asked(job: Job) -> str:
    return " or ".join(sorted(inks.value for inks in job.inks))


@demand(
    remedy="make it with `print:`, which turns every colour into the printer's", figure="black", refuses=True
)
def colours(pdf: ReadPdf, job: Job) -> Iterator[Fault]:
    """Black text in the colours of a screen is printed in four inks, grey and blurred; other colours are turned into something else."""
    for page in pdf.pages:
        for made in sorted(page.made - _allowed(job), key=lambda one: one.value):
            yield Fault(f"text or lines are in {made.value}; asked for is {_asked(job)}", page.number)


@demand(
    remedy="make it with `print:`, which turns every picture into the printer's inks",
    figure="colour",
    refuses=True,
)
def colours_of_pictures(pdf: ReadPdf, job: Job) -> Iterator[Fault]:
    """Where a book is printed in black, a coloured picture costs as much as a coloured book; where in colour, it comes out otherwise."""
    for page in pdf.pages:
        found = {picture.made for picture in page.pictures} - _allowed(job)
        for made in sorted(found, key=lambda one: one.value):
            yield Fault(f"a picture is in {made.value}; asked for is {_asked(job)}", page.number)


@demand(remedy="set text and lines in black ink alone: `color: black`")
def black_of_several_inks(pdf: ReadPdf, _job: Job) -> Iterator[Fault]:
    """Four inks never lie quite on one another: small black letters get coloured edges."""
    for page in pdf.pages:
        if page.has_mixed_black:
            yield Fault("black text or lines are made of several inks", page.number)


@demand(
    remedy="make it lighter, or let bookbuild turn it into inks from RGB", figure="ink_limit", refuses=True
)
def too_much_ink(pdf: ReadPdf, job: Job) -> Iterator[Fault]:
    """Too much ink does not dry, and comes off on the page before."""
    limit = job.printer.ink_limit
    for page in pdf.pages:
        most = max([page.ink, *(picture.ink for picture in page.pictures)])
        if most > limit:
            yield Fault(f"a place has {most} % of ink; at most {limit} % are taken", page.number)
        if any(picture.ink == UNKNOWN_INK for picture in page.pictures):
            yield Fault("a picture cannot be read, so that nobody knows how much ink it takes", page.number)


@demand(
    remedy="make it with `print:`, which lays all on white; leave `opacity` and shadows out of your css",
    figure="plain",
)
def see_through(pdf: ReadPdf, job: Job) -> Iterator[Fault]:
    """What is see-through is reckoned by the printer's machine, and not always as on a screen."""
    for page in pdf.pages:
        if page.is_seen_through or any(picture.is_seen_through for picture in page.pictures):
            must = ", which PDF/X-1a forbids" if job.printer.pdf_x else ""
            yield Fault(f"something is see-through{must}", page.number)


@demand(remedy="give the picture more pixels, or print it smaller", figure="resolution")
def coarse_picture(pdf: ReadPdf, job: Job) -> Iterator[Fault]:
    """Below 300 dots to the inch a picture looks soft, and below 200 one sees the dots."""
    for page in pdf.pages:
        for picture in page.pictures:
            if picture.resolution < job.printer.resolution - 1 and not picture.is_lines:
                poor = ", far too few" if picture.resolution < _POOR * job.printer.resolution else ""
                yield Fault(
                    f"a picture has {picture.resolution} dots to the inch{poor}; {job.printer.resolution} are asked for",
                    page.number,
                )


@demand(remedy="make it with `print:`, which makes it coarser", figure="most_resolution")
def needlessly_fine_picture(pdf: ReadPdf, job: Job) -> Iterator[Fault]:
    """What no press prints makes the file large, and slow to send."""
    most = job.printer.most_resolution
    for page in pdf.pages:
        for picture in page.pictures:
            if picture.resolution > most + 1 and not picture.is_lines:
                yield Fault(
                    f"a picture has {picture.resolution} dots to the inch; more than {most} are never seen",
                    page.number,
                )
