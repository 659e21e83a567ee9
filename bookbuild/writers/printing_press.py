"""A document → a quire, on a press that is set up once for a book."""

from typing import NamedTuple
from xml.etree.ElementTree import Element

from bookbuild.errors import Finding
from bookbuild.writers.binding import Quire
from bookbuild.writers.composing.compositor import Composition, Compositor
from bookbuild.writers.composing.left import Left
from bookbuild.writers.composing.reprints import Originals
from bookbuild.writers.stock import Stock
from bookbuild.writers.weasyprint_layout import Layout, Layouter


class Plan(NamedTuple):
    """What is known of a document before it is printed."""

    side: str  # it wants to begin on: recto, verso, or page for either
    pages: int | None  # None where WeasyPrint makes them


class Copy(NamedTuple):
    """What is given to the press."""

    document: Element
    sheet: str  # a style sheet that beats all others
    on_verso: bool  # whether it begins on one


class Print(NamedTuple):
    """A quire, and what is known of it."""

    quire: Quire
    side: str
    families: tuple[str, ...]  # the fonts that it is set in
    findings: tuple[Finding, ...]
    left: tuple[Left, ...] = ()  # to WeasyPrint, of what was to be composed


class Press:
    """Prints documents with the same style sheets and fonts."""

    def __init__(self, stock: Stock) -> None:
        """Read the style sheets.

        Raises:
            BookError: one asks for something that it may not have.

        """
        self._is_fine = stock.is_fine
        self._layouter = Layouter(stock.all_sheets, stock.geometry, stock.folders)
        self._compositor = Compositor(stock.family, stock.words, stock.page)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What was said of the style sheets."""
        return self._layouter.findings

    def begin(self, document: Element) -> Composition | None:
        """Compose a document as far as can be before it is known where it stands; None where WeasyPrint makes its lines."""
        return self._compositor.begin(document, self._layouter.lay_out) if self._is_fine else None

    def print_quire(self, copy: Copy, begun: Composition | None = None) -> Print:
        """Print a document, that is begun or not."""

        def lay_out(root: Element, more: str, originals: Originals | None) -> Layout:
            return self._layouter.lay_out(root, copy.sheet + more, originals)

        begun = begun or self.begin(copy.document)
        layout = begun.finish(lay_out, on_verso=copy.on_verso) if begun else lay_out(copy.document, "", None)
        data, said = layout.paint()
        quire = Quire(data, layout.pages, layout.anchors(), layout.faces())
        left = tuple(begun.left) if begun else ()
        families = tuple(sorted(layout.font_families()))
        return Print(quire, layout.side(), families, (*layout.findings, *said), left)
