"""`bookbuild doctor`: what is here, what is missing, and the command that mends it."""

import ctypes.util
import importlib.metadata
import platform
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import typer

from bookbuild.errors import BookbuildError, Place

_PACKAGES = (
    "weasyprint",
    "ebooklib",
    "jinja2",
    "pyyaml",
    "pydantic",
    "lxml",
    "pikepdf",
    "pypdfium2",
    "pillow",
    "psutil",
)
_LIBRARIES = {
    # library → the package that has it: Debian and Ubuntu, Fedora, Homebrew
    "pango-1.0": ("libpango-1.0-0", "pango", "pango"),
    "pangoft2-1.0": ("libpangoft2-1.0-0", "pango", "pango"),
    "harfbuzz-subset": ("libharfbuzz-subset0", "harfbuzz", "harfbuzz"),
}
_OLDEST_PYTHON = (3, 11)


@dataclass(frozen=True, slots=True)
class Result:
    """What was looked at, what was found, and what to do where it is missing."""

    name: str
    is_well: bool
    found: str
    remedy: str = ""


def doctor() -> None:
    """Look whether all that bookbuild needs is here, and say the command that mends what is not."""
    results = list(examine())
    width = max(len(result.name) for result in results)
    for result in results:
        typer.echo(f"{'ok     ' if result.is_well else 'MISSING'}  {result.name:<{width}}  {result.found}")
        if result.remedy:
            typer.echo(f"         {'':<{width}}  → {result.remedy}")
    if not all(result.is_well for result in results):
        raise typer.Exit(1)


def examine() -> Iterator[Result]:
    """Look at Python, libraries, packages, fonts and styles, one after the other."""
    from bookbuild.writers.kindle import converter

    yield _python()
    yield from (_library(name) for name in _LIBRARIES)
    yield from (_package(name) for name in _PACKAGES)
    yield _fonts()
    yield _styles()
    java = shutil.which("java")
    yield Result("calibre", is_well=True, found=converter() or "not here; only the format azw3 needs it")
    yield Result("java", is_well=True, found=java or "not here; only `make test` needs it, for EPUBCheck")


def _python() -> Result:
    is_well = sys.version_info >= _OLDEST_PYTHON
    return Result(
        "python", is_well, platform.python_version(), "" if is_well else "install Python 3.11 or newer"
    )


def _library(name: str) -> Result:
    found = ctypes.util.find_library(name)
    return Result(name, bool(found), found or "not found", "" if found else _install(_LIBRARIES[name]))


def _install(packages: tuple[str, str, str]) -> str:
    debian, fedora, brew = packages
    if sys.platform == "darwin":
        return f"brew install {brew}"
    if shutil.which("dnf"):
        return f"sudo dnf install {fedora}"
    return f"sudo apt install {debian}"


def _package(name: str) -> Result:
    try:
        return Result(name, is_well=True, found=importlib.metadata.version(name))
    except importlib.metadata.PackageNotFoundError:
        return Result(
            name,
            is_well=False,
            found="not installed",
            remedy="make setup, or: pipx install --force bookbuild",
        )


def _fonts() -> Result:
    from bookbuild.config.keys import Page
    from bookbuild.writers.fonts import read_family

    font = str(Page().font)
    try:
        family = read_family(font, Path(), Place("doctor"))
    except BookbuildError as fault:
        return Result("fonts", is_well=False, found=str(fault), remedy="pip install font-source-serif-pro")
    return Result("fonts", is_well=True, found=f"{font}: {', '.join(style.value for style in family.faces)}")


def _styles() -> Result:
    from bookbuild.styles import style_names

    names = style_names()
    return Result(
        "styles", bool(names), ", ".join(names) or "none", "" if names else "install bookbuild again"
    )
