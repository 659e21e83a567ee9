"""Letters that a scanner or a finger took for others: `l` and `1`, `O` and `0`, `m` and `rn`."""

import re
from collections.abc import Iterator
from types import MappingProxyType

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

# `1ived`, `0ver`: no unit and no abbreviation begins so; and the small words that begin sentences
_FIRST = re.compile(r"1[aeiou][a-z]{2,}|0[bcfhlnprstuvw][a-z]+")
_SMALL = MappingProxyType(
    {"0h": "oh", "0f": "of", "0n": "on", "0r": "or", "1t": "it", "1f": "if", "1n": "in"}
)
_UNITS = frozenset(["0hr", "0hrs", "0hours", "0pt", "0pts", "0st", "0th", "0rpm", "0sec", "0secs", "0lb", "0lbs", "0nm", "1inch", "1unit", "1each"])  # fmt: skip
_BEGINS = re.compile(r"(?:\A|[.!?…]\W*|[“‘(]) ?\Z")


_MISREAD = MappingProxyType(
    {"m": "rn", "rn": "m", "li": "h", "vv": "w", "ii": "n", "tl": "th", "tii": "th", "tb": "th", "wb": "wh", "sb": "sh", "cb": "ch"}
)  # fmt: skip
"""What scanners read → what stood there, where the first seldom makes a word."""
_REAL_WORDS = frozenset(["comer", "comers", "modem", "bum", "bums", "burn", "burns", "dam", "dams", "darn", "stem", "stems", "stern", "bam", "barn", "yam", "yarn", "tom", "torn", "com", "corn", "cam", "ham", "clam", "warm", "worm", "form", "forms", "farm", "arms", "term", "firm", "dorm", "fem", "fern"])  # fmt: skip
"""Words that another would be misread as, and are words."""
_SELDOM = 2  # times
_OFTEN = 5  # times as often
_SHORTEST, _LONGEST = (
    3,
    40,
)  # letters of a word: of shorter ones too many are near, and what is longer is no word


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
        if word := known or _first_misread(passage.text, match):
            yield Query(Stretch(passage, *match.span()), "a figure stands among letters", (word,))
    elif token in _SMALL and re.match(" [a-z]|[,!]", passage.text[match.end() :][:2]):
        word = _cased(_SMALL[token], passage.text, match.start())
        yield Query(Stretch(passage, *match.span()), "a figure stands among letters", (word,))


def _first_misread(text: str, match: re.Match[str]) -> str:
    """Read a word whose first letter is a figure, though the book has it nowhere else; empty where it may be a measure."""
    token = match.group()
    if token in _UNITS or not _FIRST.fullmatch(token):
        return ""
    return _cased(token.translate(_TO_LETTERS[0]), text, match.start())


def _cased(word: str, text: str, at: int) -> str:
    return word.capitalize() if _BEGINS.search(text[max(at - 4, 0) : at]) else word


@check(
    "She took a turn, and he took a turn, a turn for a turn, and a turn again; and every turn was a good tum.",
    "this book has “turn” as well, and more often (6 to 1)",
    english_only=True,
)
def misread_letters(sheets: Sheets) -> Iterator[Query]:
    """Scanners read letters that stand close as others: `tum` for `turn`, `tbe` for `the`. A word that stands seldom would be one that stands often."""
    meant: dict[str, str] = {}
    for form, times in sheets.vocabulary.items():
        if times <= _SELDOM and len(form) <= _LONGEST and form not in _REAL_WORDS:
            usual = max(_readings(form), key=lambda one: sheets.vocabulary.get(one, 0), default="")
            if sheets.vocabulary.get(usual, 0) >= _OFTEN * times:
                meant[form] = usual
    for word in sheets.words:
        if other := meant.get(word.text.lower()):
            often = f"{sheets.vocabulary[other]} to {sheets.vocabulary[word.text.lower()]}"
            why = f"this book has “{other}” as well, and more often ({often})"
            yield Query(Stretch(word.passage, word.start, word.end), why, (other,))


def _readings(word: str) -> Iterator[str]:
    """Give what may have stood where a word was read."""
    for read, stood in _MISREAD.items():
        at = word.find(read)
        while at >= 0:
            if len(word) - len(read) + len(stood) >= _SHORTEST:
                yield word[:at] + stood + word[at + len(read) :]
            at = word.find(read, at + 1)
