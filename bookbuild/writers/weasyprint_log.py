"""What WeasyPrint has to say, as findings with the place in the style sheet that it speaks of."""

import logging
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

from bookbuild.errors import BookError, Finding, Place, error, warning

_PLACE = re.compile(r",? at (\d+):(\d+)\b")
_WORD = re.compile(r"Ignored `([\w-]+)|at \d+:\d+: ([\w-]+)")
"""A word that stands in the line that a message speaks of: the property, the function."""
_QUOTED = re.compile(r"'([^']+)'")
_LOGGERS = ("weasyprint", "fontTools")


@dataclass(frozen=True, slots=True)
class Sheet:
    """A style sheet: what messages call it, its text, and the file that its addresses are relative to."""

    name: str
    text: str
    path: Path

    def has(self, word: str, line: int) -> bool:
        """Tell whether a word stands in a line (from 1)."""
        lines = self.text.splitlines()
        return line <= len(lines) and word.lower() in lines[line - 1].lower()

    def find(self, text: str) -> Place | None:
        """Find where a text stands first."""
        at = self.text.find(text)
        if at < 0:
            return None
        return Place(self.name, self.text.count("\n", 0, at) + 1, at - self.text.rfind("\n", 0, at))


def read_sheet(path: Path, name: str) -> Sheet:
    """Read a style sheet.

    Raises:
        BookError: it is not UTF-8, or cannot be read.

    """
    try:
        return Sheet(name, path.read_text(encoding="utf-8-sig"), path)
    except OSError as fault:
        raise BookError(error(f"cannot be read: {fault.strerror}", Place(name))) from fault
    except UnicodeDecodeError as fault:
        raise BookError(error("is not UTF-8 text", Place(name), hint="save it as UTF-8")) from fault


class _Collector(logging.Handler):
    def __init__(self, messages: list[str]) -> None:
        super().__init__(logging.WARNING)
        self.messages = messages

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append(record.getMessage())


@contextmanager
def listening() -> Iterator[list[str]]:
    """Collect what is logged meanwhile; nothing of it reaches the terminal by itself."""
    messages: list[str] = []
    handler = _Collector(messages)
    before = [(logging.getLogger(name), logging.getLogger(name).propagate) for name in _LOGGERS]
    for logger, _ in before:
        logger.addHandler(handler)
        logger.propagate = False
    try:
        yield messages
    finally:
        for logger, propagate in before:
            logger.removeHandler(handler)
            logger.propagate = propagate


def to_findings(messages: Iterable[str], sheets: Iterable[Sheet]) -> list[Finding]:
    """Turn messages into warnings, each once; `sheets` are those that they may speak of."""
    known = tuple(sheets)
    return list(dict.fromkeys(_finding(message, known) for message in messages))


def _finding(message: str, sheets: tuple[Sheet, ...]) -> Finding:
    place = _place(message, sheets)
    text = _PLACE.sub("", message, count=1) if place and place.line else message
    text = re.sub(r"`([^`]*)`", lambda quoted: f"'{quoted[1].strip()}'", text.rstrip("."))
    hint = "it has no effect in print: take it out, or mend it" if message.startswith("Ignored") else ""
    return warning(text[:1].lower() + text[1:], place, hint=hint)


def _place(message: str, sheets: tuple[Sheet, ...]) -> Place | None:
    """Find the place that a message speaks of; where several sheets may be meant, the one that has its word there.

    While a sheet is read it is the only one, but while pages are laid out any may be meant; the author's comes last, and is
    the likeliest. A sheet that imports others does not tell which of them is meant: it has to have the word as well.
    """
    at, word = _PLACE.search(message), _WORD.search(message)
    if not at:
        return _first_place(_QUOTED.findall(message), sheets)
    line, column = int(at[1]), int(at[2])
    if len(sheets) == 1:
        return Place(sheets[0].name, line, column)
    for sheet in reversed(sheets):
        if sheet.has((word[1] or word[2]) if word else "", line) and (word or len(sheets) == 1):
            return Place(sheet.name, line, column)
    return None


def place_of_address(url: str, sheets: Iterable[Sheet]) -> Place | None:
    """Find where a style sheet asks for an address, whole or as the file's name alone."""
    return _first_place((url, unquote(urlsplit(url).path.rpartition("/")[2])), tuple(sheets))


def _first_place(texts: Iterable[str], sheets: tuple[Sheet, ...]) -> Place | None:
    wanted = [text.strip() for text in texts if text.strip()]
    places = (sheet.find(text) for text in wanted for sheet in reversed(sheets))
    return next(filter(None, places), None)
