"""A finished book looked into, and where each concern comes from: the line of build.yaml, of the author's CSS, or of the manuscript."""

from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath

from bookbuild.config.keys import Edition
from bookbuild.config.load import Config
from bookbuild.config.values import Format
from bookbuild.errors import Finding, Place
from bookbuild.preflight import OBJECTIONS
from bookbuild.preflight.inspection import PlaceOf, inspect_epub
from bookbuild.preflight.objection import KINDLE, KOBO, Concern, Objection, objections_of
from bookbuild.preflight.pictures import picture_with_empty_words
from bookbuild.rules.pictures import typed_picture
from bookbuild.tree import Book, Part
from bookbuild.writers.epub import OWN_SHEET
from bookbuild.writers.epub_navigation import divisions, file_name

_OBJECTIONS: dict[Format, tuple[Objection, ...]] = {
    Format.EPUB: OBJECTIONS,
    Format.KEPUB: objections_of(KOBO, OBJECTIONS),
    Format.AZW3: objections_of(KINDLE, OBJECTIONS),
}
"""An EPUB may go to any store and any reader; the others go by cable, each to one maker's devices."""


def look_into(epub: bytes, name: str, config: Config, edition: Edition, book: Book) -> tuple[Finding, ...]:
    """Look at a finished book as those do who get it: at an EPUB, a KEPUB, or the EPUB that an AZW3 is made of."""
    return inspect_epub(epub, name, _OBJECTIONS[edition.format], origins(config, edition, book))


def untold(found: Iterable[Finding], told: Iterable[Finding]) -> Iterator[Finding]:
    """Leave out what was told already.

    Of a KEPUB much is found that its EPUB has too, at the same place; and a picture without a description was asked about where it
    stands in the manuscript.
    """
    known = {(one.rule, one.place) for one in told}
    undescribed = {one.place.path for one in told if one.rule == typed_picture.name and one.place}

    def is_told(one: Finding) -> bool:
        is_alt = one.rule == picture_with_empty_words.name
        return (one.rule, one.place) in known or (
            is_alt and one.place is not None and one.place.path in undescribed
        )

    return (one for one in found if not is_told(one))


def origins(config: Config, edition: Edition, book: Book) -> PlaceOf:
    """Make the function that finds the place which an author can mend; `book` is as it was written for this edition."""
    pages = {
        file_name(book, division): division.span.place
        for _, division in divisions(book)
        if not isinstance(division, Part) and division.span
    }

    def place_of(concern: Concern) -> Place | None:
        if concern.key:
            return config.of(edition).place(concern.key)
        name = PurePosixPath(concern.file).name
        if name == OWN_SHEET:
            return Place(edition.settings.css or "css", concern.line)
        return pages.get(name)

    return place_of
