"""The shelf: the books that are served, each with the files that its build made; looked at anew at every request."""

import contextlib
import datetime as dt
import os
import re
import unicodedata
import uuid
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bookbuild.config.keys import Settings
from bookbuild.config.load import load_config
from bookbuild.deliver.devices import Kind
from bookbuild.deliver.finished import Finished, finished_files
from bookbuild.deliver.freshness import superseded_by
from bookbuild.deliver.opened import Opened, open_epub
from bookbuild.errors import BookbuildError, Place, RequestError, error
from bookbuild.folder import BUILD_FILE
from bookbuild.manuscript import natural_key


@dataclass(frozen=True, slots=True)
class Offer:
    """How a kind of file is offered to a reader."""

    media_type: str
    devices: str  # what it is for


OFFERS = {
    Kind.EPUB: Offer(
        "application/epub+zip",
        "Phones and tablets, PocketBook, Tolino, KOReader, and Kobo too. For Kindle, mail it by Send to Kindle.",
    ),
    Kind.KEPUB: Offer("application/kepub+zip", "Kobo e-readers."),
    Kind.AZW3: Offer("application/vnd.amazon.mobi8-ebook", "Kindle, copied by cable."),
    Kind.PDF: Offer("application/pdf", "Large screens, and paper."),
}
"""What is offered, in this order; media types as IANA has them, KEPUB's as shops use it."""


@dataclass(frozen=True, slots=True)
class BuiltFile:
    """A finished file of a book."""

    path: Path
    kind: Kind
    edition: str  # empty where it is called after its format
    status: os.stat_result

    @property
    def name(self) -> str:
        """What it is called."""
        return f"{self.kind.name} {self.edition}".strip()

    @property
    def offer(self) -> Offer:
        """How it is offered."""
        return OFFERS[self.kind]

    @property
    def size(self) -> str:
        """How large it is, in words."""
        size = self.status.st_size
        return f"{size / 1_000_000:.1f} MB" if size >= 1_000_000 else f"{max(1, round(size / 1000))} KB"


@dataclass(frozen=True, slots=True)
class ShelvedBook:
    """A book, and what there is of it at this moment."""

    slug: str  # its name in addresses
    settings: Settings
    build: Path  # the folder of its finished files
    files: tuple[BuiltFile, ...]
    superseded: tuple[
        str, ...
    ] = ()  # names of files that are older than the EPUB that they are forms of: not offered

    @property
    def id(self) -> str:
        """Its name in catalogues: the same from build to build, and not the identifier within the book."""
        return uuid.uuid5(uuid.NAMESPACE_URL, f"bookbuild:shelf:{self.settings.unique_identifier}").urn

    @property
    def updated(self) -> dt.datetime:
        """When the newest of its files was made."""
        newest = max((file.status.st_mtime for file in self.files), default=0)
        return dt.datetime.fromtimestamp(int(newest), dt.UTC)

    def opened(self) -> Opened | None:
        """Open its EPUB, where there is one that can be opened."""
        for file in self.files:
            if file.kind is Kind.EPUB:
                return open_epub(file.path, file.status.st_mtime_ns, file.status.st_size)
        return None


class Shelf:
    """The books that are served; while a build file has a fault, what it said before holds."""

    def __init__(self, build_files: Sequence[Path]) -> None:
        """Read the build files.

        Raises:
            RequestError: one of them has faults.

        """
        self._configs = {path: load_config(path) for path in build_files}
        self._slugs = dict(zip(_slugs(build_files), build_files, strict=True))

    def books(self) -> tuple[ShelvedBook, ...]:
        """Give all books, as they are now."""
        return tuple(self._book(slug) for slug in self._slugs)

    def book(self, slug: str) -> ShelvedBook | None:
        """Give a book by its name in addresses."""
        return self._book(slug) if slug in self._slugs else None

    def _book(self, slug: str) -> ShelvedBook:
        path = self._slugs[slug]
        with contextlib.suppress(BookbuildError):  # the author is at it; the build will tell
            self._configs[path] = load_config(path)
        config = self._configs[path]
        build = config.folder.resolve() / "build"
        found = finished_files(config.editions, build, also_pdf=True)
        old = [file for file in found if superseded_by(file, config)]
        files = tuple(_built(build, [file for file in found if file not in old]))
        return ShelvedBook(slug, config.settings, build, files, tuple(file.path.name for file in old))


def find_build_files(folders: Sequence[Path]) -> list[Path]:
    """Find the build file of each book: in the folder itself, or in each of the folders in it.

    Raises:
        RequestError: there is none.

    """
    found: dict[Path, None] = {}
    for folder in folders:
        if not folder.exists():
            raise RequestError(
                error("there is no such folder", Place(str(folder)), hint="is it spelt right?")
            )
        here = [folder] if folder.is_file() else [path for path in [folder / BUILD_FILE] if path.is_file()]
        found_within = (path for path in folder.glob(f"*/{BUILD_FILE}") if path.is_file())
        within = here or sorted(found_within, key=lambda path: natural_key(path.parent.name))
        if not within:
            hint = "name the folder of a book, or one whose folders are books"
            raise RequestError(error(f"there is no {BUILD_FILE} here", Place(str(folder)), hint=hint))
        found |= dict.fromkeys(within)
    return list(found)


def _slugs(build_files: Sequence[Path]) -> Iterator[str]:
    """Name each book after its folder, in letters that need no quoting in an address."""
    taken: set[str] = set()
    for path in build_files:
        name = unicodedata.normalize("NFKD", path.resolve().parent.name).encode("ascii", "ignore").decode()
        plain = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-") or "book"
        slug, number = plain, 2
        while slug in taken:
            slug, number = f"{plain}-{number}", number + 1
        taken.add(slug)
        yield slug


def _built(build: Path, found: Iterable[Finished]) -> Iterator[BuiltFile]:
    """Give what was built, in the order of OFFERS; a link that leads out of the folder is none of the book's."""
    order = list(OFFERS)
    for file in sorted(found, key=lambda file: order.index(file.kind)):
        edition = "" if file.edition.name == file.edition.format.value else file.edition.name
        with contextlib.suppress(OSError):  # it is being replaced
            if file.path.resolve().is_relative_to(build.resolve()):
                yield BuiltFile(file.path, file.kind, edition, file.path.stat())
