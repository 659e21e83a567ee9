"""Author's notes that run into the story."""

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from bookbuild.draft import HEADINGS, Block, Draft, Group, GroupKind, Kind
from bookbuild.edits import BlockEdit, Doubt, DraftEdit, Retype, Sureness
from bookbuild.rules.evidence import Evidence
from bookbuild.rules.layout import usual_gap
from bookbuild.rules.note_marks import CERTAIN_MARK, INSIDE, SIGN_OFF, SIGNED, is_marked, only_a_mark
from bookbuild.rules.note_speech import weight_of
from bookbuild.rules.rule import prose_rule, structure_rule

_FRONT = 12  # blocks from a chapter's top, or from its end, in which notes are looked for
_SPEECH = re.compile(r"[\"“«]")
_SURE = 2  # the weight from which a paragraph that stands apart is a note
_SURER = 4  # the same, of one that nothing sets off
_HINT = 1  # the weight of which the author is asked
_MOST = 6  # paragraphs of a note that no word marks


# ---------------------------------------------------------------- marked


@structure_rule(
    before="Chapter 1\n\nA/N: Thanks for all the reviews!\n\nIt rained.",
    after="# Chapter 1\n\n[author's note: A/N: Thanks for all the reviews!]\n\nIt rained.",
)
def marked_note(draft: Draft, _evidence: Evidence) -> Iterator[DraftEdit]:
    """The author speaks beside the story and says so: `A/N`, `Author's Note`, `Disclaimer`."""
    gap = usual_gap(draft)
    for start, end in _chapters(draft.blocks):
        blocks = draft.blocks[start:end]
        number = 0
        while number < len(blocks):
            kind = _kind_of_note(blocks, number, gap)
            if kind is None:
                number += 1
                continue
            last = _last_of_note(blocks, number, kind, gap)
            sureness = Sureness.CERTAIN if CERTAIN_MARK.match(blocks[number].text) else Sureness.LIKELY
            group = Group(kind, blocks[number].start)
            yield Retype(start + number, start + last, group=group, sureness=sureness)
            number = last + 1


def _chapters(blocks: Sequence[Block]) -> Iterator[tuple[int, int]]:
    """Give the stretches between headings, each by its first block and the one after its last."""
    start = 0
    for number, block in enumerate(blocks):
        if block.kind in HEADINGS:
            if start < number:
                yield start, number
            start = number + 1
    if start < len(blocks):
        yield start, len(blocks)


def _kind_of_note(blocks: Sequence[Block], number: int, gap: int) -> GroupKind | None:
    """Say which note begins at a block; None when none does: `Note: bring the key` in the story is a line of the story."""
    block = blocks[number]
    if not block.is_plain or not is_marked(block.text):
        return None
    certain = bool(CERTAIN_MARK.match(block.text))
    if number < _FRONT and not any(_is_story(before) for before in blocks[:number]):
        return GroupKind.TOP_NOTE
    if len(blocks) - number <= _FRONT:
        set_off = block.gap > gap or (number > 0 and not blocks[number - 1].is_plain)
        rest = blocks[number + 1 :]
        is_last = all(is_marked(after.text) or _end_weight(after.text) >= _SURE for after in rest) or (
            certain
            and len(rest) <= min(3, number - 1)
            and not any(_SPEECH.search(after.text) for after in rest)
        )
        if set_off or is_last:
            return GroupKind.END_NOTE
    return GroupKind.INLINE_NOTE if certain else None


def _last_of_note(blocks: Sequence[Block], first: int, kind: GroupKind, gap: int) -> int:
    """Find where a note ends: at its bracket, at a break or a heading, at a larger gap; at the chapter's end for an end note."""
    closing = {"[": "]", "(": ")", "{": "}"}.get(blocks[first].text.lstrip()[:1])
    if closing:
        reach = range(first, min(first + _FRONT, len(blocks)))
        return next((number for number in reach if closing in blocks[number].text), first)
    if only_a_mark(blocks[first].text) and first + 1 < len(blocks) and blocks[first + 1].is_plain:
        first += 1  # `Notes:` stands above the note itself
    last = first
    stop = len(blocks) if kind is GroupKind.END_NOTE else min(first + _MOST, len(blocks) - 1)
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
    ends = last + 1 < len(blocks) and blocks[last + 1].gap > gap and last - first < _MOST - 1
    if kind is GroupKind.TOP_NOTE and ends and _sound_as_note(blocks[first + 1 : last + 1]):
        return last
    last = first
    while last + 1 < len(blocks) and _goes_on(blocks[last + 1]):
        last += 1
    return last


def _goes_on(block: Block) -> bool:
    return block.is_plain and not is_marked(block.text) and weight_of(block.text) >= _SURER


def _sound_as_note(blocks: Sequence[Block]) -> bool:
    """Whether paragraphs that follow a note's first go on with it: no speech, and half of them talk to readers."""
    talk = [weight_of(block.text) > 0 or bool(_TALK.search(block.text)) for block in blocks]
    return 2 * sum(talk) >= len(talk) and not any(_SPEECH.search(block.text) for block in blocks)


_TALK = re.compile(
    r"\b(?:chapters?|story|updates?|reviews?|comments?|thanks?|readers?|you|your)\b", re.IGNORECASE
)


# ---------------------------------------------------------------- unmarked


@structure_rule(
    before="Chapter 1\n\nI rewrote this chapter twice.  Please review!\n\n\nIt rained.\n\nIt went on raining.\n\nIt stopped.",
    after="# Chapter 1\n\n[author's note: I rewrote this chapter twice.  Please review!]\n\nIt rained.\n\nIt went on raining.\n\nIt stopped.",
)
def unmarked_note(draft: Draft, _evidence: Evidence) -> Iterator[DraftEdit]:
    """Before or after the story, mostly set off by a larger gap or a break, somebody speaks of the chapter, of readers and reviews."""
    gap = usual_gap(draft)
    for start, end in _chapters(draft.blocks):
        blocks = draft.blocks[start:end]
        top = list(_top_notes(blocks, gap))
        below = max((edit.last + 1 for edit in top), default=0)
        for edit in (*top, *_end_notes(blocks, gap, below)):
            group = edit.group and Group(edit.group.kind, blocks[edit.first].start)
            first, last = start + edit.first, start + edit.last
            others = tuple(
                Retype(first, last, group=other.group) for other in edit.others if isinstance(other, Retype)
            )
            yield replace(edit, first=first, last=last, group=group, others=others)


def _top_notes(blocks: Sequence[Block], gap: int) -> Iterator[Retype]:
    sure = _SURE
    for region, set_off in _front_regions(blocks, gap):
        texts = [blocks[number].text for number in region]
        if set_off and _are_note(list(map(weight_of, texts[: _MOST + 1])), sure):
            yield _note(region, GroupKind.TOP_NOTE)
            sure = _SURE - 1  # after one note, what follows need say less to be another
            continue
        led = len(list(itertools.takewhile(lambda text: weight_of(text) >= _SURER, texts)))
        if led:
            yield _note(region[:led], GroupKind.TOP_NOTE)
        elif set_off and len(region) == 1 and weight_of(texts[0]) == _HINT:
            yield _asked(region[0], GroupKind.TOP_NOTE)
        return


def _are_note(weights: Sequence[int], sure: int) -> bool:
    """Whether the paragraphs of a row are a note: none of them says nothing, one says enough, and they are not too many."""
    return len(weights) <= _MOST and max(weights) >= sure and all(weights)


def _front_regions(blocks: Sequence[Block], gap: int) -> Iterator[tuple[list[int], bool]]:
    """Give the rows of plain blocks at a chapter's top, and whether a larger gap or a break parts each from what follows it."""
    region: list[int] = []
    for number, block in enumerate(blocks[:_FRONT]):
        if region and (block.gap > gap or block.kind is Kind.BREAK or block.group):
            yield region, True
            region = []
        if block.is_plain:
            region.append(number)
    if region:
        yield region, False


def _end_notes(blocks: Sequence[Block], gap: int, start: int) -> Iterator[Retype]:
    """Find notes from the end upwards, a row at a time; `start` is where the story may begin."""
    for region, set_off in _end_regions(blocks, gap, start):
        texts = [blocks[number].text for number in region]
        if len(region) > 1 and SIGNED.fullmatch(texts[-1]):
            texts[-1] = texts[-2]  # a signature belongs to what stands above it
        if set_off and _are_note(list(map(_end_weight, texts[: _MOST + 1])), _SURE):
            yield _note(region, GroupKind.END_NOTE)
            continue
        led = len(list(itertools.takewhile(lambda text: _end_weight(text) >= _SURER, reversed(texts))))
        if led:
            yield _note(region[-led:], GroupKind.END_NOTE)
        elif set_off and len(region) == 1 and _end_weight(texts[0]) == _HINT:
            yield _asked(region[0], GroupKind.END_NOTE)
        return


def _end_weight(text: str) -> int:
    return _SURER if SIGN_OFF.fullmatch(text) else weight_of(text)


def _end_regions(blocks: Sequence[Block], gap: int, start: int) -> Iterator[tuple[list[int], bool]]:
    """Give the rows of plain blocks at a chapter's end, the last first, and whether each is parted from what stands before it."""
    region: list[int] = []
    for number in range(len(blocks) - 1, max(len(blocks) - _FRONT, start, 1) - 1, -1):
        block = blocks[number]
        if block.is_plain:
            region.insert(0, number)
        if region and (block.gap > gap or not block.is_plain):
            yield region, True
            region = []
    if region:
        yield region, False


def _note(numbers: Sequence[int], kind: GroupKind) -> Retype:
    return Retype(numbers[0], numbers[-1], group=Group(kind, 0), sureness=Sureness.LIKELY)


def _asked(number: int, kind: GroupKind) -> Retype:
    why = "this stands apart from the story: is it a note of the author's?"
    others = (Retype(number, number, group=Group(kind, 0)),)
    return Retype(number, number, sureness=Sureness.DOUBTFUL, why=why, others=others)


def _is_story(block: Block) -> bool:
    return block.is_plain and not speaks_as_note(block) and not is_marked(block.text)


def speaks_as_note(block: Block) -> bool:
    """Whether a paragraph talks as authors do to their readers, and no one else does."""
    return weight_of(block.text) >= _SURE


# ---------------------------------------------------------------- inside a paragraph


@prose_rule(before="He ran (A/N: yes, really) all the way.", after="He ran (A/N: yes, really) all the way.")
def note_in_paragraph(block: Block, _evidence: Evidence) -> Iterator[BlockEdit]:
    """The author speaks in brackets in the middle of a paragraph; it stays where it is, and you are asked."""
    if block.group is None:
        for match in INSIDE.finditer(block.text):
            if match.span() != (0, len(block.text.strip())):
                yield Doubt(
                    match.start(),
                    match.end(),
                    why="a note of the author's stands inside this paragraph: shall it stay?",
                )
