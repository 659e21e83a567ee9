"""Chapters without a heading."""

from collections.abc import Iterator, Sequence

from bookbuild.draft import HEADINGS, PAGES, WORDS_ABOVE_HEADING, Block, Draft, Kind
from bookbuild.edits import DraftEdit, Retype, Sureness
from bookbuild.rules.evidence import Evidence
from bookbuild.rules.rule import structure_rule
from bookbuild.words import count

_LONGEST = 80  # characters of a line that might be the title


@structure_rule(
    before="It rained all night, and by the morning the road to Marrow was under water.",
    after="It rained all night, and by the morning the road to Marrow was under water.",
)
def missing_heading(draft: Draft, _evidence: Evidence) -> Iterator[DraftEdit]:
    """No heading was found, so the chapter is called after its file; its title belongs on the first line."""
    if _is_headed(draft.blocks):
        return
    first = next((number for number, block in enumerate(draft.blocks) if not block.is_set_aside), None)
    if first is None:
        return
    is_short = draft.blocks[first].is_plain and len(draft.blocks[first].text.strip()) <= _LONGEST
    others = (Retype(first, first, Kind.TITLE),) if is_short else ()
    why = "no heading was found, so the chapter is called after its file; put its title on the first line"
    yield Retype(first, first, sureness=Sureness.DOUBTFUL, why=why, others=others)


def _is_headed(blocks: Sequence[Block]) -> bool:
    """Whether a heading stands on top, or below a few lines; one further down leaves a chapter without heading above it."""
    words = 0
    for block in blocks:
        if block.kind in HEADINGS or (block.group and block.group.kind in PAGES):
            return True
        words += count(block.text) if block.is_plain else 0
        if words > WORDS_ABOVE_HEADING:
            return False
    return False
