"""Emphasis that was typed with marks."""

import re
from collections.abc import Iterator

from bookbuild.draft import Block, MarkKind
from bookbuild.edits import BlockEdit, Unwrap
from bookbuild.rules.evidence import Evidence
from bookbuild.rules.rule import prose_rule

# CommonMark 0.31.2, section 6.2, without nesting: no space inside the marks, no word character outside them
_TYPED = re.compile(
    r"(?<![\w*])(?P<stars>\*{1,3})(?=[^\s*])(?P<starred>[^*\n]{1,400}?)(?<=[^\s*])(?P=stars)(?![\w*])"
    r"|(?<![\w*])(?P<star>\*)(?=[^\s*])(?P<possessed>[^*\n]{1,400}?)(?<=[^\s*])(?P=star)(?=[’']s\b)"
    r"|(?<![^\W_])(?<!_)(?P<lines>_{1,2})(?=[^\s_])(?P<lined>[^_\n]{1,400}?)(?<=[^\s_])(?P=lines)(?!_)(?![^\W_])"
)


@prose_rule(
    before="She was *not* amused by the _Nautilus_'s crew.",
    after="She was <em>not</em> amused by the <em>Nautilus</em>'s crew.",
)
def typed_emphasis(block: Block, _evidence: Evidence) -> Iterator[BlockEdit]:
    """In plain text, asterisks or underscores around words stand for italics; two of them for bold."""
    if "*" not in block.text and "_" not in block.text:
        return
    for match in _TYPED.finditer(block.text):
        marks = match["stars"] or match["star"] or match["lines"]
        kind = MarkKind.STRONG if len(marks) == 2 else MarkKind.EMPHASIS
        if any(character.isalnum() for character in match.group()):
            yield Unwrap(match.start(), match.end(), len(marks), kind)
