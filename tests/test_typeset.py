"""Composition: what lines and pages must hold whatever the text is, and that the best is found."""

from collections.abc import Iterator
from itertools import combinations, pairwise
from pathlib import Path

import pytest
from font_source_serif_pro import font_files_ttf
from hypothesis import given, settings
from hypothesis import strategies as st

from bookbuild.typeset.breaks import Break, BreakFinder
from bookbuild.typeset.feathering import feathered
from bookbuild.typeset.hyphens import Hyphenator, Limits
from bookbuild.typeset.lines import LEAST_SPACE, MOST_HYPHENS, SPACING, Setting, Shape, set_paragraph
from bookbuild.typeset.measure import Ruler, Type, Widths
from bookbuild.typeset.pages import Choice, Item, Placed, place_items
from bookbuild.typeset.pieces import JOINER, Run

EM = 14.0
RULER = Ruler()
ENGLISH = Hyphenator("en-GB", Limits(), whole=["Marianne"])
STORY = (
    "The lamplighter climbed the ladder with considerable difficulty, and waited for the flame to stand; below her "
    "the quay was empty—emptier than she had known it—and nobody answered. “Is it true,” said the boy, “what they "
    "tell of the half-drowned, and of those who remember them?” She did not answer at once."
)


def widths(face: str = "SourceSerifPro", size: float = EM) -> Widths:
    return RULER.widths(Type(Path(font_files_ttf[face]), size, (("kern", 1),)))


def breaks_of(*texts: str, hyphenator: Hyphenator | None = ENGLISH, indent: float = 0.0) -> list[Break]:
    """Find the breaks of a paragraph; every second text is in italics."""
    runs = [
        Run(text, widths("SourceSerifProIt" if number % 2 else "SourceSerifPro"), hyphenator)
        for number, text in enumerate(texts)
    ]
    found = BreakFinder("-").find(runs, indent)
    assert found
    return found


def shape(measure: float, room: tuple[float, ...] = ()) -> Shape:
    return Shape(measure, EM, widths()[" "], room=room)


def shown(text: str, setting: Setting) -> list[str]:
    return [text[line.begin : line.stop] + line.hyphen for line in setting.lines]


def best(found: dict[int, Setting]) -> Setting:
    return min(found.values(), key=lambda setting: setting.demerits)


# ---------------------------------------------------------------- measure


def test_widths_are_those_that_the_painter_finds() -> None:
    from weasyprint import HTML
    from weasyprint.text.fonts import FontConfiguration

    words = ["difficulty", "Wave", "“To-day,”", "AVATAR", "office"]
    source = Path(font_files_ttf["SourceSerifPro"]).as_uri()
    style = f"@font-face{{font-family:Tried;src:url({source})}} p{{font:{EM}px Tried;font-kerning:normal;float:left}}"
    markup = f"<style>{style}</style>" + "".join(f"<p>{word}</p>" for word in words)
    page = HTML(string=markup).render(font_config=FontConfiguration()).pages[0]
    painted = [
        box.width for box in page._page_box.descendants() if box.element_tag == "p" and hasattr(box, "text")
    ]

    assert painted == [widths()[word] for word in words]


def test_a_character_that_the_face_lacks_is_told() -> None:
    assert widths().lacks("tea ☃")
    assert not widths().lacks("tea")
    assert BreakFinder("-").find([Run("tea ☃", widths())], 0.0) is None


# ---------------------------------------------------------------- where words part


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("considerable", "con-sid-er-able"),
        ("“considerable,”", "“con-sid-er-able,”"),
        ("couldn’t", "couldn’t"),  # not could-n’t
        ("Marianne", "Marianne"),  # a name of the list
        ("Marianne’s", "Marianne’s"),
        ("LAMPLIGHTER", "LAMPLIGHTER"),
        ("tide", "tide"),
    ],
)
def test_words_part_where_their_language_parts_them(word: str, parts: str) -> None:
    cuts = [0, *ENGLISH.points(word), len(word)]

    assert "-".join(word[a:b] for a, b in pairwise(cuts)) == parts


def test_words_of_a_language_without_patterns_stay_whole() -> None:
    assert Hyphenator("tlh", Limits()).points("considerable") == []
    assert Hyphenator("", Limits()).points("considerable") == []


def test_lines_end_after_dashes_and_hyphens_but_not_where_they_are_held_together() -> None:
    def ends(text: str) -> list[str]:
        return [text[: place.stop] for place in breaks_of(text, hyphenator=None)[1:-1]]

    assert ends("empty—emptier") == ["empty—"]
    assert ends("half-drowned") == ["half-"]
    assert ends("“Wait—”") == []
    assert ends("−5 -5") == ["−5"]
    assert ends(f"forty{JOINER}-{JOINER}one") == []


# ---------------------------------------------------------------- lines


@settings(deadline=None, max_examples=40)
@given(
    st.lists(st.sampled_from(STORY.split()), min_size=1, max_size=80),
    st.floats(120, 500),
    st.integers(1, 5),
)
def test_every_setting_has_all_characters_in_order_and_its_number_of_lines(
    words: list[str], measure: float, parts: int
) -> None:
    text = " ".join(words)
    size = -(-len(text) // parts)
    texts = [text[at : at + size] for at in range(0, len(text), size)]

    for number, setting in set_paragraph(breaks_of(*texts, indent=16.8), shape(measure)).items():
        lines = [text[line.begin : line.stop] for line in setting.lines]
        gaps = [text[a.stop : b.begin] for a, b in zip(setting.lines, setting.lines[1:], strict=False)]
        assert len(lines) == number
        assert "".join(line + gap for line, gap in zip(lines, [*gaps, ""], strict=True)) == text
        assert set(gaps) <= {"", " "}
        assert "---" not in "".join("-" if line.hyphen else "." for line in setting.lines)
        assert MOST_HYPHENS == 2


@pytest.mark.parametrize("room", [(), (30.0, 30.0), (14.0, 50.0, 20.0)])
def test_of_all_ways_to_break_a_paragraph_the_best_is_found_for_each_number_of_lines(
    room: tuple[float, ...],
) -> None:
    text = "The lamplighter climbed the ladder with difficulty and waited for the flame."
    places = breaks_of(text, hyphenator=None)
    shaped = shape(150.0 + sum(room[:1]), room)
    tried: dict[int, float] = {}
    for count in range(len(places) - 1):
        for inner in combinations(places[1:-1], count):
            for lines, setting in set_paragraph([places[0], *inner, places[-1]], shaped).items():
                if lines == count + 1:
                    tried[lines] = min(tried.get(lines, float("inf")), setting.demerits)

    found = {lines: setting.demerits for lines, setting in set_paragraph(places, shaped).items()}

    assert found
    assert found == {lines: tried[lines] for lines in found}


def test_a_paragraph_is_set_without_a_runt_and_with_marks_in_the_margin() -> None:
    setting = best(set_paragraph(breaks_of(STORY), shape(384.0)))

    assert shown(STORY, setting)[0].startswith("The lamplighter climbed")
    assert len(shown(STORY, setting)[-1]) > 6
    for line in setting.lines[:-1]:
        assert line.is_full
        assert abs(line.expansion) <= 0.02
        assert bool(line.hang_right) == ((STORY[line.stop - 1] + line.hyphen)[-1] in ".,-’”;:—")
    assert not setting.lines[-1].is_full


def test_first_lines_leave_room_for_a_large_letter() -> None:
    setting = best(set_paragraph(breaks_of(STORY), shape(384.0, (60.0, 60.0, 60.0))))
    wide = [widths()[text.replace(" ", "")] for text in shown(STORY, setting)]

    assert [line.room for line in setting.lines] == [60.0, 60.0, 60.0, *[0.0] * (len(setting.lines) - 3)]
    assert max(wide[:3]) < 384.0 - 60.0 < wide[3]


def test_a_paragraph_has_as_many_lines_as_the_letter_beside_it() -> None:
    assert set_paragraph(breaks_of("It rained."), shape(384.0, (60.0, 60.0))) == {}


def test_a_quotation_mark_at_the_beginning_hangs_in_the_margin_but_not_in_an_indent() -> None:
    flush, indented = (
        best(set_paragraph(breaks_of(f"“{STORY}", indent=indent), shape(384.0))).lines[0]
        for indent in (0.0, 17.0)
    )

    assert flush.hang_left > 0
    assert not indented.hang_left


def test_lines_with_a_long_address_are_loose_rather_than_left_to_the_painter() -> None:
    text = "She wrote to https://www.example.org/archive/1908/quay/lamps and to http://harbour.example.org/tides."
    setting = best(set_paragraph(breaks_of(text), shape(190.0)))

    assert "".join(shown(text, setting)).replace(" ", "") == text.replace(" ", "")
    assert not any(line.hyphen for line in setting.lines)


def test_what_does_not_fit_at_all_has_no_setting() -> None:
    assert set_paragraph(breaks_of("x" * 200), shape(200.0)) == {}


# ---------------------------------------------------------------- pages

DEPTH = 20


def items() -> st.SearchStrategy[list[Item]]:
    paragraph = st.lists(st.booleans(), min_size=1, max_size=12).map(
        lambda hyphens: Item(0, choices=(Choice(0.0, tuple(hyphens)), Choice(3e5, (*hyphens, False))))
    )
    other = st.builds(Item, gap=st.integers(0, 1), height=st.integers(1, 6))
    return st.lists(st.one_of(paragraph, paragraph, paragraph, other), min_size=1, max_size=40)


def pages_of(flow: list[Item], placed: list[Placed]) -> Iterator[int]:
    """Give the lines used on each page."""
    used = 0
    for number, (item, at) in enumerate(zip(flow, placed, strict=True)):
        lines = item.choices[at.choice].lines if item.choices else item.height
        done = 0
        for start in at.page_starts:
            yield used + start - done + (item.gap if start and not done and (used or not number) else 0)
            used, done = 0, start
        begins_page = bool(at.page_starts)
        used += lines - done + (0 if begins_page or not (used or not number) else item.gap)
    yield used


@settings(deadline=None, max_examples=60)
@given(items())
def test_pages_hold_what_they_can_and_have_no_widow_and_no_orphan(flow: list[Item]) -> None:
    placed = place_items(flow, DEPTH)

    assert len(placed) == len(flow)
    assert max(pages_of(flow, placed)) <= DEPTH
    for item, at in zip(flow, placed, strict=True):
        if item.choices:
            lines = item.choices[at.choice].lines
            assert all(start == 0 or 2 <= start <= lines - 2 for start in at.page_starts)
        else:
            assert at.page_starts in {(), (0,)}


def test_facing_pages_end_on_the_same_line_where_a_paragraph_would_leave_a_widow() -> None:
    three = Item(0, choices=(Choice(0.0, (False,) * 3),))
    flow = [Item(0, height=DEPTH), *([three] * 30)]

    used = list(pages_of(flow, place_items(flow, DEPTH)))

    assert used[0] == DEPTH
    assert used[1] == used[2]
    assert used[3] == used[4]


def test_a_paragraph_is_lengthened_rather_than_pages_left_short() -> None:
    three = Item(0, choices=(Choice(0.0, (False,) * 3), Choice(3e5, (False,) * 4)))
    flow = [Item(0, height=DEPTH), *([three] * 14)]

    assert list(pages_of(flow, place_items(flow, DEPTH)))[:3] == [DEPTH] * 3


def test_no_page_ends_after_a_heading() -> None:
    heading = Item(1, height=1, keeps_next=True)
    flow = [Item(0, height=DEPTH - 2), heading, Item(0, choices=(Choice(0.0, (False,) * 6),))]

    assert place_items(flow, DEPTH)[1].page_starts == (0,)
    assert place_items(flow, DEPTH)[2].page_starts == ()


def test_lines_beside_a_large_letter_stay_on_one_page() -> None:
    flow = [Item(0, height=DEPTH - 3), Item(0, choices=(Choice(0.0, (False,) * 9),), together=4)]

    assert [place.page_starts for place in place_items(flow, DEPTH)] == [(), (0,)]


def test_what_is_higher_than_a_page_cannot_be_placed() -> None:
    assert place_items([Item(0, height=DEPTH + 1)], DEPTH) == []


def test_what_is_kept_together_is_parted_where_it_fills_more_than_a_page() -> None:
    kept = [Item(0, 2, (), keeps_next=True) for _ in range(10)]

    placed = place_items(kept, 12)

    assert [number for number, place in enumerate(placed) if place.page_starts] == [6]


def test_a_spread_is_short_rather_than_a_chapter_ends_with_under_five_lines() -> None:
    said = [Item(0, choices=(Choice(0.0, (False,)),)) for _ in range(24)]

    assert list(pages_of(said, place_items(said, 10, on_verso=True))) == [9, 9, 6]


def test_gaps_of_half_a_line_grow_up_to_a_line_so_that_facing_pages_end_on_one_line() -> None:
    half_a_line_apart = [Item(1, choices=(Choice(0.0, (False,) * 5),)) for _ in range(9)]

    placed = place_items(half_a_line_apart, 20, line=2, on_verso=True)

    assert [filled for place in placed for filled in place.filled][:4] == [20, 20, 18, 18]
    assert feathered(half_a_line_apart, placed, 2) == [1, 1, 0, 0, 1, 0, 1, 1, 0]


def test_white_that_gaps_grow_by_is_shared_among_them() -> None:
    flow = [Item(0 if not number else 1, choices=(Choice(0.0, (False,) * 3),)) for number in range(5)]

    placed = place_items(flow, 22, line=2)  # three paragraphs of six steps, and two gaps, of 22

    assert feathered(flow, placed, 2)[:3] == [0, 1, 1]


def test_a_grid_may_be_finer_than_lines() -> None:
    half_a_line_apart = [Item(1, 0, (Choice(0.0, (False,) * 3),)) for _ in range(6)]

    placed = place_items(half_a_line_apart, 21, line=2)

    assert [place.page_starts for place in placed] == [(), (), (), (0,), (), ()]


def test_hyphens_of_the_text_count_among_those_that_run() -> None:
    found = set_paragraph(breaks_of("wine-dark " * 60), shape(104.0))

    for setting in found.values():
        ends = [line.endswith("-") for line in shown("wine-dark " * 60, setting)]
        assert not any(all(ends[at : at + MOST_HYPHENS + 1]) for at in range(len(ends) - MOST_HYPHENS))


def test_no_space_becomes_so_narrow_that_words_run_together() -> None:
    narrow = Shape(384.0, EM, 0.16 * EM)

    assert narrow.tightest > shape(384.0).tightest
    assert narrow.space / EM - SPACING * -narrow.tightest <= 0.16
    assert shape(384.0).space / EM + SPACING * shape(384.0).tightest > LEAST_SPACE - 0.01


def test_plain_english_is_parted_by_the_patterns_of_american_english() -> None:
    assert Hyphenator("en", Limits()).points("considering") == Hyphenator("en-US", Limits()).points(
        "considering"
    )
