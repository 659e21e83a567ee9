"""The pages of a PDF as one picture: facing pages side by side, as an open book shows them."""

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import pypdfium2
from PIL import Image, ImageDraw

_ROOM = (200, 200, 196)  # the table that the book lies on
_BASELINE = (214, 96, 96)
_BLOCK = (70, 120, 200)
_BETWEEN = 0.14  # of a page's width, between spreads
MOST_WIDE = 6_000
"""Pixels of a contact sheet from left to right: more, and many viewers show nothing."""


class Spread(NamedTuple):
    """Facing pages by their numbers from 0; None where there is no page, or it was not asked for."""

    verso: int | None
    recto: int | None


@dataclass(frozen=True, slots=True)
class Grid:
    """What may be drawn over a page, in points of a recto: its text block, and its first baseline's distance from the next."""

    top: float
    inside: float
    width: float
    lines: int
    leading: float
    ascent: float  # from a line's top to its baseline


def spreads(numbers: Sequence[int]) -> list[Spread]:
    """Put pages beside those that they face: the first page of a book is a recto, and faces nothing."""
    wanted = set(numbers)
    versos = sorted({number if number % 2 else number - 1 for number in wanted})
    return [
        Spread(*(number if number in wanted else None for number in (verso, verso + 1))) for verso in versos
    ]


def contact_sheet(
    data: bytes, shown: Sequence[Spread], columns: int, page_width: int, grid: Grid | None
) -> bytes:
    """Draw spreads in rows, a PNG; a page is so many pixels wide, or fewer where the sheet would be wider than `MOST_WIDE`.

    Raises:
        pypdfium2.PdfiumError: it is no PDF.

    """
    columns = min(columns, len(shown))
    page_width = min(page_width, int(MOST_WIDE / (columns * (2 + _BETWEEN) + _BETWEEN)))
    with pypdfium2.PdfDocument(data) as document:
        width, height = document[0].get_size()
        scale = page_width / width
        table = _Table(columns, page_width, round(height * scale), len(shown))
        sheet = Image.new("RGB", table.size, _ROOM)
        for place, spread in enumerate(shown):
            for number, at in zip(spread, table.corners(place), strict=True):
                if number is not None:
                    sheet.paste(_page(document[number], scale, grid, is_recto=number % 2 == 0), at)
    out = io.BytesIO()
    sheet.save(out, "PNG", optimize=True)
    return out.getvalue()


class _Table(NamedTuple):
    """Where spreads lie, in pixels."""

    columns: int
    page_width: int
    page_height: int
    spreads: int

    @property
    def between(self) -> int:
        return max(round(_BETWEEN * self.page_width), 4)

    @property
    def size(self) -> tuple[int, int]:
        rows = -(-self.spreads // self.columns)
        across = self.columns * (2 * self.page_width + self.between) + self.between
        return across, rows * (self.page_height + self.between) + self.between

    def corners(self, place: int) -> tuple[tuple[int, int], tuple[int, int]]:
        """Give the upper left corners of verso and recto."""
        row, column = divmod(place, self.columns)
        left = self.between + column * (2 * self.page_width + self.between)
        top = self.between + row * (self.page_height + self.between)
        return (left, top), (left + self.page_width + 1, top)


def _page(page: Any, scale: float, grid: Grid | None, *, is_recto: bool) -> Image.Image:
    picture: Image.Image = page.render(scale=scale).to_pil().convert("RGB")
    if grid:
        draw = ImageDraw.Draw(picture)
        for line, colour in _grid_lines(grid, page.get_width(), is_recto=is_recto):
            draw.line([coordinate * scale for coordinate in line], fill=colour, width=1)
    return picture


_Line = tuple[float, float, float, float]


def _grid_lines(
    grid: Grid, page_width: float, *, is_recto: bool
) -> Iterator[tuple[_Line, tuple[int, int, int]]]:
    left = grid.inside if is_recto else page_width - grid.inside - grid.width
    right, bottom = left + grid.width, grid.top + grid.lines * grid.leading
    for line in range(grid.lines):
        baseline = grid.top + line * grid.leading + grid.ascent
        yield (left, baseline, right, baseline), _BASELINE
    for edge in (
        (left, grid.top, right, grid.top),
        (left, bottom, right, bottom),
        (left, grid.top, left, bottom),
        (right, grid.top, right, bottom),
    ):
        yield edge, _BLOCK
