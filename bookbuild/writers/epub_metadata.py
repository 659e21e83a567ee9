"""The metadata of an EPUB's package document, from build.yaml (EPUB 3.3, section 5.5, and EPUB Accessibility 1.1)."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from bookbuild import __version__
from bookbuild.config.keys import Settings
from bookbuild.config.values import Contributor, Person
from bookbuild.tree import Book, TitleLine, TitleLineRole
from bookbuild.writers.epub_claims import Claims
from bookbuild.writers.xhtml.inlines import xml_characters

IDENTIFIER_ID = "book-id"
_CONFORMANCE = "EPUB Accessibility 1.1 - WCAG 2.2 Level AA"


@dataclass(frozen=True, slots=True)
class Meta:
    """One element of the metadata: `title` is <dc:title>, `meta` is <meta>."""

    name: str
    text: str
    attributes: dict[str, str] = field(default_factory=dict)


def one_line(text: str) -> str:
    """Put text on one line, with only the characters that XML can hold."""
    return " ".join(xml_characters(text).split())


def full_title(settings: Settings) -> str:
    """Give title and subtitle as one.

    Kindle's mail gateway refuses a book that has two <dc:title> (grimmory#2323, with a reproducer; pandoc#1125).
    """
    return ": ".join(filter(None, map(one_line, (settings.title, settings.subtitle)))) or "…"


def metadata(book: Book, settings: Settings, claimed: Claims, *, printed: str = "") -> list[Meta]:
    """Make all metadata but dcterms:modified; what is empty is left out, for an empty element is an error.

    `printed` names the print edition whose pages are marked in the book; empty where none are.
    """
    made = [
        *_identifiers(settings),
        Meta("title", full_title(settings), {"id": "title"}),
        Meta("language", settings.language),
        *_people(settings),
        Meta("publisher", settings.publisher),
        Meta("date", settings.date or ""),
        Meta("description", settings.description),
        *(Meta("subject", subject) for subject in settings.subjects),
        Meta("rights", settings.rights or _copyright_line(book)),
        Meta("meta", settings.edition, {"property": "schema:bookEdition"}),
        *_series(settings),
        *_pagination(printed),
        *_accessibility(settings, claimed, has_pages=bool(printed)),
        Meta("meta", "", {"name": "generator", "content": f"bookbuild {__version__}"}),
    ]
    return [meta for meta in made if one_line(meta.text) or "content" in meta.attributes]


def _identifiers(settings: Settings) -> Iterator[Meta]:
    yield Meta("identifier", settings.unique_identifier, {"id": IDENTIFIER_ID})
    if settings.isbn:
        kind = "15" if len(settings.isbn) == 13 else "02"  # ONIX code list 5: ISBN-13, ISBN-10
        refinement = {"refines": f"#{IDENTIFIER_ID}", "property": "identifier-type"}
        yield Meta("meta", kind, refinement | {"scheme": "onix:codelist5"})
        yield Meta("identifier", settings.identifier)


def _people(settings: Settings) -> Iterator[Meta]:
    for number, author in enumerate(settings.authors, 1):
        yield from _person("creator", f"creator-{number}", author, "aut")
    for number, contributor in enumerate(settings.contributors, 1):
        yield from _person("contributor", f"contributor-{number}", contributor, contributor.relator)


def _person(name: str, id_: str, person: Person | Contributor, relator: str) -> Iterator[Meta]:
    if one_line(person.name):
        yield Meta(name, person.name, {"id": id_})
        yield Meta("meta", relator, {"refines": f"#{id_}", "property": "role", "scheme": "marc:relators"})
        yield Meta("meta", person.sort_name, {"refines": f"#{id_}", "property": "file-as"})


def _copyright_line(book: Book) -> str:
    """Give the rights as the copyright page has them."""
    lines = (item for section in book.frontmatter + book.backmatter for item in section.content)
    rights = (
        line.text for line in lines if isinstance(line, TitleLine) and line.role is TitleLineRole.RIGHTS
    )
    return next(rights, "")


def _series(settings: Settings) -> Iterator[Meta]:
    """Name the series twice: as EPUB 3 does (section 5.5.4), and as calibre does, which most shelves understand."""
    if not settings.series or not one_line(settings.series.name):
        return
    name, position = settings.series.name, settings.series.position
    yield Meta("meta", name, {"property": "belongs-to-collection", "id": "series"})
    yield Meta("meta", "series", {"refines": "#series", "property": "collection-type"})
    yield Meta("meta", "", {"name": "calibre:series", "content": one_line(name)})
    if position:
        yield Meta("meta", position, {"refines": "#series", "property": "group-position"})
        yield Meta("meta", "", {"name": "calibre:series_index", "content": position})


def _pagination(printed: str) -> Iterator[Meta]:
    """Name the edition that the page numbers are of.

    EPUB Accessibility 1.1 (section 3.3) says it by `pageBreakSource`, which EPUBCheck 4.2.6, Kobo's gate, does not know;
    `source-of` says the same to both.
    """
    if printed:
        yield Meta("source", printed, {"id": "print"})
        yield Meta("meta", "pagination", {"refines": "#print", "property": "source-of"})


def _accessibility(settings: Settings, claimed: Claims, *, has_pages: bool) -> Iterator[Meta]:
    """Say how the book can be read (EPUB Accessibility 1.1, section 2.2): text alone, and all of it.

    A cover is no `visual` access mode (W3C's EPUB Accessibility Metadata Guide 1.0, "Access modes"). What does not hold of
    this book is not claimed.
    """
    features = ["tableOfContents", "readingOrder", "ARIA"]
    features += ["alternativeText"] if claimed.described else []
    features += ["displayTransformability"] if claimed.adaptable else []
    features += ["structuralNavigation"] if claimed.headed else []
    features += ["pageBreakMarkers", "pageNavigation"] if has_pages else []
    for name, values in (
        ("accessMode", ["textual", "visual"] if claimed.pictured else ["textual"]),
        ("accessModeSufficient", ["textual"] if claimed.described else ["textual,visual"]),
        ("accessibilityFeature", features),
        ("accessibilityHazard", ["none"]),
    ):
        yield from (Meta("meta", value, {"property": f"schema:{name}"}) for value in values)
    headings = "with headings and" if claimed.headed else "with"
    shown = (
        "its only picture, the cover, is described" if not claimed.pictured
        else "its pictures are described" if claimed.described
        else "some of its pictures are not described"
    )  # fmt: skip
    summary = f"All of the book is text in reading order, {headings} a linked table of contents; {shown}."
    yield Meta("meta", summary, {"property": "schema:accessibilitySummary", "xml:lang": "en"})
    if claimed.conforms:
        certifier = settings.publisher or settings.author_line
        yield Meta("meta", _CONFORMANCE, {"property": "dcterms:conformsTo", "id": "conformance"})
        yield Meta("meta", certifier, {"property": "a11y:certifiedBy", "refines": "#conformance"})
