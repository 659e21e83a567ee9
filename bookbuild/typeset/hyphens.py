"""Where words may be parted: by the patterns of their language, but for names and what looks ill."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import pyphen

_LETTERS = re.compile(r"[^\W\d_]+(?:[’'][^\W\d_]+)*")
_APOSTROPHE = re.compile("[’']")
_PATTERNS = {"en": "en_US", "no": "nb"}
"""Plain English is parted as browsers do it; the usual `en` is the British patterns, which know half the places."""
_ELIDING = frozenset({"ca", "fr", "it", "oc"})
"""Languages that write two words in one, with an apostrophe: `l’administration`. What is behind it is parted too."""
_BEFORE_APOSTROPHE = 3
"""Letters that stay with an apostrophe: patterns know no `couldn’t`, and would give `could-n’t`."""


@dataclass(frozen=True, slots=True)
class Limits:
    """The least letters of a word that is parted, and those before and after the hyphen (CSS Text 4, hyphenate-limit-chars)."""

    word: int = 6
    before: int = 2
    after: int = 3


class Hyphenator:
    """Parts words of one language; `whole` are words that stay whole, such as the names of the book."""

    def __init__(self, language: str, limits: Limits, whole: Iterable[str] = ()) -> None:
        wanted = _PATTERNS.get(language.lower(), language.replace("-", "_"))
        name = pyphen.language_fallback(wanted) if wanted else None
        self._limits = limits
        self._is_eliding = language.lower().partition("-")[0] in _ELIDING
        self._patterns = pyphen.Pyphen(lang=name, left=limits.before, right=limits.after) if name else None
        self._whole = frozenset(word.casefold() for name in whole for word in name.split())
        self._known: dict[str, tuple[int, ...]] = {}

    def points(self, text: str) -> list[int]:
        """Give the offsets in a text without spaces at which a hyphen may part it."""
        if self._patterns is None:
            return []
        found: list[int] = []
        for match in _LETTERS.finditer(text):
            found.extend(match.start() + at for at in self._word_points(match.group()))
        return found

    def _word_points(self, word: str) -> tuple[int, ...]:
        known = self._known.get(word)
        if known is None:
            known = self._known[word] = tuple(self._look_up(word))
        return known

    def _look_up(self, word: str) -> Iterator[int]:
        if len(word) < self._limits.word or word.isupper() or self._stays(word):
            return
        begin = 0
        for part in _APOSTROPHE.split(word):
            is_last = begin + len(part) == len(word)
            yield from (begin + at for at in self._part_points(part, is_last=is_last))
            if not self._is_eliding:
                return
            begin += len(part) + 1

    def _stays(self, word: str) -> bool:
        """Tell whether a word is one of those that stay whole, as it is or with an ending behind an apostrophe."""
        plain = word.replace("’", "'").casefold()
        return bool({plain, word.casefold(), re.sub("'s?$", "", plain)} & self._whole)

    def _part_points(self, part: str, *, is_last: bool) -> Iterator[int]:
        """Part what stands before or behind an apostrophe; a name stays whole there too."""
        if self._patterns is None or len(part) < (self._limits.word if self._is_eliding else 1):
            return
        if self._is_eliding and part.casefold() in self._whole:
            return
        last = len(part) - (0 if is_last else _BEFORE_APOSTROPHE)
        # where parting changes the spelling, as in Hungarian, it is not parted
        yield from (
            int(at) for at in self._patterns.positions(part) if at <= last and not getattr(at, "data", None)
        )
