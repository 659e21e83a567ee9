"""`bookbuild explain`: what a rule, a check or an objection is, and how to refuse it."""

from typing import Annotated

import typer


def explain(
    rule: Annotated[
        str | None,
        typer.Argument(metavar="NAME", help="The name of a rule or a check; all are listed when not given."),
    ] = None,
) -> None:
    """Say what a rule mends, or what a check asks, why, with an example, and how to refuse it."""
    from bookbuild.cli.explanations import explanation, overview

    typer.echo(explanation(rule) if rule else overview())
