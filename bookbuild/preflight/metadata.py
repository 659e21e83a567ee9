"""What an EPUB says of itself: title, language, identifier, and how it can be read."""

import re
from collections.abc import Iterator

from bookbuild.preflight.markup import XML, text_of
from bookbuild.preflight.objection import (
    ALL,
    APPLE,
    GOOGLE,
    KINDLE,
    KOBO,
    SCREEN_READERS,
    SEND_TO_KINDLE,
    THORIUM,
    Concern,
    objection,
)
from bookbuild.preflight.opened import Opened

_TAG = re.compile(
    r"[a-z]{2,3}(?:-[a-z]{3}){0,3}(?:-[a-z]{4})?(?:-(?:[a-z]{2}|\d{3}))?"
    r"(?:-(?:[a-z0-9]{5,8}|\d[a-z0-9]{3}))*(?:-[a-wy-z0-9](?:-[a-z0-9]{2,8})+)*(?:-x(?:-[a-z0-9]{1,8})+)?"
    r"|x(?:-[a-z0-9]{1,8})+|i-[a-z]+",
    re.IGNORECASE,
)
"""A language tag by its form (BCP 47, RFC 5646, section 2.1); no language has been given more than three letters."""
_NO_LANGUAGE = {"und", "zxx", "mul", "mis", "c", "unknown"}
_OF_ACCESS = ("accessMode", "accessibilityFeature", "accessibilityHazard")


@objection(
    SEND_TO_KINDLE, KINDLE, refuses=True, remedy="write title and subtitle into one title",
    source="grimmory#2323, with a reproducer, August 2026; pandoc#1125, 2014",
)  # fmt: skip
def two_titles(epub: Opened) -> Iterator[Concern]:
    """Send to Kindle answers a book that has two titles with E999 and no reason; a subtitle of its own is a second title."""
    for title in epub.package.dc("title")[1:]:
        told = f"a second title: {text_of(title)!r}"
        yield Concern(told, epub.package.path, title.sourceline or 0, "title")


@objection(
    ALL, THORIUM, refuses=True, remedy="give it a text, or leave it out",
    source="EPUB 3.3 (EPUBCheck RSC-005), May 2023; thorium-reader#2081, read November 2026",
)  # fmt: skip
def empty_metadata(epub: Opened) -> Iterator[Concern]:
    """A book needs a title, a language and an identifier, and nothing that it says of itself may be empty: Thorium crashes at an empty title."""
    for name in ("title", "language", "identifier"):
        if not epub.package.dc(name):
            yield Concern(f"the book has no dc:{name}", epub.package.path, key=name)
    for element in epub.package.top.iter("{http://purl.org/dc/elements/1.1/}*"):
        if not text_of(element):
            name = str(element.tag).rpartition("}")[2]
            yield Concern(f"dc:{name} is empty", epub.package.path, element.sourceline or 0, name)
    if epub.package.dc("identifier") and not epub.package.identifier:
        yield Concern("unique-identifier leads to no dc:identifier", epub.package.path, key="identifier")


@objection(
    KINDLE, SEND_TO_KINDLE, ALL, refuses=True, remedy="write en, en-GB, de, fr … (BCP 47)",
    source="crocodilestick/Calibre-Web-Automated#382, May 2025; EPUB 3.3, May 2023",
    in_files_of=(KOBO, KINDLE),
)  # fmt: skip
def language(epub: Opened) -> Iterator[Concern]:
    """Kindle refuses a book without a language, or with one that is none; dictionaries, hyphens and voices follow it."""
    for element in epub.package.dc("language"):
        tag = text_of(element)
        if tag and (not _TAG.fullmatch(tag) or tag.lower() in _NO_LANGUAGE):
            yield Concern(f"{tag!r} is no language", epub.package.path, element.sourceline or 0, "language")
    for page in epub.pages:
        for attribute in (f"{XML}lang", "lang"):
            tag = page.top.get(attribute)
            if tag is not None and not _TAG.fullmatch(tag):
                yield Concern(f"{tag!r} is no language", page.path, page.top.sourceline or 0, "language")


@objection(
    SCREEN_READERS, APPLE, GOOGLE, remedy="say the language in lang and xml:lang of <html>",
    source="WCAG 2.2, success criterion 3.1.1 (level A), October 2023",
)  # fmt: skip
def page_without_language(epub: Opened) -> Iterator[Concern]:
    """A page says its language itself: a screen reader takes its voice from there."""
    for page in epub.pages:
        if page.top.get(f"{XML}lang") is None and page.top.get("lang") is None:
            yield Concern(
                "the page does not say its language", page.path, page.top.sourceline or 0, "language"
            )


@objection(
    KOBO, APPLE, GOOGLE, SCREEN_READERS,
    remedy="say it as EPUB Accessibility 1.1 does; bookbuild works it out from the book",
    source="EPUB Accessibility 1.1, May 2023; Directive (EU) 2019/882, in force since June 2025",
)  # fmt: skip
def unsaid_accessibility(epub: Opened) -> Iterator[Concern]:
    """Stores show how a book can be read, and in the European Union they must: by eye, by ear, with which helps, with what hazards."""
    if epub.package.is_epub2:
        return
    said = {str(meta.get("property")).removeprefix("schema:") for meta in epub.package.top.iter("{*}meta")}
    if unsaid := [name for name in _OF_ACCESS if name not in said]:
        yield Concern(f"it does not say schema:{', schema:'.join(unsaid)}", epub.package.path)


@objection(
    APPLE, KOBO, remedy="embed no font, or say ibooks:specified-fonts",
    source="Apple Books Asset Guide 5.3, “Fonts”, September 2023",
)  # fmt: skip
def unsaid_fonts(epub: Opened) -> Iterator[Concern]:
    """Apple Books uses the fonts of a book only where its package says so."""
    embedded = any(
        "@font-face" in declaration.selectors for sheet in epub.sheets for declaration in sheet.declarations
    )
    said = epub.package.metas("property", "ibooks:specified-fonts")
    if embedded and not said and not epub.archive.has("META-INF/com.apple.ibooks.display-options.xml"):
        yield Concern("it embeds fonts, and does not say ibooks:specified-fonts", epub.package.path)
