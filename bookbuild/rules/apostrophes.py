"""Apostrophes: inside words, and where letters are left out at a word's beginning.

One that begins a word is known from a list of elisions, from the figures of decades, from the book's own vocabulary,
or because no closing mark answers it.
"""

import re
from collections.abc import Iterator
from enum import Enum

from bookbuild.draft import Block
from bookbuild.edits import BlockEdit, Edit, Sureness
from bookbuild.rules.evidence import Evidence
from bookbuild.rules.rule import prose_rule

OPENERS = " \n\t\xa0([{/"
"""What stands before a mark that opens."""

ELISIONS = frozenset(
    ["em", "er", "im", "is", "n", "tis", "twas", "twere", "twill", "twould", "twouldn", "tisn", "til", "till", "cause", "cuz", "coz", "bout", "round", "nuff", "nother", "kay", "sup", "neath", "gainst", "pon", "ere", "ello", "ome", "ouse", "orse", "ave", "ead", "ope", "eard", "ell", "ow", "ard", "fraid", "scuse", "spose", "stead", "course", "tween", "twixt", "ighness", "er", "um", "ee", "e", "a", "un", "s", "d", "cept", "less", "long", "way", "gin", "tater", "verse"]
)  # fmt: skip
"""Words that begin with an apostrophe, without it: 'tis, 'em, 'til … (general English dictionaries)."""
_REAL_WORDS = frozenset(
    ["is", "er", "a", "s", "d", "long", "way", "course", "less", "e", "till", "round", "cause", "ere", "ell", "ow", "gin", "im", "n", "verse"]
)  # fmt: skip
"""Those of the elisions that are words of their own too, so that 'long ago' may be a quotation: a closing mark decides."""

_DROPPED_H = frozenset(
    ["have", "having", "had", "him", "himself", "herself", "house", "home", "head", "heart", "heard", "half", "happy", "happen", "happened", "hello", "help", "hope", "hoping", "horse", "horses", "hundred", "hurt", "husband", "hungry"]
)  # fmt: skip
"""Common words that speech robs of their h: 'avin' a laugh (the book's own vocabulary adds to them)."""

_NOT_DROPPED_H = frozenset(
    ["air", "ale", "all", "alter", "am", "an", "and", "arm", "art", "as", "ash", "at", "ate", "aunt", "ear", "eat", "edge", "eight", "ill", "it", "old", "our", "ours", "over", "owl"]
)  # fmt: skip
"""Words that are not clipped, though there is one with an h before them."""

_PRONOUNS = frozenset(
    ["i", "you", "we", "they", "he", "she", "it", "that", "there", "here", "who", "what", "where", "let"]
)
_NOT_NEGATED = frozenset(["an", "been", "even", "in", "on", "than", "then", "when"])
_QUOTED = re.compile(r"(?<![^\W_])['‘][^'’‘]*$")
_SUFFIXES = r"s|t(?! (?:is|was|were|will|would)\b)|d|m|ll|re|ve|em"
_SPLIT = re.compile(rf"(?<=[^\W\d_])(?: ['’] ?|['’] )(?=(?:{_SUFFIXES})\b)", re.IGNORECASE)
_INSIDE = re.compile(r"(?<=[^\W_])'(?=[^\W_])|(?<=[^\W_][_*])'(?=s\b)")
_LEADING = re.compile(r"(?<![^\W_])['‘](?=(?P<word>[^\W\d_]+|\d\ds?\b))")
_SINGLE = re.compile(r"['‘’]")


@prose_rule(before="it' s late and I don 't care", after="it's late and I don't care", english_only=True)
def split_apostrophe(block: Block, _evidence: Evidence) -> Iterator[BlockEdit]:
    """A space crept in beside an apostrophe: `it' s`, `don 't`."""
    for match in _SPLIT.finditer(block.text):
        start, end = match.span()
        before, after = block.text[max(start - 200, 0) : start], block.text[end : end + 12]
        word = re.search(r"[^\W\d_]+$", before)
        suffix = re.match(rf"(?:{_SUFFIXES})\b(?!['’‘])", after, re.IGNORECASE)  # not in `the letter 's'`
        if word and suffix and _suffix_fits(before, suffix.group().lower(), match.group()):
            yield Edit(start, end, match.group().strip(), Sureness.LIKELY)


def _suffix_fits(before: str, suffix: str, seam: str) -> bool:
    word = re.split(r"[\W\d_]+", before)[-1].lower()
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
    """An apostrophe is curly in print: inside a word, and where letters or figures are left out at its beginning."""
    text = block.text
    if "'" not in text and "‘" not in text:
        return
    for match in _INSIDE.finditer(text):
        yield Edit(match.start(), match.end(), "’")
    for match in _LEADING.finditer(text):
        sureness = _elided(text, match.start(), match["word"], evidence)
        if sureness:
            why = "taken for an apostrophe, because no mark closes a quotation that would begin here"
            yield Edit(match.start(), match.end(), "’", sureness, why * (sureness is Sureness.DOUBTFUL))


def _elided(text: str, at: int, word: str, evidence: Evidence) -> Sureness | None:
    """Say how sure it is that a mark before a word stands for left-out letters; None when it opens a quotation."""
    lower = word.lower()
    if word[0].isdigit():
        return None if _answer(text, at, evidence) is _Answer.YES else Sureness.CERTAIN
    rock_n_roll = lower == "n" and text[at + 2 : at + 3] in ("'", "’", " ")
    if rock_n_roll or (lower in ELISIONS and lower not in _REAL_WORDS):
        return Sureness.CERTAIN
    after = at + 1 + len(word)
    is_quoted = text[after : after + 1] in ("'", "’") and not lower.endswith("in")  # `the 'ooting' owl`
    if (_is_clipped(word, evidence) and not is_quoted) or (_is_in_own_kind(text, at) and lower in ELISIONS):
        return Sureness.LIKELY
    answer = _answer(text, at, evidence)
    # `'Cause I said so` is clipped; `'A word with you`, with no mark that answers, is speech that goes on
    clipped = lower in ELISIONS and (word.islower() or lower not in {"a", "is", "less", "long", "of", "way"})
    if answer is not _Answer.YES and clipped:
        return Sureness.LIKELY
    return _unanswered(text, at, word, evidence) if answer is _Answer.NO and text[at] == "'" else None


def _is_clipped(word: str, evidence: Evidence) -> bool:
    """Whether a word is none until letters are put before it: `'ouse`, or what this book often clips."""
    lower = word.lower()
    known, clipped = evidence.vocabulary.get(lower, 0), evidence.clipped.get(lower, 0)
    if lower in _REAL_WORDS:
        return False
    with_h = (
        (f"h{lower}", f"h{lower}g") if not known and len(word) > 1 and lower not in _NOT_DROPPED_H else ()
    )
    return any(h in _DROPPED_H or h in evidence.vocabulary for h in with_h) or clipped > max(2, 10 * known)


def _is_in_own_kind(text: str, at: int) -> bool:
    """Whether the mark stands right after one of its kind that opens a quotation: `‘’E's gone.’`, but not `''Go.''`."""
    return text[at - 1 : at] in ("'", "‘") and not re.search(r"[.,!?…—]['’]{2}(?!\w)", text[at:])


def _unanswered(text: str, at: int, word: str, evidence: Evidence) -> Sureness | None:
    """Decide about a mark that no other closes: within a sentence an apostrophe, else a quotation that goes on."""
    within = re.search(r"[^\W\d_] $", text[max(at - 2, 0) : at])
    if word.lower() in evidence.vocabulary:
        return Sureness.DOUBTFUL if within else None
    return Sureness.LIKELY if within or word.islower() else None


class _Answer(Enum):
    """Whether a later mark closes the quotation that a mark would open."""

    YES = "yes"
    PERHAPS = "perhaps"  # it may be the mark of a possessive or of a dropped letter
    NO = "no"


def _answer(text: str, at: int, evidence: Evidence) -> _Answer:
    """Look further on in the paragraph for a mark that closes a quotation that would begin here."""
    found = _Answer.NO
    for match in _SINGLE.finditer(text, at + 1):
        before, after = text[match.start() - 1], text[match.end() : match.end() + 1]
        if before not in OPENERS and not after.isalnum():
            if before in ".,!?…—;:" or not may_end_word(text, match.start()):
                return _Answer.YES
            found = _Answer.PERHAPS
        word = _LEADING.match(text, match.start())
        opens = match.group() == "‘" or (match.group() == "'" and before in OPENERS and after.isalnum())
        if not _is_certain(word["word"], evidence) if word else opens:
            return found
    return found


def _is_certain(word: str, evidence: Evidence) -> bool:
    """Whether a mark before this word is an apostrophe wherever it stands."""
    lower = word.lower()
    return (
        word[0].isdigit() or (lower in ELISIONS and lower not in _REAL_WORDS) or _is_clipped(word, evidence)
    )


def may_end_word(text: str, at: int) -> bool:
    """Whether the mark after a word may be a possessive (`boys' room`) or a dropped letter (`goin' home`)."""
    return bool(re.search(r"(?:[^\W\d_]{2,}s|in|\bo|\bol|\bth)$", text[max(at - 40, 0) : at])) and bool(
        re.match(r" ?[^\W\d_]", text[at + 1 :])
    )
