"""Chapters inside a file that have titles and no numbers."""

from collections.abc import Iterator

from bookbuild.draft import Draft, Kind
from bookbuild.edits import DraftEdit, Retype, Sureness
from bookbuild.rules.evidence import Evidence
from bookbuild.rules.headlines import could_be_title
from bookbuild.rules.layout import ends_sentence, usual_gap
from bookbuild.rules.rule import structure_rule
from bookbuild.words import count

_FEWEST = 3  # titles that make a habit
_WORDS = 300  # at least, from one title to the next; signs and notices in a story stand closer together


@structure_rule(
    before="THE HARBOUR\n\nRain fell.\n\nIt stopped.", after="## THE HARBOUR\n\nRain fell.\n\nIt stopped."
)
def title_inside(draft: Draft, _evidence: Evidence) -> Iterator[DraftEdit]:
    """Titles without numbers part a file into chapters: at least three of one look, far apart, each with more room above it than others have."""
    if any(block.kind in (Kind.LABEL, Kind.PART) for block in draft.blocks):
        return
    titles = _titles(draft)
    if len(titles) < _FEWEST or len({draft.blocks[number].text.isupper() for number in titles}) > 1:
        return
    ends = [*titles[1:], len(draft.blocks)]
    for number, end in zip(titles, ends, strict=True):
        if sum(count(block.text) for block in draft.blocks[number + 1 : end]) < _WORDS:
            return
    for number in titles:
        yield Retype(number, number, Kind.TITLE, sureness=Sureness.LIKELY)


def _titles(draft: Draft) -> list[int]:
    blocks, gap = draft.blocks, usual_gap(draft)
    return [
        number
        for number in range(1, len(blocks) - 1)
        if blocks[number].gap > max(gap, 1)
        and blocks[number].is_plain
        and blocks[number + 1].gap
        and could_be_title(blocks[number])
        and ends_sentence(blocks[number - 1].text)
    ]
