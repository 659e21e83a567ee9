"""What changed between two texts, word by word: the words are the same but for a few, so what stands between them is compared."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from bookbuild.words import key, words

_SEAM = re.compile(r"[^\S\n]*\n\s*")  # all white space of which a part ends a line
_ROW = 3  # words that must be the same in both texts for them to go on together


class Change(NamedTuple):
    """A stretch of the old text and what stands in its place; the same where nothing changed."""

    start: int  # in the old text
    old: str
    new: str

    @property
    def is_change(self) -> bool:
        """Whether anything changed."""
        return self.old != self.new


def changes(old: str, new: str) -> Iterator[Change]:
    """Give the old text piece by piece, each with what became of it."""
    at, begin = 0, 0
    for start, end, first, last in _same_words(old, new):
        yield from _gap(at, old[at:start], new[begin:first])
        yield from _trimmed(start, old[start:end], new[first:last])
        at, begin = end, last
    yield from _gap(at, old[at:], new[begin:])


def _gap(at: int, old: str, new: str) -> Iterator[Change]:
    """Compare what stands between two words: a paragraph's end and the next one's beginning each by itself."""
    seam, other = _SEAM.search(old), _SEAM.search(new)
    if not seam or not other:
        yield from _trimmed(at, old, new)
        return
    yield from _trimmed(at, old[: seam.start()], new[: other.start()])
    yield from _trimmed(at + seam.start(), seam.group(), other.group())
    yield from _trimmed(at + seam.end(), old[seam.end() :], new[other.end() :])


def _trimmed(at: int, old: str, new: str) -> Iterator[Change]:
    """Part what changed from what stands before and after it in both."""
    if old == new:
        yield from [Change(at, old, new)] if old else []
        return
    shorter = min(len(old), len(new))
    head = next((number for number in range(shorter) if old[number] != new[number]), shorter)
    rest = shorter - head
    tail = next((number for number in range(rest) if old[-1 - number] != new[-1 - number]), rest)
    if head:
        yield Change(at, old[:head], old[:head])
    yield Change(at + head, old[head : len(old) - tail], new[head : len(new) - tail])
    if tail:
        yield Change(at + len(old) - tail, old[len(old) - tail :], old[len(old) - tail :])


def _same_words(old: str, new: str) -> Iterator[tuple[int, int, int, int]]:
    """Give the words that stand in both texts, each by where it begins and ends in the one and in the other."""
    have, become = list(words(old)), list(words(new))
    left, right = _Rows([key(word) for _, word in have]), _Rows([key(word) for _, word in become])
    one = two = 0
    while one < len(have) and two < len(become):
        if left.keys[one] == right.keys[two]:
            (start, word), (first, other) = have[one], become[two]
            yield start, start + len(word), first, first + len(other)
            one, two = one + 1, two + 1
        else:
            one, two = _together(left, one, right, two)


class _Rows:
    """The words of one text, and where each row of a few of them stands."""

    def __init__(self, keys: Sequence[str]) -> None:
        self.keys = keys
        self.places: dict[tuple[str, ...], list[int]] = {}
        for number in range(len(keys)):
            self.places.setdefault(self.row(number), []).append(number)

    def row(self, number: int) -> tuple[str, ...]:
        """Give the row that begins at a word."""
        return tuple(self.keys[number : number + _ROW])

    def next(self, row: tuple[str, ...], after: int) -> int | None:
        """Say where a row stands next."""
        places = self.places.get(row, [])
        at = bisect_left(places, after)
        return places[at] if at < len(places) else None


def _together(left: _Rows, one: int, right: _Rows, two: int) -> tuple[int, int]:
    """Find the nearest words at which two texts that have parted go on together."""
    best = (len(left.keys), len(right.keys))
    for number in range(one, len(left.keys)):
        if number - one >= best[0] - one + best[1] - two:
            break
        found = right.next(left.row(number), two)
        if found is not None and number - one + found - two < best[0] - one + best[1] - two:
            best = (number, found)
    return best


_CONTEXT = 40  # characters shown on both sides of a change


def hunks(old: str, new: str) -> Iterator[list[Change]]:
    """Give the changes, those that are near each other together, each row with a little of the text around it."""
    pieces = list(_merged(changes(old, new)))
    hunk: list[Change] = []
    for number, piece in enumerate(pieces):
        if piece.is_change:
            if not hunk and number:
                hunk.append(_end_of(pieces[number - 1]))
            hunk.append(piece)
        elif hunk and _is_short(piece.old) and number + 1 < len(pieces):
            hunk.append(piece)
        elif hunk:
            yield [*hunk, _beginning_of(piece)]
            hunk = []
    if hunk:
        yield hunk


def _merged(pieces: Iterator[Change]) -> Iterator[Change]:
    """Put neighbours together that did not change."""
    for is_change, row_ in groupby(pieces, key=lambda piece: piece.is_change):
        row = list(row_)
        if is_change:
            yield from row
        else:
            text = "".join(piece.old for piece in row)
            yield Change(row[0].start, text, text)


def _is_short(text: str) -> bool:
    return len(text) <= 2 * _CONTEXT and "\n" not in text


def _end_of(piece: Change) -> Change:
    text = piece.old[-_CONTEXT:].rpartition("\n")[2]
    if len(text) == _CONTEXT < len(piece.old):
        text = text.partition(" ")[2] or text
    return Change(piece.start + len(piece.old) - len(text), text, text)


def _beginning_of(piece: Change) -> Change:
    text = piece.old[:_CONTEXT].partition("\n")[0]
    if len(text) == _CONTEXT < len(piece.old):
        text = text.rpartition(" ")[0] or text
    return Change(piece.start, text, text)
