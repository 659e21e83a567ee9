"""`bookbuild check`: read everything and say what was found; of a finished EPUB, what stores and readers object to."""

from pathlib import Path
from typing import Annotated

import typer

from bookbuild.cli.console import Voice, counted, exit_for
from bookbuild.cli.options import (
    HERE,
    BuildFileOption,
    EditionOption,
    QuietOption,
    StrictOption,
    VerboseOption,
)
from bookbuild.cli.requests import Request, load_request
from bookbuild.config.values import Format
from bookbuild.errors import Finding


def check(
    edition: EditionOption = None,
    config: BuildFileOption = HERE,
    file: Annotated[
        list[Path] | None,
        typer.Option(
            "--file", metavar="EPUB", help="Look into this finished EPUB instead; may be given again."
        ),
    ] = None,
    epubcheck: Annotated[bool, typer.Option("--epubcheck", help="Run EPUBCheck as well.")] = False,
    strict: StrictOption = False,
    quiet: QuietOption = False,
    verbose: VerboseOption = False,
) -> None:
    """Read everything and say what was found; write nothing."""
    voice = Voice(quiet=quiet, verbose=verbose)
    if file:
        _check_files(voice, file, with_epubcheck=epubcheck, strict=strict)
        return
    from bookbuild.pipeline import check as check_book

    loaded, editions = load_request(Request(config, tuple(edition or ()), None))
    with voice.progress() as tell:
        report = check_book(loaded, editions, tell, with_epubcheck=epubcheck)
    voice.reading(report.reading)
    voice.repairs(report.reading.repairs)
    voice.findings(report.findings)
    exit_for(report.findings, strict=strict)


def _check_files(voice: Voice, files: list[Path], *, with_epubcheck: bool, strict: bool) -> None:
    """Look into finished EPUBs, by whichever program they were made."""
    from bookbuild.preflight import OBJECTIONS
    from bookbuild.preflight.epubcheck import run_epubcheck
    from bookbuild.preflight.inspection import inspect_epub
    from bookbuild.preflight.objection import KOBO, objections_of

    found: list[Finding] = []
    for path in files:
        with voice.progress() as tell:
            tell(f"looking into {path}")
            is_kepub = path.name.endswith(f".{Format.KEPUB.suffix}")
            findings = inspect_epub(
                path, str(path), objections_of(KOBO, OBJECTIONS) if is_kepub else OBJECTIONS
            )
            if with_epubcheck:
                tell(f"running EPUBCheck on {path}")
                findings += run_epubcheck(path, str(path))
        voice.findings(findings)
        voice.say(f"{path}: {counted(findings) if findings else 'nothing that a store objects to'}")
        found += findings
    exit_for(found, strict=strict)
