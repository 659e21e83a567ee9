"""The colours of a cover: those that build.yaml names, or those of the front's picture, or those that follow from the title."""

from dataclasses import dataclass

from PIL import Image

from bookbuild.config.wrap_keys import WrapKeys
from bookbuild.contrast import contrast
from bookbuild.writers.cover_drawing import Scheme, scheme_of, seed_of

Rgb = tuple[int, int, int]
_INK: Rgb = (26, 24, 22)
_PAPER: Rgb = (248, 244, 234)


@dataclass(frozen=True, slots=True)
class Colours:
    """The colours of a cover, as CSS writes them."""

    ground: str
    lettering: str
    accent: str


def colours_of(wrap: WrapKeys, title: str, front: Image.Image | None) -> Colours:
    """Choose the colours; beside a picture, the ground is that of its edge at the spine, and text the one that is read best on it."""
    scheme = _beside(front) if front else scheme_of(seed_of(title))
    ground = wrap.ground or _css(scheme.ground)
    if wrap.ground and not wrap.lettering:
        scheme = _on(_rgb(wrap.ground), scheme.gilt)
    return Colours(ground, wrap.lettering or _css(scheme.ink), wrap.accent or _css(scheme.gilt))


def _beside(front: Image.Image) -> Scheme:
    strip = front.convert("RGB").crop((0, 0, max(front.width // 40, 1), front.height))
    red, green, blue = strip.resize((1, 1), Image.Resampling.BOX).split()
    ground = (_value(red), _value(green), _value(blue))
    return _on(ground, None)


def _value(channel: Image.Image) -> int:
    return channel.getextrema()[0]  # type: ignore[return-value] # of one dot


def _on(ground: Rgb, gilt: Rgb | None) -> Scheme:
    """Find letters that can be read on a ground; a gilt that stands out too little becomes as the letters."""
    ink = max((_INK, _PAPER), key=lambda one: contrast(_unit(one), _unit(ground)))
    stands_out = gilt is not None and contrast(_unit(gilt), _unit(ground)) > 2.5
    return Scheme(ground, ink, gilt if gilt and stands_out else ink)


def _unit(colour: Rgb) -> tuple[float, float, float]:
    return (colour[0] / 255, colour[1] / 255, colour[2] / 255)


def _css(colour: Rgb) -> str:
    return "#" + bytes(colour).hex()


def _rgb(colour: str) -> Rgb:
    red, green, blue = bytes.fromhex(colour[1:])
    return (red, green, blue)
