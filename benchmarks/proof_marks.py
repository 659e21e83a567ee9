"""What a compositor would mark on the proofs of a book, each with its page and its words, so that one can go and look.

The scorer counts; this tells where. Both go by the geometry of the finished PDF alone.
"""

import re
import subprocess
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from statistics import mean
from typing import Any
from xml.etree.ElementTree import fromstring

from bookbuild.readback import TextArea

LOOSE, TIGHT = 0.40, 0.14
"""Ems of a line's word space beyond which the scorer marks it."""
RUNT = 2.6
"""Ems of a last line below which it is shown: the scorer marks it below 1.5 only."""
SCANT = 5
"""Lines on a chapter's last page below which it is shown."""
_ON_A_LINE = 2.0
"""Points by which feet of facing pages may differ."""
_SINK = 2.5
"""Lines that a page begins lower than others where a chapter begins on it."""
_FULL = (-1.5, 0.8)
"""Points and ems that a justified line may end before the margin and beyond it."""


@dataclass(frozen=True, slots=True)
class Mark:
    """One mark: what it is, on which page of the PDF, from 1, and by how much or where."""

    kind: str
    page: int
    text: str


Row = dict[str, Any]  # a line, as the scorer's `lines_of` gives it


def marks(file: Path, area: TextArea, size: float, lines_of: Callable[[Any], list[Row]]) -> list[Mark]:
    """Give all marks on a PDF whose text stands in an area, set in type of a size in points."""
    read = subprocess.run(["pdftotext", "-bbox-layout", str(file), "-"], check=True, capture_output=True)
    boxes = [
        page
        for page in fromstring(re.sub(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]", b"", read.stdout)).iter()
        if page.tag.endswith("}page")
    ]
    pages = [_Page(number, box, area, size, lines_of(box)) for number, box in enumerate(boxes, 1)]
    book = _Book([page for page in pages if page.rows], size)
    return [*book.marks(), *(mark for page in pages for mark in page.marks())]


class _Page:
    def __init__(self, number: int, box: Any, area: TextArea, size: float, rows: Sequence[Row]) -> None:
        width, height = float(box.get("width")), float(box.get("height"))
        self.number = number
        self.size = size
        self.is_recto = number % 2 == 1
        left, right = area.sides(number - 1, width)
        self.left, self.right = left + size, right - size
        top, bottom = height - area.top, height - area.bottom
        self.rows = [row for row in rows if top < row["y"] - size / 2 < bottom]

    @property
    def head(self) -> float:
        return self.rows[0]["y"]

    @property
    def foot(self) -> float:
        return self.rows[-1]["y"]

    def is_full(self, row: Row) -> bool:
        """Tell whether a line reaches the margin."""
        return _FULL[0] < row["x1"] - self.right < _FULL[1] * self.size

    def marks(self) -> Iterator[Mark]:
        """Mark single lines."""
        running = 0
        for row in self.rows:
            gaps = [after[1] - before[2] for before, after in pairwise(row["words"])]
            running = running + 1 if self.is_full(row) and row["text"].endswith(("-", "\u2010")) else 0
            if self.is_full(row) and len(gaps) > 2:
                space = mean(gaps) / self.size
                if not TIGHT <= space <= LOOSE:
                    yield self.mark("loose" if space > LOOSE else "tight", f"{space:.3f} em", row)
            elif not self.is_full(row) and abs(row["x0"] - self.left) < self.size / 2:
                width = (row["x1"] - row["x0"]) / self.size
                if width < RUNT:
                    yield self.mark("runt", f"{width:.1f} em", row)
            if running == 3:
                yield self.mark("ladder", "", row)
        if running:
            yield self.mark("parted at the foot", "overleaf" if self.is_recto else "", self.rows[-1])

    def mark(self, kind: str, much: str, row: Row) -> Mark:
        return Mark(kind, self.number, f"{much}: {row['text']}" if much else row["text"])


class _Book:
    """The pages that have text."""

    def __init__(self, pages: Sequence[_Page], size: float) -> None:
        self.pages = pages
        self.by_number = {page.number: page for page in pages}
        self.leading = (
            _usual(below["y"] - above["y"] for page in pages for above, below in pairwise(page.rows)) or size
        )
        usual = _usual(page.head for page in pages)
        self.openings = {page.number for page in pages if page.head > usual + _SINK * self.leading}
        self.deepest = max((page.foot for page in pages), default=0.0)

    def marks(self) -> Iterator[Mark]:
        """Mark pages by their feet."""
        for page in self.pages:
            facing = self.by_number.get(page.number + 1)
            short = round((self.deepest - page.foot) / self.leading)
            if self.is_closing(page):
                if len(page.rows) < SCANT:
                    yield page.mark("scant end", f"{len(page.rows)} lines", page.rows[-1])
                continue
            if short:
                yield page.mark("short", f"by {short}", page.rows[-1])
            if (
                facing
                and not page.is_recto
                and not self.is_closing(facing)
                and abs(page.foot - facing.foot) > _ON_A_LINE
            ):
                yield page.mark("uneven", f"against {facing.number}", page.rows[-1])

    def is_closing(self, page: _Page) -> bool:
        """Tell whether a page is a chapter's last."""
        return page.number + 1 not in self.by_number or page.number + 1 in self.openings


def _usual(values: Iterator[float]) -> float:
    """Give the most frequent of some lengths, to a quarter of a point."""
    counted = Counter(round(value * 4) / 4 for value in values)
    return counted.most_common(1)[0][0] if counted else 0.0
