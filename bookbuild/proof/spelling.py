"""Spelling that varies within the book."""

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType

from bookbuild.proof.check import Query, Stretch, check
from bookbuild.proof.sheets import Sheets
from bookbuild.proof.variants import Habit, Variant, read_variants

_ENOUGH = 4  # times that such words must stand in a book to show its habit
_BRITISH_LANGUAGES = frozenset(["en-gb", "en-au", "en-nz", "en-ie", "en-za", "en-in"])
_SIDES: Mapping[Habit, tuple[str, ...]] = MappingProxyType(
    {
        Habit.SIDE: ("British", "American"),
        Habit.BRITISH: ("British",),
        Habit.AMERICAN: ("American",),
        Habit.ISE: ("-ise", "-ize"),
        Habit.EITHER: (),
    }
)
"""Which side a word's spellings are on, in their order."""

_Places = Mapping[str, Sequence[Stretch]]


@check(
    "The grey ferry left. The sky was gray, and the sea was grey.",
    "this book has “grey” as well, and more often (2 to 1)",
    english_only=True,
)
def spelling_varies(sheets: Sheets) -> Iterator[Query]:
    """One word is spelt in two ways in this book: `grey` and `gray`, `realise` and `realize`, `towards` and `toward`."""
    variants = read_variants()
    places = _places(sheets, variants)
    for variant in variants:
        have = _found(variant, places)
        for rarer in have[1:]:
            first, *also = places[rarer]
            meant = (have[0],) if len(places[have[0]]) > len(places[rarer]) else ()
            yield Query(first, _rivals(places, have[0], rarer), meant, tuple(also))


def _rivals(places: _Places, usual: str, rarer: str) -> str:
    times, few = len(places[usual]), len(places[rarer])
    often = "more often" if times > few else "as often"
    return f"this book has “{usual}” as well, and {often} ({times} to {few})"


def _found(variant: Variant, places: _Places) -> list[str]:
    """Give the spellings of a word that the book has, the usual one first."""
    have = [spelling for spelling in variant.spellings if spelling in places]
    return sorted(have, key=lambda spelling: -len(places[spelling]))


@check(
    "The colour of the harbour was grey, and so was the honor of my neighbour.",
    "this spelling is American, and most of the book’s are British (4 to 1)",
    english_only=True,
)
def british_and_american(sheets: Sheets) -> Iterator[Query]:
    """British and American spellings are mixed, or the endings `-ise` and `-ize`. Where `language` is `en-GB` or `en-US`, it decides which are the book's; else most words do."""
    variants = read_variants()
    places = _places(sheets, variants)
    sides: dict[str, list[Variant]] = {"British": [], "American": [], "-ise": [], "-ize": []}
    for variant in variants:
        have = _found(variant, places)
        if len(have) == 1 and _SIDES[variant.habit]:
            sides[_SIDES[variant.habit][variant.spellings.index(have[0])]].append(variant)
    for one, other in (("British", "American"), ("-ise", "-ize")):
        times = {
            side: sum(len(places[_found(variant, places)[0]]) for variant in sides[side])
            for side in (one, other)
        }
        declared = _declared(sheets.language, one, other)
        usual = declared or _usual(times)
        strange = other if usual == one else one
        ends = "ends in " if strange.startswith("-") else "is "
        why = f"this spelling {ends}{strange}, and the book’s language is {sheets.language}"
        if not declared:
            most = f"{times.get(usual, 0)} to {times[strange]}"
            why = f"this spelling {ends}{strange}, and most of the book’s are {usual} ({most})"
        for variant in sides[strange] if usual else ():
            (word,) = _found(variant, places)
            first, *also = places[word]
            yield Query(first, why, tuple(other for other in variant.spellings if other != word), tuple(also))


def _declared(language: str, one: str, other: str) -> str:
    """Say which of two sides the book's language is on; -ise and -ize are both British."""
    if language.lower() == "en-us":
        return other
    return one if language.lower() in _BRITISH_LANGUAGES and one == "British" else ""


def _usual(times: Mapping[str, int]) -> str:
    """Say which of two sides has most of the words; none where there are few, or as many on both."""
    few, many = sorted(times.values())
    return max(times, key=lambda side: times[side]) if few + many >= _ENOUGH and many >= 2 * few else ""


def _places(sheets: Sheets, variants: Sequence[Variant]) -> _Places:
    """Find the words of the list in the book; a word with a capital may be a name."""
    places: dict[str, list[Stretch]] = {
        spelling: [] for variant in variants for spelling in variant.spellings
    }
    for word in sheets.words:
        start = word.start
        for part in word.text.split("-"):
            if part in places:
                places[part].append(Stretch(word.passage, start, start + len(part)))
            start += len(part) + 1
    return {spelling: found for spelling, found in places.items() if found}
