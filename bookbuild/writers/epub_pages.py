"""The XHTML and NCX files of an EPUB, from the templates in templates/epub/."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from bookbuild.writers.epub_navigation import Entry, Landmark, Page
from bookbuild.writers.xhtml.inlines import xml_characters

# what XML 1.0 cannot hold, section 2.2


@dataclass(frozen=True, slots=True)
class Look:
    """What all pages share."""

    language: str
    direction: str  # ltr or rtl
    sheets: tuple[str, ...]  # names of the style sheets


@dataclass(frozen=True, slots=True)
class NavPlace:
    """How the navigation document stands in the book: as the section that shows the contents, where there is one."""

    heading: str
    matter: str = "frontmatter"
    id: str = "toc"
    rest: str = ""  # markup that stands under the contents
    page_break: str = ""  # markup of the mark of a printed page that begins with the contents


def _finalize(value: Any) -> Any:
    """Clean what a template prints; markup comes clean from xhtml/, and must stay Markup."""
    return value if not isinstance(value, str) or isinstance(value, Markup) else xml_characters(value)


_TEMPLATES = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates" / "epub"),
    autoescape=True,
    undefined=StrictUndefined,
    finalize=_finalize,
    trim_blocks=True,
    lstrip_blocks=True,
)


def _render(template: str, **values: object) -> bytes:
    return _TEMPLATES.get_template(template).render(values).encode()


def division_page(look: Look, title: str, matter: str, markup: str) -> bytes:
    """Make the page of a division; `markup` is what xhtml/ made of it, `matter` the epub:type of the body."""
    return _render("division.xhtml", look=look, title=title, matter=matter, markup=Markup(markup))  # noqa: S704 (xhtml/ escapes)


def cover_page(look: Look, image: str, alt: str) -> bytes:
    """Make the page that shows the cover: its own file with an `img` (Kobo's demand)."""
    return _render("cover.xhtml", look=look, title=alt, image=image, alt=alt)


def nav_page(
    look: Look,
    place: NavPlace,
    entries: Sequence[Entry],
    landmarks: Sequence[Landmark],
    pages: Sequence[Page],
) -> bytes:
    """Make the navigation document (EPUB 3.3, section 7)."""
    return _render(
        "nav.xhtml",
        look=look,
        title=place.heading,
        place=replace(place, rest=Markup(place.rest), page_break=Markup(place.page_break)),  # noqa: S704 (xhtml/ escapes)
        entries=entries,
        landmarks=landmarks,
        pages=pages,
    )


def ncx(  # noqa: PLR0913, PLR0917 (each is a part of the file)
    look: Look,
    identifier: str,
    title: str,
    authors: Sequence[str],
    entries: Sequence[Entry],
    pages: Sequence[Page],
) -> bytes:
    """Make the EPUB 2 navigation, which Kindle and older readers still use (OPF 2.0.1, section 2.4.1)."""
    depth = max((2 if entry.children else 1 for entry in entries), default=1)
    return _render(
        "toc.ncx",
        look=look,
        identifier=identifier,
        title=title,
        authors=authors,
        entries=entries,
        depth=depth,
        pages=pages,
        numbers=[int(page.folio) for page in pages if page.folio.isdecimal()],
    )
