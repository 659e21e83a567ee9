"""The book in quires: divisions printed each by itself, so that one that did not change need not be printed again.

All that a quire is made of is in its key in the cache: its markup, the style sheets, the fonts, its first folio, the program
itself. Where a style sheet of the author's may count or refer from division to division, the whole book is one quire.
"""

import hashlib
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple
from xml.etree.ElementTree import Element, tostring

from bookbuild import __version__
from bookbuild.cache import Cache
from bookbuild.errors import Finding
from bookbuild.writers.binding import ELSEWHERE, Quire, bind
from bookbuild.writers.composing.compositor import Compositor
from bookbuild.writers.fonts import Family
from bookbuild.writers.page_geometry import PageGeometry
from bookbuild.writers.weasyprint_layout import Layout, Layouter, read_html
from bookbuild.writers.weasyprint_log import Sheet

_REACHES_OUT = re.compile(
    r"counter|target-|string|footnote|:first\b|:nth|@import|url\(|\bpages\b", re.IGNORECASE
)
"""What in an author's style sheet may look beyond a division, or into a file that may change."""
_BODY = {"page-start", "page-part-start"}
"""Classes of the leaf with which folios begin anew."""
_FOLIO = {"folio-decimal": "decimal", "folio-lower-roman": "lower-roman"}
"""Classes of the entries of a contents page, and the counter style of their folios."""
_LENGTH = 4
"""Bytes that say how long the head of a kept quire is."""


@dataclass(frozen=True, slots=True)
class Stock:
    """What a book is printed with."""

    sheets: tuple[Sheet, ...]  # the style's, then the author's own
    own_sheets: int  # how many of these are the author's
    geometry: str
    folders: tuple[Path, ...]
    family: Family
    words: tuple[str, ...]  # that are not parted
    page: PageGeometry
    is_fine: bool
    cache: Cache


@dataclass(frozen=True, slots=True)
class Printed:
    """A book on pages."""

    data: bytes
    pages: int
    starts: Mapping[str, int]  # id → page, from 0
    findings: tuple[Finding, ...]
    families: frozenset[str]  # the fonts it is set in


class _Kept(NamedTuple):
    """A quire, and what is known of it."""

    quire: Quire
    side: str  # it wants to begin on: recto, verso, or page for either
    families: tuple[str, ...]
    findings: tuple[Finding, ...]


def print_book(html: str, stock: Stock) -> Printed:
    """Print a book.

    Raises:
        BookError: a style sheet asks for something that it may not have.

    """
    root = read_html(html)
    leaves = list(_body(root))
    own = stock.sheets[len(stock.sheets) - stock.own_sheets :]
    is_apart = not any(_REACHES_OUT.search(sheet.text) for sheet in own)
    printer = _Printer(root, stock, is_apart=is_apart)
    return printer.book([[leaf] for leaf in leaves] if is_apart else [leaves])


def _body(root: Element) -> Element:
    return next(root.iter("body"))


class _Printer:
    def __init__(self, root: Element, stock: Stock, *, is_apart: bool) -> None:
        self._root = root
        self._stock = stock
        self._is_apart = is_apart
        self._layouter = Layouter(stock.sheets, stock.geometry, stock.folders)
        self._compositor = Compositor(stock.family, stock.words, stock.page)
        self._base = _digest_of(stock)
        self._sides: dict[str, str] = {}  # class of a leaf → the side that it wants
        self._kept: list[_Kept] = []
        self._blanks: list[int] = []
        self._folios: dict[str, int] = {}  # id → the folio of its page

    def book(self, groups: Sequence[Sequence[Element]]) -> Printed:
        """Print all quires, those with a table of contents again when all folios are known, and bind them."""
        at, folio = 0, 1
        starts: dict[str, int] = {}
        contents: list[tuple[int, Sequence[Element], int, int]] = []
        for number, leaves in enumerate(groups):
            if _classes(leaves[0]) & _BODY:
                folio = 1
            blank, kept = self._placed(leaves, at, folio)
            at, folio = at + blank, folio + (0 if _classes(leaves[0]) & _BODY else blank)
            if self._is_apart and _entries(leaves):
                contents.append((number, leaves, at, folio))
            for id_, page in kept.quire.anchors.items():
                starts.setdefault(id_, at + page)
                self._folios.setdefault(id_, folio + page)
            at, folio = at + kept.quire.pages, folio + kept.quire.pages
            self._kept.append(kept)
            self._blanks.append(blank)
        for number, leaves, page, first in contents:
            self._kept[number] = self._made(leaves, first, on_verso=page % 2 == 1, has_folios=True)
        findings = (*self._layouter.findings, *(finding for kept in self._kept for finding in kept.findings))
        return Printed(
            bind([kept.quire for kept in self._kept], self._blanks),
            at,
            starts,
            tuple(dict.fromkeys(findings)),
            frozenset(family for kept in self._kept for family in kept.families),
        )

    def _placed(self, leaves: Sequence[Element], at: int, folio: int) -> tuple[int, _Kept]:
        """Print some leaves on the side that they want; gives the blank pages before them as well."""
        name = leaves[0].get("class", "")
        side = self._sides.get(name, "recto")
        while True:
            blank = int((side == "recto" and at % 2 == 1) or (side == "verso" and at % 2 == 0))
            first = folio + (0 if _classes(leaves[0]) & _BODY else blank)
            kept = self._made(leaves, first, on_verso=(at + blank) % 2 == 1)
            if kept.side == side:
                return blank, kept
            side = self._sides[name] = kept.side

    def _made(
        self, leaves: Sequence[Element], folio: int, *, on_verso: bool, has_folios: bool = False
    ) -> _Kept:
        root = self._document(leaves, has_folios=has_folios)
        sheet = _start_sheet(folio, on_verso=on_verso) if self._is_apart else ""
        key = hashlib.sha256(b"\0".join([self._base, tostring(root), sheet.encode()])).hexdigest()
        cache = self._stock.cache
        known = _read(cache, key)
        if known:
            return known
        kept = self._printed(root, sheet)
        if self._is_apart and not kept.findings and set(kept.families) <= {self._stock.family.css_name}:
            _keep(cache, key, kept)
        return kept

    def _document(self, leaves: Sequence[Element], *, has_folios: bool) -> Element:
        """Make a document of some leaves."""
        if not self._is_apart:
            return self._root
        body = _body(self._root)
        root, made = Element("html", self._root.attrib), Element("body", body.attrib)
        root.extend([*(child for child in self._root if child is not body), made])
        made.extend(deepcopy(leaf) for leaf in leaves)
        inside = {id_ for element in made.iter() if (id_ := element.get("id"))}
        for link in made.iter("a"):
            name = link.get("href", "")
            if name.startswith("#") and name[1:] not in inside:
                link.set("href", ELSEWHERE + name[1:])
        for entry, _ in _entries(made):
            name = entry.get("href", "").removeprefix(ELSEWHERE)
            entry.set("style", f"counter-reset: folio {self._folios.get(name, 0) if has_folios else 0}")
        return root

    def _printed(self, root: Element, sheet: str) -> _Kept:

        def lay_out(document: Element, more: str) -> Layout:
            return self._layouter.lay_out(document, sheet + more)

        layout = self._compositor.lay_out(root, lay_out) if self._stock.is_fine else lay_out(root, "")
        data, said = layout.paint()
        quire = Quire(data, layout.pages, layout.anchors(), layout.faces())
        return _Kept(quire, layout.side(), tuple(sorted(layout.font_families())), (*layout.findings, *said))


def _classes(leaf: Element) -> set[str]:
    return set(leaf.get("class", "").split())


def _entries(leaves: Iterable[Element]) -> list[tuple[Element, str]]:
    """Find the entries of a table of contents, and the style of their folios."""
    links = (link for leaf in leaves for link in leaf.iter("a"))
    return [(link, style) for link in links for name, style in _FOLIO.items() if name in _classes(link)]


def _start_sheet(folio: int, *, on_verso: bool) -> str:
    """Say where a quire begins, and what the folios of a table of contents are."""
    side = "html { break-before: verso }\n" if on_verso else ""
    folios = "".join(
        f'.{name}::after {{ content: leader(". ") counter(folio, {style}) }}\n'
        for name, style in _FOLIO.items()
    )
    return f"@page :first {{ counter-reset: page {folio} }}\n{side}{folios}"


# ---------------------------------------------------------------- kept from build to build


def _digest_of(stock: Stock) -> bytes:
    """Give what changes with anything that all quires are made of."""
    digest = hashlib.sha256()
    parts = (
        __version__,
        *map(version, ("weasyprint", "pyphen", "uharfbuzz", "pydyf")),
        stock.geometry,
        str(stock.is_fine),
    )
    for part in (*parts, *stock.words, *(sheet.text for sheet in stock.sheets)):
        digest.update(part.encode() + b"\0")
    code = Path(__file__).parent
    for file in (
        *(face.path for face in stock.family.faces.values()),
        *sorted(code.rglob("*.py")),
        *sorted(code.parent.joinpath("typeset").glob("*.py")),
    ):
        digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.digest()


def _keep(cache: Cache, key: str, kept: _Kept) -> None:
    faces = {name: hashlib.sha256(face).hexdigest() for name, face in kept.quire.faces.items()}
    for name, digest in faces.items():
        if cache.get(digest) is None:
            cache.keep(digest, kept.quire.faces[name])
    head = json.dumps([kept.quire.pages, dict(kept.quire.anchors), faces, kept.side, kept.families]).encode()
    cache.keep(key, len(head).to_bytes(_LENGTH, "big") + head + kept.quire.data)


def _read(cache: Cache, key: str) -> _Kept | None:
    data = cache.get(key)
    if data is None:
        return None
    end = _LENGTH + int.from_bytes(data[:_LENGTH], "big")
    pages, anchors, digests, side, families = json.loads(data[_LENGTH:end])
    faces = {name: cache.get(digest) for name, digest in digests.items()}
    known = {name: face for name, face in faces.items() if face is not None}
    if len(known) < len(faces):
        return None
    return _Kept(Quire(data[end:], pages, anchors, known), side, tuple(families), ())
