"""Addresses, telegrams, signs and lists: lines that are no verse, and no paragraphs either."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from bookbuild.draft import Block, Draft, Kind
from bookbuild.edits import DraftEdit, Join, Sureness
from bookbuild.rules.evidence import Evidence
from bookbuild.rules.layout import usual_gap
from bookbuild.rules.prosody import announces, are_set_lines, sign_weights, stretches
from bookbuild.rules.rule import structure_rule
from bookbuild.rules.verse import tight_rows


@structure_rule(
    before="The card said:\n\nMiss I. Tallow\nQuay House\nSALTMARSH\n\nIlse put it back on the tray, and did not say a word about it.",
    after="The card said:\n\nMiss I. Tallow\nQuay House\nSALTMARSH\n\nIlse put it back on the tray, and did not say a word about it.",
)
def lines_as_paragraphs(draft: Draft, _evidence: Evidence) -> Iterator[DraftEdit]:
    """The lines of an address, a telegram, a sign or a list stand closer than paragraphs do, and stay lines."""
    if not any(block.gap for block in draft.blocks[1:]):
        yield from _unended_lines(draft.blocks)
        return
    for first, last in tight_rows(draft.blocks, usual_gap(draft)):
        if are_set_lines([block.text for block in draft.blocks[first : last + 1]]):
            yield Join(first, last, ("\n",) * (last - first), Kind.LINES, sureness=Sureness.LIKELY)


def _unended_lines(blocks: Sequence[Block]) -> Iterator[DraftEdit]:
    """Find lines that end no sentence, row by row, in a text without empty lines, where nothing else sets them off."""
    for is_plain, row in groupby(range(len(blocks)), key=lambda number: blocks[number].is_plain):
        numbers = list(row)
        lines = [blocks[number].text for number in numbers]
        for start, end, weight in stretches(sign_weights(lines)) if is_plain else ():
            begin = start + announces(lines[start])  # `They read like this:`
            if weight >= _ENOUGH and end - begin >= _FEWEST - 1:
                glues = ("\n",) * (end - begin)
                yield Join(numbers[begin], numbers[end], glues, Kind.LINES, sureness=Sureness.LIKELY)


_FEWEST, _ENOUGH = 3, 3.0  # lines, and what they weigh together
