"""The book made by hand, held to what it promises."""

import dataclasses
import enum
import typing
from collections.abc import Iterator

from bookbuild import tree
from tests.tree_samples import WHOLE_BOOK


def test_tree_samples_have_every_type_and_every_value_of_the_tree() -> None:
    found = set(_nodes(WHOLE_BOOK))
    types = {
        type_
        for union in (tree.Inline, tree.SectionContent, tree.Division)
        for type_ in typing.get_args(union)
    }
    enums = [
        type_ for type_ in vars(tree).values() if isinstance(type_, type) and issubclass(type_, enum.Enum)
    ]
    members = {member for type_ in enums if type_ is not enum.Enum for member in type_}

    assert set() == (types | members) - found


def _nodes(node: object) -> Iterator[object]:
    """Give the type of every node, and every enumeration's value."""
    if isinstance(node, tuple):
        for item in node:
            yield from _nodes(item)
    elif isinstance(node, enum.Enum):
        yield node
    elif dataclasses.is_dataclass(node) and not isinstance(node, type):
        yield type(node)
        for field in dataclasses.fields(node):
            yield from _nodes(getattr(node, field.name))
