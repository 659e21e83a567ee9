"""Anchors: the words around a repair that name its place, so that an answer holds when lines move.

Where words alone would name a like repair in the next gap too, bars among them show the place: `two | three`. Here they
are chosen; `refusals.places_of` finds them again.
"""

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from itertools import chain
from typing import NamedTuple

from bookbuild.rules.repairs import Repair
from bookbuild.source import Source, Span
from bookbuild.words import INVISIBLE, key, keys, words

_USUAL = 4  # words: fewer would soon stand elsewhere too
_MORE = (5, 6, 7, 8, 10, 12, 16, 24, 40)  # what is the same for 40 words is a text that stands twice
_FEWER = (3, 2, 1)
_NEAREST = 4  # rows of each size are tried on both sides of the one in the middle
_BESIDE = 3  # how many words into a long stretch an anchor may begin
_SHOWN = str.maketrans(dict.fromkeys(INVISIBLE))
_KEPT_GAPS = ("'", "’", "-")  # of don't and half-light


class Anchor(NamedTuple):
    """Some words as they are typed, and whether they name one place in the whole book, and no other repair of the rule."""

    words: str
    is_sharp: bool


class Anchors:
    """The anchors of a book's repairs. All words are counted when it is made; each anchor is quick then."""

    def __init__(self, sources: Iterable[Source], repairs: Sequence[Repair]) -> None:
        all_sources = dict.fromkeys(chain(sources, (repair.span.source for repair in repairs)))
        self._rows = _Rows()
        self._files = {source: _File(source, self._rows) for source in all_sources}
        spans: dict[tuple[str, Source], list[Span]] = {}
        for repair in repairs:
            spans.setdefault((repair.rule, repair.span.source), []).append(repair.span)
        self._stretches = {which: _Stretches(found) for which, found in spans.items()}

    def of(self, repair: Repair) -> Anchor | None:
        """Choose the words for one of the repairs; none where its file has no words.

        They stand nowhere else in the book and beside no other repair of the same rule: four where four will do, else
        more, else fewer, else four and more with the place shown among them. Where there are no such words, those that
        name the fewest other places.
        """
        file = self._files[repair.span.source]
        if not file.size:
            return None
        best = self._best(repair, min(_USUAL, file.size))
        for size in _MORE:
            if best.places == 1 or size > file.size:
                break  # more words would only come nearer to other repairs
            best = min(best, self._best(repair, size))
        for size in _FEWER:
            if not best.is_sharp and size <= file.size:
                best = min(best, self._best(repair, size))
        shown = None if best.is_sharp else self._shown(repair)
        return shown or Anchor(file.text(best.start, best.size), best.is_sharp)

    def _shown(self, repair: Repair) -> Anchor | None:
        """Show the place among words: a gap by one bar, words by one on both sides; None where that names no one place."""
        file = self._files[repair.span.source]
        first, end = file.place_of(repair.span)
        place = file.gap(first) if first == end else (file.starts[first], file.ends[end - 1])
        if self._stretches[repair.rule, repair.span.source].met_by(*place) > 1:
            return None
        for size in sorted({min(size, file.size) for size in (_USUAL, *_MORE)}):
            start = max(min((first + end - size) // 2, file.size - size), 0)
            is_inside = start <= first and end <= start + size
            if is_inside and self._rows.count(file.first + start, size) == 1:
                return Anchor(file.text(start, size, {first, end}), is_sharp=True)
        return None

    def _best(self, repair: Repair, size: int) -> "_Choice":
        file = self._files[repair.span.source]
        stretches = self._stretches[repair.rule, repair.span.source]
        return min(
            _Choice(
                self._rows.count(file.first + start, size),
                stretches.met_by(*file.stretch(start, size)) - 1,
                file.cuts(start, size),
                abs(size - _USUAL),
                distance,
                start,
                size,
            )
            for start, distance in file.windows(repair.span, size)
        )


class _Choice(NamedTuple):
    """A row of words that might be an anchor. The less the better."""

    places: int  # where the same words stand
    others: int  # repairs of the same rule that it names too
    cuts: int  # its ends that stand within a word such as don't
    oddity: int  # how far from the usual number of words
    distance: int  # of its middle from the repair's, in half words
    start: int  # its first word in the file
    size: int

    @property
    def is_sharp(self) -> bool:
        return self.places == 1 and self.others == 0


class _File:
    """The words of one file: which they are, and where each begins and ends."""

    def __init__(self, source: Source, rows: "_Rows") -> None:
        found = list(words(source.text))
        self.source = source
        self.words = [word for _, word in found]
        self.starts = [start for start, _ in found]
        self.ends = [start + len(word) for start, word in found]
        self.size = len(found)
        self.first = rows.add(self.words)

    def stretch(self, start: int, size: int) -> tuple[int, int]:
        """Give the place that `places_of` finds by these words: they, and the marks around them."""
        return self.gap(start)[0], self.gap(start + size)[1]

    def gap(self, number: int) -> tuple[int, int]:
        """Give the stretch before a word, or after the last one."""
        begin = self.ends[number - 1] if number else 0
        return begin, self.starts[number] if number < self.size else len(self.source.text)

    def place_of(self, span: Span) -> tuple[int, int]:
        """Give the first word that a span meets, and the one after its last; the same twice where it stands in a gap."""
        low, high = _inside(span)
        first = bisect_right(self.ends, low)
        return first, max(bisect_left(self.starts, high), first)

    def windows(self, span: Span, size: int) -> Iterator[tuple[int, int]]:
        """Give rows of words whose stretch meets a span, by their first word, and how far from its middle they are."""
        low, high = _inside(span)
        last = bisect_right(self.ends, high)  # the last word that a row may begin with
        first = bisect_left(self.starts, low) - 1  # the word that one must have, or a later one
        middle = first + min(last, first + size) + 1
        least = max(first - size + 1, 0)
        most = min(last, first + _BESIDE, self.size - size)
        ideal = min(max((middle - size) // 2, least), most)
        for start in range(max(least, ideal - _NEAREST), min(most, ideal + _NEAREST) + 1):
            yield start, abs(2 * start + size - middle)

    def cuts(self, start: int, size: int) -> int:
        """Say how many of the two ends of a row stand within a word such as don't."""
        return (self._between(start) in _KEPT_GAPS) + (self._between(start + size) in _KEPT_GAPS)

    def _between(self, number: int) -> str:
        return self.source.text[self.ends[number - 1] : self.starts[number]] if 0 < number < self.size else ""

    def text(self, start: int, size: int, bars: AbstractSet[int] = frozenset()) -> str:
        """Give the words as they are typed, with no marks but those within words, and bars before some of them."""
        numbers = range(start, start + size)
        wanted = [key(self.words[number]) for number in numbers]
        typed = [self.words[number].translate(_SHOWN) for number in numbers]
        gaps = [gap if (gap := self._between(number)) in _KEPT_GAPS else " " for number in numbers]
        shown = _set_out(typed, gaps, [number - start for number in bars])
        return (
            shown
            if keys(shown) == wanted
            else _set_out(wanted, " " * size, [number - start for number in bars])
        )


def _set_out(typed: Sequence[str], gaps: Sequence[str], bars: Collection[int]) -> str:
    """Put words into a row, with the gap before each, or a bar in it."""
    pieces = [
        (" | " if number in bars else gap) + word
        for number, (gap, word) in enumerate(zip(gaps, typed, strict=True))
    ]
    return "".join((*pieces, " |" if len(typed) in bars else "")).strip()


class _Rows:
    """How often each row of words stands in the whole book.

    A row is told from others by the number of the row without its last word, and that word: so rows of each size are
    counted in a time that grows with the book alone.
    """

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._words = array("q")
        self._rows: list[array[int]] = []  # by size: the number of the row that begins at each word
        self._counts: list[array[int]] = []  # by size and number: how often it stands

    def add(self, typed: Iterable[str]) -> int:
        """Take in the words of a file; say how many there were before."""
        first = len(self._words)
        self._words.extend(self._numbers.setdefault(key(word), len(self._numbers)) for word in typed)
        self._words.append(-1 - first)  # a row that runs over the file's end is like no other
        return first

    def count(self, first: int, size: int) -> int:
        """Say how often the row of `size` words that begins at a word stands in the book."""
        while len(self._rows) < size:
            self._add_size()
        return self._counts[size - 1][self._rows[size - 1][first]]

    def _add_size(self) -> None:
        shorter = self._rows[-1] if self._rows else [0] * len(self._words)
        numbers: dict[tuple[int, int], int] = {}
        pairs = zip(shorter, self._words[len(self._rows) :], strict=False)
        row = array("q", (numbers.setdefault(pair, len(numbers)) for pair in pairs))
        counts = array("q", bytes(8 * len(numbers)))
        for number in row:
            counts[number] += 1
        self._rows.append(row)
        self._counts.append(counts)


class _Stretches:
    """The stretches of one rule's repairs in one file."""

    def __init__(self, spans: Sequence[Span]) -> None:
        insides = [_inside(span) for span in spans]
        self.lows = sorted(low for low, _ in insides)
        self.highs = sorted(high for _, high in insides)

    def met_by(self, begin: int, stop: int) -> int:
        """Say how many of them a refusal from `begin` to `stop` would meet (`refusals.Scope.allows`)."""
        return bisect_right(self.lows, stop) - bisect_left(self.highs, begin)


def _inside(span: Span) -> tuple[float, float]:
    """Give what a refusal must touch to meet a span: the inside of one that has room, a point itself."""
    return (span.start, span.end) if span.start == span.end else (span.start + 0.5, span.end - 0.5)
