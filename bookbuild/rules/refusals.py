"""Where each rule works: everywhere but where the author refused it, in a file or at one place."""

import difflib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from bookbuild.config.keys import RuleSetting
from bookbuild.draft import Draft
from bookbuild.errors import Finding, Place, RequestError, error, warning
from bookbuild.source import Source
from bookbuild.words import key, words

_NO_SETTING = RuleSetting()


class Refusable(Protocol):
    """What the author may switch off by its name: a rule, a check of `bookbuild proof`."""

    @property
    def name(self) -> str:
        """What build.yaml calls it."""

    @property
    def english_only(self) -> bool:
        """Whether it is off by itself in other languages."""


@dataclass(frozen=True, slots=True)
class Scope:
    """Where one rule works in one file."""

    on: bool
    exceptions: tuple[tuple[int, int], ...]  # stretches of the source in which it is the other way round

    @property
    def is_idle(self) -> bool:
        """Whether there is nothing to do."""
        return not self.on and not self.exceptions

    def allows(self, start: int, end: int) -> bool:
        """Whether the rule may edit a stretch of the source; one that meets an exception is excepted whole."""
        return self.on != any(meets(exception, start, end) for exception in self.exceptions)


def scope_of(rule: Refusable, draft: Draft, settings: Mapping[str, RuleSetting], *, english: bool) -> Scope:
    """Say where a rule works in a file."""
    setting = settings.get(rule.name, _NO_SETTING)
    on = setting.on if setting.on is not None else not rule.english_only or english
    if draft.source.path in setting.except_in or draft.source.path.rsplit("/", 1)[-1] in setting.except_in:
        on = not on
    places = tuple(place for anchor in setting.except_at for place in places_of(anchor, draft.source))
    return Scope(on, places)


def meets(place: tuple[int, int], start: int, end: int) -> bool:
    """Whether a stretch of the source, or a point in it, lies at a place, wholly or in part."""
    begin, stop = place
    return begin <= start <= stop if start == end else begin < end and start < stop


class WordRow:
    """The words of one file, in which anchors are looked up."""

    def __init__(self, source: Source) -> None:
        self.found = list(words(source.text))
        self.have = [key(word) for _, word in self.found]
        self.end = len(source.text)
        self.numbers: dict[str, list[int]] = {}  # where each word stands
        for number, word in enumerate(self.have):
            self.numbers.setdefault(word, []).append(number)

    def places_of(self, anchor: str) -> Iterator[tuple[int, int]]:
        """Find where the words of an anchor stand, whatever is between them; the stretch takes in the marks around them.

        Where the anchor has a bar in it, the place is the gap at the bar; where it has two, the words between them.
        """
        parts = [[key(word) for _, word in words(part)] for part in anchor.split("|")]
        wanted = [word for part in parts for word in part]
        before, after = len(parts[0]), len(wanted) - len(parts[-1])
        for first in self.numbers.get(wanted[0], ()) if wanted else ():
            last = first + len(wanted)
            if self.have[first:last] != wanted:
                continue
            if len(parts) == 1:
                yield self._gap(first)[0], self._gap(last)[1]
            elif before == after:
                yield self._gap(first + before)
            else:
                yield self._gap(first + before)[1], self._gap(first + after)[0]

    def _gap(self, number: int) -> tuple[int, int]:
        """Give the stretch before a word: from the end of the one before it."""
        found = self.found
        begin = found[number - 1][0] + len(found[number - 1][1]) if number else 0
        return begin, found[number][0] if number < len(found) else self.end


def places_of(anchor: str, source: Source) -> Iterator[tuple[int, int]]:
    """Find where the words of an anchor stand in a file."""
    yield from WordRow(source).places_of(anchor)


def check_names(
    settings: Iterable[str], place: Place | None, known: Sequence[Refusable], kind: str = "rule"
) -> None:
    """Refuse names that no rule has, or no check.

    Raises:
        RequestError: one of the names is not known.

    """
    names = [rule.name for rule in known]
    faults = []
    for name in settings:
        if name not in names:
            near = difflib.get_close_matches(name, names, n=1)
            hint = f"did you mean '{near[0]}'?" if near else f"`bookbuild explain` lists the {kind}s"
            faults.append(error(f"there is no {kind} '{name}'", place, hint=hint))
    if faults:
        raise RequestError(*faults)


def lost_anchors(
    settings: Mapping[str, RuleSetting], drafts: tuple[Draft, ...], place: Place
) -> Iterator[Finding]:
    """Report the exceptions that find no place, or no file, in the manuscript any more."""
    paths = {part for draft in drafts for part in (draft.source.path, draft.source.path.rsplit("/", 1)[-1])}
    for name, setting in settings.items():
        for anchor in setting.except_at:
            if not any(True for draft in drafts for _ in places_of(anchor, draft.source)):
                yield warning(f"{name}: the words {anchor!r} stand nowhere in the manuscript", place)
        for file in setting.except_in:
            if file not in paths:
                yield warning(f"{name}: there is no file '{file}' in the manuscript", place)
