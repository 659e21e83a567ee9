"""The book's folder: no file outside it is ever read."""

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
