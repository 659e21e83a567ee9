"""Tiny whole books, each a folder of tests/books/: what goes in, the tree that is made, and all that the author is told.

`pytest tests/test_books.py --update-golden` writes what is expected anew; read the difference before it is committed.
"""

import re
import shutil
from pathlib import Path

import pytest

from tests.program import run

BOOKS = sorted(path for path in (Path(__file__).parent / "books").iterdir() if path.is_dir())


@pytest.mark.parametrize("book", BOOKS, ids=lambda book: book.name)
def test_book(book: Path, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    shutil.copytree(book, tmp_path / "book", ignore=shutil.ignore_patterns("expected"))
    built = run(tmp_path / "book", "build", "-e", "epub", "-v")
    tree = run(tmp_path / "book", "tree")
    said = f"exit {built.code}\n--- standard output\n{_timeless(built.out)}--- standard error\n{built.err}"
    found = {"messages.txt": said, "tree.txt": tree.out or tree.err}

    expected = book / "expected"
    if request.config.getoption("--update-golden"):
        expected.mkdir(exist_ok=True)
        for name, text in found.items():
            (expected / name).write_text(text, "utf-8")

    assert {path.name for path in expected.iterdir()} == set(found), (
        "expected/ has a file that nothing is compared with"
    )
    for name, text in found.items():
        assert (expected / name).read_text("utf-8") == text


def _timeless(text: str) -> str:
    """Take out what differs from run to run: sizes and seconds."""
    return re.sub(r"\d[\d.]* (?:KB|MB), [\d.]+ s", "SIZE, SECONDS", text)
