"""Divisions → XHTML: chapters, parts, sections, each with its heading."""

from collections.abc import Iterator
from typing import assert_never

from bookbuild.tree import (
    Block,
    Chapter,
    ChapterKind,
    Division,
    Footnote,
    GatheredNote,
    Heading,
    NoteLink,
    Part,
    Section,
    SectionContent,
    SectionKind,
    TitleLine,
    TitleLineRole,
    flat_text,
)
from bookbuild.writers.xhtml.blocks import blocks_to_xhtml
from bookbuild.writers.xhtml.inlines import (
    Href,
    element,
    inlines_to_xhtml,
    page_breaks_parted,
    text_to_xhtml,
)

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
    SectionKind.GLOSSARY: ("glossary", "doc-glossary"),
    SectionKind.CAST: ("", ""),
    SectionKind.PREVIOUSLY: ("preamble", ""),
    # Kobo's store has refused books for `endnotes` (kobolabs/epub-spec#55, 2020, still open), which EPUBCheck does not know before
    # 4.2 (w3c/epubcheck#714); `footnotes` is in every version of the vocabulary, and the role says what they are
    SectionKind.NOTES: ("footnotes", "doc-endnotes"),
}
_CHAPTER_SEMANTICS: dict[ChapterKind, tuple[str, str]] = {
    ChapterKind.PROLOGUE: ("prologue", "doc-prologue"),
    ChapterKind.CHAPTER: ("chapter", "doc-chapter"),
    ChapterKind.INTERLUDE: ("chapter", "doc-chapter"),
    ChapterKind.EPILOGUE: ("epilogue", "doc-epilogue"),
}


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


def inner_ids(division: Division) -> Iterator[str]:
    """Give the ids in a division that links lead to, besides its own and its heading's."""
    for item in _items(division):
        match item:
            case GatheredNote():
                yield item.id
            case NoteLink(chapter_id=chapter_id):
                yield f"{chapter_id}-notes-link"
            case Footnote(id=id_):
                yield from (id_, item.call_id) if item.is_called else (id_,)


def _items(division: Division) -> tuple[SectionContent, ...]:
    match division:
        case Chapter(blocks=blocks):
            return blocks
        case Section(content=content):
            return content
        case Part():
            return ()
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
            marks, title = page_breaks_parted(title)
            h1 = element("h1", inlines_to_xhtml(title, href), id=heading_id(division))
            return element(
                "section",
                marks + h1,
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
    before_label, label = page_breaks_parted(chapter.heading.label)
    before_title, title = page_breaks_parted(chapter.heading.title)
    parts = [("label", label)] if title and label else []
    title = title or label  # a label alone is the title
    spans = (
        element("span", inlines_to_xhtml(part, href), class_=name)
        for name, part in (*parts, ("title", title))
        if part
    )
    heading = "<br/>\n".join(spans)
    h1 = element("h1", heading, id=heading_id(chapter)) if heading else ""
    body = blocks_to_xhtml(chapter.blocks, href, opening=True)
    return element(
        "section", f"\n{before_label}{before_title}{h1}\n{body}\n",
        id=chapter.id, class_=f"chapter {chapter.kind.value}".replace("chapter chapter", "chapter"),
        epub_type=epub_type, role=role, aria_labelledby=heading_id(chapter) if h1 else "",
    )  # fmt: skip


def section_to_xhtml(section: Section, href: Href) -> str:
    """Turn a section of front or back matter into a section; of the contents only the heading, whose entries the writers know."""
    epub_type, role = _SECTION_SEMANTICS[section.kind]
    marks, heading = page_breaks_parted(section.heading)
    h1 = element("h1", inlines_to_xhtml(heading, href), id=heading_id(section)) if heading else ""
    content = [_content_to_xhtml(item, section.kind, href) for item in _grouped(section)]
    labelled = heading_id(section) if h1 else ""
    return element(
        "section", "\n".join(filter(None, ("", marks + h1, *content, ""))) or "\n",
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
            if not item.pops_up:
                return element("section", inner, id=item.id, class_="gathered-notes")
            # a section may not have the role, and an aside of the type is shown by Apple Books in its box alone
            return element(
                "div", inner, id=item.id, class_="gathered-notes", epub_type="footnote", role="doc-footnote"
            )
        case blocks:
            return blocks_to_xhtml(blocks, href)
