"""A finished PDF → sheets to print at home, fold and sew: two pages a side, in the order in which they are read when folded."""

import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum
from typing import NamedTuple

import pikepdf

from bookbuild.press.imposition import Sheet, Side, impose

MM = 72 / 25.4


class Paper(Enum):
    """The paper of home printers: width and height upright, in points."""

    A4 = (210 * MM, 297 * MM)
    LETTER = (612.0, 792.0)

    @property
    def half(self) -> tuple[float, float]:
        """Width and height of a page when a sheet is folded once."""
        width, height = self.value
        return height / 2, width


class Flip(Enum):
    """About which edge the printer turns the sheet for its back."""

    SHORT = "short"
    LONG = "long"


@dataclass(frozen=True, slots=True)
class Binding:
    """How a booklet is made."""

    paper: Paper
    sheets: int  # of a signature, at most
    thickness: float  # of a sheet, in points: inner sheets stick out by as much
    flip: Flip


@dataclass(frozen=True, slots=True)
class Booklet:
    """Sheets to print, and what their maker should know."""

    data: bytes
    signatures: tuple[int, ...]  # of how many sheets each is made
    scale: float  # of the pages; 1 where they fit as they are
    blanks: int  # pages after the last that stay empty

    @property
    def sheets(self) -> int:
        """How many sheets of paper it takes."""
        return sum(self.signatures)


def make_booklet(data: bytes, binding: Binding) -> Booklet:
    """Lay the pages of a PDF on sheets, with marks for sewing and for the order of the signatures.

    Raises:
        pikepdf.PdfError: it is no PDF.

    """
    with pikepdf.open(io.BytesIO(data)) as book, pikepdf.new() as made:
        sheets = list(impose(len(book.pages), binding.sheets))
        sizes = _sizes(sheets)
        bench = _Bench(book, made, binding, sizes)
        for sheet in sheets:
            bench.lay(sheet)
        _describe(made, book)
        out = io.BytesIO()
        made.remove_unreferenced_resources()
        made.save(out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
        return Booklet(out.getvalue(), sizes, bench.scale, 4 * len(sheets) - len(book.pages))


def _sizes(sheets: Iterable[Sheet]) -> tuple[int, ...]:
    sizes: dict[int, int] = {}
    for sheet in sheets:
        sizes[sheet.signature] = sheet.number + 1
    return tuple(sizes.values())


def _describe(made: pikepdf.Pdf, book: pikepdf.Pdf) -> None:
    if "/Title" in book.docinfo:
        made.docinfo["/Title"] = str(book.docinfo["/Title"])
    if "/Lang" in book.Root:
        made.Root.Lang = pikepdf.String(str(book.Root.Lang))
    made.Root.ViewerPreferences = pikepdf.Dictionary(PrintScaling=pikepdf.Name("/None"))


# ---------------------------------------------------------------- sheets


class _Box(NamedTuple):
    left: float
    bottom: float
    right: float
    top: float


class _Bench:
    """Lays pages on sheets; the fold runs through the middle of a sheet that lies on its long edge."""

    def __init__(
        self, book: pikepdf.Pdf, made: pikepdf.Pdf, binding: Binding, sizes: tuple[int, ...]
    ) -> None:
        self.book = book
        self.made = made
        self.binding = binding
        self.sizes = sizes
        self.fold, self.height = binding.paper.half
        box = book.pages[0].trimbox
        width, height = float(box[2] - box[0]), float(box[3] - box[1])
        self.scale = min(1.0, self.fold / width, self.height / height)
        self.page = (width * self.scale, height * self.scale)

    def lay(self, sheet: Sheet) -> None:
        """Lay the front and the back of a sheet."""
        creep = sheet.number * self.binding.thickness
        front, back = self._side(sheet.front, creep), self._side(sheet.back, creep)
        if sheet.number == 0:
            _draw(front, self._collating_mark(sheet.signature))
        if sheet.number == self.sizes[sheet.signature] - 1:
            _draw(back, self._sewing_marks())
        if self.binding.flip is Flip.LONG:
            back.rotate(180, relative=False)

    def _side(self, side: Side, creep: float) -> pikepdf.Page:
        page = self.made.add_blank_page(page_size=(2 * self.fold, self.height))
        for number, box in ((side.left, self._left(creep)), (side.right, self._right(creep))):
            if number is not None:
                self._put(number, page, box)
                _draw(page, _corners(box, self.fold))
        return page

    def _put(self, number: int, page: pikepdf.Page, box: "_Box") -> None:
        """Put a page of the book into a box; `Page.add_overlay` does so too, under a name that differs every time."""
        picture = self.made.copy_foreign(self.book.pages[number].as_form_xobject())
        name = page.add_resource(picture, pikepdf.Name.XObject, pikepdf.Name(f"/Page{number}"))
        placed = page.calc_form_xobject_placement(picture, name, pikepdf.Rectangle(*box), allow_expand=True)
        page.contents_add(placed)

    def _left(self, creep: float) -> _Box:
        """Where the page left of the fold stands; an inner sheet's, nearer to the fold by what the sheet will stick out."""
        bottom = (self.height - self.page[1]) / 2
        right = self.fold + creep
        return _Box(right - self.page[0], bottom, right, bottom + self.page[1])

    def _right(self, creep: float) -> _Box:
        bottom = (self.height - self.page[1]) / 2
        left = self.fold - creep
        return _Box(left, bottom, left + self.page[0], bottom + self.page[1])

    def _collating_mark(self, signature: int) -> Iterator[str]:
        """Draw a bar on the fold, lower for each signature: in order, they make a stair on the book's spine."""
        steps = max(len(self.sizes), 8)
        step = self.page[1] * 0.8 / steps
        top = (self.height + self.page[1] * 0.8) / 2 - signature * step
        yield f"0 G {1.2:.2f} w {self.fold:.3f} {top:.3f} m {self.fold:.3f} {top - min(step, 4 * MM):.3f} l S"

    def _sewing_marks(self) -> Iterator[str]:
        """Draw a dot on the fold of the innermost sheet for each hole: two near the ends, others between in pairs for tapes."""
        bottom = (self.height - self.page[1]) / 2
        for share in STATIONS:
            dot = f"{self.fold:.3f} {bottom + share * self.page[1]:.3f}"
            yield f"0.5 G 1 J 1.2 w {dot} m {dot} l S"


STATIONS = (0.07, 0.29, 0.36, 0.64, 0.71, 0.93)
"""Where the holes are, as parts of the page's height: kettle stitches near head and tail, and two pairs for tapes or links."""


def _corners(box: _Box, fold: float) -> Iterator[str]:
    """Draw where to cut, at the corners away from the fold, outside the page."""
    outer = box.left if box.left + box.right < 2 * fold else box.right
    away = -1 if outer == box.left else 1
    for edge, up in ((box.bottom, -1), (box.top, 1)):
        yield f"0.5 G 0.25 w {outer:.3f} {edge + up * 2 * MM:.3f} m {outer:.3f} {edge + up * 6 * MM:.3f} l S"
        yield f"0.5 G 0.25 w {outer + away * 2 * MM:.3f} {edge:.3f} m {outer + away * 6 * MM:.3f} {edge:.3f} l S"


def _draw(page: pikepdf.Page, commands: Iterable[str]) -> None:
    page.contents_add(f"q {' '.join(commands)} Q".encode())
