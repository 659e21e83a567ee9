"""Which chapter and which paragraph is which, from build to build: Book → Book, with ids that stay.

A reader's place, a highlight, a bookmark is kept by the device as a file's name and an id in it (EPUB CFI 1.1). So a
chapter keeps its id when its file or its title is renamed, and a paragraph when it is edited or others come before it:
both are known again by the pairs of words that they have in common with what they were.
"""

import base64
import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from itertools import count, pairwise
from typing import TypeVar

from bookbuild.assemble import unique_id
from bookbuild.rewriting import with_divisions, with_text_blocks
from bookbuild.tree import Book, Chapter, Division, Footnote, NoteLink, flat_text
from bookbuild.units import TextBlock, block_units, divisions
from bookbuild.words import keys

_CODE = 3  # characters for a pair of words, of 64 kinds: 262,144 of them
_KEPT_CODES = (
    8  # the smallest codes of a paragraph, which stand for all of them (Broder 1997, bottom-k sketches)
)
_ALIKE = (
    0.3  # of their pairs of words that a paragraph and what became of it have in common, at the same place
)
_REACH = 25  # paragraphs between two that stayed, before and after the place where the old one is looked for
_SAME_CHAPTER = 0.2  # of the longer paragraphs of the one that has fewer
_ID_LENGTH = 7  # characters of 32 kinds: 34,000 million ids


@dataclass(frozen=True, slots=True)
class Known:
    """A paragraph as the last build had it."""

    id: str
    sketch: str  # codes of pairs of words, side by side and sorted


Memory = Mapping[str, Sequence[Known]]
"""The id of every division → its paragraphs, in their order."""


def identify(book: Book, memory: Memory) -> tuple[Book, dict[str, tuple[Known, ...]]]:
    """Give chapters and paragraphs the ids that they had, and new ones to what is new; gives what to remember as well."""
    texts = {division.id: _sketches(division) for division in divisions(book)}
    chapters = [division for division in divisions(book) if isinstance(division, Chapter)]
    was = _chapters_before([(chapter.id, texts[chapter.id]) for chapter in chapters], memory)
    names = _names(texts, was)
    ids = _paragraph_ids({names[id_]: sketches for id_, sketches in texts.items()}, memory)

    def identified(division: _D) -> _D:
        rest = iter(ids[names[division.id]])

        def with_next(block: _T) -> _T:
            return block if isinstance(block, NoteLink | Footnote) else replace(block, id=next(rest))

        return replace(with_text_blocks(division, with_next), id=names[division.id])

    remembered = {
        names[id_]: tuple(map(Known, ids[names[id_]], sketches))
        for id_, sketches in texts.items()
        if sketches
    }
    return with_divisions(book, identified), remembered


_D = TypeVar("_D", bound=Division)
_T = TypeVar("_T", bound=TextBlock)


def has_nothing_of(memory: Memory, made: Memory) -> bool:
    """Whether a memory is of another book altogether."""
    had, has = ({known.id for listed in one.values() for known in listed} for one in (memory, made))
    return bool(had) and not had & has


# ---------------------------------------------------------------- what is alike


def _sketches(division: Division) -> list[str]:
    found: list[str] = []

    def seen(block: _T) -> _T:
        if not isinstance(block, NoteLink | Footnote):
            found.append(sketch(" ".join(map(flat_text, block_units(block)))))
        return block

    with_text_blocks(division, seen)
    return found


def sketch(text: str) -> str:
    """Give what a text is known again by, in a few characters."""
    pairs = {f"{one} {other}" for one, other in pairwise(("", *keys(text), ""))}
    codes = {
        base64.urlsafe_b64encode(hashlib.sha256(pair.encode()).digest())[:_CODE].decode() for pair in pairs
    }
    return "".join(sorted(codes)[:_KEPT_CODES])


def likeness(one: str, other: str) -> float:
    """Estimate how many of the pairs of words in two texts are in both: 0 none, 1 all."""
    ours, theirs = _codes(one), _codes(other)
    smallest = sorted(ours | theirs)[:_KEPT_CODES]
    return sum(code in ours and code in theirs for code in smallest) / len(smallest)


def _codes(sketched: str) -> set[str]:
    return {sketched[at : at + _CODE] for at in range(0, len(sketched), _CODE)}


# ---------------------------------------------------------------- chapters


def _chapters_before(chapters: Sequence[tuple[str, Sequence[str]]], memory: Memory) -> dict[str, str]:
    """Find what each chapter was called, by the paragraphs that it has in common with those of the last build."""
    before = {old: _telling(known.sketch for known in listed) for old, listed in memory.items()}
    where: dict[str, set[str]] = {}
    for old, telling in before.items():
        for one in telling:
            where.setdefault(one, set()).add(old)
    scores = []
    for number, (id_, sketches) in enumerate(chapters):
        now = _telling(sketches)
        common = Counter(old for one in now for old in where.get(one, ()))
        scores += [
            (-shared, old != id_, number, old)
            for old, shared in common.items()
            if shared >= _SAME_CHAPTER * min(len(now), len(before[old]))
        ]
    was: dict[str, str] = {}
    taken: set[str] = set()
    for _, _, number, old in sorted(scores):
        id_ = chapters[number][0]
        if id_ not in was and old not in taken:
            was[id_] = old
            taken.add(old)
    return was


def _telling(sketches: Iterable[str]) -> set[str]:
    """Give those of paragraphs that are long enough to be found in one chapter alone."""
    return {one for one in sketches if len(one) == _CODE * _KEPT_CODES}


def _names(texts: Iterable[str], was: Mapping[str, str]) -> dict[str, str]:
    """Name every division: as it was, or as it is called now where no other has that name."""
    taken = set(was.values())
    names = dict(was)
    for id_ in texts:
        if id_ not in names:
            names[id_] = unique_id(id_, taken)
            taken.add(names[id_])
    return names


# ---------------------------------------------------------------- paragraphs


def _paragraph_ids(texts: Mapping[str, Sequence[str]], memory: Memory) -> dict[str, list[str]]:
    """Find the id that each paragraph had: at its place in its chapter, else anywhere in the book; else make one."""
    had = {
        division: _at_their_place(sketches, memory.get(division, ())) for division, sketches in texts.items()
    }
    used = {id_ for found in had.values() for id_ in found.values()}
    moved: dict[str, list[str]] = {}
    for listed in memory.values():
        for known in listed:
            if known.id not in used and _telling([known.sketch]):
                moved.setdefault(known.sketch, []).append(known.id)
    used |= {known.id for listed in memory.values() for known in listed}
    tried: Counter[str] = Counter()
    ids: dict[str, list[str]] = {}
    for division, sketches in texts.items():
        ids[division] = []
        for number, one in enumerate(sketches):
            found = (
                had[division].get(number)
                or (moved.get(one) and moved[one].pop(0))
                or _new_id(one, used, tried)
            )
            used.add(found)
            ids[division].append(found)
    return ids


def _at_their_place(sketches: Sequence[str], known: Sequence[Known]) -> dict[int, str]:
    """Map the number of a paragraph to its id: those that are the same in the same order, and between them those that are alike."""
    found: dict[int, str] = {}
    # what is said often is told apart by how often it was said before: comparing each with all takes for ever
    before, now = _counted(one.sketch for one in known), _counted(sketches)
    matcher = SequenceMatcher(None, before, now, autojunk=False)
    for kind, old, old_end, new, new_end in matcher.get_opcodes():
        if kind == "equal":
            found |= {new + step: known[old + step].id for step in range(old_end - old)}
        elif kind == "replace":
            found |= _alike(sketches[new:new_end], known[old:old_end], new)
    return found


def _counted(sketches: Iterable[str]) -> list[tuple[str, int]]:
    """Give each sketch with the number of those before it that are the same."""
    seen: Counter[str] = Counter()
    counted = []
    for one in sketches:
        counted.append((one, seen[one]))
        seen[one] += 1
    return counted


def _alike(sketches: Sequence[str], known: Sequence[Known], first: int) -> dict[int, str]:
    """Find what each of a few new paragraphs was, among the few that stood between the same neighbours."""
    found: dict[int, str] = {}
    taken: set[str] = set()
    for number, one in enumerate(sketches):
        near = known[max(number - _REACH, 0) : number + _REACH]
        likely = ((likeness(old.sketch, one), old.id) for old in near if old.id not in taken)
        score, best = max(likely, default=(0.0, ""), key=lambda pair: pair[0])
        if score >= _ALIKE:
            found[first + number] = best
            taken.add(best)
    return found


def _new_id(sketched: str, used: set[str], tried: Counter[str]) -> str:
    """Make an id of what a paragraph says; where several say the same, of its number among them as well.

    `tried` keeps the next number to try, so that thousands that say the same do not each try all numbers anew.
    """
    for number in count(tried[sketched]):
        tried[sketched] += 1
        digest = hashlib.sha256(f"{sketched} {number}".encode()).digest()
        id_ = f"p-{base64.b32encode(digest)[:_ID_LENGTH].decode().lower()}"
        if id_ not in used:
            break
    return id_
