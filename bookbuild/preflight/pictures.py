"""The cover and the pictures of an EPUB: their kinds, their sizes, their colours, and the words in their place."""

from collections.abc import Iterator

from bookbuild.preflight.markup import elements
from bookbuild.preflight.objection import (
    ALL,
    APPLE,
    DRAFT2DIGITAL,
    GOOGLE,
    KINDLE,
    KOBO,
    SCREEN_READERS,
    SEND_TO_KINDLE,
    THORIUM,
    Concern,
    objection,
)
from bookbuild.preflight.opened import Opened, Picture
from bookbuild.preflight.package import target

APPLE_PIXELS = 5_600_000
_SMALLEST = (625, 1000)  # width, height
_APPLE_SHORT_SIDE = 1400
_LARGEST_SIDE = 10_000
_LARGEST_FILE = 50_000_000  # bytes
_TYPES = {
    "image/jpeg": "JPEG",
    "image/jpg": "JPEG",
    "image/png": "PNG",
    "image/gif": "GIF",
    "image/webp": "WEBP",
}
_KINDS = {"JPEG", "PNG"}
_APPLE_GUIDE = "Apple Books Asset Guide 5.3, September 2023"
_KDP_COVERS = "KDP's help, “Cover image guidelines” (G6GTK3T3NUHKLEFX), read November 2026"
_KOBO_GUIDE = "Kobo's EPUB guidelines (kobolabs/epub-spec), August 2025"
_BEST = "1600 x 2560 pixels is the best size"


@objection(
    KINDLE, KOBO, APPLE, GOOGLE, DRAFT2DIGITAL, remedy="name one with the key cover, or let bookbuild draw one",
    source=f"{_KDP_COVERS}; {_KOBO_GUIDE}; Google Play Books' partner help 3424254, read November 2026",
    in_files_of=(KOBO, KINDLE),
)  # fmt: skip
def no_cover(epub: Opened) -> Iterator[Concern]:
    """Stores take the cover from the book, and shelves show it: the package says which picture it is."""
    if epub.cover is None:
        yield Concern("the book names no cover", epub.package.path, key="cover")


@objection(
    KINDLE, APPLE, GOOGLE, remedy=_BEST,
    source=f"{_KDP_COVERS} (625 x 1000); {_APPLE_GUIDE} (1400 on the short side); Google Play Books' partner help 3424254, read November 2026 (640)",
    in_files_of=(KINDLE,),
)  # fmt: skip
def cover_too_small(epub: Opened) -> Iterator[Concern]:
    """Kindle wants 625 x 1000 pixels at least, Apple Books 1400 on the shorter side."""
    cover = epub.cover
    if cover and cover.kind and (cover.pixels[0] < _SMALLEST[0] or cover.pixels[1] < _SMALLEST[1]):
        told = f"the cover has {_size(cover)} pixels; Kindle wants {_SMALLEST[0]} x {_SMALLEST[1]} at least"
        yield Concern(told, cover.item.path, key="cover", by=(KINDLE, APPLE))
    elif cover and cover.kind and min(cover.pixels) < _APPLE_SHORT_SIDE:
        told = f"the cover has {_size(cover)} pixels; Apple Books wants {_APPLE_SHORT_SIDE} on the shorter side at least"
        yield Concern(told, cover.item.path, key="cover", by=(APPLE,))


@objection(
    KINDLE, GOOGLE, refuses=True, remedy=_BEST,
    source=f"{_KDP_COVERS}; Google Play Books' partner help 3424254, read November 2026 (7,200 pixels)",
)  # fmt: skip
def cover_too_large(epub: Opened) -> Iterator[Concern]:
    """Kindle takes 10,000 pixels on each side and 50 MB."""
    cover = epub.cover
    if cover and (max(cover.pixels) > _LARGEST_SIDE or cover.size > _LARGEST_FILE):
        told = f"the cover has {_size(cover)} pixels and {cover.size / 1_000_000:.0f} MB"
        yield Concern(told, cover.item.path, key="cover")


@objection(
    THORIUM, KOBO, remedy='leave out linear="no" of the cover\'s page',
    source="thorium-reader#1117, read November 2026; EPUBCheck OPF-096",
    in_files_of=(KOBO,),
)  # fmt: skip
def cover_passed_over(epub: Opened) -> Iterator[Concern]:
    """A page that is not linear is passed over by some readers: the book opens without its cover."""
    cover = epub.package.cover
    for item, is_linear in epub.package.spine:
        page = epub.by_path.get(item.path)
        shown = elements(page.top, "img") if page and cover and not is_linear else ()
        if any(target(item.path, str(one.get("src")))[0] == (cover.path if cover else "") for one in shown):
            yield Concern('the cover\'s page is linear="no"', epub.package.path, item.line)


@objection(
    KOBO, APPLE, KINDLE, DRAFT2DIGITAL, remedy="save it as JPEG or PNG",
    source=f"{_KOBO_GUIDE} (no GIF); {_APPLE_GUIDE} (JPEG or PNG); Kindle Publishing Guidelines, read November 2026",
    in_files_of=(KOBO, KINDLE),
)  # fmt: skip
def kind_of_picture(epub: Opened) -> Iterator[Concern]:
    """JPEG and PNG are shown everywhere; GIF, WebP and the rest are not. What is in the file must be what its type says."""
    for picture in epub.pictures:
        named = _TYPES.get(picture.item.media_type, picture.item.media_type)
        if not picture.kind:
            yield Concern("the picture is broken", picture.item.path, key=_key(epub, picture), by=(ALL,))
        elif picture.kind not in _KINDS:
            yield Concern(f"the picture is {picture.kind}", picture.item.path, key=_key(epub, picture))
        elif picture.kind != named:
            told = f"the picture is {picture.kind}, and the package calls it {picture.item.media_type}"
            yield Concern(told, picture.item.path, by=(ALL,))


@objection(
    KINDLE, KOBO, APPLE, remedy="save it in RGB, with the profile sRGB",
    source=f"{_KDP_COVERS} (RGB); {_KOBO_GUIDE} (no CMYK); {_APPLE_GUIDE} (sRGB)",
    in_files_of=(KOBO, KINDLE),
)  # fmt: skip
def colours_of_print(epub: Opened) -> Iterator[Concern]:
    """CMYK is for print: on a screen its colours are a guess, and Kobo shows none."""
    for picture in epub.pictures:
        if picture.mode == "CMYK":
            yield Concern("the picture is in CMYK", picture.item.path, key=_key(epub, picture))


@objection(
    APPLE, KOBO, remedy="lay it on white",
    source=f"{_APPLE_GUIDE} (black in the night theme); {_KOBO_GUIDE}",
    in_files_of=(KOBO,),
)  # fmt: skip
def transparent_picture(epub: Opened) -> Iterator[Concern]:
    """What is transparent shows the page, which is black at night: dark lines are lost on it."""
    for picture in epub.pictures:
        if picture.is_transparent:
            yield Concern("the picture is transparent in places", picture.item.path, key=_key(epub, picture))


@objection(
    APPLE, remedy="make it smaller: 1600 x 2560 fills every screen",
    source=f"{_APPLE_GUIDE} (5.6 million pixels)",
)  # fmt: skip
def picture_too_large(epub: Opened) -> Iterator[Concern]:
    """Apple Books refuses a picture of more than 5.6 million pixels."""
    for picture in epub.pictures:
        if picture.pixels[0] * picture.pixels[1] > APPLE_PIXELS:
            yield Concern(
                f"the picture has {_size(picture)} pixels", picture.item.path, key=_key(epub, picture)
            )


@objection(
    ALL, SCREEN_READERS, remedy='say in alt what the picture shows; alt="" with role="presentation" for an ornament',
    source="WCAG 2.2, criterion 1.1.1 (level A), October 2023",
)  # fmt: skip
def picture_without_words(epub: Opened) -> Iterator[Concern]:
    """Who cannot see a picture hears the words in its place (alt)."""
    for page in epub.pages:
        for picture in elements(page.top, "img"):
            if picture.get("alt") is None:
                yield Concern(f"{picture.get('src')!r} has no alt", page.path, picture.sourceline or 0)


@objection(
    SEND_TO_KINDLE, KINDLE, remedy="make scene breaks with <hr> and a style; say in alt what a picture shows",
    source="kindle-epub-fix, pull request 25, read November 2026 (E21018)",
)  # fmt: skip
def picture_with_empty_words(epub: Opened) -> Iterator[Concern]:
    """Pictures with an empty alt, as scene breaks often are, have made Send to Kindle answer E21018."""
    for page in epub.pages:
        for picture in elements(page.top, "img"):
            said = picture.get("alt")
            if said is not None and not said.strip() and picture.get("role") not in {"presentation", "none"}:
                yield Concern(f"{picture.get('src')!r} has an empty alt", page.path, picture.sourceline or 0)


@objection(
    APPLE, KINDLE, remedy="use <img>",
    source=f"{_APPLE_GUIDE} (img, not svg:image); Kindle Publishing Guidelines, read November 2026",
    in_files_of=(KINDLE,),
)  # fmt: skip
def picture_in_drawing(epub: Opened) -> Iterator[Concern]:
    """A picture that stands in an SVG is not shown by some readers, and not described by any."""
    for page in epub.pages:
        for element in page.top.iter("{http://www.w3.org/2000/svg}image"):
            yield Concern("a picture inside <svg>", page.path, element.sourceline or 0)


def _size(picture: Picture) -> str:
    return f"{picture.pixels[0]} x {picture.pixels[1]}"


def _key(epub: Opened, picture: Picture) -> str:
    return "cover" if picture is epub.cover else ""
