"""The notes of an EPUB, as devices show them."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from bookbuild.preflight.markup import elements, text_of, types_of
from bookbuild.preflight.objection import KOBO, Concern, objection
from bookbuild.preflight.opened import Opened
from bookbuild.preflight.package import target

_SHORTEST, _LONGEST = 9, 5_000  # characters
_SHOWN = 30  # characters of a note that are told


class _Note(NamedTuple):
    file: str
    line: int
    text: str


@objection(
    KOBO, remedy="make it longer or shorter, or leave it: the call leads to it as any link does",
    source="kobolabs/epub-spec, README, “Footnotes/Endnotes”, August 2025",
    in_files_of=(KOBO,),
)  # fmt: skip
def note_that_does_not_open(epub: Opened) -> Iterator[Concern]:
    """Kobo shows a note of 9 to 5,000 characters in a box on the page that calls it; for any other it leaves the page."""
    called = {
        target(page.path, str(link.get("href", "")))
        for page in epub.pages
        for link in elements(page.top, "a")
        if "noteref" in types_of(link)
    }
    notes = [
        _Note(page.path, one.sourceline or 0, text_of(one))
        for page in (epub.pages if called else ())
        for one in page.top.xpath("//*[@id]")
        if (page.path, str(one.get("id"))) in called
    ]
    short = [note for note in notes if len(note.text) < _SHORTEST]
    long = [note for note in notes if len(note.text) > _LONGEST]
    yield from (
        Concern(_told(row, fault), row[0].file, row[0].line)
        for row, fault in ((short, "short"), (long, "long"))
        if row
    )


def _told(row: Sequence[_Note], fault: str) -> str:
    first = row[0].text
    begins = first if len(first) <= _SHOWN else f"{first[:_SHOWN].rstrip()}…"
    notes, they_are = ("a note is", "it is") if len(row) == 1 else (f"{len(row):,} notes are", "they are")
    return f"{notes} too {fault} to open where {they_are} called: “{begins}” has {len(first):,} characters"
