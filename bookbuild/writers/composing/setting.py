"""What was read from the specimen → every paragraph in lines, every division in pages."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil, floor
from xml.etree.ElementTree import Element

from bookbuild.typeset.breaks import BreakFinder
from bookbuild.typeset.feathering import feathered
from bookbuild.typeset.hyphens import Hyphenator, Limits
from bookbuild.typeset.lines import Setting, Shape, set_paragraph
from bookbuild.typeset.measure import Measure, Ruler
from bookbuild.typeset.pages import Choice, Item, Placed, place_items
from bookbuild.typeset.pieces import Run
from bookbuild.writers.composing.left import GAP, OFF_GRID, TOO_HIGH
from bookbuild.writers.composing.passages import Passage
from bookbuild.writers.composing.specimen import Block, Hand, Style, Unit

_STEPS = (1, 2, 3, 4)
"""The grids that are tried: whole lines, or parts of a line where a style spaces paragraphs so."""
MOST_OPEN = 3
"""Lines of a paragraph that is not composed, up to which no page needs to end in it."""
_OPENING = 2
"""Blocks of a division that stand before its opening paragraph, at most: headings."""
_OFF_GRID = 0.02
"""Of a step: what a height may differ from the grid, by rounding."""
_EXACT = 1 / 1024
"""Pixels that nobody makes good."""


@dataclass(frozen=True, slots=True)
class Set:
    """A paragraph in its lines, and which of them begin a page (0: the paragraph itself)."""

    setting: Setting
    page_starts: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Fill:
    """What is added to a block so that its page keeps to the grid, in pixels."""

    block: Block
    lacks: float  # of whole lines: what is no paragraph; below 0 where it is a hair too high
    grown: float = 0.0  # the gap above it

    def css(self, *, begins_page: bool) -> str:
        """Say as CSS what is around it: white above a heading, above and below all else; but below alone where it begins a page."""
        lacks, (top, bottom) = max(self.lacks, 0.0), self.block.paddings
        above = 0.0 if begins_page else lacks if self.block.is_heading else lacks / 2
        return f"padding-top: {_rounded(top + above + self.grown)}px; padding-bottom: {_rounded(bottom + lacks - above)}px"

    def picture_css(self) -> str:
        """Say as CSS how high a picture in it may be: a hair less than it is."""
        return f"max-height: {_rounded(self.block.picture + self.lacks)}px" if self.lacks < 0.0 else ""


def _rounded(pixels: float) -> float:
    """Round down, so that what just fits a page does so in WeasyPrint's reckoning as well."""
    return floor(pixels / _EXACT) * _EXACT


@dataclass(frozen=True, slots=True)
class SetUnit:
    """A division as it was composed."""

    unit: Unit
    paragraphs: Mapping[Element, Set]
    page_starts: frozenset[Element]  # others than paragraphs that begin a page
    fills: Mapping[Element, Fill]
    pages: int | None  # how many it has; None where WeasyPrint makes the pages
    on_verso: bool  # whether it was composed to begin on one
    page_ends: frozenset[Element] = frozenset()  # others than paragraphs that end one
    why: str = ""  # WeasyPrint makes its pages


class Setter:
    """Composes lines and pages with the fonts of one book."""

    def __init__(self, whole: Sequence[str], other: Measure) -> None:
        self._ruler = Ruler(other)
        self._whole = whole
        self._hyphenators: dict[tuple[str, Limits], Hyphenator] = {}
        self._finders: dict[tuple[str, bool], BreakFinder] = {}

    def set_lines(self, passage: Passage, style: Style) -> dict[int, Setting]:
        """Set a paragraph in as many lines as it may have; none where it cannot be set."""
        pieces = [piece for piece in passage.pieces if piece.text]
        runs = [self._run(piece.text, hand) for piece, hand in zip(pieces, style.hands, strict=True)]
        finder = self._finder(style, runs)
        breaks = finder.find(runs, style.indent)
        if breaks is None:
            return {}
        space = runs[0].widths[" "]
        return set_paragraph(breaks, Shape(style.measure, style.em, space, style.is_ragged, style.room))

    def _run(self, text: str, hand: Hand) -> Run:
        return Run(text, self._ruler.widths(hand.type), self._hyphenator(hand))

    def _hyphenator(self, hand: Hand) -> Hyphenator | None:
        if hand.limits is None:
            return None
        key = (hand.language, hand.limits)
        if key not in self._hyphenators:
            self._hyphenators[key] = Hyphenator(*key, self._whole)
        return self._hyphenators[key]

    def _finder(self, style: Style, runs: Sequence[Run]) -> BreakFinder:
        hyphen = "-" if any(run.widths.lacks(style.hyphen) for run in runs) else style.hyphen
        key = (hyphen, not style.is_ragged)
        if key not in self._finders:
            self._finders[key] = BreakFinder(hyphen, hangs=key[1])
        return self._finders[key]


def set_unit(
    unit: Unit, lines: Mapping[Element, dict[int, Setting]], depth: int, leading: float, *, on_verso: bool
) -> SetUnit:
    """Compose the pages of a division; where its heights are no whole lines, its paragraphs alone are set."""
    found = _placed(unit, lines, depth, leading, on_verso=on_verso)
    if isinstance(found, str):
        return set_freely(unit, lines, found, on_verso=on_verso)
    placed, grown = found
    paragraphs: dict[Element, Set] = {}
    starts: set[Element] = set()
    for block, place in zip(unit.blocks, placed, strict=True):
        if block.style:
            setting = list(lines[block.element].values())[place.choice]
            paragraphs[block.element] = Set(setting, place.page_starts)
        elif place.page_starts:
            starts.add(block.element)
    fills = {
        block.element: Fill(block, lacks, more)
        for block, more in zip(unit.blocks, grown, strict=True)
        if (lacks := _lacks(block, leading)) or more
    }
    after = [*placed[1:], Placed(0, ())]
    ends = frozenset(
        block.element
        for block, following in zip(unit.blocks, after, strict=True)
        if following.page_starts[:1] == (0,)
    )
    return SetUnit(unit, paragraphs, frozenset(starts), fills, 1 + _turns(placed), on_verso, ends)


def _placed(
    unit: Unit, lines: Mapping[Element, dict[int, Setting]], depth: int, leading: float, *, on_verso: bool
) -> tuple[list[Placed], list[float]] | str:
    """Place all that a division has on the coarsest grid that it fits, and say by how many pixels gaps grow; or why it cannot be."""
    if why := unit.apart or (GAP if _has_gap(unit, depth * leading) else ""):
        return why
    why = OFF_GRID
    for steps in _STEPS:
        items = _items(unit, lines, leading, steps)
        placed = place_items(items, depth * steps, line=steps, on_verso=on_verso) if items else []
        if items and placed:
            return placed, [more * leading / steps for more in feathered(items, placed, steps)]
        why = TOO_HIGH if items else why
    return why


def _has_gap(unit: Unit, depth: float) -> bool:
    """Tell whether a paragraph that is not composed would have to stand whole on a page: its opening alone may, for it does."""
    return any(
        block.open_lines > MOST_OPEN and (number > _OPENING or block.bottom - unit.top > depth)
        for number, block in enumerate(unit.blocks)
    )


def set_freely(
    unit: Unit, lines: Mapping[Element, dict[int, Setting]], why: str, *, on_verso: bool
) -> SetUnit:
    """Set the paragraphs of a division, and leave its pages to WeasyPrint."""
    best = {
        block.element: Set(min(lines[block.element].values(), key=lambda setting: setting.demerits))
        for block in unit.blocks
        if block.style
    }
    return SetUnit(unit, best, frozenset(), {}, None, on_verso, why=why)


def _turns(placed: Sequence[Placed]) -> int:
    return sum(len(place.page_starts) for place in placed)


def _items(
    unit: Unit, lines: Mapping[Element, dict[int, Setting]], leading: float, steps: int
) -> list[Item] | None:
    """Turn a division into items; None where a height is no whole number of steps."""
    items: list[Item] = []
    above = unit.top
    for block in unit.blocks:
        gap = _whole_steps(block.top - above, leading / steps)
        height = _whole_steps(block.bottom + _lacks(block, leading) - block.top, leading / steps)
        if gap is None or height is None or (block.style and height != steps):
            return None
        together = block.style.together if block.style else 0
        items.append(Item(gap, *_content(block, lines, height), block.keeps_next, together))
        above = block.bottom
    return items


def _lacks(block: Block, leading: float) -> float:
    """Say what a picture, or whatever is no paragraph, lacks of whole lines, in pixels; a picture that is a hair too high can shrink."""
    lines = (block.bottom - block.top) / leading
    over = _OFF_GRID if block.picture else _EXACT / leading
    lacks = 0.0 if block.style else (ceil(lines - over) - lines) * leading
    return lacks if abs(lacks) > _EXACT else 0.0


def _content(
    block: Block, lines: Mapping[Element, dict[int, Setting]], height: int
) -> tuple[int, tuple[Choice, ...]]:
    """Give the height of what is not parted, or the choices that a paragraph offers."""
    if not block.style:
        return height, ()
    return 0, tuple(
        Choice(setting.demerits, tuple(bool(line.hyphen) for line in setting.lines))
        for setting in lines[block.element].values()
    )


def _whole_steps(height: float, step: float) -> int | None:
    count = round(height / step)
    return count if abs(height / step - count) <= _OFF_GRID and count >= 0 else None
