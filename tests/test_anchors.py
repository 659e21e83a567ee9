"""Anchors: the words that name a repair's place are found again there, and nowhere else where that can be."""

import pytest
from hypothesis import given

from bookbuild.config.keys import RuleSetting
from bookbuild.edits import Sureness
from bookbuild.readers.plain_text import read_plain_text
from bookbuild.rules import RULES
from bookbuild.rules.anchors import Anchor, Anchors
from bookbuild.rules.refusals import places_of
from bookbuild.rules.repairs import Repair
from bookbuild.rules.understand import About, Copy, understand
from bookbuild.source import Source, Span
from bookbuild.words import keys
from tests.normalising import normalised
from tests.test_rules import TEXTS


def repairs_of(text: str, settings: dict[str, RuleSetting] | None = None) -> tuple[Repair, ...]:
    draft = read_plain_text(Source("chapter.txt", text))
    return understand([Copy(draft, RULES)], About(title="The Salt Road", settings=settings))[0].repairs


def anchor_in(text: str, rule: str, number: int = 0) -> Anchor | None:
    repairs = repairs_of(text)
    return Anchors([], repairs).of([repair for repair in repairs if repair.rule == rule][number])


def meets(span: Span, begin: int, stop: int) -> bool:
    return begin <= span.start <= stop if span.start == span.end else begin < span.end and span.start < stop


@pytest.mark.parametrize(
    ("text", "words", "is_sharp"),
    [
        ("It rained all day--and then all night.", "all day and then", True),
        (
            "She asked--twice--and then she swam.",
            "She asked",
            True,
        ),  # `twice` would name the other dash as well
        ("It rained--", "It rained", True),
        ("“I don't--\u200band can't--know,” she said.", "I don't and", True),
        (
            "No, a long low boat--came home at last. A long low boat--came home at last.",
            "No a long low boat",
            True,
        ),
        ("Row--row--row.", "Row | row row", True),
        ("Row--row--row, row--row--row.", "Row | row row row row row", True),
        ("Row -- -- row.", "Row row", False),
    ],
)
def test_the_words_around_a_repair_name_it(text: str, words: str, *, is_sharp: bool) -> None:
    found = anchor_in(text, "double-hyphen")

    assert found == Anchor(words, is_sharp)


def test_where_no_word_stands_nothing_can_be_named() -> None:
    assert anchor_in("“. . .”", "spaced-dots") is None


@given(TEXTS)
def test_an_anchor_finds_its_repair_again(text: str) -> None:
    result = normalised(text)
    anchors = Anchors([result.draft.source], result.repairs)
    for repair in result.repairs:
        anchor = anchors.of(repair)
        assert anchor or not keys(text)
        if not anchor:
            continue
        places = list(places_of(anchor.words, result.draft.source))
        assert any(meets(repair.span, *place) for place in places)
        if anchor.is_sharp:
            ((begin, stop),) = places
            same = [other for other in result.repairs if other.rule == repair.rule]
            assert [other for other in same if meets(other.span, begin, stop)] == [repair]


def test_the_words_are_sought_in_the_whole_book() -> None:
    files = [
        Source(f"{number}.txt", "It rained--and it was cold" + tail)
        for number, tail in enumerate((".", " too."))
    ]
    dashes = [Repair("double-hyphen", Span(file, 9, 11), "--", "—", "", Sureness.CERTAIN) for file in files]
    first, second = map(Anchors(files, dashes).of, dashes)

    assert second == Anchor("and it was cold too", is_sharp=True)
    assert first == Anchor("It rained and it", is_sharp=False)


@given(TEXTS)
def test_what_is_refused_by_a_sharp_anchor_is_left_as_it_was_and_nothing_else(text: str) -> None:
    repairs = repairs_of(text)
    dashes = [repair for repair in repairs if repair.rule == "double-hyphen"]
    anchors = Anchors([], repairs)
    for repair in dashes:
        anchor = anchors.of(repair)
        if anchor and anchor.is_sharp:
            refused = repairs_of(text, {"double-hyphen": RuleSetting(**{"except-at": [anchor.words]})})
            kept = {other.span.start for other in refused if other.rule == "double-hyphen"}
            assert kept == {other.span.start for other in dashes} - {repair.span.start}


@pytest.mark.parametrize(
    ("anchor", "places"),
    [
        ("Row row", ["Row--row--", "--row--row."]),
        ("Row | row row", ["--"]),
        ("Row row | row", ["--"]),
        ("| Row", ["", "--", "--"]),
        ("row |", ["--", "--", "."]),
        ("Row | row | row", ["row"]),
        ("|Row row| row", ["Row--row"]),
        ("Row || row", ["--", "--"]),
        ("|", []),
    ],
)
def test_a_bar_shows_the_place(anchor: str, places: list[str]) -> None:
    source = Source("chapter.txt", "Row--row--row.")
    found = [source.text[begin:stop] for begin, stop in places_of(anchor, source)]

    assert found == places


def test_one_of_two_like_repairs_around_a_word_is_refused() -> None:
    text = "She asked--twice--and then she swam, and the boat came home--late."
    refused = repairs_of(text, {"double-hyphen": RuleSetting(**{"except-at": ["asked twice | and"]})})

    assert [repair.span.start for repair in refused if repair.rule == "double-hyphen"] == [9, 59]


def test_anchors_are_found_where_all_words_are_the_same() -> None:
    """20,000 words with 5,000 repairs: the worst there is; were the search not linear, this would not end."""
    source = Source("chapter.txt", "and it rained on--" * 5_000)
    spans = [Span(source, 18 * number + 16, 18 * number + 18) for number in range(5_000)]
    repairs = [Repair("double-hyphen", span, "--", "—", "", Sureness.CERTAIN) for span in spans]
    anchors = Anchors([source], repairs)

    assert all(anchors.of(repair) for repair in repairs)
