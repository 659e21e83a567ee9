"""Markup of a book → its pages: quire after quire, each on the side that it wants, bound into one PDF."""

import re
from collections.abc import Sequence
from xml.etree.ElementTree import Element

from bookbuild.means import Means
from bookbuild.writers.binding import bind
from bookbuild.writers.composing.left import told
from bookbuild.writers.crew import LEAST_JOBS, Crew
from bookbuild.writers.printing_press import Plan, Print
from bookbuild.writers.quires import Job, QuirePrinter, Start, body_of, classes, entries
from bookbuild.writers.stock import Printed, Stock
from bookbuild.writers.weasyprint_layout import read_html

_REACHES_OUT = re.compile(
    r"counter|target-|string|footnote|running|element\(|[+~]|:(?:first|last|only|nth|has|blank)|@page|@import|url\(",
    re.IGNORECASE,
)
"""What in an author's style sheet may look beyond a division, or into a file that may change."""
_BODY = frozenset({"page-start", "page-part-start"})
"""Classes of the leaf with which folios begin anew."""

_MOST_SIDES = 2
"""How often a quire is printed: on the side that was thought, and on the one that it turns out to want."""

Group = Sequence[Element]
"""Leaves that make a quire."""


def print_book(html: str, stock: Stock, means: Means) -> Printed:
    """Print a book; what is in the cache is not printed anew.

    Raises:
        BookError: a style sheet asks for something that it may not have.

    """
    root = read_html(html)
    leaves = list(body_of(root))
    if not any(_REACHES_OUT.search(sheet.text) for sheet in stock.own):
        printer = QuirePrinter(root, stock, means.cache, is_apart=True)
        groups: list[Group] = [[leaf] for leaf in leaves]
        plans: Sequence[Plan | None] = [None] * len(groups)
        if means.workers > 1 and stock.is_fine:
            plans = _print_ahead(printer, groups, stock, means.workers)
        run = _Run(printer)
        printed = run.print_groups(groups, plans)
        if run.is_steady:
            return printed
    at_once = QuirePrinter(root, stock, means.cache, is_apart=False)
    return _Run(at_once).print_groups([leaves], [None])


class _Place:
    """Where in the book the next quire stands."""

    def __init__(self) -> None:
        self.at = 0  # the page, from 0
        self.folio = 1
        self.sides: dict[str, str] = {}  # class of a leaf → the side that it wants

    def start(self, group: Group, side: str) -> tuple[int, Start]:
        """Say how many blank pages stand before a quire that wants a side, and where it begins then."""
        blank = int((side == "recto" and self.at % 2 == 1) or (side == "verso" and self.at % 2 == 0))
        folio = 1 if classes(group[0]) & _BODY else self.folio + blank
        return blank, Start(folio, on_verso=(self.at + blank) % 2 == 1)

    def go_on(self, blank: int, start: Start, pages: int) -> None:
        """Go past a quire."""
        self.at += blank + pages
        self.folio = start.folio + pages


def _print_ahead(
    printer: QuirePrinter, groups: Sequence[Group], stock: Stock, workers: int
) -> list[Plan | None]:
    """Have other processes print what is not in the cache, as far as it is known where it stands; gives what is known of all."""
    plans = [printer.planned(group) for group in groups]
    new = [number for number, plan in enumerate(plans) if plan is None]
    if len(new) < LEAST_JOBS:
        return plans
    with Crew(stock, min(workers, len(new))) as crew:
        for number, plan in zip(
            new, crew.plan((number, printer.document(groups[number])) for number in new), strict=False
        ):
            plans[number] = printer.keep_plan(groups[number], plan)
        jobs = [
            (number, job) for number, job in enumerate(_jobs(printer, groups, plans)) if not printer.made(job)
        ]
        made = crew.print_quires((number, job.copy) for number, job in jobs)
        for (_, job), done in zip(jobs, made, strict=False):
            printer.keep(job, done)
    return plans


def _jobs(printer: QuirePrinter, groups: Sequence[Group], plans: Sequence[Plan | None]) -> list[Job]:
    """Say what is to be printed, up to the first quire of which it is not known how many pages it has."""
    place, jobs = _Place(), list[Job]()
    for group, plan in zip(groups, plans, strict=True):
        if plan is None:
            break
        blank, start = place.start(group, plan.side)
        jobs.append(printer.job(group, start))
        if plan.pages is None:
            break
        place.go_on(blank, start, plan.pages)
    return jobs


class _Run:
    """The book, printed from its first quire to its last."""

    def __init__(self, printer: QuirePrinter) -> None:
        self._printer = printer
        self._place = _Place()
        self._prints: list[Print] = []
        self._blanks: list[int] = []
        self._starts: dict[str, int] = {}
        self._folios: dict[str, int] = {}  # id → the folio of its page
        self.is_steady = True  # whether a table of contents takes as many pages with its folios as without

    def print_groups(self, groups: Sequence[Group], plans: Sequence[Plan | None]) -> Printed:
        """Print all quires, those with a table of contents again when all folios are known, and bind them."""
        begun = [self._print_next(group, plan) for group, plan in zip(groups, plans, strict=True)]
        for number, (group, start) in enumerate(zip(groups, begun, strict=True)):
            if len(groups) > 1 and entries(group):
                again = self._printer.print_quire(self._printer.job(group, start, self._folios))
                self.is_steady &= again.quire.pages == self._prints[number].quire.pages
                self._prints[number] = again
        said = [finding for made in self._prints for finding in made.findings]
        said += told(one for made in self._prints for one in made.left)
        return Printed(
            bind([made.quire for made in self._prints], self._blanks),
            self._place.at,
            self._starts,
            tuple(dict.fromkeys((*self._printer.press.findings, *said))),
            frozenset(family for made in self._prints for family in made.families),
        )

    def _print_next(self, group: Group, plan: Plan | None) -> Start:
        """Print some leaves on the side that they want: what others of their kind wanted is tried first."""
        place, name = self._place, group[0].get("class", "")
        if plan:
            place.sides[name] = plan.side
        for _ in range(_MOST_SIDES):
            side = place.sides.get(name, "recto")
            blank, start = place.start(group, side)
            made = self._printer.print_quire(self._printer.job(group, start))
            place.sides[name] = made.side
            if made.side == side:
                break
        for id_, page in made.quire.anchors.items():
            self._starts.setdefault(id_, place.at + blank + page)
            self._folios.setdefault(id_, start.folio + page)
        self._prints.append(made)
        self._blanks.append(blank)
        place.go_on(blank, start, made.quire.pages)
        return start
