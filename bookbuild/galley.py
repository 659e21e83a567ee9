"""The galley: where edits are applied to a block and to a draft, and every character keeps its origin."""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from itertools import accumulate
from typing import assert_never

from bookbuild.draft import Block, Draft, Kind, Mark, Run, run_at
from bookbuild.edits import (
    Blank,
    DraftEdit,
    Edit,
    InsertBreak,
    Join,
    Question,
    Retype,
    Rewrite,
    SetApart,
    Split,
    Unwrap,
)


@dataclass(slots=True)
class _Galley:
    """A block's new text as it is set, piece by piece, each with its origin."""

    block: Block
    text: list[str] = field(default_factory=list)
    runs: list[Run] = field(default_factory=list)
    length: int = 0

    def put(self, new: str, start: int, end: int) -> None:
        """Set new characters, in place of those from `start` up to `end`."""
        if new:
            offset = self.block.offset(start)
            self.runs.append(Run(self.length, offset, self.block.offset(end) - offset if end > start else 0))
            self.text.append(new)
            self.length += len(new)

    def copy(self, start: int, end: int) -> None:
        """Set the characters from `start` up to `end` again, with their origins."""
        if start >= end:
            return
        runs = self.block.runs
        for number in range(max(bisect_right(runs, start, key=run_at) - 1, 0), len(runs)):
            run = runs[number]
            if run.at >= end:
                break
            until = runs[number + 1].at if number + 1 < len(runs) else len(self.block.text)
            begin, stop = max(run.at, start), min(until, end)
            cut = min(begin - run.at, run.length)
            length = run.length - cut if stop == until else min(stop - begin, run.length - cut)
            self.runs.append(Run(self.length + begin - start, run.offset + cut, length))
        self.text.append(self.block.text[start:end])
        self.length += end - start


def edit_block(block: Block, edits: Iterable[Edit | Unwrap]) -> Block:
    """Apply edits that do not overlap; marks and origins move with the text."""
    primitive = sorted(_primitive(edits))
    if not primitive:
        return block
    galley, position = _Galley(block), 0
    for start, end, text in primitive:
        galley.copy(position, start)
        galley.put(text, start, end)
        position = end
    galley.copy(position, len(block.text))
    move = _Shifts(primitive).moved
    marks = (
        *(Mark(move(mark.start), move(mark.end), mark.kind) for mark in block.marks),
        *_new_marks(edits, move),
    )
    kept = tuple(sorted(mark for mark in marks if mark.start < mark.end)) if marks else ()
    runs = tuple(galley.runs) or (Run(0, block.start, 0),)
    return replace(block, text="".join(galley.text), runs=runs, marks=kept)


def _primitive(edits: Iterable[Edit | Unwrap]) -> Iterator[tuple[int, int, str]]:
    for edit in edits:
        match edit:
            case Edit(start, end, new):
                yield start, end, new
            case Unwrap(start, end, inner=(begin, stop)):
                yield start, begin, ""
                yield stop, end, ""
            case _:
                assert_never(edit)


def _new_marks(edits: Iterable[Edit | Unwrap], move: Callable[[int], int]) -> Iterator[Mark]:
    for edit in edits:
        if isinstance(edit, Unwrap):
            yield Mark(move(edit.start), move(edit.end), edit.kind)


class _Shifts:
    """Where indexes stand after the edits; one inside a replaced stretch goes to its beginning."""

    def __init__(self, primitive: Sequence[tuple[int, int, str]]) -> None:
        self.primitive = primitive
        self.ends = [end for _, end, _ in primitive]
        self.shifts = [0, *accumulate(len(new) - (end - start) for start, end, new in primitive)]

    def moved(self, index: int) -> int:
        """Say where one index stands."""
        done = bisect_right(self.ends, index)
        while done and self.primitive[done - 1][:2] == (index, index):
            done -= 1  # what is inserted here comes after
        inside = done < len(self.primitive) and self.primitive[done][0] < index
        return (self.primitive[done][0] if inside else index) + self.shifts[done]


def edit_draft(draft: Draft, edits: Iterable[DraftEdit]) -> Draft:
    """Apply structure edits, each about blocks that no other of them splits, joins or rewrites."""
    blocks: list[Block | None] = list(draft.blocks)
    cuts: dict[int, list[Split | SetApart]] = {}
    breaks: set[int] = set()
    blanks: set[int] = set()
    for edit in edits:
        match edit:
            case Retype(first, last, kind, group):
                for number in range(first, last + 1):
                    old = draft.blocks[number]
                    blocks[number] = replace(old, kind=kind or old.kind, group=group or old.group)
            case Rewrite(number, changes, kind, file=file):
                blocks[number] = replace(edit_block(draft.blocks[number], changes), kind=kind, file=file)
            case Join(first, last, glues, kind):
                blocks[first] = _joined(draft.blocks[first : last + 1], glues, kind)
                blocks[first + 1 : last + 1] = [None] * (last - first)
            case Split(number) | SetApart(number):
                cuts.setdefault(number, []).append(edit)
            case InsertBreak(number):
                breaks.add(number)
            case Blank(number):
                blanks.add(number)
            case Question():
                pass
            case _:
                assert_never(edit)
    _open_gaps(blocks, blanks)
    return replace(draft, blocks=tuple(_laid_out(blocks, cuts, breaks)))


def _open_gaps(blocks: list[Block | None], blanks: AbstractSet[int]) -> None:
    """Take out blank blocks; each is one more empty line in the gap before the next block."""
    lines = 0
    for number, block in enumerate(blocks):
        if block and number in blanks:
            lines += block.gap + 1
            blocks[number] = None
        elif block and lines:
            blocks[number] = replace(block, gap=block.gap + lines)
            lines = 0


def _laid_out(
    blocks: Sequence[Block | None], cuts: Mapping[int, Sequence[Split | SetApart]], breaks: AbstractSet[int]
) -> Iterator[Block]:
    for number, block in enumerate(blocks):
        if block and number in breaks:
            yield Block("", (Run(0, block.start, 0),), Kind.BREAK, gap=block.gap)
            block = replace(block, gap=0)  # noqa: PLW2901 (its room stands before the break now)
        if block:
            yield from _parts(block, cuts.get(number, []))


def _joined(blocks: Sequence[Block], glues: Sequence[str], kind: Kind) -> Block:
    texts: list[str] = []
    runs: list[Run] = []
    marks: list[Mark] = []
    length = 0
    for block, glue in zip(blocks, ("", *glues), strict=True):
        if glue:
            runs.append(Run(length, runs[-1].offset + runs[-1].length, 0))
            length += len(glue)
        runs.extend(run._replace(at=run.at + length) for run in block.runs)
        marks.extend(Mark(mark.start + length, mark.end + length, mark.kind) for mark in block.marks)
        texts.append(glue + block.text)
        length += len(block.text)
    return replace(blocks[0], text="".join(texts), runs=tuple(runs), marks=tuple(marks), kind=kind)


def _parts(block: Block, cuts: Sequence[Split | SetApart]) -> Iterator[Block]:
    if not cuts:
        yield block
        return
    for start, end, apart in _pieces(block.text, sorted(cuts, key=lambda cut: cut.start)):
        piece = edit_block(block, [Edit(0, start, ""), Edit(end, len(block.text), "")])
        kind, group = (
            (apart.kind or block.kind, apart.group or block.group) if apart else (block.kind, block.group)
        )
        yield replace(piece, kind=kind, group=group, gap=block.gap if start == 0 else 0)


def _pieces(text: str, cuts: Sequence[Split | SetApart]) -> Iterator[tuple[int, int, SetApart | None]]:
    """Say from where to where each piece goes, and which of them is set apart."""
    position, is_open = 0, True  # open: something is to come, even if it has no characters
    for cut in cuts:
        match cut:
            case Split(_, start, end):
                yield position, start, None
                position, is_open = end, True
            case SetApart(_, start, end):
                before = position + len(text[position:start].rstrip())
                if before > position:
                    yield position, before, None
                yield start, end, cut
                position, is_open = end, False
                while position < len(text) and text[position].isspace():
                    position += 1
            case _:
                assert_never(cut)
    if is_open or position < len(text):
        yield position, len(text), None
