"""Lettering for the drawn cover: measuring, kerning, balanced lines.

Pillow kerns such fonts only with libraries that not every machine has, so the pairs are read from the font here: a cover is the same
everywhere.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from itertools import accumulate, pairwise
from pathlib import Path
from typing import Any, NamedTuple

from fontTools.ttLib import TTFont
from PIL import ImageDraw, ImageFont

Colour = tuple[int, int, int]

_CLINGING = {"a", "an", "and", "as", "at", "by", "for", "from", "in", "of", "on", "or", "the", "to", "with"}
"""Words that should not end a line."""


class Face:
    """One font file."""

    def __init__(self, path: Path) -> None:
        self.path = path
        # lazy: a font has thousands of pairs, and a title a few dozen
        font = TTFont(BytesIO(path.read_bytes()), lazy=True)
        self.units = font["head"].unitsPerEm
        self.cap_height = font["OS/2"].sCapHeight / self.units
        self._glyphs: dict[int, str] = font.getBestCmap()
        self._advances = font["hmtx"]
        self._kerning = _kerning(font)

    def can_set(self, text: str) -> bool:
        """Say whether the font has every character."""
        return all(ord(character) in self._glyphs for character in text)

    def offsets(self, text: str, tracking: float = 0) -> list[float]:
        """Give where each character begins, and where the last one ends, for a size of 1."""
        names = [self._glyphs.get(ord(character), ".notdef") for character in text]
        kerns = [self._kerning(*pair) / self.units for pair in pairwise(names)]
        found, x = [0.0], 0.0
        for name, kern in zip(names, [*kerns, -tracking], strict=False):
            x += self._advances[name][0] / self.units + kern + tracking
            found.append(x)
        return found

    def width(self, text: str, tracking: float = 0) -> float:
        """Give how wide a line is, for a size of 1."""
        return self.offsets(text, tracking)[-1]

    def draw(
        self, canvas: ImageDraw.ImageDraw, text: str, middle: tuple[float, float], line: "LineStyle"
    ) -> None:
        """Draw a line around a point on its baseline."""
        font = _sized(self.path, line.size)
        offsets = self.offsets(text, line.tracking)
        left = middle[0] - offsets[-1] * line.size / 2
        for character, offset in zip(text, offsets, strict=False):
            place = (left + offset * line.size, middle[1])
            canvas.text(place, character, font=font, fill=line.colour, anchor="ls")


@dataclass(frozen=True, slots=True)
class LineStyle:
    """How a line is drawn."""

    size: float
    colour: Colour
    tracking: float = 0  # between letters, in ems


@lru_cache(maxsize=32)
def _sized(path: Path, size: float) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(path), size, layout_engine=ImageFont.Layout.BASIC)


def _kerning(font: Any) -> Callable[[str, str], int]:
    """Read the pairs of the font's kern feature (OpenType 1.9, GPOS lookup type 2)."""
    table = font["GPOS"].table
    records = [record for record in table.FeatureList.FeatureRecord if record.FeatureTag == "kern"]
    lookups = {index for record in records for index in record.Feature.LookupListIndex}
    tables = [
        subtable
        for index in sorted(lookups)
        for subtable in table.LookupList.Lookup[index].SubTable
        if subtable.LookupType == 2
    ]

    @lru_cache(maxsize=4096)
    def pair(left: str, right: str) -> int:
        for subtable in tables:
            if left in subtable.Coverage.glyphs:
                value = _pair_value(subtable, left, right)
                if value is not None:
                    return int(getattr(value, "XAdvance", 0) or 0)
        return 0

    return pair


def _pair_value(subtable: Any, left: str, right: str) -> Any:
    if subtable.Format == 2:
        row = subtable.Class1Record[subtable.ClassDef1.classDefs.get(left, 0)]
        return row.Class2Record[subtable.ClassDef2.classDefs.get(right, 0)].Value1
    records = subtable.PairSet[subtable.Coverage.glyphs.index(left)].PairValueRecord
    return next((record.Value1 for record in records if record.SecondGlyph == right), None)


# ---------------------------------------------------------------- lines


class _Lines(NamedTuple):
    """A way to break words into lines; the least is the best."""

    score: float
    squares: float
    widest: float
    clinging: int
    ends: tuple[int, ...]


def balanced(words: list[str], most: int, width: Callable[[str], float]) -> list[list[str]]:
    """Break words into one line, two, three … up to `most`: the longest as short as can be, few ending in a word that clings."""
    starts = list(accumulate((width(word) + width(" ") for word in words), initial=0.0))

    def longer(line: _Lines, end: int) -> _Lines:
        widest = max(line.widest, starts[end] - starts[line.ends[-1]] - width(" "))
        clinging = line.clinging + (end < len(words) and words[end - 1].lower() in _CLINGING)
        squares = line.squares + (starts[end] - starts[line.ends[-1]]) ** 2
        return _Lines(widest * 1.15**clinging, squares, widest, clinging, (*line.ends, end))

    best = {0: _Lines(0, 0, 0, 0, (0,))}  # by the number of words that are set
    found = []
    for _ in range(min(most, len(words))):
        best = {
            end: min(longer(line, end) for start, line in best.items() if start < end)
            for end in range(min(best) + 1, len(words) + 1)
        }
        ends = best[len(words)].ends
        found.append([" ".join(words[start:end]) for start, end in pairwise(ends)])
    return found


def fitted(
    text: str, face: Face, box: tuple[float, float], largest: float, leading: float
) -> tuple[list[str], float]:
    """Break text into the lines that can be set largest in a box (width, height), and give that size."""
    choices = []
    for lines in balanced(text.split(), 9, face.width):
        widest = max(map(face.width, lines)) or 1
        size = min(largest, box[0] / widest, box[1] / (leading * len(lines)))
        choices.append((round(size), -len(lines), size, lines))
    *_, size, lines = max(choices)
    return lines, size
