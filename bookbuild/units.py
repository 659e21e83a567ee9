"""Units: the runs of text of a division that no word crosses (headings, paragraphs, lines), to be read and to be rewritten."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from itertools import accumulate, pairwise
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
    Heading,
    Inlines,
    Letter,
    LetterPart,
    Messages,
    NoteLink,
    PageBreak,
    Paragraph,
    Part,
    Picture,
    Section,
    SectionContent,
    SectionKind,
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
from bookbuild.words import words

Rewrite = Callable[[Inlines], Inlines]
"""Gives what is to stand in the place of a unit."""

TextBlock = Paragraph | Subheading | NoteLink | LetterPart | Stanza | SetLines | Turn | Footnote | Picture
"""A block that is text itself, and holds no other block."""

_T = TypeVar("_T", bound=TextBlock)


class TextRewrite(Protocol):
    """Gives what is to stand in the place of a block of text, of the same kind."""

    def __call__(self, block: _T, /) -> _T: ...  # noqa: D102 (the class says it)


def divisions(book: Book) -> Iterator[Division]:
    """Give all divisions in reading order, each part before its chapters."""
    yield from book.frontmatter
    for division in book.body:
        yield division
        if isinstance(division, Part):
            yield from division.chapters
    yield from book.backmatter


# ---------------------------------------------------------------- read


def units(division: Division, *, alts: bool = False) -> Iterator[Inlines]:
    """Give the units of a division in reading order; of a part only its title; with `alts` what pictures show, which no page prints."""
    match division:
        case Chapter(heading=heading, blocks=blocks):
            yield heading.label
            yield heading.title
            yield from _block_units(blocks, alts=alts)
        case Part(title=title):
            yield title
        case Section(heading=section_heading, content=content):
            yield section_heading
            for item in content:
                if isinstance(item, TitleLine):
                    yield (Text(item.text),)
                elif isinstance(item, GatheredNote):
                    yield item.heading
                    yield from _block_units(item.notes, alts=alts)
                else:
                    yield from _block_units((item,), alts=alts)
        case _:
            assert_never(division)


def _block_units(blocks: Iterable[Block | LetterPart], *, alts: bool) -> Iterator[Inlines]:
    for block in blocks:
        match block:
            case Paragraph() | Subheading() | NoteLink() | LetterPart() | SetLines() | Footnote():
                yield from block_units(block)
            case Verse(stanzas):
                for stanza in stanzas:
                    yield from block_units(stanza)
            case Messages(turns):
                for turn in turns:
                    yield from block_units(turn)
            case Letter(inner) | AuthorNote(inner):
                yield from _block_units(inner, alts=alts)
            case Picture():
                yield from ((block.alt,) if alts else ())
                yield from block_units(block)
            case ThematicBreak() | SetAside():
                pass
            case _:
                assert_never(block)


def block_units(block: TextBlock) -> Iterator[Inlines]:
    """Give the units of one block of text."""
    match block:
        case Paragraph() | Subheading() | NoteLink() | LetterPart():
            yield block.children
        case Stanza(lines) | SetLines(lines):
            yield from (line.children for line in lines)
        case Turn():
            yield block.speaker
            yield block.children
        case Footnote():
            yield block.label
            yield block.children
        case Picture():
            yield block.caption
        case _:
            assert_never(block)


def leaves(children: Inlines) -> Iterator[Text | PageBreak]:
    """Give what has no children itself, in reading order."""
    for child in children:
        if isinstance(child, Text | PageBreak):
            yield child
        else:
            yield from leaves(child.children)


def division_words(division: Division, *, alts: bool = True) -> list[Word]:
    """Give the words of a division; of a part its title's; of the contents none, for writers make them; `alts`: what pictures show."""
    if isinstance(division, Section) and division.kind is SectionKind.CONTENTS:
        return []
    return [word for unit in units(division, alts=alts) for _, word in unit_words(unit)]


def unit_words(children: Inlines) -> Iterator[tuple[int, Word]]:
    """Give the words of a unit, each with its offset in the unit's characters; a footnote's call is a word of its own, which nothing need part from its neighbours."""
    texts = list(_texts(children))
    starts = list(accumulate((len(leaf.text) for leaf, _ in texts), initial=0))
    text = "".join(leaf.text for leaf, _ in texts)
    cuts = sorted(
        {edge for number, (_, is_call) in enumerate(texts) if is_call for edge in starts[number : number + 2]}
    )
    for (offset, word), (following, _) in pairwise((*words(text), (-1, ""))):
        stop = offset + len(word)
        inner = cuts[bisect_right(cuts, offset) : bisect_left(cuts, stop)]
        for begin, end in pairwise((offset, *inner, stop)):
            leaf, _ = texts[bisect_right(starts, begin) - 1]
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
        case Footnote():
            label = rewrite(block.label)
            return replace(block, label=label, children=rewrite(block.children))
        case Picture():
            return replace(block, caption=rewrite(block.caption))
        case _:
            assert_never(block)
