"""The styles that come with bookbuild: folders of CSS, `styles/` beside the package or inside the wheel."""

from pathlib import Path

from bookbuild.errors import Place, RequestError, error


def style_names() -> list[str]:
    """Give the styles there are, by name."""
    return sorted(path.name for path in _styles_folder().iterdir() if path.is_dir())


def style_file(style: str, name: str, asked_at: Place) -> Path:
    """Give one file of a style: `style_file("classic", "epub.css", …)`.

    Raises:
        RequestError: there is no such style; `asked_at` is where it was asked for.

    """
    if style not in style_names():
        raise RequestError(
            error(f"there is no style '{style}'", asked_at, hint=f"the styles are {', '.join(style_names())}")
        )
    return _styles_folder() / style / name


def _styles_folder() -> Path:
    package = Path(__file__).resolve().parent.parent
    inside = package / "styles"  # in an installed wheel
    return inside if inside.is_dir() else package.parent / "styles"  # in a checkout
