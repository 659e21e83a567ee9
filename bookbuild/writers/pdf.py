"""Book → PDF for print: laid out by WeasyPrint, labelled and saved by pikepdf."""

import base64
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from bookbuild.config.keys import Edition, Settings
from bookbuild.config.look_keys import Openings
from bookbuild.config.values import Composition
from bookbuild.errors import BookError, Finding, Place, error, warning
from bookbuild.means import ALONE, Means
from bookbuild.tree import Book
from bookbuild.writers.addresses import Addresses
from bookbuild.writers.bound_spaces import PAPER, with_bound_spaces
from bookbuild.writers.drop_capital import drop_capital
from bookbuild.writers.fonts import Family, missing, read_family
from bookbuild.writers.imprint import direction
from bookbuild.writers.page_estimate import estimate_pages
from bookbuild.writers.page_geometry import PageGeometry, page_geometry, required_inside
from bookbuild.writers.pdf_finish import Mark, finish
from bookbuild.writers.pdf_markup import LEAF, book_to_html, geometry_css, headings, leaves
from bookbuild.writers.pdf_printer import for_printer, printer_css, with_bleed
from bookbuild.writers.pictures import NO_PICTURES, Pictures
from bookbuild.writers.stock import Printed, Stock
from bookbuild.writers.text_runs import FaceStyle
from bookbuild.writers.weasyprint_log import Sheet, read_sheet
from bookbuild.writers.written import Written
from bookbuild.writers.xhtml.divisions import inner_ids

_NO_GLYPH = ".notdef glyph"
"""What WeasyPrint says of characters that no font has; `missing` tells it with the place."""
_NO_ALT = "has no required alt"
"""What it says of a picture without a description; the rule typed-picture asks for it with the place."""


@dataclass(frozen=True, slots=True)
class PrintLooks:
    """What a PDF is made to look like, and where that was asked for."""

    folder: Path  # the book's folder: fonts and the author's CSS may ask for files in it
    styles: tuple[Path, ...]  # the style's sheets for print, those it is laid over first
    css: Path | None  # the author's own sheet, laid over the style
    asked_at: Place  # where build.yaml speaks of the page
    means: Means = ALONE
    chosen: tuple[Sheet, ...] = ()  # the looks that are laid over the style


def check_looks(settings: Settings, looks: PrintLooks) -> None:
    """See that the font is there, and that the margins leave room for text, without setting the book.

    Raises:
        BookbuildError: as `write_pdf` would.

    """
    read_family(settings.page.font, looks.folder, looks.asked_at)
    page_geometry(settings.page, 0, looks.asked_at, settings.printed)


def write_pdf(book: Book, edition: Edition, looks: PrintLooks, pictures: Pictures = NO_PICTURES) -> Written:
    """Write a book as a PDF for print; what did not change since it was kept in the cache is not printed anew.

    Raises:
        RequestError: the font is unknown, or the margins leave no room for text.
        BookError: a font or style sheet cannot be read, or asks for what it may not have.

    """
    settings = edition.settings
    book = with_bound_spaces(book, settings.language, PAPER)
    family = read_family(settings.page.font, looks.folder, looks.asked_at)
    addresses = Addresses({id_: f"#{id_}" for id_ in _ids(book)} | _inside(pictures))
    is_dropped = settings.looks.openings is Openings.DROP_CAPITAL
    dropped = drop_capital(settings.page, family) if is_dropped else None
    html = book_to_html(book, settings, addresses.href, dropped)
    stock = _stock(family, settings, looks, _guess(html, settings, family, looks))
    printed, geometry = _print(html, stock, settings, looks)
    starts = {
        leaf.division.id: printed.starts[leaf.division.id]
        for leaf in leaves(book)
        if leaf.division.id in printed.starts
    }
    lacking = tuple(missing(book, family, looks.asked_at))
    findings = (
        *pictures.findings,
        *lacking,
        *_foreign_fonts(printed, stock, looks.asked_at),
        *addresses.lost(),
        *_narrow_gutter(geometry, printed.pages, settings, looks.asked_at),
        *(finding for finding in printed.findings if not _is_told(finding, lacking=bool(lacking))),
    )
    is_bound = not settings.printed.is_screen
    data = finish(printed.data, _marks(book, starts), _first_of_body(book, starts), is_bound=is_bound)
    made, pages = for_printer(data, settings.printed)
    return Written(
        made,
        tuple(dict.fromkeys(findings)),
        pages,
        starts,
        with_bleed(geometry.text_area, settings.printed),
        direction(settings.language),
    )


def _inside(pictures: Pictures) -> dict[str, str]:
    """Give every picture as its own address, which WeasyPrint reads without a file."""
    return {
        path: f"data:{file.media_type};base64,{base64.b64encode(file.data).decode()}"
        for path, file in pictures.files.items()
    }


def _stock(family: Family, settings: Settings, looks: PrintLooks, page: PageGeometry) -> Stock:
    """Gather what the book is printed with."""
    styles = [read_sheet(path, f"styles/{path.parent.name}/{path.name}") for path in looks.styles]
    style_folders = (path.parent for path in looks.styles)
    return Stock(
        sheets=(*styles, *looks.chosen),
        own=tuple(_own_sheet(looks)),
        geometry=_geometry(page, family, settings),
        folders=(looks.folder, *style_folders, *{face.path.parent for face in family.faces.values()}),
        family=family,
        words=tuple(settings.words),
        page=page,
        is_fine=settings.composition is Composition.FINE,
    )


def _geometry(page: PageGeometry, family: Family, settings: Settings) -> str:
    return geometry_css(page, family, settings) + printer_css(settings.printed)


def _own_sheet(looks: PrintLooks) -> Iterator[Sheet]:
    """Read the author's own sheet."""
    if looks.css:
        folder, css = looks.folder.resolve(), looks.css.resolve()
        name = css.relative_to(folder).as_posix() if css.is_relative_to(folder) else str(looks.css)
        yield read_sheet(looks.css, name)


def _print(html: str, stock: Stock, settings: Settings, looks: PrintLooks) -> tuple[Printed, PageGeometry]:
    """Print for the number of pages that was guessed, and once more if there are so many that they need another gutter."""
    print_book = _press()
    printed = print_book(html, stock, looks.means)
    fitting = page_geometry(settings.page, printed.pages, looks.asked_at, settings.printed)
    if fitting == stock.page:
        return printed, fitting
    other = replace(stock, page=fitting, geometry=_geometry(fitting, stock.family, settings))
    return print_book(html, other, looks.means), fitting


def _press() -> Callable[[str, Stock, Means], Printed]:
    """Load WeasyPrint: late, for it takes half a second, and most commands do not need it."""
    try:
        from bookbuild.writers.printing import print_book  # noqa: PLC0415
    except OSError as fault:  # a library that is loaded at run time
        hint = "Debian: apt install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0; macOS: brew install pango; others: doc.courtbouillon.org/weasyprint"
        raise BookError(error("WeasyPrint, which makes the PDF, does not find Pango", hint=hint)) from fault
    return print_book


def _guess(html: str, settings: Settings, family: Family, looks: PrintLooks) -> PageGeometry:
    """Lay out the page for as many pages as the book will probably have."""
    thin = page_geometry(settings.page, 0, looks.asked_at, settings.printed)
    divisions = html.split(LEAF)[1:]
    pages = estimate_pages(divisions, family.face(FaceStyle.REGULAR).path, thin)
    return page_geometry(settings.page, pages, looks.asked_at, settings.printed)


# ---------------------------------------------------------------- ids, pages, outline


def _ids(book: Book) -> frozenset[str]:
    """Give all ids that a link may lead to."""
    divisions = [leaf.division for leaf in leaves(book)]
    return frozenset(id_ for division in divisions for id_ in (division.id, *inner_ids(division)))


def _first_of_body(book: Book, starts: dict[str, int]) -> int:
    """Say on which page the story begins."""
    return next((starts[division.id] for division in book.body if division.id in starts), 0)


def _marks(book: Book, starts: dict[str, int]) -> list[Mark]:
    """Make the outline: every heading, with its page."""
    return [
        Mark(entry.text, starts[entry.id], int(entry.kind.endswith("-in-part")))
        for entry in headings(book)
        if entry.id in starts
    ]


# ---------------------------------------------------------------- findings


def _is_told(finding: Finding, *, lacking: bool) -> bool:
    """Whether what WeasyPrint says was told already, with the place in the manuscript."""
    return _NO_ALT in finding.message or (lacking and _NO_GLYPH in finding.message)


def _foreign_fonts(printed: Printed, stock: Stock, asked_at: Place) -> Iterator[Finding]:
    """Tell of fonts of this machine in the book: on another it would look otherwise, and break lines and pages elsewhere."""
    family = stock.family
    sheets = "".join(sheet.text for sheet in stock.all_sheets).casefold()
    foreign = {name for name in printed.families if name.casefold() not in sheets} - {family.css_name}
    if foreign:
        hint = "give a font that has all that the book needs, or have the style sheet ask for nothing else"
        names = ", ".join(sorted(foreign))
        yield warning(
            f"what {family.name} lacks is set in fonts of this machine: {names}", asked_at, hint=hint
        )


def _narrow_gutter(
    geometry: PageGeometry, pages: int, settings: Settings, asked_at: Place
) -> Iterator[Finding]:
    """Tell of an inside margin that is still too narrow: the second layout may run to more pages than the first."""
    least = required_inside(pages, settings.printed)
    if geometry.inside < least:
        hint = "make the inside margin wider"
        yield warning(
            f"a book of {pages} pages needs an inside margin of {least / 72}in", asked_at, hint=hint
        )
