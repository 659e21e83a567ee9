"""The book's pictures, read, checked and made fit for the page or the screen: what readers, stores and printers take, and nothing else.

Each is decoded to its last pixel and written anew, so that no place, name or date of its making goes into the book.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from io import BytesIO
from math import ceil
from pathlib import Path, PurePosixPath

from PIL import Image, ImageCms, ImageOps

from bookbuild.assemble import unique_id
from bookbuild.config.keys import Edition
from bookbuild.config.look_keys import PicturesKeys
from bookbuild.errors import BookError, Finding, Place, error, warning
from bookbuild.folder import file_inside
from bookbuild.illustrations import pictures_in
from bookbuild.picture_lines import PICTURE_SUFFIXES
from bookbuild.tree import Book, Picture
from bookbuild.writers.cover import decode, read_bytes
from bookbuild.writers.safe_svg import safe_svg
from bookbuild.writers.written import BookFile

PRINT_RESOLUTION = 300
"""Dots to the inch that printers ask for (KDP, IngramSpark and Lulu alike)."""
LEAST_RESOLUTION = 150
"""Dots to the inch below which a picture is not blown up, but printed smaller than the text is wide."""
_FEW_COLOURS = (
    256  # what a palette holds: a drawing; more are a photograph, which JPEG keeps in a tenth of the room
)
_FOR_PRESS = 95
"""The quality, as JPEG counts it, from which nothing is seen of a picture having been encoded twice."""
_KINDS = ("PNG", "JPEG", "GIF", "WEBP")


@dataclass(frozen=True, slots=True)
class Pictures:
    """The pictures of one edition, by their paths in the book's folder."""

    files: Mapping[str, BookFile]
    findings: tuple[Finding, ...] = ()


NO_PICTURES = Pictures({})


def read_pictures(book: Book, edition: Edition, folder: Path) -> Pictures:
    """Read the pictures of an edition.

    Raises:
        BookError: with every picture that is missing, lies outside the book's folder, is of another kind, broken or too large.

    """
    files: dict[str, BookFile] = {}
    names: set[str] = set()
    found: list[Finding] = []
    faults: list[Finding] = []
    for picture in pictures_in(book):
        if picture.path in files:
            continue
        try:
            file, told = _read(picture, edition, folder)
        except BookError as fault:
            faults.extend(fault.findings)
            continue
        found.extend(told)
        stem = unique_id(f"picture-{PurePosixPath(picture.path).stem}", names)
        names.add(stem)
        files[picture.path] = replace(file, name=f"{stem}.{file.name}")
    if faults:
        raise BookError(*faults)
    return Pictures(files, tuple(found))


def _read(picture: Picture, edition: Edition, folder: Path) -> tuple[BookFile, list[Finding]]:
    """Read one picture; its file is called by its suffix alone as yet."""
    place = picture.span.place if picture.span else Place(picture.path)
    suffix = PurePosixPath(picture.path).suffix.lower()
    if suffix not in PICTURE_SUFFIXES:
        hint = "save it as JPEG or PNG"
        raise BookError(error(f"'{picture.path}' is no kind of picture that readers show", place, hint=hint))
    path = file_inside(folder, picture.path, place)
    what = f"the picture '{picture.path}'"
    data = read_bytes(path, what, place)
    if suffix == ".svg":
        drawing, lost = safe_svg(data, what, place)
        return BookFile("svg", "image/svg+xml", drawing), lost
    image = decode(data, what, place, _KINDS)
    keys = edition.settings.pictures
    if edition.settings.printed.printer:  # it is encoded once more, in the inks of the press
        keys = keys.model_copy(update={"quality": max(keys.quality, _FOR_PRESS)})
    told = _coarse(image.width, picture, edition, place) if edition.format.is_print else []
    return _encode(
        _mended(image, keys, most=None if edition.format.is_print else keys.max_pixels), image, keys
    ), told


def _coarse(width: int, picture: Picture, edition: Edition, place: Place) -> list[Finding]:
    """Tell of a picture that has too few dots for paper, by the width that the page gives it."""
    page = edition.settings.page
    measure = (page.trim[0] - page.margins.inside - page.margins.outside) / 72  # inches
    resolution = max(int(width / measure), LEAST_RESOLUTION)
    if resolution >= PRINT_RESOLUTION:
        return []
    told = f"the picture '{picture.path}' is printed at {resolution} dots to the inch; printers ask for {PRINT_RESOLUTION}"
    hint = f"give it {ceil(measure * PRINT_RESOLUTION)} pixels in width"
    return [warning(told, place, hint=hint)]


# ---------------------------------------------------------------- mending


def _mended(image: Image.Image, keys: PicturesKeys, *, most: int | None) -> Image.Image:
    """Give a picture upright, in sRGB or grey, without transparency, which some readers show black, and small enough."""
    mended = ImageOps.exif_transpose(image)
    if mended.mode.startswith("I"):  # 16 bits of grey; Pillow's own conversion cuts off the light half
        mended = mended.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    mended = _in_srgb(mended)
    if mended.has_transparency_data:
        layer, flat = mended.convert("RGBA"), Image.new("RGBA", mended.size, "white")
        flat.alpha_composite(layer)
        mended = flat
    is_grey = keys.greyscale or mended.mode in {"L", "1", "LA"}
    mended = mended.convert("L" if is_grey else "RGB")
    if most and mended.width * mended.height > most:
        scale = (most / (mended.width * mended.height)) ** 0.5
        smaller = (max(int(mended.width * scale), 1), max(int(mended.height * scale), 1))
        mended = mended.resize(smaller, Image.Resampling.LANCZOS)
    return mended


def _in_srgb(image: Image.Image) -> Image.Image:
    """Turn a picture's own colours into those of a screen; a profile that is broken says nothing."""
    profile = image.info.get("icc_profile")
    if profile and image.mode in {"RGB", "RGBA", "CMYK", "L"}:
        try:
            source = ImageCms.ImageCmsProfile(BytesIO(profile))
            mode = image.mode if image.mode in {"RGB", "RGBA"} else "RGB"
            turned = ImageCms.profileToProfile(image, source, ImageCms.createProfile("sRGB"), outputMode=mode)
        except (ImageCms.PyCMSError, OSError):
            return image
        return turned or image
    return image


def _encode(mended: Image.Image, image: Image.Image, keys: PicturesKeys) -> BookFile:
    """Write a picture anew, the same way every time: drawings as PNG, without loss, photographs as JPEG."""
    mended.info.clear()  # profiles, comments, places
    output = BytesIO()
    colours = mended.getcolors(_FEW_COLOURS) if image.format != "JPEG" else None
    if colours:
        few = mended if mended.mode == "L" else mended.quantize(len(colours), dither=Image.Dither.NONE)
        exact = few if few.mode == "L" or few.convert("RGB").tobytes() == mended.tobytes() else mended
        exact.save(output, "PNG", optimize=True)
        return BookFile("png", "image/png", output.getvalue())
    mended.save(output, "JPEG", quality=keys.quality, optimize=True, subsampling=0)
    return BookFile("jpg", "image/jpeg", output.getvalue())
