"""Where a page's pictures stand, and how large they are printed."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pikepdf

from bookbuild.prepress.followed import Step, followed


@dataclass(frozen=True, slots=True)
class Placed:
    """A picture on a page."""

    picture: Any  # its stream
    matrix: pikepdf.Matrix

    @property
    def width(self) -> float:
        """How wide it is printed, in points."""
        return math.hypot(self.matrix.a, self.matrix.b)

    @property
    def height(self) -> float:
        """How high it is printed, in points."""
        return math.hypot(self.matrix.c, self.matrix.d)

    @property
    def resolution(self) -> float:
        """Dots to the inch, in the direction that has fewer."""
        across = int(self.picture.Width) / max(self.width, 0.01)
        down = int(self.picture.Height) / max(self.height, 0.01)
        return 72 * min(across, down)


def placed_pictures(page: pikepdf.Page) -> Iterator[Placed]:
    """Give the pictures of a page in the order in which they are painted."""
    if page.resources.get("/XObject"):
        yield from filter(None, map(placed, followed(page, "q Q cm Do scn SCN")))


def placed(step: Step) -> Placed | None:
    """Give the picture that a step paints, if it paints one."""
    thing = step.named("/XObject") if step.command == "Do" else None
    return Placed(thing, step.matrix) if thing is not None and thing.get("/Subtype") == "/Image" else None
