"""Author's notes that run into the story."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from bookbuild.draft import HEADINGS, NOTES, Block, Draft, Group, GroupKind, Kind, MarkKind
from bookbuild.edits import DraftEdit, Join, Question, Retype, SetApart, Sureness
from bookbuild.rules.evidence import Evidence
from bookbuild.rules.glued_breaks import SENTENCE_START
from bookbuild.rules.layout import LINE_LENGTH, ends_sentence, usual_gap
from bookbuild.rules.narration import Narration, narration_of, weight_beside
from bookbuild.rules.note_marks import (
    CERTAIN_MARK,
    INSIDE,
    NOTE_IN_BRACKETS,
    SIGN_OFF,
    UNBRACKETED,
    is_marked,
    only_a_mark,
)
from bookbuild.rules.note_speech import weight_of
from bookbuild.rules.rule import structure_rule

EDGE = 12
"""Blocks from a chapter's top, or from its end, in which notes are looked for."""
MOST = 6
"""Paragraphs of a note whose end nothing shows."""
SURE = 2
"""The weight (`weight_beside`) from which a paragraph that stands apart is a note."""
SURER = 4
"""The same, of one that nothing sets off."""
_FEW_WORDS = 5  # fewer say nothing of who speaks
_SPEECH = re.compile(r"[\"“«]")
_MAY_BE_NOTE = re.compile(r"[/N]|[Nn]ote")  # found ten times as fast as a note


@structure_rule(
    before="Chapter 1\n\nA/N: Thanks for all the reviews!\n\nIt rained.",
    after="# Chapter 1\n\n[author's note: A/N: Thanks for all the reviews!]\n\nIt rained.",
)
def marked_note(draft: Draft, _evidence: Evidence) -> Iterator[DraftEdit]:
    """The author speaks beside the story and says so: `A/N`, `Author's Note`, `Disclaimer`."""
    gap = usual_gap(draft)
    for chapter in chapters_of(draft.blocks):
        blocks = [draft.blocks[at] for at in chapter.numbers]
        story = narration_of(blocks)
        number = below = 0
        while number < len(blocks):
            first = number if chapter.is_above else below  # above the heading nothing is told
            kind = _kind_of_note(blocks, number, gap, story, below=first)
            if kind is None:
                number += 1
                continue
            last = _last_of_note(blocks, number, kind, gap)
            if chapter.is_above:
                last = max(last, _last_above(blocks, number))
            sureness = Sureness.CERTAIN if CERTAIN_MARK.match(blocks[number].text) else Sureness.LIKELY
            group = Group(kind, blocks[number].start)
            yield Retype(chapter.numbers[number], chapter.numbers[last], group=group, sureness=sureness)
            number = last + 1
            below = number if kind is GroupKind.TOP_NOTE else below


class ChapterText(NamedTuple):
    """What stands between two headings."""

    numbers: Sequence[int]  # of the blocks that belong to the book
    is_above: bool  # a few lines above the file's first heading: they go with the chapter below


def chapters_of(blocks: Sequence[Block]) -> Iterator[ChapterText]:
    """Part a file at its headings."""
    numbers: list[int] = []
    has_begun = False
    for number, block in enumerate(blocks):
        if block.kind in HEADINGS:
            if numbers:
                yield ChapterText(numbers, not has_begun and len(numbers) <= EDGE)
            numbers, has_begun = [], True
        elif not block.is_set_aside:
            numbers.append(number)
    if numbers:
        yield ChapterText(numbers, is_above=False)


def _last_above(blocks: Sequence[Block], first: int) -> int:
    """Find where a note above the heading ends: at the next one, or at the title right above the heading."""
    last = first
    while last + 1 < len(blocks) and blocks[last + 1].is_plain and not is_marked(blocks[last + 1].text):
        last += 1
    while last > first and _is_name(blocks[last].text) and not _is_signed(blocks, last):
        last -= 1
    return last


def _is_name(text: str) -> bool:
    """Whether a line is short and no sentence."""
    return len(text) < LINE_LENGTH and not ends_sentence(text)


def _is_signed(blocks: Sequence[Block], last: int) -> bool:
    """Whether a line is the name below a note's closing line: `Love,` and `Ann`."""
    return bool(_CLOSING.fullmatch(blocks[last - 1].text)) and _is_name(blocks[last].text)


_CLOSING = re.compile(r"\s*[^\W\d_][\w ’']{1,30},\s*")


def _kind_of_note(
    blocks: Sequence[Block], number: int, gap: int, story: Narration, *, below: int
) -> GroupKind | None:
    """Say which note begins at a block; None when none does: `Note: bring the key` in the story is a line of the story.

    `below` is the first block that the story may begin with.
    """
    block = blocks[number]
    if not block.is_plain or not is_marked(block.text) or _goes_on_with_story(block.text, story):
        return None
    certain = bool(CERTAIN_MARK.match(block.text))
    if number < EDGE and not any(_is_story(before, story) for before in blocks[below:number]):
        return GroupKind.TOP_NOTE
    if len(blocks) - number <= EDGE:
        set_off = block.gap > gap or (number > 0 and not blocks[number - 1].is_plain)
        rest = blocks[number + 1 :]
        is_closed = bool(INSIDE.fullmatch(block.text.strip()))  # what stands below its bracket is none of it
        is_last = all(is_marked(after.text) or end_weight(after.text, story) >= SURE for after in rest) or (
            certain
            and not is_closed
            and len(rest) <= min(3, number - 1)
            and not any(_SPEECH.search(after.text) for after in rest)
        )
        if set_off or is_last:
            return GroupKind.END_NOTE
    return GroupKind.INLINE_NOTE if certain else None


def _goes_on_with_story(text: str, story: Narration) -> bool:
    """Whether a note in brackets at a paragraph's beginning is followed by sentences that sound like no note."""
    inside = INSIDE.match(text)
    rest = text[inside.end() :] if inside else ""
    return len(rest.split(None, _FEW_WORDS)) >= _FEW_WORDS and weight_beside(rest, story) <= 0


def _last_of_note(blocks: Sequence[Block], first: int, kind: GroupKind, gap: int) -> int:
    """Find where a note ends: at its bracket, at a break or a heading, at a larger gap; at the chapter's end for an end note."""
    closing = {"[": "]", "(": ")", "{": "}"}.get(blocks[first].text.lstrip()[:1])
    if closing:
        reach = range(first, min(first + EDGE, len(blocks)))
        return next((number for number in reach if closing in blocks[number].text), first)
    if only_a_mark(blocks[first].text) and first + 1 < len(blocks) and blocks[first + 1].is_plain:
        first += 1  # `Notes:` stands above the note itself, and above all lines of it that stand together
        while first + 1 < len(blocks) and blocks[first + 1].is_plain and blocks[first + 1].gap < gap:
            first += 1
    last = first
    stop = len(blocks) if kind is GroupKind.END_NOTE else min(first + MOST, len(blocks) - 1)
    while (
        last + 1 < stop
        and blocks[last + 1].is_plain
        and blocks[last + 1].gap <= gap
        and not is_marked(blocks[last + 1].text)
    ):
        last += 1
    if kind is GroupKind.END_NOTE:
        return last
    # a gap larger than usual, or a break, ends the note above a chapter; without one the note is its first
    # paragraph, and those after it that speak as notes do
    ends = last + 1 < len(blocks) and blocks[last + 1].gap > gap and last - first < MOST - 1
    if kind is GroupKind.TOP_NOTE and ends and _sound_as_note(blocks[first + 1 : last + 1]):
        return last
    last = first
    while last + 1 < len(blocks) and (_goes_on(blocks[last + 1]) or _is_tight(blocks, last + 1, gap)):
        last += 1
    is_signed = last + 2 < len(blocks) and blocks[last + 2].is_plain and _is_signed(blocks, last + 2)
    is_signed = is_signed and not (last + 3 < len(blocks) and _is_tight(blocks, last + 3, gap))  # a song
    return last + 2 if is_signed else last


def _is_tight(blocks: Sequence[Block], number: int, gap: int) -> bool:
    """Whether a line stands closer to the note above it than paragraphs do."""
    return blocks[number].is_plain and blocks[number].gap < gap and not is_marked(blocks[number].text)


def _goes_on(block: Block) -> bool:
    return block.is_plain and not is_marked(block.text) and weight_of(block.text) >= SURER


def _sound_as_note(blocks: Sequence[Block]) -> bool:
    """Whether paragraphs that follow a note's first go on with it: no speech, and half of them talk to readers."""
    talk = [weight_of(block.text) > 0 or bool(_TALK.search(block.text)) for block in blocks]
    return 2 * sum(talk) >= len(talk) and not any(_SPEECH.search(block.text) for block in blocks)


_TALK = re.compile(
    r"\b(?:chapters?|story|updates?|reviews?|comments?|thanks?|readers?|you|your)\b", re.IGNORECASE
)


def _is_story(block: Block, story: Narration) -> bool:
    return block.is_plain and weight_beside(block.text, story) < SURE and not is_marked(block.text)


def end_weight(text: str, story: Narration) -> int:
    """Weigh a paragraph below the story, where a word may end the chapter: `To be continued`."""
    return SURER if SIGN_OFF.fullmatch(text) else weight_beside(text, story)


@structure_rule(
    before="Notes:\nThis was written in one night.\n\nIt rained.",
    after="[author's note: Notes: This was written in one night.]\n\nIt rained.",
)
def note_under_its_word(draft: Draft, _evidence: Evidence) -> Iterator[DraftEdit]:
    """The word for a note stands on the line above it, with a colon and without an empty line: the note begins on that line."""
    for number, (block, after) in enumerate(pairwise(draft.blocks)):
        is_one = block.group is not None and block.group.kind in NOTES and block.group == after.group
        if is_one and after.gap == 0 and only_a_mark(block.text) and block.text.rstrip().endswith(":"):
            yield Join(number, number + 1, (" ",), Kind.PARAGRAPH)


@structure_rule(
    before="He ran (A/N: yes, really) all the way.", after="He ran (A/N: yes, really) all the way."
)
def note_in_paragraph(draft: Draft, _evidence: Evidence) -> Iterator[DraftEdit]:
    """The author speaks in brackets in the middle of a paragraph; it stays where it is, and you are asked. Between two sentences it can become a note of its own."""
    for number, block in enumerate(draft.blocks):
        if block.group is not None or block.is_set_aside or block.kind is Kind.BREAK:
            continue
        for start, end in _notes_inside(block):
            if (start, end) != (0, len(block.text.strip())):
                why = "a note of the author's stands inside this paragraph: shall it stay?"
                others = tuple(_set_apart(number, block, start, end))
                yield Question(number, start, end, why=why, others=others)


def _notes_inside(block: Block) -> Iterator[tuple[int, int]]:
    """Find notes in a paragraph: in brackets, as a stretch of emphasis, or after its last sentence."""
    text, end = block.text, 0
    found = [match.span() for match in INSIDE.finditer(text)]
    found += [match.span() for match in NOTE_IN_BRACKETS.finditer(text) if weight_of(match[1]) > 0]
    found += [
        (mark.start, mark.end)
        for mark in block.marks
        if mark.kind in (MarkKind.EMPHASIS, MarkKind.STRONG)
        and CERTAIN_MARK.match(text[mark.start : mark.end])
    ]
    starts = {start for start, _ in found}
    found += [
        (match.start() + 1, match.end())
        for match in (UNBRACKETED.finditer(text) if _MAY_BE_NOTE.search(text) else ())
        if match.start() + 1 not in starts
    ]
    for one in sorted(found):
        if one[0] >= end:
            yield one
            end = one[1]


def _set_apart(number: int, block: Block, start: int, end: int) -> Iterator[DraftEdit]:
    """Make a note of what parts no sentence."""
    before, after = block.text[:start].rstrip(), block.text[end:].strip()
    follows = not before or not after or ends_sentence(before)
    if block.kind is Kind.PARAGRAPH and follows and (not after or SENTENCE_START.match(after)):
        group = Group(GroupKind.INLINE_NOTE, block.offset(start))
        yield SetApart(number, start, end, group=group)
