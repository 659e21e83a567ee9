"""What was left to WeasyPrint, where, and why: told once for a book, not once for each of its chapters."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple
from xml.etree.ElementTree import Element

from bookbuild.errors import Finding, warning

_MOST_NAMED = 3
"""Places that are named; the rest are counted."""
_MOST_WORDS = 7
FLOATS = "something floats beside its text, or stands apart from it"
NOTES = "it has notes at the feet of its pages"
GAP = "a long paragraph in it is no text that is composed"
OFF_GRID = "something in it stands off the lines of the page"
TOO_HIGH = "something in it is higher than a page"
PAINTED_OTHERWISE = "they came out otherwise than composed"
"""Why pages are WeasyPrint's."""
AGAINST_THE_LINE = "something in them runs from right to left"
"""Why lines were never composed."""


class Left(NamedTuple):
    """A paragraph whose lines, or a division whose pages, are WeasyPrint's."""

    where: str  # its first words
    why: str  # of pages; nothing for lines that were painted otherwise


def beginning(element: Element) -> str:
    """Give the first words of an element."""
    words = "".join(element.itertext()).split()
    return " ".join(words[:_MOST_WORDS]) + ("…" if len(words) > _MOST_WORDS else "")


def told(left: Iterable[Left]) -> Iterator[Finding]:
    """Tell of it: a finding for lines, and one for each reason of pages, however many there are."""
    by_reason: dict[str, dict[str, None]] = {}
    for where, why in left:
        by_reason.setdefault(why, {})[where] = None
    for why, names in by_reason.items():
        if why == AGAINST_THE_LINE:
            yield _told_of_direction(list(names))
        else:
            yield _told_of_pages(why, list(names)) if why else _told_of_lines(list(names))


def _told_of_lines(names: list[str]) -> Finding:
    return warning(
        f"lines were not painted as they were composed, and are left to WeasyPrint: {_some(names)}",
        hint="a style sheet of yours may know nothing of them; `composition: plain` does without",
    )


def _told_of_direction(names: list[str]) -> Finding:
    return warning(
        f"lines are left to WeasyPrint, for {AGAINST_THE_LINE}: {_some(names)}",
        hint="look at them: they may be looser than others, or end a little short",
    )


def _told_of_pages(why: str, names: list[str]) -> Finding:
    return warning(
        f"pages are left to WeasyPrint, so that those that face may not end on one line, for {why}: {_some(names)}",
        hint="their lines are composed all the same; `composition: plain` leaves all to WeasyPrint",
    )


def _some(names: list[str]) -> str:
    more = len(names) - _MOST_NAMED
    return "; ".join(names[:_MOST_NAMED]) + (f"; and {more} more" if more > 0 else "")
