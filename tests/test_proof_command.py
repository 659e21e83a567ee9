"""`bookbuild proof`, as an author asks for it."""

import json
from pathlib import Path

from tests.program import MINIMAL, files_in, make_book, run

_TWICE = {
    "chapter-1.txt": "Chapter 1\n\nShe swam to the the ferry.\n\nIt was grey.\n",
    "chapter-2.txt": "Chapter 3\n\nThe sky was gray.\n\nShe she swam on, and he was was cold.\n",
}
_ASKED = [
    "manuscript/chapter-1.txt:3:13: repeated-word: “the” stands twice: She swam to the the ferry.",
    "manuscript/chapter-2.txt:1:1: chapter-number: chapter 2 is missing before this one: Chapter 3",
    "manuscript/chapter-2.txt:3:13: spelling-varies: this book has “grey” as well, and as often (1 to 1): The sky was gray.",
    "manuscript/chapter-2.txt:5:1: repeated-word: “she” stands twice: She she swam on, and he was was cold.",
    "manuscript/chapter-2.txt:5:25: repeated-word: “was” stands twice: She she swam on, and he was was cold.",
]


def test_it_asks_in_the_order_of_the_places_and_counts_by_kind(tmp_path: Path) -> None:
    said = run(make_book(tmp_path, _TWICE), "proof")
    first, *asked, last = said.out.splitlines()

    assert (said.code, said.err, asked) == (0, "", _ASKED)
    assert first == "2 chapters, 26 words"
    assert last.startswith("5 remarks: 3 repeated-word, 1 chapter-number, 1 spelling-varies; ")


def test_it_writes_nothing(tmp_path: Path) -> None:
    before = files_in(make_book(tmp_path, _TWICE))
    run(tmp_path, "proof")

    assert files_in(tmp_path) == before


def test_strict_makes_a_remark_a_failure_and_quiet_says_nothing(tmp_path: Path) -> None:
    said = run(make_book(tmp_path, _TWICE), "proof", "--strict", "-q")

    assert (said.code, said.out, said.err) == (1, "", "")


def test_a_clean_book_has_nothing_to_remark(tmp_path: Path) -> None:
    said = run(make_book(tmp_path), "proof", "--strict")

    assert (said.code, said.out.splitlines()[-1]) == (0, "nothing to remark")


def test_json_has_every_place_and_what_may_have_been_meant(tmp_path: Path) -> None:
    make_book(
        tmp_path, {"a.txt": "Grey, grey, gray.\n\nIt was grey and grey, but gray to me, and gray to you.\n"}
    )
    told = json.loads(run(tmp_path, "proof", "--json").out)
    (remark,) = told["remarks"]

    assert told["counts"] == {"spelling-varies": 1}
    assert remark == {
        "check": "spelling-varies",
        "why": "this book has “grey” as well, and as often (3 to 3)",
        "alternatives": [],
        "at": {"file": "manuscript/a.txt", "line": 1, "column": 13, "end": [1, 17]},
        "before": "Grey, grey, ",
        "text": "gray",
        "after": ".",
        "also": [
            {"file": "manuscript/a.txt", "line": 3, "column": 27, "end": [3, 31]},
            {"file": "manuscript/a.txt", "line": 3, "column": 43, "end": [3, 47]},
        ],
    }


def test_a_check_is_refused_everywhere_in_a_file_or_at_a_place(tmp_path: Path) -> None:
    refusals = """\
proof:
  spelling-varies: off
  chapter-number: {except-in: [chapter-2.txt]}
  repeated-word: {except-at: [he was was cold, swam to the the ferry]}
"""
    said = run(make_book(tmp_path, _TWICE, MINIMAL + refusals), "proof")

    assert said.out.splitlines()[1:-1] == [_ASKED[3]]


def test_a_refusal_that_finds_no_place_is_told(tmp_path: Path) -> None:
    said = run(
        make_book(tmp_path, build_file=f"{MINIMAL}proof:\n  repeated-word: {{except-at: [far far away]}}\n"),
        "proof",
    )

    assert (
        said.err
        == "build.yaml:4:3: warning: repeated-word: the words 'far far away' stand nowhere in the manuscript\n"
    )


def test_a_check_that_build_yaml_misspells_is_named(tmp_path: Path) -> None:
    said = run(make_book(tmp_path, build_file=f"{MINIMAL}proof: {{repeted-word: off}}\n"), "check")

    assert said.code == 2
    assert (
        said.err
        == "build.yaml:3:8: error: there is no check 'repeted-word'\n  hint: did you mean 'repeated-word'?\n"
    )


def test_explain_says_what_a_check_asks_and_how_to_refuse_it(tmp_path: Path) -> None:
    said = run(tmp_path, "explain", "repeated-word").out

    assert "She went into the the house." in said
    assert "proof: {repeated-word: off}" in said
    assert "  repeated-word  " in run(tmp_path, "explain").out
    assert run(tmp_path, "explain", "repeted-word").err.endswith("hint: did you mean 'repeated-word'?\n")
