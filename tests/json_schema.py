"""As much of JSON Schema as the part of SARIF's that is in use here needs."""

from collections.abc import Iterator
from typing import Any

_TYPES = {"object": dict, "array": list, "string": str, "integer": int}


def faults(schema: Any, value: Any, whole: Any = None, at: str = "$") -> Iterator[str]:
    """Give what in a value does not keep to a schema."""
    whole = whole or schema
    if "$ref" in schema:
        schema = whole["definitions"][schema["$ref"].rsplit("/", 1)[-1]]
    kinds = schema.get("type", [])
    types = tuple(_TYPES[kind] for kind in ([kinds] if isinstance(kinds, str) else kinds) if kind in _TYPES)
    if types and not isinstance(value, types):
        yield f"{at}: not {kinds}"
    elif "enum" in schema and value not in schema["enum"]:
        yield f"{at}: {value!r} is not one of {schema['enum']}"
    elif isinstance(value, dict):
        yield from _object_faults(schema, value, whole, at)
    elif isinstance(value, list):
        if schema.get("uniqueItems") and any(value.count(item) > 1 for item in value):
            yield f"{at}: an item stands twice"
        if len(value) < schema.get("minItems", 0):
            yield f"{at}: too few items"
        for number, item in enumerate(value):
            yield from faults(schema.get("items", {}), item, whole, f"{at}[{number}]")
    elif isinstance(value, int) and value < schema.get("minimum", value):
        yield f"{at}: {value} is too small"


def _object_faults(schema: Any, value: dict[str, Any], whole: Any, at: str) -> Iterator[str]:
    known, others = schema.get("properties", {}), schema.get("additionalProperties", {})
    yield from (f"{at}: no '{name}'" for name in schema.get("required", ()) if name not in value)
    if "anyOf" in schema and not any(set(choice["required"]) <= set(value) for choice in schema["anyOf"]):
        yield f"{at}: none of {schema['anyOf']}"
    for name, item in value.items():
        if name in known or isinstance(others, dict):
            yield from faults(known.get(name, others), item, whole, f"{at}.{name}")
        elif others is False:
            yield f"{at}: '{name}' is not known"
