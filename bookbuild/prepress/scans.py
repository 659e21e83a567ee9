"""Pictures in a PDF, turned into a printer's inks: flat, without profiles, with no more dots than can be seen."""

import io
from dataclasses import dataclass
from typing import Any

import pikepdf
from pikepdf import Name
from PIL import Image

from bookbuild.prepress.colours import picture_to_inks
from bookbuild.printers import Inks, Printer

TOO_FINE = 1.5
"""How much finer than asked a picture may be before it is made coarser: at 450 dots to the inch for 300, as Acrobat's
settings for print have it."""
_QUALITY = 92
_ROUNDING = 10
"""Per cent of ink by which JPEG may put more in a place than there was."""
_SPACES = {"L": Name.DeviceGray, "CMYK": Name.DeviceCMYK, "RGB": Name.DeviceRGB, "1": Name.DeviceGray}
_DRAWN = 256
"""Greys and colours of a drawing, at most: it is kept without loss; what has more is a photograph."""


@dataclass(frozen=True, slots=True)
class Scan:
    """A picture of a PDF, and the largest size at which it is printed, in points."""

    stream: Any
    width: float
    height: float


def convert(scan: Scan, inks: Inks, printer: Printer) -> None:
    """Turn a picture into a printer's inks, where it stands; one that is as it should be stays as it is."""
    stream = scan.stream
    if stream.get("/ImageMask"):
        return
    picture = _on_white(stream)
    made = _coarser(picture_to_inks(picture, inks, printer.ink_limit - _ROUNDING), scan, printer.resolution)
    if made is picture and "/SMask" not in stream and isinstance(stream.get("/ColorSpace"), Name):
        return
    _write(stream, made, is_photograph=stream.get("/Filter") == Name.DCTDecode)


def _on_white(stream: Any) -> Image.Image:
    """Read a picture, and lay it on white where one can see through it."""
    picture: Image.Image = pikepdf.PdfImage(stream).as_pil_image(apply_mask=False)
    if "/SMask" not in stream:
        return picture if picture.mode in _SPACES else picture.convert("RGB")
    mask = pikepdf.PdfImage(stream.SMask).as_pil_image().convert("L").resize(picture.size)
    flat = Image.new("RGB", picture.size, "white")
    flat.paste(picture.convert("RGB"), mask=mask)
    return flat


def _coarser(picture: Image.Image, scan: Scan, resolution: int) -> Image.Image:
    """Give a picture with so many dots to the inch, where it has many more; lines in black alone keep theirs."""
    finest = min(picture.width / max(scan.width, 1), picture.height / max(scan.height, 1)) * 72
    if finest <= resolution * TOO_FINE or picture.mode == "1":
        return picture
    scale = resolution / finest
    size = (max(round(picture.width * scale), 1), max(round(picture.height * scale), 1))
    return picture.resize(size, Image.Resampling.LANCZOS)


def _write(stream: Any, picture: Image.Image, *, is_photograph: bool) -> None:
    for name in ("/SMask", "/Mask", "/Decode", "/Intent", "/Alternates", "/Interpolate", "/DecodeParms"):
        if name in stream:
            del stream[name]
    stream.Width, stream.Height = picture.size
    stream.ColorSpace = _SPACES[picture.mode]
    stream.BitsPerComponent = 1 if picture.mode == "1" else 8
    if not is_photograph and picture.getcolors(_DRAWN) is None:
        is_photograph = True
    if not is_photograph or picture.mode == "1":
        stream.write(picture.tobytes())
        return
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=_QUALITY, optimize=True, subsampling=0)
    stream.write(out.getvalue(), filter=Name.DCTDecode)
    if picture.mode == "CMYK":  # as Adobe writes them, Pillow writes the four inks the other way round
        stream.Decode = pikepdf.Array([1, 0] * 4)
