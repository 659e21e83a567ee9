"""Where a page's pictures stand, and how large: its content is followed as a PDF reader does, drawing by drawing."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pikepdf

_DEEPEST = 12
"""Drawings within drawings that are followed; a file that has more is made to do harm."""
_WATCHED = "q Q cm Do"


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
    if "/Contents" in page.obj:
        yield from _drawn(page.obj, page.resources, pikepdf.Matrix(), ())


def _drawn(content: Any, resources: Any, matrix: pikepdf.Matrix, above: tuple[Any, ...]) -> Iterator[Placed]:
    things = resources.get("/XObject", {})
    if not things:
        return
    saved: list[pikepdf.Matrix] = []
    for operands, command in pikepdf.parse_content_stream(
        pikepdf.Page(content) if not above else content, _WATCHED
    ):
        match str(command):
            case "q":
                saved.append(matrix)
            case "Q":
                matrix = saved.pop() if saved else matrix
            case "cm":
                matrix = pikepdf.Matrix(*(float(part) for part in operands)) @ matrix
            case _:
                thing = things.get(str(operands[0]))
                if thing is not None:
                    yield from _thing(thing, resources, matrix, above)


def _thing(thing: Any, resources: Any, matrix: pikepdf.Matrix, above: tuple[Any, ...]) -> Iterator[Placed]:
    match str(thing.get("/Subtype")):
        case "/Image":
            yield Placed(thing, matrix)
        case "/Form" if thing.objgen not in above and len(above) < _DEEPEST:
            inner = pikepdf.Matrix(*(float(part) for part in thing.get("/Matrix", (1, 0, 0, 1, 0, 0))))
            own = thing.get("/Resources", resources)
            yield from _drawn(thing, own, inner @ matrix, (*above, thing.objgen))
        case _:
            pass
