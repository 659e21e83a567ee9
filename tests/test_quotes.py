"""How marks are read together: which way each is turned, how sure that is, and what an author is told."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bookbuild.edits import Sureness
from bookbuild.rules import RULES
from bookbuild.rules.repairs import Repair
from bookbuild.words import keys
from tests.normalising import normalised


def doubts(text: str, language: str = "en") -> list[Repair]:
    """Give what an author is asked about the marks of a text."""
    rules = {"straight-quote", "straight-apostrophe", "unbalanced-quotes", "unclosed-quotation"}
    repairs = normalised(text, language=language).repairs
    return [one for one in repairs if one.rule in rules and one.sureness is Sureness.DOUBTFUL]


def became(text: str) -> str:
    """Give a text of one paragraph as the rules leave it."""
    return normalised(f"Chapter 1\n\n{text}").draft.blocks[-1].text


def test_plain_speech_is_never_in_doubt() -> None:
    text = """\
"I'm off," said Ann. "Don't wait—" She stopped. "'Go,' he said, so I go."

'I'm off,' said Ben. 'He said "Go," so I go.' It was the boys' idea.

"First there was rain.

"Then there was more of it." The so-called 'lake' rose; 'twas ever thus.
"""
    assert doubts(text) == []


def test_a_mark_that_may_serve_twice_is_a_doubt_with_its_other_reading() -> None:
    """In speech in single marks one mark stands for two: the one that opens, and that of 'tis."""
    text = "'Is it well?' she asked. 'I hope so.' He smiled.\n\n'Tis well,' he said."
    (doubt,) = doubts(text)

    assert doubt.before == "'"
    assert {doubt.after, *doubt.others} == {"‘", "’"}


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("Well,” she said. “I know.”", "this mark closes a quotation that is not open"),
        ("“Well, she said. “I know.”", "this mark opens a quotation inside one"),
        ("“He said ‘Go, and left.”", "this mark closes a quotation, but not the one inside it"),
        ("“Well,“ she said.", "this mark seems to be turned the wrong way"),
        ("She said, ”Well.”", "this mark seems to be turned the wrong way"),
    ],
)
def test_a_fault_that_no_rule_may_mend_is_told(text: str, why: str) -> None:
    (doubt,) = doubts(f"Chapter 1\n\n{text}")

    assert doubt.why == why
    assert doubt.is_question


def test_the_other_way_is_offered_for_a_mark_turned_the_wrong_way() -> None:
    (doubt,) = doubts("Chapter 1\n\n“Well,“ she said.")

    assert doubt.others == ("”",)


def test_a_line_of_a_song_that_begins_with_a_mark_begins_a_quotation() -> None:
    """Though nothing closes it there; a word that begins a paragraph is clipped only when a list or the book knows it."""
    assert became("'There is another harbour, you know, beyond the lighthouse.") == (
        "‘There is another harbour, you know, beyond the lighthouse."
    )
    assert became("'Course I know.") == "’Course I know."


def test_a_missing_mark_does_not_turn_those_after_it() -> None:
    assert became('"I know, she said. "So do I." "So?"') == "“I know, she said. “So do I.” “So?”"


@pytest.mark.parametrize(
    "piece", ['"a" ', "'a ", "'", '"', "\"'a' ", '"word word ', "don't ", "„a“ ‚b‘ ", "6'2\" ", "«a "]
)
def test_a_line_of_very_many_marks_keeps_its_words(piece: str) -> None:
    """Were the reading of marks not linear, this would not end; `benchmarks/accuracy.py --only growth` measures it."""
    text = piece * 4000

    assert [word for block in normalised(text).draft.blocks for word in keys(block.text)] == keys(text)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (
            "“I know, she said.\n\nHe did not.",
            "the quotation that begins “I know, she said.” does not close; perhaps it should before 'she said'",
        ),
        (
            "He sighed. “It rained on all the boats of the harbour.\n\nShe left.",
            "the quotation that begins “It rained on all the boats…” does not close",
        ),
    ],
)
def test_a_quotation_that_never_closes_is_told(text: str, why: str) -> None:
    (doubt,) = doubts(f"Chapter 1\n\n{text}")

    assert (doubt.rule, doubt.why) == ("unclosed-quotation", why)


@pytest.mark.parametrize(
    "text",
    [
        "“First there was rain.\n\n“Then there was more,” said Ilse.",
        "“First there was rain.\n\n“Then snow.\n\n“Then there was more,” said Ilse.",
        "“Here is what it said:\n\nCome home at once.\n\nShe did.",
        "“First there was rain,\n\nand then there was more.”\n\nShe left.",
        "‘First there was rain.\n\n‘Then there was more,’ said Ilse. ‘So.’",
    ],
)
def test_speech_that_goes_on_is_no_fault(text: str) -> None:
    assert [doubt for doubt in doubts(f"Chapter 1\n\n{text}") if doubt.rule == "unclosed-quotation"] == []


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("„Das ist „doppelt“ gesagt.“", "de"),
        ("« Il l'a dit « deux fois », dit-elle.", "fr"),
        ("“No sé”, dijo”.", "es"),
        ("「雨「だ」", "ja"),
    ],
)
def test_marks_of_other_languages_are_counted(text: str, language: str) -> None:
    (doubt,) = doubts(f"1\n\n{text}", language)

    assert doubt.rule == "unbalanced-quotes"


_PIECES = [
    "'",
    '"',
    "'E's",
    "'is",
    "Hobbs'",
    "'tis",
    "n",
    "boys",
    "s",
    ",",
    ".",
    " ",
    " ",
    "--",
    "...",
    "go",
    "Go",
    "(",
    "6'2\"",
]


@given(st.lists(st.sampled_from(_PIECES), max_size=30).map("".join))
def test_no_straight_mark_is_left_over(text: str) -> None:
    """Two rules turn the marks, one after the other; neither may leave a mark to the other."""
    rules = tuple(rule for rule in RULES if rule.name in {"straight-apostrophe", "straight-quote"})
    left = "".join(block.text for block in normalised(text, rules).draft.blocks)

    assert not set(left) & {"'", '"'}
