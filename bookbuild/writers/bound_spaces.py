"""Spaces and hyphens at which no line may end, by the habits of each language: bound before a book is written.

The words stay as they are, and so does the author's text: what changes is the kind of space, in what is written.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, islice
from typing import NamedTuple

from bookbuild.rewriting import with_divisions, with_units
from bookbuild.tree import Book, Foreign, Inlines, PageBreak, Text


@dataclass(frozen=True, slots=True)
class Spaces:
    """What is written in the place of spaces and hyphens at which no line may end."""

    bound: str  # as wide as between words, and stretched like it
    thin: str
    fixed: str  # never stretched, so that speeches begin alike
    hyphen: str


SCREEN = Spaces("\xa0", "\xa0", "\xa0", "-")
"""On screens: readers' fonts have no other space; a compound may be parted at its hyphen, for lines are short."""
PAPER = Spaces("\xa0", "\u202f", "\u2005\u2060", "\u2060-\u2060")
"""In print: half a word space, and a quarter of an em. Faces lack both, and HarfBuzz makes them of their own space."""


class _Habit(NamedTuple):
    """Where spaces or hyphens are bound: whatever stands in a group of the pattern."""

    pattern: re.Pattern[str]
    kind: str  # a field of `Spaces`


def _bound(pattern: str, kind: str = "bound") -> _Habit:
    return _Habit(re.compile(pattern), kind)


_SPEECH = _bound("^[-—–―]([ \xa0])(?=\\S)", "fixed")
"""The dash that begins a speech, and a space of one width after it (A. Milchin, L. Cheltsova, «Справочник издателя и автора»)."""
_PERCENT = _bound(r"(?<=\d)( )(?=[%‰€°])")
_USUAL = (
    _SPEECH,
    _PERCENT,
    _bound(r"(?<=\S)( )(?=[;:!?]+(?!\w))"),  # as pasted
    # no line begins with a dash: Milchin again
    _bound("(?<=[^\\s—–])( )(?=[—–](?:[\\s,.;:!?…]|[“”’»«\"')\\]]+(?![\\w¡¿])|$))"),
)
_GUILLEMETS = (
    _bound(r"(?<=\S)( )(?=[»›](?![\w„“‚‘«‹¿¡(—–]))"),
    _bound(r"(?:^|(?<=[\s(—–]))[«‹]( )"),
)
_REVERSED = frozenset({"da", "de", "hr", "sl"})
"""Languages that quote »so«, with no space within."""
_FRENCH = (
    _SPEECH,
    _bound("(?<=\\S)([ \xa0])(?=[;!?]+(?!\\w))", "thin"),
    _bound(r"(?<=\S)( )(?=:(?!\w)|[»›])"),
    _bound(r"[«‹]( )"),
    _PERCENT,
    _bound(r"(?<=\S) [—–]( )(?:[^.—–]*( )[—–](?=[\s,.;:!?…]|$))?"),
)
"""« Lexique des règles typographiques en usage à l'Imprimerie nationale », 2002: a thin space before ; ! ?, a word space before : and within
« »; half a word space, unstretched, is thin, as babel-french has it. Dashes hold what they enclose: one opens, the next closes."""
_SINGLE_LETTERS = {
    "cs": "aikosuvz",  # Internetová jazyková příručka, ÚJČ AV ČR, “Zalomení řádků”
    "pl": "aiouwz",  # A. Wolański, „Edycja tekstów”, 2008: „wiszące spójniki”
    "sk": "aikosuvz",
}
"""Words of a letter that no line ends with."""
_REPEATING = frozenset({"bs", "cs", "es", "hr", "pl", "pt", "sk", "sr"})
"""Languages that repeat a compound's hyphen at the head of the next line (so RAE, «Ortografía», 2010): here it stays whole instead."""


def with_bound_spaces(book: Book, language: str, spaces: Spaces) -> Book:
    """Bind the spaces and hyphens of a book at which its language, or that of a passage in it, ends no line."""
    binder = _Binder(language, spaces)
    return with_divisions(book, lambda division: with_units(division, binder.bind))


def _habits(language: str) -> Iterator[_Habit]:
    """Give the habits of a language."""
    name = language.lower().partition("-")[0]
    yield from _FRENCH if name == "fr" else _USUAL
    if name not in _REVERSED and name != "fr":
        yield from _GUILLEMETS
    if name in _SINGLE_LETTERS:
        yield _bound(rf"(?i)(?<![\w’'-])[{_SINGLE_LETTERS[name]}]( )(?=\w)")
    if name in _REPEATING:
        yield _bound(r"(?<=\w)(-)(?=\w)", "hyphen")


class _Binder:
    """Binds the spaces of one book."""

    def __init__(self, language: str, spaces: Spaces) -> None:
        self._language = language
        self._spaces = spaces
        self._habits: dict[str, tuple[_Habit, ...]] = {}

    def bind(self, unit: Inlines) -> Inlines:
        """Bind the spaces of one unit of text."""
        leaves = list(_leaves(unit, self._language))
        text = "".join(leaf for leaf, _ in leaves)
        edits = {
            at: made
            for language in dict.fromkeys(language for _, language in leaves)
            for at, made in self._edits(text, language)
            if _language_at(leaves, at) == language
        }
        if not edits:
            return unit
        characters = (edits.get(at, character) for at, character in enumerate(text))
        return _rewritten(unit, iter(["".join(islice(characters, len(leaf))) for leaf, _ in leaves]))

    def _edits(self, text: str, language: str) -> Iterator[tuple[int, str]]:
        """Give what stands in the place of some characters."""
        if language not in self._habits:
            self._habits[language] = tuple(_habits(language))
        for pattern, kind in self._habits[language]:
            made: str = getattr(self._spaces, kind)
            for match in pattern.finditer(text):
                places = (match.start(group) for group in range(1, pattern.groups + 1))
                yield from ((at, made) for at in places if at >= 0)


def _language_at(leaves: Sequence[tuple[str, str]], at: int) -> str:
    """Give the language of the character at an offset."""
    ends = accumulate(len(leaf) for leaf, _ in leaves)
    return next(language for end, (_, language) in zip(ends, leaves, strict=True) if at < end)


def _leaves(children: Inlines, language: str) -> Iterator[tuple[str, str]]:
    """Give the texts of a unit, each with its language."""
    for child in children:
        if isinstance(child, Text):
            yield child.text, language
        elif not isinstance(child, PageBreak):
            yield from _leaves(child.children, child.language if isinstance(child, Foreign) else language)


def _rewritten(children: Inlines, texts: Iterator[str]) -> Inlines:
    """Put other texts into a unit, in order."""
    return tuple(
        replace(child, text=next(texts))
        if isinstance(child, Text)
        else child
        if isinstance(child, PageBreak)
        else replace(child, children=_rewritten(child.children, texts))
        for child in children
    )
