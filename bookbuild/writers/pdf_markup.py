"""Book → the one HTML document, and the style sheet of its page geometry, that WeasyPrint lays out.

A division stands in a `div` that says which kind of page it is set on, and what its running heads say.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import assert_never

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from markupsafe import Markup

from bookbuild import __version__
from bookbuild.config.keys import Page, Settings
from bookbuild.tree import Book, Chapter, Division, Part, Section, SectionKind, flat_text
from bookbuild.writers.drop_capital import DropCapital
from bookbuild.writers.fonts import Family
from bookbuild.writers.imprint import direction, modified
from bookbuild.writers.page_geometry import PageGeometry
from bookbuild.writers.text_runs import hyphens_kept
from bookbuild.writers.xhtml.divisions import division_to_xhtml, heading_text

_DISPLAY = {
    SectionKind.HALF_TITLE,
    SectionKind.TITLE_PAGE,
    SectionKind.COPYRIGHT,
    SectionKind.DEDICATION,
    SectionKind.EPIGRAPH,
}
"""Sections that show no folio."""
LEAF = '<div class="leaf '
"""How the markup of a division begins; text has no such thing, for its marks are escaped."""
HEAD_LETTER = 0.55
"""Ems of the text's type that a letter of a running head takes: small capitals, letterspaced, with room for wide ones."""


@dataclass(frozen=True, slots=True)
class Leaf:
    """A division on its way to paper."""

    division: Division
    page: str  # the named page of the style sheet it is set on; none for the story's own
    matter: str  # frontmatter, bodymatter, backmatter


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the contents, or of the outline."""

    id: str
    text: str
    kind: str  # what the division is; with `-in-part`, a chapter's in a part
    folio: str  # the counter style of its page number


def leaves(book: Book) -> Iterator[Leaf]:
    """Give the divisions in reading order, each with the kind of page it is set on.

    The first of the body has a page of its own name: where that begins, folios begin anew.
    """
    for section in book.frontmatter:
        yield Leaf(section, "display" if section.kind in _DISPLAY else "front", "frontmatter")
    first = True
    for division in book.body:
        page = "part" if isinstance(division, Part) else ""
        yield Leaf(division, (f"{page}-start" if page else "start") if first else page, "bodymatter")
        first = False
        if isinstance(division, Part):
            yield from (Leaf(chapter, "", "bodymatter") for chapter in division.chapters)
    for section in book.backmatter:
        yield Leaf(section, "display" if section.kind in _DISPLAY else "", "backmatter")


def headings(book: Book) -> list[Entry]:
    """Give the headings of all divisions, for outline and contents; pages that show no folio have none."""
    parts = (part for part in book.body if isinstance(part, Part))
    in_parts = {chapter.id for part in parts for chapter in part.chapters}
    return [
        Entry(
            leaf.division.id,
            " ".join(heading_text(leaf.division).split()),
            f"{_kind(leaf.division)}-in-part" if leaf.division.id in in_parts else _kind(leaf.division),
            "lower-roman" if leaf.matter == "frontmatter" else "decimal",
        )
        for leaf in leaves(book)
        if leaf.page != "display" and heading_text(leaf.division).strip()
    ]


# ---------------------------------------------------------------- running heads


def running_head(division: Division) -> str:
    """Give what the rectos of a division say at their head: the title alone where it has a label as well."""
    if isinstance(division, Chapter):
        return flat_text(division.heading.title or division.heading.label)
    return heading_text(division)


def shortened(text: str, page: Page) -> str:
    """Cut a running head at a word when it is longer than the line."""
    measure = page.trim[0] - page.margins.inside - page.margins.outside
    most = int(measure / page.size / HEAD_LETTER)
    text = " ".join(text.split())
    if len(text) <= most:
        return text
    cut = text[: most - 1]
    return (cut.rpartition(" ")[0].rstrip(" ,;:.–—-") or cut) + "…"


# ---------------------------------------------------------------- templates


def css_string(text: str) -> str:
    """Quote text as CSS does (Syntax 3, section 4.3.5), all but letters and digits as escapes."""
    return '"' + re.sub(r"[^\w ]", lambda match: f"\\{ord(match[0]):x} ", text) + '"'


_TEMPLATES = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates" / "print"),
    autoescape=select_autoescape(["html"]),
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_TEMPLATES.filters["css_string"] = css_string


def book_to_html(
    book: Book, settings: Settings, href: Callable[[str], str], dropped: DropCapital | None = None
) -> str:
    """Turn a book into one HTML document; `href` gives the address of an id, `dropped` the measures of a large first letter."""
    listed = [entry for entry in headings(book) if entry.kind != "contents"]

    def markup(division: Division) -> Markup:
        made = hyphens_kept(_markup(division, listed, href))
        if dropped and isinstance(division, Chapter):
            made = dropped.put_into(made)
        return Markup(made)  # noqa: S704 (xhtml/ escapes)

    sheet = [
        {
            "page": leaf.page,
            "kind": _kind(leaf.division),
            "head": hyphens_kept(shortened(running_head(leaf.division), settings.page)),
            "markup": markup(leaf.division),
        }
        for leaf in leaves(book)
    ]
    return _TEMPLATES.get_template("book.html").render(
        settings=settings,
        direction=direction(settings.language),
        modified=modified(settings).strftime("%Y-%m-%dT%H:%M:%SZ"),
        generator=f"bookbuild {__version__}",
        leaves=sheet,
    )


def _kind(division: Division) -> str:
    """Name what a division is, as a class that styles may break pages by."""
    match division:
        case Section(kind=section):
            return section.name.lower().replace("_", "-")
        case Chapter(kind=chapter):
            return chapter.value
        case Part():
            return "part"
        case _:
            assert_never(division)


def _markup(division: Division, listed: list[Entry], href: Callable[[str], str]) -> str:
    markup = division_to_xhtml(division, href)
    if isinstance(division, Section) and division.kind is SectionKind.CONTENTS:
        entries = _TEMPLATES.get_template("contents.html").render(entries=listed)
        markup = markup.removesuffix("</section>") + entries + "</section>"
    return markup


def _surname(settings: Settings) -> str:
    """Give the first author's surname: where a name is sorted by its last word, that word."""
    return settings.authors[0].sort_name.partition(",")[0]


def geometry_css(geometry: PageGeometry, family: Family, settings: Settings) -> str:
    """Make the style sheet that says all that depends on the page and the fonts."""
    return _TEMPLATES.get_template("geometry.css").render(
        page=geometry,
        family=family,
        title=shortened(settings.title, settings.page),
        author=shortened(_surname(settings), settings.page),
    )
