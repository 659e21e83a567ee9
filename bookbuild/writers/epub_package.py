"""Packs an EPUB with ebooklib: container, manifest, spine and guide are its work, the bytes of every page are ours.

ebooklib 0.20 parses what it is given and writes it anew, and puts spaces between words, loses text and breaks SVG as it does.
It is subclassed at its seams, so that it does not.
"""

import datetime as dt
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from ebooklib import epub

from bookbuild.writers.cover import Cover
from bookbuild.writers.epub_metadata import IDENTIFIER_ID, Meta, one_line
from bookbuild.writers.epub_navigation import NAV_PAGE, NCX, Landmark
from bookbuild.writers.written import BookFile

_DC = "http://purl.org/dc/elements/1.1/"
_IBOOKS = "http://vocabulary.itunes.apple.com/rdf/ibooks/vocabulary-extensions-1.0/"
_XML = "http://www.w3.org/XML/1998/namespace"


@dataclass(frozen=True, slots=True)
class Package:
    """All that goes into an EPUB, ready made. Files are (name, bytes); a file's name is its id in the manifest too."""

    language: str
    direction: str
    modified: dt.datetime
    metadata: Sequence[Meta]
    pages: Sequence[tuple[str, bytes]]  # in the manifest; the navigation document among them
    spine: Sequence[str]
    landmarks: Sequence[Landmark]
    ncx: bytes
    files: Sequence[BookFile]  # what pages ask for: style sheets, fonts, pictures
    cover: Cover
    has_fonts: bool


def pack(package: Package) -> bytes:
    """Make the EPUB file."""
    book = _book(package)
    output = BytesIO()
    options = {
        "mtime": package.modified,
        "epub3_pages": False,
        "epub3_landmark": False,
        "raise_exceptions": True,
    }
    _Writer(output, book, options, package).write()
    return output.getvalue()


def _book(package: Package) -> epub.EpubBook:
    book = epub.EpubBook()
    book.metadata = {}  # a random identifier, and ebooklib's name
    book.IDENTIFIER_ID = IDENTIFIER_ID
    book.language = package.language
    book.direction = package.direction if package.direction == "rtl" else None
    for meta in package.metadata:
        namespace = None if meta.name == "meta" else "DC"
        attributes = {name.replace("xml:", f"{{{_XML}}}"): value for name, value in meta.attributes.items()}
        book.add_metadata(namespace, meta.name, one_line(meta.text), attributes)
    if package.has_fonts:  # Apple Books ignores fonts without it (Asset Guide 5.3)
        book.add_metadata(None, "meta", "true", {"property": "ibooks:specified-fonts"})
    book.add_metadata(None, "meta", "", {"name": "cover", "content": package.cover.name})
    for name, content in package.pages:
        page = epub.EpubNav if name == NAV_PAGE else _Page
        book.add_item(page(uid=name, file_name=name)).content = content
    cover = epub.EpubCover(uid=package.cover.name, file_name=package.cover.name)
    cover.media_type, cover.content = package.cover.media_type, package.cover.data
    book.add_item(cover)
    for file in package.files:
        book.add_item(
            epub.EpubItem(uid=file.name, file_name=file.name, media_type=file.media_type, content=file.data)
        )
    book.add_item(epub.EpubNcx(uid=NCX, file_name=NCX))
    book.spine = list(package.spine)
    book.guide = [
        {"type": landmark.guide_type, "title": one_line(landmark.label), "href": landmark.href}
        for landmark in package.landmarks
    ]
    return book


class _Page(epub.EpubHtml):  # type: ignore[misc]  # ebooklib has no types
    """A page whose bytes go into the book as they are."""

    def __init__(self, uid: str, file_name: str) -> None:
        super().__init__(uid, file_name, "application/xhtml+xml")

    def get_content(self, default: bytes | None = None) -> Any:  # noqa: ARG002 (ebooklib's signature)
        return self.content


class _Writer(epub.EpubWriter):  # type: ignore[misc]  # ebooklib has no types
    """ebooklib's writer, with our navigation, a package that knows its language, and a zip without a clock."""

    def __init__(
        self, output: BytesIO, book: epub.EpubBook, options: dict[str, Any], package: Package
    ) -> None:
        super().__init__(output, book, options)
        self.package = package

    def write(self) -> None:
        with _ClocklessZip(self.file_name, self.package.modified) as self.out:
            self.out.writestr("mimetype", "application/epub+zip")
            self._write_container()
            self._write_opf()
            self._write_items()

    def _get_nav(self, item: epub.EpubNav) -> Any:
        return item.content

    def _get_ncx(self) -> bytes:
        return self.package.ncx

    def _write_opf_metadata(self, root: Any) -> None:
        super()._write_opf_metadata(root)
        metadata = root.find("metadata")
        metadata[:] = sorted(metadata, key=lambda child: not child.tag.startswith(f"{{{_DC}}}"))

    def _write_opf_spine(self, root: Any, ncx_id: Any) -> None:
        """Name every page's place in the spine, so that a reader's place in it (EPUB CFI 1.1) holds when pages come before it."""
        super()._write_opf_spine(root, ncx_id)
        for page in root.iterfind("spine/itemref"):
            page.set("id", f"page-{page.get('idref')}")

    def _write_opf_file(self, root: Any) -> None:
        del root.attrib["prefix"]  # all but one that we use are reserved (EPUB 3.3, section 5.4.3)
        if self.package.has_fonts:
            root.set("prefix", f"ibooks: {_IBOOKS}")
        root.set(f"{{{_XML}}}lang", self.package.language)
        root.set("dir", self.package.direction)
        super()._write_opf_file(root)


class _ClocklessZip(zipfile.ZipFile):
    """A zip whose entries are all of one time, one system and one mode: the same files give the same bytes."""

    def __init__(self, output: BytesIO, modified: dt.datetime) -> None:
        super().__init__(output, "w")
        self.year_to_second = max(modified, dt.datetime(1980, 1, 1, tzinfo=dt.UTC)).timetuple()[:6]

    def writestr(self, name: Any, data: Any, compress_type: Any = None, compresslevel: Any = None) -> None:  # noqa: ARG002
        stored = name == "mimetype" or name.endswith(
            (".jpg", ".png")
        )  # OCF 3.3, section 4.2.2: mimetype is stored
        entry = zipfile.ZipInfo(name, self.year_to_second)
        entry.create_system = 3
        entry.external_attr = 0o100644 << 16
        super().writestr(entry, data, zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED, 9)
