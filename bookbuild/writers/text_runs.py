"""The text of a book as runs, each with the face it is set in: what is asked of the fonts."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum
from typing import assert_never

from bookbuild.source import Span
from bookbuild.tree import (
    AuthorNote,
    Block,
    Book,
    Chapter,
    Definitions,
    Division,
    Emphasis,
    Footnote,
    FootnoteCall,
    Foreign,
    GatheredNote,
    Heading,
    Inlines,
    Letter,
    LetterPart,
    Link,
    Messages,
    NoteLink,
    PageBreak,
    Paragraph,
    Part,
    Picture,
    Section,
    SetAside,
    SetLines,
    Strong,
    Subheading,
    Text,
    ThematicBreak,
    TitleLine,
    Verse,
)


class FaceStyle(Enum):
    """The four faces that prose needs."""

    REGULAR = "regular"
    ITALIC = "italic"
    BOLD = "bold"
    BOLD_ITALIC = "bold italic"


@dataclass(frozen=True, slots=True)
class Run:
    """Characters set in one face, and where they come from."""

    text: str
    style: FaceStyle
    span: Span | None


def book_runs(book: Book) -> Iterator[Run]:
    """Give all text that is printed, in reading order."""
    for section in book.frontmatter:
        yield from _division_runs(section)
    for division in book.body:
        yield from _division_runs(division)
        if isinstance(division, Part):
            for chapter in division.chapters:
                yield from _division_runs(chapter)
    for section in book.backmatter:
        yield from _division_runs(section)


def _division_runs(division: Division) -> Iterator[Run]:
    match division:
        case Part(title=title):
            yield from _inline_runs(title, None)
        case Chapter(heading=Heading(label, title, span), blocks=blocks):
            yield from _inline_runs((*label, *title), span or division.span)
            yield from _block_runs(blocks, division.span)
        case Section(heading=heading, content=content):
            yield from _inline_runs(heading, division.span)
            yield from _content_runs(content, division.span)
        case _:
            assert_never(division)


def _content_runs(content: Iterable[Block | TitleLine | GatheredNote], outer: Span | None) -> Iterator[Run]:
    for item in content:
        match item:
            case TitleLine(text=text):
                yield Run(text, FaceStyle.REGULAR, None)
            case GatheredNote(heading=heading, notes=notes):
                yield from _inline_runs(heading, outer)
                yield from _block_runs(notes, outer)
            case block:
                yield from _block_runs((block,), outer)


def _block_runs(blocks: Iterable[Block], outer: Span | None) -> Iterator[Run]:
    for block in blocks:
        if isinstance(block, AuthorNote):
            yield from _block_runs(block.blocks, block.span or outer)
        else:
            for children, span in _block_lines(block):
                yield from _inline_runs(children, span or outer)


def _block_lines(  # noqa: C901, PLR0912 (an arm a node)
    block: Paragraph
    | Subheading
    | ThematicBreak
    | Verse
    | SetLines
    | Letter
    | Messages
    | Definitions
    | Footnote
    | Picture
    | NoteLink
    | SetAside,
) -> Iterator[tuple[Inlines, Span | None]]:
    """Give the rows of inlines in a block, each with the nearest place."""
    match block:
        case Paragraph(children, span) | Subheading(children, span) | Picture(caption=children, span=span):
            yield children, span
        case Verse(stanzas, span):
            yield from ((line.children, stanza.span or span) for stanza in stanzas for line in stanza.lines)
        case SetLines(lines, span):
            yield from ((line.children, span) for line in lines)
        case Letter(parts, span):
            for part in parts:
                if isinstance(part, LetterPart):
                    yield part.children, part.span or span
                else:
                    yield from _block_lines(part)
        case Messages(turns, span):
            yield from (((*turn.speaker, *turn.children), turn.span or span) for turn in turns)
        case Definitions(entries, span):
            yield from (((*entry.term, *entry.meaning), entry.span or span) for entry in entries)
        case Footnote(_, label, children, _, span):
            yield (*label, *children), span
        case NoteLink(children):
            yield children, None
        case ThematicBreak() | SetAside():
            pass
        case _:
            assert_never(block)


def _inline_runs(
    children: Inlines, outer: Span | None, *, italic: bool = False, bold: bool = False
) -> Iterator[Run]:
    for child in children:
        match child:
            case Text(text, span):
                yield Run(text, _style(italic=italic, bold=bold), span or outer)
            case Emphasis(inner):
                yield from _inline_runs(inner, outer, italic=not italic, bold=bold)
            case Strong(inner):
                yield from _inline_runs(inner, outer, italic=italic, bold=True)
            case Link(inner) | FootnoteCall(inner) | Foreign(inner):
                yield from _inline_runs(inner, outer, italic=italic, bold=bold)
            case PageBreak():
                pass
            case _:
                assert_never(child)


def _style(*, italic: bool, bold: bool) -> FaceStyle:
    if bold:
        return FaceStyle.BOLD_ITALIC if italic else FaceStyle.BOLD
    return FaceStyle.ITALIC if italic else FaceStyle.REGULAR


_DASH_AFTER_WORD = re.compile("(?<=[^\\s\u2060])(?=[—–])")


def hyphens_kept(text: str) -> str:
    """Hold together what must not break: a hyphen that was meant not to, and a dash to the word before it.

    Word joiners do it; few fonts have U+2011, and line breaking after UAX 14 (class B2) would begin a line with the dash.
    """
    return _DASH_AFTER_WORD.sub("\u2060", text.replace("\u2011", "\u2060-\u2060"))
