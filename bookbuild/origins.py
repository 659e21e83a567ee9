"""Where a concern about a finished EPUB comes from: the line of build.yaml, of the author's CSS, or of the manuscript."""

from pathlib import PurePosixPath

from bookbuild.config.keys import Edition
from bookbuild.config.load import Config
from bookbuild.errors import Place
from bookbuild.preflight.inspection import PlaceOf
from bookbuild.preflight.objection import Concern
from bookbuild.tree import Book, Part
from bookbuild.writers.epub import OWN_SHEET
from bookbuild.writers.epub_navigation import divisions, file_name


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
