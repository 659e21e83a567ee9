"""Ways into an EPUB: which file each id stands in, the entries of its contents, its landmarks."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import count

from bookbuild.config.wording import Wording
from bookbuild.tree import (
    Book,
    Chapter,
    Division,
    PageBreak,
    Part,
    Section,
    SectionKind,
    chapters,
)
from bookbuild.units import leaves, units
from bookbuild.writers.xhtml.divisions import heading_id, heading_text, inner_ids
from bookbuild.writers.xhtml.inlines import page_break_id

COVER_PAGE = "cover.xhtml"
NAV_PAGE = "nav.xhtml"
NCX = "toc.ncx"

_NOT_LISTED = {SectionKind.HALF_TITLE, SectionKind.TITLE_PAGE, SectionKind.COPYRIGHT, SectionKind.CONTENTS}


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the contents; `order` counts all lines from 1, in reading order."""

    label: str
    href: str
    order: int
    children: "tuple[Entry, ...]" = ()


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the print edition that begins in this book; `order` counts on from that of the contents' lines."""

    folio: str
    href: str
    order: int


@dataclass(frozen=True, slots=True)
class Landmark:
    """A place that readers offer by a button; `type` is an epub:type, `guide_type` EPUB 2's word for it."""

    type: str
    guide_type: str
    label: str
    href: str


def divisions(book: Book) -> Iterator[tuple[str, Division]]:
    """Give all divisions in reading order, each with the matter it stands in."""
    yield from (("frontmatter", section) for section in book.frontmatter)
    for division in book.body:
        yield "bodymatter", division
        if isinstance(division, Part):
            yield from (("bodymatter", chapter) for chapter in division.chapters)
    yield from (("backmatter", section) for section in book.backmatter)


def contents_section(book: Book) -> Section | None:
    """Give the section that is to show the contents, if the edition has one."""
    sections = book.frontmatter + book.backmatter
    return next((section for section in sections if section.kind is SectionKind.CONTENTS), None)


def file_name(book: Book, division: Division) -> str:
    """Name a division's file by its id, which does not change from build to build: so readers keep their place.

    An underscore, which no id has, keeps it apart from our own files.
    """
    if division is contents_section(book):
        return NAV_PAGE
    name = f"{division.id}.xhtml"
    return f"{division.id}_.xhtml" if name in {COVER_PAGE, NAV_PAGE} else name


def addresses(book: Book) -> dict[str, str]:
    """Map every id in the book to its address."""
    found: dict[str, str] = {}
    for _, division in divisions(book):
        file = file_name(book, division)
        found[division.id] = file
        found |= {id_: f"{file}#{id_}" for id_ in (heading_id(division), *inner_ids(division))}
    return found


def entries(book: Book, title: str) -> tuple[Entry, ...]:
    """Make the lines of the contents: what has a heading, and every chapter and part, for a label must not be empty.

    A book that has none of these gets one line, its title.
    """
    order = count(1)
    numbers = {chapter.id: str(number) for number, chapter in enumerate(chapters(book), 1)}

    def entry(division: Division, children: Iterable[Chapter] = ()) -> Entry:
        label = " ".join(heading_text(division).split()) or numbers.get(division.id, "…")
        return Entry(
            label, file_name(book, division), next(order), tuple(entry(chapter) for chapter in children)
        )

    made = [
        *(entry(section) for section in book.frontmatter if _is_listed(section)),
        *(entry(division, division.chapters if isinstance(division, Part) else ()) for division in book.body),
        *(entry(section) for section in book.backmatter if _is_listed(section)),
    ]
    return tuple(made) or (Entry(title, COVER_PAGE, 1),)


def printed_pages(book: Book, first: int) -> tuple[Page, ...]:
    """Find the marks of the printed pages, in this book's reading order; `first` is the order of the first."""
    marks = (
        (file_name(book, division), mark)
        for _, division in divisions(book)
        for unit in units(division)
        for mark in leaves(unit)
        if isinstance(mark, PageBreak)
    )
    return tuple(
        Page(mark.label, f"{file}#{page_break_id(mark)}", order)
        for order, (file, mark) in enumerate(marks, first)
    )


def _is_listed(section: Section) -> bool:
    return section.kind not in _NOT_LISTED and bool(heading_text(section).strip())


def landmarks(book: Book, title: str, listed: tuple[Entry, ...], said: Wording) -> tuple[Landmark, ...]:
    """Find the landmarks; Kobo shows their labels among the contents, so each says what is there."""
    found = [Landmark("cover", "cover", said.cover, COVER_PAGE)]
    for section in book.frontmatter + book.backmatter:
        if section.kind is SectionKind.TITLE_PAGE:
            found.append(Landmark("titlepage", "title-page", title, file_name(book, section)))
        elif section is contents_section(book):
            found.append(Landmark("toc", "toc", heading_text(section) or said.contents, NAV_PAGE))
    for division in book.body[:1]:
        start = next(entry for entry in listed if entry.href == file_name(book, division))
        found.append(Landmark("bodymatter", "text", start.label, start.href))
    return tuple(found)
