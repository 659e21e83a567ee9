"""Addresses, telegrams, signs and lists: lines that are no verse, and no paragraphs either."""

from collections.abc import Iterator

from bookbuild.draft import Draft, Kind
from bookbuild.edits import DraftEdit, Join, Sureness
from bookbuild.rules.evidence import Evidence
from bookbuild.rules.layout import usual_gap
from bookbuild.rules.prosody import are_set_lines
from bookbuild.rules.rule import structure_rule
from bookbuild.rules.verse import tight_rows


@structure_rule(
    before="The card said:\n\nMiss I. Tallow\nQuay House\nSALTMARSH\n\nIlse put it back on the tray, and did not say a word about it.",
    after="The card said:\n\nMiss I. Tallow\nQuay House\nSALTMARSH\n\nIlse put it back on the tray, and did not say a word about it.",
)
def lines_as_paragraphs(draft: Draft, _evidence: Evidence) -> Iterator[DraftEdit]:
    """The lines of an address, a telegram, a sign or a list stand closer than paragraphs do, and stay lines."""
    for first, last in tight_rows(draft.blocks, usual_gap(draft)):
        if are_set_lines([block.text for block in draft.blocks[first : last + 1]]):
            yield Join(first, last, ("\n",) * (last - first), Kind.LINES, sureness=Sureness.LIKELY)
