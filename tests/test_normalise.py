"""`bookbuild normalise`: the clean text loses no word, is the same when it is cleaned again, and harms no file."""

import itertools
import random
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from bookbuild.clean import Form, clean_drafts, write_clean
from bookbuild.cli.differences import changes, hunks
from bookbuild.readers.plain_text import read_plain_text
from bookbuild.rules import RULES
from bookbuild.rules.note_marks import is_marked
from bookbuild.rules.understand import About
from bookbuild.source import Source
from bookbuild.words import keys
from tests.examples import read_cases
from tests.program import files_in, make_book, run
from tests.test_rules import TEXTS

ROOT = Path(__file__).parent.parent
MESSY = 'Chapter 7\n\nShe waited....The ferry did not.  "It\' s late," he said--"too late."\n\n~~~\n\nIt rained *all* night.\n'
CLEAN = "Chapter 7\n\nShe waited… The ferry did not. “It’s late,” he said—“too late.”\n\n***\n\nIt rained *all* night.\n"


def _clean(text: str, form: Form = Form.TEXT, language: str = "en") -> str:
    cleaned = clean_drafts([read_plain_text(Source("chapter.txt", text))], About(language))
    return write_clean(cleaned, form, language)


# ---------------------------------------------------------------- the text


def test_the_clean_text_is_printed(tmp_path: Path) -> None:
    (tmp_path / "chapter.txt").write_text(MESSY, "utf-8")
    said = run(tmp_path, "normalise", "chapter.txt")

    assert (said.code, said.out, said.err) == (0, CLEAN, "")


def test_standard_input_is_read(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "bookbuild", "normalise", "-"]
    done = subprocess.run(command, cwd=tmp_path, input=MESSY.encode(), capture_output=True, check=True)

    assert done.stdout.decode() == CLEAN


def test_every_kind_of_block_stays_what_it_is() -> None:
    text = (
        "Chapter 7\n\nThe Ferry\n\nA/N: Thanks for the reviews!\n\n***\n\nAnn sang on the quay, with nobody there to hear her but the"
        " gulls and the boy.\n\nThe boats come in at break of day\nThe boats go out at night\nAnd none of them will ever say\nWho"
        " carries home the light\n\nThen she found the letter and read it under the lamp in the harbour office.\n\nDear Ann,\n\nWe"
        " sail at dawn, and I shall not be back before the winter.\n\nYours,\n\nTom\n\nShe folded it.\n\nANN: Are you there?\n\nTOM: I"
        " am here.\n\nANN: Then come home.\n\nHe did not.\n\nTo be continued...\n"
    )
    once = _clean(text)

    assert once == text.replace("Ann sang", "Ann sang").replace("...", "…").replace(
        "reviews!\n\n***\n", "reviews!\n"
    )
    assert _clean(once) == once


def test_a_chapter_without_a_heading_gets_none() -> None:
    assert _clean("It rained all night on the harbour.\n") == "It rained all night on the harbour.\n"


def test_what_is_left_out_is_told(tmp_path: Path) -> None:
    (tmp_path / "chapter.txt").write_text("Chapter 7\n\nChapter 7\n\nIt rained.\n")
    said = run(tmp_path, "normalise", "chapter.txt")

    assert said.out == "Chapter 7\n\nIt rained.\n"
    assert (
        said.err == "chapter.txt:3:1: warning: not in the clean text (repeated title, 2 words): Chapter 7\n"
    )


@pytest.mark.parametrize("text", ["", "\n", " \n\n\t\n", "***\n"])
def test_a_file_without_words_is_no_fault(text: str) -> None:
    assert keys(_clean(text)) == []


def test_a_lost_word_stops_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "chapter.txt").write_text(MESSY, "utf-8")
    monkeypatch.setattr("bookbuild.clean.division_to_text", lambda _chapter: CLEAN.replace("ferry", ""))
    said = run(tmp_path, "normalise", "--write", "chapter.txt")

    assert said.code == 1
    assert said.err.startswith(
        "chapter.txt:3:1: error: the words do not add up: after “Chapter 7 She waited The”"
    )
    assert files_in(tmp_path) == {"chapter.txt": MESSY.encode()}


# ---------------------------------------------------------------- again and again

CASES = [
    case.before for path in sorted((ROOT / "tests" / "rules").glob("*.md")) for case in read_cases(path).cases
]
PARTS = [part for text in (*CASES, *(rule.example.before for rule in RULES)) for part in text.split("\n\n")]


@given(
    st.lists(st.sampled_from(PARTS), min_size=1, max_size=12),
    st.sampled_from(["\n\n", "\n\n", "\n\n\n", "\n"]),
)
def test_the_clean_text_of_shuffled_examples_keeps_every_word(parts: list[str], seam: str) -> None:
    for form in Form:
        _clean(seam.join(parts), form)  # or it raises


@pytest.mark.parametrize("path", sorted((ROOT / "manuscript").rglob("*.txt")), ids=lambda path: path.name)
def test_cleaning_the_sample_again_changes_nothing(path: Path) -> None:
    once = _clean(path.read_text("utf-8"))

    assert _clean(once) == once


@pytest.mark.parametrize("text", CASES, ids=range(len(CASES)))
def test_cleaning_an_example_again_changes_nothing(text: str) -> None:
    once = _clean(text)

    assert _clean(once) == once


def _changed_again(seeds: range) -> list[str]:
    """Shuffle examples into texts, a seed each; give those that change when they are cleaned a second time."""
    changed = []
    for seed in seeds:
        shuffler = random.Random(seed)  # noqa: S311 (the same in every run)
        row = shuffler.choices(PARTS, k=shuffler.randint(1, 12))
        once = _clean("\n\n".join(["Chapter 1", "It rained all day.", *row]))
        if _clean(once) != once:
            changed.append(once)
    return changed


def test_cleaning_shuffled_examples_again_changes_nothing() -> None:
    assert _changed_again(range(40, 140)) == []


@pytest.mark.slow
def test_cleaning_many_shuffled_examples_again_changes_one_in_a_hundred_at_most() -> None:
    """Lines of no sense side by side may look like verse, once what stood between them is set aside."""
    changed = _changed_again(range(140, 2_140))

    assert len(changed) <= 20, "\n~~~~\n".join(changed)


# ---------------------------------------------------------------- other forms

MEANING = "1. First * of all_ [a](b) <big>x</big> `code` \\ &amp; ~~no~~\n\n# not a heading\n\n- no list\n\n> no quote\n\n+ 1\n\n== 1\n\n2024. A year\n"


def test_markdown_means_what_the_text_says() -> None:
    text = f"Chapter 1\n\nIt *rained* **hard**.\n\n{MEANING}"
    page = MarkdownIt().enable("strikethrough").render(_clean(text, Form.MARKDOWN))

    assert "<h1>Chapter 1</h1>" in page
    assert "<p>It <em>rained</em> <strong>hard</strong>.</p>" in page
    assert page.count("<p>") == text.count("\n\n")
    assert "&lt;big&gt;x&lt;/big&gt; `code` \\ &amp;amp; ~~no~~" in page
    assert not any(f"<{tag}" in page for tag in ("li", "blockquote", "code", "a ", "hr", "h2", "s>"))


def test_markdown_keeps_lines_as_lines() -> None:
    song = "The boats come in at break of day\nThe boats go out at night\nAnd none of them will ever say\nWho carries home the light"
    text = f"Chapter 1\n\nAnn sang on the quay, with nobody there to hear her but the gulls.\n\n{song}\n\nThen she went home, and that was all.\n"
    page = MarkdownIt().render(_clean(text, Form.MARKDOWN))

    assert page.count("<br />") == 3
    assert "<blockquote>" in page


def test_html_is_a_whole_page(tmp_path: Path) -> None:
    (tmp_path / "chapter.txt").write_text(
        "Chapter <7>\n\nA/N: Thanks!\n\nIt *rained* & rained.\n\n***\n\nIt stopped.\n"
    )
    page = run(tmp_path, "normalise", "chapter.txt", "--to", "html").out

    assert page.startswith(
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8"/>\n<title>Chapter &lt;7&gt;</title>'
    )
    assert "<h1>Chapter &lt;7&gt;</h1>" in page
    assert '<aside class="author-note"' in page
    assert "It <em>rained</em> &amp; rained." in page
    assert '<hr class="scene-break"/>' in page


def test_several_files_follow_each_other(tmp_path: Path) -> None:
    for number in (1, 2):
        (tmp_path / f"{number}.txt").write_text(f"Chapter {number}\n\nIt rained.\n")

    assert (
        run(tmp_path, "normalise", "1.txt", "2.txt").out
        == "Chapter 1\n\nIt rained.\n\nChapter 2\n\nIt rained.\n"
    )
    assert run(tmp_path, "normalise", "1.txt", "2.txt", "--to", "html").out.count("<h1>") == 2


# ---------------------------------------------------------------- a file of a book

GERMAN = "title: Salz\nauthors: A\nlanguage: de\n"


def test_a_file_of_a_book_is_read_as_the_book_says(tmp_path: Path) -> None:
    make_book(
        tmp_path,
        {"kapitel-1.txt": 'Chapter 1\n\n"Ja," sagte sie--und ging.\n'},
        GERMAN + "rules: {double-hyphen: off}\n",
    )
    file = "manuscript/kapitel-1.txt"

    assert run(tmp_path, "normalise", file).out == 'Chapter 1\n\n"Ja," sagte sie--und ging.\n'
    assert (
        run(tmp_path / "manuscript", "normalise", "kapitel-1.txt").out
        == 'Chapter 1\n\n"Ja," sagte sie--und ging.\n'
    )
    assert (
        run(tmp_path, "normalise", "-c", "build.yaml", file, "--to", "html").out.split("\n")[1]
        == '<html lang="de">'
    )


def test_a_build_file_that_is_named_holds_for_any_file(tmp_path: Path) -> None:
    (tmp_path / "book").mkdir()
    make_book(tmp_path / "book", build_file=GERMAN)
    (tmp_path / "scrap.txt").write_text('"Ja," sagte sie, und ging.\n')

    assert run(tmp_path, "normalise", "scrap.txt").out == "“Ja,” sagte sie, und ging.\n"
    assert run(tmp_path, "normalise", "-c", "book", "scrap.txt").out == '"Ja," sagte sie, und ging.\n'


def test_answers_hold_here_too(tmp_path: Path) -> None:
    gap = (
        "Chapter 1\n\nRain fell on the harbour, and on the road to Marrow, and on the long house.\n\nIt stopped.\n\n\n\n"
        "By noon the boats were out again, all but one, and nobody spoke of it.\n\nIlse slept.\n"
    )
    make_book(tmp_path, {"chapter-1.txt": gap})
    (tmp_path / "answers.yaml").write_text(
        "manuscript/chapter-1.txt:\n- {at: By noon the boats, rule: larger-gap, other: scene break}\n"
    )
    said = run(tmp_path, "normalise", "manuscript/chapter-1.txt")

    assert (said.out, said.err) == (gap.replace("\n\n\n\n", "\n\n***\n\n"), "")


def test_a_file_beside_the_chapters_is_read_by_itself(tmp_path: Path) -> None:
    make_book(tmp_path, build_file=GERMAN)
    (tmp_path / "scrap.txt").write_text('"Ja," sagte sie, und ging.\n')

    assert run(tmp_path, "normalise", "scrap.txt").out == '"Ja," sagte sie, und ging.\n'


# ---------------------------------------------------------------- --write


def test_the_original_is_kept_beside_and_no_older_one_is_touched(tmp_path: Path) -> None:
    file = tmp_path / "chapter.txt"
    file.write_text(MESSY, "utf-8")
    file.chmod(0o600)
    first = run(tmp_path, "normalise", "--write", "chapter.txt")
    again = run(tmp_path, "normalise", "--write", "chapter.txt")
    file.write_text("It  rained.\n")
    third = run(tmp_path, "normalise", "--write", "chapter.txt")

    assert first.out == "chapter.txt: replaced; the original is chapter.txt.orig\n"
    assert again.out == "chapter.txt: nothing to change\n"
    assert third.out == "chapter.txt: replaced; the original is chapter.txt.orig.2\n"
    assert files_in(tmp_path) == {
        "chapter.txt": b"It rained.\n",
        "chapter.txt.orig": MESSY.encode(),
        "chapter.txt.orig.2": b"It  rained.\n",
    }
    assert stat.S_IMODE((tmp_path / "chapter.txt.orig").stat().st_mode) == 0o600


def test_nothing_is_written_when_one_of_the_files_is_broken(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(MESSY, "utf-8")
    (tmp_path / "b.txt").write_bytes(b"\x00")
    before = files_in(tmp_path)

    assert run(tmp_path, "normalise", "--write", "a.txt", "b.txt").code == 1
    assert files_in(tmp_path) == before


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "real" / "chapter.txt").write_text("It  rained.\n")
    (tmp_path / "link.txt").symlink_to(tmp_path / "real" / "chapter.txt")
    run(tmp_path, "normalise", "--write", "link.txt")

    assert (tmp_path / "link.txt").is_symlink()
    assert (tmp_path / "real" / "chapter.txt").read_text() == "It rained.\n"
    assert (tmp_path / "real" / "chapter.txt.orig").exists()


def test_a_book_does_not_mind_the_originals(tmp_path: Path) -> None:
    make_book(tmp_path, {"chapter-1.txt": MESSY})
    run(tmp_path, "normalise", "--write", "manuscript/chapter-1.txt")

    assert run(tmp_path, "check").err == ""


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("--write", "--diff", "a.txt"), 2),
        (("--write", "--to", "md", "a.txt"), 2),
        (("--write", "-"), 2),
        (("none.txt",), 1),
        (("folder",), 1),
        (("a.docx",), 1),
        (("-c", "none.yaml", "a.txt"), 2),
        ((), 2),
    ],
)
def test_what_cannot_be_done_is_a_sentence(tmp_path: Path, arguments: tuple[str, ...], code: int) -> None:
    (tmp_path / "a.txt").write_text(MESSY, "utf-8")
    (tmp_path / "a.docx").write_text("x")
    (tmp_path / "folder").mkdir()
    before = files_in(tmp_path)
    said = run(tmp_path, "normalise", *arguments)

    assert (said.code, said.out) == (code, "")
    assert "Traceback" not in said.err
    assert "a fault of bookbuild itself" not in said.err
    assert files_in(tmp_path) == before


# ---------------------------------------------------------------- --diff


def test_the_difference_is_shown_word_by_word(tmp_path: Path) -> None:
    (tmp_path / "chapter.txt").write_text(MESSY, "utf-8")
    said = run(tmp_path, "normalise", "--diff", "chapter.txt")

    assert said.out.splitlines() == [
        'chapter.txt:3:11: She waited[-....-]{+…·+}The ferry did not. [-·"-]{+“+}It[-\'·-]{+’+}s late,[-"-]{+”+} he said[---"-]{+—“+}too late.[-"-]{+”+}',
        "chapter.txt:5:1: [-~~~-]{+***+}",
    ]
    assert files_in(tmp_path) == {"chapter.txt": MESSY.encode()}


def test_no_difference_is_said_too(tmp_path: Path) -> None:
    (tmp_path / "chapter.txt").write_text(CLEAN, "utf-8")

    assert run(tmp_path, "normalise", "--diff", "chapter.txt").out == "chapter.txt: nothing to change\n"


@given(TEXTS, TEXTS)
def test_both_texts_can_be_put_together_from_their_difference(old: str, new: str) -> None:
    pieces = list(changes(old, new))

    assert "".join(piece.old for piece in pieces) == old
    assert "".join(piece.new for piece in pieces) == new
    assert [piece.start for piece in pieces] == [
        0, *itertools.accumulate(len(piece.old) for piece in pieces)
    ][: len(pieces)]  # fmt: skip
    told = [piece for hunk in hunks(old, new) for piece in hunk if piece.is_change]
    assert told == [piece for piece in pieces if piece.is_change]


@pytest.mark.parametrize(
    "text", ["word " * 100_000, '"' * 50_000, "a b " * 50_000, "x" * 1_000_000], ids=lambda text: text[:6]
)
def test_a_difference_does_not_take_forever(text: str) -> None:
    began = time.perf_counter()
    list(hunks(text, f"new {text.replace('b', 'c')[5:]}  end"))

    assert time.perf_counter() - began < 20


def test_words_that_moved_are_told() -> None:
    old, new = "one two three four five six seven", "four five six seven one two three"

    assert {piece.old.strip() for piece in changes(old, new) if piece.is_change} & {
        "one two three",
        "four five six seven",
    }


@pytest.mark.parametrize("row", ["-" * 2_900, "-=" * 1_400, " " * 2_900, "-- " * 900, "*_ " * 900])
def test_a_long_row_before_a_word_takes_no_time(row: str) -> None:
    began = time.process_time()

    is_marked(f"{row}hello")

    assert time.process_time() - began < 1
