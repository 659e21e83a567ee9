"""Blocks → XHTML: paragraphs, verse, letters, messages, notes."""

import re
from collections.abc import Iterable
from typing import assert_never
from xml.sax.saxutils import quoteattr

from bookbuild.tree import (
    AuthorNote,
    Block,
    Definitions,
    Footnote,
    Inlines,
    Letter,
    LetterPart,
    Line,
    Messages,
    NoteLink,
    PageBreak,
    Paragraph,
    Picture,
    SetAside,
    SetLines,
    Subheading,
    Text,
    ThematicBreak,
    Verse,
    flat_text,
)
from bookbuild.writers.xhtml.inlines import (
    Href,
    element,
    inline_to_xhtml,
    inlines_to_xhtml,
    text_to_xhtml,
    xml_characters,
)


def blocks_to_xhtml(blocks: Iterable[Block], href: Href, *, opening: bool = False) -> str:
    """Turn a row of blocks into markup.

    A paragraph that follows anything but a paragraph has the class `flush` (no indent). With `opening`, the first
    paragraph has the class `opening` too, and its first words stand in a span `first-words`.
    """
    markup: list[str] = []
    flush = True
    for block in blocks:
        if isinstance(block, Paragraph):
            classes = f"{'opening ' if opening else ''}flush" if flush else ""
            markup.append(
                element(
                    "p",
                    _paragraph_content(block.children, href, opening=opening),
                    class_=classes,
                    id=block.id,
                )
            )
            opening = False
        else:
            markup.append(block_to_xhtml(block, href))
            opening = opening and isinstance(block, AuthorNote | NoteLink | SetAside)
        flush = not isinstance(block, Paragraph)
    return "\n".join(filter(None, markup))


def block_to_xhtml(block: Block, href: Href) -> str:  # noqa: C901, PLR0912 (an arm a node)
    """Turn one block into markup; what was set aside gives none."""
    match block:
        case Paragraph(children):
            return element("p", inlines_to_xhtml(children, href), id=block.id)
        case Subheading(children):
            return element("h2", inlines_to_xhtml(children, href), class_="subheading", id=block.id)
        case ThematicBreak():
            return '<hr class="scene-break"/>'
        case Verse() | SetLines():
            return verse_to_xhtml(block, href)
        case Letter():
            return letter_to_xhtml(block, href)
        case Messages():
            return messages_to_xhtml(block, href)
        case Definitions():
            return definitions_to_xhtml(block, href)
        case AuthorNote(blocks):
            inner_markup = blocks_to_xhtml(blocks, href)
            return element("aside", inner_markup, class_="author-note", role="note", aria_label=block.name)
        case Footnote():
            return footnote_to_xhtml(block, href)
        case NoteLink(children, chapter_id):
            link = element(
                "a",
                inlines_to_xhtml(children, href),
                href=href(f"notes-{chapter_id}"),
                epub_type="noteref" if block.pops_up else "",
                role="doc-noteref" if block.pops_up else "",
            )
            return element("p", link, class_="note-link", id=f"{chapter_id}-notes-link")
        case Picture():
            return picture_to_xhtml(block, href)
        case SetAside():
            return ""
        case _:
            assert_never(block)


def verse_to_xhtml(verse: Verse | SetLines, href: Href) -> str:
    """Turn verse into stanzas of lines: each line a block that wraps with a hanging indent, parted by `br` for readers without CSS."""
    if isinstance(verse, SetLines):
        return element("p", _lines_to_xhtml(verse.lines, href), class_="lines", id=verse.id)
    stanzas = (
        element("p", _lines_to_xhtml(stanza.lines, href), class_="stanza", id=stanza.id)
        for stanza in verse.stanzas
    )
    return element("blockquote", "\n".join(stanzas), class_="verse")


def _lines_to_xhtml(lines: Iterable[Line], href: Href) -> str:
    return "<br/>\n".join(
        element(
            "span",
            inlines_to_xhtml(line.children, href),
            class_=f"line indent-{line.indent}" if line.indent else "line",
        )
        for line in lines
    )


def letter_to_xhtml(letter: Letter, href: Href) -> str:
    """Turn a letter into a quotation, a paragraph for each of its parts."""
    inner = (
        element("p", inlines_to_xhtml(part.children, href), class_=part.role.value, id=part.id)
        if isinstance(part, LetterPart)
        else block_to_xhtml(part, href)
        for part in letter.parts
    )
    return element("blockquote", "\n".join(inner), class_="letter")


def picture_to_xhtml(picture: Picture, href: Href) -> str:
    """Turn a picture into a figure; an empty `alt`, which `element` would leave out, says that it shows nothing of importance."""
    alt = quoteattr(xml_characters(flat_text(picture.alt)))
    image = f"<img src={quoteattr(href(picture.path))} alt={alt}/>"
    told = element("figcaption", inlines_to_xhtml(picture.caption, href)) if picture.caption else ""
    return element("figure", "\n".join(filter(None, (image, told))), class_="picture", id=picture.id)


def messages_to_xhtml(messages: Messages, href: Href) -> str:
    """Turn an exchange into one paragraph a message."""
    turns = (
        element(
            "p",
            element("span", inlines_to_xhtml(turn.speaker, href) + ":", class_="speaker")
            + " "
            + inlines_to_xhtml(turn.children, href),
            class_="message",
            id=turn.id,
        )
        for turn in messages.turns
    )
    return element("div", "\n".join(turns), class_="messages")


def definitions_to_xhtml(definitions: Definitions, href: Href) -> str:
    """Turn entries into a description list; of a glossary, each term is marked as defined (EPUB 3 Structural Semantics 1.1, `glossterm`)."""
    are_words = definitions.are_words
    entries = (
        element(
            "dt",
            element("dfn" if are_words else "b", inlines_to_xhtml(entry.term, href)),
            id=entry.id,
            epub_type="glossterm" if are_words else "",
        )
        + "\n"
        + element("dd", inlines_to_xhtml(entry.meaning, href), epub_type="glossdef" if are_words else "")
        for entry in definitions.entries
    )
    return element("dl", "\n".join(entries), class_="definitions")


def footnote_to_xhtml(footnote: Footnote, href: Href) -> str:
    """Turn a footnote into an aside that devices show where it is called, if it is short; its label leads back."""
    label = inlines_to_xhtml(footnote.label, href)
    if footnote.is_called:
        label = element("a", label, href=href(footnote.call_id), class_="footnote-label", role="doc-backlink")
    said = element("p", f"{label} {inlines_to_xhtml(footnote.children, href)}")
    epub_type = "footnote" if footnote.pops_up else ""
    return element("aside", said, id=footnote.id, class_="footnote", epub_type=epub_type, role="doc-footnote")


def _paragraph_content(children: Inlines, href: Href, *, opening: bool) -> str:
    if opening and children and isinstance(children[0], PageBreak):
        mark, *rest = children
        return inline_to_xhtml(mark, href) + _paragraph_content(tuple(rest), href, opening=opening)
    first = children[0] if opening and children else None
    if not isinstance(first, Text):
        return inlines_to_xhtml(children, href)
    cut = first_words_end(first.text)
    lead = element("span", text_to_xhtml(first.text[:cut]), class_="first-words") if cut else ""
    return lead + text_to_xhtml(first.text[cut:]) + inlines_to_xhtml(children[1:], href)


def first_words_end(text: str) -> int:
    """Say where the first words end, that a chapter's opening sets in small capitals: at the first pause, or after 3 to 5 words.

    The span ends before the punctuation that follows it. 0 when the text has too few words for it.
    """
    spaces = [match.start() for match in re.finditer(" ", text)]
    pause = re.search(r"[^\w\s'’“‘\"(-]", text[1:])
    for count, space in enumerate(spaces[:5], 1):
        if pause and pause.start() + 1 <= space:
            return pause.start() + 1 if count > 1 else 0
        if (count >= 3 and space >= 14) or count == 5:
            return space
    return 0
