"""Illustrations: the pictures that stand in a book, wherever they stand."""

from collections.abc import Iterator

from bookbuild.tree import (
    AuthorNote,
    Block,
    Book,
    Chapter,
    GatheredNote,
    Letter,
    LetterPart,
    Picture,
    Section,
    TitleLine,
)
from bookbuild.units import divisions


def pictures_in(book: Book) -> Iterator[Picture]:
    """Give all pictures of a book, in reading order."""
    for division in divisions(book):
        if isinstance(division, Chapter):
            yield from _among(division.blocks)
        elif isinstance(division, Section):
            yield from _among(division.content)


def _among(blocks: tuple[Block | LetterPart | TitleLine | GatheredNote, ...]) -> Iterator[Picture]:
    for block in blocks:
        match block:
            case Picture():
                yield block
            case AuthorNote(inner) | Letter(inner):
                yield from _among(inner)
            case GatheredNote(notes=notes):
                yield from _among(notes)
            case _:
                pass
