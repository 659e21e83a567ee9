"""The numbers of chapters."""

from collections.abc import Iterator, Mapping

from bookbuild.draft import Kind
from bookbuild.proof.check import NEXT_FILE, Query, Stretch, check
from bookbuild.proof.sheets import Passage, Sheets
from bookbuild.rules.numbering import canonical


@check(
    f"Chapter 2\n\nRain fell.{NEXT_FILE}Chapter 4\n\nIt stopped.",
    "chapter 3 is missing before this one",
)
def chapter_number(sheets: Sheets) -> Iterator[Query]:
    """A chapter's number is missing or stands twice. Each part of a book may begin with 1 again, and a chapter without a number may fill a gap."""
    seen: dict[int, Passage] = {}
    last = unnumbered = 0
    for label in _labels(sheets):
        number = _number(label.text) if label else None
        if label is None or number is None:
            unnumbered += 1
            continue
        if number == 1 != last:
            seen = {}
        if why := _fault(number, last, unnumbered, seen):
            yield Query(Stretch(label, 0, len(label.text)), why)
        seen.setdefault(number, label)
        last, unnumbered = number, 0


def _labels(sheets: Sheets) -> Iterator[Passage | None]:
    """Give the labels of all chapters; None for a file that has none."""
    for chapter in sheets.chapters:
        labels = [passage for passage in chapter if passage.block.kind is Kind.LABEL]
        yield from labels
        if not labels:
            yield None


def _fault(number: int, last: int, unnumbered: int, seen: Mapping[int, Passage]) -> str:
    """Say what is wrong with a number after another one, with some chapters between them that have none."""
    if number in seen:
        return f"chapter {number} stands twice, first in {seen[number].draft.source.path}"
    if seen and number < last:
        return f"chapter {number} comes after chapter {last}"
    if seen and number > last + 1 + unnumbered:
        missing = (
            f"chapter {last + 1} is" if number == last + 2 else f"chapters {last + 1} to {number - 1} are"
        )
        return f"{missing} missing before this one"
    return ""


def _number(label: str) -> int | None:
    """Read a chapter's number in figures, words or Roman numerals."""
    first = canonical(label)[0]
    return int(first) if first.isdecimal() else None
