"""The pages of a chapter, all chosen together: where each begins, and in how many lines each paragraph is set for it.

Facing pages end on the same line, so a recto takes the depth that its verso was closed at. Gaps of less
than a line may grow up to one, so that a page is filled (feathering). The search goes item by item; a state is the side, the
lines used, what gaps may grow by, and the depth to fill. After Michael F. Plass, "Optimal Pagination Techniques for Automatic
Typesetting Systems" (1981), with the choice of line counts that Knuth and Plass proposed ("looseness").
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

MOST_SHORT = 2
"""Lines by which a page may be shorter than the text block."""
LEAST_END = 5
"""Lines of a chapter that should stand on its last page."""

# costs, in the demerits of lines
_SHORT = (0.0, 1.1e7, 1e8)
_MUCH_SHORT = 2e9
_PER_LINE = 1e8
_UNEVEN = 2e8
_SCANT_END = 1e8  # for each line: a spread that is short costs less, one that is uneven more
_HYPHEN_AT_FOOT = 1e7  # of a verso
_HYPHEN_OVERLEAF = 1e8
_HOPELESS = 3e9
"""What a state may cost more than the best at its place before it is given up."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A paragraph in one of its settings: how bad that is, and which of its lines end in a hyphen."""

    demerits: float
    hyphens: tuple[bool, ...]

    @property
    def lines(self) -> int:
        """How many there are."""
        return len(self.hyphens)


@dataclass(frozen=True, slots=True)
class Item:
    """What a page is filled with: a paragraph, which may be parted between lines, or something that may not."""

    gap: int  # steps of empty space above it, which a page's head has not
    height: int = 0  # steps of what is not parted
    choices: tuple[Choice, ...] = ()  # of a paragraph
    keeps_next: bool = False  # no page ends after it
    together: int = 2  # lines at a paragraph's beginning that no page's end parts


@dataclass(frozen=True, slots=True)
class Placed:
    """An item on its pages: which choice was taken, and which of its lines begin a page (0: it begins one itself)."""

    choice: int
    page_starts: tuple[int, ...]
    filled: tuple[int, ...] = ()  # steps to which the page before each of these is filled


class _State(NamedTuple):
    cost: float
    is_verso: bool
    used: int  # steps
    depth: int  # that the page is to be filled to
    is_bound: bool  # whether it has to be filled to it: a recto beside its verso
    choice: int
    starts: tuple[int, ...]
    back: "_State | None"
    spare: int = 0  # steps that gaps on the page may grow by
    filled: tuple[int, ...] = ()  # the page before each start


def place_items(items: Sequence[Item], depth: int, *, line: int = 1, on_verso: bool = False) -> list[Placed]:
    """Place the items of a chapter that begins at the head of a recto, or of a verso; empty where one is higher than a page.

    Heights and `depth` are counted in steps of the grid; `line` is how many of them a line takes.
    """
    states = [
        _State(0.0, is_verso=on_verso, used=0, depth=depth, is_bound=False, choice=0, starts=(), back=None)
    ]
    keeps = True  # nothing stands before the first
    for item in items:
        found = _placed(item, depth, line, states, may_begin_page=not keeps)
        # what is kept together is parted where it fills more than a page
        states = found or _placed(item, depth, line, states, may_begin_page=True)
        keeps = item.keeps_next
    return _followed(min(states, key=lambda state: _ended(state, line), default=None))


def _placed(
    item: Item, depth: int, line: int, states: Sequence[_State], *, may_begin_page: bool
) -> list[_State]:
    """Place an item after each state, and keep the best of those that are alike."""
    best: dict[tuple[bool, int, int, bool, int], _State] = {}
    least = float("inf")
    for state in states:
        for reached in _Placing(item, depth, line, state).ways(may_begin_page=may_begin_page):
            key = (reached.is_verso, reached.used, reached.depth, reached.is_bound, reached.spare)
            known = best.get(key)
            if known is None or reached.cost < known.cost:
                best[key] = reached
                least = min(least, reached.cost)
    return [state for state in best.values() if state.cost < least + _HOPELESS]


def _ended(state: _State, line: int) -> float:
    """Judge the end of a chapter by what stands on its last page."""
    return state.cost + _SCANT_END * max(LEAST_END - state.used / line, 0.0)


def _followed(state: _State | None) -> list[Placed]:
    placed: list[Placed] = []
    while state is not None and state.back is not None:
        placed.append(Placed(state.choice, state.starts, state.filled))
        state = state.back
    return placed[::-1]


_Way = tuple[int, int, tuple[int, ...]]
"""Which choice, how many of its lines stand on pages before, and which lines began a page."""


class _Placing:
    """The ways in which one item may stand after one state."""

    def __init__(self, item: Item, depth: int, line: int, state: _State) -> None:
        self.item = item
        self.full = depth
        self.line = line
        self.state = state

    def ways(self, *, may_begin_page: bool) -> Iterator[_State]:
        """Give the states that the item may end in."""
        item, state = self.item, self.state
        page = self._below_gap() if state.used or not state.back else state
        if not item.choices:
            yield from self._whole(page, may_begin_page=may_begin_page)
        for number, choice in enumerate(item.choices):
            cost, height = state.cost + choice.demerits, choice.lines * self.line
            if page.used + height <= page.depth:
                yield self._at(cost, page, page.used + height, number, ())
            else:
                yield from self._parted(page, page.used, cost, (number, 0, ()))
            if may_begin_page and state.used and height <= self.full:
                yield from self._begun(self._closed(state, state.used, cost), (number, 0, (0,)))

    def _below_gap(self) -> _State:
        """Give the state below the gap above the item, which may grow up to a line where it is less; two lines are all that helps."""
        state, gap = self.state, self.item.gap
        if not gap:
            return state
        spare = min(state.spare + -gap % self.line, 2 * self.line - 1)
        return state._replace(used=state.used + gap, spare=spare)

    def _at(self, cost: float, page: _State, used: int, choice: int, starts: tuple[int, ...]) -> _State:
        """Give the state in which a page is filled so far."""
        filled = page.filled if starts else ()
        side, depth, is_bound, back = page.is_verso, page.depth, page.is_bound, self.state
        return _State(cost, side, used, depth, is_bound, choice, starts, back, page.spare, filled)

    def _whole(self, page: _State, *, may_begin_page: bool) -> Iterator[_State]:
        """Place what is not parted."""
        height, state = self.item.height, self.state
        if page.used + height <= page.depth:
            yield self._at(state.cost, page, page.used + height, 0, ())
        if may_begin_page and state.used and height <= self.full:
            opened = self._closed(state, state.used, state.cost)
            if height <= opened.depth:
                yield self._at(opened.cost, opened, height, 0, (0,))

    def _begun(self, opened: _State, way: _Way) -> Iterator[_State]:
        """Go on at the head of a page with the lines that are left."""
        number, done, starts = way
        left = (self.item.choices[number].lines - done) * self.line
        if left <= opened.depth:
            yield self._at(opened.cost, opened, left, number, starts)
        else:
            yield from self._parted(opened, 0, opened.cost, way)

    def _parted(self, page: _State, used: int, cost: float, way: _Way) -> Iterator[_State]:
        """Part a paragraph at a page's foot: two lines at least on either side."""
        number, done, starts = way
        choice = self.item.choices[number]
        room = (page.depth - used) // self.line
        left, least = choice.lines - done, 2 if done else self.item.together
        # a page that the paragraph alone fills is filled: else a long one would have as many ways as leaves on a tree
        fits = (used == 0 or page.is_bound) and least <= room <= left - 2
        for fill in (room,) if fits else range(room, room - MOST_SHORT - 1, -1):
            if least <= fill <= left - 2:
                last = done + fill
                hyphen = choice.hyphens[last - 1] and (_HYPHEN_AT_FOOT if page.is_verso else _HYPHEN_OVERLEAF)
                opened = self._closed(page, used + fill * self.line, cost + hyphen)
                yield from self._begun(opened, (number, last, (*starts, last)))

    def _closed(self, page: _State, used: int, cost: float) -> _State:
        """End a page, its gaps grown as far as they fill it, and open the next."""
        filled = max(used, min((used + page.spare) // self.line * self.line, page.depth))
        short = -(-(self.full - filled) // self.line)  # whole lines, rounded up
        cost += _SHORT[short] if short < len(_SHORT) else _MUCH_SHORT + _PER_LINE * short
        if page.is_bound and filled != page.depth:
            cost += _UNEVEN
        is_bound = page.is_verso and short <= MOST_SHORT
        before = page.filled if page.back is self.state else ()  # others are those of the item before
        depth = filled if is_bound else self.full
        return _State(
            cost, not page.is_verso, 0, depth, is_bound, 0, (), self.state, filled=(*before, filled)
        )
