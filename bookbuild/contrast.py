"""Contrast of the colours that a style sheet declares (WCAG 2.2, criterion 1.4.3)."""

from collections.abc import Iterable, Iterator

from tinycss2.color4 import parse_color

from bookbuild.stylesheets import Declaration

LEAST = 4.5
"""To 1: of text in the size of a book's (WCAG 2.2, criterion 1.4.3, level AA)."""

Colour = tuple[float, float, float]  # red, green and blue, from 0 to 1

_WHITE: Colour = (1.0, 1.0, 1.0)
_BLACK: Colour = (0.0, 0.0, 0.0)


def poor_contrasts(declarations: Iterable[Declaration]) -> Iterator[tuple[Declaration, float]]:
    """Find text that stands out too little, with its ratio to 1.

    A colour without a ground of its own is taken to stand on white, and a ground without a colour to bear black: so are
    the pages of readers unless somebody chose another theme.
    """
    for one in declarations:
        ground = _ground(one)
        if one.name == "color" and (text := _colour(one.value, ground or _WHITE)):
            ratio = contrast(text, ground or _WHITE)
        elif one.name in {"background", "background-color"} and ground and "color" not in one.beside:
            ratio = contrast(_BLACK, ground)
        else:
            continue
        if ratio < LEAST:
            yield one, ratio


def contrast(first: Colour, second: Colour) -> float:
    """Give the contrast ratio of two colours, from 1 to 21."""
    light, dark = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _ground(one: Declaration) -> Colour | None:
    value = one.beside.get("background-color") or one.beside.get("background", "")
    return _colour(value, _WHITE)


def _colour(value: str, behind: Colour) -> Colour | None:
    """Read a colour, laid over what is behind it; None for what is none, or is whatever it was."""
    colour = parse_color(value)
    if colour is None or isinstance(colour, str):
        return None
    red, green, blue, alpha = (min(max(float(part or 0), 0), 1) for part in colour.to("srgb"))
    mixed = [
        part * alpha + under * (1 - alpha) for part, under in zip((red, green, blue), behind, strict=True)
    ]
    return mixed[0], mixed[1], mixed[2]


def _luminance(colour: Colour) -> float:
    """Give the relative luminance (WCAG 2.2, definitions)."""
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in colour
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
