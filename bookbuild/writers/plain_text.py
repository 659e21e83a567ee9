"""Chapters → plain text: paragraphs parted by one empty line, breaks as `***`, emphasis as `*stars*`.

What is written can be read again as the same chapters. A heading that was made up, because the manuscript has none, is
left out.
"""

from collections.abc import Iterable, Iterator
from typing import assert_never

from bookbuild.tree import (
    AuthorNote,
    Block,
    Chapter,
    Definition,
    Definitions,
    Emphasis,
    Footnote,
    FootnoteCall,
    Foreign,
    Heading,
    Inlines,
    Letter,
    LetterPart,
    Line,
    Link,
    Messages,
    NoteLink,
    PageBreak,
    Paragraph,
    Part,
    Picture,
    SetAside,
    SetLines,
    Strong,
    Subheading,
    Text,
    ThematicBreak,
    Turn,
    Verse,
    flat_text,
)
from bookbuild.units import leaves

BREAK = "***"
_INDENT = "  "  # of a line of verse, a step


def division_to_text(division: Part | Chapter) -> str:
    """Write a chapter, or the title of a part, as plain text."""
    blocks = division.blocks if isinstance(division, Chapter) else ()
    pieces = (*map(inlines_to_text, typed_headings(division)), *_blocks(blocks))
    text = "\n\n".join(piece for piece in pieces if piece)
    return f"{text}\n" if text else ""


def typed_headings(division: Part | Chapter) -> list[Inlines]:
    """Give the heading's label and title, or the part's title, as far as they stand in the manuscript."""
    match division:
        case Chapter(heading=Heading(label, title)):
            return [part for part in (label, title) if _is_typed(part)]
        case Part(title=title):
            return [title] if _is_typed(title) else []
        case _:
            assert_never(division)


def _is_typed(children: Inlines) -> bool:
    return any(leaf.span for leaf in leaves(children) if isinstance(leaf, Text))


def _blocks(blocks: Iterable[Block | LetterPart]) -> Iterator[str]:  # noqa: C901 (an arm a node)
    for block in blocks:
        match block:
            case Paragraph() | Subheading() | NoteLink() | LetterPart():
                yield inlines_to_text(block.children)
            case ThematicBreak():
                yield BREAK
            case Verse(stanzas):
                yield from (_lines(stanza.lines) for stanza in stanzas)
            case SetLines(lines):
                yield _lines(lines)
            case Messages(turns):
                yield from _messages(turns)
            case Definitions(entries):
                yield from map(_definition, entries)
            case Footnote(_, label, children):
                yield f"{_mark(flat_text(label))} {inlines_to_text(children)}"
            case Letter(inner) | AuthorNote(inner):
                yield from _blocks(inner)
            case Picture(path, alt, caption):
                yield picture_line(path, inlines_to_text(alt), inlines_to_text(caption))
            case SetAside():
                pass
            case _:
                assert_never(block)


def picture_line(path: str, alt: str, caption: str, marks: str = "“”") -> str:
    """Write a picture as its line in a manuscript, by the file's name, for it lies beside the text; the caption stands in `marks`."""
    name = path.rpartition("/")[2]
    quoted = f" {marks[0]}{caption}{marks[1]}" if caption else ""
    return f"![{alt}](<{name}>{quoted})"


def _messages(turns: Iterable[Turn]) -> Iterator[str]:
    """Write each message; where a line with a name and an hour stands above it, close below that, or it is not known again."""
    turns = tuple(turns)
    if any(turn.speaker for turn in turns):
        yield from map(_turn, turns)
    else:
        yield "\n".join(map(_turn, turns))


def _turn(turn: Turn) -> str:
    speaker = f"{inlines_to_text(turn.speaker)}: " if turn.speaker else ""
    return speaker + inlines_to_text(turn.children)


def _definition(entry: Definition) -> str:
    return f"{inlines_to_text(entry.term)}{entry.seam}{inlines_to_text(entry.meaning)}"


def _lines(lines: Iterable[Line]) -> str:
    return "\n".join(_INDENT * line.indent + inlines_to_text(line.children) for line in lines)


def _mark(label: str) -> str:
    return f"[{label}]" if label.isdigit() else label


def inlines_to_text(children: Inlines) -> str:
    """Write a run of text with its emphasis as typed marks: stars, or lines where the text has stars of its own."""
    star = "_" if "*" in flat_text(children) else "*"
    return "".join(_marked(children, star))


def _marked(children: Inlines, star: str) -> Iterator[str]:
    for child in children:
        match child:
            case Text(text):
                yield text
            case Emphasis(inner):
                yield from (star, *_marked(inner, star), star)
            case Strong(inner):
                yield from (star * 2, *_marked(inner, star), star * 2)
            case FootnoteCall(inner):
                yield _mark(flat_text(inner))
            case Link(inner) | Foreign(inner):
                yield from _marked(inner, star)
            case PageBreak():
                pass
            case _:
                assert_never(child)
