"""The looks that build.yaml chooses (heads, openings, breaks) → style sheets, between the style's and the author's own."""

import base64
from pathlib import Path

from bookbuild.config.keys import Settings
from bookbuild.config.look_keys import LooksKeys, Ornament
from bookbuild.errors import Finding, Place, RequestError, error
from bookbuild.folder import file_inside
from bookbuild.styles import look_file, ornament_file
from bookbuild.writers.cover import read_bytes
from bookbuild.writers.safe_svg import safe_svg
from bookbuild.writers.weasyprint_log import Sheet, read_sheet

_ORNAMENT = "url(ornament)"
"""What stands for the ornament in a sheet of the looks."""


def look_paths(looks: LooksKeys, kind: str) -> list[Path]:
    """Give the sheets of the looks that were chosen, for `print` or `epub`; on screens some look as the style has it."""
    chosen = (("heads", looks.heads), ("openings", looks.openings), ("breaks", looks.breaks))
    names = [f"{what}-{choice.value.replace(' ', '-')}" for what, choice in chosen if choice]
    paths = [look_file(f"{name}.{kind}.css") for name in names]
    return [path for path in paths if path.exists()]


def look_sheets(
    settings: Settings, folder: Path, asked_at: Place
) -> tuple[tuple[Sheet, ...], tuple[Finding, ...]]:
    """Make the sheets of the looks for print; gives what is to be told of an ornament as well.

    Raises:
        RequestError: there is no such ornament.
        BookError: the ornament's file is missing, outside the book's folder, or no SVG.

    """
    looks = settings.looks
    sheets = [read_sheet(path, f"styles/looks/{path.name}") for path in look_paths(looks, "print")]
    told: list[Finding] = []
    if any(_ORNAMENT in sheet.text for sheet in sheets):
        drawing, told = _ornament(looks.ornament, folder, asked_at)
        address = f'url("data:image/svg+xml;base64,{base64.b64encode(drawing).decode()}")'
        sheets = [Sheet(one.name, one.text.replace(_ORNAMENT, address), one.path) for one in sheets]
    return tuple(sheets), tuple(told)


def _ornament(name: str, folder: Path, asked_at: Place) -> tuple[bytes, list[Finding]]:
    if name in {one.value for one in Ornament}:
        return ornament_file(name).read_bytes(), []
    if not name.lower().endswith(".svg"):
        known = ", ".join(one.value for one in Ornament)
        raise RequestError(
            error(
                f"there is no ornament '{name}'",
                asked_at,
                hint=f"they are {known}; or name an SVG of your own",
            )
        )
    what = f"the ornament '{name}'"
    return safe_svg(read_bytes(file_inside(folder, name, asked_at), what, asked_at), what, asked_at)
