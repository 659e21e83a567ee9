"""Drafts → chapters and sections: each file is parted at its headings."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from bookbuild.draft import (
    HEADINGS,
    NOTES,
    PAGES,
    WORDS_ABOVE_HEADING,
    Block,
    Draft,
    GroupKind,
    Kind,
)
from bookbuild.nodes import inlines_of, nodes_of
from bookbuild.source import Span
from bookbuild.tree import Block as TreeBlock
from bookbuild.tree import (
    Chapter,
    ChapterKind,
    Definitions,
    Heading,
    Inline,
    Inlines,
    Section,
    SectionKind,
    Text,
    flat_text,
)
from bookbuild.words import count

_LINES = (Kind.LABEL, Kind.TITLE)  # of a chapter's heading


@dataclass(frozen=True, slots=True)
class Piece:
    """One chapter of a file, with the heading of the part that begins above it, where one does."""

    chapter: Chapter
    part: Inlines = ()
    leaves_part: bool = False  # it stands beside the parts, as an epilogue does
    page: SectionKind | None = None  # what it is where it stands before the story or after it


def assemble_chapters(draft: Draft, taken: Iterable[str]) -> list[Piece]:
    """Make the chapters of a file; their ids come from its name and their labels, so that they stay when others come or go."""
    runs = _with_lines_above(list(_runs(draft.blocks)))
    used, name, pieces = set(taken), file_stem(draft.source.path), list[Piece]()
    part_name = ""
    for number, blocks in enumerate(runs):
        part = tuple(_part_title(draft, blocks))
        is_part = bool(part)
        heading = _heading(draft, blocks)
        has_own = bool(heading.label or heading.title)
        if part and not has_own:
            heading, part = Heading(part, (), None), ()
        elif not has_own:
            heading = Heading((), (Text(_title_from(name)),))
        kind = _chapter_kind(heading)
        leaves = kind is ChapterKind.EPILOGUE or (is_part and not part)
        part_name = flat_text(part) or ("" if leaves else part_name)
        called = flat_text(heading.label) or flat_text(heading.title)
        id_ = unique_id(name if len(runs) == 1 else f"{name}-{part_name}-{called}", used)
        used.add(id_)
        start = blocks[0].start if number else 0
        end = runs[number + 1][0].start if number + 1 < len(runs) else len(draft.source.text)
        rest = tuple(nodes_of(draft, [block for block in blocks if block.kind not in HEADINGS], id_))
        chapter = Chapter(id_, kind, heading, rest, draft.span(start, end))
        pieces.append(Piece(chapter, part, leaves, _page(blocks)))
    return pieces


_SECTIONS = {
    GroupKind.GLOSSARY: SectionKind.GLOSSARY,
    GroupKind.CAST: SectionKind.CAST,
    GroupKind.PREVIOUSLY: SectionKind.PREVIOUSLY,
    GroupKind.DEDICATION: SectionKind.DEDICATION,
    GroupKind.FOREWORD: SectionKind.FOREWORD,
    GroupKind.PREFACE: SectionKind.PREFACE,
    GroupKind.INTRODUCTION: SectionKind.INTRODUCTION,
    GroupKind.ACKNOWLEDGEMENTS: SectionKind.ACKNOWLEDGEMENTS,
    GroupKind.AFTERWORD: SectionKind.AFTERWORD,
    GroupKind.ABOUT: SectionKind.ABOUT,
    GroupKind.ALSO_BY: SectionKind.ALSO_BY,
}


def _page(blocks: Sequence[Block]) -> SectionKind | None:
    """Say what a run is that a rule saw to be no chapter; None for a chapter."""
    groups = (block.group.kind for block in blocks if block.group and block.group.kind in PAGES)
    return next((_SECTIONS[kind] for kind in groups), None)


def section_of(chapter: Chapter, kind: SectionKind, default_heading: str) -> Section:
    """Make a section of what stands in the manuscript as a chapter does; its own heading, where it has one, goes before the usual one."""
    label, title = chapter.heading.label, chapter.heading.title
    heading = (*label, *((Text(": "),) if label and title else ()), *title)
    if not chapter.heading.span:
        heading = (Text(default_heading),) if default_heading else ()
    return Section(chapter.id, kind, heading, _of_kind(kind, chapter.blocks), chapter.span)


def _of_kind(kind: SectionKind, blocks: Iterable[TreeBlock]) -> tuple[TreeBlock, ...]:
    """Know the entries of a cast for people, who are not defined as words are."""
    are_words = kind is not SectionKind.CAST
    return tuple(
        replace(block, are_words=are_words) if isinstance(block, Definitions) else block for block in blocks
    )


def _chapter_kind(heading: Heading) -> ChapterKind:
    words = f"{flat_text(heading.label)} {flat_text(heading.title)}".lower().split() or [""]
    return next((kind for kind in ChapterKind if words[0].rstrip(".:") == kind.value), ChapterKind.CHAPTER)


def _runs(blocks: Sequence[Block]) -> Iterator[list[Block]]:
    """Part a file's blocks into chapters: each begins with its heading, and what is no story may stand between the heading's lines."""
    run: list[Block] = []
    heads: set[Kind] = set()
    told = False  # whether the run has story in it
    for block in blocks:
        if block.kind in HEADINGS:
            begins = told or (block.kind in heads and block.kind is not Kind.PART)
            if begins or (block.kind is Kind.PART and heads - {Kind.PART}):
                yield run
                run, heads, told = [], set(), False
            heads.add(block.kind)
        elif block.kind is not Kind.BREAK and _is_told(block):
            told = True
        run.append(block)
    if run:
        yield run


def _is_told(block: Block) -> bool:
    """Whether a block is of the book itself, and no note beside it."""
    return not block.is_set_aside and not (block.group and block.group.kind in NOTES)


def _with_lines_above(runs: list[list[Block]]) -> list[list[Block]]:
    """Put a few lines above a file's first heading below it: an epigraph, a by-line; more than that is a chapter without heading."""
    first, *rest = runs or [[]]
    is_headless = not any(block.kind in HEADINGS for block in first)
    if (
        rest
        and is_headless
        and sum(count(block.text) for block in first if _is_told(block)) <= WORDS_ABOVE_HEADING
    ):
        return [[*first, *rest[0]], *rest[1:]]
    return runs


def _part_title(draft: Draft, blocks: Sequence[Block]) -> Iterator[Inline]:
    """Make one line of a part's label and its title."""
    for number, block in enumerate(block for block in blocks if block.kind is Kind.PART):
        if number:
            yield Text(": ")
        yield from inlines_of(draft, block)


def assemble_section(draft: Draft, kind: SectionKind, default_heading: str, taken: Iterable[str]) -> Section:
    """Make a section of front or back matter of a text; its own heading, where it has one, goes before the usual one."""
    found = _heading(draft, draft.blocks)
    heading = found.label + found.title or ((Text(default_heading),) if default_heading else ())
    id_ = unique_id(section_id(kind), taken)
    blocks = tuple(nodes_of(draft, [block for block in draft.blocks if block.kind not in _LINES], id_))
    return Section(id_, kind, heading, _of_kind(kind, blocks), draft.span(0, len(draft.source.text)))


def section_id(kind: SectionKind) -> str:
    """Give the id of a section that is the only one of its kind."""
    return kind.name.lower().replace("_", "-")


def _heading(draft: Draft, blocks: Sequence[Block]) -> Heading:
    parts: dict[Kind, Inlines] = {}
    spans: list[Span] = []
    for block in blocks:
        if block.kind in _LINES and block.kind not in parts:
            parts[block.kind] = inlines_of(draft, block)
            spans.append(draft.span(block.start, block.end))
    span = draft.span(spans[0].start, spans[-1].end) if spans else None
    return Heading(parts.get(Kind.LABEL, ()), parts.get(Kind.TITLE, ()), span)


def file_stem(path: str) -> str:
    """Give a file's name without folders and suffix."""
    return path.rsplit("/", 1)[-1].rsplit(".", 1)[0]


def unique_id(name: str, taken: Iterable[str]) -> str:
    """Make an id of ASCII letters, digits and hyphens that none of those taken has."""
    ascii_name = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "-", ascii_name).strip("-") or "chapter"
    slug = slug if slug[0].isalpha() else f"chapter-{slug}"
    used, id_, number = set(taken), slug, 2
    while id_ in used:
        id_, number = f"{slug}-{number}", number + 1
    return id_


def _title_from(name: str) -> str:
    words = re.sub(r"[\W_]+", " ", re.sub(r"(?<=\D)0+(?=\d)", "", name)).strip()
    return (words[:1].upper() + words[1:]) or "Chapter"
