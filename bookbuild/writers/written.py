"""What a writer gives: the file's bytes, and what the account needs in order to read them back."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from bookbuild.errors import Finding
from bookbuild.readback import TextArea


@dataclass(frozen=True, slots=True)
class BookFile:
    """A file within an EPUB: a font, a style sheet, a picture."""

    name: str
    media_type: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Written:
    """One file, not yet on disc."""

    data: bytes
    findings: tuple[Finding, ...] = ()
    pages: int = 0  # of a PDF
    starts: Mapping[str, int] = field(default_factory=dict)
    """Of a PDF: the id of every division → the page it begins on, from 0."""
    text_area: TextArea = field(default_factory=lambda: TextArea(0.0, 0.0))
    """Of a PDF: where its text stands."""
    direction: str = "ltr"
    """Of a PDF: whether its paragraphs are read from left to right or from right to left (rtl)."""
    made_of: bytes = b""
    """Of an AZW3: the EPUB that it was made of."""
