"""`bookbuild build`, and `bookbuild` alone: the whole book, in all its editions."""

from pathlib import Path
from typing import Annotated

import typer

from bookbuild.cli.console import Voice, exit_for
from bookbuild.cli.options import (
    HERE,
    BuildFileOption,
    EditionOption,
    PrintOption,
    QuietOption,
    StrictOption,
    VerboseOption,
)
from bookbuild.cli.requests import Request, load_request
from bookbuild.config.values import Composition, Notes


def _notes(value: str) -> Notes:
    try:
        return Notes(value)
    except ValueError:
        raise typer.BadParameter(f"'{value}' is not keep, omit or end") from None


def _composition(value: str) -> Composition:
    try:
        return Composition(value)
    except ValueError:
        raise typer.BadParameter(f"'{value}' is not fine or plain") from None


NotesOption = Annotated[
    Notes | None,
    typer.Option("--notes", parser=_notes, metavar="keep|omit|end", help="Author's notes, in every edition."),
]
CompositionOption = Annotated[
    Composition | None,
    typer.Option(
        "--composition",
        parser=_composition,
        metavar="fine|plain",
        help="How the PDF's lines and pages are made: all of a chapter together, or one by one, which is faster.",
    ),
]
FreshOption = Annotated[
    bool,
    typer.Option("--fresh", help="Print everything anew, also what did not change since the last build."),
]
OutOption = Annotated[
    Path | None,
    typer.Option(
        "-o",
        "--out",
        metavar="DIR",
        help="Where the files go; `build` beside the build file when not given.",
    ),
]


def build(
    edition: EditionOption = None,
    config: BuildFileOption = HERE,
    notes: NotesOption = None,
    composition: CompositionOption = None,
    printed_by: PrintOption = None,
    out: OutOption = None,
    fresh: FreshOption = False,
    strict: StrictOption = False,
    quiet: QuietOption = False,
    verbose: VerboseOption = False,
) -> None:
    """Build the book."""
    from bookbuild.means import user_means
    from bookbuild.pipeline import build as build_book

    voice = Voice(quiet=quiet, verbose=verbose)
    loaded, editions = load_request(Request(config, tuple(edition or ()), notes, composition, printed_by))
    with voice.progress() as tell:
        means = user_means(fresh=fresh)
        report = build_book(loaded, editions, out or loaded.folder / "build", tell, means)
    means.cache.tidy()
    voice.report(report)
    exit_for(report.findings, strict=strict)
