"""Draws a cover from title, authors and series, for a book that has none: cloth, gilt lines, an engraved rosette."""

import hashlib
import math
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from PIL import Image, ImageDraw

from bookbuild.config.keys import Settings
from bookbuild.errors import Finding, warning
from bookbuild.writers.cover import Cover, to_jpeg
from bookbuild.writers.cover_lettering import Colour, Face, LineStyle, fitted

SIZE = (1600, 2560)  # KDP's ideal; 4.1 million pixels, below Apple's limit
FACES = {"title": "SourceSerifProSemibold", "italic": "SourceSerifProIt", "small": "SourceSerifPro"}
_MIDDLE = SIZE[0] / 2
_WIDTH = 1220  # of lettering
_TRACKING = 0.12  # ems between capitals
_SMALLEST = 52  # of an author's name that stands in one line
_WORDS = 60  # of a title; what is longer could not be read
_ROSETTE = (1660, 370)  # its middle from the top, and its radius
_FINE = 3  # lines are drawn larger by this and made smaller, to be smooth


@dataclass(frozen=True, slots=True)
class Scheme:
    """The colours of a cover: cloth, lettering, gilt."""

    ground: Colour
    ink: Colour
    gilt: Colour


_SCHEMES = (
    Scheme((20, 33, 61), (245, 237, 218), (217, 166, 70)),  # navy and gold
    Scheme((88, 20, 32), (246, 234, 216), (219, 170, 96)),  # oxblood
    Scheme((22, 56, 45), (243, 236, 217), (202, 180, 110)),  # bottle green
    Scheme((241, 232, 212), (40, 34, 31), (163, 52, 43)),  # cream and red
    Scheme((27, 71, 82), (246, 240, 225), (229, 179, 137)),  # petrol and copper
    Scheme((56, 32, 68), (244, 233, 231), (217, 164, 160)),  # plum and rose
    Scheme((34, 36, 43), (241, 236, 226), (206, 98, 70)),  # charcoal and rust
    Scheme((201, 214, 220), (27, 41, 57), (136, 54, 56)),  # mist and wine
    Scheme((46, 62, 92), (240, 240, 236), (170, 190, 214)),  # dusk and silver
    Scheme((216, 178, 104), (42, 28, 18), (112, 36, 28)),  # ochre and brown
)


@dataclass(slots=True)
class _Sheet:
    """The cover while it is drawn, and what could not be."""

    picture: Image.Image
    scheme: Scheme
    faces: Mapping[str, Face]
    lost: list[str] = field(default_factory=list)

    @property
    def canvas(self) -> ImageDraw.ImageDraw:
        return ImageDraw.Draw(self.picture)

    def settable(self, text: str, face: Face) -> str:
        """Give text as it can be set: without odd signs, or nothing where the font lacks letters; what is lost is noted."""
        text = " ".join(unicodedata.normalize("NFC", text).split())
        short = " ".join(text.split()[:_WORDS])
        left = "".join(character for character in short if face.can_set(character))
        if left != text:
            self.lost.append(text)
        whole = sum(map(str.isalnum, left)) == sum(map(str.isalnum, short))
        return " ".join(left.split()) if whole else ""


def seed_of(title: str) -> bytes:
    """Give what a cover's colours and rosette follow from, so that they stay from build to build."""
    return hashlib.sha256(title.encode(errors="replace")).digest()


def scheme_of(seed: bytes) -> Scheme:
    """Give the colours of a cover."""
    return _SCHEMES[seed[0] % len(_SCHEMES)]


def draw_cover(settings: Settings, fonts: Mapping[str, str]) -> Cover:
    """Draw a cover. The colours and the rosette follow from the title, so they stay from build to build.

    Args:
        settings: title, subtitle, series and authors.
        fonts: Source Serif Pro's files by name, as the package `font_source_serif_pro` gives them in `font_files_ttf`.

    """
    seed = seed_of(settings.title)
    scheme = scheme_of(seed)
    faces = {use: Face(Path(fonts[name])) for use, name in FACES.items()}
    sheet = _Sheet(Image.new("RGB", SIZE, scheme.ground), scheme, faces)
    _draw_frame(sheet)
    _draw_rosette(sheet, seed)
    _draw_series(sheet, settings)
    _draw_title(sheet, settings)
    _draw_authors(sheet, settings)
    return Cover(to_jpeg(sheet.picture), "image/jpeg", SIZE, _findings(sheet))


def _findings(sheet: _Sheet) -> tuple[Finding, ...]:
    return tuple(
        warning(
            f"the drawn cover cannot show all of '{text[:80]}': too long, or with characters that its font lacks",
            hint="give a picture of your own: 'cover: cover.jpg' in build.yaml",
        )
        for text in sheet.lost
    )


# ---------------------------------------------------------------- lettering


def _draw_series(sheet: _Sheet, settings: Settings) -> None:
    if not settings.series:
        return
    face = sheet.faces["small"]
    text = sheet.settable(settings.series.name, face).upper()
    if settings.series.position:
        text = f"{text} · {settings.series.position}" if text else ""
    _draw_capitals(sheet, [text], baseline=268, largest=54, colour=sheet.scheme.gilt)


def _draw_title(sheet: _Sheet, settings: Settings) -> None:
    """Set the title as large as it goes, and centre it with its subtitle between series and rosette."""
    subtitle = sheet.settable(settings.subtitle, sheet.faces["italic"])
    blocks = [
        (
            sheet.settable(settings.title, sheet.faces["title"]),
            sheet.faces["title"],
            290,
            1.08,
            (_WIDTH, 720),
        ),
        (subtitle, sheet.faces["italic"], 84, 1.25, (_WIDTH - 120, 210)),
    ]
    placed: list[tuple[str, Face, float, float]] = []  # line, face, size, how far below the last baseline
    for text, face, largest, leading, box in blocks:
        lines, size = fitted(text, face, box, largest, leading) if text else ([], 0)
        for number, line in enumerate(lines):
            first = size * face.cap_height + (60 + placed[-1][2] * 0.25 if placed else 0)
            placed.append((line, face, size, size * leading if number else first))
    height = sum(below for *_, below in placed)
    top, bottom = (340 if settings.series else 250), _ROSETTE[0] - _ROSETTE[1] - 60
    y = top + (bottom - top - height) / 2
    for line, face, size, below in placed:
        y += below
        face.draw(sheet.canvas, line, (_MIDDLE, y), LineStyle(size, sheet.scheme.ink))


def _draw_authors(sheet: _Sheet, settings: Settings) -> None:
    """Set a line for each author, below the rosette; more than three share the lines, and so do names too long for one."""
    face = sheet.faces["small"]
    names = [name.upper() for author in settings.authors if (name := sheet.settable(author.name, face))]
    is_long = any(face.width(name, _TRACKING) * _SMALLEST > _WIDTH for name in names)
    if is_long or len(names) > 3:
        names, _ = fitted(", ".join(names), face, (_WIDTH / 1.2, 240), 60, 1.4)
    largest = min(88, 310 / 1.4 / max(len(names), 1))
    _draw_capitals(sheet, names, baseline=2345, largest=largest, colour=sheet.scheme.ink)


def _draw_capitals(sheet: _Sheet, lines: list[str], baseline: float, largest: float, colour: Colour) -> None:
    """Draw lines of one size, the last of them on the baseline."""
    face = sheet.faces["small"]
    widest = max((face.width(line, _TRACKING) for line in lines), default=0)
    size = min(largest, _WIDTH / (widest or 1))
    for number, line in enumerate(reversed(lines)):
        middle = (_MIDDLE, baseline - 1.4 * size * number)
        face.draw(sheet.canvas, line, middle, LineStyle(size, colour, _TRACKING))


# ---------------------------------------------------------------- lines


def _draw_frame(sheet: _Sheet) -> None:
    """Draw two gilt lines around the cover."""
    width, height = SIZE
    for inset, thickness in ((72, 8), (98, 3)):
        corners = (inset, inset, width - inset - 1, height - inset - 1)
        sheet.canvas.rectangle(corners, outline=sheet.scheme.gilt, width=thickness)


def _draw_rosette(sheet: _Sheet, seed: bytes) -> None:
    """Draw the rosette, larger than it will be, so that its lines are smooth."""
    middle, radius = _ROSETTE
    side = 2 * radius * _FINE
    mask = Image.new("L", (side, side), 0)
    pencil = ImageDraw.Draw(mask)
    for points in rosette(seed, side / 2):
        pencil.line(points, fill=255, width=3 * _FINE)
    mask = mask.resize((2 * radius, 2 * radius), Image.Resampling.LANCZOS)
    place = (round(_MIDDLE) - radius, middle - radius)
    sheet.picture.paste(Image.new("RGB", mask.size, sheet.scheme.gilt), place, mask)


def rosette(seed: bytes, radius: float) -> Iterator[list[tuple[float, float]]]:
    """Give the lines of an engraver's rosette around (radius, radius): one waved ring, turned around its middle again and again."""
    petals = 5 + seed[1] % 8
    depth = 0.22 + seed[2] % 4 * 0.07
    turns = 8 + seed[3] % 3 * 2
    for scale, reach in ((1.0, depth), (0.52, depth * 0.9), (0.2, 0.3)):
        for turn in range(turns):
            yield _waved_ring(radius, scale * 0.97, reach, petals, 2 * math.pi * turn / turns)


def _waved_ring(
    radius: float, scale: float, depth: float, petals: int, phase: float
) -> list[tuple[float, float]]:
    points = []
    for step in range(1081):
        angle = 2 * math.pi * step / 1080
        distance = radius * scale * (1 - depth + depth * math.cos(petals * angle + phase))
        points.append((radius + distance * math.sin(angle), radius - distance * math.cos(angle)))
    return points
