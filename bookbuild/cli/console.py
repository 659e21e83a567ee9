"""What the author sees: progress, findings, the report. Plain lines when piped; colour only where it is wanted."""

from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import typer
from rich.console import Console
from rich.status import Status
from rich.text import Text

from bookbuild.errors import BookbuildError, Finding, Severity
from bookbuild.tree import chapters

if TYPE_CHECKING:  # a command loads these, if it has one to tell of
    from bookbuild.pipeline import Made, Report
    from bookbuild.reading import Reading, Tell
    from bookbuild.rules.repairs import Repair

_STYLES = {Severity.ERROR: "bold red", Severity.WARNING: "yellow", Severity.DOUBT: "cyan"}


@dataclass(frozen=True, slots=True)
class Voice:
    """How much is told, and where to: results on standard output, findings on standard error."""

    quiet: bool = False
    verbose: bool = False
    out: Console = field(default_factory=lambda: Console(highlight=False, soft_wrap=True))
    err: Console = field(default_factory=lambda: Console(highlight=False, soft_wrap=True, stderr=True))

    def say(self, line: str = "", style: str = "") -> None:
        """Tell a result, unless quiet was asked for; a terminal breaks it between words, a pipe gets it whole."""
        self.say_text(Text(line, style=style))

    def say_text(self, text: Text) -> None:
        """Tell a result that has styles of its own."""
        if not self.quiet:
            self.out.print(text, soft_wrap=not self.out.is_terminal)

    @contextmanager
    def progress(self) -> Iterator["Tell"]:
        """Show what is being done now: one line that changes on a terminal, a line each when piped and verbose."""
        if self.quiet or not self.err.is_terminal:
            yield (lambda doing: self.say(f"{doing} …")) if self.verbose else (lambda _doing: None)
            return
        with Status("…", console=self.err) as status:
            yield lambda doing: status.update(f"{doing} …")

    def findings(self, findings: Iterable[Finding]) -> None:
        """Show findings; the weight in colour, the place first so that editors make it a link."""
        for finding in findings:
            if self.quiet and finding.severity is not Severity.ERROR:
                continue
            text = Text(str(finding))
            text.highlight_words([f"{finding.severity.value}:"], _STYLES[finding.severity])
            text.highlight_regex(r"(?m)^  hint:.*", "dim")
            self.err.print(text)

    def error(self, fault: BookbuildError) -> None:
        """Show what stopped the build."""
        self.findings(fault.findings)

    # ------------------------------------------------------------ reports

    def report(self, report: "Report") -> None:
        """Tell what was made, what was repaired, what is doubtful."""
        self.reading(report.reading)
        width = max((len(_shown(made.path)) for made in report.made), default=0)
        for made in report.made:
            self.say(f"  {_shown(made.path):<{width}}  {_measure(made)}", "bold")
            if self.verbose and not made.edition.format.is_print:
                self.say(f"  {'':<{width}}  {_page_numbers(made)}", "dim")
        self.say(f"every word arrived: {_read_back(report.made)}", "green")
        self.repairs(report.reading.repairs)
        self.findings(report.findings)
        self.say(counted(report.findings))

    def reading(self, reading: "Reading") -> None:
        """Tell how much was read."""
        number = len(chapters(reading.book))
        self.say(f"{number} chapter{'s' * (number != 1)}, {reading.words:,} words")

    def repairs(self, repairs: "tuple[Repair, ...]") -> None:
        """Tell what was repaired: the counts by rule, and each when verbose."""
        repairs = tuple(repair for repair in repairs if not repair.is_question)
        if self.verbose:
            for repair in repairs:
                self.say(
                    f"{repair.span.place}: {repair.rule} ({repair.sureness.value}): {_told(repair)}", "dim"
                )
        counts = Counter(repair.rule for repair in repairs)
        listed = ", ".join(f"{count} {rule}" for rule, count in counts.most_common())
        more = "" if self.verbose else "; -v shows each, `bookbuild explain RULE` says why"
        number = f"{len(repairs):,} repair{'s' * (len(repairs) != 1)}"
        self.say(f"{number}: {listed}{more}" if repairs else "nothing to repair")


def exit_for(findings: Iterable[Finding], *, strict: bool) -> None:
    """End with 1 where something has a fault, or with `strict` where anything was found."""
    weights = {finding.severity for finding in findings}
    if Severity.ERROR in weights or (strict and weights):
        raise typer.Exit(1)


def _told(repair: "Repair") -> str:
    why = " ".join(repair.why.split())
    return f"{repair.was!r} → {repair.became!r}: {why}"


def _shown(path: Path) -> str:
    """Give a path as short as it is clear from the current folder."""
    try:
        return str(path.resolve().relative_to(Path.cwd()))
    except ValueError:
        return str(path)


def size_shown(size: int) -> str:
    """Give a number of bytes as an author reads it."""
    return f"{size / 1_000_000:.1f} MB" if size >= 1_000_000 else f"{size / 1000:.0f} KB"


def _measure(made: "Made") -> str:
    pages = f"{made.pages} pages, " if made.pages else ""
    notes = f", without {made.notes_left_out} author's notes" if made.notes_left_out else ""
    return f"{pages}{size_shown(made.size)}, {made.seconds:.1f} s{notes}"


def _page_numbers(made: "Made") -> str:
    if made.pages_of:
        return f"has the page numbers of the print edition '{made.pages_of}'"
    return "has no page numbers of print; build a PDF of the same words with it"


def _read_back(made: "tuple[Made, ...]") -> str:
    names = sorted({one.edition.format.value.upper() for one in made})
    return f"manuscript = tree = {' = '.join(names)}"


def counted(findings: tuple[Finding, ...]) -> str:
    """Say how many findings there are of each weight."""
    counts = Counter(finding.severity for finding in findings)
    named = [
        f"{counts[severity]} {severity.value}{'s' * (counts[severity] != 1)}"
        for severity in Severity
        if counts[severity]
    ]
    return ", ".join(named) if named else "no doubts"
