"""Repairs: what the runner writes down of every edit, so that an author can see, doubt and refuse it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from textwrap import shorten
from typing import NamedTuple, assert_never

from bookbuild.draft import Block, Draft
from bookbuild.edits import (
    Blank,
    BlockEdit,
    Doubt,
    DraftEdit,
    InsertBreak,
    Join,
    Question,
    Retype,
    Rewrite,
    SetApart,
    Split,
    Sureness,
    name_of,
)
from bookbuild.errors import Finding, Severity
from bookbuild.galley import edit_block
from bookbuild.rules.rule import Rule
from bookbuild.source import Span

_SHOWN = 60  # characters of the text that a doubt is about
_CONTEXT = 12  # characters of context on both sides of a repair


@dataclass(frozen=True, slots=True)
class Repair:
    """One thing that a rule changed, or asks about: which rule, where, what stood there, what stands there now, why, how sure."""

    rule: str
    span: Span
    before: str
    after: str
    why: str
    sureness: Sureness
    left: str = ""  # a few characters that stand before it, and after it
    right: str = ""
    others: tuple[str, ...] = ()  # the names of what might be done instead

    @property
    def is_question(self) -> bool:
        """Whether nothing was changed: the rule only asks."""
        return self.before == self.after

    @property
    def is_doubtful(self) -> bool:
        """Whether the author is asked to look."""
        return self.sureness is Sureness.DOUBTFUL

    @property
    def was(self) -> str:
        """What stood there, with the text around."""
        return self.left + self.before + self.right

    @property
    def became(self) -> str:
        """What stands there now, with the text around."""
        return self.left + self.after + self.right

    def finding(self) -> Finding:
        """Tell of it as a doubt."""
        message = f"{self.why}: …{shorten(self.became, _SHOWN, placeholder='')}…"
        return Finding(Severity.DOUBT, message, self.span.place, rule=self.rule)


# ---------------------------------------------------------------- structure


def stretch_of(draft: Draft, edit: DraftEdit) -> tuple[int, int]:
    """Say which stretch of the source a structure edit is about."""
    match edit:
        case Split(number, start, end) | SetApart(number, start, end) | Question(number, start, end):
            block = draft.blocks[number]
            return block.offset(start), block.offset(end)
        case Rewrite(number) | Blank(number):
            return draft.blocks[number].start, draft.blocks[number].end
        case InsertBreak(number):
            return draft.blocks[number].start, draft.blocks[number].start
        case Retype(first, last) | Join(first, last):
            return draft.blocks[first].start, draft.blocks[last].end
        case _:
            assert_never(edit)


def structure_repair(rule: Rule, draft: Draft, edit: DraftEdit) -> Repair:
    """Write down a structure edit of a draft as it was before it."""
    left = right = ""
    match edit:
        case Split(number, start, end) | SetApart(number, start, end) | Question(number, start, end):
            text = draft.blocks[number].text
            left, right = text[max(start - _CONTEXT, 0) : start], text[end : end + _CONTEXT]
            before = text[start:end]
            after = " ¶ " if isinstance(edit, Split) else before
            after = f" ¶ {before} ¶ " if isinstance(edit, SetApart) else after
        case Rewrite(number, changes, kind, file=file):
            before = draft.blocks[number].text
            after = edit_block(draft.blocks[number], changes).text.replace("\n", " / ")
            after = f"[{kind.value} {file}] {after}" if file else after
        case Join(first, last, glues):
            texts = [block.text for block in draft.blocks[first : last + 1]]
            before = " ¶ ".join(texts)
            after = "".join(map(str.__add__, ("", *glues), texts)).replace("\n", " / ")
        case InsertBreak(number):
            before, after = "", "*** ¶ "
            right = draft.blocks[number].text[:_CONTEXT]
        case Blank(number):
            before, after = draft.blocks[number].text, ""
        case Retype(first, last):
            before = " ¶ ".join(block.text.strip() for block in draft.blocks[first : last + 1])
            after = f"[{name_of(edit)}] {before}" if name_of(edit) else before
        case _:
            assert_never(edit)
    change = _Change(draft.span(*stretch_of(draft, edit)), before, after, left, right)
    return _repair(rule, edit, change)


# ---------------------------------------------------------------- prose


def prose_repairs(rule: Rule, draft: Draft, block: Block, edits: Iterable[BlockEdit]) -> Iterator[Repair]:
    """Write down the edits of a block's text as it was before them."""
    for edit in edits:
        span = draft.span(block.offset(edit.start), block.offset(edit.end))
        left = block.text[max(edit.start - _CONTEXT, 0) : edit.start]
        right = block.text[edit.end : edit.end + _CONTEXT]
        old = block.text[edit.start : edit.end]
        new = (
            old
            if isinstance(edit, Doubt)
            else edit_block(_cut(block, edit), [replace(edit, start=0, end=len(old))]).text
        )
        yield _repair(rule, edit, _Change(span, old, new, left, right))


def _cut(block: Block, edit: BlockEdit) -> Block:
    return replace(block, text=block.text[edit.start : edit.end], marks=())


class _Change(NamedTuple):
    span: Span
    before: str
    after: str
    left: str
    right: str


def _repair(rule: Rule, edit: BlockEdit | DraftEdit, change: _Change) -> Repair:
    others = tuple(name_of(other) for other in edit.others)
    span, before, after, left, right = change
    return Repair(rule.name, span, before, after, edit.why or rule.why, edit.sureness, left, right, others)
