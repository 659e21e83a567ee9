"""Kindle's own kind of book: what calibre is given, what becomes of what it says, and of what it loses."""

import os
import shutil
import stat
from pathlib import Path

import pytest

from bookbuild.writers import kindle
from tests.program import make_book, run

COPY = 'cp "$1" "$2"'


def converter(folder: Path, script: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Put a program called ebook-convert where calibre's would be."""
    path = folder / "bin" / "ebook-convert"
    path.parent.mkdir()
    path.write_text(f"#!/bin/sh\n{script}\n", "utf-8")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", f"{path.parent}{os.pathsep}/usr/bin{os.pathsep}/bin")


def test_without_calibre_the_way_out_is_told_before_anything_is_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_book(tmp_path)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(kindle, "_WELL_KNOWN", ())

    said = run(tmp_path, "build", "-e", "azw3")

    assert said.code == 2
    assert said.err == (
        "error: an AZW3 needs calibre, and it is not here\n"
        "  hint: install calibre (calibre-ebook.com, or: sudo apt install calibre); "
        "or give Kindle the EPUB: Send to Kindle and KDP take it as it is\n"
    )
    assert run(tmp_path, "check", "-e", "azw3").code == 2
    assert not (tmp_path / "build").exists()


def test_calibre_sees_the_book_alone_and_no_settings_of_anybodys(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_book(tmp_path)
    monkeypatch.setenv("SECRET", "word")
    seen = tmp_path / "seen"
    converter(tmp_path, f'(ls *.epub; echo "$@"; env) >>{seen}; {COPY}', monkeypatch)

    said = run(tmp_path, "build", "-e", "azw3")

    assert (said.code, said.err) == (0, "")
    assert "manuscript = tree = AZW3" in said.out
    lines = seen.read_text("utf-8").splitlines()
    assert lines[0] == "before.epub"
    assert lines[1].startswith("before.epub after.azw3 ")
    assert not any("SECRET" in line or str(Path.home()) in line.partition("HOME=")[2] for line in lines)


@pytest.mark.parametrize(
    ("script", "told"),
    [
        ("echo Traceback >&2; echo 'ValueError: no spine' >&2; exit 1", "ValueError: no spine"),
        ("exit 3", "exit code 3"),
        ("exit 0", "No such file or directory"),
        ("sleep 60", "it took longer than 0 minutes"),
    ],
    ids=["fails", "fails and is silent", "makes nothing", "hangs"],
)
def test_what_goes_wrong_in_calibre_is_told_and_nothing_is_replaced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str, told: str
) -> None:
    make_book(tmp_path)
    converter(tmp_path, script, monkeypatch)
    monkeypatch.setattr(kindle, "LIMIT", 1 if "sleep" in script else 60)

    said = run(tmp_path, "build", "-e", "azw3")

    assert said.code == 1
    assert said.err.startswith(f"error: calibre cannot make the AZW3: {told}\n")
    assert not (tmp_path / "build").exists()


def test_a_word_that_calibre_loses_is_missed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make_book(tmp_path)
    shutil.copytree(tmp_path / "manuscript", tmp_path / "other" / "manuscript")
    make_book(tmp_path / "other", {"chapter-1.txt": "Chapter 1\n\nIt rained.\n\nIt went raining.\n"})
    run(tmp_path / "other", "build", "-e", "epub")
    other = tmp_path / "other" / "build" / "the-salt-road.epub"
    converter(tmp_path, f'case "$2" in *.azw3) {COPY};; *) cp {other} "$2";; esac', monkeypatch)

    said = run(tmp_path, "build", "-e", "azw3")

    assert said.code == 1
    assert "after “1 It rained It went” the AZW3 has “raining” where “on raining” should follow" in said.err


@pytest.mark.slow
@pytest.mark.skipif(not shutil.which("ebook-convert"), reason="calibre is not installed")
def test_calibre_makes_an_azw3_with_every_word(tmp_path: Path) -> None:
    make_book(tmp_path)

    said = run(tmp_path, "build", "-e", "azw3")

    assert (said.code, said.err) == (0, "")
    assert (tmp_path / "build" / "the-salt-road.azw3").read_bytes()[60:68] == b"BOOKMOBI"
