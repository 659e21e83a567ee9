"""The flow of composition: specimen, lines, pages, painting, revise; and again where something came out otherwise."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from xml.etree.ElementTree import Element

from bookbuild.typeset.lines import Setting
from bookbuild.writers.composing.left import AGAINST_THE_LINE, PAINTED_OTHERWISE, Left, beginning
from bookbuild.writers.composing.other_fonts import OtherFonts
from bookbuild.writers.composing.passages import Passage, against_the_line, alone, candidates
from bookbuild.writers.composing.reprints import Originals
from bookbuild.writers.composing.revise import Declared, Revise, compare
from bookbuild.writers.composing.setting import Fill, Set, Setter, SetUnit, set_freely, set_unit
from bookbuild.writers.composing.slugs import SlugCaster, add_class, keep_together, line_text
from bookbuild.writers.composing.specimen import (
    SCENE_BREAK,
    SpecimenReader,
    Unit,
    rebuilt,
    specimen_of,
    specimen_sheet,
)
from bookbuild.writers.fonts import Family
from bookbuild.writers.page_geometry import PIXELS, PageGeometry
from bookbuild.writers.weasyprint_layout import Layout

AT_EDGE = "at-page-edge"
"""Class of a break between scenes at a page's head or foot, where white alone would not be seen."""
LayOut = Callable[[Element, str, Originals | None], Layout]
"""Lays out a document, with a style sheet more; of one that was composed, what it was before."""
MOST_TRIES = 4
"""How often a book is painted before it is left to WeasyPrint."""


class Compositor:
    """Composes the documents of a book, which share its page, its fonts, and what was found out of its words."""

    def __init__(self, family: Family, whole: Sequence[str], page: PageGeometry) -> None:
        """Words in `whole` are not parted."""
        self.family = family
        self.page = page
        self.others = OtherFonts()
        self.setter = Setter(whole, self.others)

    def begin(self, root: Element, lay_out: LayOut) -> "Composition":
        """Read a document, and set its lines."""
        return Composition(self, root, lay_out)


class Composition:
    """One document on its way to pages."""

    def __init__(self, compositor: Compositor, root: Element, lay_out: LayOut) -> None:
        self._root = root
        self._originals = Originals(root)
        self._family = compositor.family
        self._page = compositor.page
        self._lay_out = lay_out
        self._others = compositor.others
        self._setter = compositor.setter
        self._passages = candidates(root)
        self._lines: dict[Element, dict[int, Setting]] = {}
        self._free: set[int] = (
            set()
        )  # divisions whose pages came out otherwise, so that WeasyPrint makes them
        self._versos: dict[int, bool] = {}  # division → whether it was seen to begin on a verso
        self.left = [Left(beginning(one), AGAINST_THE_LINE) for one in against_the_line(root)]
        """What is WeasyPrint's after all, once the document is finished."""
        self._units = self._read()

    def plan(self) -> tuple[str, int | None]:
        """Say on which side the document wants to begin, and how many pages it has; None where WeasyPrint makes some of them."""
        side = self._units[0].side if self._units else "page"
        pages = 0
        for composed in self._set_pages():
            if composed.pages is None:
                return side, None
            pages += composed.pages + (pages % 2 != composed.on_verso)  # a blank page, for its side's sake
        return side, pages

    def finish(self, lay_out: LayOut, *, on_verso: bool) -> Layout:
        """Lay out the document as it is composed, or as WeasyPrint does it where it does not come out so."""
        self._lay_out = lay_out
        if on_verso:
            self._versos[0] = True
        return self._compose() or lay_out(self._root, "", None)

    def _compose(self) -> Layout | None:
        for _ in range(MOST_TRIES):
            composed = self._set_pages()
            caster = SlugCaster()
            casting = _Casting(self._passages, caster)
            for number, unit in enumerate(composed):
                casting.cast(number, unit)
            laid = self._lay_out(rebuilt(self._root, casting.instead), caster.sheet(), self._originals)
            revise = compare(laid.page_boxes(), casting.declared)
            if self._is_right(revise, composed):
                self._tell_of_pages(composed, revise, laid.pages)
                return laid
            if revise.paragraphs:
                self._passages = {
                    element: passage
                    for element, passage in self._passages.items()
                    if element not in revise.paragraphs
                }
                self._units = self._read()
        self.left += (Left(beginning(unit.blocks[0].element), PAINTED_OTHERWISE) for unit in self._units)
        return None

    def _tell_of_pages(self, composed: Sequence[SetUnit], revise: Revise, pages: int) -> None:
        """Note whose pages are WeasyPrint's, where there are some that could face each other."""
        ends = [*sorted(revise.begins.values()), pages]
        for number, found in enumerate(composed):
            begins = revise.begins.get(number)
            if found.pages is None and begins is not None and ends[ends.index(begins) + 1] > begins + 1:
                self.left.append(Left(beginning(found.unit.blocks[0].element), found.why))

    def _read(self) -> list[Unit]:
        """Read the specimen; a paragraph that turns out not to be for us is left as it is, and the specimen read anew."""
        while True:
            specimens = {element: specimen_of(passage) for element, passage in self._passages.items()}
            sheet = specimen_sheet(self._page.width)
            laid = self._lay_out(rebuilt(self._root, specimens), sheet, self._originals)
            by_specimen = {specimens[element]: passage for element, passage in self._passages.items()}
            read = SpecimenReader(by_specimen, self._family, self._others).read(laid.page_boxes())
            self._lines = {
                element: found
                for element, style in read.styles.items()
                if (found := self._setter.set_lines(self._passages[element], style))
            }
            fit = {element: passage for element, passage in self._passages.items() if element in self._lines}
            if len(fit) == len(self._passages):
                return read.units
            self._passages = fit

    def _set_pages(self) -> list[SetUnit]:
        composed: list[SetUnit] = []
        is_verso: bool | None = False  # whether the next page is one, as far as that is known
        for number, unit in enumerate(self._units):
            on_verso = self._versos.get(
                number, unit.side == "verso" if unit.side != "page" else bool(is_verso)
            )
            if number in self._free:
                found = set_freely(unit, self._lines, PAINTED_OTHERWISE, on_verso=on_verso)
            else:
                found = set_unit(
                    unit, self._lines, self._page.lines, self._page.leading * PIXELS, on_verso=on_verso
                )
            composed.append(found)
            is_verso = None if found.pages is None else on_verso == (found.pages % 2 == 0)
        return composed

    def _is_right(self, revise: Revise, composed: Sequence[SetUnit]) -> bool:
        """Tell whether all came out as composed; what did not is left to WeasyPrint, or begun on its true side.

        Paragraphs first: pages that came out otherwise for their sake may come out well without them.
        """
        if revise.paragraphs:
            self.left += (Left(beginning(one), "") for one in self._passages if one in revise.paragraphs)
            return False
        self._free |= revise.units
        moved = {
            number: first % 2 == 1
            for number, first in revise.begins.items()
            if (first % 2 == 1) != composed[number].on_verso and (composed[number].pages or 1) > 1
        }
        self._versos |= moved
        return not (revise.units or moved)


class _Casting:
    """What stands in the place of each element, and what each line has to say."""

    def __init__(self, passages: Mapping[Element, Passage], caster: SlugCaster) -> None:
        self.instead: dict[Element, Element] = {}
        self.declared: dict[Element, Declared] = {}
        self._passages = passages
        self._caster = caster

    def cast(self, number: int, composed: SetUnit) -> None:
        """Cast a division."""
        page = 0
        for block in composed.unit.blocks:
            element = block.element
            begins_page, fill = element in composed.page_starts, composed.fills.get(element)
            at_edge = element.tag == SCENE_BREAK and (begins_page or element in composed.page_ends)
            if block.style:
                found = composed.paragraphs[element]
                made = self._caster.cast(self._passages[element], found.setting, found.page_starts)
                if composed.pages is None:
                    keep_together(made, block.style.together)
                if fill:
                    _add_css(made, fill.css(begins_page=False))
                self.instead[element] = made
                for slug, declared in zip(made, self._declare(element, found, number, page), strict=True):
                    self.declared[slug] = declared if composed.pages else declared.free()
                page += len(found.page_starts)
            elif begins_page or fill or at_edge:
                page += begins_page
                self.instead[element] = _adjusted(element, fill, begins_page=begins_page)
                if at_edge:
                    add_class(self.instead[element], AT_EDGE)

    def _declare(self, element: Element, found: Set, unit: int, page: int) -> Iterator[Declared]:
        text = self._passages[element].text
        for number, line in enumerate(found.setting.lines):
            page += number in found.page_starts
            yield Declared(line_text(line, text), element, unit, page)


def _adjusted(element: Element, fill: Fill | None, *, begins_page: bool) -> Element:
    """Copy an element so that it begins a page, or is whole lines high."""
    made = alone(element)
    if begins_page:
        add_class(made, "new-page")
    if fill:
        _add_css(made, fill.css(begins_page=begins_page))
        for picture in made.iter("img"):
            _add_css(picture, fill.picture_css())
    return made


def _add_css(element: Element, css: str) -> None:
    if css:
        element.set("style", f"{element.get('style', '')}; {css}".removeprefix("; "))
