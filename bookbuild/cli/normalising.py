"""`bookbuild normalise`: the clean text of files, shown, compared with what they are, or put in their place."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bookbuild.cli.console import Voice
from bookbuild.cli.options import QuietOption

if TYPE_CHECKING:
    from bookbuild.clean import Form


def _form(value: str) -> "Form":
    from bookbuild.clean import Form

    try:
        return Form(value)
    except ValueError:
        raise typer.BadParameter(f"'{value}' is not txt, md or html") from None


def normalise(
    files: Annotated[list[str], typer.Argument(metavar="FILE", help="Text files; - is standard input.")],
    diff: Annotated[bool, typer.Option("--diff", help="Show what would change, word by word.")] = False,
    write: Annotated[
        bool, typer.Option("--write", help="Replace the files; the originals are kept beside them.")
    ] = False,
    to: Annotated[
        str | None,
        typer.Option(
            "--to", metavar="txt|md|html", help="Print it in this form; as plain text when not given."
        ),
    ] = None,
    config: Annotated[
        Path | None,
        typer.Option(
            "-c", "--config", metavar="FILE", help="The build file; the one around the files when not given."
        ),
    ] = None,
    quiet: QuietOption = False,
) -> None:
    """Print the clean text of chapters; needs no build file."""
    from bookbuild.cli.clean_desk import Wanted, normalise_files

    normalise_files(Wanted(tuple(files), config, diff, write, _form(to) if to else None), Voice(quiet=quiet))
