"""What a demand is: a function that finds where a finished PDF is not as its printer asks, with the way out."""

import inspect
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from bookbuild.errors import Finding, Place, Severity
from bookbuild.prepress.read import ReadPdf
from bookbuild.printers import Ink, Inks, PaperName, Printer

INCH = 72.0
NEAR = 1.0
"""Points by which a box may be off: printers round as well."""


@dataclass(frozen=True, slots=True)
class Job:
    """What a PDF was made for; what is not known is not asked for."""

    printer: Printer
    trim: tuple[float, float] | None = None  # points
    paper: PaperName | None = None
    ink: Ink | None = None
    is_cover: bool = False
    spine: float = 0.0  # of a cover, in points; 0 where it is not known
    pages: int = 0  # of a cover's book

    @property
    def inks(self) -> frozenset[Inks]:
        """What its colours may be made of."""
        if self.is_cover:
            return frozenset({Inks.GREY, self.printer.cover.inks})
        if self.ink is Ink.BLACK:
            return frozenset({self.printer.black})
        return frozenset({self.printer.black, self.printer.colour})


class Fault(NamedTuple):
    """One thing that is not as it should be, on a page counted from 1, or in the file as a whole."""

    what: str
    page: int = 0


Find = Callable[[ReadPdf, Job], Iterable[Fault]]


@dataclass(frozen=True, slots=True)
class Demand:
    """Something that a printer asks of a PDF. It looks, and changes nothing."""

    name: str
    why: str
    remedy: str
    figure: str  # the field of the printers' table that it asks by; empty where it is the same for all
    refuses: bool
    of_covers: bool  # whether it is asked of covers too
    find: Find


def demand(
    *, remedy: str, figure: str = "", refuses: bool = False, of_covers: bool = True
) -> Callable[[Find], Demand]:
    """Make a demand of a function; its docstring is the reason."""

    def made(function: Find) -> Demand:
        name = getattr(function, "__name__", "").replace("_", "-")
        why = inspect.cleandoc(function.__doc__ or "")
        return Demand(name, why, remedy, figure, refuses, of_covers, function)

    return made


def inspect_pdf(
    pdf: ReadPdf, job: Job, demands: Iterable[Demand], asked_at: Place | None = None
) -> tuple[Finding, ...]:
    """Look at a finished PDF as its printer does.

    Args:
        pdf: the file as it was read.
        job: what it was made for.
        demands: those that look.
        asked_at: where build.yaml names the printer; else findings name the PDF.

    """
    return tuple(finding for one in demands for finding in _findings(one, pdf, job, asked_at))


def _findings(one: Demand, pdf: ReadPdf, job: Job, asked_at: Place | None) -> Iterator[Finding]:
    if job.is_cover and not one.of_covers:
        return
    is_sure = not one.figure or job.printer.is_sure("cover" if job.is_cover else one.figure)
    severity = Severity.ERROR if one.refuses and is_sure else Severity.WARNING
    pages: dict[str, list[int]] = {}
    for fault in one.find(pdf, job):
        pages.setdefault(fault.what, []).append(fault.page)
    for what, numbers in list(pages.items())[:_TOLD]:
        where = named_pages(numbers)
        message = f"{job.printer.name}: {where + ': ' if where else ''}{what}"
        yield Finding(severity, message, asked_at or Place(pdf.name), one.remedy, one.name)
    if len(pages) > _TOLD:
        more = named_pages([number for numbers in list(pages.values())[_TOLD:] for number in numbers])
        yield Finding(
            severity, f"{job.printer.name}: {more}: the same", Place(pdf.name), one.remedy, one.name
        )


_TOLD = 5
"""Kinds of one fault that are told with their figures; of the others only the pages."""


def named_pages(numbers: Iterable[int]) -> str:
    """Name pages in few words: `page 7`, `pages 1-12, 14`; nothing for the file as a whole."""
    wanted = sorted({number for number in numbers if number})
    runs: list[list[int]] = []
    for number in wanted:
        if runs and runs[-1][-1] == number - 1:
            runs[-1] = [runs[-1][0], number]
        else:
            runs.append([number])
    named = ", ".join("-".join(map(str, run)) for run in runs[:_NAMED])
    left = len(wanted) - sum(run[-1] - run[0] + 1 for run in runs[:_NAMED])
    more = f" and {left} more" if left else ""
    return f"page{'s' * (len(wanted) > 1)} {named}{more}" if wanted else ""


_NAMED = 8
"""Runs of pages that are named."""
