"""How wide words are: shaped by HarfBuzz on the very font files that the painter gets."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

import uharfbuzz

_LIGATURES = ("liga", "clig", "dlig")
_MADE = frozenset("\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f")
"""Spaces that HarfBuzz makes of a face's own where it lacks them (hb-ot-shape-fallback.cc), and Pango asks no other font for."""
_SCALE = 1024
"""HarfBuzz's units in a pixel: Pango's, so that roundings fall alike."""


@dataclass(frozen=True, slots=True)
class Type:
    """What a run of text is set in."""

    face: Path
    size: float  # pixels
    features: tuple[tuple[str, int], ...] = ()  # of OpenType, by tag
    spacing: float = 0.0  # pixels between letters
    language: str = ""  # BCP 47; the language's own forms of letters are taken


Measure = Callable[[Type, str], float]
"""Measures text in a type, in pixels, its letterspacing with it."""


class Widths(dict[str, float]):
    """The width in pixels of any text in one type, each measured once.

    Widths add up: the painter shapes words apart, because spaces are stretched.
    """

    def __init__(self, type_: Type, face: uharfbuzz.Face, other: Measure | None = None) -> None:
        self.type = type_
        self._other = other
        self.characters = frozenset(face.unicodes)
        self._font = uharfbuzz.Font(face)
        scale = int(type_.size * _SCALE)
        self._font.scale = (scale, scale)
        self._buffer = uharfbuzz.Buffer()
        # letters that are spaced join into no ligature: Pango turns the same off
        self._features = dict(type_.features) | (dict.fromkeys(_LIGATURES, 0) if type_.spacing else {})

    def __missing__(self, text: str) -> float:
        if self._other and self.lacks(text):
            width = self[text] = self._other(self.type, text)
            return width
        buffer = self._buffer
        buffer.clear_contents()
        buffer.add_str(text)
        buffer.guess_segment_properties()
        buffer.direction = "ltr"
        if self.type.language:
            buffer.language = self.type.language
        uharfbuzz.shape(self._font, buffer, self._features)
        advances: int = sum(position.x_advance for position in buffer.glyph_positions)
        width = self[text] = advances / _SCALE + len(text) * self.type.spacing
        return width

    @property
    def knows_others(self) -> bool:
        """Whether what the face lacks can be measured too."""
        return self._other is not None

    def lacks(self, characters: Iterable[str]) -> bool:
        """Tell whether the face lacks one of these characters: another font's would be painted, of unknown width."""
        return any(
            ord(character) not in self.characters and character not in _MADE for character in characters
        )


class Ruler:
    """Measures text in the types of one book; fonts are read once.

    `other` measures words that have characters which their face lacks.
    """

    def __init__(self, other: Measure | None = None) -> None:
        self._other = other
        self._faces: dict[Path, uharfbuzz.Face] = {}
        self._widths: dict[Type, Widths] = {}

    def widths(self, type_: Type) -> Widths:
        """Give the widths of text in a type."""
        if type_ not in self._widths:
            if type_.face not in self._faces:
                blob = uharfbuzz.Blob.from_file_path(str(type_.face))
                self._faces[type_.face] = uharfbuzz.Face(blob)
            self._widths[type_] = Widths(type_, self._faces[type_.face], self._other)
        return self._widths[type_]
