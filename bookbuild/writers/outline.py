"""Book → an outline to read, or JSON for programs: the document tree as it is, with the place of every node."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import fields, replace
from enum import Enum
from typing import Any

from bookbuild.errors import BookError, Finding, Place, error
from bookbuild.folder import no_file_of_book
from bookbuild.source import Span
from bookbuild.tree import Book, Chapter, Heading, Inline, Part, Section, flat_text
from bookbuild.units import divisions

_SHOWN = 60  # characters of a node's text in the outline


def only_file(book: Book, name: str, told: Iterable[Finding] = ()) -> Book:
    """Keep the divisions that came from one file.

    Args:
        book: all of it.
        name: the file's path, or its name alone.
        told: what was found when the book was read, which may say why there is none.

    Raises:
        BookError: no division did.

    """

    def is_named(path: str) -> bool:
        return bool(path) and (name in (path, path.rsplit("/", 1)[-1]) or name.endswith(f"/{path}"))

    def is_from(division: Chapter | Section) -> bool:
        return is_named(division.span.source.path if division.span else "")

    body = tuple(_kept(division, is_from) for division in book.body)
    kept = Book(
        tuple(filter(is_from, book.frontmatter)),
        tuple(division for division in body if division),
        tuple(filter(is_from, book.backmatter)),
    )
    if not (kept.frontmatter or kept.body or kept.backmatter):
        why = [finding.message for finding in told if finding.place and is_named(finding.place.path)]
        raise BookError(error(why[0], Place(name))) if why else no_file_of_book(name, _files(book))
    return kept


def _files(book: Book) -> list[str]:
    """Give the files of the book, those of its chapters first."""
    leaves = sorted(divisions(book), key=lambda division: isinstance(division, Section))
    spans = [leaf.span for leaf in leaves if isinstance(leaf, Chapter | Section)]
    return list(dict.fromkeys(span.source.path for span in spans if span))


def _kept(division: Part | Chapter, is_from: Any) -> Part | Chapter | None:
    if isinstance(division, Chapter):
        return division if is_from(division) else None
    chapters = tuple(filter(is_from, division.chapters))
    return replace(division, chapters=chapters) if chapters else None


def book_to_outline(book: Book) -> str:
    """Give a line a node: what it is, where it stands, how it begins; children are indented."""
    return "\n".join(
        line
        for division in (*book.frontmatter, *book.body, *book.backmatter)
        for line in _outline(division, 0)
    )


def _outline(node: Any, depth: int) -> Iterator[str]:
    details = [getattr(node, field.name) for field in fields(node)]
    span = next((detail for detail in details if isinstance(detail, Span)), None)
    said = [detail.value for detail in details if isinstance(detail, Enum)]
    said += [repr(detail) for detail in details if isinstance(detail, str) and detail]
    said += [_begins(flat_text(detail)) for detail in details if _is_text(detail)]
    place = f"  {span.place}" if span else ""
    yield f"{'  ' * depth}{type(node).__name__} {' '.join(said)}".rstrip() + place
    for detail in details:
        if isinstance(detail, tuple) and not _is_text(detail):
            for child in detail:
                yield from _outline(child, depth + 1)
        elif isinstance(detail, Heading):
            yield from _outline(detail, depth + 1)


def _is_text(detail: object) -> bool:
    return isinstance(detail, tuple) and bool(detail) and all(isinstance(item, Inline) for item in detail)


def _begins(text: str) -> str:
    return repr(text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…")


def book_to_json(book: Book) -> str:
    """Give the whole tree as JSON: every node an object with its `type`, its fields, and `at` for its place."""
    return json.dumps(_node(book), ensure_ascii=False, indent=1)


def _node(value: Any) -> Any:
    match value:
        case Span():
            place, end = value.place, value.source.place(value.end)
            return {
                "file": place.path,
                "line": place.line,
                "column": place.column,
                "end": [end.line, end.column],
            }
        case Enum():
            return value.value
        case tuple():
            return [_node(item) for item in value]
        case None | str() | int():
            return value
        case _:
            pairs = {
                ("at" if field.name == "span" else field.name): _node(getattr(value, field.name))
                for field in fields(value)
                if field.name != "id" or value.id  # paragraphs get theirs when the book is built
            }
            return {"type": type(value).__name__, **pairs}
