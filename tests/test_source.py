"""Files as text that remembers where it came from."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bookbuild.errors import BookError
from bookbuild.source import Source, read_source


def test_places_count_lines_and_characters_from_one() -> None:
    source = Source("a.txt", "Café\r\nnoir\rtea\u2028milk\n")

    assert [str(source.place(source.text.index(word))) for word in ("Café", "noir", "tea", "milk")] == [
        "a.txt:1:1", "a.txt:2:1", "a.txt:3:1", "a.txt:4:1",
    ]  # fmt: skip
    assert [line for _, line in source.lines()] == ["Café", "noir", "tea", "milk", ""]


def test_a_control_character_among_other_line_ends_is_an_ellipsis_and_ends_no_line() -> None:
    assert [line for _, line in Source("a.txt", "Wait\x85 no.\nYes.").lines()] == ["Wait\x85 no.", "Yes."]
    assert [line for _, line in Source("a.txt", "Wait.\x85No.").lines()] == ["Wait.", "No."]


@given(st.text(alphabet="ab \t\r\n\x0b\x0c\x85\u2028"))
def test_lines_lose_nothing_but_their_ends(text: str) -> None:
    source = Source("a.txt", text)

    assert all(text.startswith(line, start) for start, line in source.lines())
    ends = "\x85" if "\n" not in text else ""
    assert "".join(line for _, line in source.lines()) == re.sub(
        rf"[\r\n\x0b\x0c\u2028\u2029{ends}]", "", text
    )


def test_a_folder_or_nothing_in_place_of_a_file_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(BookError, match="is a folder"):
        read_source(tmp_path, "a.txt")
    with pytest.raises(BookError, match="no such file"):
        read_source(tmp_path / "none", "a.txt")


def test_a_file_larger_than_any_chapter_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"x" * 50_000_000)

    with pytest.raises(BookError, match="larger than 16 MB"):
        read_source(path, "a.txt")
