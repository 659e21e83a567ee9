"""Characters and inlines → XHTML, and the making of elements."""

import re
from collections.abc import Callable
from typing import assert_never
from xml.sax.saxutils import escape, quoteattr

from bookbuild.tree import Emphasis, FootnoteCall, Foreign, Inline, Inlines, Link, PageBreak, Strong, Text

Href = Callable[[str], str]
"""Gives the address of an id: `#chapter-1` in one long page, `chapter-1.xhtml` in an EPUB; and of a picture by its path in the book's folder."""

_XML_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def element(name: str, content: str, **attributes: str) -> str:
    """Make an element; `content` is markup. Attributes that are empty are left out; `class_`, `epub_type` and the like map to their XML names."""
    return f"<{name}{_attributes(attributes)}>{content}</{name}>"


def _attributes(attributes: dict[str, str]) -> str:
    names = {"class_": "class", "epub_type": "epub:type", "xml_lang": "xml:lang"}
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
        case FootnoteCall(children, target):
            return call_to_xhtml(inlines_to_xhtml(children, href), target, href, pops_up=inline.pops_up)
        case PageBreak():
            return page_break_to_xhtml(inline)
        case Foreign(children, language):
            return element("span", inlines_to_xhtml(children, href), lang=language, xml_lang=language)
        case _:
            assert_never(inline)


def call_to_xhtml(label: str, target: str, href: Href, *, pops_up: bool = True) -> str:
    """Turn a footnote's call into a link that devices open as a pop-up (EPUB 3.3, `noteref`); the footnote leads back to it."""
    address = href(target)
    if not address:
        return label
    return element(
        "a", label,
        href=address, id=f"{target}-call", class_="footnote-call",
        epub_type="noteref" if pops_up else "", role="doc-noteref",
    )  # fmt: skip


def page_break_to_xhtml(mark: PageBreak) -> str:
    """Turn the mark of a printed page into an empty element that readers find and nobody sees (DPUB-ARIA 1.1, doc-pagebreak)."""
    return element(
        "span", "", id=page_break_id(mark), epub_type="pagebreak", role="doc-pagebreak", aria_label=mark.label
    )


def page_break_id(mark: PageBreak) -> str:
    """Give the id of a page's mark; an underscore, which the id of no division has, keeps it apart."""
    return f"page_{mark.label}"


def page_breaks_parted(children: Inlines) -> tuple[str, Inlines]:
    """Part the page marks, as markup, from the rest of a heading: in it they would be read out as a part of its name."""
    marks = [child for child in children if isinstance(child, PageBreak)]
    rest = tuple(child for child in children if not isinstance(child, PageBreak))
    return "".join(map(page_break_to_xhtml, marks)), rest
