"""The book: the whole of the document tree."""

from dataclasses import dataclass

from bookbuild.tree.divisions import Chapter, Part, Section


@dataclass(frozen=True, slots=True)
class Book:
    """The whole book, between front and back cover."""

    frontmatter: tuple[Section, ...]
    body: tuple[Part | Chapter, ...]
    backmatter: tuple[Section, ...] = ()


def chapters(book: Book) -> tuple[Chapter, ...]:
    """Give the chapters in reading order, those in parts among them."""
    found: list[Chapter] = []
    for division in book.body:
        found.extend(division.chapters if isinstance(division, Part) else (division,))
    return tuple(found)
