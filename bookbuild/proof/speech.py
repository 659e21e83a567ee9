"""How speech is marked: in one way through the whole book."""

import re
from collections.abc import Iterator, Sequence

from bookbuild.proof.check import NEXT_FILE, Query, Stretch, check
from bookbuild.proof.sheets import Passage, Sheets

_FEW = 2  # paragraphs of speech that are no slip
_OPENED = re.compile(r"[“‘](?=[^\W_]|[…—])")
_NAMES = {"“": "double", "‘": "single"}


@check(
    f"“It rains,” she said.\n\n“It does.”\n\n“Still?”{NEXT_FILE}‘It stopped,’ he said.\n\n‘So it did.’",
    "speech stands in single marks in this chapter, and in double ones in most of the book (2 paragraphs of 2 here)",
    english_only=True,
)
def speech_marked_two_ways(sheets: Sheets) -> Iterator[Query]:
    """A chapter has its speech in single quotation marks and the rest of the book in double ones, or the other way round: it may have been written, or edited, elsewhere."""
    chapters = [_speeches(chapter) for chapter in sheets.chapters]
    marks = [mark for chapter in chapters for _, mark in chapter]
    usual, other = sorted(_NAMES, key=marks.count, reverse=True)
    for chapter in chapters:
        odd = [passage for passage, mark in chapter if mark == other]
        if len(odd) >= _FEW and 2 * len(odd) > len(chapter):
            here = f"{len(odd)} paragraphs of {len(chapter)} here"
            why = f"speech stands in {_NAMES[other]} marks in this chapter, and in {_NAMES[usual]} ones in most of the book ({here})"
            yield Query(Stretch(odd[0], 0, 1), why)


def _speeches(chapter: Sequence[Passage]) -> list[tuple[Passage, str]]:
    """Give the paragraphs that begin with a speech, each with its mark."""
    return [
        (passage, passage.text[0]) for passage in chapter if passage.is_prose and _OPENED.match(passage.text)
    ]
