"""Chapters → one HTML page, by the markup of `xhtml`, with nothing from outside."""

from collections.abc import Iterable
from xml.sax.saxutils import quoteattr

from bookbuild.tree import Chapter, Heading
from bookbuild.writers.xhtml import (
    blocks_to_xhtml,
    element,
    heading_text,
    inlines_to_xhtml,
    text_to_xhtml,
)


def chapters_to_html(chapters: Iterable[Chapter], language: str) -> str:
    """Write chapters as a page that says its language and is called after its first heading."""
    listed = list(chapters)
    title = text_to_xhtml(heading_text(listed[0])) if listed else ""
    body = "\n".join(element("section", f"\n{_chapter(chapter)}\n", class_="chapter") for chapter in listed)
    return (
        f'<!DOCTYPE html>\n<html lang={quoteattr(language)}>\n<head>\n<meta charset="utf-8"/>\n'
        f"<title>{title}</title>\n</head>\n<body>\n{body}\n</body>\n</html>\n"
    )


def _chapter(chapter: Chapter) -> str:
    blocks = blocks_to_xhtml(chapter.blocks, lambda id_: f"#{id_}")
    return f"{_heading(chapter.heading)}\n{blocks}" if chapter.heading.span else blocks


def _heading(heading: Heading) -> str:
    parts = (inlines_to_xhtml(part, lambda id_: f"#{id_}") for part in (heading.label, heading.title) if part)
    return element("h1", "<br/>\n".join(parts))
