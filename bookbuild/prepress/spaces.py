"""What a colour space of a PDF is made of (ISO 32000-1, section 8.6)."""

from enum import Enum
from typing import Any

import pikepdf


class Made(Enum):
    """What colours are made of."""

    GREY = "black ink"
    RGB = "RGB"
    CMYK = "CMYK"
    ICC_GREY = "grey with a profile"
    ICC_RGB = "RGB with a profile"
    ICC_CMYK = "CMYK with a profile"
    SPOT = "a spot colour"
    OTHER = "a colour of its own kind"


_PLAIN = {
    "/DeviceGray": Made.GREY, "/G": Made.GREY, "/CalGray": Made.ICC_GREY, "/DeviceRGB": Made.RGB, "/RGB": Made.RGB,
    "/CalRGB": Made.ICC_RGB, "/DeviceCMYK": Made.CMYK, "/CMYK": Made.CMYK, "/Separation": Made.SPOT,
    "/DeviceN": Made.SPOT, "/Lab": Made.ICC_RGB,
}  # fmt: skip
_PROFILES = {1: Made.ICC_GREY, 3: Made.ICC_RGB, 4: Made.ICC_CMYK}


def made_of(space: Any) -> Made:
    """Say what a colour space is made of; a pattern is asked for where it is painted with, a mask has black alone."""
    if space is None:
        return Made.GREY
    if isinstance(space, pikepdf.Name):
        return Made.GREY if space == "/Pattern" else _PLAIN.get(str(space), Made.OTHER)
    kind = str(space[0])
    if kind == "/ICCBased":
        return _PROFILES.get(int(space[1].N), Made.OTHER)
    if kind in {"/Indexed", "/I", "/Pattern"} and len(space) > 1:
        return made_of(space[1])
    return Made.GREY if kind == "/Pattern" else _PLAIN.get(kind, Made.OTHER)
