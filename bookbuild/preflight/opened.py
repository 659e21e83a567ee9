"""An EPUB, opened once: its package, its pages, its style sheets and its pictures, for every objection to look at."""

import warnings
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from PIL import Image

from bookbuild.errors import BookError, Place
from bookbuild.preflight.archive import Archive, open_archive
from bookbuild.preflight.hiding import hiding_selectors
from bookbuild.preflight.markup import Element, MarkupError, elements, parse
from bookbuild.preflight.package import XHTML_TYPE, Item, Package, read_package
from bookbuild.stylesheets import Sheet, read_sheet, read_style_attribute

XML_LIMIT = 120_000_000  # bytes of pages that are held at once; a million words have 8 million


@dataclass(frozen=True, slots=True)
class Page:
    """A page of XHTML."""

    path: str
    data: bytes
    top: Element
    is_nav: bool


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture, by its head alone: no pixel of it is decoded."""

    item: Item
    size: int  # bytes
    kind: str  # JPEG, PNG, GIF …; empty for one that cannot be read
    pixels: tuple[int, int]  # width, height
    mode: str  # Pillow's: RGB, CMYK …
    is_transparent: bool


@dataclass(frozen=True, slots=True)
class Opened:
    """All that is in an EPUB, as far as it could be read; `faults` say what could not, and where."""

    archive: Archive
    package: Package
    pages: tuple[Page, ...]  # in reading order, then those that are not read
    ncx: Element | None
    sheets: tuple[Sheet, ...]
    pictures: tuple[Picture, ...]
    faults: tuple[tuple[str, Place], ...]

    @property
    def by_path(self) -> Mapping[str, Page]:
        """The pages by their path."""
        return {page.path: page for page in self.pages}

    @property
    def nav(self) -> Page | None:
        """The navigation document."""
        return next((page for page in self.pages if page.is_nav), None)

    @property
    def cover(self) -> Picture | None:
        """The cover picture."""
        item = self.package.cover
        return next((picture for picture in self.pictures if picture.item is item), None)

    @property
    def hidden(self) -> tuple[str, ...]:
        """The selectors of what is not shown."""
        return hiding_selectors(self.sheets)


def open_epub(data: bytes | Path, name: str) -> Opened:
    """Open an EPUB, from its bytes or its file; `name` is what messages call it.

    Raises:
        RequestError: there is no such file.
        BookError: it is no EPUB, or one that is made to do harm.

    """
    archive = open_archive(data, name)
    package = read_package(archive)
    reader = _Reader(archive)
    pages = tuple(reader.pages(package))
    ncx = reader.ncx(package)
    sheets = (*reader.sheets(package), *_sheets_in(pages))
    pictures = tuple(reader.pictures(package))
    return Opened(archive, package, pages, ncx, sheets, pictures, tuple(reader.faults))


class _Reader:
    """Reads what the manifest lists, and collects what cannot be read."""

    def __init__(self, archive: Archive) -> None:
        self.archive = archive
        self.faults: list[tuple[str, Place]] = []
        self.left = XML_LIMIT

    def pages(self, package: Package) -> Iterator[Page]:
        read = [item for item, _ in package.spine]
        for item in dict.fromkeys((*read, *package.items)):
            data = self.read(item.path) if item.media_type == XHTML_TYPE else None
            top = None if data is None else self.parse(data, item.path)
            if top is not None:
                yield Page(item.path, data or b"", top, item is package.nav)

    def ncx(self, package: Package) -> Element | None:
        data = self.read(package.ncx.path) if package.ncx else None
        return None if data is None or not package.ncx else self.parse(data, package.ncx.path)

    def sheets(self, package: Package) -> Iterator[Sheet]:
        for item in package.items:
            data = self.read(item.path) if item.media_type == "text/css" else None
            if data:
                yield read_sheet(data.decode("utf-8-sig", "replace"), item.path)

    def pictures(self, package: Package) -> Iterator[Picture]:
        for item in package.items:
            data = self.read(item.path) if item.is_picture else None
            if data is not None:
                yield _picture(item, data)

    def read(self, path: str) -> bytes | None:
        """Read a file; None for one that is missing, which is another objection's, or cannot be read."""
        if not self.archive.has(path):
            return None
        try:
            return self.archive.read(path)
        except BookError as fault:
            self.faults += [(finding.message, Place(path)) for finding in fault.findings]
            return None

    def parse(self, data: bytes, path: str) -> Element | None:
        self.left -= len(data)
        if self.left < 0:
            told = f"the book has more than {XML_LIMIT:,} bytes of pages: this one is not looked into"
            self.faults.append((told, Place(path)))
            return None
        try:
            return parse(data, path)
        except MarkupError as fault:
            self.faults.append((f"not well-formed: {fault}", fault.place))
            return None


def _sheets_in(pages: Iterable[Page]) -> Iterator[Sheet]:
    """Read the CSS that stands in pages."""
    for page in pages:
        for style in elements(page.top, "style"):
            yield read_sheet(style.text or "", page.path, style.sourceline or 1)
        for element in page.top.xpath("//*[@style]"):
            yield read_style_attribute(element.get("style"), page.path, element.sourceline or 1)


def _picture(item: Item, data: bytes) -> Picture:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # nothing is decoded
            with Image.open(BytesIO(data)) as picture:
                transparent = picture.has_transparency_data
                return Picture(item, len(data), picture.format or "", picture.size, picture.mode, transparent)
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        return Picture(item, len(data), "", (0, 0), "", is_transparent=False)
