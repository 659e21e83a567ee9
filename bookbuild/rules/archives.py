"""What archives put around a book."""

import re
from collections.abc import Iterator, Sequence

from bookbuild.draft import Block, Draft, Kind
from bookbuild.edits import DraftEdit, Retype, Sureness
from bookbuild.rules.evidence import Evidence
from bookbuild.rules.ornaments import Look, look_of
from bookbuild.rules.rule import structure_rule

# the marks of Project Gutenberg, from 1994 to today
_START = re.compile(
    r"\s*\*+\s*START\s+OF\s+(?:THE|THIS)\s+PROJECT\s+GUTENBERG|\s*\*\s*END\s*\*?\s*THE\s+SMALL\s+PRINT",
    re.IGNORECASE,
)
_END = re.compile(
    r"\s*\*+\s*END\s+OF\s+(?:THE|THIS)\s+PROJECT\s+GUTENBERG"
    r"|\s*End\s+of\s+(?:the\s+|this\s+)?Project\s+Gutenberg(?:[’']s)?\s+(?:e-?text|e-?book|edition|[A-Z])",
    re.IGNORECASE,
)
_CREDIT = re.compile(
    r"\s*\[?(?:Produced by\b|Transcribed (?:by|from)\b|E-?text prepared by\b|This (?:e-?text|e-?book) was (?:produced|prepared|transcribed)"
    r"|(?:Scanned|Proofread|Prepared) by\b|Credits\s*:|Transcriber[’']?s?[’']? notes?\b|Note: (?:Project Gutenberg|Images of))",
    re.IGNORECASE,
)
_PICTURE = re.compile(
    r"\s*\[(?:Illustrations?|Picture|Frontispiece)(?:\s*[:.—–-][^\]]*)?\]?\s*", re.IGNORECASE
)
_PICTURE_OF_A_PAGE = re.compile(
    r"\s*(?:<img\b[^<>]{0,500}>|!\[[^\]]{0,200}\]\([^()]{1,300}\)|\[(?:image|img|photo|pic)(?:\s*:[^\[\]]{0,200})?\])\s*",
    re.IGNORECASE,
)
_MARK_LINES = 3  # a mark with a long title runs over so many lines
_CREDITS = 12  # paragraphs below the mark in which the archive still speaks


@structure_rule(
    before="*** START OF THE PROJECT GUTENBERG EBOOK MARROW ***\n\nProduced by Ann Onymous\n\nChapter 1\n\nRain fell."
    "\n\n*** END OF THE PROJECT GUTENBERG EBOOK MARROW ***\n\nSection 1. General terms",
    after="Chapter 1\n\nRain fell.",
)
def archive_frame(draft: Draft, _evidence: Evidence) -> Iterator[DraftEdit]:
    """Project Gutenberg puts a frame around its books, the licence and the names of those who typed them; it is no part of the book."""
    blocks = draft.blocks
    start = 0  # of what is not yet set aside
    number = 0
    while number < len(blocks):
        if _START.match(blocks[number].text):
            last = _end_of_mark(blocks, number)
            yield from _aside(start, last)
            for first, end in _credits(blocks, last + 1):
                yield from _aside(first, end)
            start = number = last + 1
        elif _END.match(blocks[number].text):
            begins = (at for at in range(number + 1, len(blocks)) if _START.match(blocks[at].text))
            again = next(begins, len(blocks))
            yield from _aside(number, again - 1)
            start = number = again
        else:
            number += 1


def _end_of_mark(blocks: Sequence[Block], first: int) -> int:
    """Find the line in which a mark ends, with its asterisks."""
    for number in range(first, min(first + _MARK_LINES, len(blocks))):
        if blocks[number].text.rstrip().endswith("*"):
            return number
        if number + 1 < len(blocks) and blocks[number + 1].gap:
            return number
    return first


def _credits(blocks: Sequence[Block], start: int) -> Iterator[tuple[int, int]]:
    """Find the paragraphs right below the mark in which the archive names itself, each by its first and last line."""
    number = start
    for _ in range(_CREDITS):
        if number >= len(blocks):
            return
        last = number
        while last + 1 < len(blocks) and not blocks[last + 1].gap:
            last += 1
        if _CREDIT.match(blocks[number].text):
            yield number, last
        number = last + 1


def _aside(first: int, last: int) -> Iterator[DraftEdit]:
    if first <= last:
        yield Retype(first, last, Kind.BOILERPLATE)


@structure_rule(
    before="Rain fell.\n\n[Illustration: The harbour]\n\nIt stopped.", after="Rain fell.\n\nIt stopped."
)
def missing_picture(draft: Draft, _evidence: Evidence) -> Iterator[DraftEdit]:
    """Old transcriptions, and pages that were copied, say where a picture was; without the picture it says nothing."""
    blocks = draft.blocks
    number = 0
    while number < len(blocks):
        last = number
        if blocks[number].is_plain and _is_picture_of_a_page(blocks[number].text):
            why = "a picture stood here, and it is not in the book"
            yield Retype(number, number, Kind.BOILERPLATE, sureness=Sureness.DOUBTFUL, why=why)
        if blocks[number].is_plain and _PICTURE.fullmatch(blocks[number].text):
            while "]" not in blocks[last].text and last + 1 < len(blocks) and not blocks[last + 1].gap:
                last += 1
            if "]" in blocks[last].text and blocks[last].text.rstrip().endswith("]"):
                yield Retype(number, last, Kind.BOILERPLATE, sureness=Sureness.LIKELY)
        number = last + 1


def _is_picture_of_a_page(text: str) -> bool:
    return look_of(text) is Look.NOT and bool(_PICTURE_OF_A_PAGE.fullmatch(text))
