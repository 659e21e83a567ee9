"""Songs and poems whose lines were lost, or look like short paragraphs."""

import re
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from statistics import median

from bookbuild.draft import Block, Draft, GroupKind, Kind
from bookbuild.edits import DraftEdit, Edit, Join, Retype, Rewrite, Sureness
from bookbuild.rules.evidence import Evidence
from bookbuild.rules.layout import LINE_LENGTH, ends_sentence, usual_gap
from bookbuild.rules.prosody import (
    ENOUGH,
    LONGEST_LINE,
    announces,
    is_language,
    is_tight_verse,
    stanza_starts,
    stretches,
    weights,
)
from bookbuild.rules.rule import structure_rule

_LONG_SPACE = re.compile(r"[ \t\xa0]{10,}")
_MARGIN = 0.75  # weight above what is enough, below which the author is asked
_VERY_LONG = 20  # spaces: not even a table's column is parted by so many
_SEAM = re.compile(r"(?<=[a-zß-öø-ÿ])(?=[A-ZÀ-ÖØ-Þ])|(?<=[a-zß-öø-ÿ][,;:.!?])(?=[\"“'‘]?[A-ZÀ-ÖØ-Þ])")
_WORD = re.compile(r"[^\W\d_]+")
_NAME_BEGINNINGS = frozenset(
    ["Mc", "Mac", "De", "Del", "Di", "Du", "La", "Le", "Van", "Von", "Fitz", "O", "St"]
)
_NAMES = frozenset(
    ["YouTube", "PlayStation", "FaceTime", "TikTok", "WhatsApp", "LinkedIn", "PayPal", "MySpace"]
)


@structure_rule(
    before="The boats come in" + " " * 40 + "The boats go out" + " " * 38 + "And none of them is mine",
    after="The boats come in\nThe boats go out\nAnd none of them is mine",
)
def spaced_out_verse(draft: Draft, _evidence: Evidence) -> Iterator[DraftEdit]:
    """A song pasted from a web page lost its line breaks: each became a long run of spaces."""
    for number, block in enumerate(draft.blocks):
        text = block.text.rstrip()
        runs = [match for match in _LONG_SPACE.finditer(text) if match.start() > 0]
        pieces = _LONG_SPACE.split(text.strip())
        certain = len(runs) >= 2 or (runs and len(runs[0].group()) >= _VERY_LONG and is_tight_verse(pieces))
        if block.kind is Kind.PARAGRAPH and certain and _are_lines(pieces):
            edits = [Edit(match.start(), match.end(), "\n") for match in runs]
            edges = [Edit(len(text), len(block.text), "")] if len(text) < len(block.text) else []
            yield Rewrite(number, (*edits, *edges), Kind.STANZA)


def _are_lines(pieces: list[str]) -> bool:
    """Whether most pieces are short; paragraphs that a paste ran together are not."""
    return median(map(len, pieces)) < LINE_LENGTH * 4 / 3


@structure_rule(before="Sing low\nSing slow\n\nIt rained.", after="Sing low\nSing slow\n\nIt rained.")
def verse_lines(draft: Draft, _evidence: Evidence) -> Iterator[DraftEdit]:
    """Short lines without empty lines between them are verse, in a text whose paragraphs have empty lines between them."""
    blocks = draft.blocks
    taken: set[int] = set()
    ended = 0  # where the last stanza ended
    for first, last in tight_rows(blocks, usual_gap(draft)):
        if is_tight_verse([block.text for block in blocks[first : last + 1]]):
            # what ends in a colon announces the song, but not in the midst of it
            begin = first - 1 if ended == first - 1 > 0 and announces(blocks[first - 1].text) else first
            yield from _stanza(begin, last)
            taken.add(begin)
            ended = last + 1
        taken.update(range(first, last + 1))
    for row in _rows(blocks, taken):
        for first, last, weight in _verse_in(blocks, row):
            is_doubtful = weight < ENOUGH + _MARGIN
            starts = (
                () if usual_gap(draft) else stanza_starts([block.text for block in blocks[first : last + 1]])
            )
            yield from _stanzas(
                blocks, first, last, {first + start for start in starts}, is_doubtful=is_doubtful
            )


def tight_rows(blocks: Sequence[Block], usual: int) -> Iterator[tuple[int, int]]:
    """Give the rows of lines that stand closer than paragraphs do, or by themselves in a text without empty lines.

    The line that announces them (`She sang:`) is prose.
    """
    widest = 0 if usual < 2 or any(block.gap == 0 for block in blocks[1:]) else usual - 1
    first = 0
    for number in range(1, len(blocks) + 1):
        ends = number == len(blocks) or blocks[number].gap > widest
        if ends or not _is_line(blocks[number], blocks[first]) or not _is_line(blocks[first], blocks[first]):
            begin = first + 1 if announces(blocks[first].text) else first
            end = number - 1 if announces(blocks[number - 1].text) else number
            whole = bool(usual) or _stands_apart(blocks, first, number)
            if end - begin > 1 and whole and _is_line(blocks[begin], blocks[begin]):
                yield begin, end - 1
            first = number


def _stands_apart(blocks: Sequence[Block], first: int, end: int) -> bool:
    """Whether an empty line stands before a row, and another after it, or a long paragraph and its lines run on."""
    if end == len(blocks) or blocks[end].gap > 0:
        return blocks[first].gap > 0
    runs_on = any(not ends_sentence(block.text) for block in blocks[first : end - 1])
    return blocks[first].gap > 0 and runs_on and not _is_line(blocks[end], blocks[end])


def _is_line(block: Block, other: Block) -> bool:
    """Whether a block may be a line of what the other is a line of."""
    return (
        block.kind is Kind.PARAGRAPH and block.group == other.group and len(block.text.strip()) < LONGEST_LINE
    )


def _rows(blocks: Sequence[Block], taken: AbstractSet[int]) -> Iterator[range]:
    """Give the rows of short paragraphs, in the story or in a letter, which may be lines that stand apart as paragraphs do."""
    first = 0
    for number in range(len(blocks) + 1):
        ends = number == len(blocks) or number in taken or not _may_be_line(blocks[number])
        if ends or blocks[number].group != blocks[first].group:
            if number - first > 1:
                yield range(first, number)
            first = number + 1 if ends else number


def _may_be_line(block: Block) -> bool:
    in_letter = block.group is not None and block.group.kind is GroupKind.LETTER
    return _is_line(block, block) and (in_letter or block.group is None)


def _verse_in(blocks: Sequence[Block], row: range) -> Iterator[tuple[int, int, float]]:
    """Find the stretches of a row that are verse by their own sound, each with its weight."""
    found = weights([blocks[number].text for number in row])
    for start, end, weight in stretches(found):
        first, last = row[start], row[end]
        lines = [block.text for block in blocks[first : last + 1]]
        if last > first and weight >= ENOUGH and is_language(lines):
            yield first, last, weight


def _stanzas(
    blocks: Sequence[Block], first: int, last: int, starts: AbstractSet[int], *, is_doubtful: bool
) -> Iterator[DraftEdit]:
    """Part verse where a larger gap stands between its lines, and at `starts`, which its rhymes tell."""
    line_gap = min(block.gap for block in blocks[first + 1 : last + 1])
    begin = first
    for number in range(first + 1, last + 2):
        if number > last or blocks[number].gap > line_gap or number in starts:
            yield from _stanza(begin, number - 1, is_doubtful=is_doubtful)
            begin = number


def _stanza(first: int, last: int, *, is_doubtful: bool = False) -> Iterator[DraftEdit]:
    sureness = Sureness.DOUBTFUL if is_doubtful else Sureness.LIKELY
    why = "these short paragraphs sound like verse: are they verse, or prose?" if is_doubtful else ""
    others = (Retype(first, last, Kind.PARAGRAPH),) if is_doubtful else ()
    if last > first:
        glues = ("\n",) * (last - first)
        yield Join(first, last, glues, Kind.STANZA, sureness=sureness, why=why, others=others)
    else:
        yield Retype(first, last, Kind.STANZA, sureness=sureness, why=why, others=others)


@structure_rule(
    before="The night is longAnd I am gone" + " " * 30 + "The road is wide" + " " * 30 + "And I have lied",
    after="The night is long\nAnd I am gone\nThe road is wide\nAnd I have lied",
)
def lost_line_break(draft: Draft, evidence: Evidence) -> Iterator[DraftEdit]:
    """Two lines of a song were glued together: a capital follows right after a small letter, or after a comma."""
    for number, block in enumerate(draft.blocks):
        if block.kind is not Kind.STANZA:
            continue
        edits = tuple(
            Edit(seam, seam, "\n", sureness=Sureness.LIKELY)
            for seam in _seams(block.text)
            if _is_lost(block.text, seam, evidence)
        )
        if edits:
            yield Rewrite(number, edits, Kind.STANZA, sureness=Sureness.LIKELY)


def _seams(text: str) -> list[int]:
    return [match.start() for match in _SEAM.finditer(text)]


def _is_lost(text: str, seam: int, evidence: Evidence) -> bool:
    """Whether a seam is no name's (`McDonald`, `iPhone`) and no word that the book has elsewhere."""
    if not text[seam - 1].isalpha():
        return True
    word = next(match for match in _WORD.finditer(text) if match.start() < seam < match.end())
    before = text[word.start() : seam]
    if len(before) < 2 or before in _NAME_BEGINNINGS or word.group() in _NAMES:
        return False
    return evidence.forms.get(word.group(), 0) <= 1
