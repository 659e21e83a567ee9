"""The back's text: in the largest type that lets it stand above the barcode."""

from dataclasses import dataclass, replace

from bookbuild.wrap.folds import INCH, Area, Folds
from bookbuild.wrap.front import faces
from bookbuild.writers.cover_lettering import Face

_SIZES = (12.0, 11.5, 11.0, 10.5, 10.0, 9.5, 9.0, 8.5, 8.0)
_LEADING = 1.42
_BETWEEN = 0.7  # ems between paragraphs
_MARGIN = 0.35 * INCH  # more than the printer asks: a back that is full to its edges looks cheap


@dataclass(frozen=True, slots=True)
class Blurb:
    """The text of the back, with its place and size."""

    paragraphs: tuple[str, ...]
    area: Area
    size: float
    is_too_long: bool


def fitted_blurb(paragraphs: tuple[str, ...], folds: Folds) -> Blurb:
    """Choose the size; the longest lines have about 65 letters, so the largest is not for a wide back."""
    room = folds.safe(folds.back).inset(_MARGIN, _MARGIN * 1.2)
    room = replace(room, height=min(room.height, folds.barcode.top - 0.2 * INCH - room.top))
    face = faces()["small"]
    heights = {size: _height(paragraphs, face, room.width, size) for size in _SIZES}
    size = next((size for size, height in heights.items() if height <= room.height), _SIZES[-1])
    return Blurb(paragraphs, room, size, heights[size] > room.height)


def _height(paragraphs: tuple[str, ...], face: Face, width: float, size: float) -> float:
    lines = sum(_lines(text, face, width / size) for text in paragraphs)
    return lines * size * _LEADING + (len(paragraphs) - 1) * _BETWEEN * size


def _lines(text: str, face: Face, width: float) -> int:
    """Count the lines of a paragraph; `width` is in ems."""
    count, left, space = 1, width, face.width(" ")
    for word in text.split():
        wide = face.width(word)
        if wide > left and left < width:
            count, left = count + 1, width
        left -= wide + space
    return count
