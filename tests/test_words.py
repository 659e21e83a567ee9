"""Words and gaps."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bookbuild.words import count, keys, words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("it' s", ["it", "s"]),
        ("it’s", ["it", "s"]),
        ("youAnd", ["you", "and"]),
        ("NASAThen", ["nasa", "then"]),
        ("won\u00adder\u200bful", ["wonderful"]),
        ("snake_case", ["snake", "case"]),
        ("Étude ÉTUDE étude", ["étude"] * 3),
        ("cafe\u0301 café", ["café"] * 2),
        ("ﬁsh fish", ["fish"] * 2),
        ("*** — “”", []),
        ("3.14", ["3", "14"]),
    ],
)
def test_words_of(text: str, expected: list[str]) -> None:
    assert keys(text) == expected


@given(st.text())
def test_every_word_stands_where_it_is_said_to(text: str) -> None:
    for offset, word in words(text):
        assert text.startswith(word, offset)


def test_readers_count_by_white_space() -> None:
    assert count("I don’t — really — know…") == 4
