"""The command line: what it takes, what it says, how it ends."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from bookbuild.rules import RULES
from tests.program import CHAPTER, MINIMAL, make_book, run


def test_without_a_book_it_says_how_to_begin_one(tmp_path: Path) -> None:
    said = run(tmp_path)

    assert said.code == 2
    assert "bookbuild init" in said.err


def test_init_begins_a_book_that_builds(tmp_path: Path) -> None:
    assert run(tmp_path, "init", "novel").code == 0
    said = run(tmp_path / "novel", "build", "-e", "epub")

    assert (said.code, said.err) == (0, "")
    assert "1 chapter" in said.out


def test_init_does_not_touch_a_book_that_is_there(tmp_path: Path) -> None:
    make_book(tmp_path)
    said = run(tmp_path, "init")

    assert (said.code, (tmp_path / "build.yaml").read_text()) == (2, MINIMAL)


def test_init_leaves_chapters_that_are_there(tmp_path: Path) -> None:
    (tmp_path / "manuscript").mkdir()
    (tmp_path / "manuscript" / "one.txt").write_text(CHAPTER)
    run(tmp_path, "init")

    assert [path.name for path in (tmp_path / "manuscript").iterdir()] == ["one.txt"]


def test_an_edition_that_is_not_there_is_named_with_the_nearest(tmp_path: Path) -> None:
    said = run(make_book(tmp_path), "build", "-e", "epbu")

    assert said.code == 2
    assert said.err == "build.yaml: error: there is no edition 'epbu'\n  hint: did you mean 'epub'?\n"


def test_a_build_file_with_another_name_is_given_by_c(tmp_path: Path) -> None:
    make_book(tmp_path)
    (tmp_path / "other.yaml").write_text(MINIMAL.replace("Salt", "Long"))
    assert run(tmp_path, "build", "-c", "other.yaml", "-e", "epub", "-o", "out").code == 0

    assert [path.name for path in (tmp_path / "out").iterdir()] == ["the-long-road.epub"]


def test_a_book_elsewhere_is_built_beside_its_build_file(tmp_path: Path) -> None:
    (tmp_path / "novel").mkdir()
    make_book(tmp_path / "novel")
    assert run(tmp_path, "build", "-c", "novel/build.yaml", "-e", "epub").code == 0

    assert (tmp_path / "novel" / "build" / "the-salt-road.epub").exists()


@pytest.mark.parametrize(("notes", "expected"), [("keep", True), ("omit", False), ("end", True)])
def test_notes_are_kept_left_out_or_gathered(tmp_path: Path, notes: str, expected: bool) -> None:  # noqa: FBT001
    import zipfile

    make_book(tmp_path, {"chapter-1.txt": "Chapter 1\n\nA/N: For Wendell.\n\nIt rained.\n\nIt stopped.\n"})
    assert run(tmp_path, "build", "-e", "epub", "--notes", notes).code == 0
    with zipfile.ZipFile(tmp_path / "build" / "the-salt-road.epub") as epub:
        pages = {name: epub.read(name).decode() for name in epub.namelist() if name.endswith(".xhtml")}

    assert any("Wendell" in page for page in pages.values()) is expected
    assert any(name.endswith("/notes.xhtml") for name in pages) is (notes == "end")


def test_strict_makes_a_doubt_a_failure(tmp_path: Path) -> None:
    make_book(
        tmp_path,
        {"chapter-1.txt": "It rained all day long, and nobody had thought of a title.\n\nIt stopped.\n"},
    )

    assert run(tmp_path, "check").code == 0
    assert run(tmp_path, "check", "--strict").code == 1
    assert run(tmp_path, "build", "-e", "epub", "--strict").code == 1


def test_quiet_says_nothing_and_verbose_every_repair(tmp_path: Path) -> None:
    make_book(tmp_path, {"chapter-1.txt": "Chapter 1\n\nIt rained...  It stopped.\n"})

    assert run(tmp_path, "check", "-q") == run(tmp_path, "check", "-q").__class__(0, "", "")
    assert (
        "manuscript/chapter-1.txt:3:10: dot-run (certain): 'It rained... It stopped.'"
        in run(tmp_path, "-v", "-e", "epub").out
    )


def test_check_writes_nothing(tmp_path: Path) -> None:
    run(make_book(tmp_path), "check")

    assert not (tmp_path / "build").exists()


def test_check_finds_what_a_build_would(tmp_path: Path) -> None:
    make_book(tmp_path, build_file=MINIMAL + "cover: none.jpg\n")
    said = run(tmp_path, "check")

    assert (said.code, said.err.splitlines()[0]) == (1, "build.yaml:3:8: error: there is no file 'none.jpg'")


def test_tree_gives_every_node_and_its_place_as_json(tmp_path: Path) -> None:
    book = json.loads(run(make_book(tmp_path), "tree", "--json").out)
    (chapter,) = book["body"]

    assert (chapter["type"], chapter["id"]) == ("Chapter", "chapter-1")
    assert chapter["blocks"][0] == {
        "type": "Paragraph",
        "children": [{"type": "Text", "text": "It rained.", "at": chapter["blocks"][0]["at"]}],
        "at": {"file": "manuscript/chapter-1.txt", "line": 3, "column": 1, "end": [3, 11]},
    }


def test_tree_of_one_file(tmp_path: Path) -> None:
    make_book(tmp_path, {"a.txt": CHAPTER, "b.txt": CHAPTER})

    assert run(tmp_path, "tree", "b.txt").out.count("Chapter chapter") == 1
    said = run(tmp_path, "tree", "aa.txt")
    assert (said.code, said.err) == (
        1,
        "aa.txt: error: no part of the book was made of this file\n  hint: did you mean 'manuscript/a.txt'?\n",
    )
    assert run(tmp_path, "report", "Wxyq").err.endswith(
        "  hint: the book is made of manuscript/a.txt, manuscript/b.txt\n"
    )


def test_tree_of_a_file_that_is_in_no_book(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(CHAPTER)

    said = run(tmp_path, "tree", "a.txt")

    assert (said.code, said.err) == (0, "")
    assert said.out.splitlines() == [
        "Chapter chapter 'a'  a.txt:1:1",
        "  Heading 'Chapter 1'  a.txt:1:1",
        "  Paragraph 'It rained.'  a.txt:3:1",
        "  Paragraph 'It went on raining.'  a.txt:5:1",
    ]
    assert "a.docx: error: this kind of file" in run(tmp_path, "tree", "a.docx").err
    assert "b.txt: error: there is no such file" in run(tmp_path, "tree", "b.txt").err


def test_tree_of_a_file_finds_the_book_around_it(tmp_path: Path) -> None:
    make_book(tmp_path)

    said = run(tmp_path / "manuscript", "tree", "chapter-1.txt")

    assert said.out.startswith("Chapter chapter 'chapter-1'  manuscript/chapter-1.txt:1:1")


def test_check_tells_doubts_by_place(tmp_path: Path) -> None:
    """Whichever rule has them: an author goes through a chapter from its top."""
    text = (
        "Chapter 1\n\nShe said “It rained all day, and left the house.\n\n"
        "The harbour lay still. They went down to the harbourThen, and it rained.\n\n"
        "He ran (A/N: yes, really) all the way.\n"
    )
    said = run(make_book(tmp_path, {"a.txt": text}), "check")
    places = [line.split(": ")[0] for line in said.err.splitlines() if ": doubt: " in line]

    assert places == ["manuscript/a.txt:3:1", "manuscript/a.txt:5:46", "manuscript/a.txt:7:8"]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_explain_says_what_why_and_how_to_refuse(tmp_path: Path, rule: object) -> None:
    said = run(tmp_path, "explain", rule.name)  # type: ignore[attr-defined]

    assert said.code == 0
    assert rule.why in said.out  # type: ignore[attr-defined]
    assert f"rules: {{{rule.name}: off}}" in said.out  # type: ignore[attr-defined]


def test_explain_lists_rules_and_finds_near_names(tmp_path: Path) -> None:
    assert all(rule.name in run(tmp_path, "explain").out for rule in RULES)
    assert run(tmp_path, "explain", "dubble-hyphen").err.endswith("hint: did you mean 'double-hyphen'?\n")


def test_a_rule_that_build_yaml_misspells_is_named_with_its_place(tmp_path: Path) -> None:
    said = run(make_book(tmp_path, build_file=MINIMAL + "rules:\n  dubble-hyphen: off\n"), "check")

    assert said.code == 2
    assert (
        said.err
        == "build.yaml:4:3: error: there is no rule 'dubble-hyphen'\n  hint: did you mean 'double-hyphen'?\n"
    )


def test_schema_is_json(tmp_path: Path) -> None:
    assert json.loads(run(tmp_path, "schema").out)["required"] == ["title", "authors"]


def test_doctor_finds_all_that_is_needed(tmp_path: Path) -> None:
    said = run(tmp_path, "doctor")

    assert said.code == 0, said.out
    assert "weasyprint" in said.out


def test_a_fault_of_ours_is_a_sentence_and_no_traceback(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bookbuild.reading.read_manuscript", lambda *_: 1 / 0)
    said = run(make_book(tmp_path), "check")

    assert said.code == 1
    assert said.err.startswith("error: a fault of bookbuild itself: ZeroDivisionError")


def test_a_package_that_is_not_installed_is_named_with_the_way_to_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "bookbuild.pipeline", None)  # what an import of it says then is the same
    said = run(make_book(tmp_path), "build")

    assert said.code == 1
    assert "needs the package 'bookbuild.pipeline', which is not installed" in said.err
    assert "make setup" in said.err


def test_piped_output_is_plain_and_unbroken(tmp_path: Path) -> None:
    make_book(tmp_path)
    command = [sys.executable, "-m", "bookbuild", "build", "-e", "epub"]
    done = subprocess.run(
        command, cwd=tmp_path, capture_output=True, text=True, check=True, env={**os.environ, "COLUMNS": "20"}
    )

    assert "\x1b" not in done.stdout + done.stderr
    assert "every word arrived: manuscript = tree = EPUB" in done.stdout.splitlines()


def test_the_same_input_gives_the_same_bytes(tmp_path: Path) -> None:
    make_book(tmp_path)
    made = []
    for seed in ("1", "2"):
        command = [sys.executable, "-m", "bookbuild", "build", "-q", "-o", f"out{seed}"]
        subprocess.run(command, cwd=tmp_path, check=True, env={**os.environ, "PYTHONHASHSEED": seed})
        made.append({path.name: path.read_bytes() for path in (tmp_path / f"out{seed}").iterdir()})

    assert sorted(made[0]) == [".the-salt-road.pages.json", "the-salt-road.epub", "the-salt-road.pdf"]
    assert made[0] == made[1]


@pytest.mark.parametrize("key", ["cover: none.jpg", "style: none", "rules: {none: off}", "manuscript: none"])
def test_a_fault_in_an_edition_is_told_where_it_stands_in_it(tmp_path: Path, key: str) -> None:
    make_book(tmp_path, build_file=f"{MINIMAL}editions:\n  epub: {{}}\n  x: {{format: epub, {key}}}\n")
    said = run(tmp_path, "check", "-e", "x")

    assert said.code in {1, 2}
    assert said.err.startswith("build.yaml:5:")
