"""Footnotes as authors type them: a mark in the text, and below it a paragraph that begins with the same mark.

A mark is a number in brackets (`[1]`, or `[^1]` as Markdown has it) or a sign (`*`, `**`, `†`, `‡`, a raised figure). Both the rule that
finds footnotes and the making of the tree ask here, so that they cannot differ.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from bookbuild.draft import HEADINGS, Block, GroupKind, Mark

_RAISED = "[¹²³⁰⁴-⁹]"
_CALL = re.compile(
    rf"\[\^?(?P<number>\d{{1,3}})\](?![(:])|(?<=[^\s*(\[])(?P<sign>\*{{1,2}}|[†‡]"
    rf"|(?:(?<=[^\W\d_]{{3}})|(?<=[.,!?…”’\"')])){_RAISED}{{1,3}})(?![\w*])"  # no power: 20 m²
)
_FOOTNOTE = re.compile(
    rf"\s*(?:\[\^?(?P<number>\d{{1,3}})\]:?\s*|(?P<sign>\*{{1,2}}|[†‡]|{_RAISED}{{1,3}})\s?)(?=[^\s*])"
)
_ANY_CALL = re.compile(rf"[\[*†‡]|{_RAISED}")
_EMPHASISED = re.compile(r"(?<![\w*])(\*{1,2})(?=[^\s*])[^*\n]+?(?<=[^\s*])\1(?![\w*])")


class Pair(NamedTuple):
    """A call and its footnote, by the numbers of their blocks in a row."""

    caller: int
    call: tuple[int, int]  # where the call stands in its block's text
    footnote: int


class FootnoteMark(NamedTuple):
    """The mark that a footnote begins with: where its label stands, and where its text begins."""

    label: tuple[int, int]
    text: int


def pairs(blocks: Sequence[Block], may_be_footnote: Callable[[Block], bool]) -> Iterator[Pair]:
    """Pair calls and footnotes of a row of blocks: in the same chapter, one call above leads to each footnote.

    A mark may be used again for the next footnote. Where two calls have one mark, none of them can be told.
    """
    calls: dict[str, list[tuple[int, tuple[int, int]]]] = {}
    for number, block in enumerate(blocks):
        if block.kind in HEADINGS:
            calls = {}
            continue
        mark = mark_of(block.text) if may_be_footnote(block) else None
        label = block.text[slice(*mark.label)] if mark else ""
        if len(calls.get(label, ())) == 1:
            caller, call = calls.pop(label)[0]
            yield Pair(caller, call, number)
            continue
        for match in _calls(block.text):
            calls.setdefault(match["number"] or match["sign"], []).append((number, match.span()))


def _calls(text: str) -> Iterator[re.Match[str]]:
    """Find the calls in a paragraph; none at its beginning, and no sign that emphasises."""
    if not _ANY_CALL.search(text):
        return
    emphasised = {edge for match in _EMPHASISED.finditer(text) for edge in (match.start(), match.end(1) - 1)}
    closing = {match.end() - len(match[1]) for match in _EMPHASISED.finditer(text)}
    begin = len(text) - len(text.lstrip())
    for match in _CALL.finditer(text):
        if match.start() > begin and match.start() not in emphasised | closing:
            yield match


def mark_of(text: str) -> FootnoteMark | None:
    """Read the mark that a paragraph begins with, if it may be a footnote's; a sign that emphasises is none."""
    match = _FOOTNOTE.match(text)
    if not match:
        return None
    rest = _EMPHASISED.sub("", text[match.end() :])
    if match["sign"] and "*" in match["sign"] and "*" in rest:
        return None
    return FootnoteMark(match.span("number" if match["number"] else "sign"), match.end())


def label_in_call(text: str, call: Mark) -> tuple[int, int]:
    """Say where the label of a call stands: its number, or its sign."""
    number = re.search(r"\d+", text[call.start : call.end])
    return (call.start + number.start(), call.start + number.end()) if number else (call.start, call.end)


def is_footnote(block: Block) -> bool:
    """Whether a block was found to be a footnote."""
    return block.group is not None and block.group.kind is GroupKind.FOOTNOTE
