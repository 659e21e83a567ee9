"""A Draft: what a reader makes of one file, and what rules do to it.

A draft is a row of blocks of flat text with marks (emphasis …) as ranges beside it, so that a rule sees `*Titanic*'s` as
one word. Every character still knows where it stood in its source. Drafts are changed by edits alone.
"""

from bisect import bisect_right
from dataclasses import dataclass
from enum import Enum
from typing import NamedTuple

from bookbuild.source import Source, Span


class Kind(Enum):
    """What a block is. All are paragraphs until a rule has seen more in them."""

    PARAGRAPH = "paragraph"
    LABEL = "heading label"  # Chapter 20
    TITLE = "heading title"  # The Trip
    PART = "part's heading"  # Part Two; its title, where it has one, is a block of the same kind below it
    SUBHEADING = "subheading"
    BREAK = "scene break"
    STANZA = "stanza"  # its lines are parted by newlines
    LINES = "lines"  # the same, but no verse: an address, a sign, a list
    DATELINE = "dateline"
    SALUTATION = "salutation"
    VALEDICTION = "valediction"
    SIGNATURE = "signature"
    POSTSCRIPT = "postscript"
    MESSAGE = "message"
    ENTRY = "entry"  # of a glossary or a list of characters: a term, a colon or dash, and what is said of it
    PICTURE = "picture"  # its text is what it shows, then on a line of its own the caption, where it has one
    BARE_PICTURE = "picture without a description"  # its text is the caption
    REPEATED_TITLE = "repeated title"  # this and the next two are set aside
    BOILERPLATE = "boilerplate"
    IDLE_BREAK = "idle scene break"


HEADINGS = frozenset({Kind.LABEL, Kind.TITLE, Kind.PART})
PICTURES = frozenset({Kind.PICTURE, Kind.BARE_PICTURE})
SET_ASIDE = frozenset({Kind.REPEATED_TITLE, Kind.BOILERPLATE, Kind.IDLE_BREAK})


WORDS_ABOVE_HEADING = 80
"""Words above a file's first heading that go below it: an epigraph, a dedication, a by-line; more are a chapter without heading."""


class GroupKind(Enum):
    """What a row of blocks is together."""

    LETTER = "letter"
    MESSAGES = "messages"
    FOOTNOTE = "footnote"
    TOP_NOTE = "author's note before the chapter"
    INLINE_NOTE = "author's note in the chapter"
    END_NOTE = "author's note after the chapter"
    GLOSSARY = "glossary"  # this and all below say what a page is, and stand on its first block alone
    CAST = "list of characters"
    PREVIOUSLY = "page of what happened before"
    DEDICATION = "dedication"
    FOREWORD = "foreword"
    PREFACE = "preface"
    INTRODUCTION = "introduction"
    ACKNOWLEDGEMENTS = "acknowledgements"
    AFTERWORD = "afterword"
    ABOUT = "about the author"
    ALSO_BY = "other books"


LISTS = frozenset({GroupKind.GLOSSARY, GroupKind.CAST})
"""Pages of entries."""
PAGES = LISTS | {
    GroupKind.PREVIOUSLY,
    GroupKind.DEDICATION,
    GroupKind.FOREWORD,
    GroupKind.PREFACE,
    GroupKind.INTRODUCTION,
    GroupKind.ACKNOWLEDGEMENTS,
    GroupKind.AFTERWORD,
    GroupKind.ABOUT,
    GroupKind.ALSO_BY,
}
"""Pages of the manuscript that are no chapters, and stand before the story or after it."""
NOTES = frozenset({GroupKind.TOP_NOTE, GroupKind.INLINE_NOTE, GroupKind.END_NOTE})


class Group(NamedTuple):
    """A row of blocks that belong together; `number` tells neighbours of one kind apart."""

    kind: GroupKind
    number: int


class MarkKind(Enum):
    """What a mark says of its range."""

    EMPHASIS = "emphasis"
    STRONG = "strong"
    CALL = "footnote call"
    LANGUAGE = "another language"


class Mark(NamedTuple):
    """A range of a block's text, in characters, and what it is."""

    start: int
    end: int
    kind: MarkKind
    target: str = ""  # of a call: its footnote's id
    language: str = ""  # BCP 47, of a passage in another language


class Run(NamedTuple):
    """`length` characters of the source from `offset`; they, or what replaced them, stand in the text from `at`."""

    at: int
    offset: int
    length: int


@dataclass(frozen=True, slots=True)
class Block:
    """Flat text that remembers where each character stood. `gap` counts the empty lines before it."""

    text: str
    runs: tuple[Run, ...]
    kind: Kind = Kind.PARAGRAPH
    group: Group | None = None
    marks: tuple[Mark, ...] = ()
    gap: int = 0
    file: str = ""  # of a picture, as typed

    def offset(self, index: int) -> int:
        """Say where in the source the character at `index` stood."""
        run = self.runs[max(bisect_right(self.runs, index, key=run_at) - 1, 0)]
        return run.offset + min(max(index - run.at, 0), run.length)

    @property
    def start(self) -> int:
        """Where in the source the block begins."""
        return self.runs[0].offset

    @property
    def end(self) -> int:
        """Where in the source the block ends."""
        return self.runs[-1].offset + self.runs[-1].length

    @property
    def is_plain(self) -> bool:
        """Whether no rule has seen more in it than a paragraph of the story."""
        return self.kind is Kind.PARAGRAPH and self.group is None

    @property
    def is_set_aside(self) -> bool:
        """Whether the block is declared not to be part of the book."""
        return self.kind in SET_ASIDE


class Rewording(NamedTuple):
    """A stretch of the source whose characters stand for other words: a declared change, such as `cafÃ©` read as `café`."""

    start: int
    end: int
    text: str  # what it stands for


@dataclass(frozen=True, slots=True)
class Draft:
    """One file as a row of blocks."""

    source: Source
    blocks: tuple[Block, ...]
    rewordings: tuple[Rewording, ...] = ()  # by place; none overlaps another

    def span(self, start: int, end: int) -> Span:
        """Give a stretch of this file, by offsets into its source."""
        return Span(self.source, start, end)


def block_from(start: int, text: str, gap: int = 0) -> Block:
    """Make a block of text that is copied from its source at `start`."""
    return Block(text, (Run(0, start, len(text)),), gap=gap)


def run_at(run: Run) -> int:
    """Where in the text a run begins: the key to search runs by."""
    return run.at
