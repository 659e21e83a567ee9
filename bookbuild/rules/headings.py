"""Headings that stand as plain lines at a chapter's top."""

import re
from collections.abc import Iterator

from bookbuild.draft import HEADINGS, Block, Draft, Kind
from bookbuild.edits import BlockEdit, DraftEdit, Edit, Join, Retype, Rewrite, Split, Sureness
from bookbuild.rules.divisions import inner_labels
from bookbuild.rules.evidence import Evidence
from bookbuild.rules.headlines import (
    FRONT,
    SENTENCE_END,
    could_be_title,
    each_line_is_a_paragraph,
    front,
    lines_above,
    title_below,
    top_label,
)
from bookbuild.rules.numbering import (
    TITLE_LENGTH,
    canonical,
    frame_of,
    number_of,
    read_bare_number,
    read_label,
    read_numbered_title,
    roman,
)
from bookbuild.rules.rule import prose_rule, structure_rule
from bookbuild.words import keys

_LONE_WORD = re.compile(r"\s*(?:chapter|part|book|volume)\s*", re.IGNORECASE)


@structure_rule(
    before="The Salt Road\n\nChapter 2\n\nChapter 2\n\nRain fell.",
    after="Chapter 2\n\nRain fell.",
)
def repeated_title(draft: Draft, evidence: Evidence) -> Iterator[DraftEdit]:
    """Sites put the chapter's title, or the book's, above a text that has it already; one of them is enough."""
    lines = [(number, draft.blocks[number]) for number in front(draft.blocks)[:FRONT]]
    if len(lines) > 1 and evidence.title and tuple(keys(lines[0][1].text)) == evidence.title:
        first = lines.pop(0)[0]
        yield Retype(first, first, Kind.REPEATED_TITLE, why="the book's title stands above the chapter")
    seen: dict[tuple[str, ...], int] = {}
    titles: set[tuple[str, ...]] = set()  # those that stand below a label
    is_below_label = False
    for number, block in lines:
        numbered = read_label(block.text) or read_numbered_title(block.text) or read_bare_number(block.text)
        name = canonical(block.text) if numbered else tuple(keys(block.text))
        same = [old for old in seen if _is_same_heading(old, name)]
        if not numbered and could_be_title(block) and name in titles:
            yield Retype(number, number, Kind.REPEATED_TITLE)
            continue
        titles |= {name} if is_below_label and name and not numbered else set()
        is_below_label = _is_bare_label(block.text)
        if not numbered and not (could_be_title(block) and (same or number == lines[0][0])):
            if len(block.text) > TITLE_LENGTH or SENTENCE_END.search(block.text):
                return  # the story has begun: what is said again in it is said again
            continue
        for old in same:
            # the fuller of the two stays: `Chapter 2: The Storm` says more than `Chapter 2`
            fold = seen.pop(old) if len(old) < len(name) else number
            yield Retype(fold, fold, Kind.REPEATED_TITLE)
            if fold == number:
                break
        else:
            seen[name] = number


def _is_bare_label(text: str) -> bool:
    label = read_label(text)
    return not label.title if label else bool(read_bare_number(text))


def _is_same_heading(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether two headings say the same, or the longer begins with the shorter, or has it after its number."""
    short, long = sorted((one, other), key=len)
    return short in {long[: len(short)], long[1:]}


@structure_rule(before="CHAPTER\n10\n\nRain fell.", after="CHAPTER 10\n\nRain fell.")
def label_on_two_lines(draft: Draft, _evidence: Evidence) -> Iterator[DraftEdit]:
    """The word for a chapter and its number stand on two lines; together they are its label."""
    for number, block in enumerate(draft.blocks[:-1]):
        below = draft.blocks[number + 1]
        if _LONE_WORD.fullmatch(block.text) and below.is_plain and below.gap <= 2 and block.is_plain:
            figure = below.text.strip().strip("-–—*~. ")
            if len(figure) <= 20 and number_of(figure):
                yield Join(number, number + 1, (" ",), Kind.PARAGRAPH)


@structure_rule(
    before="~*~ Chapter Five: The Ferry ~*~\n\nRain fell.", after="Chapter Five: The Ferry\n\nRain fell."
)
def ornaments_around_heading(draft: Draft, evidence: Evidence) -> Iterator[DraftEdit]:
    """Ornaments, asterisks or brackets that frame a heading were typed to show that it is one; how headings look is the style's business."""
    for number in _labelled(draft, evidence):
        text = draft.blocks[number].text
        frame = frame_of(text)
        if frame:
            edits = (Edit(0, frame[0], ""), Edit(frame[1], len(text), ""))
            yield Rewrite(number, edits, Kind.PARAGRAPH, sureness=Sureness.LIKELY)


def _labelled(draft: Draft, evidence: Evidence) -> Iterator[int]:
    """Give the lines that name the file's chapters, at its top and inside it."""
    top = top_label(draft)
    yield from [] if top is None else [top]
    yield from (rung.number for rung in inner_labels(draft, evidence) if not rung.doubt)


@structure_rule(
    before="Chapter Five: The Ferry\n\nRain fell.",
    after="Chapter Five\n\nThe Ferry\n\nRain fell.",
)
def label_and_title_in_one_line(draft: Draft, evidence: Evidence) -> Iterator[DraftEdit]:
    """A chapter's number and its title are two things, which a book sets in two ways."""
    for number in _labelled(draft, evidence):
        text = draft.blocks[number].text
        label = read_label(text) or read_numbered_title(text)
        if label and label.title:
            yield Split(number, label.end, label.title)


@structure_rule(
    before="Chapter 2\nThe Storm\n\nRain fell.", after="# Chapter 2\n\n## The Storm\n\nRain fell."
)
def plain_heading(draft: Draft, _evidence: Evidence) -> Iterator[DraftEdit]:
    """In plain text a heading looks like any other line; its words, its length and the room around it tell."""
    top, blocks = front(draft.blocks), draft.blocks
    label = top_label(draft)
    if label is not None:
        yield Retype(label, label, Kind.LABEL)
        parts = [number for number in top if number < label and read_label(blocks[number].text)]
        for number in parts:
            why = "a part's title stands above the chapter's"
            yield Retype(number, number, Kind.PART, sureness=Sureness.LIKELY, why=why)
        above = [number for number in top if number < label and number not in parts]
        below = title_below(draft, label, each_alone=each_line_is_a_paragraph(draft))
        if below is not None:
            yield Retype(below, below, Kind.TITLE, sureness=Sureness.LIKELY)
        elif len(above) == 1 and could_be_title(blocks[above[0]]):
            kind = (
                Kind.PART if parts else Kind.TITLE
            )  # between a part's label and a chapter's stands the part's title
            why = "the line above the chapter's number is short and is no sentence"
            yield Retype(above[0], above[0], kind, sureness=Sureness.LIKELY, why=why)
            above = []
        yield from lines_above(blocks, above)
    elif len(top) > 1 and could_be_title(blocks[top[0]]) and _parts(draft, top[0], top[1]):
        why = "the first line is short and is no sentence"
        yield Retype(top[0], top[0], Kind.TITLE, sureness=Sureness.LIKELY, why=why)


def _parts(draft: Draft, title: int, below: int) -> bool:
    """Whether room parts a first line from the story; where no line is empty, the story's line must look like one."""
    line, text = draft.blocks[title].text, draft.blocks[below].text
    is_story = len(text) > 2 * len(line) or SENTENCE_END.search(text)
    return bool(draft.blocks[below].gap or (is_story and ":" not in line and each_line_is_a_paragraph(draft)))


@prose_rule(before="CHAPTER FOUR\n\nRain fell.", after="# Chapter Four\n\nRain fell.")
def shouted_label(block: Block, _evidence: Evidence) -> Iterator[BlockEdit]:
    """A chapter's label in capitals shouts from every list of contents; how headings are cased is the style's business."""
    if block.kind not in (Kind.LABEL, Kind.PART) or not block.text.isupper():
        return
    for match in re.finditer(r"[^\W\d_]+", block.text):
        if not roman(match.group().lower()):
            yield Edit(match.start(), match.end(), match.group().capitalize())


@prose_rule(before="## Chapter 4 ##\n\nRain fell.", after="# Chapter 4\n\nRain fell.")
def hash_before_heading(block: Block, _evidence: Evidence) -> Iterator[BlockEdit]:
    """Some programs mark a heading with the sign #; a book has other means."""
    if block.kind in HEADINGS:
        for match in re.finditer(r"\A\s*#+\s*|\s*#+\s*\Z", block.text):
            yield Edit(match.start(), match.end(), "")


@prose_rule(before="Chapter 4:\n\nRain fell.", after="# Chapter 4\n\nRain fell.")
def colon_after_label(block: Block, _evidence: Evidence) -> Iterator[BlockEdit]:
    """A colon or a dash led from the number to a title on the same line; where a book sets them apart it leads nowhere."""
    if block.kind in (Kind.LABEL, Kind.PART):
        match = re.search(r"(?<=[^\W_])\s*[:–—-]+\s*\Z", block.text)
        if match and not re.match(r"\W", block.text.lstrip()):
            yield Edit(match.start(), match.end(), "")
