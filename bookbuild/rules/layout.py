"""How the lines of a file stand: which of them make a paragraph."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import quantiles

from bookbuild.draft import Block, Draft, Kind
from bookbuild.edits import DraftEdit, Join, Sureness
from bookbuild.rules.evidence import Evidence
from bookbuild.rules.rule import structure_rule

LINE_LENGTH = 60
"""A line of verse is shorter than this, in characters: songs rarely pass 50, and prose pasted whole is far longer."""

_MEASURES = range(45, 91)
"""The columns at which programs wrap text: e-mail at 72, Gutenberg at 65 to 75, terminals at 80."""
_RAGGED = (
    15  # characters by which a full line may be shorter than the measure: a long word goes to the next line
)
_FEWEST = 4  # lines, below which nothing can be said
_INDENT = re.compile(r"[ \t\xa0]{2,}")
_HYPHENATED = re.compile(r"[^\W\d_]-$")


def usual_gap(draft: Draft) -> int:
    """Give how many empty lines mostly stand before a paragraph of this file; short lines are asked only when there are no others."""
    prose = [block.gap for block in draft.blocks[1:] if len(block.text) >= LINE_LENGTH]
    gaps = Counter(prose or [block.gap for block in draft.blocks[1:]])
    return max(gaps, key=lambda gap: (gaps[gap], gap > 0, -gap), default=0)


@structure_rule(
    before="The ferry had been late every day of that week, and nobody\n"
    "on the quay would say why. Ann asked the harbour master, who\n"
    "looked at his boots; she asked the boy with the ropes, and he\n"
    "looked at the harbour master.\n\nShe went home.",
    after="The ferry had been late every day of that week, and nobody on the quay would say why. Ann asked the harbour"
    " master, who looked at his boots; she asked the boy with the ropes, and he looked at the harbour master."
    "\n\nShe went home.",
)
def hard_wrapped_lines(draft: Draft, _evidence: Evidence) -> Iterator[DraftEdit]:
    """The text was broken into lines of one length, as e-mail and old archives do; a paragraph is all the lines up to the gap."""
    measure = _measure(draft)
    if not measure:
        return
    for first, last in _rows(draft.blocks):
        for begin, end in _paragraphs(draft.blocks, first, last, measure):
            lines = draft.blocks[begin : end + 1]
            glues = tuple(_glue(left.text, right.text) for left, right in pairwise(lines))
            parted = any(_HYPHENATED.search(line.text.rstrip()) for line in lines[:-1])
            why = "a word parted at a line's end keeps its hyphen: is it one word?" if parted else ""
            sureness = Sureness.DOUBTFUL if parted else Sureness.LIKELY
            yield Join(begin, end, glues, Kind.PARAGRAPH, sureness, why)


def _measure(draft: Draft) -> int:
    """Give the column at which the lines of a file were broken; 0 when they were not."""
    goes_on = [len(line.text.rstrip()) for line, after in pairwise(draft.blocks) if after.gap == 0]
    if len(goes_on) < _FEWEST - 1 or 2 * len(goes_on) < len(draft.blocks) - 1:
        return 0
    longest = round(quantiles([*goes_on, *goes_on[:1]], n=20)[-1])  # but for one line in twenty
    full = sum(longest - _RAGGED <= length <= longest + 2 for length in goes_on)
    return longest if longest in _MEASURES and 2 * full > len(goes_on) else 0


def _rows(blocks: Sequence[Block]) -> Iterator[tuple[int, int]]:
    """Give the rows of plain lines that have no empty line between them, each by its first and last."""
    first = 0
    for number in range(1, len(blocks) + 1):
        ends = number == len(blocks) or blocks[number].gap > 0 or not blocks[number].is_plain
        if ends or not blocks[first].is_plain:
            if number - first > 1:
                yield first, number - 1
            first = number


def _paragraphs(blocks: Sequence[Block], first: int, last: int, measure: int) -> Iterator[tuple[int, int]]:
    """Part a row where an indent begins a paragraph; a row whose lines are mostly short is verse or an address, and stays."""
    begin = first
    for number in range(first + 1, last + 2):
        is_new = number > last or (
            _INDENT.match(blocks[number].text) and not _INDENT.match(blocks[number - 1].text)
        )
        if is_new:
            full = sum(len(line.text.rstrip()) > measure - _RAGGED for line in blocks[begin : number - 1])
            if number - begin > 1 and 2 * full >= number - 1 - begin:
                yield begin, number - 1
            begin = number


def _glue(left: str, right: str) -> str:
    """Give what stands between two lines once they are one: nothing after a hyphen or a dash, no second space."""
    closed = _HYPHENATED.search(left) or left.endswith(("--", "—"))
    return "" if closed or left.endswith(" ") or right.startswith(" ") else " "
