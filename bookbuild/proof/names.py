"""Names that are spelt in two ways."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping

from bookbuild.proof.check import Query, Stretch, check
from bookbuild.proof.sheets import Sheets, Word

_SHORTEST = 5  # letters: of shorter names too many are near (Jean, Joan, Jane, Dean)
_LONG = 7  # letters: so long a name with any one letter wrong is still the same
_LONGEST = 40  # letters: what is longer is no name
_USUAL = 4  # times that a name must stand in the book to be its usual form
_RARE = 4  # how many times more often the usual form stands than the other
_VERY_RARE = 40  # how many times, where any letter may be wrong
_OTHER_NAME = re.compile(
    r"(?:s|es|y|ie|ies|n|an|ian|ish|ese|i|in|ism|ist|e|a|o|us|er|or|land|ton|ina|ette|ella|le)\Z"
)
"""What makes another name of one: plural, people, pet name, the name of a woman (Louis, Louise)."""
_VOWELS = frozenset("aeiouyáéíóúäöüâêîôûàèìòù")
_ALIKE = tuple(map(frozenset, ("ckqsxz", "mn", "dt", "gj", "fv", "vw")))
"""Consonants that are heard or seen as one another."""


@check(
    "Then Katherine rowed, and Katherine sang; but Katherine and old Katharine wept, and Katherine laughed.",
    "this book has “Katherine” as well, and more often (4 to 1)",
)
def name_spelt_two_ways(sheets: Sheets) -> Iterator[Query]:
    """A name that stands seldom is nearly one that stands often: `Katharine`, `Katherine`. Perhaps it is the same, misspelt."""
    names = _names(sheets)
    usual = {
        name: len(words)
        for name, words in names.items()
        if len(name) >= _SHORTEST and len(words) >= max(_USUAL, sheets.forms.get(name.lower(), 0))
    }
    by_key: dict[str, list[str]] = defaultdict(list)
    for name in usual:
        for key in _keys(name):
            by_key[key].append(name)
    for rare, words in names.items():
        if rare.lower() in sheets.forms:
            continue  # a word that may have a capital
        near = dict.fromkeys(other for key in _keys(rare) for other in by_key.get(key, ()))
        same = [other for other in near if _may_be_same(rare, other, usual[other] / len(words))]
        if same:
            meant = max(same, key=lambda other: usual[other])
            first, *also = (Stretch(word.passage, word.start, word.end) for word in words)
            why = f"this book has “{meant}” as well, and more often ({usual[meant]} to {len(words)})"
            yield Query(first, why, (meant,), tuple(also))


def _names(sheets: Sheets) -> Mapping[str, list[Word]]:
    """Find the words that stand with a capital inside a sentence."""
    within = {word.text for word in sheets.words if word.is_within and word.text[:1].isupper()}
    names: dict[str, list[Word]] = {}
    for word in sheets.words:
        name = word.text
        if name in within and _SHORTEST <= len(name) + 1 <= _LONGEST and not name.isupper():
            names.setdefault(name, []).append(word)
    return names


def _keys(name: str) -> Iterator[str]:
    """Give the name, and the name without each of its letters: two names one letter apart share one of these."""
    small = name.lower()
    yield small
    yield from (small[:at] + small[at + 1 :] for at in range(len(small)))


def _may_be_same(rare: str, usual: str, rarity: float) -> bool:
    """Whether two names are one letter apart in a way in which a name is misspelt; where one is very rare, in any way."""
    one, other = rare.lower(), usual.lower()
    if one == other or rarity < _RARE or {one[-3:], other[-3:]} == {"man", "men"}:
        return False
    short, long = sorted((one, other), key=len)
    tail = long[len(short) :] if long.startswith(short) else ""
    if tail and _OTHER_NAME.fullmatch(tail) and tail != short[-1]:
        return False
    at = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), len(short))
    any_letter = at > 0 and (len(one) >= _LONG or rarity >= _VERY_RARE)
    if len(one) != len(other):
        is_one = long[:at] + long[at + 1 :] == short
        return is_one and (any_letter or _is_slight(long[at], long[at - 1 : at] + long[at + 1 : at + 2]))
    if one[at + 2 :] == other[at + 2 :] and one[at : at + 2] == other[at : at + 2][::-1]:
        return True  # two letters changed places
    a, b = one[at], other[at]
    if one[at + 1 :] != other[at + 1 :] or (at == len(one) - 1 and {a, b} <= _VOWELS):
        return False  # more than one letter, or Maria and Mario
    return any_letter or {a, b} <= _VOWELS or any({a, b} <= row for row in _ALIKE)


def _is_slight(letter: str, beside: str) -> bool:
    """Whether a letter is easily forgotten: one of two, a vowel, a silent h."""
    return letter in beside or letter in _VOWELS or letter == "h"
