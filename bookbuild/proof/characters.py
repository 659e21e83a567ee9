"""Characters that do not belong in a book: lost, foreign, left over from another program."""

import re
import unicodedata
from collections.abc import Iterator

from bookbuild.proof.check import Query, Stretch, check
from bookbuild.proof.sheets import Passage, Sheets

_LOOK_ALIKES = str.maketrans("аеіјорсухѕһԁАВЕІЈКМНОРЅСТХУοανικρυΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "aeijopcyxshdABEIJKMHOPSCTXYoavikpuABEZHIKMNOPTYX")  # fmt: skip
"""Cyrillic and Greek letters → the Latin ones that look the same (Unicode confusables, the certain ones)."""

# the replacement character, private use, controls, marks of direction, what Unicode has not given out
_ODD = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ue000-\uf8ff\ufdd0-\ufdef\ufff0-\uffff\U000e0000-\U0010ffff]+"
)
_MIXED = re.compile(r"\w*(?:[A-Za-zÀ-ɏ][Ͱ-ϿЀ-ӿ]|[Ͱ-ϿЀ-ӿ][A-Za-zÀ-ɏ])\w*")
_ALONE = re.compile(r"(?<=[A-Za-z] )[аАіІоОα](?= [A-Za-z])")
# UTF-8 that was read as Windows-1252: no two such characters stand side by side in any language
_MISREAD = re.compile(r"\w*(?:â€[^\s\w]?|Ã[\x80-\xbf\u0192\u201a-\u2039]|Â[\xa0-\xbf])\w*")
_QUESTION = re.compile(r"(?<![\w/?=&])[^\W\d_]+\?(?:s|t|m|d|ll|re|ve)\b(?![/?=&])")
_TAG = re.compile(
    r"</?(?:a|b|big|blockquote|br|center|div|em|font|h[1-6]|hr|i|img|li|ol|p|s|small|span|strike|strong|sub|sup|u|ul)(?:\s[^<>]{0,200})?/?>"
    r"|\[/?(?:b|i|u|s|center|color|quote|size|spoiler|url)(?:=[^][]{0,100})?\]"
    r"|&(?:[a-z]{2,6}|#\d{2,5}|#x[0-9a-f]{2,5});",
    re.IGNORECASE,
)
_EMPHASIS = re.compile(
    r"(?<![\w*_])[*_]{1,3}(?=[^\W_])|(?<=[^\W_])[*_]{1,3}(?![\w*_])|(?<=[.,!?…])[*_]{1,3}(?![\w*_])"
)


@check("She wa�ted for the f\u0435rry.", "a character was lost here")
def odd_character(sheets: Sheets) -> Iterator[Query]:
    """A character that no book has: one that was lost on the way, a control character, a Cyrillic letter in a Latin word, UTF-8 read as something else."""
    for passage in sheets.passages:
        if not passage.text.isascii():
            yield from _odd(passage)
        elif "\x7f" in passage.text or not passage.text.isprintable():
            yield from _unprintable(passage)
        for match in _QUESTION.finditer(passage.text):
            meant = match.group().replace("?", "’")
            yield Query(_at(passage, match), "a question mark stands inside a word", (meant,))


def _odd(passage: Passage) -> Iterator[Query]:
    yield from _unprintable(passage)
    for match in _MIXED.finditer(passage.text):
        meant = match.group().translate(_LOOK_ALIKES)
        odd = next(letter for letter in match.group() if "\u0370" <= letter <= "\u04ff")
        alternatives = (meant,) if meant.isascii() else ()
        yield Query(_at(passage, match), f"{_name(odd)} stands in a Latin word", alternatives)
    for match in _ALONE.finditer(passage.text):
        meant = match.group().translate(_LOOK_ALIKES)
        yield Query(_at(passage, match), f"{_name(match.group())} stands among Latin words", (meant,))
    for match in _MISREAD.finditer(passage.text):
        yield Query(_at(passage, match), "these characters were read in a wrong encoding")


def _unprintable(passage: Passage) -> Iterator[Query]:
    for match in _ODD.finditer(passage.text):
        first = match.group()[0]
        why = "a character was lost here" if first == "\ufffd" else f"{_name(first)} stands here"
        yield Query(_at(passage, match), why)


def _name(character: str) -> str:
    """Name a character as Unicode does, or by what it is."""
    code = f"U+{ord(character):04X}"
    name = unicodedata.name(character, "").lower()
    match unicodedata.category(character):
        case "Co":
            return f"a character of private use ({code})"
        case "Cc":
            return f"a control character ({code})"
        case _:
            return f"{name or 'no character'} ({code})"


@check("She <big>waited</big> for &quot;him&quot;.", "markup of another program was left over")
def leftover_markup(sheets: Sheets) -> Iterator[Query]:
    """A tag, an entity or a typed mark for italics was left over from another program."""
    for passage in sheets.passages:
        text = passage.text
        if "<" in text or "[" in text or "&" in text:
            for match in _TAG.finditer(text):
                yield Query(_at(passage, match), "markup of another program was left over")
        if "*" in text or "_" in text:
            for match in _EMPHASIS.finditer(text):
                yield Query(_at(passage, match), "a typed mark for italics was left over")


def _at(passage: Passage, match: re.Match[str]) -> Stretch:
    return Stretch(passage, *match.span())
