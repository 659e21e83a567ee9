"""The book's folder: no file outside it is ever read."""

import difflib
from collections.abc import Iterable
from pathlib import Path

from bookbuild.errors import BookError, Place, error

BUILD_FILE = "build.yaml"


def file_inside(folder: Path, name: str, asked_at: Place) -> Path:
    """Find a file that build.yaml names, by a path relative to the book's folder; links are followed before judging.

    Raises:
        BookError: it lies outside the folder, is missing, or is not a file; `asked_at` is where it was asked for.

    """
    try:
        path = (folder / name).resolve()
        is_there = path.exists()
    except (OSError, RuntimeError, ValueError) as fault:  # a loop of links, a name too long, a NUL in it
        raise BookError(error(f"'{name}' cannot be opened", asked_at)) from fault
    if not path.is_relative_to(folder.resolve()):
        hint = "copy it into the folder that build.yaml stands in"
        raise BookError(error(f"'{name}' lies outside the book's folder", asked_at, hint=hint))
    if not is_there:
        raise BookError(
            error(f"there is no file '{name}'", asked_at, hint="names are relative to build.yaml")
        )
    if not path.is_file() and not path.is_dir():  # a pipe would be waited for, without end
        raise BookError(error(f"'{name}' is no ordinary file", asked_at))
    return path


def no_file_of_book(name: str, files: Iterable[str]) -> BookError:
    """Say that a file that was asked for is none of the book's, with the name that is nearest among those that are."""
    names = {path.rsplit("/", 1)[-1]: path for path in files}
    near = difflib.get_close_matches(name.rsplit("/", 1)[-1], names, n=1)
    hint = (
        f"did you mean '{names[near[0]]}'?" if near else f"the book is made of {_some(list(names.values()))}"
    )
    return BookError(error("no part of the book was made of this file", Place(name), hint=hint))


_FEW = 3  # names that are read at a glance


def _some(names: list[str]) -> str:
    rest = len(names) - _FEW
    return ", ".join(names[:_FEW]) + (f" and {rest} more" if rest > 0 else "")
