"""`bookbuild tree`: what each line of the manuscript was understood to be."""

from typing import Annotated

import typer

from bookbuild.cli.options import HERE, BuildFileOption
from bookbuild.cli.requests import Request, load_request


def tree(
    file: Annotated[
        str | None, typer.Argument(help="One file of the manuscript; all when not given.")
    ] = None,
    config: BuildFileOption = HERE,
    json: Annotated[bool, typer.Option("--json", help="As JSON, with the place of every node.")] = False,
) -> None:
    """Show the document tree: what each line of the manuscript was understood to be, and where it stands."""
    from bookbuild.reading import read_book
    from bookbuild.writers.outline import book_to_json, book_to_outline, only_file

    loaded, _ = load_request(Request(config, (), None))
    book = read_book(loaded, loaded.settings, lambda _doing: None).book
    book = only_file(book, file) if file else book
    typer.echo(book_to_json(book) if json else book_to_outline(book))
