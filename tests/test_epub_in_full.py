"""Whole books through every checker that can be had: the sample, a real chapter, a novel, and sixty chapters of a million words."""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.program import run
from tests.test_epub_checkers import TOOLS

HERE = Path(__file__).parent.parent
SHARED = HERE.parent / "shared"
CHECK = SHARED / "tools" / "check_epub.sh"
SHOTS = SHARED / "tools" / "reader_shots.mjs"
SEED = SHARED / "corpus" / "seed" / "chapter-20.txt"
GOLD = SHARED / "gold"
CHECKERS = (
    "epubcheck-5.3.0", "epubcheck-4.2.6", "kobofix", "ace", "calibre-check", "kindle-azw3", "reader-foliate", "reader-epubjs",
)  # fmt: skip
_NOTHING_FOUND = {
    "epubcheck-5.3.0": "Messages: 0 fatals / 0 errors / 0 warnings",
    "epubcheck-4.2.6": "Messages: 0 fatals / 0 errors / 0 warnings",
    "kobofix": ": 0 error, 0 warning, 0 info",
    "calibre-check": " 0 problems",
}
_QUIET = {"QTWEBENGINE_CHROMIUM_FLAGS": "--no-sandbox", "QT_QPA_PLATFORM": "offscreen"}
_NO_ICON = "404 (Not Found)"
_CHAPTERS, _WORDS = 60, 1_000_000


def sample(folder: Path) -> list[str]:
    for name in ("build.yaml", "manuscript"):
        source = HERE / name
        (shutil.copytree if source.is_dir() else shutil.copy)(source, folder / name)
    return ["pdf", "epub", "kepub"]


def sample_with_its_font(folder: Path) -> list[str]:
    sample(folder)
    with (folder / "build.yaml").open("a") as file:
        file.write("\nembed-fonts: on\n")
    return ["epub"]


def real_chapter(folder: Path) -> list[str]:
    (folder / "manuscript").mkdir()
    shutil.copy(needed(SEED), folder / "manuscript")
    (folder / "build.yaml").write_text("title: A Real Chapter\nauthors: [Somebody]\nlanguage: en\n")
    return ["pdf", "epub", "kepub"]


def novel(folder: Path) -> list[str]:
    _make_novel(folder, "jane-austen_pride-and-prejudice")
    return ["pdf", "epub"]


def million_words(folder: Path) -> list[str]:
    """Put the chapters of a novel together, many times over, until there are sixty of 16,667 words each."""
    _make_novel(folder, "mark-twain_the-adventures-of-huckleberry-finn", "--times", "10")
    short = sorted((folder / "manuscript").iterdir())
    texts = iter([path.read_text("utf-8").split("\n\n", 1)[1] for path in short])
    for path in short:
        path.unlink()
    for number in range(1, _CHAPTERS + 1):
        body, words = "", 0
        while words < _WORDS / _CHAPTERS:
            text = next(texts)
            body, words = f"{body}\n\n{text}", words + len(text.split())
        (folder / "manuscript" / f"{number}.txt").write_text(f"Chapter {number}{body}", "utf-8")
    return ["epub"]


def _make_novel(folder: Path, name: str, *options: str) -> None:
    maker = needed(GOLD / "score" / "novel.py")
    book = needed(GOLD / "books" / f"{name}.jsonl")
    subprocess.run([sys.executable, maker, book, folder, *options], check=True, capture_output=True)


def needed(path: Path) -> Path:
    if not path.exists():
        pytest.skip(f"{path} is not here")
    return path


@pytest.mark.slow
@pytest.mark.parametrize("make", [sample, sample_with_its_font, real_chapter, novel, million_words])
def test_no_checker_finds_anything(tmp_path: Path, make: Callable[[Path], list[str]]) -> None:
    editions = make(tmp_path)
    asked = [argument for name in editions for argument in ("-e", name)]
    built = run(tmp_path, "build", *asked)
    assert built.code == 0, built.err

    for book in sorted((tmp_path / "build").glob("*.epub")):
        told = checked(book, tmp_path / "screens")
        sys.stdout.write(f"{book.name}, {book.stat().st_size // 1024:,} KB\n{told}\n")
        lines = {line.split()[0]: line for line in told.splitlines() if re.match(r"\S+ +rc=", line)}
        assert tuple(lines) == CHECKERS, f"set up the others: {SHARED}/tools/setup_checkers.sh all"
        for name, line in lines.items():
            assert " rc=0 " in line, told
            assert line.rstrip().endswith(_NOTHING_FOUND.get(name, "")), told
        assert "warn" not in converted(book, tmp_path / "book.azw3").lower()
        for engine in ("foliate", "epubjs"):
            seen = looked_at(book, tmp_path / "screens", engine)
            # the browser asks the tool's server for an icon that it has not, and the engine's own iframe is warned of
            faults = [told for told in seen["errs"] if not told.startswith("warn ")]
            assert seen.get("err") is None
            assert [told for told in faults if _NO_ICON not in told] == []
            assert len(faults) <= 1
            assert seen["meta"]["toc"] > 0


def checked(book: Path, screens: Path) -> str:
    """Run every checker that is set up on a book; gives a line for each."""
    command = ["bash", str(needed(CHECK)), str(book), str(screens)]
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout


def converted(book: Path, to: Path) -> str:
    """Make an AZW3 with calibre, and give all that it says."""
    command = [shutil.which("ebook-convert") or "ebook-convert", str(book), str(to)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=os.environ | _QUIET)
    return done.stdout


def looked_at(book: Path, screens: Path, engine: str) -> dict[str, Any]:
    """Turn a book's first pages in a reader's engine, and give what it tells."""
    command = ["node", str(SHOTS), str(book), str(screens), engine, "3"]
    environment = os.environ | {"BOOKTOOLS": str(TOOLS)}
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
    told: dict[str, Any] = json.loads(done.stdout)
    return told
