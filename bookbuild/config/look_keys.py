"""How a book looks, as build.yaml says it: how chapters begin and scenes part, laid over a style, and what becomes of pictures."""

from enum import Enum
from typing import Annotated

from pydantic import Field

from bookbuild.config.values import Keys


class Heads(Enum):
    """How the heads of chapters are designed."""

    CENTRED = "centred"
    RULED = "ruled"
    ORNAMENTED = "ornamented"
    LEFT = "left"
    RIGHT = "right"
    QUIET = "quiet"


class Openings(Enum):
    """How the first words of a chapter are set."""

    SMALL_CAPITALS = "small capitals"
    DROP_CAPITAL = "drop capital"  # in print; small capitals follow it, and stand alone in an EPUB
    PLAIN = "plain"


class Breaks(Enum):
    """What stands between two scenes."""

    STARS = "stars"
    ORNAMENT = "ornament"  # in print; stars in an EPUB
    RULE = "rule"
    SPACE = "space"


class Ornament(Enum):
    """The ornaments that come with bookbuild."""

    LEAF = "leaf"
    DIAMONDS = "diamonds"
    WAVE = "wave"
    STAR = "star"
    ROSETTE = "rosette"
    FLOURISH = "flourish"


class LooksKeys(Keys):
    """How chapters begin and scenes part; as the style has it where nothing is said."""

    heads: Heads | None = None
    """The heads of chapters: `centred`, `ruled`, `ornamented`, `left`, `right`, `quiet`."""
    openings: Openings | None = None
    """The first words of chapters: `small capitals`, `drop capital`, `plain`."""
    breaks: Breaks | None = None
    """What stands between scenes: `stars`, `ornament`, `rule`, `space`."""
    ornament: str = Ornament.LEAF.value
    """The ornament of heads and breaks: `leaf`, `diamonds`, `wave`, `star`, `rosette`, `flourish`, or an SVG in the book's folder."""


class PicturesKeys(Keys):
    """What becomes of the pictures in the text. Print has them with all their pixels."""

    max_pixels: Annotated[int, Field(ge=10_000, le=5_600_000)] = 5_600_000
    """The most pixels a picture has on screens, width times height; Apple Books takes no more than the default."""
    greyscale: bool = False
    """Whether they are turned grey, for e-ink and for printing in black: `on` or `off`."""
    quality: Annotated[int, Field(ge=40, le=95)] = 90
    """Of photographs, as JPEG counts it: less is smaller."""
