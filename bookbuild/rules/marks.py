"""The marks of a paragraph, each with what it costs to believe that it opens, closes, or is an apostrophe.

A cost says how unlikely a reading is by what stands beside the mark: nothing for what print always does, 9 for what it
never does. `pairing` adds what the other marks say. The figures are set by hand from the habits of English print.
"""

import re
from collections.abc import Iterator
from enum import Enum
from typing import Final, NamedTuple

from bookbuild.rules.clipping import HARDLY, LIKELY, NEVER, SURE, beginning_lost, end_lost, is_letter_named
from bookbuild.rules.evidence import Evidence

DOUBLE: Final = '"'
SINGLE: Final = "'"


class Role(Enum):
    """What a mark does."""

    OPENS = "opens"
    CLOSES = "closes"
    APOSTROPHE = "apostrophe"


class Token(NamedTuple):
    """One mark: where it stands, of which kind it is, and what each reading of it costs."""

    at: int
    character: str
    kind: str  # DOUBLE or SINGLE
    opens: float
    closes: float
    apostrophe: float

    @property
    def is_straight(self) -> bool:
        """Whether the mark does not say itself which way it is turned."""
        return self.character == self.kind


_ROW = re.compile("[\"“”'‘’]+")
_SEEN_THROUGH = "_*\u2060\u200b\u200a\u202f"
_CURLY = {"“": Role.OPENS, "‘": Role.OPENS, "”": Role.CLOSES, "’": Role.CLOSES}
_CONTRADICTED = 5.0  # a curly mark that is read against its own shape
_WITHIN = re.compile(r"[^\W_]['’]? $|[—–-]$")
_PHRASE = re.compile(
    r"[^\"“”.!?;:\n]{1,60}[.,!?…;:]?['’]?"
)  # what may stand in single marks within a sentence
_CLOSER = re.compile(r"['’](?!\w)")
_LONGEST_PHRASE = 160  # characters
_OPENER = re.compile(r"(?<!\w)['‘’](?=[*_]{0,3}\w)")
_STOPS = re.compile(r"[.!?]")
_PLURAL_LETTER = re.compile(r"(?<!\w)['‘’][^\W_eE](['’])s\b")
_LOW = re.compile("[„‚“”‘’]")
_WORD_AFTER = re.compile(r"[^\W\d_]+|\d+s?\b")
_WORD_BEFORE = re.compile(r"(?:[^\W_]|(?<=[^\W_])['’](?=[^\W_]))+$")

# what stands beside a row of marks
_ROOM, _DASH, _DOTS, _STOP, _WORD = "room", "dash", "dots", "stop", "word"
_LEFT = {
    **dict.fromkeys(" \n\t\xa0([{/«¿¡|", _ROOM),
    **dict.fromkeys("—–-⸺", _DASH),
    "…": _DOTS,
    **dict.fromkeys(".,!?:;)]}»%", _STOP),
}
_RIGHT = {
    **dict.fromkeys(" \n\t\xa0)]}.,;:!?/»|", _ROOM),
    **dict.fromkeys("—–-⸺", _DASH),
    "…": _DOTS,
}

# (left, right) → what opening and what closing costs
_COSTS: Final = {
    (_ROOM, _ROOM): (1.0, 1.0),  # a mark between spaces: the others decide
    (_ROOM, _DASH): (0.0, 4.0),
    (_ROOM, _DOTS): (0.0, 4.0),
    (_ROOM, _WORD): (0.0, 8.0),
    (_DASH, _ROOM): (5.0, 0.0),
    (_DASH, _DASH): (1.0, 1.0),
    (_DASH, _DOTS): (0.5, 1.0),
    (_DASH, _WORD): (0.5, 1.0),
    (_DOTS, _ROOM): (7.0, 0.0),
    (_DOTS, _DASH): (3.0, 0.0),
    (_DOTS, _DOTS): (1.0, 1.0),
    (_DOTS, _WORD): (0.7, 0.7),
    (_STOP, _ROOM): (8.0, 0.0),
    (_STOP, _DASH): (4.0, 0.0),
    (_STOP, _DOTS): (3.0, 0.0),
    (_STOP, _WORD): (1.0, 1.0),
    (_WORD, _ROOM): (8.0, 0.3),
    (_WORD, _DASH): (4.0, 0.3),
    (_WORD, _DOTS): (3.0, 0.3),
    (_WORD, _WORD): (1.5, 1.5),
}


def marks_of(text: str, evidence: Evidence) -> Iterator[Token]:
    """Find the marks of a paragraph that may open or close, and weigh each; apostrophes inside words are passed over."""
    low = _closing_low(text)
    for row in _ROW.finditer(text):
        left, right = _beside(text, row.start(), -1), _beside(text, row.end(), 1)
        sides = (_LEFT.get(left, _WORD) if left else _ROOM, _RIGHT.get(right, _WORD) if right else _ROOM)
        is_inside = row.group() in (SINGLE, "‘", "’") and left.isalnum() and right.isalnum()
        if is_inside and not _is_plural_letter(text, row.start()):
            continue
        for at in range(row.start(), row.end()):
            if at not in low:
                yield _token(text, at, sides, evidence)


def _is_plural_letter(text: str, at: int) -> bool:
    """Whether a mark inside a word closes a letter of which there are several: his 'r's, two 't's, but 't's late."""
    start = max(at - 2, 0)
    letter = _PLURAL_LETTER.match(text, start)
    return bool(letter) and (text[start + 1] not in "tT" or is_letter_named(text, start))


def _beside(text: str, at: int, step: int) -> str:
    """Give the character before or after an index, looking through typed emphasis and what does not show."""
    at = at - 1 if step < 0 else at
    while 0 <= at < len(text) and text[at] in _SEEN_THROUGH:
        at += step
    return text[at] if 0 <= at < len(text) else ""


def _closing_low(text: str) -> set[int]:
    """Find the marks that close a „quotation“ of another language: they are what they are."""
    found: set[int] = set()
    if "„" in text or "‚" in text:
        is_open = {"„": False, "‚": False}
        for match in _LOW.finditer(text):
            mark = match.group()
            if mark in is_open:
                is_open[mark] = True
                continue
            opener = "„" if mark in "“”" else "‚"
            if is_open[opener] and not (opener == "‚" and text[match.end() : match.end() + 1].isalnum()):
                found.add(match.start())
                is_open[opener] = False
    return found


def _token(text: str, at: int, sides: tuple[str, str], evidence: Evidence) -> Token:
    character = text[at]
    kind = DOUBLE if character in '"“”' else SINGLE
    opens, closes = _COSTS[sides]
    apostrophe = NEVER
    if kind == SINGLE and sides == (_WORD, _WORD) and text[at - 1].isalnum():
        return Token(at, character, kind, NEVER, 0.5, 2.0)  # his 'r's
    if kind == SINGLE:
        apostrophe = _apostrophe(text, at, evidence)
        opens, closes = (
            opens + _hardly_opens(text, at, apostrophe, evidence),
            closes + _hardly_closes(text, at, apostrophe, evidence),
        )
    role = _CURLY.get(character)
    if role is Role.OPENS:
        closes, apostrophe = closes + _CONTRADICTED, apostrophe + 1.5
    elif role is Role.CLOSES:
        opens += _CONTRADICTED
    return Token(at, character, kind, opens, closes, apostrophe)


def _hardly_opens(text: str, at: int, apostrophe: float, evidence: Evidence) -> float:
    """Say what speaks against a quotation that begins with a single mark here."""
    if not text[at + 1 : at + 2].isalnum():
        return 0.0
    cost = 5.0 if apostrophe <= SURE else 0.0
    # within a sentence only a word or a few stand in single marks
    small, within = text[at + 1].islower(), bool(_WITHIN.search(text, max(at - 3, 0), at))
    is_long = not _is_answered_soon(text, at, evidence)
    if is_long and within:
        cost += 2.0 if small else 1.0
    elif is_long and small and not evidence.speech.single_quotes_first:
        cost += 1.0
    return cost


def _is_answered_soon(text: str, at: int, evidence: Evidence) -> bool:
    """Whether a phrase begins at a mark that another mark, which is hardly an apostrophe, closes."""
    phrase = _PHRASE.match(text, at + 1)
    return any(
        not text[closer.start() - 1].isalnum() or _apostrophe(text, closer.start(), evidence) > LIKELY
        for closer in _CLOSER.finditer(text, at + 2, phrase.end() if phrase else at + 2)
    )


def _hardly_closes(text: str, at: int, apostrophe: float, evidence: Evidence) -> float:
    """Say what speaks against a quotation that ends with a single mark here."""
    if not text[at - 1 : at].isalnum():
        return 0.0
    cost = 3.0 if apostrophe <= SURE else 0.0
    # a speech closes after its stop; only a phrase that opened in the same sentence closes after a word
    cost += 0.0 if _opened_lately(text, at, evidence) else 2.5
    return cost + (0.7 if text[at + 1 : at + 3].lstrip(" ")[:1].islower() else 0.0)


def _opened_lately(text: str, at: int, evidence: Evidence) -> bool:
    """Whether a mark that is hardly an apostrophe may open a phrase in the sentence before a mark."""
    openers = _OPENER.finditer(text, max(at - _LONGEST_PHRASE, 0), at)
    return any(
        not _STOPS.search(text, opener.end(), at) and _apostrophe(text, opener.start(), evidence) > LIKELY
        for opener in openers
    )


def _apostrophe(text: str, at: int, evidence: Evidence) -> float:
    before, after = _beside(text, at, -1), _beside(text, at + 1, 1)
    if after.isalnum():
        word = _WORD_AFTER.match(text, at + 1)
        return beginning_lost(text, at, word.group(), evidence) if word else HARDLY
    if before.isalnum():
        word = _WORD_BEFORE.search(text[max(at - 40, 0) : at])
        return end_lost(text, at, word.group(), evidence) if word else HARDLY
    return NEVER
