"""Chapters → Markdown (CommonMark 0.31.2); every character that means something there is escaped."""

import re
from collections.abc import Iterable, Iterator, Sequence
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
from bookbuild.writers.plain_text import picture_line, typed_headings

_MEANING = re.compile(r"[\\`*_\[\]<>]|~(?=~)|&(?=#?\w+;)")
_AT_BEGINNING = re.compile(r"\s*(?:([#>+=~|-])|\d{1,9}([.)]))")
_INDENT = "\u00a0\u00a0"  # spaces at a line's beginning fall away


def division_to_markdown(division: Part | Chapter) -> str:
    """Write a chapter, or the title of a part; notes, letters and verse as quoted blocks, lines with hard breaks."""
    *labels, title = [inlines_to_markdown(part) for part in typed_headings(division)] or [""]
    heading = ": ".join((*(label.rstrip(".:") for label in labels), title))
    blocks = division.blocks if isinstance(division, Chapter) else ()
    return "\n\n".join([*([f"# {heading}"] if title else []), *_blocks(blocks)]) + "\n"


def _blocks(blocks: Iterable[Block | LetterPart]) -> Iterator[str]:  # noqa: C901, PLR0912 (an arm a node)
    for block in blocks:
        match block:
            case Paragraph() | NoteLink() | LetterPart():
                yield _line(block.children)
            case Subheading(children):
                yield f"## {inlines_to_markdown(children)}"
            case ThematicBreak():
                yield "***"
            case Verse(stanzas):
                yield _quoted([_lines(stanza.lines) for stanza in stanzas])
            case SetLines(lines):
                yield _lines(lines)
            case Messages(turns):
                yield from map(_turn, turns)
            case Definitions(entries):
                yield from map(_definition, entries)
            case Footnote(_, label, children):
                yield f"[^{flat_text(label)}]: {inlines_to_markdown(children)}"
            case Letter(inner) | AuthorNote(inner):
                yield _quoted(list(_blocks(inner)))
            case Picture(path, alt, caption):
                title = inlines_to_markdown(caption).replace('"', r"\"")
                # curly marks hold no title
                yield picture_line(path, inlines_to_markdown(alt), title, marks='""')
            case SetAside():
                pass
            case _:
                assert_never(block)


def _turn(turn: Turn) -> str:
    if not turn.speaker:
        return _line(turn.children)
    return f"**{inlines_to_markdown(turn.speaker)}:** {inlines_to_markdown(turn.children)}"


def _definition(entry: Definition) -> str:
    return f"**{inlines_to_markdown(entry.term)}**{entry.seam}{inlines_to_markdown(entry.meaning)}"


def _quoted(paragraphs: Sequence[str]) -> str:
    return "\n".join(f"> {line}".rstrip() for line in "\n\n".join(paragraphs).split("\n"))


def _lines(lines: Iterable[Line]) -> str:
    return "\\\n".join(_INDENT * line.indent + _line(line.children) for line in lines)


def _line(children: Inlines) -> str:
    """Write text that stands at a line's beginning, where more characters mean something."""
    text = inlines_to_markdown(children)
    match = _AT_BEGINNING.match(text)
    if not match:
        return text
    at = match.start(1 if match[1] else 2)
    return f"{text[:at]}\\{text[at:]}"


def inlines_to_markdown(children: Inlines) -> str:
    """Write a run of text with its emphasis."""
    return "".join(_marked(children))


def _marked(children: Inlines) -> Iterator[str]:
    for child in children:
        match child:
            case Text(text):
                yield _MEANING.sub(r"\\\g<0>", text)
            case Emphasis(inner):
                yield from ("*", *_marked(inner), "*")
            case Strong(inner):
                yield from ("**", *_marked(inner), "**")
            case FootnoteCall(inner):
                yield f"[^{flat_text(inner)}]"
            case Link(inner) | Foreign(inner):
                yield from _marked(inner)
            case PageBreak():
                pass
            case _:
                assert_never(child)
