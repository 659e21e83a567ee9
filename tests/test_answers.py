"""answers.yaml: what the author said to doubts holds at its place, in a new export too; what holds no more is told."""

from pathlib import Path

import pytest

from bookbuild.config.answers import Answer, Choice, answers_to_yaml, load_answers
from bookbuild.draft import Kind
from bookbuild.edits import Doubt, Edit, InsertBreak, Retype, Sureness
from bookbuild.readers.plain_text import read_plain_text
from bookbuild.rules import RULES
from bookbuild.rules.normalise import Normalised
from bookbuild.rules.rule import Example, Rule
from bookbuild.rules.understand import About, Copy, understand
from bookbuild.source import Source
from tests.drafts import draft_to_text
from tests.examples import read_cases
from tests.program import make_book, run

ROOT = Path(__file__).parent.parent
GAP = (
    "Chapter 1\n\nRain fell on the harbour, and on the road to Marrow, and on the long house.\n\nIt stopped.\n\n\n\n"
    "By noon the boats were out again, all but one, and nobody spoke of it.\n\nIlse slept.\n"
)
QUOTE = "Chapter 1\n\n“Well, she said. “I know.”\n\nIt rained all night.\n"


def _of(*items: str, file: str = "manuscript/chapter-1.txt") -> str:
    return f"{file}:\n" + "".join(f"  - {{{item}}}\n" for item in items)


def _checked(folder: Path, chapter: str, answers: str) -> str:
    make_book(folder, {"chapter-1.txt": chapter})
    (folder / "answers.yaml").write_text(answers, "utf-8")
    return run(folder, "check").err


# ---------------------------------------------------------------- what an answer does


@pytest.mark.parametrize("answer", ["accept", "keep"])
def test_a_doubt_that_is_answered_is_silent(tmp_path: Path, answer: str) -> None:
    answers = _of(f"at: she said I know, rule: unbalanced-quotes, answer: {answer}")

    assert _checked(tmp_path, QUOTE, answers) == ""


PEG = "Chapter 1\n\n'I told 'im,' said Old Peg. 'E won't listen. 'E ran.'\n\n'Go,' she said. 'Go.'\n"
CASES = [
    case.before for path in sorted((ROOT / "tests" / "rules").glob("*.md")) for case in read_cases(path).cases
]


def _tree(folder: Path) -> str:
    return run(folder, "tree").out


@pytest.mark.parametrize("chapter", [PEG, QUOTE, GAP])
def test_to_accept_all_changes_nothing_in_the_book(tmp_path: Path, chapter: str) -> None:
    make_book(tmp_path, {"chapter-1.txt": chapter})
    before = _tree(tmp_path)
    rules = {
        line.rpartition("[")[2].rstrip("]")
        for line in run(tmp_path, "check").err.splitlines()
        if "doubt:" in line
    }
    for rule in rules:
        run(tmp_path, "fix", "--accept", rule)

    assert rules
    assert (_tree(tmp_path), run(tmp_path, "check").err) == (before, "")


def test_to_accept_all_changes_nothing_in_any_example() -> None:
    for text in CASES:
        source = Source("one.txt", text)
        plain = understand([Copy(read_plain_text(source), RULES)], About())[0]
        doubts = {(repair.rule, repair.span.start) for repair in plain.repairs if repair.is_doubtful}
        everywhere = " ".join(text.split())
        answers = [Answer("one.txt", everywhere, rule, Choice.ACCEPT, "", 0) for rule, _ in doubts]
        answered = understand([Copy(read_plain_text(source), RULES)], About(answers=answers))[0]

        assert draft_to_text(answered.draft) == draft_to_text(plain.draft), text


def test_a_missing_heading_is_a_doubt_like_any_other(tmp_path: Path) -> None:
    chapter = (
        "The Long House\n\n“It rained,” she said, and went on.\n\nIt stopped after a while, or so they say.\n"
    )
    told = _checked(tmp_path, chapter.replace("The Long House\n\n", ""), "")
    assert "doubt: no heading was found" in told

    answers = _of("at: It rained she said, rule: missing-heading, answer: accept")
    assert _checked(tmp_path, chapter.replace("The Long House\n\n", ""), answers) == ""


def test_an_encoding_that_was_guessed_is_a_doubt_like_any_other(tmp_path: Path) -> None:
    make_book(tmp_path, {"chapter-1.txt": "Chapter 1\n\nThe café was full of people.\n".encode("cp1252")})
    assert "[guessed-encoding]" in run(tmp_path, "check").err

    answers = _of("at: The café was, rule: guessed-encoding, answer: accept")
    (tmp_path / "answers.yaml").write_text(answers, "utf-8")
    assert run(tmp_path, "check").err == ""


def _normalised(text: str, rule: Rule, *answers: Answer) -> Normalised:
    copy = Copy(read_plain_text(Source("a.txt", text)), (*RULES[:1], rule))
    return understand([copy], About(answers=answers))[0]


def _asking(*yielded: Edit | Doubt) -> Rule:
    return Rule("asking", "why", Example("", ""), prose=lambda _block, _evidence: yielded)


def _answer(choice: Choice, other: str = "", at: str = "two", number: int = 0) -> Answer:
    return Answer("a.txt", at, "asking", choice, other, number)


DOUBTFUL = Edit(4, 7, "TWO", sureness=Sureness.DOUBTFUL, others=(Edit(4, 7, "Two"), Edit(0, 7, "one-two")))


@pytest.mark.parametrize(
    ("answer", "text", "doubts"),
    [
        (None, "one TWO three", 1),
        (_answer(Choice.ACCEPT), "one TWO three", 0),
        (_answer(Choice.KEEP), "one two three", 0),
        (_answer(Choice.OTHER, "Two"), "one Two three", 0),
        (_answer(Choice.OTHER, "one-two"), "one-two three", 0),
        (_answer(Choice.OTHER, "deux"), "one TWO three", 1),
        (_answer(Choice.KEEP, at="three"), "one TWO three", 1),
    ],
)
def test_the_author_has_the_last_word(answer: Answer | None, text: str, doubts: int) -> None:
    done = _normalised("one two three", _asking(DOUBTFUL), *([answer] if answer else []))

    assert (draft_to_text(done.draft), len(done.findings)) == (text, doubts)


def test_an_alternative_that_reaches_further_takes_the_place_of_what_it_meets() -> None:
    wide = Edit(0, 3, "ONE", sureness=Sureness.DOUBTFUL, others=(Edit(0, 7, "one-two"),))
    done = _normalised(
        "one two three", _asking(wide, Edit(4, 7, "TWO")), _answer(Choice.OTHER, "one-two", "one")
    )

    assert draft_to_text(done.draft) == "one-two three"


def test_what_is_kept_is_safe_from_the_rules_that_follow() -> None:
    first = Rule(
        "asking", "", Example("", ""), prose=lambda _b, _e: [Edit(0, 1, "’", sureness=Sureness.DOUBTFUL)]
    )
    second = Rule("quotes", "", Example("", ""), prose=lambda _b, _e: [Edit(0, 1, "‘")])
    copy = Copy(read_plain_text(Source("a.txt", "'owl it")), (first, second))
    done = understand([copy], About(answers=[_answer(Choice.KEEP, at="owl")]))[0]

    assert draft_to_text(done.draft) == "'owl it"


def test_a_numbered_answer_is_for_one_of_the_doubts_at_its_words() -> None:
    marks = _asking(Edit(3, 4, "“", sureness=Sureness.DOUBTFUL), Edit(4, 5, "‘", sureness=Sureness.DOUBTFUL))
    done = _normalised("one\"'two", marks, _answer(Choice.KEEP, at="one two", number=2))

    assert (draft_to_text(done.draft), len(done.findings)) == ("one“'two", 1)


def test_of_two_answers_that_meet_a_doubt_the_nearer_is_for_it() -> None:
    answers = (_answer(Choice.KEEP, at="one two three"), _answer(Choice.OTHER, "Two", at="two"))
    done = _normalised("one two three four five", _asking(DOUBTFUL), *answers)

    assert draft_to_text(done.draft) == "one Two three four five"


def test_an_alternative_may_change_the_row_of_blocks() -> None:
    asking = Retype(1, 1, sureness=Sureness.DOUBTFUL, others=(InsertBreak(1), Retype(1, 1, Kind.SUBHEADING)))
    rule = Rule("asking", "", Example("", ""), structure=lambda _draft, _evidence: [asking])

    assert draft_to_text(_normalised("One\n\nTwo", rule).draft) == "One\n\nTwo"
    done = _normalised("One\n\nTwo", rule, _answer(Choice.OTHER, "scene break"))
    assert draft_to_text(done.draft) == "One\n\n***\n\nTwo"


@pytest.mark.parametrize(
    ("text", "rule", "at", "others", "after"),
    [
        ("“I know, she said.\n\nNo.", "unclosed-quotation", "I know", (",” she said", "said.”"), "“I know,” she said.\n\nNo."),
        ("“I know it.\n\nNo.", "unclosed-quotation", "I know", ("it.”",), "“I know it.”\n\nNo."),
        ("“I, she said. “No.”", "unbalanced-quotes", "said | No", (",” she said", "”", ""), "“I,” she said. “No.”"),
        ("Well,” she said.", "unbalanced-quotes", "Well", ("“", ""), "Well,“ she said."),
        ("“He said ‘Go, and left.”", "unbalanced-quotes", "and left |", ("’”", ""), "“He said ‘Go, and left.’”"),
        ("He ran. (A/N: yes!)  He fell.", "note-in-paragraph", "A N yes", ("author's note in the chapter",), "He ran.\n\n[author's note: (A/N: yes!)]\n\nHe fell."),
        ("(A/N: yes!) He fell into the harbour.", "note-in-paragraph", "A N yes", ("author's note in the chapter",), "[author's note: (A/N: yes!)]\n\nHe fell into the harbour."),
        ("He fell (A/N: yes!)", "note-in-paragraph", "A N yes", ("author's note in the chapter",), "He fell\n\n[author's note: (A/N: yes!)]"),
        ("It was.\n\n☆ He ran far.\n\nIt rained.", "glued-scene-break", "was | He", ("scene break",), "It was.\n\n***\n\nHe ran far.\n\nIt rained."),
        ("He was s o r r y.", "spaced-letters", "s o r r y", ("sorry",), "He was sorry."),
    ],
)  # fmt: skip
def test_what_could_be_done_is_offered(
    text: str, rule: str, at: str, others: tuple[str, ...], after: str
) -> None:
    (doubt,) = (repair for repair in _understood(text).repairs if repair.rule == rule)
    assert doubt.others == others

    done = _understood(text, Answer("a.txt", at, rule, Choice.OTHER, others[0]))
    assert draft_to_text(done.draft) == after
    assert [one.is_done for one in done.answered] == [True]


def test_each_sign_that_may_be_a_scene_break_is_asked_about_by_itself() -> None:
    text = "It was dark. *** Go now! *** He ran all the way to the harbour."
    answers = [
        Answer("a.txt", at, "run-in-scene-break", Choice.OTHER, "scene break")
        for at in ("dark | Go", "now | He")
    ]

    assert draft_to_text(_understood(text).draft) == text
    assert draft_to_text(_understood(text, answers[0]).draft) == text.replace(" *** Go", "\n\n***\n\nGo")
    assert draft_to_text(_understood(text, *answers).draft) == text.replace(" *** ", "\n\n***\n\n")


def test_a_sign_before_each_item_of_a_list_is_not_asked_about() -> None:
    found = _understood("It was.\n\n☆ He ran far.\n\n☆ He came back.\n\nIt rained.").repairs

    assert [repair for repair in found if repair.rule == "glued-scene-break"] == []


def test_a_note_within_a_sentence_cannot_be_set_apart() -> None:
    for text in ("He ran (A/N: yes!) all the way.", "He ran (A/N: yes!)."):
        (doubt,) = (repair for repair in _understood(text).repairs if repair.rule == "note-in-paragraph")
        assert doubt.others == ()


def _understood(text: str, *answers: Answer) -> Normalised:
    copy = Copy(read_plain_text(Source("a.txt", text)), RULES)
    return understand([copy], About(answers=answers))[0]


# ---------------------------------------------------------------- a new export


def test_an_answer_holds_when_the_chapter_is_exported_anew(tmp_path: Path) -> None:
    answers = _of(
        "at: she said I know, rule: unbalanced-quotes, answer: accept",
        "at: noon the boats, rule: larger-gap, answer: keep",
    )
    anew = QUOTE.replace("It rained all night.", "A new beginning.\n\nIt rained") + GAP.replace(
        "Chapter 1", "More of it, and more again, until nobody could say how much there was of it."
    ).replace("all but one", "all but two")

    assert "doubt" in _checked(tmp_path, anew, "")
    assert _checked(tmp_path, anew, answers) == ""


def test_an_answer_holds_when_the_chapter_has_another_name(tmp_path: Path) -> None:
    answers = _of("at: she said I know, rule: unbalanced-quotes, answer: accept", file="manuscript/one.txt")

    assert _checked(tmp_path, QUOTE, answers) == ""


def test_an_answer_that_finds_its_place_no_more_is_told(tmp_path: Path) -> None:
    answers = _of("at: she said I knew, rule: unbalanced-quotes, answer: accept")
    told = _checked(tmp_path, QUOTE, answers).splitlines()

    assert told[0] == (
        "answers.yaml:2:5: warning: unbalanced-quotes: it has no doubt at the words 'she said I knew' in"
        " manuscript/chapter-1.txt any more"
    )
    assert "[unbalanced-quotes]" in told[2]


def test_an_alternative_that_is_not_offered_is_told(tmp_path: Path) -> None:
    answers = _of("at: she said I know, rule: unbalanced-quotes, other: a song")

    assert "warning: unbalanced-quotes: 'a song' cannot be done at the words" in _checked(
        tmp_path, QUOTE, answers
    )


def test_an_answer_to_a_rule_that_is_off_is_left_in_peace(tmp_path: Path) -> None:
    make_book(tmp_path, {"chapter-1.txt": QUOTE})
    with (tmp_path / "build.yaml").open("a") as file:
        file.write("rules: {larger-gap: off}\n")
    (tmp_path / "answers.yaml").write_text(_of("at: night, rule: larger-gap, answer: keep"))

    assert "answers.yaml" not in run(tmp_path, "check").err


# ---------------------------------------------------------------- the file


def test_answers_are_read_as_they_were_written(tmp_path: Path) -> None:
    answers = (
        Answer("b: 1.txt", "no", "larger-gap", Choice.KEEP),
        Answer("b: 1.txt", "“don't” — # yes", "larger-gap", Choice.OTHER, "’", 3),
        Answer("a.txt", "1984", "larger-gap", Choice.ACCEPT),
        Answer("a.txt", "\x85\u2028x" + "long " * 200, "larger-gap", Choice.OTHER, ""),
    )
    (tmp_path / "answers.yaml").write_text(answers_to_yaml(answers), "utf-8")

    assert load_answers(tmp_path, ["larger-gap"]) == answers


def test_no_answers_are_a_file_that_can_be_read(tmp_path: Path) -> None:
    (tmp_path / "answers.yaml").write_text(answers_to_yaml([]), "utf-8")

    assert load_answers(tmp_path, []) == ()


GOOD = "at: x, rule: larger-gap"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (_of("at: x, rule: larger-gpa, answer: keep"), "2:19: error: there is no rule 'larger-gpa'\n  hint: did you mean 'larger-gap'?"),
        (_of(f"{GOOD}, answer: yes"), "2:39: error: 'yes' is no answer"),
        (_of(f"{GOOD}, anser: keep"), "2:31: error: unknown key 'anser'\n  hint: did you mean 'answer'?"),
        (_of("at: x, answer: keep"), "2:5: error: the key 'rule' is missing"),
        (_of("rule: larger-gap, answer: keep"), "2:5: error: the key 'at' is missing"),
        (_of(GOOD), "2:5: error: an answer has either the key 'answer' or the key 'other'"),
        (_of(f"{GOOD}, answer: keep, other: x"), "2:5: error: an answer has either"),
        (_of("at: '…', rule: larger-gap, answer: keep"), "2:10: error: 'at' needs words that stand at the place"),
        (_of(f"{GOOD}, answer: keep, number: -1"), "2:53: error: 'number' should be a number"),
        (_of(f"{GOOD}, answer: keep, number: ²"), "2:53: error: 'number' should be a number"),
        (_of(f"{GOOD}, answer: [keep]"), "2:39: error: 'answer' should be text"),
        (_of(f"{GOOD}, answer: keep", f"{GOOD}, answer: accept"), "3:5: error: this is answered in line 2 already, otherwise"),
        ("manuscript/a.txt: keep\n", "1:19: error: 'manuscript/a.txt' needs a list of answers"),
        ("manuscript/a.txt: [keep]\n", "1:20: error: an answer has keys and values"),
        ("- keep\n", "1:1: error: does not hold keys and values"),
        ("a: [\n", "2:1: error: not YAML"),
        ("a: !!python/name:os.system\n", "1:4: error: the tag"),
        ("a: &a [*a]\n", "1:4: error: too many values"),
        ("\x00", "error: not YAML"),
    ],
)  # fmt: skip
def test_a_fault_in_the_file_is_told_with_its_place(tmp_path: Path, text: str, expected: str) -> None:
    make_book(tmp_path)
    (tmp_path / "answers.yaml").write_text(text, "utf-8")
    said = run(tmp_path, "check")

    assert said.code == 2
    assert expected in said.err
    assert said.err.startswith("answers.yaml:")


def test_a_link_to_answers_outside_the_folder_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "book").mkdir()
    make_book(tmp_path / "book")
    (tmp_path / "secret.yaml").write_text("secret")
    (tmp_path / "book" / "answers.yaml").symlink_to(tmp_path / "secret.yaml")
    said = run(tmp_path / "book", "check")

    assert said.code == 1
    assert "lies outside the book's folder" in said.err


def test_many_answers_do_not_take_forever(tmp_path: Path) -> None:
    items = [f"at: night {number}, rule: larger-gap, answer: keep" for number in range(2_000)]
    make_book(tmp_path, {"chapter-1.txt": QUOTE + "it rained all night, and \n\n" * 2_000})
    (tmp_path / "answers.yaml").write_text(_of(*items))

    assert run(tmp_path, "check", "-q").code == 0
