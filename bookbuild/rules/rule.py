"""What a rule is: a function that yields edits, with a name, a reason and an example that can be run."""

import inspect
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from bookbuild.draft import Block, Draft
from bookbuild.edits import BlockEdit, DraftEdit
from bookbuild.rules.evidence import Evidence

StructureRule = Callable[[Draft, Evidence], Iterable[DraftEdit]]
ProseRule = Callable[[Block, Evidence], Iterable[BlockEdit]]


@dataclass(frozen=True, slots=True)
class Example:
    """Text before and after the rule; both are whole files, as an author would see them."""

    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Rule:
    """A fault of manuscripts, and what mends it.

    `name` is the fault, in kebab case, so that "allow double-hyphen" reads well. A rule works on the row of blocks
    (`structure`) or on one block's text (`prose`): exactly one of the two functions is there.
    """

    name: str
    why: str
    example: Example
    structure: StructureRule | None = None
    prose: ProseRule | None = None
    english_only: bool = False
    rewords: bool = False  # its edits may change words, each of which is declared to the account


def structure_rule(before: str, after: str, *, rewords: bool = False) -> Callable[[StructureRule], Rule]:
    """Make a rule of a function that looks at the row of blocks; its docstring is the reason."""
    return lambda function: Rule(
        *_told(function), Example(before, after), structure=function, rewords=rewords
    )


def prose_rule(
    before: str, after: str, *, english_only: bool = False, rewords: bool = False
) -> Callable[[ProseRule], Rule]:
    """Make a rule of a function that looks at the text of one block; its docstring is the reason."""
    return lambda function: Rule(
        *_told(function), Example(before, after), prose=function, english_only=english_only, rewords=rewords
    )


def _told(function: StructureRule | ProseRule) -> tuple[str, str]:
    name = getattr(function, "__name__", "").replace("_", "-")
    return name, inspect.cleandoc(function.__doc__ or "")
