"""Edits: text, marks and origins move together."""

from hypothesis import given
from hypothesis import strategies as st

from bookbuild.draft import Draft, Group, GroupKind, Kind, Mark, MarkKind, block_from
from bookbuild.edits import Edit, InsertBreak, Join, Retype, SetApart, Split, Unwrap
from bookbuild.galley import edit_block, edit_draft
from bookbuild.source import Source

TEXT = "one two three four five"
RANGES = st.lists(st.tuples(st.integers(0, 23), st.integers(0, 23), st.text("xyz", max_size=4)), max_size=4)


def test_an_edit_replaces_a_stretch_and_the_rest_keeps_its_origin() -> None:
    block = edit_block(block_from(100, "it' s late"), [Edit(2, 4, "’")])

    assert block.text == "it’s late"
    assert [block.offset(block.text.index(word)) for word in ("it", "s", "late")] == [100, 104, 106]


def test_emphasis_is_unwrapped_and_later_edits_move_its_mark() -> None:
    block = edit_block(block_from(0, "a *b c* d"), [Unwrap(2, 7, 1, MarkKind.EMPHASIS)])
    block = edit_block(block, [Edit(0, 1, "long")])

    assert block.text == "long b c d"
    assert block.marks == (Mark(5, 8, MarkKind.EMPHASIS),)


@given(RANGES)
def test_what_is_copied_keeps_its_origin_through_any_edits(ranges: list[tuple[int, int, str]]) -> None:
    edits, position = [], 0
    for start, end, new in sorted(ranges):
        if position <= start <= end:
            edits.append(Edit(start, end, new))
            position = end + 1
    block = edit_block(edit_block(block_from(7, TEXT), edits), [Edit(0, 0, "W")])

    for index, character in enumerate(block.text):
        if character not in "Wxyz":
            assert TEXT[block.offset(index) - 7] == character


def test_structure_edits_split_join_and_retype() -> None:
    source = Source("a.txt", "one two\nthree\nfour")
    draft = Draft(source, (block_from(0, "one two"), block_from(8, "three"), block_from(14, "four")))
    edited = edit_draft(draft, [Split(0, 3, 4), Join(1, 2, ("\n",), Kind.STANZA)])
    retyped = edit_draft(edited, [Retype(0, 0, Kind.TITLE)])

    assert [(block.text, block.kind, block.start) for block in retyped.blocks] == [
        ("one", Kind.TITLE, 0), ("two", Kind.PARAGRAPH, 4), ("three\nfour", Kind.STANZA, 8),
    ]  # fmt: skip
    assert retyped.blocks[2].offset(6) == 14


def test_a_stretch_is_set_apart_in_its_group_and_the_space_around_it_falls_away() -> None:
    text = "one (two) three (four)"
    note = Group(GroupKind.INLINE_NOTE, 4)
    edits = [SetApart(0, 4, 9, group=note), SetApart(0, 16, 22, group=note)]
    edited = edit_draft(Draft(Source("a.txt", text), (block_from(0, text, gap=1),)), edits)

    assert [(block.text, block.start, block.group, block.gap) for block in edited.blocks] == [
        ("one", 0, None, 1), ("(two)", 4, note, 0), ("three", 10, None, 0), ("(four)", 16, note, 0),
    ]  # fmt: skip


def test_a_break_without_a_mark_is_put_before_a_block_and_takes_its_gap() -> None:
    draft = Draft(Source("a.txt", "one\n\n\ntwo"), (block_from(0, "one"), block_from(6, "two", gap=2)))
    edited = edit_draft(draft, [InsertBreak(1)])

    assert [(block.text, block.kind, block.start, block.gap) for block in edited.blocks] == [
        ("one", Kind.PARAGRAPH, 0, 0), ("", Kind.BREAK, 6, 2), ("two", Kind.PARAGRAPH, 6, 0),
    ]  # fmt: skip
