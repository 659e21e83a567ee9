"""What may be claimed of how an EPUB can be read: worked out from this book and from its style sheets, and never more."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tinycss2 import ast

from bookbuild.contrast import poor_contrasts
from bookbuild.illustrations import pictures_in
from bookbuild.source import Source
from bookbuild.stylesheets import Declaration, read_sheet
from bookbuild.tree import Book, chapters
from bookbuild.writers.looks import hiding_declarations
from bookbuild.writers.xhtml.divisions import heading_text

_FIXED = {
    "font-size",
    "line-height",
    "letter-spacing",
    "word-spacing",
    "font",
    "height",
    "max-height",
    "width",
}
_ABSOLUTE = {"px", "pt", "pc", "cm", "mm", "in", "q"}


@dataclass(frozen=True, slots=True)
class Claims:
    """What holds of a book.

    `headed`: every chapter has a heading to go to. `adaptable`: nothing in the styles stands against a reader's own size
    and spacing (WCAG 2.2, 1.4.4 and 1.4.12). `readable`: no colour is too pale (1.4.3), and the styles hide no words.
    `pictured`: the text has pictures. `described`: each of them says what it shows, for those who cannot see it (1.1.1).
    """

    headed: bool
    adaptable: bool
    readable: bool
    pictured: bool = False
    described: bool = True

    @property
    def conforms(self) -> bool:
        """Whether the book can be claimed to conform to EPUB Accessibility 1.1 and WCAG 2.2, level AA."""
        return self.headed and self.adaptable and self.readable and self.described


def claims(book: Book, css: Sequence[str]) -> Claims:
    """Work out what may be claimed; `css` is the style's sheet, then the author's own."""
    declarations = [one for sheet in css for one in read_sheet(sheet, "").declarations]
    hidden = any(True for sheet in css[1:] for _ in hiding_declarations(Source("", sheet)))
    pictures = list(pictures_in(book))
    return Claims(
        headed=all(heading_text(chapter).strip() for chapter in chapters(book)),
        adaptable=not any(map(_is_fixed, declarations)),
        readable=not hidden and not _any(poor_contrasts(declarations)),
        pictured=bool(pictures),
        described=all(picture.alt for picture in pictures),
    )


def _is_fixed(one: Declaration) -> bool:
    """Whether a declaration holds text to a size that a reader cannot change."""
    units = {
        token.lower_unit for token in one.tokens if isinstance(token, ast.DimensionToken) and token.value
    }
    return one.name in _FIXED and not units.isdisjoint(_ABSOLUTE)


def _any(found: Iterable[object]) -> bool:
    return any(True for _ in found)
