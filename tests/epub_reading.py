"""Writes a book as an EPUB and looks into it, for the tests of the EPUB writer."""

import typing
import zipfile
from functools import lru_cache
from io import BytesIO
from pathlib import Path

from lxml import etree
from PIL import Image

from bookbuild.config.keys import Edition
from bookbuild.tree import Book
from bookbuild.writers.cover import Cover, to_jpeg
from bookbuild.writers.epub import Enclosed, write_epub
from bookbuild.writers.written import Written
from tests.tree_samples import PICTURES, WHOLE_BOOK, sample_edition

CSS = (Path(__file__).parent.parent / "styles" / "classic" / "epub.css").read_text(encoding="utf-8")
COVER = Cover(to_jpeg(Image.new("RGB", (625, 1000), "navy")), "image/jpeg", (625, 1000))
NAMES = {
    "h": "http://www.w3.org/1999/xhtml",
    "ops": "http://www.idpf.org/2007/ops",
    "opf": "http://www.idpf.org/2007/opf",
    "dc": "http://purl.org/dc/elements/1.1/",
    "ncx": "http://www.daisy.org/z3986/2005/ncx/",
}
HOSTILE = "Tea & <Sympathy> \"'“”\x0b\x1f ]]> &amp; 🚀"


def write(book: Book = WHOLE_BOOK, edition: Edition | None = None, *own_css: str) -> Written:
    return write_epub(
        book,
        edition or sample_edition(),
        COVER,
        (CSS, *own_css),
        Enclosed(pictures=PICTURES),
        printed="The Ledger, print edition",
    )


def files(written: Written) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(written.data)) as archive:
        return {name.removeprefix("EPUB/"): archive.read(name) for name in archive.namelist()}


def xpath(data: bytes, path: str) -> list[typing.Any]:
    found = etree.fromstring(data).xpath(path, namespaces=NAMES)
    return list(found)


def values(written: Written, path: str) -> list[str]:
    """Give what stands in the package's metadata."""
    return [str(value) for value in xpath(files(written)["content.opf"], f"//opf:metadata/{path}")]


def refinements(written: Written, id_: str) -> dict[str, str]:
    metas = xpath(files(written)["content.opf"], f"//opf:meta[@refines='#{id_}']")
    return {meta.get("property"): meta.text for meta in metas}


@lru_cache(maxsize=1)
def whole() -> dict[str, bytes]:
    """Give the files of a book of every node; made once, not to be changed."""
    return files(write())
