"""The notes of an EPUB, as devices show them."""

from collections.abc import Iterator

from bookbuild.preflight.markup import elements, text_of, types_of
from bookbuild.preflight.objection import KOBO, Concern, objection
from bookbuild.preflight.opened import Opened
from bookbuild.preflight.package import target

_SHORTEST, _LONGEST = 9, 5_000  # characters


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
    for page in epub.pages if called else ():
        for note in page.top.xpath("//*[@id]"):
            if (page.path, str(note.get("id"))) in called:
                length = len(text_of(note))
                if not _SHORTEST <= length <= _LONGEST:
                    what = f"a note of {length:,} characters does not open where it is called"
                    yield Concern(what, page.path, note.sourceline or 0)
