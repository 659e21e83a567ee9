"""Author's notes that no word marks: what stands at a chapter's edge and is said otherwise than the story is told."""

import itertools
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from bookbuild.draft import Block, Draft, Group, GroupKind, Kind
from bookbuild.edits import DraftEdit, Retype, Sureness
from bookbuild.rules.evidence import Evidence
from bookbuild.rules.layout import usual_gap
from bookbuild.rules.narration import Narration, narration_of, weight_beside
from bookbuild.rules.note_marks import SIGN_OFF, SIGNED
from bookbuild.rules.notes import EDGE, MOST, SURE, SURER, ChapterText, chapters_of, end_weight
from bookbuild.rules.rule import structure_rule

_ASKED = 3  # paragraphs about which one may ask together


@structure_rule(
    before="Chapter 1\n\nI rewrote this chapter twice.  Please review!\n\n\nIt rained.\n\nIt went on raining.\n\nIt stopped.",
    after="# Chapter 1\n\n[author's note: I rewrote this chapter twice.  Please review!]\n\nIt rained.\n\nIt went on raining.\n\nIt stopped.",
)
def unmarked_note(draft: Draft, evidence: Evidence) -> Iterator[DraftEdit]:
    """Before or after the story, mostly set off by a larger gap or a break, somebody speaks of the chapter, of readers and reviews."""
    gap = usual_gap(draft)
    for chapter in chapters_of(draft.blocks):
        blocks = [draft.blocks[at] for at in chapter.numbers]
        story = narration_of(blocks, of_book=evidence.narration)
        top = list(_top_notes(blocks, gap, story))
        below = max((row.last + 1 for row in top), default=0)
        for row in (*top, *_end_notes(blocks, gap, below, story)):
            yield _edit(row, chapter, blocks[row.first].start)


class _Region(NamedTuple):
    """Paragraphs at a chapter's edge, from the edge inwards, and whether a larger gap or a break parts them from the rest."""

    numbers: Sequence[int]
    is_set_off: bool


class _Row(NamedTuple):
    """A row of paragraphs at a chapter's edge, from `first` to `last`, that is a note, or may be one."""

    first: int
    last: int
    kind: GroupKind
    is_sure: bool


def _edit(row: _Row, chapter: ChapterText, number: int) -> Retype:
    first, last = chapter.numbers[row.first], chapter.numbers[row.last]
    group = Group(GroupKind.TOP_NOTE if chapter.is_above else row.kind, number)
    if row.is_sure:
        return Retype(first, last, group=group, sureness=Sureness.LIKELY)
    others = (Retype(first, last, group=group),)
    why = "this is said otherwise than the story is told: is it a note of the author's, or part of the story?"
    return Retype(first, last, sureness=Sureness.DOUBTFUL, why=why, others=others)


def _top_notes(blocks: Sequence[Block], gap: int, story: Narration) -> Iterator[_Row]:
    """Find notes from the top downwards, a row at a time; what may be one is one when a sure one stands below it."""
    sure, rows = SURE, list[_Row]()
    for region in _front_regions(blocks, gap):
        weights = [weight_beside(blocks[number].text, story) for number in region.numbers[: MOST + 1]]
        row = _judged(region, weights, GroupKind.TOP_NOTE, sure, of_story=story)
        rows += [row] if row else []
        if not row or not region.is_set_off:
            break
        sure -= row.is_sure and sure == SURE  # after one note, what follows need say less to be another
    last = max((number for number, row in enumerate(rows, 1) if row.is_sure), default=0)
    yield from (row._replace(is_sure=True) for row in rows[:last])
    yield from rows[last : last + 1]


def _end_notes(blocks: Sequence[Block], gap: int, start: int, story: Narration) -> Iterator[_Row]:
    """Find notes from the end upwards, a row at a time; `start` is where the story may begin."""
    for whole in _end_regions(blocks, gap, start):
        signed_off = _signs_off(blocks, whole) if story.says_i else 0
        if signed_off:  # such a line says nothing of what stands above it
            yield _row(whole.numbers[:signed_off], GroupKind.END_NOTE, is_sure=True)
        region = whole._replace(numbers=whole.numbers[signed_off:])
        texts = [blocks[number].text for number in region.numbers[: MOST + 1]]
        if len(texts) > 1 and SIGNED.fullmatch(texts[0]):
            texts[0] = texts[1]  # a signature belongs to what stands above it
        weights = [end_weight(text, story) for text in texts]
        row = _judged(region, weights, GroupKind.END_NOTE, SURE, of_story=story)
        if row:
            yield row
        if not row or not row.is_sure or not region.is_set_off:
            return


def _signs_off(blocks: Sequence[Block], region: _Region) -> int:
    """Count the lines at a chapter's end that only sign off, `To be continued`, when others stand above them in their row."""
    count = len(
        list(itertools.takewhile(lambda number: SIGN_OFF.fullmatch(blocks[number].text), region.numbers))
    )
    return count if count < len(region.numbers) else 0


def _judged(
    region: _Region, weights: Sequence[int], kind: GroupKind, sure: int, *, of_story: Narration
) -> _Row | None:
    """Judge a row of paragraphs by their weights, both from the chapter's edge inwards: all of it, what leads it, or a question."""
    numbers = region.numbers
    led = _run(weights, SURER)
    if region.is_set_off and _are_note(weights, sure):
        return _row(numbers, kind, is_sure=True)
    if led:
        return _row(numbers[:led], kind, is_sure=True)
    if region.is_set_off:
        asked = len(numbers) if _may_be_note(weights, of_story) else 0
    else:
        asked = _run(weights, SURE)
    return _row(numbers[:asked], kind, is_sure=False) if asked else None


def _may_be_note(weights: Sequence[int], story: Narration) -> bool:
    """Whether to ask about a row. A paragraph told as the story is keeps those beside it in a story whose teller says `I`."""
    saying = sum(map(bool, weights))
    enough = len(weights) if story.says_i else len(weights) / 2
    return len(weights) <= _ASKED and saying >= enough


def _run(weights: Sequence[int], least: int) -> int:
    """Count how many weights from the first on are not below the least."""
    return len(list(itertools.takewhile(lambda weight: weight >= least, weights)))


def _row(numbers: Sequence[int], kind: GroupKind, *, is_sure: bool) -> _Row:
    return _Row(min(numbers), max(numbers), kind, is_sure)


def _are_note(weights: Sequence[int], sure: int) -> bool:
    """Whether the paragraphs of a row are a note: none of them says nothing, one says enough, and they are not too many."""
    return len(weights) <= MOST and max(weights) >= sure and all(weights)


def _front_regions(blocks: Sequence[Block], gap: int) -> Iterator[_Region]:
    """Give the rows of plain blocks at a chapter's top, and whether a larger gap or a break parts each from what follows it."""
    region: list[int] = []
    for number, block in enumerate(blocks[:EDGE]):
        if region and (block.gap > gap or block.kind is Kind.BREAK or block.group):
            yield _Region(region, is_set_off=True)
            region = []
        if block.is_plain:
            region.append(number)
    if region:
        yield _Region(region, is_set_off=False)


def _end_regions(blocks: Sequence[Block], gap: int, start: int) -> Iterator[_Region]:
    """Give the rows of plain blocks at a chapter's end, from the last upwards, and whether each is parted from what stands above."""
    region: list[int] = []
    for number in range(len(blocks) - 1, max(len(blocks) - EDGE, start, 1) - 1, -1):
        block = blocks[number]
        if block.is_plain:
            region.append(number)
        if region and (block.gap > gap or not block.is_plain):
            yield _Region(region, is_set_off=True)
            region = []
    if region:
        yield _Region(region, is_set_off=False)
