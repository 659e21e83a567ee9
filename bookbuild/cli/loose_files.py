"""Files that are named on the command line: those of a book, whose build file lies around them, and those that are loose."""

import sys
from pathlib import Path

from bookbuild.draft import Draft
from bookbuild.errors import BookError, Place, error
from bookbuild.folder import BUILD_FILE
from bookbuild.readers import READERS
from bookbuild.source import read_source, source_from

STANDARD_INPUT = "-"
_REACH = 4  # folders upwards in which a build file is looked for


def build_file_around(name: str) -> Path | None:
    """Find the build file of the book in whose folder a file lies."""
    if name == STANDARD_INPUT:
        return None
    around = (folder / BUILD_FILE for folder in Path(name).resolve().parents[:_REACH])
    return next((path for path in around if path.is_file()), None)


def read_draft(name: str, path: str) -> Draft:
    """Read a file; `path` is what messages call it.

    Raises:
        BookError: it cannot be read, or is of a kind that bookbuild does not know.

    """
    if name == STANDARD_INPUT:
        return READERS[".txt"](source_from(sys.stdin.buffer.read(), "standard input"))
    reader = READERS.get(Path(name).suffix.lower() or ".txt")
    if reader is None:
        hint = f"save it as plain text; bookbuild reads {', '.join(READERS)}"
        raise BookError(error("this kind of file cannot be read", Place(name), hint=hint))
    return reader(read_source(Path(name), path))
