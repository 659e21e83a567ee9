"""Words that have characters which their face lacks, measured in whatever font WeasyPrint takes instead."""

from typing import Any

from weasyprint.text.line_break import split_first_line

from bookbuild.typeset.measure import Type

_WIDTH = 3
"""Where in what WeasyPrint tells of a line its width stands."""


class OtherFonts:
    """Measures by WeasyPrint's own means, which is slow: only such words are measured so."""

    def __init__(self) -> None:
        self._styles: dict[Type, Any] = {}

    def learn(self, type_: Type, css: Any) -> None:
        """Take note of the computed style that a type was read from."""
        self._styles[type_] = css

    def __call__(self, type_: Type, text: str) -> float:
        """Measure a word, in pixels."""
        width: float = split_first_line(text, self._styles[type_], None, None, 0)[_WIDTH]
        return width
