"""build.yaml → Config: the editions to build, each with all its settings, and where every one of them stands."""

import difflib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError

from bookbuild.config.buildfile import BuildFile, Path_, Value, read_build_file
from bookbuild.config.keys import EDITIONS, ON_REQUEST, Edition, Settings
from bookbuild.config.values import Format
from bookbuild.errors import Finding, Place, RequestError, error
from bookbuild.styles import BASE, frontmatter_of, page_of


@dataclass(frozen=True, slots=True)
class Config:
    """All that was asked: the book's folder, its settings, its editions."""

    folder: Path
    settings: Settings
    editions: tuple[Edition, ...]
    on_request: tuple[Edition, ...]  # made only where they are asked for by name
    build_file: BuildFile
    edition: str = ""  # whose settings places are asked for

    def of(self, edition: Edition) -> "Config":
        """Give the same, as one edition has it: places of its own keys come before the book's."""
        return replace(self, edition=edition.name)

    def place(self, *path: str | int) -> Place:
        """Say where in build.yaml a value stands: `config.place("manuscript", 2)`."""
        own = ("editions", self.edition, *path)
        known = self.build_file.contents
        inside = any(own[:length] in known for length in range(3, len(own) + 1))
        return self.build_file.value_place(own if inside else path)


def load_config(path: Path) -> Config:
    """Read a build file.

    Raises:
        RequestError: with every fault in it, each with line and column.

    """
    build_file = read_build_file(path, path.name)
    values = dict(build_file.values)
    named = values.pop("editions", None)
    faults: list[Finding] = []
    values = _merge(_page_of(values), values)
    settings = _settings(values, build_file, (), faults)
    editions = [
        _edition(name, overrides, values, build_file, faults)
        for name, overrides in _named_editions(named, build_file, faults)
    ]
    faults.extend(_not_printed([edition for edition in editions if edition], build_file))
    if faults or settings is None:
        raise RequestError(*sorted(set(faults), key=_by_place))
    found = tuple(edition for edition in editions if edition)
    others = tuple(
        Edition(name=name, format=Format(keys["format"]), settings=settings)
        for name, keys in ON_REQUEST.items()
        if name not in {edition.name for edition in found}
    )
    return Config(path.parent, settings, found, others, build_file)


def _by_place(finding: Finding) -> tuple[int, int, str]:
    place = finding.place
    return (place.line, place.column, finding.message) if place else (0, 0, finding.message)


def _named_editions(
    named: Value, build_file: BuildFile, faults: list[Finding]
) -> Iterator[tuple[str, dict[str, Any]]]:
    if named is None:
        yield from ((name, dict(overrides)) for name, overrides in EDITIONS.items())
        return
    if not isinstance(named, dict) or not named:
        hint = "editions:\n    epub: {format: epub}\n    print: {format: pdf, notes: omit}"
        faults.append(
            error(
                "'editions' needs a name and settings for each",
                build_file.value_place(("editions",)),
                hint=hint,
            )
        )
        return
    for name, overrides in named.items():
        if overrides is not None and not isinstance(overrides, dict):
            place = build_file.value_place(("editions", name))
            faults.append(
                error(f"the edition '{name}' needs keys and values", place, hint="{format: pdf, notes: omit}")
            )
        elif not name.replace("-", "").replace("_", "").isalnum():
            faults.append(
                error(
                    "an edition's name is made of letters, digits and hyphens",
                    build_file.key_place(("editions", name)),
                )
            )
        else:
            yield name, dict(overrides or {})


def _edition(
    name: str,
    overrides: dict[str, Any],
    values: dict[str, Value],
    build_file: BuildFile,
    faults: list[Finding],
) -> Edition | None:
    default = {**EDITIONS, **ON_REQUEST}.get(name, {}).get("format")
    written = overrides.pop("format", default)
    if written not in {format_.value for format_ in Format}:
        path = ("editions", name, "format")
        formats = ", ".join(format_.value for format_ in Format)
        place = (
            build_file.value_place(path) if path in build_file.contents else build_file.key_place(path[:2])
        )
        faults.append(error(f"the edition '{name}' needs a format, one of {formats}", place))
        return None
    styled = _merge(values, _page_of(overrides)) if "style" in overrides else values
    settings = _settings(_merge(styled, overrides), build_file, ("editions", name), faults)
    return Edition(name=name, format=Format(written), settings=settings) if settings else None


def _not_printed(editions: Sequence[Edition], build_file: BuildFile) -> Iterator[Finding]:
    """Tell of `pages-of` that names no print edition."""
    printed = [edition.name for edition in editions if edition.format is Format.PDF]
    for edition in editions:
        asked = edition.settings.pages_of
        if asked is not None and asked not in printed:
            own = ("editions", edition.name, "pages-of")
            place = build_file.value_place(own if own in build_file.contents else ("pages-of",))
            hint = f"the print editions are {', '.join(printed)}" if printed else "there is none"
            yield error(f"'{asked}' is no print edition", place, hint=hint)


def _page_of(values: dict[str, Any]) -> dict[str, Any]:
    """Give the page of the style that is asked for: what is written beside the style comes before it, all else after."""
    page = page_of(values.get("style", BASE))
    return {"page": page} if page else {}


def _frontmatter_of(values: dict[str, Any]) -> dict[str, Any]:
    """Give the sections before the story as the style has them, for a book that does not say."""
    sections = frontmatter_of(values.get("style", BASE))
    return {"frontmatter": sections} if sections else {}


def _merge(below: dict[str, Any], above: dict[str, Any]) -> dict[str, Any]:
    """Lay an edition's settings over the book's: mappings are merged, all else is replaced."""
    merged = dict(below)
    for key, value in above.items():
        under = merged.get(key)
        merged[key] = _merge(under, value) if isinstance(under, dict) and isinstance(value, dict) else value
    return merged


def _settings(
    values: dict[str, Any], build_file: BuildFile, above: Path_, faults: list[Finding]
) -> Settings | None:
    try:
        return Settings.model_validate(_frontmatter_of(values) | values)
    except ValidationError as invalid:
        for fault in invalid.errors(include_url=False):
            path = _place_path(fault["loc"], build_file, above)
            faults.append(_explain(fault, path, build_file))
        return None


def _place_path(location: Path_, build_file: BuildFile, above: Path_) -> Path_:
    """Find what pydantic's location is in the file: in the edition if it says so there, without the types' names."""
    for top in (above, ()):
        path = top
        for step in location:
            if (*path, step) in build_file.contents or (*path, step) in build_file.keys:
                path = (*path, step)
        if path != top:
            return path
    return ()


def _explain(fault: Any, path: Path_, build_file: BuildFile) -> Finding:
    """Turn pydantic's fault into a sentence for an author, with the way out."""
    kind, key = fault["type"], str(fault["loc"][-1]) if fault["loc"] else ""
    if kind == "extra_forbidden":
        near = difflib.get_close_matches(key, _known_keys(fault["loc"]), n=1)
        hint = (
            f"did you mean '{near[0]}'?" if near else "the keys are: " + ", ".join(_known_keys(fault["loc"]))
        )
        return error(f"unknown key '{key}'", build_file.key_place(path), hint=hint)
    if kind == "missing":
        return error(f"the key '{key}' is missing", build_file.value_place(path), hint=_missing_hint(key))
    named = next((str(step) for step in reversed(path) if isinstance(step, str)), key)
    message = str(fault["msg"]).removeprefix("Value error, ")
    message = re.sub("^(?:Input|String|Value|List|Tuple) should", f"'{named}' should", message)
    for theirs, ours in _PLAIN_WORDS.items():
        message = re.sub(theirs, ours, message)
    return error(message, build_file.value_place(path))


_PLAIN_WORDS = {
    "be a valid boolean, unable to interpret input": "be on or off",
    "be a valid dictionary": "have keys and values",
    "be a valid list": "be a list, each on a line that begins with a hyphen",
    "be a valid string": "be text",
    r"match pattern '\^\\d.*'": "be a number: 1, 2, 2.5 …",
    "be greater than or equal to (\\d+).*": r"be at least \1pt",
    "be less than or equal to (\\d+).*": r"be at most \1pt",
    "be greater than (\\d+).*": r"be more than \1pt",
    "be less than (\\d+).*": r"be less than \1pt",
    "have at least 1 character": "not be empty",
}
"""pydantic's phrases → those of somebody who writes books."""


def _missing_hint(key: str) -> str:
    examples = {
        "title": "title: The Name of the Book",
        "authors": "authors: Your Name",
        "name": "name: Ann Onymous",
    }
    return f"write  {examples.get(key, key + ': …')}"


def _known_keys(location: Path_) -> list[str]:
    """Give the keys that may stand where an unknown one was found."""
    model: type[BaseModel] = Settings
    for step in location[:-1]:
        models = [
            found
            for field in model.model_fields.values()
            if field.alias == step
            for found in _models_in(field.annotation)
        ]
        model = models[0] if models else model
    keys = [field.alias or name for name, field in model.model_fields.items()]
    return [*keys, "editions"] if model is Settings else keys


def _models_in(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for inner in getattr(annotation, "__args__", ()):
        yield from _models_in(inner)


def schema() -> dict[str, Any]:
    """Give the JSON Schema of build.yaml, so that editors complete and check it."""
    whole = Settings.model_json_schema(mode="validation")
    format_key = {"enum": [format_.value for format_ in Format], "description": "The kind of file."}
    edition = {**whole["properties"], "format": format_key}
    whole["properties"]["editions"] = {
        "type": "object",
        "description": "Named variants of all of these keys, each one file; `epub` and `pdf` when not given.",
        "additionalProperties": {
            "type": ["object", "null"],
            "properties": edition,
            "additionalProperties": False,
        },
    }
    whole["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    whole["title"] = "build.yaml of bookbuild"
    return whole
