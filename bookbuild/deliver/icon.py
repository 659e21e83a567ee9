"""The little picture that a browser puts beside the page's name."""

from functools import cache
from io import BytesIO

from PIL import Image, ImageDraw

_SIDE = 64  # pixels: twice what a browser shows, for sharp screens
_INK, _PAPER = "#1d3b53", "#ffffff"
_LEFT_LEAF = ((8, 14), (20, 12), (31, 18), (31, 54), (20, 48), (8, 50))  # corners of half an open book
_LINES = ((14, 24, 25), (14, 32, 25), (14, 40, 25))  # of print on it: from, height, to


@cache
def icon() -> bytes:
    """Draw an open book, as PNG."""
    picture = Image.new("RGB", (_SIDE, _SIDE), _INK)
    draw = ImageDraw.Draw(picture)
    for mirrored in (False, True):
        draw.polygon([(_SIDE - 1 - x if mirrored else x, y) for x, y in _LEFT_LEAF], fill=_PAPER)
        for left, height, right in _LINES:
            ends = (_SIDE - 1 - right, _SIDE - 1 - left) if mirrored else (left, right)
            draw.rectangle((ends[0], height, ends[1], height + 2), fill=_INK)
    output = BytesIO()
    picture.quantize(2).save(output, "PNG", optimize=True)
    return output.getvalue()
