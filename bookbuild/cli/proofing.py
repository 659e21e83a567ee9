"""`bookbuild proof`: what an editor would ask."""

from typing import Annotated

import typer

from bookbuild.cli.console import Voice
from bookbuild.cli.options import HERE, BuildFileOption, QuietOption
from bookbuild.cli.requests import Request, load_request


def proof(
    config: BuildFileOption = HERE,
    json: Annotated[bool, typer.Option("--json", help="As JSON, with the place of every remark.")] = False,
    strict: Annotated[bool, typer.Option("--strict", help="Any remark makes it fail.")] = False,
    quiet: QuietOption = False,
) -> None:
    """Ask what an editor would ask: words that stand twice, names spelt two ways; change nothing."""
    from bookbuild.cli.proof_remarks import remarks_on, remarks_to_json, tell_remarks
    from bookbuild.reading import read_book

    loaded, _ = load_request(Request(config, (), None))
    voice = Voice(quiet=quiet)
    with voice.progress() as tell:
        reading = read_book(loaded, loaded.settings, tell)
        tell("reading the proofs")
        remarks = remarks_on(loaded, reading)
    if json:
        typer.echo(remarks_to_json(remarks))
    else:
        tell_remarks(voice, loaded, reading, remarks)
    if strict and remarks:
        raise typer.Exit(1)
