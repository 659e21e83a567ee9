"""Compounds that are written in two ways: `good-night`, `goodnight`, `good night`."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from bookbuild.proof.check import Query, Stretch, check
from bookbuild.proof.sheets import Sheets, Word

_DETERMINERS = frozenset(["the", "a", "an", "my", "your", "his", "her", "its", "our", "their", "every", "each", "no"])  # fmt: skip
_FOLLOWS_NOUN = frozenset(["and", "or", "of", "in", "on", "at", "to", "with", "from", "for", "by", "was", "is", "were", "are", "had", "has", "as", "when", "where", "that", "which", "who"])  # fmt: skip
_NOT_NOUNS = frozenset(
    ["black", "blue", "brown", "dark", "free", "gentle", "good", "great", "green", "grey", "gray", "hard", "high", "hot", "light", "little", "loose", "mad", "new", "noble", "old", "quick", "red", "short", "small", "soft", "strong", "sweet", "tall", "white", "wild", "wide", "yellow", "big", "long", "fine", "first", "second", "third", "last", "next", "two", "three", "one", "half", "every", "any", "some", "no", "main", "open", "deep", "cold", "warm", "common", "broad", "dry", "easy", "front", "back", "side", "upper", "lower", "outer", "inner", "mean", "bald", "hollow", "round", "flat", "sharp", "straight", "fair", "full", "empty", "clean", "cross", "double", "single", "grand", "fore", "mid", "middle", "left", "right", "true", "rough", "smooth", "thick", "thin", "brave", "wise", "safe", "poor", "rich", "still", "sour", "bitter", "silver", "gold", "golden", "silent", "holy", "royal", "whole", "well", "ill", "under", "over", "out", "in", "up", "off", "by", "to", "for", "on", "at", "of", "as", "all", "which", "what", "who", "how", "when", "where", "there", "here", "may", "can"]
)  # fmt: skip
"""Words that stand before a noun without being one thing with it: a black bird, a blackbird."""
_TWO_MEANINGS = frozenset(["re", "co"])
"""Beginnings that make another word with a hyphen: re-sign, co-op."""
_WISHED = frozenset(["night", "morning", "evening", "afternoon", "day", "bye", "by"])
_WISH = frozenset(["say", "said", "says", "saying", "bid", "bade", "bids", "bidding", "wish", "wished", "wishing", "kiss", "kissed"])  # fmt: skip


@dataclass(slots=True)
class _Compound:
    """Two words, and where they stand as one, with a hyphen, and apart."""

    joined: list[Stretch] = field(default_factory=list)
    hyphened: list[Stretch] = field(default_factory=list)
    hyphened_noun: list[Stretch] = field(default_factory=list)  # those of them that could stand apart as well
    apart: list[Stretch] = field(default_factory=list)


@check(
    "“Goodbye,” she said, and “Good-bye,” said he. Nobody says goodbye twice to a good ferry, or by letter.",
    "this book has “goodbye” as well, and more often (2 to 1)",
    english_only=True,
)
def hyphen_varies(sheets: Sheets) -> Iterator[Query]:
    """One compound is written in two ways in this book: as one word, with a hyphen, or as two words."""
    for (left, right), compound in _compounds(sheets).items():
        forms = {
            left + right: compound.joined,
            f"{left}-{right}": compound.hyphened,
            f"{left} {right}": compound.apart,
        }
        usual = max(forms, key=lambda form: len(forms[form]))
        for rarer, places in forms.items():
            if "-" in rarer and " " in usual:
                places = compound.hyphened_noun  # noqa: PLW2901 (an adjective has its hyphen by right)
            rivals = compound.hyphened_noun if " " in rarer and "-" in usual else forms[usual]
            if rarer != usual and places and rivals:
                first, *also = places
                more = len(forms[usual]) > len(places)
                times = f"{'more' if more else 'as'} often ({len(forms[usual])} to {len(places)})"
                why = f"this book has “{usual}” as well, and {times}"
                yield Query(first, why, (usual,) if more else (), tuple(also))


def _compounds(sheets: Sheets) -> dict[tuple[str, str], _Compound]:
    """Find the words with one hyphen, and the same two words as one or apart."""
    words = sheets.words
    compounds: dict[tuple[str, str], _Compound] = defaultdict(_Compound)
    for number, word in enumerate(words):
        left, hyphen, right = word.text.lower().partition("-")
        if hyphen and _may_part(left, right, sheets) and not word.text.isupper():
            compound = compounds[left, right]
            compound.hyphened.append(_place(word, word))
            if _is_noun(words, number, number, left, right):
                compound.hyphened_noun.append(_place(word, word))
        after = words[number + 1] if number + 1 < len(words) else None
        if after and _gap(word, after) == " ":
            right = after.text.lower()
            one = left + right in sheets.forms or f"{left}-{right}" in sheets.forms
            if one and _may_part(left, right, sheets) and _is_noun(words, number, number + 1, left, right):
                compounds[left, right].apart.append(_place(word, after))
    joined = {left + right: compound for (left, right), compound in compounds.items()}
    for word in words:
        if word.text.lower() in joined:
            joined[word.text.lower()].joined.append(_place(word, word))
    return compounds


def _may_part(left: str, right: str, sheets: Sheets) -> bool:
    """Whether two pieces are words of the book by themselves, so that the hyphen is no stutter and no syllable."""
    return (
        len(left) > 1
        and len(right) > 1
        and left != right
        and left not in _TWO_MEANINGS
        and ((left in sheets.forms and right in sheets.forms) or (left == "good" and right in _WISHED))
    )


def _is_noun(words: Sequence[Word], first: int, last: int, left: str, right: str) -> bool:
    """Whether words stand where only a noun stands, `in the dining room.`, or are a greeting: there a hyphen is a matter of taste."""
    before = words[first - 1] if first else None
    after = words[last + 1] if last + 1 < len(words) else None
    led_by = before.text.lower() if before and _gap(before, words[first]) == " " else ""
    ends_here = not after or _gap(words[last], after)[:1] not in {" ", "’"}
    if left == "good" and right in _WISHED:
        return (not led_by or led_by in _WISH) and ends_here
    leads_on = after is not None and after.text.lower() in _FOLLOWS_NOUN
    return led_by in _DETERMINERS and left not in _NOT_NOUNS and (ends_here or leads_on)


def _gap(word: Word, after: Word) -> str:
    """Give what stands between two neighbours; a new paragraph counts as a full stop."""
    return word.passage.text[word.end : after.start] if word.passage is after.passage else "."


def _place(first: Word, last: Word) -> Stretch:
    return Stretch(first.passage, first.start, last.end)
