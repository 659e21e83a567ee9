r"""The lines of a paragraph, all chosen together, for every number of lines that it can have.

After Donald E. Knuth and Michael F. Plass, "Breaking Paragraphs into Lines", Software: Practice and Experience 11 (1981),
1119–1184. A node is a place, a number of lines and a number of hyphens running, so that one pass finds the best setting for
each number of lines; lines may be of unlike measures, by their number, as TeX's \parshape has them. What a line lacks is spread over its spaces and its letters alike, as pdfTeX's font expansion does it
(Hàn Thế Thành, "Micro-typographic extensions to the TeX typesetting system", 2000).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf
from typing import NamedTuple

from bookbuild.typeset.breaks import Break

EXPANSION = 0.02
"""How much wider or narrower letters may become; up to here it is not seen."""
SPACING = 0.01
"""How much a space grows or shrinks, in ems, when letters are at their widest or narrowest."""
RAG = 0.4
"""Ems by which a line that is ragged right is short before it looks so."""
MOST_MORE = 2
"""Lines that a paragraph may have more or fewer than in its best setting."""
TIGHTEST = -9.0
"""How tight a line may be, in times of `SPACING`; beyond one time the spaces alone give way."""
LEAST_SPACE = 0.14
"""Ems below which no space becomes narrower: words would run together."""
MOST_HYPHENS = 2
"""Lines running that may end in a hyphen."""
LEAST_LAST = 2.6
"""Ems of a last line below which it is a runt."""
_GOOD_LAST = 5.7
_TOLERANCES = (24.0, 40.0, 80.0, inf)
_TOLERANCES_RAGGED = (30.0, 100.0, inf)
"""How loose lines may be, in times of `SPACING` or `RAG`; the next is tried where nothing fits.
At last however loose: a long address leaves no other way, and is not to be hyphenated by the painter."""

# demerits; the figures were tried on two English novels
_SPACES = 8200.0  # of a line, by the square of its ratio
_LOOSE = 14.0
_TIGHT = 8.0
"""Ratios at which a line looks loose or tight, and from which on its demerits grow by the sixth power."""
_RAGGED = 1600.0  # of a ragged line, by the fourth power of its ratio
_HYPHEN = 1400.0**2
_HYPHENS_RUNNING = 700.0**2
_HYPHEN_BEFORE_LAST = 900.0**2
_UNLIKE = 20.0  # of neighbours, by the square of what they differ
_RUNT = 1e8
_NEARLY_RUNT = 3e4
_NO_ROOM = 0.01  # pixels, of a line without a space


@dataclass(frozen=True, slots=True)
class Line:
    """A line as it is to be painted."""

    begin: int  # offsets in the paragraph's text
    stop: int
    hyphen: str
    expansion: float  # of its letters: 0.01 is a hundredth wider
    is_full: bool  # whether it is justified; a last line is as wide as it comes
    hang_left: float
    hang_right: float
    room: float = 0.0  # what it leaves on the left


@dataclass(frozen=True, slots=True)
class Setting:
    """A paragraph in a number of lines, and how good that is."""

    demerits: float
    lines: tuple[Line, ...]


class _Open(NamedTuple):
    """A place that lines begin at, as far as they are of one measure."""

    place: int
    measure: float
    nodes: "list[_Node]"


class _Node(NamedTuple):
    demerits: float
    lines: int
    hyphens: int  # running
    ratio: float  # of the line that ends here
    place: int
    back: "_Node | None"


@dataclass(frozen=True, slots=True)
class Shape:
    """What a paragraph is set to, in pixels."""

    measure: float
    em: float
    space: float  # between words, as the face has it
    is_ragged: bool = False  # on the right
    room: tuple[float, ...] = ()  # what first lines leave to something beside them, such as a large letter

    @property
    def tightest(self) -> float:
        """How tight a line may be, in times of `SPACING`."""
        room = (1.0 - EXPANSION) * self.space / self.em - LEAST_SPACE
        return max(TIGHTEST, min(-room / SPACING, -1.0))


def set_paragraph(breaks: Sequence[Break], shape: Shape) -> dict[int, Setting]:
    """Find the best setting for each number of lines that a paragraph can have; none where nothing fits.

    Where it is ragged right, lines are as wide as they come, and of like widths as far as that goes.
    """
    is_ragged = shape.is_ragged
    columns = (_RaggedColumns if is_ragged else _Columns)(breaks, shape)
    for tolerance in _TOLERANCES_RAGGED if is_ragged else _TOLERANCES:
        ends = columns.walk(tolerance)
        if ends:
            best = min(ends).lines
            return {
                node.lines: Setting(node.demerits, _lines(node, breaks, shape))
                for node in ends
                if abs(node.lines - best) <= MOST_MORE and node.lines >= len(shape.room)
            }
    return {}


class _Columns:
    """The breaks of one paragraph, as columns."""

    def __init__(self, breaks: Sequence[Break], shape: Shape) -> None:
        self.end: list[float]
        self.start: list[float]
        self.before: list[int]
        self.after: list[int]
        self.hyphen: list[str]
        self.after_hyphen: list[bool]
        self.end, self.start, self.before, self.after, self.hyphen, *_, self.after_hyphen = map(
            list, zip(*breaks, strict=True)
        )
        self.measure = shape.measure
        self.room = shape.room
        self.em = shape.em
        self.tightest = shape.tightest

    def walk(self, tolerance: float) -> list[_Node]:
        """Go through the places in order and keep the best way to each; gives the ways to the last, one for each number of lines."""
        end, start, before, after = self.end, self.start, self.before, self.after
        narrowest = self.measure - max(self.room, default=0.0)
        open_, first, last = self._open(0, [_Node(0.0, 0, 0, 0.0, 0, None)]), 0, len(end) - 1
        ends: list[_Node] = []
        for place in range(1, last + 1):
            best: dict[tuple[int, int], _Node] = {}
            for number in range(first, len(open_)):
                origin, measure, nodes = open_[number]
                width, spaces = end[place] - start[origin], before[place] - after[origin]
                lacking = measure - width
                is_short = lacking > 0.0 and place == last  # a last line is as wide as it comes
                ratio = 0.0 if is_short else self._ratio(lacking, width, spaces)
                if ratio < self.tightest:
                    first += number == first  # whatever ends later is wider still
                    continue
                if ratio <= tolerance:
                    self._extend(nodes, best, place, ratio)
                elif measure <= narrowest:
                    break  # whatever begins later is shorter still
            usual = min(best.values()).lines if best else 0
            ends = [node for node in best.values() if abs(node.lines - usual) <= MOST_MORE]
            open_ += self._open(place, ends)
        return _by_lines(ends)

    def _open(self, place: int, nodes: list[_Node]) -> list[_Open]:
        """Part what may begin at a place by its measure."""
        room = self.room
        if not room or all(node.lines >= len(room) for node in nodes):
            return [_Open(place, self.measure, nodes)] if nodes else []
        taken = [room[node.lines] if node.lines < len(room) else 0.0 for node in nodes]
        return [
            _Open(
                place,
                self.measure - lacks,
                [node for node, its in zip(nodes, taken, strict=True) if its == lacks],
            )
            for lacks in dict.fromkeys(taken)
        ]

    def _ratio(self, lacking: float, width: float, spaces: int) -> float:
        """Say how loose a line is that lacks so much: 1 where its letters are at their widest, -1 at their narrowest."""
        room = spaces * SPACING * self.em
        both = room + EXPANSION * width
        if abs(lacking) <= both:
            return lacking / both
        beyond = (abs(lacking) - both) / (room or _NO_ROOM)
        return 1.0 + beyond if lacking > 0.0 else -1.0 - beyond

    def _extend(
        self, nodes: list[_Node], best: dict[tuple[int, int], _Node], place: int, ratio: float
    ) -> None:
        """Go on to a place from all nodes of an earlier one, and keep those that are better than what is known."""
        line = self._demerits(ratio)
        is_last = place == len(self.end) - 1
        if is_last and nodes[0].back:  # what has one line alone is as short as it is
            line += self._last_line(self.end[place] - self.start[nodes[0].place])
        hyphen = self.hyphen[place]
        for node in nodes:
            hyphens, demerits = 0, node.demerits + line
            if hyphen or self.after_hyphen[place]:
                hyphens = node.hyphens + 1
                if hyphens > MOST_HYPHENS:
                    continue
                demerits += (_HYPHEN if hyphen else 0.0) + (_HYPHENS_RUNNING if hyphens > 1 else 0.0)
            elif is_last and node.hyphens:
                demerits += _HYPHEN_BEFORE_LAST
            difference = ratio - node.ratio
            demerits += _UNLIKE * difference * difference
            key = (node.lines, hyphens)
            known = best.get(key)
            if known is None or demerits < known.demerits:
                best[key] = _Node(demerits, node.lines + 1, hyphens, ratio, place, node)

    def _demerits(self, ratio: float) -> float:
        """Judge a line by how far its spaces are from what they should be.

        By the square of it, for then the whole book's spaces differ as little as they can for the hyphens that it has; Knuth
        and Plass take the sixth power, which forgives all lines but the worst.
        """
        return _SPACES * ratio * ratio * (1.0 + (ratio / (_LOOSE if ratio > 0.0 else _TIGHT)) ** 4)

    def _last_line(self, width: float) -> float:
        """Judge a last line by its width: a runt leaves a hole in the page."""
        ems = width / self.em
        if ems < LEAST_LAST:
            return _RUNT
        return _NEARLY_RUNT * max(_GOOD_LAST - ems, 0.0) / (_GOOD_LAST - LEAST_LAST)


class _RaggedColumns(_Columns):
    """The same, where spaces keep their width."""

    def _ratio(self, lacking: float, width: float, spaces: int) -> float:  # noqa: ARG002 (widths do not give way)
        return lacking / (RAG * self.em) if lacking >= 0.0 else self.tightest - 1.0

    def _demerits(self, ratio: float) -> float:
        """Judge a line by how short it is: what is nearly full looks full."""
        return _RAGGED * ratio**4


def _by_lines(nodes: list[_Node]) -> list[_Node]:
    best: dict[int, _Node] = {}
    for node in sorted(nodes):
        best.setdefault(node.lines, node)
    return list(best.values())


def _lines(node: _Node, breaks: Sequence[Break], shape: Shape) -> tuple[Line, ...]:
    """Follow a way back from its end."""
    is_ragged, room = shape.is_ragged, shape.room
    lines: list[Line] = []
    at = node
    while at.back:
        first, end = breaks[at.back.place], breaks[at.place]
        is_full = not is_ragged and (at.place != node.place or at.ratio < 0.0)
        expansion = 0.0 if is_ragged else EXPANSION * min(max(at.ratio, -1.0), 1.0)
        left = room[at.back.lines] if at.back.lines < len(room) else 0.0
        lines.append(
            Line(
                first.resume, end.stop, end.hyphen, expansion, is_full, first.hang_left, end.hang_right, left
            )
        )
        at = at.back
    return tuple(reversed(lines))
