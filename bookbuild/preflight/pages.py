"""The pages of an EPUB: headings, titles, ids, links, and what is hidden in them."""

import re
from collections.abc import Iterator

from lxml import etree

from bookbuild.preflight.hiding import is_hidden
from bookbuild.preflight.markup import XHTML, Element, elements, text_of
from bookbuild.preflight.objection import (
    ALL,
    APPLE,
    GOOGLE,
    KINDLE,
    KOBO,
    SCREEN_READERS,
    SEND_TO_KINDLE,
    Concern,
    objection,
)
from bookbuild.preflight.opened import Opened
from bookbuild.preflight.package import target

_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_DECLARED = re.compile(rb"<\?xml[^>]*encoding\s*=\s*[\"'](utf-8|utf-16)[\"']", re.IGNORECASE)
_HIDDEN_LIMIT = 10_000  # characters
_PREDEFINED = {"amp", "lt", "gt", "quot", "apos"}


@objection(
    ALL, SCREEN_READERS, remedy="give the heading its words, or take it out",
    source="ebooklib#308, pressbooks#4438 and WebToEpub, pull request 2293, read November 2026; WCAG 2.2, criterion 2.4.6, October 2023",
)  # fmt: skip
def empty_heading(epub: Opened) -> Iterator[Concern]:
    """A heading without words is an entry without a name in what stores and screen readers make of headings."""
    for page in epub.pages:
        for heading in elements(page.top, *_HEADINGS):
            if not text_of(heading) and not any(one.get("alt") for one in elements(heading, "img")):
                yield Concern("a heading without words", page.path, heading.sourceline or 0)


@objection(
    SCREEN_READERS, APPLE, remedy="begin with <h1>, and go down one level at a time",
    source="WCAG 2.2, criterion 1.3.1, October 2023; Ace by DAISY 1.4 (heading-order)",
)  # fmt: skip
def heading_level_skipped(epub: Opened) -> Iterator[Concern]:
    """Headings go down one level at a time: those who read by ear go from heading to heading."""
    for page in epub.pages:
        before = 0
        for heading in elements(page.top, *_HEADINGS):
            level = int(str(heading.tag)[-1])
            if before and level > before + 1:
                yield Concern(f"<h{level}> follows <h{before}>", page.path, heading.sourceline or 0)
            before = level


@objection(
    ALL, SCREEN_READERS, remedy="give the page's <title> its words",
    source="EPUBCheck RSC-005 and RSC-017; WCAG 2.2, criterion 2.4.2 (level A), October 2023",
)  # fmt: skip
def empty_title(epub: Opened) -> Iterator[Concern]:
    """Each page has a title, by which readers and screen readers call it."""
    for page in epub.pages:
        title = page.top.find(f"{XHTML}head/{XHTML}title")
        if title is None or not text_of(title):
            line = page.top.sourceline if title is None else title.sourceline
            yield Concern("the page has no title, or an empty one", page.path, line or 0)


@objection(
    APPLE, GOOGLE, remedy="give each its own id",
    source="bookaddict.me on Atticus and Vellum, read November 2026 (Kindle lets it pass, Apple and Google do not); EPUBCheck RSC-005",
)  # fmt: skip
def id_twice(epub: Opened) -> Iterator[Concern]:
    """An id stands once in the whole book: Apple Books and Google Play refuse it twice in a page, and their links go astray where two pages share one."""
    seen: dict[str, str] = {}
    for page in epub.pages:
        for element in page.top.xpath("//*[@id]"):
            id_ = str(element.get("id"))
            if id_ in seen:
                where = "on the same page" if seen[id_] == page.path else f"in {seen[id_]}"
                yield Concern(f"the id {id_!r} stands {where} too", page.path, element.sourceline or 0)
            seen.setdefault(id_, page.path)


@objection(
    ALL, refuses=True, remedy="let it lead to a page of the book, or take it out",
    source="EPUB 3.3 (EPUBCheck RSC-007 and RSC-012), May 2023",
    in_files_of=(KOBO, KINDLE),
)  # fmt: skip
def link_leads_nowhere(epub: Opened) -> Iterator[Concern]:
    """A link, a picture or a style sheet that a page names must be in the book."""
    ids = {page.path: {str(one) for one in page.top.xpath("//@id")} for page in epub.pages}
    for page in epub.pages:
        if page.is_nav:
            continue  # the contents have an objection of their own
        for element, address in _addresses(page.top):
            path, id_ = target(page.path, address)
            if path and not epub.archive.has(path):
                yield Concern(f"{address!r} is not in the book", page.path, element.sourceline or 0)
            elif id_ and path in ids and id_ not in ids[path]:
                yield Concern(f"{address!r}: {path} has no such id", page.path, element.sourceline or 0)


def _addresses(top: Element) -> Iterator[tuple[Element, str]]:
    for element in top.xpath("//*[@href or @src]"):
        yield element, str(element.get("href") or element.get("src") or "")


@objection(
    KINDLE, SEND_TO_KINDLE, remedy='begin the file with <?xml version="1.0" encoding="utf-8"?>',
    source="kindle-epub-fix, README, and progit2#1834, read November 2026",
)  # fmt: skip
def encoding_unsaid(epub: Opened) -> Iterator[Concern]:
    """Kindle reads a page that does not say UTF-8 as Latin-1: “don’t” becomes “donâ€™t”."""
    for page in epub.pages:
        if not _DECLARED.match(page.data.removeprefix(b"\xef\xbb\xbf")[:200]):
            yield Concern('the first line does not say encoding="utf-8"', page.path, 1)


@objection(
    APPLE, remedy="write the character itself, or its number: &#160;",
    source="calibre-web#1931, read November 2026; XML 1.0, section 4.1",
)  # fmt: skip
def named_character(epub: Opened) -> Iterator[Concern]:
    """HTML's names of characters are unknown to XML: Apple Books stops at &nbsp; and shows no more of the page."""
    for page in epub.pages:
        for entity in page.top.iter(etree.Entity):
            if entity.name not in _PREDEFINED and not entity.name.startswith("#"):
                yield Concern(f"&{entity.name};", page.path, entity.sourceline or 0)


@objection(
    KINDLE, remedy="put it into one style sheet that all pages link to",
    source="quarto-cli#11948, read November 2026 (Kindle Previewer does not import such a book)",
)  # fmt: skip
def style_in_page(epub: Opened) -> Iterator[Concern]:
    """Kindle fails at books whose pages each bring a <style> of their own."""
    for page in epub.pages:
        for style in elements(page.top, "style"):
            yield Concern("the page has a <style> of its own", page.path, style.sourceline or 0)


@objection(
    KINDLE, remedy="leave it out of the book, or show it",
    source="pressbooks-book, pull request 613, October 2019; safaribooks#88, April 2019 (KindleGen's E3013)",
)  # fmt: skip
def long_hidden_text(epub: Opened) -> Iterator[Concern]:
    """Kindle rejects a book in which more than 10,000 characters in one piece are hidden by display: none."""
    hidden = epub.hidden
    for page in epub.pages:
        yield from (
            Concern(f"{length:,} characters are hidden", page.path, element.sourceline or 0)
            for element, length in _long_elements(page.top)
            if is_hidden(element, hidden)
        )


def _long_elements(element: Element) -> Iterator[tuple[Element, int]]:
    """Give the elements that are longer than may be hidden."""
    length = int(element.xpath("string-length()")) if isinstance(element.tag, str) else 0
    if length > _HIDDEN_LIMIT:
        yield element, length
        for child in element:
            yield from _long_elements(child)
