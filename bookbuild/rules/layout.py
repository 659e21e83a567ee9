"""How the lines of a file stand: which of them make a paragraph."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import quantiles

from bookbuild.draft import Block, Draft, Kind

LINE_LENGTH = 60
"""A line of verse is shorter than this, in characters: songs rarely pass 50, and prose pasted whole is far longer."""

_MEASURES = range(45, 101)
"""The columns at which programs wrap text: e-mail at 72, Gutenberg at 65 to 75, terminals at 80, old editors at 100."""
_RAGGED = (
    15  # characters by which a full line may be shorter than the measure: a long word goes to the next line
)
_FEWEST = 3  # lines that go on in the next, below which nothing can be said
_WIDEST_GAP = 3  # empty lines between two lines of one paragraph, in a text that was spaced out
STEP = 2  # characters: a smaller indent is a slip
_INDENT = re.compile(r"[ \t\xa0]*")
_TAB = 4  # characters that a tab stands for
_FIRST_LETTER = re.compile(r"[^\w]*([^\W\d_])")
CLOSERS = "\"'”’»*_)\\]“‘«›‹」』"
"""What may stand between the end of a sentence and its paragraph's, inside brackets of a pattern: „German“ and »Danish« marks close too."""

_SENTENCE_END = re.compile(rf"[.!?…:—。！？-][{CLOSERS}]*\s*$")


def usual_gap(draft: Draft) -> int:
    """Give how many empty lines mostly stand before a paragraph of the story in this file; short lines are asked only when there are no others, and what begins small, or stands below a scene break, which may have been glued to it, is not."""
    story = [
        block
        for before, block in pairwise(draft.blocks)
        if not block.is_set_aside and before.kind is not Kind.BREAK
    ]
    long = (block for block in story if len(block.text) >= LINE_LENGTH and not begins_small(block.text))
    gaps = Counter(block.gap for block in long) or Counter(block.gap for block in story)
    return max(gaps, key=lambda gap: (gaps[gap], gap > 0, -gap), default=0)


def indent_of(text: str) -> int:
    """Give the width of the white space that a line begins with, in characters."""
    match = _INDENT.match(text)
    return len(match.group().replace("\t", " " * _TAB)) if match else 0


def begins_small(text: str) -> bool:
    """Whether the first letter of a text is a small one, so that it goes on with what stands before it."""
    match = _FIRST_LETTER.match(text[:_RAGGED])
    return match is not None and match[1].islower()


def ends_sentence(text: str) -> bool:
    """Whether a text ends as a sentence does: with its mark, a speech's, or a dash."""
    return bool(_SENTENCE_END.search(text[-_RAGGED:]))


def filled_by(line: str, after: str) -> int:
    """Give the characters that a line would have with the next one's first word in it."""
    return len(line.rstrip()) + 1 + len(after.strip().split(" ", 1)[0])


@dataclass(frozen=True, slots=True)
class Layout:
    """How a file was broken into lines of one length."""

    measure: int  # characters in a full line
    room: int  # characters that a line and the next word fill at least where the program broke it
    line_gap: int  # empty lines between the lines of a paragraph
    indent: int  # characters before a line that goes on with a paragraph
    is_dense: bool  # no gap and no indent parts the paragraphs


def layout_of(blocks: Sequence[Block]) -> Layout | None:
    """See how a file was broken into lines; None when it was not."""
    for gap in range(_WIDEST_GAP + 1):
        pairs = [
            (left, right)
            for left, right in pairwise(blocks)
            if right.gap == gap and left.is_plain and right.is_plain
        ]
        goes_on = [(left, right) for left, right in pairs if begins_small(right.text)]
        if not any(block.text.lower() != block.text for block in blocks):
            goes_on = pairs  # a script without capitals
        if len(goes_on) < _FEWEST or 3 * len(goes_on) < len(pairs):
            continue
        widths = [len(left.text.rstrip()) for left, _ in goes_on]
        longest = round(quantiles([*widths, *widths[:1]], n=20)[-1])  # but for one line in twenty
        full = sum(longest - _RAGGED <= width <= longest + 2 for width in widths)
        if longest in _MEASURES and 2 * full > len(widths):
            indents = Counter(indent_of(right.text) for _, right in goes_on)
            indent = max(indents, key=lambda width: indents[width])
            parted = sum(block.gap > gap or indent_of(block.text) >= indent + STEP for block in blocks[1:])
            filled = sorted(filled_by(left.text, right.text) for left, right in goes_on)
            room = filled[max(len(filled) // 10, 1)]  # but for a song among them
            return Layout(longest, room, gap, indent, is_dense=parted * 20 < len(blocks))
    return None
