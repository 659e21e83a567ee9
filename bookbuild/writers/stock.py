"""What a book is printed with, and what comes of it: what the PDF writer and the press say to each other.

Apart from the press, which needs WeasyPrint: it is loaded late.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from bookbuild.errors import Finding
from bookbuild.writers.fonts import Family
from bookbuild.writers.page_geometry import PageGeometry
from bookbuild.writers.weasyprint_log import Sheet


@dataclass(frozen=True, slots=True)
class Stock:
    """What a book is printed with."""

    sheets: tuple[Sheet, ...]  # of the style, and of the looks laid over it
    own: tuple[Sheet, ...]  # the author's, laid over these
    geometry: str  # the sheet that beats all of them
    folders: tuple[Path, ...]  # that sheets may ask for files in
    family: Family
    words: tuple[str, ...]  # that are not parted
    page: PageGeometry
    is_fine: bool  # whether lines and pages are composed

    @property
    def all_sheets(self) -> tuple[Sheet, ...]:
        """All but the geometry, the later laid over the earlier."""
        return (*self.sheets, *self.own)


@dataclass(frozen=True, slots=True)
class Printed:
    """A book on pages."""

    data: bytes
    pages: int
    starts: Mapping[str, int]  # id → page, from 0
    findings: tuple[Finding, ...]
    families: frozenset[str]  # the fonts it is set in
