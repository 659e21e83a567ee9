"""The cover picture, read and checked: what Kindle, Kobo and Apple Books take, and nothing that they do not."""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageFile, ImageOps

from bookbuild.errors import BookError, Finding, Place, error, warning

FILE_LIMIT = 50_000_000  # bytes (KDP, "Cover image guidelines")
PIXEL_LIMIT = 100_000_000  # KDP takes 10,000 x 10,000; a larger file is a bomb, or no cover
APPLE_PIXEL_LIMIT = 5_600_000  # of a picture in a book (Apple Books Asset Guide 5.3)
JPEG_QUALITY = 90

_TYPES = {"JPEG": "image/jpeg", "PNG": "image/png"}


@dataclass(frozen=True, slots=True)
class Cover:
    """A cover as it goes into the book."""

    data: bytes
    media_type: str
    size: tuple[int, int]  # width, height
    findings: tuple[Finding, ...] = ()

    @property
    def name(self) -> str:
        """The file's name in the book."""
        return "cover.png" if self.media_type == "image/png" else "cover.jpg"


def read_cover(path: Path, asked_at: Place) -> Cover:
    """Read a cover picture; what readers cannot show is turned into what they can, and a finding says so.

    Args:
        path: a JPEG or PNG.
        asked_at: where build.yaml names it, for messages.

    Raises:
        BookError: it is not a JPEG or PNG, broken, or too large to open.

    """
    what = f"the cover '{path.name}'"
    data = read_bytes(path, what, asked_at)
    picture = decode(data, what, asked_at, tuple(_TYPES))
    mended, changes = _mend(picture)
    found = [warning(f"the cover {change}", asked_at, hint=hint) for change, hint in changes]
    if mended is picture:
        return Cover(data, _TYPES[picture.format or "JPEG"], picture.size, tuple(found))
    return Cover(to_jpeg(mended), "image/jpeg", mended.size, tuple(found))


def to_jpeg(picture: Image.Image) -> bytes:
    """Encode a picture, the same way every time."""
    output = BytesIO()
    picture.save(output, "JPEG", quality=JPEG_QUALITY, optimize=True, subsampling=0, dpi=(300, 300))
    return output.getvalue()


def read_bytes(path: Path, what: str, asked_at: Place) -> bytes:
    """Read a picture's file; `what` is what messages call it.

    Raises:
        BookError: it is too large, or cannot be read.

    """
    try:
        if path.stat().st_size > FILE_LIMIT:
            limit = f"{FILE_LIMIT // 1_000_000} MB"
            raise BookError(error(f"{what} is larger than {limit}", asked_at, hint="save it smaller"))
        return path.read_bytes()
    except OSError as fault:
        raise BookError(error(f"{what} cannot be read: {fault.strerror}", asked_at)) from fault


def decode(data: bytes, what: str, asked_at: Place, kinds: tuple[str, ...]) -> Image.Image:
    """Decode every pixel of a picture, so that a file that is cut off is found now and not by a reader.

    Raises:
        BookError: it is of none of these kinds (as Pillow names them), broken, or too large to open.

    """
    hint = "save it anew as JPEG or PNG, a cover with about 1600 x 2560 pixels"
    too_large = error(f"{what} has more than 10,000 x 10,000 pixels", asked_at, hint=hint)
    try:
        with warnings.catch_warnings(), _whole_pictures_only():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # our own limit is below
            picture = Image.open(BytesIO(data), formats=kinds)
            if picture.width * picture.height > PIXEL_LIMIT:
                raise BookError(too_large)
            picture.load()
    except Image.DecompressionBombError as fault:
        raise BookError(too_large) from fault
    except (OSError, SyntaxError, ValueError) as fault:
        # Pillow says UnidentifiedImageError (an OSError), OSError or SyntaxError for what is broken
        *most, last = kinds
        broken = error(f"{what} is not a {', '.join(most)} or {last}, or is broken", asked_at, hint=hint)
        raise BookError(broken) from fault
    return picture


@contextmanager
def _whole_pictures_only() -> Iterator[None]:
    """Make Pillow refuse what is cut off: WeasyPrint, once imported, tells it to take that for the whole program."""
    before, ImageFile.LOAD_TRUNCATED_IMAGES = ImageFile.LOAD_TRUNCATED_IMAGES, False
    try:
        yield
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = before


def _mend(picture: Image.Image) -> tuple[Image.Image, list[tuple[str, str]]]:
    """Give the picture as readers can show it, the same object if it is so already; and each change with the way out."""
    changes: list[tuple[str, str]] = []
    mended = picture
    if picture.getexif().get(0x0112, 1) != 1:  # EXIF orientation: not all readers turn the picture
        mended = ImageOps.exif_transpose(mended)
    if mended.mode == "CMYK":
        changes.append(("is in CMYK; its colours on a screen are a guess", "save it in RGB"))
    if mended.has_transparency_data:
        layer, flat = mended.convert("RGBA"), Image.new("RGBA", mended.size, "white")
        flat.alpha_composite(layer)
        if layer.getchannel("A").getextrema() != (255, 255):
            told = "is transparent in places, which some readers show black; it is laid on white"
            changes.append((told, ""))
        mended = flat
    if mended.mode.startswith("I"):  # 16 bits of grey; Pillow's own conversion cuts off the light half
        mended = mended.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    if mended.mode not in {"RGB", "L", "P", "1"}:
        mended = mended.convert("RGB")
    width, height = mended.size
    if width * height > APPLE_PIXEL_LIMIT:
        scale = (APPLE_PIXEL_LIMIT / (width * height)) ** 0.5
        smaller = (int(width * scale), int(height * scale))
        mended = mended.convert("RGB").resize(smaller, Image.Resampling.LANCZOS)
        told = f"has {width} x {height} pixels, more than Apple Books takes; in the EPUB it has {smaller[0]} x {smaller[1]}"
        changes.append((told, "1600 x 2560 is the best size; give stores the large one by itself"))
    return mended, changes
