"""build.yaml as types: every key with its meaning beside it.

The types are the reference: `bookbuild schema` and docs/keys.md are made from them.
"""

import difflib
import re
import uuid
from collections.abc import Mapping
from types import MappingProxyType
from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator, Field

from bookbuild.config.look_keys import LooksKeys, PicturesKeys
from bookbuild.config.print_keys import PrintedBy, PrintKeys, printed_by
from bookbuild.config.values import (
    POINTS,
    TRIMS,
    Author,
    Composition,
    Format,
    Keys,
    Length,
    Notes,
    NotesByFormat,
    OtherPerson,
    Series,
    by_format,
    isbn_digits,
    iso_date,
    language_tag,
    listed,
)
from bookbuild.config.wording import Wording, wording_in
from bookbuild.config.wrap_keys import WrapKeys

# ---------------------------------------------------------------- the page


class Margins(Keys):
    """The white around the text, on a recto; versos mirror it. The gutter comes on top of `inside` in thick books."""

    inside: Length = 0.75 * 72
    """At the spine."""
    outside: Length = 0.625 * 72
    """At the fore-edge."""
    top: Length = 0.85 * 72
    """Above the text; the running head stands in it."""
    bottom: Length = 0.85 * 72
    """Below the text, at least; the folio stands in it."""


class FontFiles(Keys):
    """A family of fonts from files in the book's folder (TrueType or OpenType)."""

    family: str
    """What the family is called."""
    regular: str
    """The file of the upright face, which every book needs."""
    italic: str | None = None
    """The file of the italic, for emphasis."""
    bold: str | None = None
    """The file of the bold."""
    bold_italic: str | None = None
    """The file of the bold italic."""


def _parse_trim(value: object) -> object:
    if isinstance(value, str):
        named = TRIMS.get(value.strip().lower())
        if named:
            return (named[0] * 72, named[1] * 72)
        match = re.fullmatch(r"\s*([\d.]+)\s*(in|mm|cm|pt)?\s*[x×]\s*([\d.]+)\s*(in|mm|cm|pt)\s*", value)
        if match:
            unit = match[4]
            return (float(match[1]) * POINTS[match[2] or unit], float(match[3]) * POINTS[unit])
        raise ValueError(
            f"'{value}' is not a trim size; write 5.5x8.5in, 148x210mm, or one of {', '.join(TRIMS)}"
        )
    return value


Trim = Annotated[
    tuple[Annotated[float, Field(ge=180, le=2000)], Annotated[float, Field(ge=180, le=2000)]],
    BeforeValidator(_parse_trim, json_schema_input_type=str),
    Field(json_schema_extra={"type": "string"}),
]


class Page(Keys):
    """The printed page. A line of the default one has 65 characters, of which books are read best (R. Bringhurst, 1992: 45 to 75)."""

    trim: Trim = (5.5 * 72, 8.5 * 72)
    """The size of the cut page, `width x height`: `5.5x8.5in`, `148x210mm`, or a name such as `digest`, `trade`, `a5`."""
    margins: Margins = Margins()
    font: str | FontFiles = "Source Serif Pro"
    """The face of the text: a family that comes with bookbuild, or `family` with the files of its styles."""
    size: Annotated[Length, Field(ge=4, le=72)] = 10
    """The size of the body type."""
    leading: Annotated[Length, Field(ge=4, le=400)] = 14
    """From one line to the next."""


# ---------------------------------------------------------------- front and back matter

MATTER = {
    "half title": "the title alone, on the first page",
    "title page": "title, subtitle, authors, publisher",
    "copyright": "rights, edition, ISBN, contributors",
    "dedication": "a line or two",
    "epigraph": "a quotation before the story",
    "contents": "the chapters, with their pages in print",
    "foreword": "by somebody else",
    "preface": "by the author, about the book",
    "introduction": "",
    "acknowledgements": "",
    "afterword": "",
    "about the author": "",
    "also by": "other books of the author",
    "glossary": "names and words of the story, a paragraph each",
    "cast": "who is in the story, a paragraph each",
    "previously": "what happened before this book",
}
"""The sections of front and back matter, by the names that build.yaml uses."""
GENERATED = ("half title", "title page", "copyright", "contents")
"""Those that bookbuild can make by itself, from the other keys."""


class Matter(Keys):
    """One section of front or back matter."""

    kind: str
    text: str | None = (
        None  # its text, or the name of a .txt file in the book's folder; None when it is generated
    )


def _parse_matter(value: object) -> object:
    if isinstance(value, str):
        value = {value: None}
    if not isinstance(value, dict) or len(value) != 1:
        raise ValueError("write a section's name, or its name with a text or a file: 'dedication: For Anna'")
    (kind, text), *_ = value.items()
    if kind not in MATTER:
        near = difflib.get_close_matches(str(kind), MATTER, n=1)
        ways = f"did you mean '{near[0]}'?" if near else f"the sections are {', '.join(MATTER)}"
        raise ValueError(f"there is no section '{kind}'; {ways}")
    if text is not None and kind == "contents":
        raise ValueError("'contents' is made from the chapters, and takes no text")
    if text is None and kind not in GENERATED:
        raise ValueError(f"'{kind}' needs its text or a file: '{kind}: {kind.replace(' ', '-')}.txt'")
    if isinstance(text, list):
        text = "\n\n".join(str(item) for item in text)
    return {"kind": kind, "text": text}


def _once_each(listed: list[Matter]) -> list[Matter]:
    kinds = [matter.kind for matter in listed]
    twice = next((kind for kind in kinds if kinds.count(kind) > 1), None)
    if twice:
        raise ValueError(f"'{twice}' is listed twice")
    return listed


MatterItem = Annotated[
    Matter,
    BeforeValidator(
        _parse_matter,
        json_schema_input_type=Literal["half title", "title page", "copyright", "contents"]
        | dict[str, str | list[str] | None],
    ),
]

# ---------------------------------------------------------------- the manuscript


class PartFiles(Keys):
    """A part of the book: its title and its chapters' files, in order."""

    part: str
    """The part's title."""
    chapters: Annotated[list[str], BeforeValidator(listed, json_schema_input_type=str | list[str])]
    """Its chapters' files, in order."""


ManuscriptItem = str | PartFiles

# ---------------------------------------------------------------- rules


class RuleSetting(Keys):
    """Whether a rule works: everywhere, and the exceptions."""

    on: bool | None = None
    """On or off in the whole book; as the rule's default when not given."""
    except_in: Annotated[list[str], BeforeValidator(listed, json_schema_input_type=str | list[str])] = []
    """Files in which it is the other way round."""
    except_at: Annotated[list[str], BeforeValidator(listed, json_schema_input_type=str | list[str])] = []
    """Places where it is the other way round, each by some words that stand there; a bar (`before | after`) shows a gap."""


def _parse_rule_setting(value: object) -> object:
    return {"on": value} if isinstance(value, str | bool) else value


RuleItem = Annotated[
    RuleSetting,
    BeforeValidator(_parse_rule_setting, json_schema_input_type=Literal["on", "off"] | bool | RuleSetting),
]

# ---------------------------------------------------------------- the whole


class Settings(Keys):
    """All that build.yaml says of one edition of the book. Only `title` and `authors` are needed."""

    title: Annotated[str, Field(min_length=1)]
    """The book's title."""
    subtitle: str = ""
    """Stands under the title."""
    authors: Annotated[
        list[Author], BeforeValidator(listed, json_schema_input_type=str | list[Author]), Field(min_length=1)
    ]
    """Who wrote it: a name, a list of names, or of `{name, sort}`."""
    contributors: Annotated[
        list[OtherPerson], BeforeValidator(listed, json_schema_input_type=OtherPerson | list[OtherPerson])
    ] = []
    """Others, each `{name, role, sort}`: editor, translator, illustrator, cover artist, beta reader …"""
    language: Annotated[str, AfterValidator(language_tag)] = "en"
    """The language of the text (BCP 47): `en`, `en-GB`, `de` … Hyphenation, quotation marks, and where lines may end follow it."""
    identifier: str = ""
    """A name for this book that no other has (a URN, a URL). Made from title and authors when neither it nor `isbn` is given."""
    isbn: Annotated[str, AfterValidator(isbn_digits)] | None = None
    """The ISBN of this edition, with or without hyphens."""
    publisher: str = ""
    """The imprint."""
    date: Annotated[str, AfterValidator(iso_date)] | None = None
    """When it was published: `2026`, `2026-05` or `2026-05-31`."""
    edition: str = ""
    """The edition statement: `Second edition`, `Advance reader's copy` …"""
    description: str = ""
    """The blurb, for catalogues and stores."""
    subjects: Annotated[list[str], BeforeValidator(listed, json_schema_input_type=str | list[str])] = []
    """What it is about, for catalogues."""
    rights: str = ""
    """The copyright line; made from date and authors when not given."""
    series: Annotated[
        Series | None,
        BeforeValidator(
            lambda value: {"name": value} if isinstance(value, str) else value,
            json_schema_input_type=str | Series,
        ),
    ] = None
    """The series: its name, or `{name, position}`."""
    cover: str | None = None
    """A JPEG or PNG in the book's folder; without one, a cover is drawn from title and authors."""
    manuscript: Annotated[
        list[ManuscriptItem], BeforeValidator(listed, json_schema_input_type=str | list[ManuscriptItem])
    ] = ["manuscript"]
    """A folder (its files in natural order), or a list of files, with `{part, chapters}` for a book in parts."""
    frontmatter: Annotated[list[MatterItem], AfterValidator(_once_each)] = [
        Matter(kind=kind) for kind in GENERATED
    ]
    """The sections before the story, in order, each generated or with its text or its file."""
    backmatter: Annotated[list[MatterItem], AfterValidator(_once_each)] = []
    """The sections after the story, in order."""
    notes: Annotated[
        NotesByFormat, BeforeValidator(by_format, json_schema_input_type=Notes | NotesByFormat)
    ] = NotesByFormat()
    """Author's notes: `keep`, `omit` or gather at the `end`; for all, or `{epub: …, pdf: …}`."""
    pages_of: str | None = None
    """Of an EPUB: the print edition whose page numbers it has."""
    style: str = "classic"
    """How the book looks: a style that comes with bookbuild."""
    looks: LooksKeys = LooksKeys()
    """How chapters begin and scenes part, laid over the style: `{heads, openings, breaks, ornament}`."""
    css: str | None = None
    """A CSS file in the book's folder, laid over the style."""
    embed_fonts: bool = False
    """Whether the EPUB brings the font of `page` with it, cut down to the book's characters: `on` or `off`."""
    pictures: PicturesKeys = PicturesKeys()
    """What becomes of pictures in the text: `{max-pixels, greyscale, quality}`."""
    page: Page = Page()
    """The printed page: `{trim, margins, font, size, leading}`."""
    composition: Composition = Composition.FINE
    """How the PDF's lines and pages are made: `fine`, all of a chapter together; `plain`, one by one, which is faster."""
    printed: Annotated[
        PrintKeys,
        BeforeValidator(printed_by, json_schema_input_type=PrintedBy | PrintKeys),
        Field(alias="print"),
    ] = PrintKeys()
    """Who prints the PDF: `kdp`, `ingram`, `lulu`, `home`, or `screen`; with more, `{by, paper, ink, bleed}`."""
    wrap: WrapKeys = WrapKeys()
    """The printed cover in one piece: `{picture, front, back, spine, ground, lettering, accent, barcode}`."""
    rules: dict[str, RuleItem] = {}
    """Rules by name: `on`, `off`, or `{on, except-in: [files], except-at: [words that stand there]}`."""
    proof: dict[str, RuleItem] = {}
    """Checks of `bookbuild proof` by name, switched off and on as rules are."""
    words: Annotated[list[str], BeforeValidator(listed, json_schema_input_type=str | list[str])] = []
    """Names and spellings of this book, which are right as they are."""

    foreign: dict[
        Annotated[str, AfterValidator(language_tag)],
        Annotated[list[str], BeforeValidator(listed, json_schema_input_type=str | list[str])],
    ] = {}
    """Words and passages in other languages, by language: screen readers, dictionaries and hyphenation follow it."""

    wording: Wording = Wording()
    """Words that bookbuild adds, such as “Contents” and “Edited by”, as you want them; else they follow `language`."""

    @property
    def said(self) -> Wording:
        """The words that bookbuild adds, in the book's language or as the author says them."""
        return wording_in(self.language, self.wording)

    @property
    def unique_identifier(self) -> str:
        """The identifier that readers file the book under; the same book keeps it from build to build."""
        if self.isbn:
            return f"urn:isbn:{self.isbn}"
        names = "\n".join((self.title, *(person.name for person in self.authors)))
        return self.identifier or uuid.uuid5(uuid.NAMESPACE_URL, f"bookbuild:{names}").urn

    @property
    def author_line(self) -> str:
        """The authors as a title page gives them: `A, B and C`, in the book's language."""
        *first, last = [person.name for person in self.authors]
        return f"{', '.join(first)} {self.said.joined_by} {last}" if first else last


class Edition(Keys):
    """One file to make: its name, its format, and the settings that hold for it."""

    name: str
    format: Format
    settings: Settings

    @property
    def notes(self) -> Notes:
        """What becomes of author's notes in this edition."""
        return self.settings.notes.pdf if self.format.is_print else self.settings.notes.epub


EDITIONS: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {"epub": {"format": "epub"}, "pdf": {"format": "pdf"}}
)
"""The editions of a book that names none."""
ON_REQUEST: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {"kepub": {"format": "kepub"}, "azw3": {"format": "azw3"}}
)
"""The editions that every book has besides: made only where they are asked for by name."""
