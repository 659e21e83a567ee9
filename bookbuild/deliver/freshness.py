"""Whether a finished file is of the book as it is now: by the clock, for what a file was made of does not stand in it."""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from bookbuild.config.answers import ANSWERS_FILE
from bookbuild.config.keys import PartFiles, Settings
from bookbuild.config.load import Config
from bookbuild.deliver.devices import Kind
from bookbuild.deliver.finished import Finished
from bookbuild.errors import BookError, Finding, Place, warning
from bookbuild.folder import BUILD_FILE, file_inside


def superseded_by(file: Finished, config: Config) -> Path | None:
    """Give the newer EPUB that a KEPUB or an AZW3 is an old form of; None where it is none.

    It is one when the EPUB beside it and something that the book is made of have both changed since. The order in which a build
    makes its editions is none of that.
    """
    if file.kind not in {Kind.KEPUB, Kind.AZW3}:
        return None
    epub = file.path.with_name(f"{file.path.name.removesuffix(f'.{file.kind.value}')}.{Kind.EPUB.value}")
    made = _changed(file.path)
    if _changed(epub) <= made or _newest(config, file.edition.settings)[0] <= made:
        return None
    return epub


def changed_since(file: Finished, config: Config) -> Iterator[Finding]:
    """Notice that the book has changed since a file was made of it."""
    when, path = _newest(config, file.edition.settings)
    if when > _changed(file.path):
        name = path.relative_to(config.folder.resolve()).as_posix()
        hint = "`bookbuild send --build` builds the book first"
        yield warning(f"built before {name} was changed", Place(str(file.path)), hint=hint)


def _newest(config: Config, settings: Settings) -> tuple[float, Path]:
    """Give what was changed last of all that the book is made of, and when."""
    files = (path for path in _made_of(config.folder.resolve(), settings) if not _is_passed_over(path))
    return max((_changed(path), path) for path in files)


def _made_of(folder: Path, settings: Settings) -> Iterator[Path]:
    """Give the files that build.yaml names, itself included; some may not be there."""
    yield folder / BUILD_FILE
    yield folder / ANSWERS_FILE
    for name in _named(settings):
        with suppress(BookError):  # a text and no name, or what the build will tell of
            path = file_inside(folder, name, Place(BUILD_FILE))
            yield from (path.rglob("*") if path.is_dir() else [path])


def _named(settings: Settings) -> Iterable[str]:
    chapters = [
        name
        for item in settings.manuscript
        for name in (item.chapters if isinstance(item, PartFiles) else [item])
    ]
    matter = [one.text for one in (*settings.frontmatter, *settings.backmatter) if one.text]
    return [*chapters, *matter, *(name for name in (settings.cover, settings.css) if name)]


def _is_passed_over(path: Path) -> bool:
    """Whether it says nothing of the book: a folder, whose time an editor's own files change, or such a file."""
    return path.is_dir() or path.name.startswith(".") or ".orig" in path.suffixes


def _changed(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except OSError:  # not there, or no name of a file
        return 0.0
