"""Bad and hostile input: a clear error with its place, or a clean result; nothing harmed, nothing lost."""

import os
import re
from pathlib import Path

import pytest

from tests.program import CHAPTER, MINIMAL, files_in, make_book, run

EPUB = ("build", "-e", "epub")


@pytest.mark.parametrize(
    ("chapters", "expected"),
    [
        ({}, "build.yaml:1:1: error: there is no file 'manuscript'"),
        ({"chapter-1.txt": b"\x00\x01\x02"}, "manuscript/chapter-1.txt:1:1: error: this is not text: it has a NUL byte"),
        ({"chapter-1.txt": "утро".encode("koi8-r")}, "manuscript/chapter-1.txt:1:1: error: byte 0xD5 is not UTF-8"),
        ({"chapter-1.txt": b"\x89PNG\r\n\x1a\n" + bytes(99)}, "manuscript/chapter-1.txt:1:1: error: this is not text: it seems to be a picture (PNG)"),
        ({"chapter-1.txt": b"x" * 50_000_000}, "manuscript/chapter-1.txt: error: larger than 16 MB"),
        ({"chapter-1.txt": ""}, "build.yaml:1:1: error: the manuscript is empty"),
        ({"notes.docx": "x"}, "manuscript/notes.docx: error: this kind of file cannot be read"),
        ({"map.xcf": "x"}, "build.yaml:1:1: error: the manuscript is empty"),
    ],
    ids=["no manuscript", "NUL bytes", "an encoding that cannot be told", "a picture named .txt", "a line of 50 MB", "an empty file", "a chapter from Word", "no text file"],
)  # fmt: skip
def test_what_cannot_be_read_is_an_error_with_its_place(
    tmp_path: Path, chapters: dict[str, str | bytes], expected: str
) -> None:
    said = run(make_book(tmp_path, chapters), *EPUB)

    assert said.code == 1
    assert said.err.startswith(expected)
    assert not (tmp_path / "build").exists()


def test_chapters_without_text_are_told_whatever_is_asked(tmp_path: Path) -> None:
    chapters = {"a.txt": CHAPTER, "b.txt": "\n \n", "c.txt": "***\n", "d.txt": "Chapter 2\n"}
    make_book(tmp_path, chapters)

    for command in (("check",), EPUB):
        said = run(tmp_path, *command)
        assert said.code == 0
        assert said.err.splitlines() == [
            "manuscript/b.txt: warning: this file is empty; no chapter was made of it",
            "manuscript/c.txt: warning: this chapter has no text",
            "manuscript/d.txt: warning: this chapter has no text",
        ]
    assert run(tmp_path, "tree", "manuscript/b.txt").err == (
        "manuscript/b.txt: error: this file is empty; no chapter was made of it\n"
    )


def test_an_empty_file_without_a_book_is_told(tmp_path: Path) -> None:
    (tmp_path / "b.txt").write_text("\n", "utf-8")

    said = run(tmp_path, "tree", "b.txt")

    assert (said.code, said.err) == (0, "b.txt: warning: this file is empty; no chapter was made of it\n")


def test_all_bad_chapters_are_told_at_once(tmp_path: Path) -> None:
    said = run(make_book(tmp_path, {"a.txt": b"\xff", "b.txt": CHAPTER, "c.txt": b"\x00"}), *EPUB)

    assert [line.split(": error")[0] for line in said.err.splitlines() if ": error" in line] == [
        "manuscript/a.txt:1:1", "manuscript/c.txt:1:1",
    ]  # fmt: skip


def test_a_folder_named_like_a_chapter_is_passed_over(tmp_path: Path) -> None:
    make_book(tmp_path)
    (tmp_path / "manuscript" / "chapter-2.txt").mkdir()

    assert run(tmp_path, *EPUB).code == 0


def test_a_listed_chapter_that_is_missing_is_an_error_where_it_is_listed(tmp_path: Path) -> None:
    make_book(
        tmp_path,
        build_file=MINIMAL + "manuscript:\n  - manuscript/chapter-1.txt\n  - manuscript/chapter-2.txt\n",
    )
    said = run(tmp_path, *EPUB)

    assert (said.code, said.err.splitlines()[0]) == (
        1,
        "build.yaml:5:5: error: there is no file 'manuscript/chapter-2.txt'",
    )


def test_control_characters_are_no_part_of_the_book(tmp_path: Path) -> None:
    make_book(tmp_path, {"chapter-1.txt": "Chapter 1\n\nIt r\x07ai\x1bned\x7f. \ufffe\n"})

    assert run(tmp_path, *EPUB).code == 0
    assert "'It rained.'" in run(tmp_path, "tree").out


@pytest.mark.parametrize(
    "key", ["manuscript: ../outside", "manuscript: /etc", "cover: ../secret.png", "css: ../secret.css",
            "frontmatter: [{foreword: ../secret.txt}]", "page: {font: {family: X, regular: ../secret.ttf}}"],
)  # fmt: skip
def test_no_file_outside_the_folder_is_read(tmp_path: Path, key: str) -> None:
    for name in ("outside", "book"):
        (tmp_path / name).mkdir()
    for name in ("secret.png", "secret.css", "secret.txt", "secret.ttf", "outside/chapter-1.txt"):
        (tmp_path / name).write_text("secret")
    make_book(tmp_path / "book", build_file=MINIMAL + key)
    said = run(tmp_path / "book", "build")

    assert said.code == 1
    assert "lies outside the book's folder" in said.err
    assert "secret" not in "".join(str(path) for path in (tmp_path / "book").rglob("*"))


def test_a_link_to_outside_the_folder_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "book").mkdir()
    (tmp_path / "secret.txt").write_text("the secret")
    make_book(tmp_path / "book")
    (tmp_path / "book" / "manuscript" / "chapter-2.txt").symlink_to(tmp_path / "secret.txt")
    said = run(tmp_path / "book", *EPUB)

    assert said.code == 1
    assert "'manuscript/chapter-2.txt' lies outside the book's folder" in said.err


@pytest.mark.parametrize(
    "css",
    ["@import url(http://example.org/x.css);", "@import url(file:///etc/passwd);", "p { background: url(../secret.svg) }",
     "@font-face { font-family: X; src: url(https://example.org/x.ttf) } p { font-family: X }"],
)  # fmt: skip
def test_css_cannot_reach_out(tmp_path: Path, css: str) -> None:
    (tmp_path / "book").mkdir()
    (tmp_path / "secret.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'/>")
    make_book(tmp_path / "book", build_file=MINIMAL + "css: own.css\n")
    (tmp_path / "book" / "own.css").write_text(css)
    said = run(tmp_path / "book", "build", "-e", "pdf")

    assert said.code == 1
    assert "own.css" in said.err
    assert "Traceback" not in said.err


def test_a_svg_in_css_cannot_reach_out(tmp_path: Path) -> None:
    make_book(tmp_path, build_file=MINIMAL + "css: own.css\n")
    (tmp_path / "own.css").write_text("p { background: url(picture.svg) }")
    link = "xmlns:xlink='http://www.w3.org/1999/xlink' width='9' height='9'><image xlink:href='file:///etc/hostname' width='9' height='9'/>"
    (tmp_path / "picture.svg").write_text(f"<svg xmlns='http://www.w3.org/2000/svg' {link}</svg>")

    said = run(tmp_path, "build", "-e", "pdf")

    assert said.code == 1
    assert "'file:///etc/hostname' lies outside the book's folder" in said.err


def test_the_manuscript_is_never_written_to(tmp_path: Path) -> None:
    """Beside it a build writes the one file that keeps readers' places, and nothing else."""
    make_book(tmp_path)
    before = files_in(tmp_path)
    for arguments in (EPUB, ("check",), ("tree",), ("tree", "--json")):
        assert run(tmp_path, *arguments).code == 0

    after = {name: data for name, data in files_in(tmp_path).items() if not name.startswith("build/")}
    assert after.pop("readers-places.json")
    assert after == before


def test_a_folder_that_cannot_be_written_to_is_an_error(tmp_path: Path) -> None:
    make_book(tmp_path)
    (tmp_path / "build").write_text("in the way")
    said = run(tmp_path, *EPUB)

    assert said.code == 1
    assert "cannot be written" in said.err


def test_markup_in_a_manuscript_is_text(tmp_path: Path) -> None:
    hostile = "Chapter <script>\n\nHe typed <script>alert(1)</script> & ]]> <!-- -- --> &amp; {{ 7 * 7 }} {% raw %}\n"
    make_book(tmp_path, {"chapter-1.txt": hostile}, "title: '<b>T & \"T\"</b>'\nauthors: '</title>'\n")

    assert run(tmp_path, "build").code == 0


@pytest.mark.parametrize(
    "text",
    ['"' * 50_000, "*a " * 10_000, "_a*b " * 10_000, "'a " * 20_000, "a" * 1_000_000, ". " * 100_000, "-" * 200_000,
     "word " * 200_000, "“" * 20_000 + "x", ("* " * 1000 + "\n") * 50, "A" + "'s" * 50_000, ("x" * 30 + " " * 30) * 5_000],
    ids=lambda text: repr(text[:6]),
)  # fmt: skip
def test_pathological_text_does_not_take_forever(tmp_path: Path, text: str) -> None:
    """No rule is quadratic: each of these would take minutes if one were."""
    make_book(tmp_path, {"chapter-1.txt": f"Chapter 1\n\n{text}\n\nThe end of it.\n"})

    assert run(tmp_path, "check", "-q").code in {0, 1}


def test_many_short_lines_do_not_take_forever(tmp_path: Path) -> None:
    make_book(tmp_path, {"chapter-1.txt": "Chapter 1\n\n" + "Ann: yes\n\n" * 20_000 + "Dear Ann,\n" * 5_000})

    assert run(tmp_path, "check", "-q").code in {0, 1}


def test_names_that_no_file_system_likes_make_a_file(tmp_path: Path) -> None:
    make_book(tmp_path, build_file="title: 'Ünïcødé / ..\\ : * ? \"<>|'\nauthors: A\n")
    assert run(tmp_path, *EPUB).code == 0

    assert [path.name for path in (tmp_path / "build").iterdir()] == ["unicode.epub"]


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Chapter One", "chapter-one"),
        ("Война и мир", "voyna-i-mir"),
        ("雪国", "book-"),
        ("A" * 300, "a" * 80),
    ],
)
def test_every_title_gives_a_file_name(tmp_path: Path, title: str, name: str) -> None:
    make_book(tmp_path, build_file=f"title: {title}\nauthors: A\n")
    assert run(tmp_path, *EPUB).code == 0

    (made,) = (path.stem for path in (tmp_path / "build").iterdir())
    number = re.fullmatch("[0-9a-f]{8}", made.removeprefix(name))
    assert bool(number) if name.endswith("-") else made == name


@pytest.mark.parametrize(
    "key", ["cover: pipe", "css: pipe", "manuscript: pipe", "frontmatter: [{foreword: pipe.txt}]"]
)
def test_a_pipe_is_not_waited_for(tmp_path: Path, key: str) -> None:
    make_book(tmp_path, build_file=f"title: T\nauthors: A\n{key}\n")
    os.mkfifo(tmp_path / "pipe")
    os.mkfifo(tmp_path / "pipe.txt")
    said = run(tmp_path, *EPUB)

    assert said.code == 1
    assert "is no ordinary file" in said.err


def test_a_loop_of_links_is_an_error(tmp_path: Path) -> None:
    make_book(tmp_path, build_file="title: T\nauthors: A\ncover: loop\n")
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    said = run(tmp_path, *EPUB)

    assert (said.code, said.err) == (1, "build.yaml:3:8: error: 'loop' cannot be opened\n")
