"""Blocks of the document tree: paragraphs, verse, letters, messages, notes."""

from dataclasses import dataclass
from enum import Enum

from bookbuild.source import Span
from bookbuild.tree.inlines import Inlines


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of prose."""

    children: Inlines
    span: Span | None = None
    id: str = ""


@dataclass(frozen=True, slots=True)
class Subheading:
    """A heading inside a division, below its title."""

    children: Inlines
    span: Span | None = None
    id: str = ""


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
    id: str = ""


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
    id: str = ""


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
    id: str = ""


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter, a diary entry or a telegram that stands in the story; it may quote a song, or give an address."""

    parts: "tuple[LetterPart | Verse | SetLines | Picture, ...]"
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Turn:
    """One message of an exchange: who sent it, what it says."""

    speaker: Inlines  # as typed, without the colon that follows it
    children: Inlines
    span: Span | None = None
    id: str = ""


@dataclass(frozen=True, slots=True)
class Messages:
    """An exchange of messages: a chat, texts on a phone, a log."""

    turns: tuple[Turn, ...]
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Definition:
    """One entry of a glossary or a list of characters: a term, and what is said of it."""

    term: Inlines  # as typed, without what parts it from its meaning
    meaning: Inlines
    seam: str = ": "  # what parts them where both stand on one line
    span: Span | None = None
    id: str = ""


@dataclass(frozen=True, slots=True)
class Definitions:
    """Entries that stand together."""

    entries: tuple[Definition, ...]
    span: Span | None = None
    are_words: bool = True  # of a glossary; else they are people


@dataclass(frozen=True, slots=True)
class Footnote:
    """A footnote: its label as typed, without brackets, and what it says. An edition puts it at its chapter's end."""

    id: str
    label: Inlines
    children: Inlines
    is_called: bool  # a FootnoteCall leads to it, whose id is `call_id`
    span: Span | None = None
    pops_up: bool = True  # it is short enough for devices to show it where it is called

    @property
    def call_id(self) -> str:
        """The id of the call that leads here."""
        return f"{self.id}-call"


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture: `path` is its file in the book's folder, `alt` what it shows, for those who cannot see it; both texts may be empty."""

    path: str
    alt: Inlines
    caption: Inlines
    span: Span | None = None
    id: str = ""


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
    name: str = ""  # what screen readers call it, in the language of the edition


@dataclass(frozen=True, slots=True)
class NoteLink:
    """Stands in a chapter where a note was, when the notes are gathered: leads to them."""

    children: Inlines
    chapter_id: str
    pops_up: bool = True  # the notes are short enough for devices to show them here


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
    | Definitions
    | Footnote
    | Picture
    | AuthorNote
    | NoteLink
    | SetAside
)
