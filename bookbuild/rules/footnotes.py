"""Footnotes that stand in the text as paragraphs."""

from collections.abc import Iterator

from bookbuild.draft import Block, Draft, Group, GroupKind
from bookbuild.edits import DraftEdit, Retype, Sureness
from bookbuild.footnotes import pairs
from bookbuild.rules.evidence import Evidence
from bookbuild.rules.rule import structure_rule


@structure_rule(
    before="Chapter 1\n\nIt rained on the quay.[1]\n\n[1] As it always does there.",
    after="# Chapter 1\n\nIt rained on the quay.[1]\n\n[footnote: [1] As it always does there.]",
)
def typed_footnote(draft: Draft, _evidence: Evidence) -> Iterator[DraftEdit]:
    """A paragraph begins with the mark (`[1]`, `*`, `†`) that stands once in the text above it: it is a footnote, and the mark leads to it."""
    for pair in pairs(draft.blocks, _is_plain):
        group = Group(GroupKind.FOOTNOTE, draft.blocks[pair.footnote].start)
        yield Retype(pair.footnote, pair.footnote, group=group, sureness=Sureness.LIKELY)


def _is_plain(block: Block) -> bool:
    return block.is_plain
