"""What is left of a web page whose source was pasted as text."""

import re
from collections.abc import Iterator

from bookbuild.draft import Block, Draft
from bookbuild.edits import BlockEdit, DraftEdit, Edit, Split, Sureness
from bookbuild.rules.evidence import Evidence
from bookbuild.rules.habits import TAG
from bookbuild.rules.rule import prose_rule, structure_rule

# behind what ends a paragraph or a line, and before what begins one
_SEAM = re.compile(
    r"</(?:p|div|center|blockquote|section|article|h[1-6])\s*>\s*|<br\s*/?>\s*|(?<=\S)\s*(?=<(?:p|div|center|blockquote|h[1-6r])\b)",
    re.IGNORECASE,
)


@structure_rule(
    before="<p>It rained.</p><p>It stopped.</p><p>Ilse slept.</p>",
    after="<p>It rained.</p>\n\n<p>It stopped.</p>\n\n<p>Ilse slept.</p>",
)
def paragraphs_by_tags(draft: Draft, evidence: Evidence) -> Iterator[DraftEdit]:
    """The source of a web page was pasted: its tags part the paragraphs, whatever its lines do."""
    if not evidence.habits.is_web_page:
        return
    for number, block in enumerate(draft.blocks):
        seams = {match.end() for match in _SEAM.finditer(block.text)} if "<" in block.text else set()
        for seam in sorted(seams):
            if block.text[:seam].strip() and block.text[seam:].strip():
                yield Split(number, len(block.text[:seam].rstrip()), seam, sureness=Sureness.LIKELY)


@prose_rule(
    before="<p>It rained.</p>\n\n<p>It stopped.</p>",
    after="It rained.\n\nIt stopped.",
    rewords=True,
)
def web_page_tag(block: Block, evidence: Evidence) -> Iterator[BlockEdit]:
    """The source of a web page was pasted: what its tags say of the page is none of the book's words."""
    if "<" in block.text and evidence.habits.is_web_page:
        for match in TAG.finditer(block.text):
            yield Edit(match.start(), match.end(), "", sureness=Sureness.LIKELY)
