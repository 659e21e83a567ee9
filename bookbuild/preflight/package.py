"""The package document: what an EPUB says of itself, which files it has, and in which order they are read."""

import posixpath
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from bookbuild.errors import BookError, Place, error
from bookbuild.preflight.archive import Archive
from bookbuild.preflight.markup import Element, MarkupError, parse, text_of

_CONTAINER = "META-INF/container.xml"
_NAMES = {
    "c": "urn:oasis:names:tc:opendocument:xmlns:container",
    "o": "http://www.idpf.org/2007/opf",
    "dc": "http://purl.org/dc/elements/1.1/",
}
XHTML_TYPE = "application/xhtml+xml"
NCX_TYPE = "application/x-dtbncx+xml"


@dataclass(frozen=True, slots=True)
class Item:
    """A file that the manifest lists."""

    id: str
    path: str  # in the EPUB; empty for one that lies elsewhere
    media_type: str
    properties: tuple[str, ...]
    line: int

    @property
    def is_picture(self) -> bool:
        """Whether it is a picture made of pixels."""
        return self.media_type.startswith("image/") and "svg" not in self.media_type


@dataclass(frozen=True, slots=True)
class Package:
    """The package document, read."""

    path: str
    top: Element
    items: tuple[Item, ...]
    spine: tuple[tuple[Item, bool], ...]  # in reading order, each with whether it is linear
    ncx: Item | None

    @property
    def is_epub2(self) -> bool:
        """Whether it is of the version before EPUB 3, which has no navigation document."""
        return str(self.top.get("version", "")).startswith("2")

    @property
    def nav(self) -> Item | None:
        """The navigation document."""
        return next((item for item in self.items if "nav" in item.properties), None)

    @property
    def cover(self) -> Item | None:
        """The cover picture, by EPUB 3's property or by EPUB 2's name."""
        named = self.metas("name", "cover")
        id_ = named[0].get("content") if named else None
        by_property = (item for item in self.items if "cover-image" in item.properties)
        by_name = (item for item in self.items if item.id == id_)
        return next(by_property, next(by_name, None))

    @property
    def identifier(self) -> str:
        """The identifier that readers file the book under."""
        id_ = self.top.get("unique-identifier")
        return next((text_of(one) for one in self.dc("identifier") if id_ and one.get("id") == id_), "")

    def dc(self, name: str) -> list[Element]:
        """Give the elements of one name of Dublin Core: `dc("title")`."""
        return list(self.top.iterfind(f".//dc:{name}", _NAMES))

    def metas(self, attribute: str, value: str) -> list[Element]:
        """Give the <meta> elements with an attribute of this value."""
        return [meta for meta in self.top.iterfind(".//o:meta", _NAMES) if meta.get(attribute) == value]


def read_package(archive: Archive) -> Package:
    """Read the package document.

    Raises:
        BookError: the archive has none, or one that cannot be read: it is no EPUB.

    """
    place = Place(archive.name)
    if not archive.has(_CONTAINER):
        hint = "choose a file that ends in .epub, from a program that makes EPUBs"
        raise BookError(error(f"not an EPUB: {_CONTAINER} is missing", place, hint=hint))
    try:
        container = parse(archive.read(_CONTAINER), _CONTAINER)
        root = container.find(".//c:rootfile", _NAMES)
        path = "" if root is None else str(root.get("full-path", ""))
        if not archive.has(path):
            raise BookError(
                error(f"not an EPUB: {_CONTAINER} names no package document that is there", place)
            )
        top = parse(archive.read(path), path)
    except MarkupError as fault:
        raise BookError(
            error(f"{fault.place}: not well-formed: {fault}", place, hint="make the EPUB anew")
        ) from fault
    items = tuple(_items(top, path))
    by_id = {item.id: item for item in items}
    references = [
        (by_id.get(str(one.get("idref"))), one) for one in top.iterfind(".//o:spine/o:itemref", _NAMES)
    ]
    spine = tuple((item, one.get("linear") != "no") for item, one in references if item)
    return Package(path, top, items, spine, _ncx(top, by_id))


def _items(top: Element, package: str) -> Iterator[Item]:
    for item in top.iterfind(".//o:manifest/o:item", _NAMES):
        path, _ = target(package, str(item.get("href", "")))
        properties = tuple(str(item.get("properties", "")).split())
        yield Item(
            str(item.get("id", "")), path, str(item.get("media-type", "")), properties, item.sourceline or 0
        )


def _ncx(top: Element, by_id: Mapping[str, Item]) -> Item | None:
    spine = top.find(".//o:spine", _NAMES)
    named = None if spine is None else by_id.get(str(spine.get("toc")))
    return named or next((item for item in by_id.values() if item.media_type == NCX_TYPE), None)


def target(base: str, href: str) -> tuple[str, str]:
    """Find what a link leads to: a path in the EPUB, empty where it leads out of it, and an id in that file."""
    try:
        address = urlsplit(href.strip())
    except ValueError:
        return "", ""
    if address.scheme or address.netloc:
        return "", ""
    path = unquote(address.path)
    joined = posixpath.normpath(posixpath.join(posixpath.dirname(base), path)) if path else base
    return joined, unquote(address.fragment)
