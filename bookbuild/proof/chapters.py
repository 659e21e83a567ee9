"""The numbers of chapters."""

from collections.abc import Iterator

from bookbuild.draft import Kind
from bookbuild.proof.check import NEXT_FILE, Query, Stretch, check
from bookbuild.proof.sheets import Passage, Sheets
from bookbuild.rules.numbering import canonical


@check(
    f"Chapter 2\n\nRain fell.{NEXT_FILE}Chapter 4\n\nIt stopped.",
    "chapter 3 is missing before this one",
)
def chapter_number(sheets: Sheets) -> Iterator[Query]:
    """A chapter's number is missing or stands twice. Each part of a book may begin with 1 again."""
    seen: dict[int, Passage] = {}
    for passage in (one for chapter in sheets.chapters for one in chapter if one.block.kind is Kind.LABEL):
        number = _number(passage.text)
        if number is None:
            continue
        if number == 1 and 1 not in [*seen][-1:]:
            seen = {}
        at, last = Stretch(passage, 0, len(passage.text)), max(seen, default=number - 1)
        if number in seen:
            first = seen[number]
            yield Query(at, f"chapter {number} stands twice, first in {first.draft.source.path}")
        elif number > last + 1:
            missing = (
                f"chapter {last + 1} is" if number == last + 2 else f"chapters {last + 1} to {number - 1} are"
            )
            yield Query(at, f"{missing} missing before this one")
        elif number < last:
            yield Query(at, f"chapter {number} comes after chapter {last}")
        seen[number] = passage


def _number(label: str) -> int | None:
    """Read a chapter's number in figures, words or Roman numerals."""
    first = canonical(label)[0]
    return int(first) if first.isdecimal() else None
