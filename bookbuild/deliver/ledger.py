"""What readers have: the ledger of the versions that were fetched, and what is new since the last of them.

It lies beside the finished files. Only the server writes to it, so a build's bytes do not depend on who reads the book.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from bookbuild.deliver.opened import ChapterText
from bookbuild.errors import BookError
from bookbuild.replacing import replace_file

LEDGER = "fetched.json"
_KEPT = 2  # versions: the one that readers have, and the one before it, for when the newest has been fetched already


@dataclass(frozen=True, slots=True)
class Version:
    """The chapters of a version, and the day on which a reader first fetched it."""

    fetched: dt.date
    chapters: tuple[ChapterText, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """A chapter that is new, or says something else than before."""

    title: str
    words: int
    words_before: int | None  # None for a new chapter

    def __str__(self) -> str:
        """Say it as a reader is told."""
        words = f"{self.words:,} word{'s' * (self.words != 1)}"
        if self.words_before is None:
            return f"new, {words}"
        more = self.words - self.words_before
        return f"changed, {words}" + (f" ({more:+,})".replace("-", "−") if more else "")


@dataclass(frozen=True, slots=True)
class Changes:
    """What is new since a version that a reader fetched."""

    since: dt.date
    chapters: tuple[Change, ...]


def remember(build: Path, chapters: Sequence[ChapterText], today: dt.date) -> None:
    """Note that a reader fetched this version; where the folder cannot be written to, it is not noted."""
    versions = _read(build)
    now = tuple(chapters)
    if not now or (versions and versions[-1].chapters == now):
        return
    kept = [*versions, Version(today, now)][-_KEPT:]
    try:
        replace_file(build / LEDGER, _VERSIONS.dump_json(kept, indent=1))
    except BookError:
        return


def changes(build: Path, chapters: Sequence[ChapterText]) -> Changes | None:
    """Compare a book with the last other version that a reader fetched; None where there is none, or no word differs."""
    other = [version for version in _read(build) if version.chapters != tuple(chapters)]
    if not other:
        return None
    found = tuple(_changed(chapters, other[-1].chapters))
    return Changes(other[-1].fetched, found) if found else None


def _changed(now: Sequence[ChapterText], before: Sequence[ChapterText]) -> list[Change]:
    """Find the chapters whose words are in no chapter of before; one of the same title is the same chapter, changed."""
    marks = {chapter.mark for chapter in before}
    gone = {chapter.title: chapter for chapter in before if chapter.mark not in {one.mark for one in now}}
    found = []
    for chapter in now:
        if chapter.mark not in marks:
            old = gone.get(chapter.title)
            found.append(Change(chapter.title, chapter.words, old.words if old else None))
    return found


_VERSIONS = TypeAdapter(list[Version])


def _read(build: Path) -> list[Version]:
    try:
        return _VERSIONS.validate_json((build / LEDGER).read_bytes())
    except (OSError, ValidationError):  # none yet, or not as we wrote it: then nothing is known
        return []
