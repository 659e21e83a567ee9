"""`bookbuild schema`: what may stand in build.yaml, for editors."""

import json

import typer

from bookbuild.config.load import schema as schema_of_build_file


def schema() -> None:
    """Print the JSON Schema of build.yaml, so that editors complete and check it."""
    typer.echo(json.dumps(schema_of_build_file(), indent=2, ensure_ascii=False))
