"""Book → Book: the author's choices for one output."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import partial
from typing import TypeVar

from bookbuild.config.keys import Edition, Matter, Settings
from bookbuild.config.values import Contributor, Notes
from bookbuild.config.wording import Wording
from bookbuild.rewriting import with_divisions, with_text_blocks, with_units
from bookbuild.tree import (
    AuthorNote,
    Block,
    Book,
    Chapter,
    Division,
    Footnote,
    FootnoteCall,
    GatheredNote,
    Inline,
    Inlines,
    NoteLink,
    PageBreak,
    Part,
    Section,
    SectionKind,
    SetAside,
    Text,
    TitleLine,
    TitleLineRole,
    chapters,
    flat_text,
)
from bookbuild.units import TextBlock, blocks_units

SECTION_KINDS: dict[str, SectionKind] = {
    "half title": SectionKind.HALF_TITLE,
    "title page": SectionKind.TITLE_PAGE,
    "copyright": SectionKind.COPYRIGHT,
    "dedication": SectionKind.DEDICATION,
    "epigraph": SectionKind.EPIGRAPH,
    "contents": SectionKind.CONTENTS,
    "foreword": SectionKind.FOREWORD,
    "preface": SectionKind.PREFACE,
    "introduction": SectionKind.INTRODUCTION,
    "acknowledgements": SectionKind.ACKNOWLEDGEMENTS,
    "afterword": SectionKind.AFTERWORD,
    "about the author": SectionKind.ABOUT,
    "also by": SectionKind.ALSO_BY,
    "glossary": SectionKind.GLOSSARY,
    "cast": SectionKind.CAST,
    "previously": SectionKind.PREVIOUSLY,
}
"""The sections by the names that build.yaml gives them."""


def default_heading(kind: str, settings: Settings) -> str:
    """Give the heading that a section has when its text has none; empty for those that never have one."""
    if kind == "about the author" and len(settings.authors) > 1:
        return settings.said.about_the_authors
    said: str = getattr(settings.said, kind.replace(" ", "_"), "")
    return said.replace("{authors}", settings.author_line)


_SAID_OF_ROLES: dict[str, Callable[[Wording], str]] = {
    "editor": lambda said: said.editor,
    "translator": lambda said: said.translator,
    "illustrator": lambda said: said.illustrator,
    "cover artist": lambda said: said.cover_artist,
    "cover designer": lambda said: said.cover_designer,
    "foreword": lambda said: said.foreword_by,
    "introduction": lambda said: said.introduction_by,
    "afterword": lambda said: said.afterword_by,
    "narrator": lambda said: said.narrator,
    "photographer": lambda said: said.photographer,
    "designer": lambda said: said.designer,
}
_ON_TITLE_PAGE = ("translator", "illustrator", "editor")


def make_edition(book: Book, edition: Edition) -> Book:
    """Apply an edition's choices: its sections in their order, its notes, nothing that was set aside."""
    settings = edition.settings
    body = tuple(
        replace(division, chapters=tuple(_chapter(chapter, edition) for chapter in division.chapters))
        if isinstance(division, Part)
        else _chapter(division, edition)
        for division in book.body
    )
    gathered = _gathered(book, settings.said) if edition.notes is Notes.END else ()
    # pages that the manuscript has itself stand next to the story
    found = len(book.backmatter) - sum(matter.text is not None for matter in settings.backmatter)
    listed = _sections(settings.backmatter, book.backmatter[found:], edition)
    front = tuple(_sections(settings.frontmatter, book.frontmatter, edition))
    back = (*gathered, *book.backmatter[:found], *listed)
    book_made = Book(front, body, back)
    return with_divisions(book_made, _without_ids) if edition.format.is_print else book_made


_D = TypeVar("_D", bound=Division)
_T = TypeVar("_T", bound=TextBlock)


def _without_ids(division: _D) -> _D:
    """Leave out what paragraphs are called: print has no use for it, and a PDF would list them all."""
    return with_text_blocks(division, _without_id)


def _without_id(block: _T) -> _T:
    return block if isinstance(block, NoteLink | Footnote) or not block.id else replace(block, id="")


# ---------------------------------------------------------------- author's notes


def author_notes(book: Book) -> tuple[AuthorNote, ...]:
    """Give all author's notes, in reading order."""
    return tuple(
        block for chapter in chapters(book) for block in chapter.blocks if isinstance(block, AuthorNote)
    )


def _chapter(chapter: Chapter, edition: Edition) -> Chapter:
    blocks: tuple[Block, ...] = tuple(
        _named(block, edition.settings.said) for block in chapter.blocks if not isinstance(block, SetAside)
    )
    if edition.notes is not Notes.KEEP:
        story = tuple(block for block in blocks if not isinstance(block, AuthorNote))
        gathered = edition.notes is Notes.END and len(story) < len(blocks)
        # a printed page has nothing to follow, so the link is for screens
        notes = [block for block in blocks if isinstance(block, AuthorNote)]
        called = (Text(edition.settings.said.authors_note),)
        link = NoteLink(called, chapter.id, _pop_up(notes)) if gathered else None
        blocks = (*story, link) if link and not edition.format.is_print else story
    footnotes = [replace(block, pops_up=_is_short(block)) for block in blocks if isinstance(block, Footnote)]
    text = (block for block in blocks if not isinstance(block, Footnote))
    long = {note.id for note in footnotes if not note.pops_up}
    made = replace(chapter, blocks=(*text, *footnotes))
    return with_units(made, partial(_calls_of_long, long)) if long else made


def _calls_of_long(long: set[str], unit: Inlines) -> Inlines:
    """Let the calls of long footnotes lead there as any link does."""
    return tuple(_call_of_long(long, inline) for inline in unit)


def _call_of_long(long: set[str], inline: Inline) -> Inline:
    match inline:
        case FootnoteCall(target=target):
            return replace(inline, pops_up=target not in long)
        case Text() | PageBreak():
            return inline
        case _:
            return replace(inline, children=_calls_of_long(long, inline.children))


def _is_short(note: Footnote) -> bool:
    return len(flat_text(note.children)) <= _LONGEST_POP_UP


def _named(block: Block, said: Wording) -> Block:
    """Let screen readers say in the book's language what a note is."""
    return replace(block, name=said.authors_note) if isinstance(block, AuthorNote) else block


_LONGEST_POP_UP = 4_800
"""Characters of notes that devices show in a box: Kobo up to 5,000, with the heading (kobolabs/epub-spec, “Footnotes/Endnotes”)."""


def _pop_up(notes: Iterable[AuthorNote]) -> bool:
    """Whether notes are short enough to be shown where they are called; longer ones are a page to go to."""
    texts = (unit for note in notes for unit in blocks_units(note.blocks))
    return sum(len(flat_text(unit)) for unit in texts) <= _LONGEST_POP_UP


def _gathered(book: Book, said: Wording) -> tuple[Section, ...]:
    content = []
    for chapter in chapters(book):
        notes = tuple(
            replace(block, name=said.authors_note)
            for block in chapter.blocks
            if isinstance(block, AuthorNote)
        )
        if notes:
            seam = (Text(": "),) if chapter.heading.label and chapter.heading.title else ()
            heading = (*chapter.heading.label, *seam, *chapter.heading.title)
            content.append(GatheredNote(chapter.id, _generated(heading), notes, _pop_up(notes)))
    heading_text = (Text(said.authors_notes),)
    return (Section("notes", SectionKind.NOTES, heading_text, tuple(content)),) if content else ()


def _generated(heading: Inlines) -> tuple[Text, ...]:
    """Copy a heading without its spans: this time its words are not the manuscript's."""
    return tuple(Text(flat_text((inline,))) for inline in heading)


# ---------------------------------------------------------------- front and back matter


def _sections(listed: Iterable[Matter], written: tuple[Section, ...], edition: Edition) -> Iterator[Section]:
    """Give the sections as listed: those with a text are in the book already, in that order, before any others; the rest is generated."""
    ready = iter(written)
    for matter in listed:
        kind = SECTION_KINDS[matter.kind]
        if matter.text is not None:
            yield next(ready)
        elif not (
            kind is SectionKind.HALF_TITLE and not edition.format.is_print
        ):  # a leaf for binders, not for screens
            yield _generated_section(kind, edition)
    yield from ready


def _generated_section(kind: SectionKind, edition: Edition) -> Section:
    settings = edition.settings
    name = kind.name.lower().replace("_", "-")
    match kind:
        case SectionKind.HALF_TITLE:
            return Section(name, kind, (), (TitleLine(TitleLineRole.TITLE, settings.title),))
        case SectionKind.TITLE_PAGE:
            return Section(name, kind, (), tuple(_title_page(settings)))
        case SectionKind.COPYRIGHT:
            return Section(name, kind, (), tuple(_copyright_page(settings)))
        case _:
            return Section(name, kind, (Text(settings.said.contents),), ())


def _title_page(settings: Settings) -> Iterator[TitleLine]:
    if settings.series:
        place = settings.series.position and settings.said.series_book.replace(
            "{position}", settings.series.position
        )
        yield TitleLine(TitleLineRole.SERIES, ", ".join(filter(None, (settings.series.name, place))))
    yield TitleLine(TitleLineRole.TITLE, settings.title)
    if settings.subtitle:
        yield TitleLine(TitleLineRole.SUBTITLE, settings.subtitle)
    yield TitleLine(TitleLineRole.AUTHOR, settings.author_line)
    for person in settings.contributors:
        if person.role.lower() in _ON_TITLE_PAGE:
            yield TitleLine(TitleLineRole.CONTRIBUTOR, _contribution(person, settings.said))
    if settings.publisher:
        yield TitleLine(TitleLineRole.PUBLISHER, settings.publisher)


def _copyright_page(settings: Settings) -> Iterator[TitleLine]:
    year = f"{settings.date[:4]} " if settings.date else ""
    yield TitleLine(TitleLineRole.RIGHTS, settings.rights or f"Copyright © {year}{settings.author_line}")
    if settings.edition:
        yield TitleLine(TitleLineRole.EDITION, settings.edition)
    if settings.publisher:
        published = settings.said.published_in if settings.date else settings.said.published
        line = published.replace("{year}", year.strip()).replace("{publisher}", settings.publisher)
        yield TitleLine(TitleLineRole.PUBLISHER, line)
    for person in settings.contributors:
        yield TitleLine(TitleLineRole.CONTRIBUTOR, _contribution(person, settings.said))
    if settings.isbn:
        yield TitleLine(TitleLineRole.IDENTIFIER, f"ISBN {settings.isbn}")


def _contribution(person: Contributor, said: Wording) -> str:
    """Say who did what; of those whose role is a MARC code only who."""
    role = person.role.lower()
    if role in _SAID_OF_ROLES:
        return _SAID_OF_ROLES[role](said).replace("{name}", person.name)
    return person.name if len(role) == 3 else f"{person.role.capitalize()}: {person.name}"
