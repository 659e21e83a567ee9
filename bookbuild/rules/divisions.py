"""Headings inside a file that holds several chapters, up to a whole novel."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import zip_longest
from typing import NamedTuple

from bookbuild.draft import HEADINGS, WORDS_ABOVE_HEADING, Block, Draft, Kind
from bookbuild.edits import DraftEdit, Retype, Sureness
from bookbuild.rules.evidence import Evidence
from bookbuild.rules.headlines import (
    could_be_title,
    each_line_is_a_paragraph,
    holds_chapters,
    lines_above,
    on_one_line,
    title_below,
    top_label,
)
from bookbuild.rules.layout import usual_gap
from bookbuild.rules.numbering import Label, canonical, read_bare_number, read_label, read_numbered_title
from bookbuild.rules.rule import structure_rule
from bookbuild.rules.tops import label_at_top
from bookbuild.words import count

_SENTENCE_ENDS = re.compile(r"[.!?…:—-][\"”'’*_)\]]*\s*$")
_LONGEST_LEAP = 3  # numbers that may be missing between two chapters, such as those that a site deleted
_FRONT_WORDS = 4  # of `TO THE READER`; a line of a title page is longer
_PROSE = 100  # characters below a numbered title; a list has fewer
_HABIT = 3  # headings that make a habit


class Rung(NamedTuple):
    """A line inside a file that names a division, and how it fits in with the others."""

    number: int  # of the block
    label: Label
    doubt: str = ""  # why it may be a line of the story


@structure_rule(
    before="Chapter 1\n\nRain fell.\n\nChapter 2\n\nIt stopped.",
    after="# Chapter 1\n\nRain fell.\n\n# Chapter 2\n\nIt stopped.",
)
def heading_inside(draft: Draft, evidence: Evidence) -> Iterator[DraftEdit]:
    """One file may hold several chapters: their headings are told by their words, by numbers that rise and by the room around."""
    rungs = inner_labels(draft, evidence)
    headings = [rung for rung in rungs if not rung.doubt]
    each_alone = each_line_is_a_paragraph(draft)
    titles = {
        rung.number: below
        for rung in headings
        if (below := title_below(draft, rung.number, each_alone=each_alone)) is not None
    }
    titled = _titled(headings, titles)
    for rung, after in zip_longest(headings, headings[1:]):
        if rung.label.word in titled and rung.number in titles:
            title = titles[rung.number]
            yield Retype(rung.number, rung.number, _kind(draft, rung, after, title))
            kind = Kind.PART if _kind(draft, rung, after, title) is Kind.PART else Kind.TITLE
            yield Retype(title, title, kind, sureness=Sureness.LIKELY)
        elif (
            after
            and _live(draft.blocks, rung.number + 1) == after.number
            and _say_the_same(draft, rung, after)
        ):
            yield Retype(rung.number, rung.number, Kind.REPEATED_TITLE, why="the heading stands twice")
        else:
            yield Retype(rung.number, rung.number, _kind(draft, rung, after, rung.number))
    if headings:
        front = list(_front_headings(draft, headings))
        yield from front
        first = min((edit.first for edit in front), default=headings[0].number)
        if _top(draft) < 0:
            yield from _lines_above(draft.blocks[:first])
    for rung in rungs:
        if rung.doubt:
            at = rung.number
            others = (Retype(at, at, Kind.LABEL), Retype(at, at, Kind.SUBHEADING))
            yield Retype(at, at, sureness=Sureness.DOUBTFUL, why=rung.doubt, others=others)


def _front_headings(draft: Draft, headings: Sequence[Rung]) -> Iterator[Retype]:
    """Find the headings of what stands before the first chapter (NOTICE, PREFACE), and the book's own title above them all."""
    blocks, gap = draft.blocks, usual_gap(draft)
    titles = [
        number
        for number in range(headings[0].number - 1)
        if blocks[number].is_plain
        and blocks[number].gap > gap
        and blocks[number + 1].gap
        and blocks[number].text.isupper()
        and could_be_title(blocks[number])
        and len(blocks[number].text.split()) <= _FRONT_WORDS
        and not blocks[number + 1].text.isupper()
    ]
    top = _live(blocks, 0)
    below = _live(blocks, top + 1)
    if blocks[top].kind is Kind.TITLE and (
        below in titles or (below < len(blocks) and blocks[below].kind is Kind.LABEL and len(headings) > 1)
    ):
        name = canonical(blocks[top].text)
        for number in (top, *(number for number in titles if canonical(blocks[number].text) == name)):
            why = "the book's title stands above its chapters"
            yield Retype(number, number, Kind.REPEATED_TITLE, sureness=Sureness.LIKELY, why=why)
        titles = [number for number in titles if canonical(blocks[number].text) != name]
    for number in titles:
        yield Retype(number, number, Kind.TITLE, sureness=Sureness.LIKELY)


def _lines_above(blocks: Sequence[Block]) -> Iterator[DraftEdit]:
    """Tell of a few lines above the first heading, which go below it."""
    story = [number for number, block in enumerate(blocks) if block.is_plain]
    if sum(count(blocks[number].text) for number in story) <= WORDS_ABOVE_HEADING:
        yield from lines_above(blocks, story)


def _titled(headings: Sequence[Rung], titles: Mapping[int, int]) -> set[str]:
    """Say which kinds of division have titles in this file: a short line below one of many is no title."""
    have = Counter(rung.label.word for rung in headings if rung.number in titles)
    every = Counter(rung.label.word for rung in headings)
    return {word for word in every if every[word] < _HABIT or 2 * have[word] >= every[word]}


def _kind(draft: Draft, rung: Rung, after: Rung | None, last: int) -> Kind:
    """Say whether a label is a part's, right above a chapter's, or a chapter's."""
    is_next = after is not None and _live(draft.blocks, last + 1) == after.number
    return Kind.PART if is_next and after and holds_chapters(rung.label, after.label) else Kind.LABEL


def _say_the_same(draft: Draft, rung: Rung, after: Rung) -> bool:
    one, other = (canonical(draft.blocks[number].text) for number in (rung.number, after.number))
    return one == other[: len(one)]


def _live(blocks: Sequence[Block], number: int) -> int:
    """Give the next block that is part of the book and no break."""
    while number < len(blocks) and (blocks[number].is_set_aside or blocks[number].kind is Kind.BREAK):
        number += 1
    return number


# ---------------------------------------------------------------- labels with a word


def inner_labels(draft: Draft, evidence: Evidence) -> list[Rung]:
    """Find the lines inside a file that name a division; each must fit in with those before and after it."""
    top = _top(draft)
    found = dict(_labels(draft, top + 1))
    following = _following(found)
    numbered = [label for label in found.values() if label.number]
    lone = top < 0 and len(numbered) == 1 and bool(numbered[0].word)
    above_all = filter(None, map(_label_above, draft.blocks[: top + 1]))
    last = {label.word: label.number for label in above_all}
    rungs: list[Rung] = []
    for number, label in found.items():
        above = rungs[-1] if rungs and not rungs[-1].doubt else None
        is_next = above is not None and _live(draft.blocks, above.number + 1) == number
        repeats = is_next and last.get(label.word) == label.number
        holds = label.word not in last and holds_chapters(label, found.get(_live(draft.blocks, number + 1)))
        doubt = ""
        if not (lone or repeats or holds):
            doubt = _misfit(label, last.get(label.word), following[number], above and above.label)
        if not doubt and len(found) < _HABIT and _begins_another_file(draft, evidence, label):
            doubt = "another file begins with this heading: is it a heading here, or a line of the story?"
        rungs.append(Rung(number, label, doubt))
        if not doubt:
            last[label.word] = label.number
    return rungs


def _label_above(block: Block) -> Label | None:
    label = read_label(block.text) or read_numbered_title(block.text)
    value = 0 if label else read_bare_number(block.text)
    return Label("", value, len(block.text), 0) if value else label


def _labels(draft: Draft, start: int) -> Iterator[tuple[int, Label]]:
    for number in range(start, len(draft.blocks)):
        block = draft.blocks[number]
        if block.is_plain:
            label = read_label(block.text) or _numbered(draft.blocks, number) or _parted(draft, number)
            if label and _has_room(draft.blocks, number, label):
                yield number, label


def _numbered(blocks: Sequence[Block], number: int) -> Label | None:
    """Read a numbered title that has prose below it; without that it is a line of a list."""
    label = read_numbered_title(blocks[number].text)
    below = blocks[number + 1 : number + 3]
    is_prose = bool(label) and sum(len(block.text) for block in below) >= _PROSE
    return label if blocks[number].gap and is_prose and not read_numbered_title(below[0].text) else None


def _parted(draft: Draft, number: int) -> Label | None:
    """Read a number that was parted from the title beside it."""
    block = draft.blocks[number]
    value = read_bare_number(block.text)
    is_parted = value and number + 1 < len(draft.blocks) and on_one_line(draft, number)
    return Label("", value, len(block.text), 0) if is_parted else None


def _following(found: dict[int, Label]) -> dict[int, int]:
    """Say for each label which number the next one of its kind has; 0 for the last."""
    following, after = dict[int, int](), dict[str, int]()
    for number, label in reversed(found.items()):
        following[number] = after.get(label.word, 0)
        after[label.word] = label.number
    return following


def _begins_another_file(draft: Draft, evidence: Evidence, label: Label) -> bool:
    name = (label.word, label.number)
    return bool(label.number) and evidence.tops.labels.get(name, 0) > (label_at_top(draft) == name)


def _top(draft: Draft) -> int:
    """Give the last block of the heading at the top of the file; -1 when there is none."""
    typed = -1
    for number, block in enumerate(draft.blocks):
        if block.kind in HEADINGS:
            typed = number
        elif not block.is_set_aside and block.kind is not Kind.BREAK:
            break
    found = top_label(draft)
    return max(typed, -1 if found is None else found)


def _has_room(blocks: Sequence[Block], number: int, label: Label) -> bool:
    """Whether a line is no part of a paragraph: room around it, or a finished sentence above it."""
    block, before = blocks[number], blocks[number - 1]
    after = blocks[number + 1] if number + 1 < len(blocks) else None
    if block.gap or not before.is_plain:
        return True
    ended = bool(_SENTENCE_ENDS.search(before.text))
    return ended and (not label.title or (after is not None and after.gap > 0))


def _misfit(label: Label, last: int | None, following: int, above: Label | None) -> str:
    """Say why a label does not fit in with the others of its kind; nothing when it does."""
    if label.number == 0:
        return ""
    if not label.word and last is None and (label.number, following) != (1, 2):
        return "this looks like a heading, but no other numbers follow it"
    begins = label.number == 1 and (
        last is None or last > _HABIT or (above is not None and above.word != label.word)
    )
    rises = last is not None and last < label.number <= last + _LONGEST_LEAP + 1
    leads = last is None and following == label.number + 1
    if begins or rises or leads:
        return ""
    return "this looks like a heading, but its number does not fit in with the others"
