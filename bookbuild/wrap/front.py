"""The front and the spine set in type: lines of an SVG, in points of the cover."""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from xml.sax.saxutils import escape

from font_source_serif_pro import font_files_ttf

from bookbuild.config.keys import Settings
from bookbuild.wrap.folds import INCH, Area, Folds
from bookbuild.wrap.scheme import Colours
from bookbuild.writers.cover_drawing import FACES, rosette, seed_of
from bookbuild.writers.cover_lettering import Face, fitted

FAMILIES = {use: f"cover {use}" for use in FACES}
"""The names by which the style sheet knows the faces."""
_TRACKING = 0.12
_FRAME = 0.14 * INCH
"""How far the frame stands within the part where text may stand: a knife that is off must not make it look askew."""
_MARGIN = 0.35 * INCH
"""The same on the back, for its text."""
LEAST_SPINE = 6.0
"""Points: type that is smaller cannot be read on a shelf."""
_LARGEST_SPINE = 20.0


def faces() -> dict[str, Face]:
    """Give the faces of the cover, to measure with."""
    return {use: Face(Path(font_files_ttf[name])) for use, name in FACES.items()}


def front_svg(settings: Settings, folds: Folds, colours: Colours) -> Iterator[str]:
    """Set the front: frame, series, title and subtitle, rosette, authors."""
    known = faces()
    frame = folds.safe(folds.front).inset(_FRAME, _FRAME)
    yield from _frame(frame, colours.accent)
    room = frame.inset(0.3 * INCH, 0.32 * INCH)
    middle = room.left + room.width / 2
    radius = min(room.width * 0.3, room.height * 0.155)
    centre = room.top + room.height * 0.665
    yield from _rosette(settings.title, middle, centre, radius, colours.accent)
    top = room.top
    if settings.series:
        series = " · ".join(filter(None, (settings.series.name, settings.series.position or "")))
        size = _fitting(known["small"], series.upper(), room.width, 0.021 * room.height, _TRACKING)
        yield _text(series.upper(), middle, top + size, _Type("small", size, colours.accent, _TRACKING))
        top += 3 * size
    box = Area(room.left, top, room.width, centre - radius - 0.25 * INCH - top)
    yield from _title(settings, known, box, colours.lettering)
    yield from _authors(settings, known["small"], room, colours.lettering)


def _frame(area: Area, colour: str) -> Iterator[str]:
    for inset, line in ((0.0, 1.6), (4.2, 0.6)):
        one = area.inset(inset, inset)
        yield (
            f'<rect x="{one.left:.2f}" y="{one.top:.2f}" width="{one.width:.2f}" height="{one.height:.2f}" '
            f'fill="none" stroke="{colour}" stroke-width="{line}"/>'
        )


def _rosette(title: str, middle: float, centre: float, radius: float, colour: str) -> Iterator[str]:
    left, top = middle - radius, centre - radius
    for points in rosette(seed_of(title), radius):
        line = " ".join(f"{left + x:.2f},{top + y:.2f}" for x, y in points[::3])
        yield f'<polyline points="{line}" fill="none" stroke="{colour}" stroke-width="0.55"/>'


def _title(settings: Settings, known: dict[str, Face], box: Area, colour: str) -> Iterator[str]:
    """Set the title as large as it goes, with its subtitle, in the middle of a box."""
    face, italic = known["title"], known["italic"]
    lines, size = fitted(" ".join(settings.title.split()), face, (box.width, box.height * 0.66), 1000, 1.1)
    size = min(size, box.width * 0.19)
    placed = [(line, "title", size, size * 1.1) for line in lines]
    if settings.subtitle:
        under, small = fitted(
            " ".join(settings.subtitle.split()), italic, (box.width * 0.9, box.height * 0.3), 1000, 1.25
        )
        small = min(small, size * 0.42, box.width * 0.07)
        gaps = [small * 1.25 + size * 0.35, *(small * 1.25 for _ in under[1:])]
        placed += [(line, "italic", small, gap) for line, gap in zip(under, gaps, strict=True)]
    y = box.top + (box.height - sum(gap for *_, gap in placed)) / 2
    for line, use, points, gap in placed:
        y += gap
        yield _text(line, box.left + box.width / 2, y, _Type(use, points, colour))


def _authors(settings: Settings, face: Face, room: Area, colour: str) -> Iterator[str]:
    names = [author.name.upper() for author in settings.authors]
    if len(names) > 3:
        names, _ = fitted(", ".join(names), face, (room.width / 1.2, room.height), 12, 1.4)
    size = min(_fitting(face, name, room.width, 0.036 * room.height, _TRACKING) for name in names)
    for number, name in enumerate(reversed(names)):
        y = room.bottom - 1.45 * size * number
        yield _text(name, room.left + room.width / 2, y, _Type("small", size, colour, _TRACKING))


def _fitting(face: Face, text: str, width: float, largest: float, tracking: float = 0) -> float:
    """Give the size, up to the largest, in which a line is no wider than asked."""
    return min(largest, width / (face.width(text, tracking) or 1))


class _Type(NamedTuple):
    """How a line is set."""

    use: str
    size: float
    colour: str
    tracking: float = 0.0


def _text(text: str, x: float, y: float, type_: _Type, *, anchor: str = "middle") -> str:
    spaced = f' letter-spacing="{type_.tracking * type_.size:.3f}"' if type_.tracking else ""
    return (
        f'<text x="{x:.2f}" y="{y:.2f}" text-anchor="{anchor}" font-family="{FAMILIES[type_.use]}" '
        f'font-size="{type_.size:.2f}" fill="{type_.colour}"{spaced}>{escape(text)}</text>'
    )


# ---------------------------------------------------------------- the spine


def spine_svg(settings: Settings, folds: Folds, colours: Colours) -> tuple[str, ...]:
    """Set the spine: author, title, imprint, read from the head down (ISO 6357); nothing where it is too thin for type."""
    known = faces()
    length = folds.safe(folds.back_of_book).height - 2 * _FRAME
    title = " ".join(settings.title.split())
    size = spine_size(settings, folds)
    if size < LEAST_SPINE:
        return ()
    author = " & ".join(person.name.split()[-1] for person in settings.authors[:3]).upper()
    ends = [
        (author, -length / 2, "start", size * 0.72),
        *([(settings.publisher.upper(), length / 2, "end", size * 0.55)] if settings.publisher else []),
    ]
    middle = folds.back_of_book.left + folds.spine / 2
    made = [f'<g transform="translate({middle:.3f} {folds.height / 2:.3f}) rotate(90)">']
    made.append(_on_spine(title, 0, known["title"], _Type("title", size, colours.lettering), "middle"))
    for text, x, anchor, largest in ends:
        small = _fitting(known["small"], text, length * 0.21, largest, _TRACKING)
        if small >= LEAST_SPINE * 0.7:
            type_ = _Type("small", small, colours.accent, _TRACKING)
            made.append(_on_spine(text, x, known["small"], type_, anchor))
    return (*made, "</g>")


def spine_size(settings: Settings, folds: Folds) -> float:
    """Give the size of the spine's title, in points: as its width and its length allow."""
    length = folds.safe(folds.back_of_book).height - 2 * _FRAME
    share = 0.5 if settings.publisher else 0.66  # author and imprint take the rest, and white between them
    wide = faces()["title"].width(" ".join(settings.title.split())) or 1
    return min(folds.spine_room * 0.62, _LARGEST_SPINE, length * share / wide)


def _on_spine(text: str, x: float, face: Face, type_: _Type, anchor: str) -> str:
    """Set a line whose capitals stand in the middle of the spine."""
    return _text(text, x, type_.size * face.cap_height / 2, type_, anchor=anchor)


# ---------------------------------------------------------------- the back


def imprint_svg(settings: Settings, folds: Folds, colours: Colours) -> str:
    """Set the imprint at the foot of the back, across from the barcode."""
    room = folds.safe(folds.back).inset(_MARGIN, 0)
    width = folds.barcode.left - room.left - 0.25 * INCH
    size = _fitting(faces()["small"], settings.publisher.upper(), width, 8.5, _TRACKING)
    type_ = _Type("small", size, colours.accent, _TRACKING)
    foot = folds.barcode.bottom - 2
    return _text(settings.publisher.upper(), room.left, foot, type_, anchor="start")
