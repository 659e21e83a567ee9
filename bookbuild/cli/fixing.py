"""`bookbuild fix`: the doubts, one after the other, on a terminal or from a script."""

from pathlib import Path
from typing import Annotated

import typer

from bookbuild.cli.options import HERE, BuildFileOption
from bookbuild.cli.requests import Request, load_request


def fix(
    files: Annotated[
        list[str] | None, typer.Argument(metavar="FILE", help="Only the doubts in these files.")
    ] = None,
    config: BuildFileOption = HERE,
    accept: Annotated[
        list[str] | None,
        typer.Option(metavar="RULE", help="Accept every doubt of this rule; may be given again."),
    ] = None,
    keep: Annotated[
        list[str] | None,
        typer.Option(metavar="RULE", help="Keep as typed what this rule doubts; may be given again."),
    ] = None,
    answers: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Take answers from lines as --list gives them; - reads them here."),
    ] = None,
    listed: Annotated[bool, typer.Option("--list", help="List the doubts, a line each.")] = False,
) -> None:
    """Go through the doubts, one key each; the answers are kept in answers.yaml."""
    from bookbuild.cli.fix_desk import Asked, fix_doubts

    loaded, _ = load_request(Request(config, (), None))
    fix_doubts(loaded, Asked(tuple(files or ()), tuple(accept or ()), tuple(keep or ()), answers, listed))
