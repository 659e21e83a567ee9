"""Units: the runs of text of a division that no word crosses (headings, paragraphs, lines), to be read and to be rewritten."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from itertools import pairwise
from typing import Protocol, TypeVar, assert_never

from bookbuild.readback import Word
from bookbuild.tree import (
    AuthorNote,
    Block,
    Book,
    Chapter,
    Division,
    Footnote,
    FootnoteCall,
    GatheredNote,
    Inlines,
    Letter,
    LetterPart,
    Line,
    Messages,
    NoteLink,
    PageBreak,
    Paragraph,
    Part,
    Section,
    SectionContent,
    SectionKind,
    SetAside,
    SetLines,
    Subheading,
    Text,
    ThematicBreak,
    TitleLine,
    Verse,
)
from bookbuild.words import words

Rewrite = Callable[[Inlines], Inlines]
"""Gives what is to stand in the place of a unit."""


def divisions(book: Book) -> Iterator[Division]:
    """Give all divisions in reading order, each part before its chapters."""
    yield from book.frontmatter
    for division in book.body:
        yield division
        if isinstance(division, Part):
            yield from division.chapters
    yield from book.backmatter


# ---------------------------------------------------------------- read


def units(division: Division) -> Iterator[Inlines]:
    """Give the units of a division in reading order; of a part only its title."""
    match division:
        case Chapter(heading=heading, blocks=blocks):
            yield heading.label
            yield heading.title
            yield from _block_units(blocks)
        case Part(title=title):
            yield title
        case Section(heading=section_heading, content=content):
            yield section_heading
            for item in content:
                if isinstance(item, TitleLine):
                    yield (Text(item.text),)
                elif isinstance(item, GatheredNote):
                    yield item.heading
                    yield from _block_units(item.notes)
                else:
                    yield from _block_units((item,))
        case _:
            assert_never(division)


def _block_units(blocks: Iterable[Block | LetterPart]) -> Iterator[Inlines]:  # noqa: C901 (an arm a node)
    for block in blocks:
        match block:
            case Paragraph() | Subheading() | NoteLink() | LetterPart():
                yield block.children
            case Verse(stanzas):
                yield from (line.children for stanza in stanzas for line in stanza.lines)
            case SetLines(lines):
                yield from (line.children for line in lines)
            case Letter(parts):
                yield from _block_units(parts)
            case Messages(turns):
                for turn in turns:
                    yield turn.speaker
                    yield turn.children
            case AuthorNote(inner):
                yield from _block_units(inner)
            case Footnote(_, label, children):
                yield label
                yield children
            case ThematicBreak() | SetAside():
                pass
            case _:
                assert_never(block)


def leaves(children: Inlines) -> Iterator[Text | PageBreak]:
    """Give what has no children itself, in reading order."""
    for child in children:
        if isinstance(child, Text | PageBreak):
            yield child
        else:
            yield from leaves(child.children)


def division_words(division: Division) -> list[Word]:
    """Give the words of one division of the tree; of a part only its title's; of the contents none, for writers make them."""
    if isinstance(division, Section) and division.kind is SectionKind.CONTENTS:
        return []
    return [word for unit in units(division) for _, word in unit_words(unit)]


def unit_words(children: Inlines) -> Iterator[tuple[int, Word]]:
    """Give the words of a unit, each with its offset in the unit's characters; a footnote's call is a word of its own, which nothing need part from its neighbours."""
    text, starts, calls = "", list[tuple[int, Text]](), set[int]()
    for leaf, is_call in _texts(children):
        starts.append((len(text), leaf))
        text += leaf.text
        if is_call:
            calls |= {starts[-1][0], len(text)}
    for (offset, word), (following, _) in pairwise((*words(text), (-1, ""))):
        stop = offset + len(word)
        for begin, end in pairwise((offset, *sorted(cut for cut in calls if offset < cut < stop), stop)):
            leaf = next(leaf for start, leaf in reversed(starts) if start <= begin)
            yield begin, Word(text[begin:end], leaf.span, joins=end < stop or end == following)


def _texts(children: Inlines, *, in_call: bool = False) -> Iterator[tuple[Text, bool]]:
    """Give the leaves that are text, and whether each stands in a footnote's call."""
    for child in children:
        if isinstance(child, Text):
            yield child, in_call
        elif not isinstance(child, PageBreak):
            yield from _texts(child.children, in_call=in_call or isinstance(child, FootnoteCall))


# ---------------------------------------------------------------- rewritten

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
    match division:
        case Chapter(heading=heading, blocks=blocks):
            label, title = rewrite(heading.label), rewrite(heading.title)
            heading = replace(heading, label=label, title=title)
            return replace(
                division, heading=heading, blocks=tuple(_block(block, rewrite) for block in blocks)
            )
        case Part(title=title):
            return replace(division, title=rewrite(title))
        case Section(heading=section_heading, content=content):
            rewritten = rewrite(section_heading)
            items = tuple(_content(item, rewrite) for item in content)
            return replace(division, heading=rewritten, content=items)
        case _:
            assert_never(division)


def _content(item: SectionContent, rewrite: Rewrite) -> SectionContent:
    match item:
        case TitleLine(text=text):
            rewrite((Text(text),))
            return item
        case GatheredNote(heading=heading, notes=notes):
            rewritten = rewrite(heading)
            return replace(item, heading=rewritten, notes=tuple(_note(note, rewrite) for note in notes))
        case _:
            return _block(item, rewrite)


def _note(note: AuthorNote, rewrite: Rewrite) -> AuthorNote:
    return replace(note, blocks=tuple(_block(block, rewrite) for block in note.blocks))


def _block(block: Block, rewrite: Rewrite) -> Block:
    match block:
        case Paragraph() | Subheading() | NoteLink():
            return replace(block, children=rewrite(block.children))
        case Verse() | SetLines():
            return _verse(block, rewrite)
        case Letter(parts):
            return replace(
                block,
                parts=tuple(
                    replace(part, children=rewrite(part.children))
                    if isinstance(part, LetterPart)
                    else _verse(part, rewrite)
                    for part in parts
                ),
            )
        case Messages(turns):
            speaking = tuple(
                replace(turn, speaker=rewrite(turn.speaker), children=rewrite(turn.children))
                for turn in turns
            )
            return replace(block, turns=speaking)
        case AuthorNote():
            return _note(block, rewrite)
        case Footnote(label=label, children=children):
            return replace(block, label=rewrite(label), children=rewrite(children))
        case ThematicBreak() | SetAside():
            return block
        case _:
            assert_never(block)


def _verse(verse: Verse | SetLines, rewrite: Rewrite) -> Verse | SetLines:
    if isinstance(verse, SetLines):
        return replace(verse, lines=_lines(verse.lines, rewrite))
    stanzas = tuple(replace(stanza, lines=_lines(stanza.lines, rewrite)) for stanza in verse.stanzas)
    return replace(verse, stanzas=stanzas)


def _lines(lines: tuple[Line, ...], rewrite: Rewrite) -> tuple[Line, ...]:
    return tuple(replace(line, children=rewrite(line.children)) for line in lines)
