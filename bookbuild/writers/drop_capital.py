"""The first letter of a chapter, three lines high, for print; where the paragraph is long enough to stand around it.

Its room is kept by an empty float, and it stands in no room itself: WeasyPrint paints what floats before all else on a page, and whoever
copies the text, or has it read aloud, would meet the letter before the heading.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import NamedTuple

from fontTools.ttLib import TTFont

from bookbuild.config.keys import Page
from bookbuild.writers.fonts import Family
from bookbuild.writers.text_runs import FaceStyle

CLASS = "drop-capital"
ROOM = "drop-room"
_LINES = 3
_QUOTE = 0.45
"""How large a quotation mark before the letter is, of the letter: nobody sets one three lines high."""
_GAP = 0.07
"""Ems of the letter between it and the text."""
_OPENING = re.compile(
    r'(<p class="opening[^>]*>(?:<span [^>]*epub:type="pagebreak"[^>]*></span>)?)(<span class="first-words">)?'
    r"([“‘„«\"'¿¡]*)(\w)"
)
_EMS = 0.45
"""Of the text, that a letter takes with its share of the spaces."""


class Glyph(NamedTuple):
    """What a glyph takes, in ems."""

    advance: float
    left: float  # white before it


_UNKNOWN = Glyph(0.5, 0.0)


@dataclass(frozen=True, slots=True)
class DropCapital:
    """The letter's measures on a page in a face; lengths are in points."""

    page: Page
    capital: float  # the height of capitals, in ems
    upwards: float  # how much more than down the face reaches up, in ems
    glyphs: Mapping[int, Glyph]  # by character

    @property
    def size(self) -> float:
        """The letter's size: its head is level with the first line's capitals, its foot stands on the third line."""
        return self.page.size + (_LINES - 1) * self.page.leading / self.capital

    def put_into(self, markup: str) -> str:
        """Give a chapter's markup with its first letter large; a short paragraph keeps it small, for the next would slide beside it."""
        found = _OPENING.search(markup)
        if found is None:
            return markup
        end = markup.find("</p>", found.end())
        letters = len(re.sub(r"<[^>]+>", "", markup[found.start() : end]))
        measure = self.page.trim[0] - self.page.margins.inside - self.page.margins.outside
        if letters < (_LINES + 0.5) * measure / (self.page.size * _EMS):
            return markup
        before, words, marks, letter = found.groups(default="")
        rest = markup[found.end() :]
        space = " " if rest.startswith(" ") else ""  # after an I: at the head of a line it would be seen
        made = self._letter(marks, letter + space)
        return markup[: found.start()] + before + made + words + rest.removeprefix(space)

    def _letter(self, marks: str, letter: str) -> str:
        first = self.glyphs.get(ord((marks + letter)[0]), _UNKNOWN)
        white = (
            first.left * self.size * (_QUOTE if marks else 1)
        )  # the letter stands at the edge, not its white
        wide = self.size * (self._wide(letter.strip()) + self._wide(marks) * _QUOTE + _GAP)
        room = f"width: {wide - white:.2f}pt; height: calc({_LINES}rlh - 1pt)"
        return (
            f'<span class="{ROOM}" style="float: left; {room}"></span>'
            f'<span class="{CLASS}" style="margin: 0 {wide:.2f}pt 0 {-wide:.2f}pt">'
            f'<span class="drop-letter" style="{self._style()}">{self._quote(marks)}{letter}</span></span>'
        )

    def _style(self) -> str:
        """Say where the letter stands: its baseline is on that of the third line, whichever face it is."""
        leading = self.page.leading
        line = (2 * _LINES - 1) * leading - self.upwards * (self.size - self.page.size)
        return f"font-size: {self.size:.3f}pt; line-height: {line:.3f}pt"

    def _quote(self, marks: str) -> str:
        rise = self.capital * self.size * (1 - _QUOTE)
        style = f"font-size: {_QUOTE}em; line-height: 0; vertical-align: {rise:.2f}pt"
        return f'<span style="{style}">{marks}</span>' if marks else ""

    def _wide(self, text: str) -> float:
        return sum(self.glyphs.get(ord(character), _UNKNOWN).advance for character in text)


def drop_capital(page: Page, family: Family) -> DropCapital:
    """Measure the regular face."""
    face = family.face(FaceStyle.REGULAR)
    font = TTFont(BytesIO(face.path.read_bytes()), lazy=True)
    unit = font["head"].unitsPerEm
    widths, names = font["hmtx"], font.getBestCmap()
    return DropCapital(
        page,
        (getattr(font["OS/2"], "sCapHeight", 0) or 0.68 * unit) / unit,
        (font["hhea"].ascent + font["hhea"].descent) / unit,
        {character: Glyph(*(ems / unit for ems in widths[name])) for character, name in names.items()},
    )
