"""Colours as a printer wants them made: in black ink alone, in the four inks of a press, or as on a screen.

The four inks come by taking out grey (CSS Color 4, section 10.2): what three colours have in common is printed in black instead.
Neutral greys then need one ink, and no profile is needed, which IngramSpark does not want. Dark colours that would need more ink
than dries get less of their colours. A press that was measured would do better: who needs that converts pictures beforehand.
"""

from collections.abc import Sequence

from PIL import Image, ImageChops, ImageMath, ImageOps

from bookbuild.printers import Inks

LUMA = (0.299, 0.587, 0.114)
"""How much red, green and blue are worth in grey (ITU-R BT.601, which Pillow follows)."""
_MODES = {Inks.GREY: "L", Inks.CMYK: "CMYK", Inks.SRGB: "RGB"}
_OPERATORS = {1: ("g", "G"), 3: ("rg", "RG"), 4: ("k", "K")}


def to_inks(colour: Sequence[float], inks: Inks, limit: int = 400) -> tuple[float, ...]:
    """Turn a colour of one (grey), three (RGB) or four (CMYK) parts from 0 to 1 into one of these inks, at most `limit` per cent.

    What is grey already stays so: it is printed in black ink everywhere.
    """
    if len(colour) == 1 or (len(colour) == 4 and inks is Inks.CMYK):
        return tuple(colour)
    red, green, blue = _rgb(colour)
    if red == green == blue:
        return (red,)
    if inks is Inks.SRGB:
        return (red, green, blue)
    if inks is Inks.GREY:
        return (round(sum(part * worth for part, worth in zip((red, green, blue), LUMA, strict=True)), 4),)
    white = max(red, green, blue)
    inked = [1 - part / white for part in (red, green, blue)]
    less = min(1.0, (limit / 100 - 1 + white) / sum(inked))
    return (*(round(part * less, 4) for part in inked), round(1 - white, 4))


def _rgb(colour: Sequence[float]) -> tuple[float, float, float]:
    if len(colour) == 3:
        return (colour[0], colour[1], colour[2])
    cyan, magenta, yellow, black = colour
    red, green, blue = (round((1 - part) * (1 - black), 4) for part in (cyan, magenta, yellow))
    return (red, green, blue)


def operator(colour: Sequence[float], *, strokes: bool) -> str:
    """Name the operator that sets a colour of so many parts (ISO 32000-1, table 74)."""
    return _OPERATORS[len(colour)][strokes]


def picture_to_inks(picture: Image.Image, inks: Inks, limit: int) -> Image.Image:
    """Turn a picture into one that is made of these inks, with at most `limit` per cent of ink at any place."""
    if picture.mode in {"1", "L"}:
        return picture
    if picture.mode == "CMYK" and inks is Inks.CMYK:
        return limited(picture, limit)
    plain = picture.convert("RGB")
    red, green, blue = plain.split()
    if inks is Inks.GREY or _is_grey(red, green, blue):
        return plain.convert("L")
    if inks is Inks.SRGB:
        return plain
    return limited(_four_inks(red, green, blue), limit)


def _four_inks(red: Image.Image, green: Image.Image, blue: Image.Image) -> Image.Image:
    white = ImageChops.lighter(ImageChops.lighter(red, green), blue)
    whole = white.convert("F")

    def inked(part: Image.Image) -> Image.Image:
        made = ImageMath.lambda_eval(
            lambda given: 255.5 - given["part"] * 255 / given["max"](given["white"], 1.0),
            part=part.convert("F"),
            white=whole,
        )
        grey: Image.Image = made.convert("L")
        return grey

    return Image.merge("CMYK", [*map(inked, (red, green, blue)), ImageOps.invert(white)])


def _is_grey(red: Image.Image, green: Image.Image, blue: Image.Image) -> bool:
    differences = (ImageChops.difference(red, green), ImageChops.difference(green, blue))
    return all(one.getextrema() == (0, 0) for one in differences)


def most_ink(picture: Image.Image) -> int:
    """Give the most ink that a picture of four inks has at any place, in per cent."""
    total = ImageMath.lambda_eval(
        lambda given: given["c"] + given["m"] + given["y"] + given["k"],
        **dict(zip("cmyk", (part.convert("I") for part in picture.split()), strict=True)),
    )
    return round(float(total.getextrema()[1]) / 2.55)


def limited(picture: Image.Image, limit: int) -> Image.Image:
    """Take colour, not black, from the places of a picture of four inks that have more ink than `limit` per cent."""
    if most_ink(picture) <= limit:
        return picture
    *colours, black = picture.split()
    inks = dict(zip("cmyk", (part.convert("F") for part in (*colours, black)), strict=True))

    def less(name: str) -> Image.Image:
        made = ImageMath.lambda_eval(
            lambda given: (
                given[name]
                * given["min"](
                    (limit * 2.55 - given["k"]) / given["max"](given["c"] + given["m"] + given["y"], 1.0), 1.0
                )
            ),
            **inks,
        )
        grey: Image.Image = made.convert("L")
        return grey

    return Image.merge("CMYK", [*(less(name) for name in "cmy"), black])
