"""Plain text: one block a line, untouched; white space, gaps and indents are evidence for the rules."""

from bookbuild.draft import Draft, block_from
from bookbuild.source import Source


def read_plain_text(source: Source) -> Draft:
    """Read a text file; lines with nothing but white space become the `gap` of the block that follows them."""
    blocks = []
    gap = 0
    for start, line in source.lines():
        if line.strip():
            blocks.append(block_from(start, line, gap))
            gap = 0
        else:
            gap += 1
    return Draft(source, tuple(blocks))
