"""The manuscript as each edition reads it: read once for all that read it alike."""

from dataclasses import replace
from typing import ClassVar

from bookbuild.account import check_edition
from bookbuild.config.keys import Edition
from bookbuild.config.load import Config
from bookbuild.config.values import Notes
from bookbuild.editions import make_edition
from bookbuild.identities import Known, has_nothing_of, identify
from bookbuild.readers_places import PLACES_FILE, load_places, of_another_book, places_to_json
from bookbuild.reading import Reading, Tell, read_book
from bookbuild.replacing import replace_file
from bookbuild.tree import Book


class EditionReadings:
    """The manuscript as each edition reads it; those that read the same files by the same rules share one reading."""

    READ_FROM: ClassVar = {
        "manuscript", "frontmatter", "backmatter", "rules", "words", "foreign", "language", "wording", "title", "authors",
    }  # fmt: skip

    def __init__(self, config: Config, tell: Tell) -> None:
        self.config = config
        self.tell = tell
        self.readings: dict[str, Reading] = {}
        self.memory, self.told = load_places(config.folder)
        self.remembered: dict[str, tuple[Known, ...]] = {}

    @property
    def first(self) -> Reading:
        """What the first edition read."""
        return next(iter(self.readings.values()))

    def book_for(self, edition: Edition) -> tuple[Reading, Book]:
        """Give the reading, and the book with the edition's choices applied."""
        key = edition.settings.model_dump_json(include=self.READ_FROM)
        if key not in self.readings:
            self.readings[key] = self._identified(
                read_book(self.config.of(edition), edition.settings, self.tell)
            )
        reading = self.readings[key]
        book = make_edition(reading.book, edition)
        check_edition(reading.book, book, notes_kept=edition.notes is not Notes.OMIT)
        return reading, book

    def _identified(self, reading: Reading) -> Reading:
        """Let chapters and paragraphs be called as in the last build."""
        book, remembered = identify(reading.book, self.memory)
        told = (of_another_book(),) if has_nothing_of(self.memory, remembered) else self.told
        self.remembered |= remembered
        return replace(reading, book=book, findings=(*reading.findings, *told))

    def remember(self) -> None:
        """Keep what chapters and paragraphs are called, for the next build.

        Raises:
            BookError: it cannot be written.

        """
        if self.remembered != self.memory:
            replace_file(self.config.folder / PLACES_FILE, places_to_json(self.remembered).encode())
