"""The labels of chapters and parts, as words and numbers: `Chapter 20`, `PART THE FIRST`, `- XX -`."""

import re
from typing import NamedTuple

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
_ODD_ORDINALS = {"first": 1, "second": 2, "third": 3, "fifth": 5, "eighth": 8, "ninth": 9, "twelfth": 12}
ORDINALS = {
    **{
        f"{word}th": value
        for word, value in NUMBER_WORDS.items()
        if value < 20 and value not in {5, 8, 9, 12}
    },
    **_ODD_ORDINALS,
    "twentieth": 20,
}
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}

ROMAN_FORM = r"(?=[IVXLC])C{0,3}(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})(?![^\W_])"


def _any_of(words: dict[str, int]) -> str:
    return "|".join(sorted(words, key=len, reverse=True)).replace(" ", "[ -]")


_NUMBER = rf"(?:\d{{1,4}}(?:\.\d|[a-c](?![^\W_]))?|{ROMAN_FORM}|{_any_of(NUMBER_WORDS)})"
_DIVISION = (
    r"(?:chapter|chap\.?|ch\.|ch(?=\d)|part|book|volume|vol\.|episode|letter|canto|stave|act|scene|arc"
    r"|chapitre|kapitel|cap[íi]tulo|capitolo|hoofdstuk|rozdział|глава|часть|partie|teil|parte)"
)
_ALONE = (
    r"(?:prologue?|epilogue?|interlude|intermission|prelude|foreword|preface|introduction|afterword|appendix)"
)
_LABEL = re.compile(
    rf"\s*(?:#+\s*)?(?P<label>(?:(?P<word>{_DIVISION})(?:\s+|\s*[.#_]\s*|\s*[:–-]\s+|(?=\d))"
    rf"(?:(?:the\s+)?(?P<number>{_NUMBER})|the\s+(?P<ordinal>{_any_of(ORDINALS)}|last))(?:\s*\(?(?:of|/)\s*\d+\)?)?"
    rf"|(?:the\s+)?(?P<before>{_any_of(ORDINALS)}|last)\s+(?P<after>chapter|part|book|volume|act|canto)"
    rf"|(?P<alone>{_ALONE}))\b\.?)"
    r"(?P<seam>\s*[:.,–—~|/•·♡♥☆★✦✧-]+\s*|\s+)?(?P<title>\S.*?)?\s*",
    re.IGNORECASE,
)
# a figure of four is a year; `20`, `XX.`, `#3`, `- 3 -`, `~ IV ~`; but `"I…"` and `I—` are somebody's words
_BARE_NUMBER = re.compile(
    rf"\s*(?:#|No\.?\s*)?(?P<number>\d{{1,3}}|{ROMAN_FORM})[.:)]?\s*"
    rf"|[\s*~_=\[(★☆•–—-]+(?P<framed>\d{{1,3}}|{ROMAN_FORM})[\s*~_=\])★☆•–—-]+"
)
_NUMBERED = re.compile(
    rf"\s*(?P<label>#?(?P<number>\d{{1,3}}|{ROMAN_FORM})\.?|[-–~] *(?P<framed>\d{{1,3}}|{ROMAN_FORM}) *[-–~])(?:(?<=[.~–-])|\s*[:–—-])\s+(?P<title>\S.*?)\s*"
)
_ORNAMENTS = r"[^\w\"“”„«»'‘’()]|_"
_FRAMED = re.compile(
    rf"\s*(?P<before>(?:{_ORNAMENTS})+)(?P<core>[^\W_].*[^\W_][.!?]?)(?P<after>(?:{_ORNAMENTS})+?)\s*"
)
_SENTENCE_END = re.compile(r"[.!?,;:…\"”'’)—–-]\s*$")
TITLE_LENGTH = 120
"""The longest title that is looked for, in characters."""

TITLE_WORDS = 14
"""The longest heading, in words."""


class Label(NamedTuple):
    """A line that names a division, read."""

    word: str  # `chapter`, `part`, `prologue`; empty for a bare number
    number: int  # 0 where there is none
    end: int  # where the label ends in the line
    title: int  # where the title begins that follows it in the line; 0 when none does


def read_label(text: str) -> Label | None:
    """Read a line that names a division: `Chapter 20`, `PROLOGUE`, `Chapter Five: The Trip`, `~ PART THE FIRST ~`."""
    if len(text) > 2 * TITLE_LENGTH:
        return None
    start, end = frame_of(text) or (0, len(text))
    match = _LABEL.fullmatch(text[start:end].rstrip("# "))
    if not match or len(text.split()) > TITLE_WORDS:
        return None
    title = match["title"] if any(map(str.isalnum, match["title"] or "")) else None
    # `Chapter 3 of the series was` is prose, `The first chapter` may be
    if title and (match["seam"] or "").strip() in {"", ","} and not _reads_as_title(title):
        return None
    if match["before"] and not title and text.strip()[-1:] in ".,":
        return None
    word = (match["word"] or match["after"] or match["alone"]).lower().rstrip(".")
    number = match["number"] or match["ordinal"] or match["before"] or ""
    at = start + match.start("title") if title else 0
    return Label(_LONG_FORMS.get(word, word), number_of(number), start + match.end("label"), at)


def frame_of(text: str) -> tuple[int, int] | None:
    """Give where the words stand in a line that ornaments frame: `~ Chapter 3 ~`, `**Chapter 3**`, `✨ Chapter 3 ✨`; None in any other."""
    match = _FRAMED.fullmatch(text)
    if not match:
        return None
    before, after = ("".join(match[side].split()) for side in ("before", "after"))
    is_frame = before.strip(".,;:!?…") and before[::-1].translate(_MIRRORED) == after
    return match.span("core") if is_frame else None


_MIRRORED = str.maketrans("[]{}<>/\\«»", "][}{><\\/»«")
_LONG_FORMS = {
    "ch": "chapter",
    "chap": "chapter",
    "vol": "volume",
    "prolog": "prologue",
    "epilog": "epilogue",
}


def read_numbered_title(text: str) -> Label | None:
    """Read a title with its number before it: `XII. The Ferry`, `3: The Road`; a list in the story looks the same."""
    match = _NUMBERED.fullmatch(text) if len(text) <= TITLE_LENGTH else None
    if not match or len(text.split()) > TITLE_WORDS or not _reads_as_title(match["title"].rstrip(".")):
        return None
    return Label("", number_of(match["number"] or match["framed"]), match.end("label"), match.start("title"))


def read_bare_number(text: str) -> int:
    """Read a line that is nothing but a number: `20.`, `XX`, `- 3 -`; 0 when it is not."""
    match = _BARE_NUMBER.fullmatch(text) if len(text) <= TITLE_LENGTH else None
    return number_of(match["number"] or match["framed"]) if match else 0


def number_of(text: str) -> int:
    """Give the value of a number in figures, in roman numerals or in words; 0 when it is none."""
    word = " ".join(keys(text))
    if word.isdecimal():
        return int(word)
    return NUMBER_WORDS.get(word) or ORDINALS.get(word) or roman(word)


def roman(word: str) -> int:
    """Read a roman numeral; 0 when it is not one in its usual form."""
    if not re.fullmatch(ROMAN_FORM, word.upper()):
        return 0
    values = [_ROMAN[letter] for letter in word.lower()]
    return sum(-low if low < high else low for low, high in zip(values, [*values[1:], 0], strict=True))


def canonical(text: str) -> tuple[str, ...]:
    """Give what makes two headings the same: `#20`, `Chapter 20`, `CHAPTER TWENTY` and `Chapter XX` are one."""
    names = keys(text)
    if len(names) > 1 and names[0] in {"chapter", "chap", "ch"}:
        del names[: 2 if names[1] == "the" and len(names) > 2 else 1]
    for length in (2, 1):
        value = number_of(" ".join(names[:length])) if len(names) >= length else 0
        if value:
            return (str(value), *names[length:])
    return tuple(names) or ("",)


_CONTINUED = re.compile(r"\(?(?:cont(?:[’']d|inued|\.))\)?", re.IGNORECASE)


def _reads_as_title(text: str) -> bool:
    """Whether the words after a division's number are its title though no colon says so."""
    bare = text.strip("\"“”'‘’()[]").rstrip("!?")
    if _CONTINUED.fullmatch(text):
        return True
    return bare[:1].isupper() and not _SENTENCE_END.search(bare)
