"""Songs, signs and paragraphs are told apart however a file is laid out, and once told stay so."""

from collections.abc import Callable

import pytest

from bookbuild.draft import Draft, Kind
from tests.layouts import END, LINES, POEMS, PROSE, SHORT_POEMS, SHOWN, STORY, UNSHOWN
from tests.normalising import normalised

Layout = Callable[[str], str]
ALL = POEMS | SHORT_POEMS | LINES | PROSE


def _kinds(text: str) -> list[Kind]:
    """Say what the rules take the lines within the story for."""
    story = normalised("\n\n".join((*STORY, *END))).draft
    known = {block.text for block in story.blocks}
    blocks = normalised(text).draft.blocks
    assert known <= {block.text for block in blocks}, "the story around came out otherwise"
    return [block.kind for block in blocks if block.text not in known and block.kind is not Kind.BREAK]


@pytest.mark.parametrize("layout", SHOWN, ids=lambda layout: layout.__name__)
@pytest.mark.parametrize("lines", (POEMS | SHORT_POEMS).values(), ids=[*POEMS, *SHORT_POEMS])
def test_verse_is_verse_where_its_lines_stand_together(lines: str, layout: Layout) -> None:
    assert _kinds(layout(lines)) == [Kind.STANZA]


@pytest.mark.parametrize("layout", UNSHOWN, ids=lambda layout: layout.__name__)
@pytest.mark.parametrize("lines", POEMS.values(), ids=[*POEMS])
def test_verse_is_verse_by_its_sound_where_nothing_else_tells(lines: str, layout: Layout) -> None:
    assert _kinds(layout(lines)) == [Kind.STANZA]


@pytest.mark.parametrize("layout", SHOWN, ids=lambda layout: layout.__name__)
@pytest.mark.parametrize("lines", LINES.values(), ids=[*LINES])
def test_addresses_signs_and_lists_keep_their_lines_and_are_no_verse(lines: str, layout: Layout) -> None:
    assert _kinds(layout(lines)) == [Kind.LINES]


@pytest.mark.parametrize("layout", UNSHOWN, ids=lambda layout: layout.__name__)
@pytest.mark.parametrize("lines", (LINES | SHORT_POEMS).values(), ids=[*LINES, *SHORT_POEMS])
def test_where_nothing_tells_they_stay_as_they_were(lines: str, layout: Layout) -> None:
    assert set(_kinds(layout(lines))) <= {Kind.PARAGRAPH, Kind.LINES}


@pytest.mark.parametrize("layout", [*SHOWN, *UNSHOWN], ids=lambda layout: layout.__name__)
@pytest.mark.parametrize("lines", PROSE.values(), ids=[*PROSE])
def test_short_paragraphs_are_no_verse(lines: str, layout: Layout) -> None:
    assert set(_kinds(layout(lines))) == {Kind.PARAGRAPH}


@pytest.mark.parametrize("layout", [*SHOWN, *UNSHOWN], ids=lambda layout: layout.__name__)
@pytest.mark.parametrize("lines", ALL.values(), ids=[*ALL])
def test_what_was_understood_is_understood_again(lines: str, layout: Layout) -> None:
    """Written out with an empty line between paragraphs, and the lines of verse one a line, it gives the same."""
    once = normalised(layout(lines)).draft
    again = normalised("\n\n".join(_written(once))).draft

    assert [(block.kind, block.text) for block in again.blocks if block.kind is not Kind.BREAK] == [
        (block.kind, block.text) for block in once.blocks if block.kind is not Kind.BREAK
    ]


def _written(draft: Draft) -> list[str]:
    return ["***" if block.kind is Kind.BREAK else block.text for block in draft.blocks]
