"""A page's content followed as a PDF reader does: through drawings within drawings, with where and how large each step draws."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pikepdf

_DEEPEST = 12
"""Drawings within drawings that are followed; a file that has more is made to do harm."""
WATCHED = "q Q cm Do gs sh g G rg RG k K cs CS sc SC scn SCN"
"""The commands that colours, pictures and transparency come by (ISO 32000-1, annex A)."""


@dataclass(frozen=True, slots=True)
class Step:
    """A command of a page, or of a drawing on it."""

    command: str
    operands: tuple[Any, ...]
    resources: Any  # what its names stand for
    matrix: pikepdf.Matrix  # from where it draws to points of the page

    def named(self, kind: str) -> Any:
        """Find what its first operand is the name of; None where there is no such thing."""
        things = self.resources.get(kind, {})
        name = str(self.operands[-1]) if self.operands else ""
        return things.get(name) if name.startswith("/") else None


def followed(page: pikepdf.Page, watched: str = WATCHED) -> Iterator[Step]:
    """Give the steps of a page in the order in which they are painted."""
    if "/Contents" in page.obj:
        yield from _steps(page, page.resources, pikepdf.Matrix(), (), watched)


def _steps(
    content: Any, resources: Any, matrix: pikepdf.Matrix, above: tuple[Any, ...], watched: str
) -> Iterator[Step]:
    saved: list[pikepdf.Matrix] = []
    for operands, operator in pikepdf.parse_content_stream(content, watched):
        command = str(operator)
        if command == "q":
            saved.append(matrix)
        elif command == "Q":
            matrix = saved.pop() if saved else matrix
        elif command == "cm":
            matrix = pikepdf.Matrix(*(float(part) for part in operands)) @ matrix
        else:
            step = Step(command, tuple(operands), resources, matrix)
            yield step
            yield from _inside(step, above, watched)


def _inside(step: Step, above: tuple[Any, ...], watched: str) -> Iterator[Step]:
    """Follow a step into the drawing that it paints, or paints with."""
    form = step.named({"Do": "/XObject", "scn": "/Pattern", "SCN": "/Pattern"}.get(step.command, ""))
    is_drawing = isinstance(form, pikepdf.Stream) and (
        form.get("/Subtype") == "/Form" or form.get("/PatternType") == 1
    )
    if is_drawing and form.objgen not in above and len(above) < _DEEPEST:
        inner = pikepdf.Matrix(*(float(part) for part in form.get("/Matrix", (1, 0, 0, 1, 0, 0))))
        own = form.get("/Resources", step.resources)
        yield from _steps(form, own, inner @ step.matrix, (*above, form.objgen), watched)


def is_seen_through(state: Any) -> bool:
    """Whether a graphics state makes what is painted transparent (ISO 32000-1, section 11.6)."""
    return (
        any(float(state.get(name, 1)) < 1 for name in ("/ca", "/CA"))
        or state.get("/SMask", "/None") != "/None"
        or str(state.get("/BM", "/Normal")) not in {"/Normal", "/Compatible"}
    )
