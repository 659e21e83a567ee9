"""The printed cover in one piece, as build.yaml says it: `wrap: {back: …}`."""

import re
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator

from bookbuild.config.values import Keys, Length, listed


def _hex_colour(value: str) -> str:
    if not re.fullmatch("#[0-9a-fA-F]{6}", value):
        raise ValueError(
            f"'{value}' is not a colour; write six digits after a #, in quotation marks: '#14213d'"
        )
    return value.lower()


HexColour = Annotated[str, AfterValidator(_hex_colour)]


class WrapKeys(Keys):
    """The printed cover: back, spine and front in one piece, as `bookbuild cover` makes it."""

    picture: str | None = None
    """A picture of the whole, with its bleed, in the book's folder; only the barcode, and a `back` that is given, are laid over it."""
    front: str | None = None
    """A picture of the front, with its bleed; `cover` when not given, and without one a front is set in type."""
    back: Annotated[tuple[str, ...], BeforeValidator(listed, json_schema_input_type=str | list[str])] = ()
    """The text of the back, a paragraph or a list of them; `description` when not given."""
    spine: Length | None = None
    """The width of the spine, where the printer's calculator says another than bookbuild."""
    ground: HexColour | None = None
    """The colour of the cover, such as `'#14213d'`; it follows from the title, or the front's picture, when not given."""
    lettering: HexColour | None = None
    """The colour of the text."""
    accent: HexColour | None = None
    """The colour of frame and ornament."""
    barcode: bool = True
    """Whether the ISBN's barcode is printed: `on` or `off`; some printers lay their own over the field."""
