"""Letters that a scanner or a finger took for others: `l` and `1`, `O` and `0`, `m` and `rn`."""

import re
from collections.abc import Iterator

from bookbuild.proof.check import Query, Stretch, check
from bookbuild.proof.sheets import Passage, Sheets

_TOKEN = re.compile(r"(?<![\w’'.,-])\w+(?![\w-])")
_FIGURES = re.compile(r"l\d+|\d+l\d*|\d+[lO](?:st|nd|rd|th)|\d+O\d*|l(?:st|lth|2th)")
_TO_FIGURES = str.maketrans("lIO", "110")
_TO_LETTERS = (str.maketrans("015", "ols"), str.maketrans("015", "ois"))
# `l was`, `l’m`, `1’ll`: no other word stands there
_NOT_ALONE = re.compile(
    r"(?<![\w’'.,-])(?:l(?= (?:am|was|have|had|do|did|can|could|will|would|should|must|know|knew|think|thought|see|saw|want|said|went|felt|never|just)\b)|[l1](?=[’'](?:m|ll|ve|d)\b))"
)


@check("They met in l923 at 1O o’clock.", "a letter stands among figures", english_only=True)
def letter_for_digit(sheets: Sheets) -> Iterator[Query]:
    """A letter stands for a figure, or a figure for a letter: `l` and `1`, `O` and `0` look alike, and scanners mix them up."""
    for passage in sheets.passages:
        for match in _TOKEN.finditer(passage.text):
            yield from _mixed(passage, match, sheets)
        for match in _NOT_ALONE.finditer(passage.text):
            why = f"{'a figure' if match.group() == '1' else 'a small L'} stands for the word I"
            yield Query(Stretch(passage, *match.span()), why, ("I",))


def _mixed(passage: Passage, match: re.Match[str], sheets: Sheets) -> Iterator[Query]:
    token = match.group()
    if (token.isalpha() and not token.startswith("l")) or token.isdecimal():
        return
    if _FIGURES.fullmatch(token):
        number = re.sub(r"^[\dlIO]+", lambda figures: figures.group().translate(_TO_FIGURES), token)
        yield Query(Stretch(passage, *match.span()), "a letter stands among figures", (number,))
    elif (
        sum(letter.isalpha() for letter in token) >= 2
        and re.search("[015]", token)
        and not re.search("[2346789_]", token)
    ):
        meant = (token.translate(table) for table in _TO_LETTERS)
        known = next((word for word in meant if word.lower() in sheets.vocabulary), None)
        if known:
            yield Query(Stretch(passage, *match.span()), "a figure stands among letters", (known,))
