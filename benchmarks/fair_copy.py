"""A book → what other typesetters set of it: a fair copy, as printers were given one to set from.

It says of each passage no more than they need to set it as bookbuild does; every word of the book is in it.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import assert_never

from bookbuild.tree import (
    AuthorNote,
    Block,
    Book,
    Chapter,
    Definition,
    Definitions,
    Emphasis,
    Footnote,
    FootnoteCall,
    Foreign,
    GatheredNote,
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
    SectionKind,
    SetAside,
    SetLines,
    Strong,
    Subheading,
    Text,
    ThematicBreak,
    TitleLine,
    Turn,
    Verse,
)
from bookbuild.units import divisions

COLON, SPACE = Text(":"), Text(" ")


@dataclass(frozen=True, slots=True)
class Opening:
    """A division begins, on a recto: its heading; both lines may be empty."""

    label: Inlines
    title: Inlines


@dataclass(frozen=True, slots=True)
class Prose:
    """A paragraph: `is_flush` without an indent, `is_quoted` within margins of its own, as letters are."""

    children: Inlines
    is_flush: bool = False
    is_quoted: bool = False


@dataclass(frozen=True, slots=True)
class Lines:
    """Lines that stay lines, as those of a stanza do."""

    lines: tuple[Inlines, ...]


@dataclass(frozen=True, slots=True)
class Break:
    """A scene break."""


Passage = Opening | Prose | Lines | Break


def fair_copy(book: Book) -> Iterator[Passage]:
    """Give all passages of a book, in order."""
    for division in divisions(book):
        match division:
            case Part(title=title):
                yield Opening((), title)
            case Chapter(heading=heading, blocks=blocks):
                yield Opening(heading.label, heading.title)
                yield from _passages(blocks)
            case Section(kind=SectionKind.CONTENTS):
                pass  # which each makes by itself
            case Section(heading=section_heading, content=content):
                yield Opening((), section_heading)
                for item in content:
                    if isinstance(item, TitleLine):
                        yield Prose((Text(item.text),), is_flush=True)
                    elif isinstance(item, GatheredNote):
                        yield Prose(item.heading, is_flush=True)
                        yield from _quoted(item.notes)
                    else:
                        yield from _passages((item,))
            case _:
                assert_never(division)


def _passages(blocks: Iterable[Block]) -> Iterator[Passage]:
    is_flush = True  # as is every paragraph that follows anything but one
    for block in blocks:
        if isinstance(block, Paragraph):
            yield Prose(block.children, is_flush)
        else:
            yield from _passage(block)
        is_flush = not isinstance(block, Paragraph)


def _passage(  # noqa: C901 (an arm a node)
    block: Block | LetterPart | Turn | Definition,
) -> Iterator[Passage]:
    match block:
        case Paragraph() | LetterPart() | Subheading() | NoteLink():
            yield Prose(block.children, is_flush=True, is_quoted=isinstance(block, Paragraph | LetterPart))
        case ThematicBreak():
            yield Break()
        case Verse(stanzas):
            yield from (Lines(tuple(line.children for line in stanza.lines)) for stanza in stanzas)
        case SetLines(lines):
            yield Lines(tuple(line.children for line in lines))
        case Letter(inner) | AuthorNote(inner) | Messages(inner) | Definitions(inner):
            yield from _quoted(inner)
        case Turn(speaker, children):
            yield Prose((*speaker, *((COLON, SPACE) if speaker else ()), *children), is_quoted=True)
        case Definition(term, meaning):
            yield Prose((*term, COLON, SPACE, *meaning), is_flush=True)
        case Footnote(_, label, children):
            yield Prose((*label, SPACE, *children), is_flush=True)
        case Picture(caption=caption):
            yield from (Prose(caption, is_quoted=True),) if caption else ()
        case SetAside():
            pass
        case _:
            assert_never(block)


def _quoted(blocks: Iterable[Block | LetterPart | Turn | Definition]) -> Iterator[Passage]:
    for block in blocks:
        yield from _passage(block)


@dataclass(frozen=True, slots=True)
class Markup:
    """How a typesetter wants characters, and what it has before and after emphasis and strong importance."""

    text: Callable[[str], str]
    emphasis: tuple[str, str]
    strong: tuple[str, str]

    def of(self, children: Inlines) -> str:
        """Write a row of inlines."""
        return "".join(self._pieces(children))

    def _pieces(self, children: Inlines) -> Iterator[str]:
        for child in children:
            match child:
                case Text(text):
                    yield self.text(text)
                case Emphasis(inner):
                    yield from (self.emphasis[0], *self._pieces(inner), self.emphasis[1])
                case Strong(inner):
                    yield from (self.strong[0], *self._pieces(inner), self.strong[1])
                case Link(inner) | Foreign(inner) | FootnoteCall(inner):
                    yield from self._pieces(inner)
                case PageBreak():
                    pass
                case _:
                    assert_never(child)
