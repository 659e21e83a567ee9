"""What a line must be like to be a heading, and where a file's first heading stands."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import zip_longest

from bookbuild.draft import NOTES, Block, Draft, Kind
from bookbuild.edits import Retype, Sureness
from bookbuild.rules.layout import layout_of, usual_gap
from bookbuild.rules.note_marks import is_marked
from bookbuild.rules.note_speech import speaks_as_note, weight_of
from bookbuild.rules.numbering import (
    TITLE_LENGTH,
    TITLE_WORDS,
    Label,
    read_bare_number,
    read_label,
    read_numbered_title,
)

SENTENCE_END = re.compile(
    r"(?:[.!?,;:…\"”'’)—–-]|[.!?…]\])(?:\[\^?\d{1,3}\]|[*†‡]{1,2})?\s*$"
)  # a footnote's call may follow
FRONT = 6
"""How many blocks from the top a title may stand, or be repeated."""

_CONTAINERS = frozenset({"part", "book", "volume", "act", "arc", "partie", "teil", "parte", "часть"})
_SPEECH = re.compile(r"[–—-]|[\"“‘'„«»‹›].*(?:[\"”’'“‘»«›‹] *(?:[a-z]|$)|[.,!?])")
_TWO_SENTENCES = re.compile(r"\w{3}[.!?][\"”]?\s+[A-Z]")
_WRAPPED = 90  # characters: a longer line was not broken by a program, but is a paragraph
_YEAR = re.compile(r"[^\W\d_].*\b\d{4}\b")  # `London, 1888` is where a chapter begins, not what it is called
_SAYS_CHAPTER = 3  # the weight that the one word of a note may have: `The Last Chapter` is a title too


def could_be_title(block: Block) -> bool:
    """Whether a line is short and has no sentence's end, as titles do."""
    text = block.text.strip()
    return (
        block.kind is Kind.PARAGRAPH
        and len(text) <= TITLE_LENGTH
        and len(text.split()) <= TITLE_WORDS - 2
        and not SENTENCE_END.search(text.rstrip("!?"))
        and not _TWO_SENTENCES.search(text)
        and not _SPEECH.match(text)
        and not _YEAR.search(text)
        and not is_marked(text)
        and weight_of(text) <= _SAYS_CHAPTER
        and any(character.isalpha() for character in text)
    )


def holds_chapters(label: Label, below: Label | None) -> bool:
    """Whether a label is a part's: it is of a kind that holds others, and another kind's stands right below it."""
    return below is not None and label.word in _CONTAINERS and below.word != label.word


def on_one_line(draft: Draft, number: int) -> bool:
    """Whether a block and the next one stood on one line of the file: the second is what a label was parted from."""
    between = draft.source.text[draft.blocks[number].end : draft.blocks[number + 1].start]
    return not re.search(r"[\n\r\v\f\x85\u2028\u2029]", between)


def each_line_is_a_paragraph(draft: Draft) -> bool:
    """Whether lines stand for themselves: no empty lines part them, and no program broke them."""
    return not usual_gap(draft) and layout_of(draft.blocks) is None


def title_below(draft: Draft, number: int, *, each_alone: bool) -> int | None:
    """Find the block below a label that is its title: the rest of its line, or a line that stands for itself."""
    blocks = draft.blocks
    below = [at for at in range(number + 1, min(number + 4, len(blocks))) if not blocks[at].is_set_aside][:2]
    if not below or blocks[below[0]].kind is not Kind.PARAGRAPH:
        return None
    first = blocks[below[0]]
    if below[0] == number + 1 and on_one_line(draft, number):
        return below[0]
    if len(below) < 2 or first.gap > 2 or not could_be_title(first) or _counts(blocks, number, first):
        return None
    after = blocks[below[1]]
    alone = after.gap > 0 or len(after.text) > _WRAPPED or re.match(r"[ \t\xa0]{2}", after.text)
    return below[0] if alone or each_alone else None


def _counts(blocks: Sequence[Block], label: int, below: Block) -> bool:
    """Whether a line below a label is the first of numbers that count scenes, and not its title."""
    value = read_bare_number(below.text)
    others = (block.text for block in blocks[label + 1 :] if len(block.text) <= len(below.text) + 2)
    return bool(value) and any(read_bare_number(text) == value + 1 for text in others)


def lines_above(blocks: Sequence[Block], numbers: Iterable[int]) -> Iterator[Retype]:
    """Ask about the lines that stand above the heading and are neither a title nor part of a note."""
    noted = False
    for number in numbers:
        block = blocks[number]
        noted = noted or is_marked(block.text)
        is_note = (noted and not could_be_title(block)) or is_marked(block.text) or speaks_as_note(block)
        if not is_note:
            why = "this line stands above the heading; it goes below it, as a line of the story"
            others = (Retype(number, number, Kind.BOILERPLATE),)
            yield Retype(number, number, sureness=Sureness.DOUBTFUL, why=why, others=others)


def top_label(draft: Draft) -> int | None:
    """Find the block that names the chapter: the first, or one that has only a title or an author's note above it."""
    blocks, top = draft.blocks, front(draft.blocks)
    if top and read_bare_number(blocks[top[0]].text):
        return top[0]
    if top and read_numbered_title(blocks[top[0]].text) and not _is_list(blocks, top[:2]):
        return top[0]
    noted = False
    for number, after in zip_longest(top, top[1:]):
        label = read_label(blocks[number].text)
        if label:
            below = read_label(blocks[after].text) if after is not None else None
            return after if holds_chapters(label, below) else number
        noted = noted or is_marked(blocks[number].text)
        if not noted and not could_be_title(blocks[number]) and not speaks_as_note(blocks[number]):
            return None
    return None


def _is_list(blocks: Sequence[Block], lines: Sequence[int]) -> bool:
    return all(read_numbered_title(blocks[number].text) for number in lines)


def front(blocks: Sequence[Block]) -> list[int]:
    """Give the numbers of the first blocks that belong to the book, without a summary that was told by a site's lines around it."""
    found: list[int] = []
    for number, block in enumerate(blocks):
        if len(found) == FRONT + 2:
            break
        is_note = block.group is not None and block.group.kind in NOTES
        if not block.is_set_aside and not is_note:
            found.append(number)
    return found
