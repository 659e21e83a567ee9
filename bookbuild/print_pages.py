"""Which pages of print an EPUB has: those of the PDF of this build, or of the last one, where its words are still the same."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bookbuild.config.keys import Edition
from bookbuild.config.load import Config
from bookbuild.config.values import Format
from bookbuild.pagination import (
    Pagination,
    fingerprint,
    pagination_from_json,
    pagination_to_json,
    with_page_breaks,
)
from bookbuild.replacing import replace_file
from bookbuild.tree import Book


def prints_first(editions: Sequence[Edition]) -> list[Edition]:
    """Put print editions before those that have their page numbers."""
    return sorted(editions, key=lambda edition: edition.format is not Format.PDF)


@dataclass(frozen=True, slots=True)
class PrintPages:
    """The pages of the print editions, by their names, each kept beside its PDF from build to build."""

    config: Config
    file_of: Callable[[Edition], Path]  # where an edition's PDF is
    book_of: Callable[[Edition], Book]
    known: dict[str, Pagination] = field(default_factory=dict)

    def keep(self, edition: Edition, pages: Pagination) -> None:
        """Keep the pages of a PDF that was just made.

        Raises:
            BookError: they cannot be written.

        """
        self.known[edition.name] = pages
        replace_file(self._kept(edition), pagination_to_json(pages).encode())

    def marked(self, book: Book, edition: Edition) -> tuple[Book, Edition | None]:
        """Mark the pages of print in an EPUB's book; gives the print edition that they are of, None where none holds."""
        source = self._source(edition)
        if source is None or edition.format.is_print:
            return book, None
        pages = self.known.get(source.name) or self._last(source)
        if pages is None:
            return book, None
        printed = self.book_of(source)
        if pages.fingerprint != fingerprint(printed):
            return book, None
        return with_page_breaks(book, pages, printed), source

    def _source(self, edition: Edition) -> Edition | None:
        asked = edition.settings.pages_of
        prints = (one for one in self.config.editions if one.format is Format.PDF)
        return next((one for one in prints if asked in (None, one.name)), None)

    def _last(self, source: Edition) -> Pagination | None:
        try:
            return pagination_from_json(self._kept(source).read_text("utf-8"))
        except (OSError, ValueError):
            return None

    def _kept(self, edition: Edition) -> Path:
        pdf = self.file_of(edition)
        return pdf.with_name(f".{pdf.stem}.pages.json")
