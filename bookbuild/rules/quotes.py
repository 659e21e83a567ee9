"""Quotation marks: all marks of a paragraph are read together (`pairing`), and the straight ones turned.

Marks that are curly already are kept and counted; one that contradicts its place is told as a doubt.
"""

import re
from collections.abc import Iterator

from bookbuild.draft import Block, Kind
from bookbuild.edits import BlockEdit, Doubt, Edit, Sureness
from bookbuild.rules.evidence import Evidence
from bookbuild.rules.marks import Role
from bookbuild.rules.pairing import Reading, read_marks
from bookbuild.rules.rule import prose_rule


@prose_rule(
    before="\"He said, 'Go,'\" she told me.", after="“He said, ‘Go,’” she told me.", english_only=True
)
def straight_quote(block: Block, evidence: Evidence) -> Iterator[BlockEdit]:
    """Typewriters had one mark for opening and closing; print has two."""
    if '"' not in block.text and "'" not in block.text:
        return
    for reading in read_marks(block.text, evidence):
        if reading.token.is_straight and reading.role is not Role.APOSTROPHE:
            yield _turned(reading)


def _turned(reading: Reading) -> Edit:
    at, sureness = reading.at, reading.sureness
    if sureness is not Sureness.DOUBTFUL:
        return Edit(at, at + 1, reading.mark, sureness)
    if reading.token.kind == '"':
        why = f"taken for a mark that {reading.role.value}, but it might be the other way round"
    else:
        why = "taken for a quotation mark, but it might be an apostrophe, where letters were left out"
    return Edit(at, at + 1, reading.mark, sureness, why, (Edit(at, at + 1, reading.other),))


@prose_rule(before="“Well, she said. “I know.”", after="“Well, she said. “I know.”", english_only=True)
def unbalanced_quotes(block: Block, evidence: Evidence) -> Iterator[BlockEdit]:
    """A quotation closes that was never opened, or opens twice: a mark is missing or turned the wrong way."""
    if block.kind not in (Kind.PARAGRAPH, Kind.MESSAGE) or not re.search("[“”‘]", block.text):
        return
    for reading in read_marks(block.text, evidence):
        at, turned = reading.at, reading.token.character != reading.mark
        if reading.token.is_straight or reading.role is Role.APOSTROPHE:
            continue
        if turned:
            why, others = "this mark seems to be turned the wrong way", (Edit(at, at + 1, reading.mark),)
            yield Doubt(at, at + 1, why, others=others)
        elif reading.fault and reading.token.kind == '"':
            yield Doubt(at, at + 1, reading.fault)
