"""The words by which authors, translators and editors mark their notes."""

import re

_SIGNS = r"(?:[AETR]\s*/\s*[NT]|TLN?|ED/?N?)"
CERTAIN_MARK = re.compile(
    r"(?:[-=–—]{2,})?[\s\[({*_~]*(?:[AET]\s*/\s*N\b(?!-\w)|[AT]\.\s?N\.?(?=\s*:)|(?:AN|TN|TLN?|EN)(?=\s*:|\s+[–—-]\s)"
    r"|(?i:(?:author|translator|editor|creator|tl|writer)[’']?s?[’']?\s+(?:notes?|corner|thoughts?|comments?|ramblings?)"
    r"|note from the (?:author|translator|editor)|end of chapter notes?)\b(?=[\s*_]*(?:[:.~–—-]|$|\])))"
)
_LIKELY_MARK = re.compile(
    r"[\s\[({*_~]*(?:notes?|disclaimer|warnings?|summary|rating|spoilers?|beta(?:\s*(?:reader|[’']?d by))?|t/?w|c/?w"
    r"|(?:chapter\s+)?(?:end|beginning)\s+notes?|content warnings?|trigger warnings?|pairings?|chapter (?:notes?|summary|end notes?)"
    r"|translators?|editors?|proofreaders?|translated by|edited by|(?-i:ED|TLC|PR|QC|RAWS?|Raws?))\s*(?:[:–—]|-(?=\s))",
    re.IGNORECASE,
)
# words that stand alone above a note on sites
_ALONE = re.compile(
    r"[\s\[({*_~]*(?:summary|notes|chapter (?:summary|notes|end notes)|(?:chapter )?end notes|disclaimer|author[’']?s notes?"
    r"|a note from (?!his|her|my|our|their|your|its|an?\b)(?:the )?\w[\w.’' -]{1,30}?)[\s\])}*_~:]*",
    re.IGNORECASE,
)
_SEE_NOTES = re.compile(
    r"[\s(\[]*see the end of the (?:chapter|work) for (?:more |other )?notes\.?[\s)\]]*", re.IGNORECASE
)
SIGN_OFF = re.compile(
    r"[\s\W]*(?:to be continued|tbc|please review|please r\s*&\s*r|r\s*&\s*r|read (?:and|&) review|(?:end of|next) chapter(?:\W+\w+){0,6}"
    r"|until next time|stay tuned|happy reading|see you (?:all )?(?:next (?:time|week|chapter)|soon))[\s\W]*",
    re.IGNORECASE,
)
SIGNED = re.compile(
    r"\s*(?:[-–—~*]+\s*\w+(?:\s\w+)?(?:\s+x+)?|\w+(?:\s\w+)?\s+x+|(?:love|xoxo|cheers),?(?:\s\w+){0,2})\W*",
    re.IGNORECASE,
)
_BY_NAME = r"(?i:(?:author|translator|editor|creator|writer|tl|t/l)[’']?s?[’']? notes?)"
_CALLED = rf"(?:(?:{_SIGNS}|[ATE]\.\s?N\.?|AN|TN|EN|{_BY_NAME})\s*[:;：–—-]|[AET]/N(?=\s)|{_BY_NAME}(?=,))"
_IN = r"[^()\[\]{}（）【】]{1,400}"
INSIDE = re.compile(rf"[(\[{{（【]\s*{_CALLED}{_IN}[)\]}}）】]")
"""A note in brackets within a paragraph: `(A/N: yes, really)`, `[TN: a robe]`."""
NOTE_IN_BRACKETS = re.compile(rf"[(\[{{（【]\s*(?i:notes?)\s*[:：]({_IN})[)\]}}）】]")
"""The same under a word that people of a story use, too: what it says tells."""
UNBRACKETED = re.compile(rf"(?<=[.!?…”’\"')*_]) (?:{_SIGNS}|AN|TN|{_BY_NAME})\s*[:：].{{1,600}}$")
"""A note at the end of a paragraph, after a sentence, without brackets."""


def only_a_mark(text: str) -> bool:
    """Whether a line is nothing but the word for a note."""
    match = CERTAIN_MARK.match(text) or _LIKELY_MARK.match(text)
    return bool(_ALONE.fullmatch(text)) or (match is not None and not text[match.end() :].strip(" :.*_"))


def is_marked(text: str) -> bool:
    """Whether a line says that it is a note."""
    return len(text) <= _LONGEST and bool(
        CERTAIN_MARK.match(text)
        or _LIKELY_MARK.match(text)
        or _ALONE.fullmatch(text)
        or _SEE_NOTES.fullmatch(text)
    )


_LONGEST = 3000  # characters of a paragraph of a note
