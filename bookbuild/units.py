"""Units: the runs of text of a division that no word crosses: headings, paragraphs, lines."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from itertools import accumulate, pairwise
from typing import assert_never

from bookbuild.readback import Word
from bookbuild.tree import (
    AuthorNote,
    Block,
    Book,
    Chapter,
    Definition,
    Definitions,
    Division,
    Footnote,
    FootnoteCall,
    GatheredNote,
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

TextBlock = (
    Paragraph
    | Subheading
    | NoteLink
    | LetterPart
    | Stanza
    | SetLines
    | Turn
    | Definition
    | Footnote
    | Picture
)
"""A block that is text itself, and holds no other block."""


def divisions(book: Book) -> Iterator[Division]:
    """Give all divisions in reading order, each part before its chapters."""
    yield from book.frontmatter
    for division in book.body:
        yield division
        if isinstance(division, Part):
            yield from division.chapters
    yield from book.backmatter


def units(division: Division, *, alts: bool = False) -> Iterator[Inlines]:
    """Give the units of a division in reading order; of a part only its title; with `alts` what pictures show, which no page prints."""
    match division:
        case Chapter(heading=heading, blocks=blocks):
            yield heading.label
            yield heading.title
            yield from blocks_units(blocks, alts=alts)
        case Part(title=title):
            yield title
        case Section(heading=section_heading, content=content):
            yield section_heading
            for item in content:
                if isinstance(item, TitleLine):
                    yield (Text(item.text),)
                elif isinstance(item, GatheredNote):
                    yield item.heading
                    yield from blocks_units(item.notes, alts=alts)
                else:
                    yield from blocks_units((item,), alts=alts)
        case _:
            assert_never(division)


def blocks_units(  # noqa: C901 (an arm a node)
    blocks: Iterable[Block | LetterPart], *, alts: bool = False
) -> Iterator[Inlines]:
    """Give the units of a row of blocks, those within letters and notes among them."""
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
            case Definitions(entries):
                for entry in entries:
                    yield from block_units(entry)
            case Letter(inner) | AuthorNote(inner):
                yield from blocks_units(inner, alts=alts)
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
        case Definition():
            yield block.term
            yield block.meaning
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
