"""The ways into an EPUB: its navigation document and the NCX before it, which Kindle still reads."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from bookbuild.preflight.hiding import is_hidden
from bookbuild.preflight.markup import XHTML, Element, elements, text_of, types_of
from bookbuild.preflight.objection import (
    ALL,
    APPLE,
    KINDLE,
    KOBO,
    SEND_TO_KINDLE,
    Concern,
    objection,
)
from bookbuild.preflight.opened import Opened
from bookbuild.preflight.package import target

_NCX = "{http://www.daisy.org/z3986/2005/ncx/}"
_KOBO_LEVELS = 3
_KINDLE_LEVELS = 2
_ID = re.compile(r"[A-Za-z_][\w.-]*")


@dataclass(frozen=True, slots=True)
class _Entry:
    """A line of a list of contents."""

    label: str
    href: str
    file: str  # in which the list stands
    line: int
    level: int  # from 1


def _nav_entries(epub: Opened, *types: str) -> Iterator[_Entry]:
    """Give the lines of the lists of these types in the navigation document; of all when none is named."""
    page = epub.nav
    for nav in elements(page.top, "nav") if page else ():
        if not types or set(types) & set(types_of(nav)):
            for link in elements(nav, "a"):
                level = sum(1 for _ in link.iterancestors(f"{XHTML}ol"))
                label = text_of(link) or str(link.get("title", "")) or _alt(link)
                yield _Entry(
                    label, str(link.get("href", "")), page.path if page else "", link.sourceline or 0, level
                )


def _alt(link: Element) -> str:
    return " ".join(str(picture.get("alt", "")) for picture in elements(link, "img")).strip()


def _ncx_entries(epub: Opened) -> Iterator[_Entry]:
    for point in _points(epub):
        label = point.find(f"{_NCX}navLabel")
        content = point.find(f"{_NCX}content")
        yield _Entry(
            "" if label is None else text_of(label),
            "" if content is None else str(content.get("src", "")),
            _ncx_path(epub),
            point.sourceline or 0,
            1 + sum(1 for _ in point.iterancestors(f"{_NCX}navPoint")),
        )


def _points(epub: Opened) -> Iterable[Element]:
    return () if epub.ncx is None else epub.ncx.iter(f"{_NCX}navPoint")


def _ncx_path(epub: Opened) -> str:
    return epub.package.ncx.path if epub.package.ncx else ""


# ---------------------------------------------------------------- objections


@objection(
    KOBO, KINDLE, SEND_TO_KINDLE, refuses=True, remedy="make the EPUB with a table of contents",
    source="EPUB 3.3, May 2023; bookfere.com and leafbind.io on E999, read November 2026; Kobo's EPUB guidelines, August 2025",
    in_files_of=(KOBO, KINDLE),
)  # fmt: skip
def no_contents(epub: Opened) -> Iterator[Concern]:
    """Without a table of contents Send to Kindle refuses the book, and Kobo lists the names of its files."""
    if epub.package.is_epub2:
        if not any(True for _ in _ncx_entries(epub)):
            yield Concern("the book has no NCX, or an empty one", epub.package.path)
    elif not any(True for _ in _nav_entries(epub, "toc")):
        yield Concern(
            "the book has no table of contents (a <nav> of the type toc), or an empty one", epub.package.path
        )


@objection(
    KINDLE, SEND_TO_KINDLE, ALL, refuses=True, remedy="let each entry lead to a page of the book, and to an id that is on it",
    source="MobileRead on Kindle's rejections (post 4233972), read November 2026; EPUB 3.3 (EPUBCheck RSC-007 and RSC-012), May 2023",
    in_files_of=(KOBO, KINDLE),
)  # fmt: skip
def contents_lead_nowhere(epub: Opened) -> Iterator[Concern]:
    """An entry of the contents whose page is missing is the commonest reason for which Kindle turns a book back."""
    ids = {page.path: {str(one) for one in page.top.xpath("//@id")} for page in epub.pages}
    for entry in (*_nav_entries(epub), *_ncx_entries(epub)):
        path, id_ = target(entry.file, entry.href)
        if path not in ids:
            yield Concern(
                f"“{entry.label}” leads to {entry.href!r}, which is no page of the book",
                entry.file,
                entry.line,
            )
        elif id_ and id_ not in ids[path]:
            yield Concern(
                f"“{entry.label}” leads to {entry.href!r}; {path} has no such id", entry.file, entry.line
            )


@objection(
    KINDLE, remedy="show what the contents lead to, or take out the entry",
    source="MobileRead on Kindle's rejections (post 4233972), read November 2026; gutenbergtools/ebookmaker#67, September 2020",
)  # fmt: skip
def contents_lead_to_hidden(epub: Opened) -> Iterator[Concern]:
    """An entry of the contents must lead to something that is seen: Kindle rejects one that leads to hidden text."""
    hidden = epub.hidden
    for entry in (*_nav_entries(epub, "toc"), *_ncx_entries(epub)):
        path, id_ = target(entry.file, entry.href)
        page = epub.by_path.get(path)
        found = page.top.xpath("//*[@id=$id]", id=id_) if page and id_ else ()
        if any(is_hidden(one, hidden) for element in found for one in (element, *element.iterancestors())):
            yield Concern(f"“{entry.label}” leads to hidden text", entry.file, entry.line)


@objection(
    KINDLE, SEND_TO_KINDLE, remedy="list the chapters in the order in which they are read",
    source="EPUB 3.3 (EPUBCheck NAV-011), May 2023; MobileRead on Kindle's rejections (post 4233972), read November 2026",
)  # fmt: skip
def contents_out_of_order(epub: Opened) -> Iterator[Concern]:
    """The contents follow the book: Kindle turns back one whose entries jump back."""
    order = {item.path: number for number, (item, _) in enumerate(epub.package.spine)}
    for listed in (
        list(_nav_entries(epub, "toc")),
        list(_nav_entries(epub, "page-list")),
        list(_ncx_entries(epub)),
    ):
        for before, after in pairwise(listed):
            was, now = (order.get(target(one.file, one.href)[0]) for one in (before, after))
            if was is not None and now is not None and now < was:
                told = f"“{after.label}” comes after “{before.label}”, which stands behind it in the book"
                yield Concern(told, after.file, after.line)


@objection(
    ALL, refuses=True, remedy="give each entry a name",
    source="EPUB 3.3, May 2023; ebooklib#308 and pressbooks#4438, read November 2026",
)  # fmt: skip
def empty_entry(epub: Opened) -> Iterator[Concern]:
    """An entry of the contents without a name, and a list without an entry, are refused everywhere."""
    for entry in (*_nav_entries(epub), *_ncx_entries(epub)):
        if not entry.label:
            yield Concern(f"the entry that leads to {entry.href!r} has no name", entry.file, entry.line)
    for list_ in elements(epub.nav.top, "ol") if epub.nav else ():
        if list_.find(f"{XHTML}li") is None and any("nav" in str(one.tag) for one in list_.iterancestors()):
            yield Concern("a list without an entry", epub.nav.path if epub.nav else "", list_.sourceline or 0)


@objection(
    KOBO, KINDLE, remedy="use parts and chapters, and no level below them",
    source="Kindle Publishing Guidelines 2019.2 (two levels); Kobo's EPUB guidelines, August 2025 (three)",
    in_files_of=(KOBO, KINDLE),
)  # fmt: skip
def contents_too_deep(epub: Opened) -> Iterator[Concern]:
    """Kindle shows two levels of the contents, and Kobo three."""
    for listed in (list(_nav_entries(epub, "toc")), list(_ncx_entries(epub))):
        deepest = max(listed, key=lambda entry: entry.level, default=None)
        if deepest and deepest.level > _KINDLE_LEVELS:
            by = (KOBO, KINDLE) if deepest.level > _KOBO_LEVELS else (KINDLE,)
            yield Concern(f"the contents have {deepest.level} levels", deepest.file, deepest.line, by=by)


@objection(
    KINDLE, remedy="give both the same identifier; bookbuild does",
    source="kindle-epub-fix, pull request 25, read November 2026; OPF 2.0.1, section 2.4.1",
)  # fmt: skip
def identifiers_differ(epub: Opened) -> Iterator[Concern]:
    """The NCX names the book by the identifier of the package; where they differ, Kindle may not take the NCX for this book's."""
    metas = () if epub.ncx is None else epub.ncx.iter(f"{_NCX}meta")
    said = [
        (str(meta.get("content", "")), meta.sourceline or 0)
        for meta in metas
        if meta.get("name") == "dtb:uid"
    ]
    if epub.ncx is not None and not said:
        yield Concern("the NCX does not say dtb:uid", _ncx_path(epub), key="identifier")
    for uid, line in said:
        if uid.strip() != epub.package.identifier:
            yield Concern(
                f"dtb:uid is {uid!r}; the package says {epub.package.identifier!r}",
                _ncx_path(epub),
                line,
                "identifier",
            )


@objection(
    KINDLE, APPLE, remedy="number the points of the NCX 1, 2, 3 …, and give each an id of letters and digits",
    source="safaribooks, pull request 356, and fimfiction-issues#317 (colons in ids), read November 2026; OPF 2.0.1, section 2.4.1",
)  # fmt: skip
def play_order(epub: Opened) -> Iterator[Concern]:
    """The points of the NCX are numbered without a gap, and each has an id of its own, without colons: Kindle and Apple Books refuse others."""
    seen: set[str] = set()
    for number, point in enumerate(_points(epub), 1):
        line, id_ = point.sourceline or 0, str(point.get("id", ""))
        order = point.get("playOrder")
        if order is not None and order != str(number):
            yield Concern(f"playOrder is {order!r}, and should be {number}", _ncx_path(epub), line)
        if not _ID.fullmatch(id_) or id_ in seen:
            yield Concern(f"the id {id_!r} is no id, or stands twice", _ncx_path(epub), line)
        seen.add(id_)
