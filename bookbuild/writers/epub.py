"""Book → EPUB 3.3, that Kindle, Kobo, Apple Books and older readers take as well."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lxml import etree

from bookbuild.config.keys import Edition
from bookbuild.config.values import Format
from bookbuild.config.wording import Wording
from bookbuild.errors import BookError, error
from bookbuild.tree import Block, Book, Division, GatheredNote, Section, TitleLine
from bookbuild.writers.addresses import Addresses
from bookbuild.writers.bound_spaces import SCREEN, with_bound_spaces
from bookbuild.writers.cover import Cover
from bookbuild.writers.epub_claims import claims
from bookbuild.writers.epub_metadata import full_title, metadata, one_line
from bookbuild.writers.epub_navigation import (
    COVER_PAGE,
    NAV_PAGE,
    Entry,
    Landmark,
    Page,
    addresses,
    contents_section,
    divisions,
    entries,
    file_name,
    landmarks,
    printed_pages,
)
from bookbuild.writers.epub_package import Package, pack
from bookbuild.writers.epub_pages import Look, NavPlace, cover_page, division_page, nav_page, ncx
from bookbuild.writers.imprint import direction, modified
from bookbuild.writers.kepub import page_to_kepub
from bookbuild.writers.pictures import NO_PICTURES, Pictures
from bookbuild.writers.written import BookFile, Written
from bookbuild.writers.xhtml.blocks import blocks_to_xhtml
from bookbuild.writers.xhtml.divisions import division_to_xhtml, heading_text
from bookbuild.writers.xhtml.inlines import page_breaks_parted

CSS = "text/css"
OWN_SHEET = "style-2.css"
"""The author's own style sheet in the book; the style's own comes before it."""


@dataclass(frozen=True, slots=True)
class Enclosed:
    """What goes into an EPUB besides its text, its cover and its looks."""

    fonts: Sequence[BookFile] = ()  # from `embed`, their sheet first; none as a rule
    pictures: Pictures = NO_PICTURES  # from `read_pictures`

    @property
    def addresses(self) -> dict[str, str]:
        """Give the address of every picture."""
        return {path: file.name for path, file in self.pictures.files.items()}


_NOTHING = Enclosed()


def write_epub(  # noqa: PLR0913 (each is a part of the file)
    book: Book,
    edition: Edition,
    cover: Cover,
    css: Sequence[str],
    enclosed: Enclosed = _NOTHING,
    *,
    printed: str = "",
) -> Written:
    """Write a book as an EPUB, or as Kobo's own kind of it.

    Args:
        book: the tree, with the edition's choices applied.
        edition: whose settings give the metadata.
        cover: from `read_cover` or `draw_cover`.
        css: the style's sheet, then the author's own, laid over it.
        enclosed: what else goes into it.
        printed: the name of the print edition whose pages are marked in the book, for its metadata.

    """
    settings = edition.settings
    book = with_bound_spaces(book, settings.language, SCREEN)
    title = full_title(settings)
    own = [BookFile(f"style-{number}.css", CSS, sheet.encode()) for number, sheet in enumerate(css, 1)]
    files = (*enclosed.fonts, *own, *enclosed.pictures.files.values())
    sheets = tuple(file.name for file in files if file.media_type == CSS)
    look = Look(settings.language, direction(settings.language), sheets)
    known = Addresses(addresses(book) | enclosed.addresses)
    ways = _Ways.into(book, title, settings.said)
    pages = [
        (COVER_PAGE, cover_page(look, cover.name, f"{title} — {settings.author_line}")),
        *_pages(book, look, title, ways, known),
    ]
    authors = [person.name for person in settings.authors]
    finish = page_to_kepub if edition.format is Format.KEPUB else bytes
    package = Package(
        language=settings.language,
        direction=look.direction,
        modified=modified(settings),
        metadata=metadata(book, settings, claims(book, css), printed=printed if ways.printed else ""),
        pages=[(name, finish(_checked(name, content))) for name, content in pages],
        spine=[name for name, _ in pages if name != NAV_PAGE or contents_section(book)],
        landmarks=ways.landmarks,
        ncx=ncx(look, one_line(settings.unique_identifier), title, authors, ways.contents, ways.printed),
        files=files,
        cover=cover,
        has_fonts=bool(enclosed.fonts),
    )
    return Written(pack(package), (*enclosed.pictures.findings, *known.lost()))


@dataclass(frozen=True, slots=True)
class _Ways:
    """The ways into the book, which the navigation document and the NCX have both."""

    heading: str  # of the contents, where the book has no page for them
    contents: tuple[Entry, ...]
    landmarks: tuple[Landmark, ...]
    printed: tuple[Page, ...]

    @classmethod
    def into(cls, book: Book, title: str, said: Wording) -> "_Ways":
        contents = entries(book, title)
        lines = sum(1 + len(entry.children) for entry in contents)
        return cls(
            said.contents, contents, landmarks(book, title, contents, said), printed_pages(book, lines + 1)
        )


def _pages(book: Book, look: Look, title: str, ways: _Ways, known: Addresses) -> Iterator[tuple[str, bytes]]:
    """Make each division's page, in reading order; the navigation comes where the contents stand, or else last."""
    listed, marks, printed = ways.contents, ways.landmarks, ways.printed
    contents = contents_section(book)
    for matter, division in divisions(book):
        if contents is not None and division is contents:
            heading = one_line(heading_text(contents)) or ways.heading
            page_break, _ = page_breaks_parted(contents.heading)
            place = NavPlace(heading, matter, contents.id, _rest(contents, known), page_break)
            yield NAV_PAGE, nav_page(look, place, listed, marks, printed)
        else:
            markup = division_to_xhtml(division, known.href)
            yield file_name(book, division), division_page(look, _page_title(division, title), matter, markup)
    if not contents:
        yield NAV_PAGE, nav_page(look, NavPlace(ways.heading), listed, marks, printed)


def _page_title(division: Division, title: str) -> str:
    return one_line(heading_text(division)) or title


def _rest(contents: Section, known: Addresses) -> str:
    """Turn what the contents have besides their entries into markup."""
    blocks: list[Block] = [
        item for item in contents.content if not isinstance(item, TitleLine | GatheredNote)
    ]
    return blocks_to_xhtml(blocks, known.href)


def _checked(name: str, page: bytes) -> bytes:
    """See that a page is well-formed: readers show nothing of one that is not."""
    try:
        etree.fromstring(page, etree.XMLParser(resolve_entities=False, huge_tree=True))
    except etree.XMLSyntaxError as fault:
        hint = "this is a fault of bookbuild: please report it, with the chapter"
        raise BookError(error(f"the page {name} is not well-formed: {fault}", hint=hint)) from fault
    return page
