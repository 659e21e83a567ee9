"""The styles that come with bookbuild: folders of CSS, `styles/` beside the package or inside the wheel."""

import re
from collections.abc import Iterator
from pathlib import Path

from bookbuild.errors import Finding, Place, RequestError, error, warning
from bookbuild.source import Source

_HIDING = re.compile(
    r"\b(?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|opacity\s*:\s*0(?![.\d])|font-size\s*:\s*0(?![.\d])"
    r"|overflow(?:-[xy])?\s*:\s*(?:hidden|clip)|clip(?:-path)?\s*:|(?<!-)color\s*:\s*(?:transparent|white|#fff(?:fff)?)\b)",
    re.IGNORECASE,
)
"""Declarations that keep words from being seen, though they are in the file and so add up."""


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


def hiding_declarations(css: Source) -> Iterator[Finding]:
    """Tell of the places in an author's own CSS that may hide words: the account reads the file, not the reader's screen."""
    for match in _HIDING.finditer(css.text):
        said = " ".join(match.group().split())
        yield warning(
            f"'{said}' may hide words of the book",
            css.place(match.start()),
            hint="look at the pages that it is for",
        )


def _styles_folder() -> Path:
    package = Path(__file__).resolve().parent.parent
    inside = package / "styles"  # in an installed wheel
    return inside if inside.is_dir() else package.parent / "styles"  # in a checkout
