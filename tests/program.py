"""Run the program as an author does, in this process, and see what it says."""

import contextlib
import io
import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

from bookbuild.cli import main

MINIMAL = "title: The Salt Road\nauthors: Ann Onymous\n"
CHAPTER = "Chapter 1\n\nIt rained.\n\nIt went on raining.\n"


@dataclass(frozen=True)
class Said:
    """What the program said, and its exit code."""

    code: int
    out: str
    err: str


def run(folder: Path, *arguments: str) -> Said:
    """Run `bookbuild ARGUMENTS` in a folder."""
    out, err = io.StringIO(), io.StringIO()
    before = Path.cwd()
    code = 0
    os.chdir(folder)
    try:
        with (
            patch.object(sys, "argv", ["bookbuild", *arguments]),
            contextlib.redirect_stdout(out),
            contextlib.redirect_stderr(err),
        ):
            main()
    except SystemExit as stop:
        code = stop.code if isinstance(stop.code, int) else int(bool(stop.code))
    finally:
        os.chdir(before)
    return Said(code, out.getvalue(), err.getvalue())


def make_book(
    folder: Path, chapters: Mapping[str, str | bytes] | None = None, build_file: str = MINIMAL
) -> Path:
    """Write a book's files; names are relative to the folder, chapters to manuscript/."""
    (folder / "build.yaml").write_text(build_file, "utf-8")
    for name, text in (chapters if chapters is not None else {"chapter-1.txt": CHAPTER}).items():
        path = folder / "manuscript" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode() if isinstance(text, str) else text)
    return folder


def files_in(folder: Path) -> dict[str, bytes]:
    """Give all files below a folder, to see that nothing changed."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
