"""Quotation marks, by state.

Context decides first (a mark after a space opens, one before a space closes); state decides where context cannot:
after dashes, between marks, in glued spots. Marks that are curly already are kept and counted.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from bookbuild.draft import Block, Kind
from bookbuild.edits import BlockEdit, Doubt, Edit, Sureness
from bookbuild.rules.apostrophes import OPENERS, may_end_word
from bookbuild.rules.evidence import Evidence
from bookbuild.rules.rule import prose_rule

_DOUBLE = '"“”'
_MARKS = _DOUBLE + "'‘’"
_MARK = re.compile(f"[{_MARKS}]")
_ROW = re.compile(f"[{_MARKS}]+")
_CLOSERS = " \n\t\xa0)]}.,;:!?…/"
_DASHES = "—–-"


@dataclass(slots=True)
class _State:
    """The quotations that are open in a paragraph, outermost first."""

    opened: list[tuple[str, int]] = field(default_factory=list)  # '"' or "'", and where
    counts: Counter[str] = field(default_factory=Counter)

    def is_open(self, mark: str) -> bool:
        return self.counts[mark] > 0

    def opened_at(self, at: int) -> bool:
        return bool(self.opened) and self.opened[-1][1] == at

    def open(self, mark: str, at: int) -> None:
        self.opened.append((mark, at))
        self.counts[mark] += 1

    def close(self, mark: str) -> None:
        while self.opened:
            kind, _ = self.opened.pop()
            self.counts[kind] -= 1
            if kind == mark:
                return


@prose_rule(
    before="\"He said, 'Go,'\" she told me.", after="“He said, ‘Go,’” she told me.", english_only=True
)
def straight_quote(block: Block, _evidence: Evidence) -> Iterator[BlockEdit]:
    """Typewriters had one mark for opening and closing; print has two."""
    text = block.text
    if '"' not in text and "'" not in text:
        return
    for match, opens, sureness in _directions(text):
        character = match.group()
        if character == '"':
            yield Edit(match.start(), match.end(), "“" if opens else "”", sureness)
        elif character == "'":
            yield Edit(match.start(), match.end(), "‘" if opens else "’", sureness)


def _directions(text: str) -> Iterator[tuple[re.Match[str], bool, Sureness]]:
    """Decide for every mark of a paragraph whether it opens or closes; apostrophes inside words are passed over."""
    state = _State()
    for row in _ROW.finditer(text):
        left, right = text[row.start() - 1 : row.start()], text[row.end() : row.end() + 1]
        room = (not left or left in OPENERS, not right or right in _CLOSERS)
        for match in _MARK.finditer(text, row.start(), row.end()):
            at, character = match.start(), match.group()
            mark = '"' if character in _DOUBLE else "'"
            if mark == "'" and text[at - 1 : at].isalnum() and text[at + 1 : at + 2].isalnum():
                continue
            opens, sureness = _direction(text, at, state, room)
            if character in "“”‘’":
                opens = character in "“‘"
            if opens:
                state.open(mark, at)
            elif mark == '"' or _closes_single(text, at, state):
                state.close(mark)
            yield match, opens, sureness


def _direction(text: str, at: int, state: _State, room: tuple[bool, bool]) -> tuple[bool, Sureness]:
    """Decide about one mark; `room` says whether there is room before and after the row of marks that it stands in."""
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    mark = '"' if text[at] in _DOUBLE else "'"
    room_before, room_after = room
    if room_before != room_after:
        # all marks between a space and a word open, and all between a word and a space close
        return room_before, Sureness.CERTAIN
    if room_before and after not in (" ", "\n", ""):
        return not state.is_open(mark) or after in "…([", Sureness.LIKELY
    if before in _MARKS and not room_after:
        # beside a mark that has just opened it opens too; beside one that has just closed, state decides
        return state.opened_at(at - 1) or not state.is_open(mark), Sureness.CERTAIN
    if mark == "'" and before.isalpha() and after in _DASHES:
        return False, Sureness.CERTAIN
    between_dashes = (before in _DASHES or after in _DASHES) and not (after in _MARKS and not room_before)
    return not state.is_open(mark), Sureness.CERTAIN if between_dashes else Sureness.LIKELY


def _closes_single(text: str, at: int, state: _State) -> bool:
    """Whether a mark that may be an apostrophe ends the open quotation in single marks."""
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    if not state.is_open("'") or ((not before or before in " \n\"“'‘([—") and after.isalnum()):
        return False
    return before in ".,!?…—;:" or not may_end_word(text, at)


@prose_rule(before="“Well, she said. “I know.”", after="“Well, she said. “I know.”", english_only=True)
def unbalanced_quotes(block: Block, _evidence: Evidence) -> Iterator[BlockEdit]:
    """A quotation closes that was never opened, or opens twice: a mark is missing or turned the wrong way."""
    is_open = False
    for match in re.finditer('[“”"]', block.text):
        opens = match.group() == "“"
        if opens == is_open and match.group() != '"' and block.kind in (Kind.PARAGRAPH, Kind.MESSAGE):
            why = "opens a quotation inside one" if opens else "closes a quotation that is not open"
            yield Doubt(match.start(), match.end(), f"this mark {why}")
        is_open = opens
