"""Where a repair stands in the text as it is now: every character knows where it stood, so the way back is found."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from bookbuild.draft import Block, Draft
from bookbuild.rules.repairs import Repair


class Spot(NamedTuple):
    """A stretch of a block's text, from `start` up to `end`; of a block as a whole when `is_whole`."""

    block: int
    start: int
    end: int
    is_whole: bool = False


class Spots:
    """Finds the spots of the repairs of one file."""

    def __init__(self, draft: Draft) -> None:
        self._draft = draft
        self._starts = [block.start for block in draft.blocks]
        self._offsets: dict[int, list[int]] = {}

    def of(self, repair: Repair, *, is_structure: bool) -> Spot | None:
        """Find a repair: what it says of blocks at the first of them, what it changed in a text where that is now."""
        if not self._starts:
            return None
        start, end = repair.span.start, repair.span.end
        if is_structure:
            number = bisect_left(self._starts, start)
            if number < len(self._starts) and not self._draft.source.text[end : self._starts[number]].strip():
                return Spot(number, 0, 0, is_whole=True)
        number = max(bisect_right(self._starts, start) - 1, 0)
        return Spot(number, *self._stretch(number, start, end), is_structure)

    def _stretch(self, number: int, start: int, end: int) -> tuple[int, int]:
        """Say where the characters that stood from `start` up to `end`, or what replaced them, stand in a block."""
        block = self._draft.blocks[number]
        if number not in self._offsets:
            self._offsets[number] = [run.offset for run in block.runs]
        found = list(_stretches(block, self._offsets[number], start, end))
        if found:
            return min(begin for begin, _ in found), max(stop for _, stop in found)
        at = _first_after(block, self._offsets[number], end)
        return at, at


def _stretches(block: Block, offsets: Sequence[int], start: int, end: int) -> Sequence[tuple[int, int]]:
    found = []
    for number in range(max(bisect_left(offsets, start) - 1, 0), bisect_right(offsets, end)):
        run = block.runs[number]
        until = block.runs[number + 1].at if number + 1 < len(offsets) else len(block.text)
        first, last = max(run.offset, start), min(run.offset + run.length, end)
        if run.length == 0 and start == end == run.offset:
            found.append((run.at, until))  # put in here
        elif first < last and until - run.at == run.length:
            found.append((run.at + first - run.offset, run.at + last - run.offset))
        elif first < last:
            found.append((run.at, until))  # put in place of it
    return found


def _first_after(block: Block, offsets: Sequence[int], offset: int) -> int:
    """Say where the first character stands that stood at an offset or after it."""
    number = bisect_right(offsets, offset) - 1
    if number < 0:
        return 0
    run = block.runs[number]
    until = block.runs[number + 1].at if number + 1 < len(offsets) else len(block.text)
    return min(run.at + offset - run.offset, until)
