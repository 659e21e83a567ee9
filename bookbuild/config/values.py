"""The small values that build.yaml is made of: lengths, dates, names, people; each says what is wrong with a bad one."""

import datetime as dt
import re
from enum import Enum
from typing import Annotated

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

POINTS = {"pt": 1.0, "in": 72.0, "mm": 72 / 25.4, "cm": 72 / 2.54, "pc": 12.0}
"""Points (1/72 inch) in each unit that a length may have (CSS Values 4, section 6.2)."""

TRIMS = {
    "pocket": (4.25, 6.87),
    "digest": (5.5, 8.5),
    "novel": (5.25, 8.0),
    "b-format": (5.08, 7.8),
    "a5": (148 / 25.4, 210 / 25.4),
    "trade": (6.0, 9.0),
    "royal": (6.14, 9.21),
    "pinched-quarto": (6.69, 9.61),
    "executive": (7.0, 10.0),
    "crown-quarto": (7.44, 9.69),
    "small-square": (7.5, 7.5),
    "square": (8.5, 8.5),
    "letter": (8.5, 11.0),
    "a4": (210 / 25.4, 297 / 25.4),
}
"""Trim sizes by name: width and height in inches."""

RELATORS = {
    "author": "aut",
    "editor": "edt",
    "translator": "trl",
    "illustrator": "ill",
    "cover artist": "cov",
    "cover designer": "cov",
    "artist": "art",
    "photographer": "pht",
    "narrator": "nrt",
    "proofreader": "pfr",
    "beta reader": "ctb",
    "contributor": "ctb",
    "foreword": "aui",
    "introduction": "aui",
    "afterword": "aft",
    "publisher": "pbl",
    "designer": "bkd",
}
"""What a contributor did → MARC relator code (loc.gov/marc/relators)."""


class Keys(BaseModel):
    """Frozen, strict about names, keys in kebab case."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        alias_generator=lambda name: name.replace("_", "-"),
        use_attribute_docstrings=True,
    )


# ---------------------------------------------------------------- small types


def _parse_length(value: object) -> object:
    if isinstance(value, int | float):
        return float(value)
    match = re.fullmatch(r"\s*(\d+(?:\.\d+)?)\s*(pt|in|mm|cm|pc)\s*", str(value))
    if not match:
        raise ValueError(
            f"'{value}' is not a length; write a number and a unit, such as 0.75in, 18mm or 11pt"
        )
    return float(match[1]) * POINTS[match[2]]


_LENGTH_SCHEMA = {"type": "string", "pattern": r"^\s*\d+(\.\d+)?\s*(pt|in|mm|cm|pc)\s*$"}
Length = Annotated[
    float,
    BeforeValidator(_parse_length, json_schema_input_type=str),
    Field(gt=0, lt=5000, json_schema_extra=_LENGTH_SCHEMA),
]
"""A length; kept in points."""


def listed(value: object) -> object:
    """Take one thing for a list of one."""
    return [value] if isinstance(value, str | dict) else value


def _person(value: object) -> object:
    return {"name": value} if isinstance(value, str) else value


def language_tag(value: str) -> str:
    """Check a language tag, by its form."""
    if not re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*", value):
        raise ValueError(f"'{value}' is not a language tag; write en, en-GB, de, fr … (BCP 47)")
    return value


def iso_date(value: str) -> str:
    """Check a date: a year, a month or a day."""
    try:
        year, month, day = (*value.split("-"), "1", "1")[:3]
        dt.date(int(year), int(month), int(day))
    except ValueError:
        raise ValueError(f"'{value}' is not a date; write 2026, 2026-05 or 2026-05-31") from None
    if not re.fullmatch(r"\d{4}(-\d{2}){0,2}", value):
        raise ValueError(f"'{value}' is not a date; write 2026, 2026-05 or 2026-05-31")
    return value


def isbn_digits(value: str) -> str:
    """Check an ISBN by its last digit; gives the digits alone."""
    digits = re.sub(r"[\s-]", "", value.upper().removeprefix("ISBN")).lstrip(":")
    if re.fullmatch(r"\d{13}", digits):
        total = sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(digits))
        if total % 10 == 0:
            return digits
    elif re.fullmatch(r"\d{9}[\dX]", digits):
        total = sum((10 - place) * (10 if digit == "X" else int(digit)) for place, digit in enumerate(digits))
        if total % 11 == 0:
            return digits
    raise ValueError(f"'{value}' is not an ISBN: it needs 13 digits (or 10), and the last must check")


class Person(Keys):
    """Somebody who made the book: a name alone, or a name with more."""

    name: Annotated[str, Field(min_length=1)]
    """As it stands on the title page."""
    sort: str = ""
    """As it stands in a list (`Le Guin, Ursula K.`); made from the name when not given."""

    @property
    def sort_name(self) -> str:
        """The name to sort by: the last word first."""
        *first, last = self.name.split()
        return self.sort or (f"{last}, {' '.join(first)}" if first else last)


class Contributor(Person):
    """Somebody besides the authors."""

    role: str = "contributor"
    """What they did: editor, translator, illustrator, cover artist, beta reader … or a MARC relator code."""

    @property
    def relator(self) -> str:
        """The MARC relator code of the role."""
        return self.role if re.fullmatch("[a-z]{3}", self.role) else RELATORS[self.role.lower()]


def _known_role(person: Contributor) -> Contributor:
    if not re.fullmatch("[a-z]{3}", person.role) and person.role.lower() not in RELATORS:
        raise ValueError(f"'{person.role}' is not a role; write one of {', '.join(RELATORS)}, or a MARC code")
    return person


Author = Annotated[Person, BeforeValidator(_person, json_schema_input_type=str | Person)]
OtherPerson = Annotated[
    Contributor,
    BeforeValidator(_person, json_schema_input_type=str | Contributor),
    AfterValidator(_known_role),
]


class Series(Keys):
    """The series that the book belongs to."""

    name: str
    """The series' name."""
    position: Annotated[str, Field(pattern=r"^\d+(\.\d+)?$")] | None = None
    """Which book of the series this is: 1, 2, 2.5 …"""


class Notes(Enum):
    """What becomes of author's notes."""

    KEEP = "keep"  # where they stood, set apart from the story
    OMIT = "omit"
    END = "end"  # gathered at the end of the book, by chapter


class Composition(Enum):
    """Who chooses the lines and pages of print: bookbuild, all of a chapter together, or WeasyPrint, one by one."""

    FINE = "fine"
    PLAIN = "plain"


class Format(Enum):
    """The kinds of file that a book can become."""

    EPUB = "epub"
    PDF = "pdf"
    KEPUB = "kepub"  # an EPUB with what Kobo's readers add to it
    AZW3 = "azw3"  # what Kindles take by cable; calibre makes it of the EPUB

    @property
    def is_print(self) -> bool:
        """Whether it is made for paper; all others are EPUBs, or are made of one."""
        return self is Format.PDF

    @property
    def suffix(self) -> str:
        """How the names of its files end."""
        return "kepub.epub" if self is Format.KEPUB else self.value


def by_format(value: object) -> object:
    """Take one choice for all formats."""
    return dict.fromkeys(NotesByFormat.model_fields, value) if isinstance(value, str) else value


class NotesByFormat(Keys):
    """What becomes of author's notes, in each format."""

    epub: Notes = Notes.KEEP  # and in all that is made of it
    pdf: Notes = Notes.KEEP
