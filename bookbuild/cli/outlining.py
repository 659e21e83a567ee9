"""`bookbuild tree`: what each line of the manuscript was understood to be."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bookbuild.cli.options import HERE, BuildFileOption
from bookbuild.cli.requests import Request, load_request

if TYPE_CHECKING:
    from bookbuild.tree import Book


def tree(
    file: Annotated[
        str | None,
        typer.Argument(
            metavar="FILE",
            help="One file of the manuscript, or any without a build file; all when not given.",
        ),
    ] = None,
    config: BuildFileOption = HERE,
    json: Annotated[bool, typer.Option("--json", help="As JSON, with the place of every node.")] = False,
) -> None:
    """Show the document tree: what each line of the manuscript was understood to be, and where it stands."""
    from bookbuild.writers.outline import book_to_json, book_to_outline

    book = _book(file, config)
    typer.echo(book_to_json(book) if json else book_to_outline(book))


def _book(file: str | None, config: Path) -> "Book":
    """Read the book, and keep what came from a file; one that lies in no book's folder is a book by itself."""
    from bookbuild.cli.loose_files import build_file_around
    from bookbuild.reading import read_book
    from bookbuild.writers.outline import only_file

    if file and config == HERE and not HERE.exists():
        around = build_file_around(file)
        if around is None:
            return _loose(file)
        config = around
    loaded, _ = load_request(Request(config, (), None))
    reading = read_book(loaded, loaded.settings, lambda _doing: None)
    return only_file(reading.book, file, reading.findings) if file else reading.book


def _loose(file: str) -> "Book":
    from bookbuild.clean import clean_drafts
    from bookbuild.cli.loose_files import read_draft
    from bookbuild.manuscript import empty_file
    from bookbuild.rules.understand import About
    from bookbuild.tree import Book

    draft = read_draft(file, file)
    if not draft.blocks:
        typer.echo(str(empty_file(file)), err=True)
    (understood,) = clean_drafts([draft], About())
    return Book((), understood.divisions, ())
