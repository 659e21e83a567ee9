"""What an author's own CSS may do that they did not mean."""

import re
from collections.abc import Iterator

from bookbuild.errors import Finding, warning
from bookbuild.source import Source

_HIDING = re.compile(
    r"\b(?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|opacity\s*:\s*0(?![.\d])|font-size\s*:\s*0(?![.\d])"
    r"|overflow(?:-[xy])?\s*:\s*(?:hidden|clip)|clip(?:-path)?\s*:|(?<!-)color\s*:\s*(?:transparent|white|#fff(?:fff)?)\b)",
    re.IGNORECASE,
)
"""Declarations that keep words from being seen, though they are in the file and so add up."""


def hiding_declarations(css: Source) -> Iterator[Finding]:
    """Tell of the places in an author's own CSS that may hide words: the account reads the file, not the reader's screen."""
    for match in _HIDING.finditer(css.text):
        said = " ".join(match.group().split())
        yield warning(
            f"'{said}' may hide words of the book",
            css.place(match.start()),
            hint="look at the pages that it is for",
        )
