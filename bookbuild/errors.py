"""What goes wrong: one base error that stops, one finding that is collected and shown."""

from dataclasses import dataclass
from enum import Enum


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a file something stands; line and column count from 1, 0 means the file as a whole."""

    path: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        """Give the form that editors and terminals turn into a link: `file:line:column`."""
        parts = [self.path, *(str(number) for number in (self.line, self.column) if number)]
        return ":".join(parts)


class Severity(Enum):
    """How much a finding weighs."""

    DOUBT = "doubt"  # something was decided that a reader of proofs should look at
    WARNING = "warning"  # the book comes out, but not as was asked
    ERROR = "error"  # the book has a fault


@dataclass(frozen=True, slots=True)
class Finding:
    """Something to tell the author: what, where, and the way out. Collected by the stages, shown by the command line."""

    severity: Severity
    message: str
    place: Place | None = None
    hint: str = ""
    rule: str = ""  # the rule that found it, where one did

    def __str__(self) -> str:
        """Give the one or two lines that the author sees."""
        where = f"{self.place}: " if self.place else ""
        rule = f" [{self.rule}]" if self.rule else ""
        hint = f"\n  hint: {self.hint}" if self.hint else ""
        return f"{where}{self.severity.value}: {self.message}{rule}{hint}"


class BookbuildError(Exception):
    """Something that stops the build, as one or more findings, all told at once."""

    exit_code = 1

    def __init__(self, *findings: Finding) -> None:
        super().__init__(*findings)
        self.findings = findings

    def __str__(self) -> str:
        """Give every finding, as the author sees it."""
        return "\n".join(str(finding) for finding in self.findings)


class RequestError(BookbuildError):
    """What was asked is wrong: an option, a rule's name, build.yaml."""

    exit_code = 2


class BookError(BookbuildError):
    """The book has a fault: a chapter cannot be read, a picture is missing, words do not add up."""


class DeliveryError(BookbuildError):
    """The book is well, and could not be delivered: a device is full, a mail was refused."""


def error(message: str, place: Place | None = None, *, hint: str = "") -> Finding:
    """Make the finding that an error carries."""
    return Finding(Severity.ERROR, message, place, hint)


def warning(message: str, place: Place | None = None, *, hint: str = "") -> Finding:
    """Make a finding that the book survives."""
    return Finding(Severity.WARNING, message, place, hint)
