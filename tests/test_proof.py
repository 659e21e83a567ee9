"""Every check of `bookbuild proof`: its cases, its own example, and the laws that hold for all."""

from pathlib import Path

import pytest

from bookbuild import proof as proof_package
from bookbuild.proof import PROOFS, check_named
from bookbuild.proof.check import NEXT_FILE, Check
from bookbuild.proof.proofreading import proofread
from bookbuild.proof.sheets import lay_out
from bookbuild.proof.variants import read_variants
from bookbuild.readers.plain_text import read_plain_text
from bookbuild.rules import RULES
from bookbuild.source import Source
from tests.proofing import ProofCase, read_proof_cases, remarks, told

FOLDER = Path(__file__).parent / "proof"
FILES = {path.stem: read_proof_cases(path) for path in sorted(FOLDER.glob("*.md"))}
CASES = [(name, case) for name, (_, _, cases) in FILES.items() for case in cases]


@pytest.mark.parametrize(("name", "case"), CASES, ids=str)
def test_case(name: str, case: ProofCase) -> None:
    check = check_named(name)
    assert check
    asked = remarks(*case.texts, proofs=[check], language=case.language)

    assert tuple(told(remark, len(case.texts)) for remark in asked) == case.asked


def test_each_check_has_a_file_of_cases_and_each_file_a_check() -> None:
    assert sorted(FILES) == sorted(check.name for check in PROOFS)


def test_each_file_says_which_check_it_is_about_and_gives_its_reason() -> None:
    for check in PROOFS:
        name, reason, _ = FILES[check.name]
        assert (name, reason) == (check.name, " ".join(check.why.split()))


@pytest.mark.parametrize("check", PROOFS, ids=lambda check: check.name)
def test_the_example_that_explain_shows_is_true(check: Check) -> None:
    assert remarks(*check.example.text.split(NEXT_FILE), proofs=[check])[0].why == check.example.asked


def test_every_check_that_is_written_is_listed_once_under_a_name_of_its_own() -> None:
    names = [check.name for check in PROOFS]
    written = {
        value.name
        for module in vars(proof_package).values()
        for value in (vars(module).values() if hasattr(module, "__file__") else ())
        if isinstance(value, Check)
    }

    assert len(names) == len(set(names))
    assert written == set(names)
    assert not set(names) & {rule.name for rule in RULES}


def test_every_check_says_why_in_a_whole_sentence() -> None:
    for check in PROOFS:
        assert check.why.endswith("."), check.name


# ---------------------------------------------------------------- laws

_LONG = {
    "letters": "a" * 1_000_000,
    "words": "the ferry of the " * 50_000,
    "quotes": "“a ‘b” c’ " * 5_000,
    "closing marks": "a” b’ c) " * 10_000,
    "opening marks": "“a (b ‘c " * 10_000,
    "hyphens": "good-night goodnight " * 20_000,
    "one long compound": "good-" * 200_000,
    "spaces": " " * 1_000_000,
    "angle brackets": "<i " * 300_000,
    "marks for italics": "_a *b " * 20_000,
    "names": " ".join(
        f"said Katharin{chr(97 + number % 26)}{chr(97 + number % 25)}" for number in range(50_000)
    ),
    "odd characters": "\ufffdа" * 30_000,
    "full stops": "ab. ab. " * 50_000,
    "figures": "l0 1O a0b " * 20_000,
}


@pytest.mark.parametrize("kind", _LONG)
def test_very_long_lines_are_read_to_their_end(kind: str) -> None:
    """A line of a million characters, unclosed marks by the thousand: were a check not linear, this would not end."""
    sheets = lay_out([read_plain_text(Source("long.txt", _LONG[kind]))], language="en", words=())

    assert all(remark.span.end <= len(_LONG[kind]) for remark in proofread(sheets, {}))


def test_no_word_of_the_list_is_spelt_in_two_pairs() -> None:
    variants = read_variants()
    spellings = [spelling for variant in variants for spelling in variant.spellings]

    assert len(variants) > 2000
    assert sorted(spellings) == sorted(set(spellings))


def test_the_authors_words_are_right_as_they_are() -> None:
    text = "Then Katherine came, and Katherine, and Katherine, and Katherine; but Katharine did not."

    assert remarks(text)
    assert remarks(text, words=["Katharine"]) == []
