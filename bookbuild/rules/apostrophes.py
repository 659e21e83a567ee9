"""Apostrophes: inside words, and where letters are left out at a word's beginning.

One that begins a word is known from a list of elisions, from the figures of decades, from the book's own vocabulary,
or because no closing mark answers it.
"""

import re
from collections.abc import Iterator

from bookbuild.draft import Block
from bookbuild.edits import BlockEdit, Edit, Sureness
from bookbuild.rules.evidence import Evidence
from bookbuild.rules.marks import Role
from bookbuild.rules.pairing import Reading, read_marks
from bookbuild.rules.rule import prose_rule

_PRONOUNS = frozenset(
    ["i", "you", "we", "they", "he", "she", "it", "that", "there", "here", "who", "what", "where", "let"]
)
_NOT_NEGATED = frozenset(["an", "been", "even", "in", "on", "than", "then", "when"])
_CLIPPED_LETTER = re.compile(r"(?<![^\W_])['’‘][^\W\d_]$")
_QUOTED = re.compile(r"(?<![^\W_])['‘][^'’‘]*$")
_SUFFIXES = r"s|t(?! (?:is|was|were|will|would)\b)|d|m|ll|re|ve|em"
_SPLIT = re.compile(rf"(?<=[^\W\d_])(?: ['’] ?|['’] )(?=(?:{_SUFFIXES})\b)", re.IGNORECASE)
_CLOCK = re.compile(r"(?<![^\W_])[Oo](?: ['’] ?|['’] )(?=[Cc]lock\b)")
_INSIDE = re.compile(r"(?<=[^\W_])[_*]{0,3}(?P<mark>['‘])[_*]{0,3}(?=[^\W_])")


@prose_rule(before="it' s late and I don 't care", after="it's late and I don't care", english_only=True)
def split_apostrophe(block: Block, _evidence: Evidence) -> Iterator[BlockEdit]:
    """A space crept in beside an apostrophe: `it' s`, `don 't`."""
    for match in _SPLIT.finditer(block.text):
        start, end = match.span()
        before, after = block.text[max(start - 200, 0) : start], block.text[end : end + 12]
        word = re.search(r"[^\W\d_]+$", before)
        suffix = re.match(rf"(?:{_SUFFIXES})\b(?!['’‘])", after, re.IGNORECASE)  # not in `the letter 's'`
        if word and suffix and _suffix_fits(before, suffix.group().lower(), match.group()):
            yield Edit(start, end, match.group().strip(), sureness=Sureness.LIKELY)
    for match in _CLOCK.finditer(block.text) if "lock" in block.text else ():
        yield Edit(match.start() + 1, match.end(), match.group()[1:].strip(), sureness=Sureness.LIKELY)


def _suffix_fits(before: str, suffix: str, seam: str) -> bool:
    word = re.split(r"[\W\d_]+", before)[-1].lower()
    if _CLIPPED_LETTER.search(before):
        return False  # two clipped words: this 'n 's mine
    match suffix:
        case "t":
            return word.endswith("n") and word not in _NOT_NEGATED
        case "m":
            return word == "i"
        case "re" | "ve" | "ll" | "d":
            return word in _PRONOUNS
        case "s":
            # a curly mark after a space was meant (`as soon ’s he can`); in `the 'cats' s…` the mark closes a quotation
            meant = seam == " ’" or (not seam.startswith(" ") and _QUOTED.search(before))
            return word in _PRONOUNS or (not meant and not word.endswith("s"))
        case _:
            return False


@prose_rule(
    before="the boy's dog, 'tis said, of the '90s",
    after="the boy’s dog, ’tis said, of the ’90s",
    english_only=True,
)
def straight_apostrophe(block: Block, evidence: Evidence) -> Iterator[BlockEdit]:
    """An apostrophe is curly in print: inside a word, and where letters or figures are left out at its beginning or end."""
    text = block.text
    if "'" not in text and "‘" not in text:
        return
    readings = read_marks(text, evidence)
    weighed = {reading.at for reading in readings}
    for match in _INSIDE.finditer(text):
        if match.start("mark") not in weighed:
            yield Edit(match.start("mark"), match.end("mark"), "’")
    for reading in readings:
        if reading.role is Role.APOSTROPHE and reading.token.character != "’":
            yield _curly(reading)


def _curly(reading: Reading) -> Edit:
    at, sureness = reading.at, reading.sureness
    if sureness is not Sureness.DOUBTFUL:
        return Edit(at, at + 1, "’", sureness=sureness)
    why = "taken for an apostrophe, where letters were left out, but a quotation might begin here"
    return Edit(at, at + 1, "’", sureness=sureness, why=why, others=(Edit(at, at + 1, "‘"),))
