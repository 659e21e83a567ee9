"""Quotation marks: all marks of a paragraph are read together (`pairing`), and the straight ones turned.

Marks that are curly already are kept and counted (`balance` asks about one that contradicts its place).
"""

from collections.abc import Iterator

from bookbuild.draft import Block
from bookbuild.edits import BlockEdit, Edit, Sureness
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
        # one before a letter that stands for others is straight-apostrophe's; elsewhere it looks like one that closes
        begins_word = (
            reading.role is Role.APOSTROPHE and block.text[reading.at + 1 : reading.at + 2].isalnum()
        )
        if reading.token.is_straight and not begins_word:
            yield _turned(reading)


def _turned(reading: Reading) -> Edit:
    at, sureness = reading.at, reading.sureness
    if sureness is not Sureness.DOUBTFUL:
        return Edit(at, at + 1, reading.mark, sureness=sureness)
    if reading.token.kind == '"':
        why = f"taken for a mark that {reading.role.value}, but it might be the other way round"
    else:
        why = "taken for a quotation mark, but it might be an apostrophe, where letters were left out"
    return Edit(
        at, at + 1, reading.mark, sureness=sureness, why=why, others=(Edit(at, at + 1, reading.other),)
    )
