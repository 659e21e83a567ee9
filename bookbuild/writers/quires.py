"""The book in quires: divisions printed each by itself, so that one that did not change need not be printed again.

All that a quire is made of is in its key in the cache: its markup, the style sheets, the fonts, its first folio, the program
itself. Where a style sheet of the author's may count or refer from division to division, the whole book is one quire.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from copy import deepcopy
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple
from xml.etree.ElementTree import Element, tostring

from weasyprint.text.ffi import pango

from bookbuild import __version__
from bookbuild.cache import Cache
from bookbuild.writers.binding import ELSEWHERE, Quire
from bookbuild.writers.composing.left import Left
from bookbuild.writers.printing_press import Copy, Plan, Press, Print
from bookbuild.writers.stock import Stock

_FOLIO = {"folio-decimal": "decimal", "folio-lower-roman": "lower-roman"}
"""Classes of the entries of a contents page, and the counter style of their folios."""
_LENGTH = 4
"""Bytes that say how long the head of a kept quire is."""


class Start(NamedTuple):
    """Where a quire begins."""

    folio: int
    on_verso: bool


class Job(NamedTuple):
    """A quire that is to be printed, and what it is called in the cache."""

    copy: Copy
    key: str


class QuirePrinter:
    """Prints the quires of one book, but for those that were printed before."""

    def __init__(self, root: Element, stock: Stock, cache: Cache, *, is_apart: bool) -> None:
        """Set up a press; where the book `is_apart`, its leaves are printed one by one."""
        self.press = Press(stock)
        self._root = root
        self._cache = cache
        self._is_apart = is_apart
        self._family = stock.family.css_name
        self._base = _digest_of(stock)
        self._ahead: dict[str, Print] = {}  # by key
        self._documents: dict[Element, tuple[Element, bytes]] = {}  # by the first leaf, each with its markup

    def document(self, leaves: Sequence[Element]) -> Element:
        """Make a document of some leaves."""
        return self._plain(leaves)[0]

    def job(self, leaves: Sequence[Element], start: Start, folios: Mapping[str, int] | None = None) -> Job:
        """Say what is to be printed; `folios` are those that a table of contents shows, by id."""
        document, markup = _with_markup(self._document(leaves, folios)) if folios else self._plain(leaves)
        sheet = _start_sheet(start) if self._is_apart else ""
        return Job(Copy(document, sheet, start.on_verso), self._key(markup, sheet.encode()))

    def made(self, job: Job) -> Print | None:
        """Give a quire that was printed before."""
        return self._ahead.get(job.key) or _read(self._cache, job.key)

    def keep(self, job: Job, made: Print) -> Print:
        """Keep a quire that was printed: for the next build too, where nothing was said of it, and no font of this machine is in it."""
        self._ahead[job.key] = made
        if self._is_apart and not made.findings and set(made.families) <= {self._family}:
            _keep(self._cache, job.key, made)
        return made

    def print_quire(self, job: Job) -> Print:
        """Print a quire, or give what was printed before."""
        return self.made(job) or self.keep(job, self.press.print_quire(job.copy))

    def _key(self, *parts: bytes) -> str:
        return hashlib.sha256(b"\0".join([self._base, *parts])).hexdigest()

    def planned(self, leaves: Sequence[Element]) -> Plan | None:
        """Give a plan that was made before."""
        known = self._cache.get(self._key(b"plan", self._plain(leaves)[1]))
        return Plan(*json.loads(known)) if known else None

    def keep_plan(self, leaves: Sequence[Element], plan: Plan) -> Plan:
        """Keep a plan for the next build."""
        self._cache.keep(self._key(b"plan", self._plain(leaves)[1]), json.dumps(plan).encode())
        return plan

    def _plain(self, leaves: Sequence[Element]) -> tuple[Element, bytes]:
        """Give the document of some leaves, as it is before folios are known."""
        if leaves[0] not in self._documents:
            self._documents[leaves[0]] = _with_markup(self._document(leaves, {}))
        return self._documents[leaves[0]]

    def _document(self, leaves: Sequence[Element], folios: Mapping[str, int]) -> Element:
        if not self._is_apart:
            return self._root
        body = body_of(self._root)
        root, made = Element("html", self._root.attrib), Element("body", body.attrib)
        root.extend([*(child for child in self._root if child is not body), made])
        made.extend(deepcopy(leaf) for leaf in leaves)
        inside = {id_ for element in made.iter() if (id_ := element.get("id"))}
        for link in made.iter("a"):
            name = link.get("href", "")
            if name.startswith("#") and name[1:] not in inside:
                link.set("href", ELSEWHERE + name[1:])
        for entry in entries(made):
            name = entry.get("href", "").removeprefix(ELSEWHERE)
            entry.set("style", f"counter-reset: folio {folios.get(name, 0)}")
        return root


def _with_markup(document: Element) -> tuple[Element, bytes]:
    return document, tostring(document)


def body_of(root: Element) -> Element:
    """Find the body of a document."""
    return next(root.iter("body"))


def classes(leaf: Element) -> set[str]:
    """Give the classes of an element."""
    return set(leaf.get("class", "").split())


def entries(leaves: Iterable[Element]) -> list[Element]:
    """Find the entries of a table of contents."""
    return [link for leaf in leaves for link in leaf.iter("a") if classes(link) & _FOLIO.keys()]


def _start_sheet(start: Start) -> str:
    """Say where a quire begins, and how a table of contents shows folios."""
    side = "html { break-before: verso }\n" if start.on_verso else ""
    folios = "".join(
        f'.{name}::after {{ content: leader(". ") counter(folio, {style}) }}\n'
        for name, style in _FOLIO.items()
    )
    return f"@page :first {{ counter-reset: page {start.folio} }}\n{side}{folios}"


# ---------------------------------------------------------------- kept from build to build


def _digest_of(stock: Stock) -> bytes:
    """Give what changes with anything that all quires are made of."""
    digest = hashlib.sha256()
    parts = (
        __version__,
        *map(version, ("weasyprint", "pyphen", "uharfbuzz", "pydyf")),
        str(pango.pango_version()),
        stock.geometry,
        str(stock.is_fine),
    )
    for part in (*parts, *stock.words, *(sheet.text for sheet in stock.all_sheets)):
        digest.update(part.encode() + b"\0")
    code = Path(__file__).parent
    for file in (
        *(face.path for face in stock.family.faces.values()),
        *sorted(code.rglob("*.py")),
        *sorted(code.parent.joinpath("typeset").glob("*.py")),
    ):
        digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.digest()


def _keep(cache: Cache, key: str, made: Print) -> None:
    faces = {name: hashlib.sha256(face).hexdigest() for name, face in made.quire.faces.items()}
    for name, digest in faces.items():
        if cache.get(digest) is None:
            cache.keep(digest, made.quire.faces[name])
    head = json.dumps(
        [made.quire.pages, dict(made.quire.anchors), faces, made.side, made.families, made.left]
    ).encode()
    cache.keep(key, len(head).to_bytes(_LENGTH, "big") + head + made.quire.data)


def _read(cache: Cache, key: str) -> Print | None:
    data = cache.get(key)
    if data is None:
        return None
    end = _LENGTH + int.from_bytes(data[:_LENGTH], "big")
    pages, anchors, digests, side, families, left = json.loads(data[_LENGTH:end])
    faces = {name: cache.get(digest) for name, digest in digests.items()}
    known = {name: face for name, face in faces.items() if face is not None}
    if len(known) < len(faces):
        return None
    return Print(
        Quire(data[end:], pages, anchors, known), side, tuple(families), (), tuple(Left(*one) for one in left)
    )
