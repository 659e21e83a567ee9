"""The styles that come with bookbuild: folders of CSS in `styles/`, beside the package or inside the wheel.

Every style is laid over `classic`, so that it says only what differs. Its `page.yaml` has the measures of the printed
page that it is made for, its `frontmatter.yaml` the sections before the story; what build.yaml says of these comes first.
"""

from pathlib import Path
from typing import Any

import yaml

from bookbuild.errors import Place, RequestError, error

BASE = "classic"


def style_names() -> list[str]:
    """Give the styles there are, by name."""
    return sorted(path.name for path in _styles_folder().iterdir() if (path / "print.css").exists())


def style_sheets(style: str, name: str, asked_at: Place) -> tuple[Path, ...]:
    """Give a style's sheets of one kind, those it is laid over first: `style_sheets("modern", "epub.css", …)`.

    Raises:
        RequestError: there is no such style; `asked_at` is where it was asked for.

    """
    if style not in style_names():
        raise RequestError(
            error(f"there is no style '{style}'", asked_at, hint=f"the styles are {', '.join(style_names())}")
        )
    return tuple(_styles_folder() / layer / name for layer in dict.fromkeys((BASE, style)))


def page_of(style: object) -> dict[str, Any]:
    """Give the keys of `page` as a style has them, in the words of build.yaml; none for what is no style."""
    if style not in style_names():
        return {}
    file = _styles_folder() / str(style) / "page.yaml"
    return dict(yaml.safe_load(file.read_text("utf-8"))) if file.exists() else {}


def frontmatter_of(style: object) -> list[Any]:
    """Give the sections before the story as a style has them, in the words of build.yaml; none where it leaves them to others."""
    file = _styles_folder() / str(style) / "frontmatter.yaml"
    return list(yaml.safe_load(file.read_text("utf-8"))) if style in style_names() and file.exists() else []


def look_file(name: str) -> Path:
    """Give a sheet of the looks that are laid over a style, by its file's name."""
    return _styles_folder() / "looks" / name


def ornament_file(name: str) -> Path:
    """Give the drawing of an ornament that comes with bookbuild."""
    return look_file("ornaments") / f"{name}.svg"


def _styles_folder() -> Path:
    package = Path(__file__).resolve().parent
    inside = package / "styles"  # in an installed wheel
    return inside if inside.is_dir() else package.parent / "styles"  # in a checkout
