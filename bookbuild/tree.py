"""The document tree: what things are, never how they look.

A Book is frontmatter, body and backmatter; each is made of divisions (chapters, sections, parts), each division of
blocks, each block of inlines. Every node knows its span in the manuscript; a node without one was generated (a title
page from build.yaml, the heading over gathered notes). All unions are closed: a `match` over them ends in
`assert_never`. Names are EPUB's structural semantics for divisions and CommonMark's for inlines.
"""

from dataclasses import dataclass
from enum import Enum

from bookbuild.source import Span

# ---------------------------------------------------------------- inlines


@dataclass(frozen=True, slots=True)
class Text:
    """Characters, normalised: directed quotes, true dashes, single spaces."""

    text: str
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Emphasis:
    """Stress emphasis: italics in most styles."""

    children: "tuple[Inline, ...]"


@dataclass(frozen=True, slots=True)
class Strong:
    """Strong importance: bold in most styles."""

    children: "tuple[Inline, ...]"


@dataclass(frozen=True, slots=True)
class Link:
    """A link to a division, or to something with an id, in this book."""

    children: "tuple[Inline, ...]"
    target: str


@dataclass(frozen=True, slots=True)
class FootnoteCall:
    """The mark in the text that leads to a footnote; `target` is the footnote's id."""

    children: "tuple[Inline, ...]"
    target: str


@dataclass(frozen=True, slots=True)
class PageBreak:
    """Where a page of the print edition begins, in an edition that has no pages; `label` is the page's folio."""

    label: str


Inline = Text | Emphasis | Strong | Link | FootnoteCall | PageBreak
Inlines = tuple[Inline, ...]

# ---------------------------------------------------------------- blocks


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of prose."""

    children: Inlines
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Subheading:
    """A heading inside a division, below its title."""

    children: Inlines
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class ThematicBreak:
    """A scene break. `mark` is what the author typed for it, so that a style may tell strong breaks from weak."""

    mark: str = ""
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One line of verse, of an address, of a sign; `indent` counts steps from the left."""

    children: Inlines
    indent: int = 0


@dataclass(frozen=True, slots=True)
class Stanza:
    """Lines of verse that stand together."""

    lines: tuple[Line, ...]
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Verse:
    """A song or poem."""

    stanzas: tuple[Stanza, ...]
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class SetLines:
    """Lines that are no verse and stay lines: an address, a telegram, a sign, a list."""

    lines: tuple[Line, ...]
    span: Span | None = None


class LetterRole(Enum):
    """What a paragraph of a letter is."""

    DATELINE = "dateline"
    SALUTATION = "salutation"
    BODY = "body"
    VALEDICTION = "valediction"
    SIGNATURE = "signature"
    POSTSCRIPT = "postscript"


@dataclass(frozen=True, slots=True)
class LetterPart:
    """One paragraph of a letter, with its part in it."""

    role: LetterRole
    children: Inlines
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter, a diary entry or a telegram that stands in the story; it may quote a song, or give an address."""

    parts: tuple[LetterPart | Verse | SetLines, ...]
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Turn:
    """One message of an exchange: who sent it, what it says."""

    speaker: Inlines  # as typed, without the colon that follows it
    children: Inlines
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Messages:
    """An exchange of messages: a chat, texts on a phone, a log."""

    turns: tuple[Turn, ...]
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Footnote:
    """A footnote: its label as typed, without brackets, and what it says. An edition puts it at its chapter's end."""

    id: str
    label: Inlines
    children: Inlines
    is_called: bool  # a FootnoteCall leads to it, whose id is `call_id`
    span: Span | None = None

    @property
    def call_id(self) -> str:
        """The id of the call that leads here."""
        return f"{self.id}-call"


class NotePlacement(Enum):
    """Where an author's note stood in its chapter."""

    TOP = "top"
    END = "end"
    INLINE = "inline"


@dataclass(frozen=True, slots=True)
class AuthorNote:
    """The author speaking beside the story."""

    blocks: "tuple[Block, ...]"
    placement: NotePlacement
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class NoteLink:
    """Stands in a chapter where a note was, when the notes are gathered: leads to them."""

    children: Inlines
    chapter_id: str


class AsideReason(Enum):
    """Why text was set aside."""

    REPEATED_TITLE = "repeated title"
    BOILERPLATE = "boilerplate"
    EMPTY_MARK = "mark"  # a scene break at a chapter's edge, where it parts nothing


@dataclass(frozen=True, slots=True)
class SetAside:
    """Text of the manuscript that is declared not to be part of the book; kept, so that it can be seen and brought back."""

    text: str
    reason: AsideReason
    span: Span | None = None


Block = (
    Paragraph
    | Subheading
    | ThematicBreak
    | Verse
    | SetLines
    | Letter
    | Messages
    | Footnote
    | AuthorNote
    | NoteLink
    | SetAside
)

# ---------------------------------------------------------------- divisions


class ChapterKind(Enum):
    """What kind of division of the body this is; the names are EPUB structural semantics."""

    PROLOGUE = "prologue"
    CHAPTER = "chapter"
    INTERLUDE = "interlude"  # written as a chapter, EPUB has no word for it
    EPILOGUE = "epilogue"


@dataclass(frozen=True, slots=True)
class Heading:
    """A division's heading: a label (`Chapter 20`), a title (`The Trip`), or both, each as it was typed."""

    label: Inlines
    title: Inlines
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter. `id` is unique in the book, made of ASCII letters, digits and hyphens, fit for a file's name."""

    id: str
    kind: ChapterKind
    heading: Heading
    blocks: tuple[Block, ...]
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the book: a title page of its own, then chapters."""

    id: str
    title: Inlines
    chapters: tuple[Chapter, ...]


class SectionKind(Enum):
    """What a section before or after the body is; the values are EPUB structural semantics where there is a word."""

    HALF_TITLE = "halftitlepage"
    TITLE_PAGE = "titlepage"
    COPYRIGHT = "copyright-page"
    DEDICATION = "dedication"
    EPIGRAPH = "epigraph"
    CONTENTS = "toc"  # its entries are made by the writers: they alone know pages and files
    FOREWORD = "foreword"
    PREFACE = "preface"
    INTRODUCTION = "introduction"
    ACKNOWLEDGEMENTS = "acknowledgments"
    AFTERWORD = "afterword"
    GLOSSARY = "glossary"
    PREVIOUSLY = "previously"  # what happened in the books before
    ABOUT = "about the author"
    ALSO_BY = "also by"
    NOTES = "endnotes"  # author's notes, gathered


class TitleLineRole(Enum):
    """What a line of the half title, the title page or the copyright page is."""

    TITLE = "title"
    SUBTITLE = "subtitle"
    SERIES = "series"
    AUTHOR = "author"
    CONTRIBUTOR = "contributor"
    PUBLISHER = "publisher"
    EDITION = "edition"
    RIGHTS = "rights"
    IDENTIFIER = "identifier"


@dataclass(frozen=True, slots=True)
class TitleLine:
    """One line of a page made from build.yaml's metadata."""

    role: TitleLineRole
    text: str


@dataclass(frozen=True, slots=True)
class GatheredNote:
    """An author's note moved to the book's end, with the chapter it came from; writers link both ways."""

    chapter_id: str
    heading: Inlines
    notes: tuple[AuthorNote, ...]

    @property
    def id(self) -> str:
        """The id that the chapter's NoteLink leads to."""
        return f"notes-{self.chapter_id}"


SectionContent = Block | TitleLine | GatheredNote


@dataclass(frozen=True, slots=True)
class Section:
    """A section of front or back matter; `heading` is empty where the page has none (a dedication)."""

    id: str
    kind: SectionKind
    heading: Inlines
    content: tuple[SectionContent, ...]
    span: Span | None = None


Division = Section | Part | Chapter

# ---------------------------------------------------------------- the book


@dataclass(frozen=True, slots=True)
class Book:
    """The whole book, between front and back cover."""

    frontmatter: tuple[Section, ...]
    body: tuple[Part | Chapter, ...]
    backmatter: tuple[Section, ...] = ()


def chapters(book: Book) -> tuple[Chapter, ...]:
    """Give the chapters in reading order, those in parts among them."""
    found: list[Chapter] = []
    for division in book.body:
        found.extend(division.chapters if isinstance(division, Part) else (division,))
    return tuple(found)


def flat_text(children: Inlines) -> str:
    """Give the characters of inlines without their marks."""
    return "".join(
        child.text if isinstance(child, Text) else flat_text(child.children)
        for child in children
        if not isinstance(child, PageBreak)
    )
