"""A finished EPUB, opened for the browser: its pages in reading order, their text, its cover."""

import hashlib
import posixpath
import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from urllib.parse import unquote

import nh3
from lxml import etree
from PIL import Image

from bookbuild.readback import element_words

_NAMESPACES = {
    "c": "urn:oasis:names:tc:opendocument:xmlns:container",
    "o": "http://www.idpf.org/2007/opf",
    "h": "http://www.w3.org/1999/xhtml",
}
_TYPE = "{http://www.idpf.org/2007/ops}type"
_PAGE = "application/xhtml+xml"
_SERVED = re.compile(
    r"image/(jpeg|png|gif|webp|svg\+xml)|text/css|font/\w+|application/(font-woff|vnd\.ms-opentype)"
)
"""The kinds of files that a page may need."""


@dataclass(frozen=True, slots=True)
class ChapterText:
    """A chapter, as far as one version differs from the next in it."""

    title: str
    words: int
    mark: str  # a hash of its words


@dataclass(frozen=True, slots=True)
class EpubPage:
    """A page of the EPUB, made fit for any browser: `markup` has nothing in it that could run or load from elsewhere."""

    name: str
    title: str
    markup: str
    sheets: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Opened:
    """What the package document says, and what the pages hold."""

    path: Path
    root: str  # the folder in the archive that names are relative to
    kinds: Mapping[str, str]  # media types by name, of all that may be served
    titles: Mapping[str, str]  # of pages, as the contents have them
    order: tuple[str, ...]  # the pages in reading order, without the cover's
    contents: str  # the page of the contents
    cover: str  # the name of the picture; empty where there is none
    chapters: tuple[ChapterText, ...]

    def read(self, name: str) -> bytes:
        """Read a file of it.

        Raises:
            KeyError: it has no such file.

        """
        with zipfile.ZipFile(self.path) as archive:
            return archive.read(posixpath.join(self.root, name))

    def page(self, name: str) -> EpubPage:
        """Give a page.

        Raises:
            KeyError: it has no such page.

        """
        root = _parsed(self.read(name))
        title = self.titles.get(name) or root.findtext("h:head/h:title", "", _NAMESPACES)
        links = root.iterfind("h:head/h:link[@rel='stylesheet']", _NAMESPACES)
        return EpubPage(
            name, title, _markup(root.find("h:body", _NAMESPACES)), tuple(link.get("href") for link in links)
        )

    def thumbnail(self) -> bytes:
        """Make the cover small enough for a list, as JPEG."""
        with Image.open(BytesIO(self.read(self.cover))) as picture:
            small = picture.convert("RGB")
        small.thumbnail((_THUMBNAIL, _THUMBNAIL))
        output = BytesIO()
        small.save(output, "JPEG", quality=82, optimize=True)
        return output.getvalue()


_THUMBNAIL = 480  # pixels on the long side: sharp on a phone, and 30 KB


@lru_cache(maxsize=32)
def open_epub(path: Path, changed: int, size: int) -> Opened | None:  # noqa: ARG001 (they tell one state of the file from the next)
    """Open an EPUB; None where it is no EPUB, or gone."""
    try:
        with zipfile.ZipFile(path) as archive:
            container = _parsed(archive.read("META-INF/container.xml"))
            package_path = container.find(".//c:rootfile", _NAMESPACES).get("full-path")
            return _opened(
                path, posixpath.dirname(package_path), _parsed(archive.read(package_path)), archive
            )
    except (OSError, KeyError, AttributeError, ValueError, zipfile.BadZipFile, etree.XMLSyntaxError):
        return None


def _opened(path: Path, root: str, package: etree._Element, archive: zipfile.ZipFile) -> Opened:
    items = {item.get("id"): item for item in package.iterfind("o:manifest/o:item", _NAMESPACES)}
    names = {id_: posixpath.normpath(unquote(item.get("href"))) for id_, item in items.items()}
    kinds = {names[id_]: item.get("media-type") for id_, item in items.items()}
    marked = {word: names[id_] for id_, item in items.items() for word in item.get("properties", "").split()}
    spine = [names[ref.get("idref")] for ref in package.iterfind("o:spine/o:itemref", _NAMESPACES)]
    pages = {
        name: _parsed(archive.read(posixpath.join(root, name))) for name in spine if kinds[name] == _PAGE
    }
    contents = marked.get("nav", "")
    titles = _titles(_parsed(archive.read(posixpath.join(root, contents)))) if contents else {}
    found = [_chapter(page, titles.get(name, "")) for name, page in pages.items() if _is_chapter(page)]
    return Opened(
        path=path,
        root=root,
        kinds={name: kind for name, kind in kinds.items() if kind == _PAGE or _SERVED.fullmatch(kind)},
        titles=titles,
        order=tuple(name for name, page in pages.items() if not _types(page) & {"cover"}),
        contents=contents,
        cover=marked.get("cover-image", ""),
        chapters=tuple(found),
    )


def _parsed(data: bytes) -> etree._Element:
    return etree.fromstring(
        data, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True)
    )


def _titles(contents: etree._Element) -> dict[str, str]:
    """Read what the contents call each page; the first line that leads to it counts."""
    found: dict[str, str] = {}
    for nav in contents.iterfind(".//h:nav", _NAMESPACES):
        if "toc" in nav.get(_TYPE, "").split():
            for link in nav.iterfind(".//h:a", _NAMESPACES):
                name = unquote(link.get("href", "").partition("#")[0])
                found.setdefault(name, " ".join("".join(link.itertext()).split()))
    return found


def _types(page: etree._Element) -> set[str]:
    return {
        word
        for element in page.iterfind("h:body/h:section", _NAMESPACES)
        for word in element.get(_TYPE, "").split()
    }


def _is_chapter(page: etree._Element) -> bool:
    """Say whether this is the story's, and not the title of a part."""
    return page.find("h:body", _NAMESPACES).get(_TYPE) == "bodymatter" and "part" not in _types(page)


def _chapter(page: etree._Element, title: str) -> ChapterText:
    words = [word.text for word in element_words(page.find("h:body", _NAMESPACES))]
    mark = hashlib.blake2b("\n".join(words).encode(), digest_size=12).hexdigest()
    return ChapterText(title, len(words), mark)


# ---------------------------------------------------------------- harmless markup

_TAGS = (nh3.ALLOWED_TAGS | {"section", "main", "address"}) - {"map", "area"}
_ATTRIBUTES = {
    **nh3.ALLOWED_ATTRIBUTES,
    "*": {
        "id",
        "class",
        "lang",
        "dir",
        "title",
        "role",
        "hidden",
        "aria-label",
        "aria-labelledby",
        "aria-hidden",
    },
}


def _markup(body: etree._Element) -> str:
    """Write a page's body as HTML, and let nothing through that could run a script, or is no text of the book."""
    for element in body.iter(etree.Element):
        element.tag = etree.QName(element).localname
    etree.cleanup_namespaces(body)
    html = etree.tostring(body, method="html", encoding="unicode")
    return nh3.clean(html, tags=_TAGS, attributes=_ATTRIBUTES, url_schemes={"http", "https", "mailto"})
