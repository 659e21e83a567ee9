"""Author's notes that run into the story."""

import re
from collections.abc import Iterator

from bookbuild.draft import Block, Draft, Group, GroupKind, Kind
from bookbuild.edits import DraftEdit, Retype, Sureness
from bookbuild.rules.evidence import Evidence
from bookbuild.rules.layout import usual_gap
from bookbuild.rules.rule import structure_rule

_FRONT = 12  # blocks from the top, or from the end, in which notes are looked for
_CERTAIN_MARK = re.compile(
    r"[\s\[({*_~]*(?:[ATE]\s*/\s*N\b(?!-\w)|AN(?=\s*:|\s+[–—-]\s)"
    r"|(?i:author[’']?s?[’']?\s+notes?|translator[’']?s\s+note|note from the author)\b(?=[\s*_]*(?:[:.~–—-]|$|\])))"
)
_LIKELY_MARK = re.compile(
    r"[\s\[({*_~]*(?:notes?|disclaimer|warnings?|summary|rating|spoilers?|beta(?:\s*(?:reader|[’']?d by))?|t/?w|c/?w"
    r"|(?:chapter\s+)?(?:end|beginning)\s+notes?|content warnings?|trigger warnings?|pairings?|chapter notes?)\s*(?:[:–—]|-(?=\s))",
    re.IGNORECASE,
)
_CUES = re.compile(
    r"\b(?:chapters?|stor(?:y|ies)|reviews?|reviewers?|readers?|beta(?:s|’d|'d|ed|ing)?|editing|edited|updat(?:e|es|ed|ing)|post(?:ed|ing)?"
    r"|wr(?:ote|ite|iting|itten)|comments?|kudos|feedback|fics?|disclaimer|thanks?|thank you|hope you (?:enjoy|like)|enjoy"
    r"|epilogue|prologue|favou?rit(?:ed|es|ing)|follow(?:s|ed|ers)|sequel|hiatus|to be continued|tbc|r&r|please (?:read|review|comment))\b",
    re.IGNORECASE,
)
_FIRST_PERSON = re.compile(
    r"\b(?:I|I[’']m|I[’']ve|I[’']d|I[’']ll|[Ww]e|[Ww]e[’']re|me|my|My|our|[Yy]ou guys|[Yy]ou all|everyone)\b"
)
_SIGN_OFF = re.compile(
    r"[\s\W]*(?:to be continued|tbc|please review|r\s*&\s*r|(?:end of|next) chapter(?:\W+\w+){0,6})[\s\W]*",
    re.IGNORECASE,
)
_SPEECH = re.compile(r"[\"“«]")


@structure_rule(
    before="Chapter 1\n\nA/N: Thanks for all the reviews!\n\nIt rained.",
    after="# Chapter 1\n\n[author's note: A/N: Thanks for all the reviews!]\n\nIt rained.",
)
def marked_note(draft: Draft, _evidence: Evidence) -> Iterator[DraftEdit]:
    """The author speaks beside the story and says so: `A/N`, `Author's Note`, `Disclaimer`."""
    blocks, gap = draft.blocks, usual_gap(draft)
    number = 0
    while number < len(blocks):
        kind = _kind_of_note(blocks, number, gap)
        if kind is None:
            number += 1
            continue
        last = _last_of_note(blocks, number, kind, gap)
        sureness = Sureness.CERTAIN if _CERTAIN_MARK.match(blocks[number].text) else Sureness.LIKELY
        yield Retype(number, last, group=Group(kind, blocks[number].start), sureness=sureness)
        number = last + 1


def _kind_of_note(blocks: tuple[Block, ...], number: int, gap: int) -> GroupKind | None:
    """Say which note begins at a block; None when none does: `Note: bring the key` in the story is a line of the story."""
    block = blocks[number]
    certain = bool(_CERTAIN_MARK.match(block.text))
    if not block.is_plain or not is_marked(block.text):
        return None
    if number < _FRONT and not any(_is_story(before) for before in blocks[:number]):
        return GroupKind.TOP_NOTE
    set_off = block.gap > gap or not blocks[number - 1].is_plain
    rest = blocks[number + 1 :]
    is_last = all(is_marked(after.text) or speaks_as_note(after) for after in rest) or (
        certain and len(rest) <= min(3, number - 1) and not any(_SPEECH.search(after.text) for after in rest)
    )
    if len(blocks) - number <= _FRONT and (set_off or is_last):
        return GroupKind.END_NOTE
    return GroupKind.INLINE_NOTE if certain else None


def _only_a_mark(text: str) -> bool:
    """Whether a line is nothing but the word for a note."""
    match = _CERTAIN_MARK.match(text) or _LIKELY_MARK.match(text)
    return match is not None and not text[match.end() :].strip()


def is_marked(text: str) -> bool:
    """Whether a line says that it is a note."""
    return bool(_CERTAIN_MARK.match(text) or _LIKELY_MARK.match(text))


def _last_of_note(blocks: tuple[Block, ...], first: int, kind: GroupKind, gap: int) -> int:
    """Find where a note ends: at its bracket, at a break or a heading, at a larger gap; at the file's end for an end note."""
    closing = {"[": "]", "(": ")", "{": "}"}.get(blocks[first].text.lstrip()[:1])
    if closing:
        reach = range(first, min(first + _FRONT, len(blocks)))
        return next((number for number in reach if closing in blocks[number].text), first)
    if _only_a_mark(blocks[first].text) and first + 1 < len(blocks) and blocks[first + 1].is_plain:
        first += 1  # `Notes:` stands above the note itself
    last = first
    while last + 1 < len(blocks) and blocks[last + 1].is_plain and blocks[last + 1].gap <= gap:
        last += 1
    if kind is GroupKind.END_NOTE:
        return last
    # a gap larger than usual, or a break, ends the note above a chapter; without one the note is its first
    # paragraph, and those after it that speak as notes do
    bounded = last + 1 < len(blocks) and last - first < 5 and kind is GroupKind.TOP_NOTE
    if bounded and _sound_as_note(blocks[first + 1 : last + 1]):
        return last
    last = first
    while last + 1 < len(blocks) and blocks[last + 1].is_plain and speaks_as_note(blocks[last + 1]):
        last += 1
    return last


@structure_rule(
    before="Chapter 1\n\nI rewrote this chapter twice.  Please review!\n\n\nIt rained.\n\nIt went on raining.\n\nIt stopped.",
    after="# Chapter 1\n\n[author's note: I rewrote this chapter twice.  Please review!]\n\nIt rained.\n\nIt went on raining.\n\nIt stopped.",
)
def unmarked_note(draft: Draft, _evidence: Evidence) -> Iterator[DraftEdit]:
    """Before or after the story, set off by a larger gap or a break, somebody speaks of the chapter, of readers and reviews."""
    yield from _top_notes(draft)
    yield from _end_notes(draft)


def _top_notes(draft: Draft) -> Iterator[DraftEdit]:
    cues = 2
    for region in _front_regions(draft):
        if not all(speaks_as_note(draft.blocks[number], cues) for number in region):
            return
        yield from _note(draft.blocks, region, GroupKind.TOP_NOTE)
        cues = 1  # after one note, what is set off on both sides need say less to be another


def _front_regions(draft: Draft) -> Iterator[list[int]]:
    """Give the blocks at a chapter's top that a larger gap, or a break, parts from what follows them."""
    gap = usual_gap(draft)
    region: list[int] = []
    for number, block in enumerate(draft.blocks[:_FRONT]):
        if region and (block.gap > gap or block.kind is Kind.BREAK):
            yield region
            region = []
        if block.is_plain:
            region.append(number)


def _end_notes(draft: Draft) -> Iterator[DraftEdit]:
    blocks, gap = draft.blocks, usual_gap(draft)
    for number in range(len(blocks) - 1, max(len(blocks) - _FRONT, 0), -1):
        block = blocks[number]
        if block.group or block.kind is Kind.BREAK:
            continue
        if _SIGN_OFF.fullmatch(block.text):
            yield from _note(blocks, [number], GroupKind.END_NOTE)
            continue
        if not speaks_as_note(block):
            return
        if block.gap > gap or blocks[number - 1].kind is Kind.BREAK:
            candidates = [at for at in range(number, len(blocks)) if blocks[at].is_plain]
            yield from _note(blocks, candidates, GroupKind.END_NOTE)


def _note(blocks: tuple[Block, ...], numbers: list[int], kind: GroupKind) -> Iterator[DraftEdit]:
    if numbers:
        group = Group(kind, blocks[numbers[0]].start)
        yield Retype(numbers[0], numbers[-1], group=group, sureness=Sureness.LIKELY)


def _is_story(block: Block) -> bool:
    return block.is_plain and not speaks_as_note(block) and not is_marked(block.text)


def speaks_as_note(block: Block, cues: int = 2) -> bool:
    """Whether a paragraph has so many words of talk about the story, in the first person or with thanks, and no speech."""
    found = {match.lower() for match in _CUES.findall(block.text)}
    return len(found) >= cues and bool(_FIRST_PERSON.search(block.text)) and not _SPEECH.search(block.text)


def _sound_as_note(blocks: tuple[Block, ...]) -> bool:
    """Whether paragraphs that follow a note's first go on with it: no speech, and half of them talk to readers."""
    talk = [bool(_CUES.search(block.text) or _FIRST_PERSON.search(block.text)) for block in blocks]
    return 2 * sum(talk) >= len(talk) and not any(_SPEECH.search(block.text) for block in blocks)
