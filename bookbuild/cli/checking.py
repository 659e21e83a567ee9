"""`bookbuild check`: read everything and say what was found; of a finished EPUB, what stores and readers object to; of a finished PDF, what its printer does."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bookbuild.cli.console import Voice, counted, exit_for
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
from bookbuild.config.print_keys import PrintedBy
from bookbuild.config.values import Format
from bookbuild.errors import Finding

if TYPE_CHECKING:
    from bookbuild.preflight.epubcheck import EpubChecked


def check(
    edition: EditionOption = None,
    config: BuildFileOption = HERE,
    file: Annotated[
        list[Path] | None,
        typer.Option(
            "--file", metavar="FILE", help="Look into this finished EPUB or PDF instead; may be given again."
        ),
    ] = None,
    printed_by: PrintOption = None,
    epubcheck: Annotated[bool, typer.Option("--epubcheck", help="Run EPUBCheck as well.")] = False,
    strict: StrictOption = False,
    quiet: QuietOption = False,
    verbose: VerboseOption = False,
) -> None:
    """Read everything and say what was found; write nothing."""
    voice = Voice(quiet=quiet, verbose=verbose)
    if file:
        _check_files(voice, file, printed_by, with_epubcheck=epubcheck, strict=strict)
        return
    from bookbuild.means import user_means
    from bookbuild.pipeline import check as check_book

    loaded, editions = load_request(Request(config, tuple(edition or ()), None, printed_by=printed_by))
    with voice.progress() as tell:
        report = check_book(loaded, editions, tell, user_means(), with_epubcheck=epubcheck)
    voice.reading(report.reading)
    voice.repairs(report.reading.repairs)
    voice.findings(report.findings)
    for checked in report.epubchecked:
        voice.say(_of_epubcheck(checked))
    if epubcheck and not report.epubchecked:
        voice.say("EPUBCheck: none of these editions is an EPUB")
    exit_for(report.findings, strict=strict)


def _of_epubcheck(checked: "EpubChecked") -> str:
    """Say that EPUBCheck ran, and what came of it."""
    called = f"EPUBCheck {checked.version}".rstrip()
    found = counted(checked.findings) if checked.findings else "nothing found"
    return f"{called}: {found} in {checked.name}"


def _check_files(
    voice: Voice, files: list[Path], printed_by: PrintedBy | None, *, with_epubcheck: bool, strict: bool
) -> None:
    """Look into finished EPUBs and PDFs, by whichever program they were made."""
    from bookbuild.preflight.epubcheck import run_epubcheck

    found: list[Finding] = []
    for path in files:
        is_pdf = path.suffix.lower() == ".pdf"
        with voice.progress() as tell:
            tell(f"looking into {path}")
            findings = _look_into_pdf(path, printed_by) if is_pdf else _look_into_epub(path)
        voice.findings(findings)
        objector = "a printer" if is_pdf else "a store"
        voice.say(f"{path}: {counted(findings) if findings else f'nothing that {objector} objects to'}")
        if with_epubcheck and not is_pdf:
            with voice.progress() as tell:
                tell(f"running EPUBCheck on {path}")
                checked = run_epubcheck(path, str(path))
            voice.findings(checked.findings)
            voice.say(_of_epubcheck(checked))
            findings += checked.findings
        found += findings
    exit_for(found, strict=strict)


def _look_into_pdf(path: Path, printed_by: PrintedBy | None) -> tuple[Finding, ...]:
    from bookbuild.prepress.jobs import look_at_file

    return look_at_file(path, printed_by)


def _look_into_epub(path: Path) -> tuple[Finding, ...]:
    from bookbuild.preflight import OBJECTIONS
    from bookbuild.preflight.inspection import inspect_epub
    from bookbuild.preflight.objection import KOBO, objections_of

    is_kepub = path.name.endswith(f".{Format.KEPUB.suffix}")
    objections = objections_of(KOBO, OBJECTIONS) if is_kepub else OBJECTIONS
    return inspect_epub(path, str(path), objections)
