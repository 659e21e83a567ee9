"""Numbers that stand alone: chapters that have no other name, or scenes within one."""

import re
from collections.abc import Iterator, Sequence

from bookbuild.draft import HEADINGS, Block, Draft, Kind
from bookbuild.edits import DraftEdit, Retype, Sureness
from bookbuild.rules.evidence import Evidence
from bookbuild.rules.numbering import read_bare_number, read_label
from bookbuild.rules.rule import structure_rule
from bookbuild.words import count

_ENDED = re.compile(r"[.!?…:—-][\"”'’*_)\]]*\s*$")
_CHAPTER = 1200
"""Words that are a chapter rather than a scene; chapters of novels have 2,000 to 5,000."""


@structure_rule(
    before="Chapter 4\n\n1\n\nRain fell.\n\n2\n\nIt stopped.",
    after="# Chapter 4\n\nsubheading: 1\n\nRain fell.\n\nsubheading: 2\n\nIt stopped.",
)
def number_inside(draft: Draft, evidence: Evidence) -> Iterator[DraftEdit]:
    """Numbers that rise from 1 and stand alone are headings: of chapters where these have no other, else of scenes."""
    row: list[int] = []
    last = 0  # the number above, or that of the heading above
    for number, block in enumerate(draft.blocks):
        value = read_bare_number(block.text) if len(block.text) < _LONGEST else 0
        if block.kind in HEADINGS:
            yield from _row(draft, evidence, row)
            row, last = [], value if block.kind is Kind.LABEL else 0
        elif value and block.is_plain and _has_room(draft.blocks, number):
            if value == last + 1:
                row.append(number)
                last = value
            else:
                yield from _row(draft, evidence, row)
                row, last = ([number], 1) if value == 1 else ([], 0)
                if not row:
                    yield _lone(number)
    yield from _row(draft, evidence, row)


_LONGEST = 30  # characters of a line with a number and what frames it


def _lone(number: int) -> DraftEdit:
    why = "a number stands alone: is it a heading, a scene break, or a page's?"
    others = (Retype(number, number, Kind.BREAK), Retype(number, number, Kind.SUBHEADING))
    return Retype(number, number, sureness=Sureness.DOUBTFUL, why=why, others=others)


def _has_room(blocks: Sequence[Block], number: int) -> bool:
    if not number or number + 1 == len(blocks):
        return False
    before, after = blocks[number - 1], blocks[number + 1]
    begins = not after.text.lstrip(" \t\xa0\"'“‘*_")[:1].islower()
    return begins and (not before.is_plain or bool(_ENDED.search(before.text)))


def _row(draft: Draft, evidence: Evidence, row: Sequence[int]) -> Iterator[DraftEdit]:
    """Say what the numbers of a row are; a row of one is one only below a heading that is the number before it."""
    if not row:
        return
    blocks = draft.blocks
    follows = read_bare_number(blocks[row[0]].text) > 1
    if len(row) == 1 and not follows:
        yield _lone(row[0])
        return
    are_chapters = _are_chapters(draft, evidence, row, follows=follows)
    if follows and not are_chapters:
        top = next(number for number, block in enumerate(blocks) if block.kind is Kind.LABEL)
        yield Retype(top, top, Kind.SUBHEADING, sureness=Sureness.LIKELY)
    for number in row:
        yield Retype(
            number, number, Kind.LABEL if are_chapters else Kind.SUBHEADING, sureness=Sureness.LIKELY
        )


def _are_chapters(draft: Draft, evidence: Evidence, row: Sequence[int], *, follows: bool) -> bool:
    """Whether no heading with words stands in the file, and the numbers follow its first, or what is between them is long enough."""
    labels = (block.text for block in draft.blocks if block.kind in (Kind.LABEL, Kind.PART))
    if any(read_label(text) for text in labels):
        return False
    if follows:
        return (
            evidence.tops.heads.get(("1",), 0) < 2
        )  # where several files begin with 1, each counts its scenes
    words = sum(count(block.text) for block in draft.blocks[row[0] :])
    return words >= _CHAPTER * len(row)
