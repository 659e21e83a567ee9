"""A YAML file as plain values that know their line and column.

Scalars stay text: the types in `config` decide what `No`, `1984` or `2024-05-01` mean, so that a book may be called
*No*. Nothing else that YAML can do is wanted in a book's settings, and nothing else is done: no tags, no objects,
and aliases only as far as they stay small.
"""

from dataclasses import dataclass
from pathlib import Path

import yaml

from bookbuild.errors import Place, RequestError, error

SIZE_LIMIT = 1_000_000  # bytes
VALUE_LIMIT = 100_000  # values after aliases are followed: "a billion laughs" has a billion
DEPTH_LIMIT = 40

Value = str | None | list["Value"] | dict[str, "Value"]
Path_ = tuple[str | int, ...]
"""The way to a value: keys and list positions, from the top."""


@dataclass(frozen=True, slots=True)
class BuildFile:
    """A YAML file, read: its top mapping, and where each key and value stands."""

    name: str
    values: dict[str, Value]
    keys: dict[Path_, Place]  # where a mapping's key stands
    contents: dict[Path_, Place]  # where a value stands

    def key_place(self, path: Path_) -> Place:
        """Say where a key stands; of a list's item, where the item stands."""
        return self.keys.get(path) or self.value_place(path)

    def value_place(self, path: Path_) -> Place:
        """Say where a value stands; of one that is not there, where the nearest mapping around it stands."""
        while path and path not in self.contents:
            path = path[:-1]
        return self.contents.get(path) or Place(self.name, 1, 1)


_BEGINNING = "title: The Name of the Book\n    authors: Your Name"


def read_build_file(path: Path, name: str, example: str = _BEGINNING) -> BuildFile:
    """Read a YAML file whose top is a mapping; `example` is shown where it is none.

    Raises:
        RequestError: with every fault's line and column.

    """
    try:
        data = path.read_bytes()
    except OSError as fault:
        raise RequestError(error(f"cannot be read: {fault.strerror}", Place(name))) from fault
    if len(data) > SIZE_LIMIT:
        raise RequestError(error(f"larger than {SIZE_LIMIT:,} bytes", Place(name)))
    return _Reader(name, example).read(_compose(data, name))


def _compose(data: bytes, name: str) -> yaml.Node | None:
    try:
        return yaml.compose(data.decode("utf-8-sig"), Loader=yaml.SafeLoader)
    except UnicodeDecodeError as fault:
        raise RequestError(error("is not UTF-8 text", Place(name), hint="save it as UTF-8")) from fault
    except yaml.MarkedYAMLError as fault:
        mark = fault.problem_mark or fault.context_mark
        place = Place(name, mark.line + 1, mark.column + 1) if mark else Place(name)
        problem = fault.problem or fault.context or "cannot be read"
        hint = "text that has ': ' or begins with a quote, *, & or @ needs quotation marks around it"
        if "'\\t'" in problem:
            hint = "indent with spaces, not with tabs"
        raise RequestError(error(f"not YAML: {problem}", place, hint=hint)) from fault
    except yaml.YAMLError as fault:  # characters that YAML forbids
        problem = str(fault).splitlines()[0]
        raise RequestError(error(f"not YAML: {problem}", Place(name))) from fault
    except RecursionError:
        raise RequestError(error("nested too deeply", Place(name))) from None


class _Reader:
    """Walks the nodes once, keeps the places, collects the faults."""

    def __init__(self, name: str, example: str) -> None:
        self.name = name
        self.example = example
        self.keys: dict[Path_, Place] = {}
        self.contents: dict[Path_, Place] = {}
        self.count = 0

    def read(self, top: yaml.Node | None) -> BuildFile:
        if top is None:
            self.contents[()] = Place(self.name, 1, 1)
            return BuildFile(self.name, {}, self.keys, self.contents)
        if not isinstance(top, yaml.MappingNode):
            hint = f"begin with:\n    {self.example}"
            raise RequestError(error("does not hold keys and values", self.place(top), hint=hint))
        values = self.value(top, ())
        assert isinstance(values, dict)  # noqa: S101 (a mapping node gives a dict)
        return BuildFile(self.name, values, self.keys, self.contents)

    def place(self, node: yaml.Node) -> Place:
        return Place(self.name, node.start_mark.line + 1, node.start_mark.column + 1)

    def value(self, node: yaml.Node, path: Path_) -> Value:
        self.count += 1
        if self.count > VALUE_LIMIT or len(path) > DEPTH_LIMIT:
            raise RequestError(error("too many values, or nested too deeply", self.place(node)))
        if not node.tag.startswith("tag:yaml.org,2002:") or node.tag.startswith("tag:yaml.org,2002:python"):
            raise RequestError(error(f"the tag {node.tag!r} is not allowed here", self.place(node)))
        self.contents[path] = self.place(node)
        if isinstance(node, yaml.MappingNode):
            return self.mapping(node, path)
        if isinstance(node, yaml.SequenceNode):
            return [self.value(item, (*path, index)) for index, item in enumerate(node.value)]
        return None if node.tag.endswith(":null") else str(node.value)

    def mapping(self, node: yaml.MappingNode, path: Path_) -> dict[str, Value]:
        values: dict[str, Value] = {}
        for key, value in node.value:
            if not isinstance(key, yaml.ScalarNode):
                raise RequestError(error("a key must be one word or line of text", self.place(key)))
            if key.value in values:
                first = self.keys[(*path, key.value)].line
                raise RequestError(
                    error(f"the key {key.value!r} stands twice, first in line {first}", self.place(key))
                )
            self.keys[(*path, key.value)] = self.place(key)
            values[key.value] = self.value(value, (*path, key.value))
        return values
