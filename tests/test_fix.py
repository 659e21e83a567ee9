"""`bookbuild fix`: the walk through the doubts, by hand on a terminal and from a script."""

import fcntl
import os
import pty
import re
import select
import subprocess
import sys
import termios
import time
from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console

from bookbuild.cli.fix_screen import paragraph, show
from bookbuild.config.answers import Choice, load_answers
from bookbuild.doubts import Doubt, Walk
from bookbuild.edits import Sureness
from bookbuild.rules import RULES
from bookbuild.rules.repairs import Repair
from bookbuild.source import Source, Span
from tests.program import make_book, run

NAMES = [rule.name for rule in RULES]
CHAPTER = (
    "Chapter 1\n\n“Well, she said. “I know.”\n\n“Then why, he said, “did you come?”\n\nIt rained all night on the harbour"
    " and the long house and the road to Marrow.\n\nIt stopped.\n\n\n\nBy noon the boats were out again, all but one, and"
    " nobody spoke of it.\n\nIlse slept.\n"
)
FIRST = "manuscript/chapter-1.txt:3:18 unbalanced-quotes"
SECOND = "manuscript/chapter-1.txt:5:21 unbalanced-quotes"
THIRD = "manuscript/chapter-1.txt:13:1 larger-gap"


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return make_book(tmp_path, {"chapter-1.txt": CHAPTER})


def _said(book: Path) -> list[tuple[str, str, str]]:
    answers = load_answers(book, NAMES)
    return [(answer.at, answer.rule, answer.other or answer.choice.value) for answer in answers]


# ---------------------------------------------------------------- from a script


def test_without_a_terminal_it_says_what_to_do(book: Path) -> None:
    said = run(book, "fix")

    assert said.code == 2
    assert said.err.startswith(
        "error: there is no terminal to ask for your answers on\n  hint: in a script: --list"
    )
    assert not (book / "answers.yaml").exists()


def test_doubts_are_listed_a_line_each(book: Path) -> None:
    lines = run(book, "fix", "--list").out.splitlines()

    assert [line.split("  #")[0] for line in lines] == [f"skip {FIRST}", f"skip {SECOND}", f"skip {THIRD}"]


def test_all_of_a_rule_are_answered_at_once(book: Path) -> None:
    said = run(book, "fix", "--accept", "unbalanced-quotes", "--keep", "larger-gap")

    assert said.out == "3 answered, 0 left; the answers are in answers.yaml\n"
    assert _said(book) == [
        ("she said I know", "unbalanced-quotes", "accept"),
        ("he said did you", "unbalanced-quotes", "accept"),
        ("By noon the boats", "larger-gap", "keep"),
    ]
    assert run(book, "check", "--strict").code == 0
    assert run(book, "fix", "--list").out == ""


def test_lines_that_were_listed_are_taken_as_answers(book: Path) -> None:
    (book / "lines").write_text(f"# mine\n\naccept {FIRST}  # so it is\ns {SECOND}\nk {THIRD}\n")
    said = run(book, "fix", "--answers", "lines")

    assert said.out.startswith("2 answered, 1 left")
    assert [answer for _, _, answer in _said(book)] == ["accept", "keep"]


def test_lines_come_from_standard_input(book: Path) -> None:
    listed = run(book, "fix", "--list").out.replace("skip", "accept")
    command = [sys.executable, "-m", "bookbuild", "fix", "--answers", "-"]
    done = subprocess.run(command, cwd=book, input=listed, capture_output=True, text=True, check=True)

    assert done.stdout.startswith("3 answered, 0 left")


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("perhaps " + FIRST, "this is no answer"),
        ("accept", "this is no answer"),
        ("accept manuscript/chapter-1.txt:9:9 unbalanced-quotes", "there is no such doubt"),
        (f"other 9 {FIRST}\n", "there is no other 9 at this doubt"),
        ("x" * 100_000, "this is no answer"),
    ],
)
def test_a_line_that_is_no_answer_is_told_and_nothing_is_kept(book: Path, line: str, fault: str) -> None:
    (book / "lines").write_text(f"accept {SECOND}\n{line}\n")
    said = run(book, "fix", "--answers", "lines")

    assert (said.code, said.err.splitlines()[0]) == (2, f"lines:2: error: {fault}")
    assert not (book / "answers.yaml").exists()


def test_only_the_doubts_of_some_files_are_meant(book: Path) -> None:
    (book / "manuscript" / "chapter-2.txt").write_text(CHAPTER.replace("Chapter 1", "Chapter 2"))

    assert len(run(book, "fix", "--list").out.splitlines()) == 6
    assert len(run(book, "fix", "--list", "chapter-2.txt").out.splitlines()) == 3
    assert len(run(book, "fix", "--list", "manuscript/chapter-2.txt").out.splitlines()) == 3
    assert run(book, "fix", "--list", "chapter-3.txt").code == 2


def test_the_same_words_in_two_chapters_have_an_answer_each(book: Path) -> None:
    (book / "manuscript" / "chapter-2.txt").write_text(CHAPTER.replace("Chapter 1", "Chapter 2"))
    run(book, "fix", "--accept", "larger-gap", "chapter-2.txt")

    assert len(run(book, "fix", "--list").out.splitlines()) == 5


def test_doubts_beside_each_other_are_answered_one_by_one(book: Path) -> None:
    chapter = "Chapter 1\n\n“Well,”” she said and went.\n\n“““I know,” he said.\n"
    (book / "manuscript" / "chapter-1.txt").write_text(chapter)
    first, *rest = run(book, "fix", "--list").out.splitlines()
    (book / "lines").write_text(first.replace("skip", "accept"))
    run(book, "fix", "--answers", "lines")

    assert [line.split("  #")[0] for line in run(book, "fix", "--list").out.splitlines()] == [
        line.split("  #")[0] for line in rest
    ]


def test_a_rule_that_does_not_exist_is_named(book: Path) -> None:
    said = run(book, "fix", "--accept", "larger-gab")

    assert (said.code, said.err) == (
        2,
        "error: there is no rule 'larger-gab'\n  hint: did you mean 'larger-gap'?\n",
    )


def test_what_was_written_by_hand_stays(book: Path) -> None:
    mine = "manuscript/chapter-0.txt:\n- {at: some words, rule: larger-gap, other: a song}\n"
    (book / "answers.yaml").write_text(mine)
    run(book, "fix", "--accept", "larger-gap")

    assert _said(book) == [
        ("some words", "larger-gap", "a song"),
        ("By noon the boats", "larger-gap", "accept"),
    ]


def test_answers_that_cannot_be_written_are_an_error(book: Path) -> None:
    (book / "answers.yaml").mkdir()
    said = run(book, "fix", "--accept", "larger-gap")

    assert said.code in {1, 2}
    assert "answers.yaml" in said.err


# ---------------------------------------------------------------- the walk


def _doubt(rule: str, at: str, *others: str) -> Doubt:
    span = Span(Source("a.txt", "x"), 0, 1)
    return Doubt(Repair(rule, span, "x", "y", "why", Sureness.DOUBTFUL, others=others), at, 0)


WALK = Walk([_doubt("one", "a", "p", "q"), _doubt("two", "b"), _doubt("one", "c", "q"), _doubt("one", "d")])


def _given(walk: Walk) -> dict[int, str]:
    return {number: answer.other or answer.choice.value for number, answer in sorted(walk.given.items())}


def test_each_answer_leads_to_the_next_doubt() -> None:
    walk = WALK.answer(Choice.ACCEPT).skip().answer(Choice.KEEP)

    assert (_given(walk), walk.position, walk.waiting) == ({0: "accept", 2: "keep"}, 3, 2)


def test_all_like_this_are_those_of_its_rule_that_wait() -> None:
    assert _given(WALK.answer(Choice.KEEP, all_like_it=True)) == {0: "keep", 2: "keep", 3: "keep"}
    assert WALK.skip(all_like_it=True).position == 1


def test_an_alternative_is_for_those_that_have_it() -> None:
    assert _given(WALK.answer(Choice.OTHER, "q", all_like_it=True)) == {0: "q", 2: "q"}


def test_undo_takes_back_the_last_step_whole() -> None:
    walk = WALK.answer(Choice.KEEP, all_like_it=True)

    assert walk.skip().undo() == walk
    assert walk.undo() == WALK
    assert WALK.undo() == WALK


# ---------------------------------------------------------------- what is shown


def _shown(doubt: Doubt, **console: object) -> str:
    out = StringIO()
    show(Console(file=out, highlight=False, width=60, **console), doubt, 1, 2)  # type: ignore[arg-type]
    return re.sub(r" +$", "", out.getvalue(), flags=re.MULTILINE)


def test_the_place_is_marked_where_there_are_no_styles() -> None:
    source = Source("a.txt", "One.\n\nShe said  no, and left.\n\nThree.")
    repair = Repair("double-space", Span(source, 14, 16), "  ", " ", "why", Sureness.DOUBTFUL, "said", "no")
    told = _shown(Doubt(repair, "said no", 0))

    assert "  She said▸··◂no, and left.\n" in told
    assert "One." not in told
    assert "Three." not in told
    assert "  before  said··no\n  after   said no\n" in told
    assert "k keep as it was" in told


def test_before_a_paragraph_the_end_of_the_one_above_is_shown() -> None:
    source = Source("a.txt", "One. " * 100 + "\n\n\n\nShe left.\n\nThree.")
    start = source.text.index("She")
    told = _shown(
        Doubt(Repair("gap", Span(source, start, start), "", "", "why", Sureness.DOUBTFUL), "She", 0)
    )

    assert "  …One. One." in told
    assert "\n\n\n\n  ▸◂She left.\n" in told
    assert "Three." not in told


def test_alternatives_are_named_so_that_they_can_be_seen() -> None:
    told = _shown(_doubt("one", "a", "“", " ", ""))

    assert "o instead: 1 “, 2 a space, 3 nothing" in told.replace("\n", " ")


def test_without_colours_the_place_is_still_marked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    told = _shown(_doubt("one", "a"), force_terminal=True, color_system="standard")

    assert "\x1b[1;7m" in told  # bold and reverse are no colours
    assert "\x1b[36m" not in told


def test_a_long_paragraph_is_cut_around_the_place() -> None:
    source = Source("a.txt", "word " * 200_000)
    repair = Repair("x", Span(source, 500_000, 500_004), "word", "word", "why", Sureness.DOUBTFUL)

    assert len(paragraph(repair, marked=True)) < 1000


# ---------------------------------------------------------------- a real terminal


_ESCAPES = re.compile(r"\x1b\[[\d;?]*[A-Za-z]")


class _Terminal:
    """A terminal with the program on it."""

    def __init__(self, ours: int) -> None:
        self.ours = ours
        self.seen = ""

    def wait_for(self, text: str) -> None:
        until = time.monotonic() + 30
        while text not in self.seen:
            assert time.monotonic() < until, f"never said {text!r}:\n{self.seen}"
            if select.select([self.ours], [], [], 1)[0]:
                try:
                    self.seen += _ESCAPES.sub("", os.read(self.ours, 65536).decode())
                except OSError:  # how Linux says that nobody writes any more
                    until = 0
        self.seen = self.seen[self.seen.index(text) + len(text) :]

    def press(self, keys: str) -> None:
        os.write(self.ours, keys.encode())


@contextmanager
def _on_a_terminal(book: Path, code: int = 0, **environment: str) -> Iterator[_Terminal]:
    ours, its = pty.openpty()
    command = [sys.executable, "-m", "bookbuild", "fix"]
    variables = {**os.environ, "COLUMNS": "70", "TERM": "xterm-256color", **environment}
    begun = subprocess.Popen(
        command,
        cwd=book,
        env=variables,
        stdin=its,
        stdout=its,
        stderr=its,
        start_new_session=True,
        preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),  # noqa: PLW1509 (so that Ctrl-C is a signal)
    )
    with begun as program:
        os.close(its)
        try:
            yield _Terminal(ours)
            assert program.wait(30) == code
        finally:
            program.kill()
            os.close(ours)


def test_a_walk_through_the_doubts(book: Path) -> None:
    with _on_a_terminal(book) as terminal:
        terminal.wait_for("1 of 3")
        terminal.wait_for("? help")
        terminal.press("?")
        terminal.wait_for("undo the last answer")
        terminal.press("\x1b[A")  # an arrow means nothing here
        terminal.press("x7la")  # nothing, no such alternative, then all like this: accept
        terminal.wait_for("accepted, and 1 like it")
        terminal.wait_for("3 of 3")
        assert len(_said(book)) == 2
        terminal.press("u")
        terminal.wait_for("1 of 3")
        terminal.press("asa")
        terminal.wait_for("that was the last one")
        terminal.press("u")
        terminal.wait_for("3 of 3")
        terminal.press("k")
        terminal.wait_for("that was the last one")
        terminal.press("\r")
        terminal.wait_for("2 answered, 1 left")

    assert [answer for _, _, answer in _said(book)] == ["accept", "keep"]


@pytest.mark.parametrize("key", ["q", "\x04"])
def test_who_goes_home_keeps_what_was_answered(book: Path, key: str) -> None:
    with _on_a_terminal(book) as terminal:
        terminal.wait_for("? help")
        terminal.press("a" + key)
        terminal.wait_for("1 answered, 2 left")

    assert len(_said(book)) == 1


def test_ctrl_c_keeps_what_was_answered(book: Path) -> None:
    with _on_a_terminal(book, 130, TERM="dumb", NO_COLOR="1") as terminal:
        terminal.wait_for("▸“◂")
        terminal.press("a")
        terminal.wait_for("2 of 3")
        terminal.press("\x03")
        terminal.wait_for("1 answered, 2 left")

    assert len(_said(book)) == 1
