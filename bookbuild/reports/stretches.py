"""A block's text, cut into stretches: where a repair or an emphasis begins or ends, a new one begins."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from bookbuild.draft import Block, MarkKind
from bookbuild.reports.entries import Entry
from bookbuild.reports.spots import Spot


class Stretch(NamedTuple):
    """Some text, the repairs that it is of, and those among them that begin with it."""

    text: str  # empty where something was taken away
    entries: tuple[Entry, ...] = ()
    begins: tuple[Entry, ...] = ()
    mark: MarkKind | None = None


def stretches(block: Block, entries: Iterable[Entry]) -> Iterator[Stretch]:
    """Cut a block's text; the stretches make the whole text, and every repair is in one or more of them."""
    placed = sorted(((entry.spot, entry) for entry in entries if entry.spot), key=lambda pair: pair[0].start)
    cuts = _cuts(block, [spot for spot, _ in placed])
    styled = _styled(block, cuts)
    beginning: dict[int, list[_Placed]] = {}
    for spot, entry in placed:
        beginning.setdefault(spot.start, []).append((spot, entry))
    open_: list[_Placed] = []  # those that go on here
    for start, end in zip(cuts, [*cuts[1:], len(block.text)], strict=True):
        here = beginning.get(start, [])
        gone = tuple(entry for spot, entry in here if spot.end <= start)
        if gone:
            yield Stretch("", gone, gone)
        begins = [(spot, entry) for spot, entry in here if spot.end > start]
        open_ = [*(pair for pair in open_ if pair[0].end > start), *begins]
        if start < end:
            inside = tuple(sorted((entry for _, entry in open_), key=lambda entry: entry.number))
            yield Stretch(
                block.text[start:end], inside, tuple(entry for _, entry in begins), styled.get(start)
            )


_Placed = tuple[Spot, Entry]


def _cuts(block: Block, spots: Sequence[Spot]) -> list[int]:
    edges = {0, len(block.text)}
    for spot in spots:
        edges |= {spot.start, spot.end}
    for mark in block.marks:
        edges |= {mark.start, mark.end}
    return sorted(edges)


def _styled(block: Block, cuts: Sequence[int]) -> dict[int, MarkKind]:
    """Say which stretches are emphasised, by where they begin."""
    styled = {}
    for mark in block.marks:
        for cut in cuts[bisect_left(cuts, mark.start) : bisect_left(cuts, mark.end)]:
            styled[cut] = mark.kind
    return styled
