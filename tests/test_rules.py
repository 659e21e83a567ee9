"""Every rule: its cases, its own example, and the laws that hold for all."""

import itertools
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bookbuild import rules as rules_package
from bookbuild.account import source_words
from bookbuild.draft import Kind
from bookbuild.rules import RULES
from bookbuild.rules.rule import Rule
from bookbuild.words import key, keys
from tests.drafts import draft_to_text
from tests.examples import Case, read_cases
from tests.normalising import normalised, only, up_to

FOLDER = Path(__file__).parent / "rules"
FILES = {path.stem: read_cases(path) for path in sorted(FOLDER.glob("*.md"))}
CASES = [(name, case) for name, file in FILES.items() for case in file.cases]


def test_each_rule_has_a_file_of_cases_and_each_file_a_rule() -> None:
    assert sorted(FILES) == sorted(rule.name for rule in RULES)


def test_each_file_says_which_rule_it_is_about_and_gives_its_reason() -> None:
    for rule in RULES:
        assert FILES[rule.name].name == rule.name
        assert FILES[rule.name].reason == " ".join(rule.why.split())


@pytest.mark.parametrize(("name", "case"), CASES, ids=str)
def test_case(name: str, case: Case) -> None:
    """A rule, alone or after those above it, turns before into after; what it leaves alone stays as it is."""
    earlier = up_to(name)[:-1] if case.after_earlier else ()
    changed = draft_to_text(normalised(case.before, (*earlier, *only(name))).draft)
    left_alone = draft_to_text(normalised(case.before, earlier).draft)

    assert changed == (left_alone if case.after == case.before else case.after)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_the_example_that_explain_shows_is_true(rule: Rule) -> None:
    """The example's after is what this rule makes of its before, when those above it have run."""
    assert draft_to_text(normalised(rule.example.before, up_to(rule.name)).draft) == rule.example.after


def test_every_rule_that_is_written_is_listed_once() -> None:
    names = [rule.name for rule in RULES]
    written = {
        value.name
        for module in vars(rules_package).values()
        for value in (vars(module).values() if hasattr(module, "__file__") else ())
        if isinstance(value, Rule)
    }

    assert len(names) == len(set(names))
    assert written == set(names)


def test_every_rule_says_why_in_a_whole_sentence() -> None:
    for rule in RULES:
        assert rule.why.endswith((".", "`."))
        assert (rule.structure is None) != (rule.prose is None)


# ---------------------------------------------------------------- laws

_PIECES = sorted({piece for rule in RULES for piece in rule.example.before.split(" ") if piece})
_SEAMS = [" ", " ", " ", "  ", "", "\n", "\n\n", "\n\n\n", "--", '"', "'", "...", "*", "_"]
TEXTS = st.lists(
    st.tuples(st.sampled_from(_PIECES), st.sampled_from(_SEAMS)).map("".join), min_size=1, max_size=25
).map("".join)


@given(TEXTS)
def test_no_word_is_lost_added_or_changed(text: str) -> None:
    draft = normalised(text).draft
    kept = [block for block in draft.blocks if not block.is_set_aside and block.kind is not Kind.BREAK]

    assert [key for block in kept for key in keys(block.text)] == [
        key(word.text) for word in source_words(draft)
    ]


@given(TEXTS)
def test_no_rule_tries_to_change_a_word(text: str) -> None:
    assert [finding for finding in normalised(text).findings if "changed a word" in finding.message] == []


@given(TEXTS)
def test_every_character_knows_where_it_stood(text: str) -> None:
    result = normalised(text)
    for block in result.draft.blocks:
        for index, character in enumerate(block.text):
            at = block.offset(index)
            reworded = any(stretch.start <= at <= stretch.end for stretch in result.draft.rewordings)
            if character.isalnum() and not reworded:
                plain = unicodedata.normalize("NFD", character)[0].casefold()
                near = result.draft.source.text[max(at - 1, 0) : at + 1]
                assert plain in unicodedata.normalize("NFD", key(near))  # a ligature is two letters


@given(TEXTS)
def test_prose_rules_find_nothing_in_what_they_have_made(text: str) -> None:
    prose = tuple(rule for rule in RULES if rule.prose and not rule.name.endswith("ed-emphasis"))
    once = [block.text for block in normalised(text.replace("\n", " "), prose).draft.blocks]
    for first, second in itertools.zip_longest(
        once, [draft_to_text(normalised(one, prose).draft) for one in once]
    ):
        assert first.strip() == (second or "").strip()
