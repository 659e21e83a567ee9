"""The inspection: every objection looks at a finished EPUB, and each place becomes a finding."""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from bookbuild.errors import Finding, Place, Severity
from bookbuild.preflight.objection import Concern, Objection
from bookbuild.preflight.opened import Opened, open_epub

TOLD = 5
"""Places of one objection that are told; a fault of a template stands on every page."""

PlaceOf = Callable[[Concern], Place | None]
"""Finds where a concern comes from, in build.yaml, the manuscript or the author's CSS; None where it cannot tell."""


def inspect_epub(
    epub: bytes | Path, name: str, objections: Iterable[Objection], place_of: PlaceOf = lambda _concern: None
) -> tuple[Finding, ...]:
    """Look at a finished EPUB as stores and readers do.

    Args:
        epub: its bytes, or its file.
        name: what messages call it.
        objections: those that look.
        place_of: finds the place that an author can mend; else the place in the EPUB is told.

    Raises:
        RequestError: there is no such file.
        BookError: it is no EPUB, or one that is made to do harm.

    """
    opened = open_epub(epub, name)
    return tuple(finding for one in objections for finding in _findings(one, opened, place_of))


def _findings(objection: Objection, epub: Opened, place_of: PlaceOf) -> Iterator[Finding]:
    severity = Severity.ERROR if objection.refuses else Severity.WARNING
    concerns = list(dict.fromkeys(objection.find(epub)))
    for number, concern in enumerate(concerns[:TOLD], 1):
        more = f", and {len(concerns) - TOLD} more such places" if number == TOLD < len(concerns) else ""
        place = place_of(concern) or place_inside(epub.archive.name, concern)
        message = f"{', '.join(concern.by or objection.by)}: {concern.what}{more}"
        yield Finding(severity, message, place, objection.remedy, objection.name)


def place_inside(name: str, concern: Concern) -> Place:
    """Give the place in the EPUB itself: `book.epub/chapter-1.xhtml:12`."""
    return Place(f"{name}/{concern.file}" if concern.file else name, concern.line)
