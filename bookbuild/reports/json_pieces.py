"""JSON, piece by piece: a long book has so many repairs that they are never all in memory as text."""

import json
from collections.abc import Iterator


def json_pieces(value: object) -> Iterator[str]:
    """Give a value as JSON. An iterator in it becomes an array, an item a line, and is asked for one item at a time."""
    match value:
        case dict() if any(isinstance(item, Iterator) for item in value.values()):
            yield "{"
            for number, (key, item) in enumerate(value.items()):
                yield f"{',' * (number > 0)}\n{json.dumps(key)}: "
                yield from json_pieces(item)
            yield "\n}"
        case Iterator():
            yield "["
            for number, item in enumerate(value):
                yield f"{',' * (number > 0)}\n"
                yield from json_pieces(item)
            yield "\n]"
        case _:
            yield json.dumps(value, ensure_ascii=False)
