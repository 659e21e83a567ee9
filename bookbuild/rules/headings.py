"""Headings that stand as plain lines at a chapter's top."""

import re
from collections.abc import Iterator, Sequence
from itertools import zip_longest

from bookbuild.draft import Block, Draft, Kind
from bookbuild.edits import BlockEdit, DraftEdit, Edit, Retype, Split, Sureness
from bookbuild.rules.evidence import Evidence
from bookbuild.rules.notes import is_marked, speaks_as_note
from bookbuild.rules.rule import prose_rule, structure_rule
from bookbuild.words import keys

_UNITS = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
_TEENS = [
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
NUMBER_WORDS = {
    **{word: value for value, word in enumerate(_UNITS + _TEENS, 1)},
    **{word: 10 * value for value, word in enumerate(_TENS, 2)},
    **{
        f"{ten} {unit}": 10 * tens + units
        for tens, ten in enumerate(_TENS, 2)
        for units, unit in enumerate(_UNITS, 1)
    },
}
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}

_ROMAN_FORM = r"(?=[IVXLC])C{0,3}(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})(?![^\W_])"
_NUMBER = rf"(?:\d{{1,4}}|{_ROMAN_FORM}|(?:{'|'.join(sorted(NUMBER_WORDS, key=len, reverse=True)).replace(' ', '[ -]')}))"
_DIVISION = r"(?:chapter|chap\.?|part|book|volume|episode|letter|canto|act|scene)"
_ALONE = r"(?:prologue|epilogue|interlude|foreword|preface|introduction|afterword)"
_LABEL = re.compile(
    rf"\s*(?:#+\s*)?(?P<label>(?:{_DIVISION}\s+(?:the\s+)?(?i:{_NUMBER})(?:\s*\(?(?:of|/)\s*\d+\)?)?|{_ALONE})\b\.?)"
    r"(?P<seam>\s*[:.,–—~-]+\s*|\s+)?(?P<title>\S.*?)?\s*",
    re.IGNORECASE,
)
# a figure of four is a year; `20`, `XX.`, `#3`, `- 3 -`, `~ IV ~`; but `"I…"` and `I—` are somebody's words
_BARE_NUMBER = re.compile(
    rf"\s*(?:#|No\.?\s*)?(?:\d{{1,3}}|{_ROMAN_FORM})[.:)]?\s*|[\s*~_=\[(–—-]+(?:\d{{1,3}}|{_ROMAN_FORM})[\s*~_=\])–—-]+"
)
_SENTENCE_END = re.compile(r"[.!?,;:…\"”'’)—–-]\s*$")
_SPEECH = re.compile(r"[\"“‘'].*[\"”’'] +[a-z]")
_TWO_SENTENCES = re.compile(r"\w{3}[.!?][\"”]?\s+[A-Z]")
_WRAPPED = 90  # characters: a longer line was not broken by a program, but is a paragraph
_YEAR = re.compile(r"[^\W\d_].*\b\d{4}\b")  # `London, 1888` is where a chapter begins, not what it is called
_HOLDS_CHAPTERS = re.compile(r"\s*(?:part|book|volume|act)\b", re.IGNORECASE)
_TITLE_LENGTH = 120  # characters
_TITLE_WORDS = 14
_FRONT = 6  # how many blocks from the top a title may stand, or be repeated


def canonical(text: str) -> tuple[str, ...]:
    """Give what makes two headings the same: `#20`, `Chapter 20`, `CHAPTER TWENTY` and `Chapter XX` are one."""
    parts = " ".join(keys(text))
    parts = re.sub(r"^(?:chapter|chap) (?:the )?(?=\S)", "", parts)
    for word, value in sorted(NUMBER_WORDS.items(), key=lambda item: -len(item[0])):
        parts = re.sub(rf"^{word}\b", str(value), parts)
    first, *rest = parts.split() or [""]
    return (str(_roman(first) or first), *rest)


def _roman(word: str) -> int:
    """Read a roman numeral; 0 when it is not one in its usual form."""
    if not re.fullmatch(_ROMAN_FORM, word.upper()):
        return 0
    values = [_ROMAN[letter] for letter in word]
    return sum(-low if low < high else low for low, high in zip(values, [*values[1:], 0], strict=True))


def is_label(text: str) -> re.Match[str] | None:
    """Match a line that names a division: `Chapter 20`, `PROLOGUE`, `Chapter Five: The Trip`."""
    match = _LABEL.fullmatch(text.rstrip("# ")) if len(text) <= 2 * _TITLE_LENGTH else None
    if not match or len(text.split()) > _TITLE_WORDS:
        return None
    # `Chapter 3 of the series was` is prose
    if match["title"] and (match["seam"] or "").strip() in {"", ","} and not _reads_as_title(match["title"]):
        return None
    return match


def _reads_as_title(text: str) -> bool:
    """Whether the words after a division's number are its title though no colon says so."""
    bare = text.strip("\"“”'‘’()[]").rstrip("!?")
    return bare[:1].isupper() and not _SENTENCE_END.search(bare)


def _is_bare_number(text: str) -> bool:
    return bool(_BARE_NUMBER.fullmatch(text))


def _could_be_title(block: Block) -> bool:
    """Whether a line is short and has no sentence's end, as titles do."""
    text = block.text.strip()
    return (
        block.kind is Kind.PARAGRAPH
        and len(text) <= _TITLE_LENGTH
        and len(text.split()) <= _TITLE_WORDS - 2
        and not _SENTENCE_END.search(text.rstrip("!?"))
        and not _TWO_SENTENCES.search(text)
        and not _SPEECH.match(text)
        and not _YEAR.search(text)
        and not is_marked(text)
        and not speaks_as_note(block)
        and any(character.isalpha() for character in text)
    )


@structure_rule(
    before="The Salt Road\n\nChapter 2\n\nChapter 2\n\nRain fell.",
    after="Chapter 2\n\nRain fell.",
)
def repeated_title(draft: Draft, evidence: Evidence) -> Iterator[DraftEdit]:
    """Sites put the chapter's title, or the book's, above a text that has it already; one of them is enough."""
    front = list(enumerate(draft.blocks[:_FRONT]))
    if len(draft.blocks) > 1 and evidence.title and tuple(keys(draft.blocks[0].text)) == evidence.title:
        yield Retype(0, 0, Kind.REPEATED_TITLE, why="the book's title stands above the chapter")
        front = front[1:]
    seen: dict[tuple[str, ...], int] = {}
    for number, block in front:
        name = canonical(block.text)
        same = [old for old in seen if _is_same_heading(old, name)]
        numbered = is_label(block.text) or _is_bare_number(block.text)
        if not numbered and not (_could_be_title(block) and (same or number == front[0][0])):
            if len(block.text) > _TITLE_LENGTH or _SENTENCE_END.search(block.text):
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


def _is_same_heading(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether two headings say the same, or the longer begins with the shorter, or has it after its number."""
    short, long = sorted((one, other), key=len)
    return short in {long[: len(short)], long[1:]}


@structure_rule(
    before="Chapter Five: The Ferry\n\nRain fell.",
    after="Chapter Five\n\nThe Ferry\n\nRain fell.",
)
def label_and_title_in_one_line(draft: Draft, _evidence: Evidence) -> Iterator[DraftEdit]:
    """A chapter's number and its title are two things, which a book sets in two ways."""
    number = _label(draft.blocks)
    match = is_label(draft.blocks[number].text) if number is not None else None
    if number is not None and match and match["title"]:
        yield Split(number, match.end("label"), match.start("title"))


@structure_rule(
    before="Chapter 2\nThe Storm\n\nRain fell.", after="# Chapter 2\n\n## The Storm\n\nRain fell."
)
def plain_heading(draft: Draft, _evidence: Evidence) -> Iterator[DraftEdit]:
    """In plain text a heading looks like any other line; its words, its length and the room around it tell."""
    front, blocks = _front(draft.blocks), draft.blocks
    label = _label(blocks)
    if label is not None:
        yield Retype(label, label, Kind.LABEL)
        for number in front:
            if number < label and is_label(blocks[number].text):
                why = "a part's title stands above the chapter's; parts are listed in build.yaml, under manuscript"
                yield Retype(number, number, Kind.SUBHEADING, sureness=Sureness.DOUBTFUL, why=why)
        above = [number for number in front if number < label and not is_label(blocks[number].text)]
        below = [number for number in front if number > label]
        if _stands_alone(blocks, below) and blocks[below[0]].gap <= 2 and _could_be_title(blocks[below[0]]):
            yield Retype(below[0], below[0], Kind.TITLE, sureness=Sureness.LIKELY)
        elif len(above) == 1 and _could_be_title(blocks[above[0]]):
            why = "the line above the chapter's number is short and is no sentence"
            yield Retype(above[0], above[0], Kind.TITLE, sureness=Sureness.LIKELY, why=why)
    elif len(front) > 1 and blocks[front[1]].gap >= 1 and _could_be_title(blocks[front[0]]):
        why = "the first line is short and is no sentence"
        yield Retype(front[0], front[0], Kind.TITLE, sureness=Sureness.LIKELY, why=why)


def _stands_alone(blocks: Sequence[Block], below: Sequence[int]) -> bool:
    """Whether the first of some lines is no part of a paragraph that goes on in the next line."""
    if len(below) < 2:
        return False
    after = blocks[below[1]]
    return after.gap > 0 or len(after.text) > _WRAPPED or bool(re.match(r"[ \t\xa0]{2}", after.text))


def _label(blocks: Sequence[Block]) -> int | None:
    """Find the block that names the chapter: the first, or one that has only a title or an author's note above it."""
    front = _front(blocks)
    if front and _is_bare_number(blocks[front[0]].text):
        return front[0]
    noted = False
    for number, after in zip_longest(front, front[1:]):
        if is_label(blocks[number].text):
            holds_another = (
                after is not None
                and _HOLDS_CHAPTERS.match(blocks[number].text)
                and is_label(blocks[after].text)
            )
            return after if holds_another else number
        noted = noted or is_marked(blocks[number].text)
        if not noted and not _could_be_title(blocks[number]) and not speaks_as_note(blocks[number]):
            return None
    return None


def _front(blocks: Sequence[Block]) -> list[int]:
    """Give the numbers of the first blocks that belong to the book."""
    return [number for number, block in enumerate(blocks[: _FRONT + 2]) if not block.is_set_aside]


@prose_rule(before="CHAPTER FOUR\n\nRain fell.", after="# Chapter Four\n\nRain fell.")
def shouted_label(block: Block, _evidence: Evidence) -> Iterator[BlockEdit]:
    """A chapter's label in capitals shouts from every list of contents; how headings are cased is the style's business."""
    if block.kind is not Kind.LABEL or not block.text.isupper():
        return
    for match in re.finditer(r"[^\W\d_]+", block.text):
        if not _roman(match.group().lower()):
            yield Edit(match.start(), match.end(), match.group().capitalize())


@prose_rule(before="## Chapter 4 ##\n\nRain fell.", after="# Chapter 4\n\nRain fell.")
def hash_before_heading(block: Block, _evidence: Evidence) -> Iterator[BlockEdit]:
    """Some programs mark a heading with the sign #; a book has other means."""
    if block.kind in (Kind.LABEL, Kind.TITLE):
        for match in re.finditer(r"\A\s*#+\s*|\s*#+\s*\Z", block.text):
            yield Edit(match.start(), match.end(), "")
