"""The marks that authors put between scenes: which lines are nothing but one.

The alphabet is that of the sites' guides and of the manuscripts in the catalogue of faults (S01): asterisks, tildes, dashes,
hashes, flowers, `oOo`, `xXx`, `<hr>`, `[scene break]`; and whatever else has no words and repeats or mirrors itself.
"""

import re
import unicodedata
from enum import Enum

WORDED_IN_BRACKETS = (
    r"(?i:[\[(<](?:line|scene|page|section|paragraph)[ _-]?(?:break|change|divider|shift|separator)[\])>])"
)
"""A mark that says what it is, as a part of a regular expression: `[scene break]`, `(line break)`."""
LONGEST = 400
"""The longest mark, in characters: rows of asterisks were typed until a wide screen was full."""

# marks that sentences use too: they are an ornament only beside another, or in a pattern
_WEAK = frozenset(".:,;'·…‥・")
_SPOKEN = frozenset('"“”„«»‘’?!¿¡`´$£€¥')
_STRONG_PUNCTUATION = frozenset("*~_-–—―=#+•⁂❦❧§†‡°@%&/\\<>^|¦¤‖※⁕⁎∗()[]{}＊～＝＃")
_ALONE = frozenset("*#~•⁂❦❧§†‡&❖※—―+°@^¤")
_MIRRORED = str.maketrans("()[]{}<>/\\«»", ")(][}{><\\/»«")
# faces of chat lines: `^_^`, `>_<`, `-_-`, `o_O`, `:)`
_FACE = re.compile(r"[\s(]*[\^>\-=~@*+oOTuUxX;:][\s]*[._\-ωo,]*[\s]*[\^<\-=~@*+oOTuUxX;)(|/\\][\s)]*")
_LETTERS = re.compile(
    r"(?P<open>[-–—~=*.+<>(){}\[\]|/\\^_:\s]*)(?P<letters>[oO0xX](?:[-–—~=*.+|/\\^_:\s]*[oO0xX])*)(?P<close>[-–—~=*.+<>(){}\[\]|/\\^_:\s]*)"
)
# `vVv`, `-v-v-`: one letter in both heights, or between marks
_ONE_LETTER = re.compile(
    r"(?P<one>[^\W\d_])(?=(?i:(?P=one)+)$)(?:[a-z]+[A-Z]|[A-Z]+[a-z]+[A-Z])[a-zA-Z]*|[~=*+|_-](?P<two>[^\W\d_])[~=*+|_-](?:(?P=two)[~=*+|_-])+"
)
_WORDED = re.compile(
    r"[\W_]*(?:<\s*/?\s*hr\b[^<>]{0,60}/?>|\[hr/?\]"
    r"|(?:(?:insert\s+)?(?:a\s+)?(?:horizontal\s+)?(?:line|scene|page|section|paragraph)[\s_-]*(?:break|divider|change|shift|separator)(?:\s+here)?"
    r"|horizontal\s+(?:line|rule)|line\s+here|scene[\s_-]*ends?|end\s+(?:of\s+)?scene|new\s+scene|change\s+of\s+scene))[\W_]*"
    r"|(?:[\[(<{*~=_–—-]{1,5}) ?(?:line|scene|break|section) ?[\])>}*~=_–—-]{1,5}"
    r"|(?:<img\b(?=[^<>]{0,300}(?:divid|separat|break|line|scene|ornament))[^<>]{0,300}>|!\[[^\]]{0,80}\]\([^()\s]{0,200}(?:divid|separat|break|line|scene|ornament)[^()\s]{0,80}\))",
    re.IGNORECASE,
)
_IN_ITALICS = re.compile(r"(?P<one>[*_])break(?P=one)", re.IGNORECASE)  # a thought, or a cry
_WORDED_MARK = (
    r"(?:<hr\b[^<>]{0,60}>|[\[(<{*~-]{1,5} ?(?:(?:line|scene|page|section|paragraph)[ _-]?(?:break|change|divider|shift|separator)|break)"
    r" ?[\])>}*~-]{1,5})"
)
_WORDED_START = re.compile(rf"\s*(?P<mark>{_WORDED_MARK})", re.IGNORECASE)
_WORDED_END = re.compile(rf"(?P<mark>{_WORDED_MARK})\s*$", re.IGNORECASE)
_SPACED_ROW = re.compile(r"\s*(?P<mark>(?P<one>[^\w\s\"“”'‘’])(?:\s(?P=one)){2,200})(?=\s|\w|[\"“'‘])")
_FIRST_TOKEN = re.compile(rf"\s*(?P<mark>\S{{3,{LONGEST}}})(?=\s)")
_FIRST_MARKS = re.compile(rf"\s*(?P<mark>[^\w\s\"“”'‘’]{{3,{LONGEST}}}|_{{5,{LONGEST}}})(?=[^\W_]|[\"“'‘])")
_SPACED_ROW_END = re.compile(r"(?P<mark>(?P<one>[^\w\s\"“”'‘’.!?])(?:\s(?P=one)){2,200})\s*$")
_LAST_TOKEN = re.compile(rf"(?<=\s)(?P<mark>[^\s\w]\S{{2,{LONGEST}}})\s*$")
_LAST_MARKS = re.compile(
    rf"(?<=[.!?…\"”’'])(?P<mark>[^\w\s\"“”'‘’.!?,…]{{3,{LONGEST}}}|_{{5,{LONGEST}}})\s*$"
)
_WAVES = re.compile(r"[\s]*(?:\^\s*[vV]\s*){2,60}\^?[\s]*")
_TAGS = re.compile(r"</?(?:center|p|div|b|strong|i|em|span)\b[^<>]{0,80}>", re.IGNORECASE)


_BRACKETS = 4  # empty brackets that are an ornament; fewer are a slip
_AS_PICTURE = "\ufe0f"  # after a sign: show it in colours


class Look(Enum):
    """How much a line looks like a scene break."""

    CERTAIN = "certain"
    BY_HABIT = "by habit"  # `XXX`, `...`, `xoxo`: only where the book has it between scenes again and again
    NOT = "not"


def look_of(text: str) -> Look:
    """Say whether a line is nothing but a scene break: ornaments, a pattern of them, `oOo`, `[scene break]`."""
    text = _TAGS.sub("", text.replace(_AS_PICTURE, "")).strip() if len(text) <= LONGEST else ""
    if not text:
        return Look.NOT
    if (_WORDED.fullmatch(text) and not _IN_ITALICS.fullmatch(text)) or _WAVES.fullmatch(text):
        return Look.CERTAIN
    if any(character.isalnum() for character in text):
        return _look_of_letters(text)
    return _look_of_marks("".join(text.split()))


def as_typed(text: str) -> str:
    """Give a mark so that it can be compared with others: `*  *  *` and `* * *` are one."""
    return " ".join(text.split())


def _look_of_marks(marks: str) -> Look:
    """Judge a row of marks without spaces."""
    if any(mark in _SPOKEN for mark in marks) or (
        _FACE.fullmatch(marks) and len(marks) <= 3 and len(set(marks)) > 1
    ):
        return Look.NOT
    strong = sum(_is_strong(mark) for mark in marks)
    if not strong:
        return _look_of_dots(marks)
    if len(marks) == 1:
        return Look.CERTAIN if marks in _ALONE or _is_symbol(marks) else Look.NOT
    kinds = set(marks)
    if kinds <= set("()[]{}.…") and (
        set(".…") & kinds or len(marks) < _BRACKETS
    ):  # `[…]` is a place left out
        return Look.NOT
    if kinds <= set("-–—―"):
        return Look.CERTAIN if len(marks) >= 3 or "—" in kinds else Look.NOT
    if len(marks) == 2 and kinds - set("*#~•+§†‡") and not all(map(_is_symbol, marks)):
        return Look.NOT
    is_pattern = len(kinds) <= 2 or marks == marks[::-1].translate(_MIRRORED) or marks == marks[::-1]
    return Look.CERTAIN if is_pattern or _is_periodic(marks) else Look.BY_HABIT


def _look_of_dots(marks: str) -> Look:
    """Judge marks that sentences use too: `.:.` is a pattern, `...` may be a silence."""
    if len(marks) >= 3 and len(set(marks)) == 2 and (marks == marks[::-1] or _is_periodic(marks)):
        return Look.CERTAIN
    if set(marks) <= set("·・:") and len(marks) >= 3:
        return Look.CERTAIN
    return Look.BY_HABIT if set(marks) <= set(".…‥·") and (len(marks) >= 3 or "…" in marks) else Look.NOT


def _look_of_letters(text: str) -> Look:
    """Judge a row of the letters that look like ornaments: `oOo`, `xXx`, `o0o`, `-x-`."""
    match = _LETTERS.fullmatch(text)
    if not match:
        return Look.BY_HABIT if _ONE_LETTER.fullmatch(text) else Look.NOT
    letters = [character for character in match["letters"] if character.isalnum()]
    before, after = ("".join(match[side].split()) for side in ("open", "close"))
    framed = (bool(before) and before == after[::-1].translate(_MIRRORED)) or (
        before != "" and before == after
    )
    if not framed and set(after) & set(".:"):
        return Look.NOT  # a sentence: `Ooo.`
    mixed = len(set(letters)) > 1
    if len(letters) < 3 and not framed:
        return Look.BY_HABIT if len(letters) < 3 and text in {"o", "x", "0"} else Look.NOT
    if framed and set(before + after) <= set(".:(){}[]") and len(letters) == 1:
        return Look.BY_HABIT  # `(x)`, `.o.`
    joined = "".join(match["letters"].split()).isalnum()
    if joined and not framed and not mixed and letters[0] in "xX0":
        return Look.BY_HABIT  # thirty, kisses, a price
    if (
        not framed
        and set("".join(letters).lower()) == {"x", "o"}
        and "".join(letters).lower() in {"xo", "xox", "xoxo"}
    ):
        return Look.BY_HABIT  # kisses and hugs
    is_word = not framed and text[0] == "O" and text[1:] == "o" * (len(text) - 1)  # somebody says `Ooo`
    return Look.BY_HABIT if is_word else Look.CERTAIN


def _is_strong(mark: str) -> bool:
    return (
        mark in _STRONG_PUNCTUATION
        or _is_symbol(mark)
        or (mark not in _WEAK and unicodedata.category(mark) in {"Po", "Pd", "Pc"})
    )


def _is_symbol(mark: str) -> bool:
    return unicodedata.category(mark) in {"So", "Sm", "Sk", "Co"} and mark not in "+<>=|~^`´"


def _is_periodic(marks: str) -> bool:
    """Whether marks are one unit, of two characters or more, said again and again; the last may be cut short."""
    return any(
        all(mark == marks[number % size] for number, mark in enumerate(marks))
        for size in range(2, len(marks) // 2 + 1)
    )


def leading_mark(text: str) -> tuple[int, int] | None:
    """Find a mark that a line begins with before its words: `***** By noon`, `<hr>By noon`, `* * * By noon`."""
    for pattern in (_WORDED_START, _SPACED_ROW, _FIRST_TOKEN, _FIRST_MARKS):
        match = pattern.match(text)
        if match and _is_mark_beside_text(match["mark"]):
            return match.span("mark")
    return None


def trailing_mark(text: str) -> tuple[int, int] | None:
    """Find a mark that a line ends with after its words: `He left. *****`, `He left.***`."""
    tail = max(len(text) - LONGEST, 0)
    for pattern in (_WORDED_END, _SPACED_ROW_END, _LAST_TOKEN, _LAST_MARKS):
        match = pattern.search(text, tail)
        if match and _is_mark_beside_text(match["mark"]):
            return match.span("mark")
    return None


def _is_mark_beside_text(mark: str) -> bool:
    """Whether a mark is one even beside words: three signs, or five of those that prose uses too."""
    bare = "".join(mark.split())
    prose_too = set(bare) <= set("-–—_.")
    return look_of(mark) is Look.CERTAIN and len(bare) >= (5 if prose_too else 3)
