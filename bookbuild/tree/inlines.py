"""Inlines of the document tree: characters, and what is said of runs of them."""

from dataclasses import dataclass

from bookbuild.source import Span


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
    pops_up: bool = True  # the footnote is short enough for devices to show it here


@dataclass(frozen=True, slots=True)
class PageBreak:
    """Where a page of the print edition begins, in an edition that has no pages; `label` is the page's folio."""

    label: str


@dataclass(frozen=True, slots=True)
class Foreign:
    """A passage in another language than the book's: a BCP 47 tag, for voices, hyphenation and dictionaries."""

    children: "tuple[Inline, ...]"
    language: str


Inline = Text | Emphasis | Strong | Link | Foreign | FootnoteCall | PageBreak
Inlines = tuple[Inline, ...]


def flat_text(children: Inlines) -> str:
    """Give the characters of inlines without their marks."""
    return "".join(
        child.text if isinstance(child, Text) else flat_text(child.children)
        for child in children
        if not isinstance(child, PageBreak)
    )
