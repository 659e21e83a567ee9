"""Books rewritten by their units or their blocks of text, with all else as it was."""

from collections.abc import Callable
from dataclasses import replace
from typing import Protocol, TypeVar, assert_never

from bookbuild.tree import (
    AuthorNote,
    Block,
    Book,
    Chapter,
    Definition,
    Definitions,
    Division,
    Footnote,
    GatheredNote,
    Heading,
    Inlines,
    Letter,
    LetterPart,
    Messages,
    NoteLink,
    Paragraph,
    Part,
    Picture,
    Section,
    SectionContent,
    SetAside,
    SetLines,
    Stanza,
    Subheading,
    Text,
    ThematicBreak,
    TitleLine,
    Turn,
    Verse,
)
from bookbuild.units import TextBlock

Rewrite = Callable[[Inlines], Inlines]
"""Gives what is to stand in the place of a unit."""


_T = TypeVar("_T", bound=TextBlock)


class TextRewrite(Protocol):
    """Gives what is to stand in the place of a block of text, of the same kind."""

    def __call__(self, block: _T, /) -> _T: ...  # noqa: D102 (the class says it)


_D = TypeVar("_D", bound=Division)


class DivisionRewrite(Protocol):
    """Gives what is to stand in a division's place, of the same kind."""

    def __call__(self, division: _D, /) -> _D: ...  # noqa: D102 (the class says it)


def with_divisions(book: Book, rewrite: DivisionRewrite) -> Book:
    """Rewrite every division of a book; a part is handed on before its chapters."""
    return Book(
        tuple(map(rewrite, book.frontmatter)),
        tuple(
            replace(rewrite(division), chapters=tuple(map(rewrite, division.chapters)))
            if isinstance(division, Part)
            else rewrite(division)
            for division in book.body
        ),
        tuple(map(rewrite, book.backmatter)),
    )


def with_units(division: _D, rewrite: Rewrite) -> _D:
    """Rewrite the units of a division, in reading order.

    What stands on a title page is handed to `rewrite` as well, so that it may count, and stays as it is.
    """
    return _rewritten(division, rewrite, lambda block: _with_block_units(block, rewrite))


def with_text_blocks(division: _D, rewrite: TextRewrite) -> _D:
    """Rewrite the blocks of a division that are text themselves, in reading order."""
    return _rewritten(division, lambda unit: unit, rewrite)


def _rewritten(division: _D, heading: Rewrite, text: TextRewrite) -> _D:
    match division:
        case Chapter(heading=Heading(label, title), blocks=blocks):
            made = replace(division.heading, label=heading(label), title=heading(title))
            return replace(division, heading=made, blocks=tuple(_block(block, text) for block in blocks))
        case Part(title=title):
            return replace(division, title=heading(title))
        case Section(content=content):
            rewritten = heading(division.heading)
            items = tuple(_content(item, heading, text) for item in content)
            return replace(division, heading=rewritten, content=items)
        case _:
            assert_never(division)


def _content(item: SectionContent, heading: Rewrite, text: TextRewrite) -> SectionContent:
    match item:
        case TitleLine():
            heading((Text(item.text),))
            return item
        case GatheredNote():
            rewritten = heading(item.heading)
            return replace(item, heading=rewritten, notes=tuple(_note(note, text) for note in item.notes))
        case _:
            return _block(item, text)


def _note(note: AuthorNote, text: TextRewrite) -> AuthorNote:
    return replace(note, blocks=tuple(_block(block, text) for block in note.blocks))


def _block(block: Block, text: TextRewrite) -> Block:
    match block:
        case Paragraph() | Subheading() | NoteLink() | SetLines() | Footnote() | Picture():
            return text(block)
        case Verse():
            return _verse(block, text)
        case Letter(parts):
            made = (_verse(part, text) if isinstance(part, Verse) else text(part) for part in parts)
            return replace(block, parts=tuple(made))
        case Messages(turns):
            return replace(block, turns=tuple(map(text, turns)))
        case Definitions(entries):
            return replace(block, entries=tuple(map(text, entries)))
        case AuthorNote():
            return _note(block, text)
        case ThematicBreak() | SetAside():
            return block
        case _:
            assert_never(block)


def _verse(verse: Verse, text: TextRewrite) -> Verse:
    return replace(verse, stanzas=tuple(map(text, verse.stanzas)))


def _with_block_units(block: _T, rewrite: Rewrite) -> _T:
    match block:
        case Paragraph() | Subheading() | NoteLink() | LetterPart():
            return replace(block, children=rewrite(block.children))
        case Stanza() | SetLines():
            lines = tuple(replace(line, children=rewrite(line.children)) for line in block.lines)
            return replace(block, lines=lines)
        case Turn():
            speaker = rewrite(block.speaker)
            return replace(block, speaker=speaker, children=rewrite(block.children))
        case Definition():
            term = rewrite(block.term)
            return replace(block, term=term, meaning=rewrite(block.meaning))
        case Footnote():
            label = rewrite(block.label)
            return replace(block, label=label, children=rewrite(block.children))
        case Picture():
            return replace(block, caption=rewrite(block.caption))
        case _:
            assert_never(block)
