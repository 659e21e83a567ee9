"""Pages that stand in the manuscript as chapters do and are none: they go before the story, or after it, where they stand at its edge.

What happened before goes before the story from its end too: a file called `Previously` comes behind the chapters by its name alone.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from bookbuild.assemble import section_of
from bookbuild.tree import Chapter, Part, Section, SectionKind

Division = Part | Chapter


@dataclass(frozen=True, slots=True)
class Parted:
    """A manuscript's divisions, those of the story apart from what stands before and after it."""

    front: tuple[Section, ...]
    body: tuple[Division, ...]
    back: tuple[Section, ...]


def parted(
    body: Sequence[Division], pages: Mapping[str, SectionKind], default_heading: Callable[[SectionKind], str]
) -> Parted:
    """Take the pages from both ends of a manuscript; one in the middle of the story stays where it stands.

    Args:
        body: all that was made of the manuscript, in its order.
        pages: which of its chapters are such pages, by their ids, and what they are.
        default_heading: gives the heading of one that has none.

    """
    everything = list(_chapters(body))
    before = list(takewhile(lambda chapter: chapter.id in pages, everything))
    if len(before) == len(everything):
        return Parted((), tuple(body), ())  # there is no story
    behind = list(takewhile(lambda chapter: chapter.id in pages, reversed(everything)))[::-1]
    before += [chapter for chapter in behind if pages[chapter.id] is SectionKind.PREVIOUSLY]
    after = [chapter for chapter in behind if pages[chapter.id] is not SectionKind.PREVIOUSLY]
    gone = {chapter.id for chapter in (*before, *after)}
    if any(gone >= {chapter.id for chapter in part.chapters} for part in body if isinstance(part, Part)):
        return Parted((), tuple(body), ())  # a part that has nothing else keeps its own

    def sections(chapters: Iterable[Chapter]) -> tuple[Section, ...]:
        return tuple(section_of(one, pages[one.id], default_heading(pages[one.id])) for one in chapters)

    kept = (
        replace(division, chapters=tuple(one for one in division.chapters if one.id not in gone))
        if isinstance(division, Part)
        else division
        for division in body
        if division.id not in gone
    )
    return Parted(sections(before), tuple(kept), sections(after))


def _chapters(body: Iterable[Division]) -> Iterable[Chapter]:
    for division in body:
        yield from division.chapters if isinstance(division, Part) else (division,)
