"""The options that several commands take, so that they are called and explained alike in all of them."""

from pathlib import Path
from typing import Annotated

import typer

from bookbuild.config.print_keys import PrintedBy
from bookbuild.folder import BUILD_FILE

HERE = Path(BUILD_FILE)
"""The build file, where none is named."""

BuildFileOption = Annotated[Path, typer.Option("-c", "--config", metavar="FILE", help="The build file.")]
EditionOption = Annotated[
    list[str] | None,
    typer.Option("-e", "--edition", metavar="EDITION", help="Only this edition; may be given again."),
]


def _printed_by(value: str) -> PrintedBy:
    try:
        return PrintedBy(value)
    except ValueError:
        names = ", ".join(one.value for one in PrintedBy)
        raise typer.BadParameter(f"'{value}' is none of {names}") from None


PrintOption = Annotated[
    PrintedBy | None,
    typer.Option(
        "--print",
        parser=_printed_by,
        metavar="kdp|ingram|lulu|home|screen",
        help="Who prints the PDF: its demands are met.",
    ),
]
StrictOption = Annotated[bool, typer.Option("--strict", help="Any doubt or warning makes it fail.")]
QuietOption = Annotated[bool, typer.Option("-q", "--quiet", help="Say nothing but errors.")]
VerboseOption = Annotated[bool, typer.Option("-v", "--verbose", help="Show every repair.")]
