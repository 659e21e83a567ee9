"""Characters that are not what was meant: they are mended before the book is asked what it says."""

import re
from collections.abc import Iterator

from bookbuild.draft import Block
from bookbuild.edits import BlockEdit, Edit
from bookbuild.rules.evidence import Evidence
from bookbuild.rules.rule import prose_rule
from bookbuild.words import INVISIBLE

_JOINERS = "\u200c\u200d"
_INVISIBLE = re.compile(f"[{re.escape(INVISIBLE)}\x7f-\x84\x86-\x9f]")


@prose_rule(before="won\u00adder\u200bful", after="wonderful")
def invisible_character(block: Block, _evidence: Evidence) -> Iterator[BlockEdit]:
    """Soft hyphens, zero-width spaces and control characters do not show, yet they break searching and hyphenation."""
    for match in _INVISIBLE.finditer(block.text):
        # joiners are needed within emoji and in the scripts of India and Persia
        around = (
            block.text[max(match.start() - 1, 0) : match.start()] + block.text[match.end() : match.end() + 1]
        )
        if match.group() not in _JOINERS or around.isascii():
            yield Edit(match.start(), match.end(), "")
