"""The one module that turns nodes of the tree into XHTML, for EPUB and PDF both.

Every function gives well-formed markup, as text, that is valid in EPUB 3.3 content documents and in HTML alike. It has
classes and roles but no looks: those are in styles/. Not one word is added here that is not in the tree, so that what
is read back can be compared with it.
"""

import re
from collections.abc import Callable, Iterable
from typing import assert_never
from xml.sax.saxutils import escape, quoteattr

from bookbuild.tree import (
    AuthorNote,
    Block,
    Chapter,
    ChapterKind,
    Division,
    Emphasis,
    GatheredNote,
    Heading,
    Inline,
    Inlines,
    Letter,
    LetterPart,
    Line,
    Link,
    Messages,
    NoteLink,
    Paragraph,
    Part,
    Section,
    SectionKind,
    SetAside,
    SetLines,
    Strong,
    Subheading,
    Text,
    ThematicBreak,
    TitleLine,
    TitleLineRole,
    Verse,
    flat_text,
)

Href = Callable[[str], str]
"""Gives the address of an id: `#chapter-1` in one long page, `chapter-1.xhtml` in an EPUB."""

# epub:type (EPUB 3 Structural Semantics Vocabulary 1.1) and role (DPUB-ARIA 1.1), empty where there is no word
_SECTION_SEMANTICS: dict[SectionKind, tuple[str, str]] = {
    SectionKind.HALF_TITLE: ("halftitlepage", ""),
    SectionKind.TITLE_PAGE: ("titlepage", ""),
    SectionKind.COPYRIGHT: ("copyright-page", ""),
    SectionKind.DEDICATION: ("dedication", "doc-dedication"),
    SectionKind.EPIGRAPH: ("epigraph", "doc-epigraph"),
    SectionKind.CONTENTS: ("toc", "doc-toc"),
    SectionKind.FOREWORD: ("foreword", "doc-foreword"),
    SectionKind.PREFACE: ("preface", "doc-preface"),
    SectionKind.INTRODUCTION: ("introduction", "doc-introduction"),
    SectionKind.ACKNOWLEDGEMENTS: ("acknowledgments", "doc-acknowledgments"),
    SectionKind.AFTERWORD: ("afterword", "doc-afterword"),
    SectionKind.ABOUT: ("", ""),
    SectionKind.ALSO_BY: ("", ""),
    SectionKind.NOTES: ("endnotes", "doc-endnotes"),
}
_CHAPTER_SEMANTICS: dict[ChapterKind, tuple[str, str]] = {
    ChapterKind.PROLOGUE: ("prologue", "doc-prologue"),
    ChapterKind.CHAPTER: ("chapter", "doc-chapter"),
    ChapterKind.INTERLUDE: ("chapter", "doc-chapter"),
    ChapterKind.EPILOGUE: ("epilogue", "doc-epilogue"),
}

_XML_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def element(name: str, content: str, **attributes: str) -> str:
    """Make an element; `content` is markup. Attributes that are empty are left out; `class_`, `epub_type` and the like map to their XML names."""
    return f"<{name}{_attributes(attributes)}>{content}</{name}>"


def _attributes(attributes: dict[str, str]) -> str:
    names = {"class_": "class", "epub_type": "epub:type"}
    return "".join(
        f" {names.get(name, name.replace('_', '-'))}={quoteattr(value)}"
        for name, value in attributes.items()
        if value
    )


def xml_characters(text: str) -> str:
    """Leave out the characters that XML cannot hold; what is left is not escaped yet."""
    return _XML_FORBIDDEN.sub("", text)


def text_to_xhtml(text: str) -> str:
    """Escape characters; those that XML cannot hold are left out (they are no part of any word)."""
    return escape(xml_characters(text))


# ---------------------------------------------------------------- inlines


def inlines_to_xhtml(children: Inlines, href: Href) -> str:
    """Turn a row of inlines into markup."""
    return "".join(inline_to_xhtml(child, href) for child in children)


def inline_to_xhtml(inline: Inline, href: Href) -> str:
    """Turn one inline into markup."""
    match inline:
        case Text(text):
            return text_to_xhtml(text)
        case Emphasis(children):
            return element("em", inlines_to_xhtml(children, href))
        case Strong(children):
            return element("strong", inlines_to_xhtml(children, href))
        case Link(children, target):
            return element("a", inlines_to_xhtml(children, href), href=href(target))
        case _:
            assert_never(inline)


# ---------------------------------------------------------------- blocks


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
                element("p", _paragraph_content(block.children, href, opening=opening), class_=classes)
            )
            opening = False
        else:
            markup.append(block_to_xhtml(block, href))
            opening = opening and isinstance(block, AuthorNote | NoteLink | SetAside)
        flush = not isinstance(block, Paragraph)
    return "\n".join(filter(None, markup))


def block_to_xhtml(block: Block, href: Href) -> str:
    """Turn one block into markup; what was set aside gives none."""
    match block:
        case Paragraph(children):
            return element("p", inlines_to_xhtml(children, href))
        case Subheading(children):
            return element("h2", inlines_to_xhtml(children, href), class_="subheading")
        case ThematicBreak():
            return '<hr class="scene-break"/>'
        case Verse() | SetLines():
            return verse_to_xhtml(block, href)
        case Letter(parts):
            inner = (
                element("p", inlines_to_xhtml(part.children, href), class_=part.role.value)
                if isinstance(part, LetterPart)
                else block_to_xhtml(part, href)
                for part in parts
            )
            return element("blockquote", "\n".join(inner), class_="letter")
        case Messages():
            return messages_to_xhtml(block, href)
        case AuthorNote(blocks):
            inner_markup = blocks_to_xhtml(blocks, href)
            return element(
                "aside", inner_markup, class_="author-note", role="note", aria_label="Author’s note"
            )
        case NoteLink(children, chapter_id):
            link = element("a", inlines_to_xhtml(children, href), href=href(f"notes-{chapter_id}"))
            return element("p", link, class_="note-link", id=f"{chapter_id}-notes-link")
        case SetAside():
            return ""
        case _:
            assert_never(block)


def verse_to_xhtml(verse: Verse | SetLines, href: Href) -> str:
    """Turn verse into stanzas of lines: each line a block that wraps with a hanging indent, parted by `br` for readers without CSS."""
    if isinstance(verse, SetLines):
        return element("p", _lines_to_xhtml(verse.lines, href), class_="lines")
    stanzas = (element("p", _lines_to_xhtml(stanza.lines, href), class_="stanza") for stanza in verse.stanzas)
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


def messages_to_xhtml(messages: Messages, href: Href) -> str:
    """Turn an exchange into one paragraph a message."""
    turns = (
        element(
            "p",
            element("span", inlines_to_xhtml(turn.speaker, href) + ":", class_="speaker")
            + " "
            + inlines_to_xhtml(turn.children, href),
            class_="message",
        )
        for turn in messages.turns
    )
    return element("div", "\n".join(turns), class_="messages")


def _paragraph_content(children: Inlines, href: Href, *, opening: bool) -> str:
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


# ---------------------------------------------------------------- divisions


def heading_id(division: Chapter | Section | Part) -> str:
    """The id of a division's heading, for `aria-labelledby` and running heads."""
    return f"{division.id}-heading"


def heading_text(division: Division) -> str:
    """Give a division's heading on one line, as contents and navigation list it: `Chapter 20: The Trip`."""
    match division:
        case Chapter(heading=Heading(label, title)):
            return ": ".join(filter(None, (flat_text(label).rstrip(".:"), flat_text(title))))
        case Section(heading=heading):
            return flat_text(heading)
        case Part(title=title):
            return flat_text(title)
        case _:
            assert_never(division)


def division_to_xhtml(division: Division, href: Href) -> str:
    """Turn a division into a `<section>` with its heading as the one `<h1>`; a part gives its title alone, its chapters stand after it."""
    match division:
        case Chapter():
            return chapter_to_xhtml(division, href)
        case Section():
            return section_to_xhtml(division, href)
        case Part(id, title):
            h1 = element("h1", inlines_to_xhtml(title, href), id=heading_id(division))
            return element(
                "section",
                h1,
                id=id,
                class_="part",
                epub_type="part",
                role="doc-part",
                aria_labelledby=heading_id(division),
            )
        case _:
            assert_never(division)


def chapter_to_xhtml(chapter: Chapter, href: Href) -> str:
    """Turn a chapter into a section: heading, then blocks."""
    epub_type, role = _CHAPTER_SEMANTICS[chapter.kind]
    label, title = (
        chapter.heading.label,
        chapter.heading.title or chapter.heading.label,
    )  # a label alone is the title
    parts = [("label", label)] if chapter.heading.title and label else []
    spans = (
        element("span", inlines_to_xhtml(part, href), class_=name)
        for name, part in (*parts, ("title", title))
        if part
    )
    heading = "<br/>\n".join(spans)
    h1 = element("h1", heading, id=heading_id(chapter)) if heading else ""
    body = blocks_to_xhtml(chapter.blocks, href, opening=True)
    return element(
        "section", f"\n{h1}\n{body}\n",
        id=chapter.id, class_=f"chapter {chapter.kind.value}".replace("chapter chapter", "chapter"),
        epub_type=epub_type, role=role, aria_labelledby=heading_id(chapter) if h1 else "",
    )  # fmt: skip


def section_to_xhtml(section: Section, href: Href) -> str:
    """Turn a section of front or back matter into a section; of the contents only the heading, whose entries the writers know."""
    epub_type, role = _SECTION_SEMANTICS[section.kind]
    h1 = (
        element("h1", inlines_to_xhtml(section.heading, href), id=heading_id(section))
        if section.heading
        else ""
    )
    content = [_content_to_xhtml(item, section.kind, href) for item in _grouped(section)]
    labelled = heading_id(section) if h1 else ""
    return element(
        "section", "\n".join(filter(None, ("", h1, *content, ""))) or "\n",
        id=section.id, class_=f"matter {section.kind.name.lower().replace('_', '-')}",
        epub_type=epub_type, role=role, aria_labelledby=labelled,
    )  # fmt: skip


def _grouped(section: Section) -> list[tuple[Block, ...] | TitleLine | GatheredNote]:
    """Put neighbouring blocks together, for they know which of them follows which."""
    groups: list[tuple[Block, ...] | TitleLine | GatheredNote] = []
    for item in section.content:
        if isinstance(item, TitleLine | GatheredNote):
            groups.append(item)
        elif groups and isinstance(groups[-1], tuple):
            groups[-1] = (*groups[-1], item)
        else:
            groups.append((item,))
    return groups


def _content_to_xhtml(
    item: tuple[Block, ...] | TitleLine | GatheredNote, kind: SectionKind, href: Href
) -> str:
    match item:
        case TitleLine(role, text):
            is_heading = role is TitleLineRole.TITLE and kind is SectionKind.TITLE_PAGE
            return element("h1" if is_heading else "p", text_to_xhtml(text), class_=f"title-{role.value}")
        case GatheredNote(chapter_id, heading, notes):
            link = element("a", inlines_to_xhtml(heading, href), href=href(chapter_id))
            inner = element("h2", link) + "\n" + blocks_to_xhtml(notes, href)
            return element("section", inner, id=item.id, class_="gathered-notes")
        case blocks:
            return blocks_to_xhtml(blocks, href)
