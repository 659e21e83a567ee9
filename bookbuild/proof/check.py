"""What a check is: a function that yields queries, with a name, a reason and an example that can be run."""

import inspect
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from bookbuild.proof.sheets import Passage, Sheets


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of one passage, in characters of its text."""

    passage: Passage
    start: int
    end: int

    @property
    def text(self) -> str:
        """What stands there."""
        return self.passage.text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Query:
    """A question to the author: where, what is odd, and what may have been meant, the likeliest first."""

    at: Stretch
    why: str
    alternatives: tuple[str, ...] = ()
    also: tuple[Stretch, ...] = ()  # further places of the same question


Ask = Callable[[Sheets], Iterable[Query]]


NEXT_FILE = "\n\n[next file]\n\n"
"""Parts the chapters of an example."""


@dataclass(frozen=True, slots=True)
class Example:
    """A text that a check asks about, and what it asks first."""

    text: str
    asked: str


@dataclass(frozen=True, slots=True)
class Check:
    """Something that an editor would ask about. It reads the whole book and changes nothing.

    `name` is the fault, in kebab case, so that "allow repeated-word" reads well.
    """

    name: str
    why: str
    example: Example
    ask: Ask
    english_only: bool = False


def check(example: str, asked: str, *, english_only: bool = False) -> Callable[[Ask], Check]:
    """Make a check of a function; its docstring is the reason."""

    def made(function: Ask) -> Check:
        name = getattr(function, "__name__", "").replace("_", "-")
        why = inspect.cleandoc(function.__doc__ or "")
        return Check(name, why, Example(example, asked), function, english_only)

    return made
