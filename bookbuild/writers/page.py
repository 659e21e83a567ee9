"""Chapters → one HTML page, by the markup of `xhtml`, with nothing from outside."""

from collections.abc import Sequence
from xml.sax.saxutils import quoteattr

from bookbuild.tree import Chapter, Part
from bookbuild.writers.plain_text import typed_headings
from bookbuild.writers.xhtml.blocks import blocks_to_xhtml
from bookbuild.writers.xhtml.divisions import heading_text
from bookbuild.writers.xhtml.inlines import element, inlines_to_xhtml, text_to_xhtml


def divisions_to_html(divisions: Sequence[Part | Chapter], language: str) -> str:
    """Write chapters as a page that says its language and is called after its first heading."""
    title = text_to_xhtml(heading_text(divisions[0])) if divisions else ""
    body = "\n".join(map(_section, divisions))
    return (
        f'<!DOCTYPE html>\n<html lang={quoteattr(language)}>\n<head>\n<meta charset="utf-8"/>\n'
        f"<title>{title}</title>\n</head>\n<body>\n{body}\n</body>\n</html>\n"
    )


def _section(division: Part | Chapter) -> str:
    parts = [inlines_to_xhtml(part, _href) for part in typed_headings(division)]
    heading = element("h1", "<br/>\n".join(parts)) if parts else ""
    if isinstance(division, Part):
        return element("section", f"\n{heading}\n", class_="part")
    return element("section", f"\n{heading}\n{blocks_to_xhtml(division.blocks, _href)}\n", class_="chapter")


def _href(id_: str) -> str:
    return id_ if "." in id_ else f"#{id_}"  # a picture is called by its path
