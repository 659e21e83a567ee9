"""EPUB → AZW3, the kind of book that Kindles take by cable, by calibre's converter: run apart, on a copy, with a limit of time.

calibre is a program of its own, that an author may have or not. What it makes holds the clock and a random number: it is the one
format of which the same book does not give the same bytes.
"""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from bookbuild.config.keys import Settings
from bookbuild.errors import BookError, RequestError, error
from bookbuild.writers.written import Written

LIMIT = 600
"""Seconds: a million words take 33 in 60 chapters, and 69 in 506 (calibre 6.13 on two busy cores, November 2026)."""
_WELL_KNOWN = (
    "/Applications/calibre.app/Contents/MacOS",
    "C:\\Program Files\\Calibre2",
)
"""Where calibre installs itself on macOS and Windows, without a word to the shell."""


_AS_IT_IS = (
    "--no-inline-toc",  # the book has its contents
    *(
        "--chapter",
        "/",
        "--page-breaks-before",
        "/",
    ),  # and its own pages; "/" is an expression that finds nothing
    "--disable-remove-fake-margins",  # those of letters are meant
    "--disable-font-rescaling",
)
"""Calibre mends books of unknown making; this one needs none of it."""


def epub_to_azw3(epub: Written, settings: Settings) -> Written:
    """Make an AZW3 of a finished EPUB.

    Raises:
        RequestError: calibre is not installed.
        BookError: it fails, or takes too long.

    """
    # of a year alone calibre would make today's day and month in it
    date = "-".join([*(settings.date or "").split("-"), "01", "01"][:3])
    options = [*_AS_IT_IS, *(["--pubdate", date] if settings.date else [])]
    return replace(epub, data=_convert(epub.data, "epub", "azw3", options), made_of=epub.data)


def azw3_to_epub(data: bytes) -> bytes:
    """Turn an AZW3 back into an EPUB, so that its words can be read; raises as `epub_to_azw3` does."""
    return _convert(data, "azw3", "epub")


def converter() -> str | None:
    """Find calibre's ebook-convert, where it is installed."""
    return shutil.which("ebook-convert", path=os.pathsep.join((os.environ.get("PATH", ""), *_WELL_KNOWN)))


def find_converter() -> str:
    """Find calibre's ebook-convert.

    Raises:
        RequestError: it is not installed.

    """
    found = converter()
    if not found:
        hint = (
            "install calibre (calibre-ebook.com, or: sudo apt install calibre); "
            "or give Kindle the EPUB: Send to Kindle and KDP take it as it is"
        )
        raise RequestError(error("an AZW3 needs calibre, and it is not here", hint=hint))
    return found


def _convert(data: bytes, before: str, after: str, options: Sequence[str] = ()) -> bytes:
    program = find_converter()
    with tempfile.TemporaryDirectory(prefix="bookbuild-") as name:
        folder = Path(name)
        (folder / f"before.{before}").write_bytes(data)
        command = [program, f"before.{before}", f"after.{after}", *options]
        log = folder / "log"  # a pipe would be waited for, where a worker of calibre's outlives it
        try:
            with log.open("wb") as said:
                run = subprocess.run(  # noqa: S603 (our own file, in a folder of its own)
                    command, cwd=folder, env=_surroundings(folder), stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                    stderr=said, timeout=LIMIT, check=False,
                )  # fmt: skip
            if run.returncode == 0:
                return (folder / f"after.{after}").read_bytes()
            lines = log.read_text("utf-8", errors="replace").strip().splitlines()
            fault = lines[-1] if lines else f"exit code {run.returncode}"
        except subprocess.TimeoutExpired:
            fault = f"it took longer than {LIMIT // 60} minutes"
        except OSError as failure:
            fault = failure.strerror or str(failure)
    hint = "nothing was replaced; try a newer calibre, or give Kindle the EPUB"
    raise BookError(error(f"calibre cannot make the {after.upper()}: {fault}", hint=hint))


def _surroundings(folder: Path) -> dict[str, str]:
    """Give the converter its own home, so that nobody's settings or plug-ins change the book; and no screen."""
    kept = {
        name: os.environ[name] for name in ("PATH", "SYSTEMROOT", "LD_LIBRARY_PATH") if name in os.environ
    }
    return kept | {
        "HOME": str(folder),
        "CALIBRE_CONFIG_DIRECTORY": str(folder / "settings"),
        "CALIBRE_TEMP_DIR": str(folder),
        "LANG": "C.UTF-8",
        "TZ": "UTC",
        "QT_QPA_PLATFORM": "offscreen",
    }
