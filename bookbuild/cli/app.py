"""The program: its commands, its options, its exit codes (0 done, 1 the book has a fault, 2 what was asked is wrong)."""

import os
import shlex
import sys
import traceback
from pathlib import Path
from typing import Annotated

import typer

from bookbuild import __version__
from bookbuild.cli.checking import check as check_command
from bookbuild.cli.console import Voice, exit_for
from bookbuild.cli.fixing import fix as fix_command
from bookbuild.cli.normalising import normalise as normalise_command
from bookbuild.cli.printing import booklet as booklet_command
from bookbuild.cli.printing import pages as pages_command
from bookbuild.cli.reporting import report as report_command
from bookbuild.cli.requests import Request, load_request
from bookbuild.cli.sending import send as send_command
from bookbuild.cli.serving import serve as serve_command
from bookbuild.config.load import BUILD_FILE, schema
from bookbuild.config.values import Composition, Notes
from bookbuild.errors import BookbuildError

app = typer.Typer(
    add_completion=False,
    no_args_is_help=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    help="Turns messy chapters into an EPUB and a print-ready PDF, and proves that no word was lost.",
    pretty_exceptions_enable=False,
)

_ABOUT_THE_PROGRAM = ("-h", "--help", "--version")
_STOPPED = 130  # the exit code that typer makes of Ctrl-C, without a word

BuildFileOption = Annotated[Path, typer.Option("-c", "--config", metavar="FILE", help="The build file.")]
EditionOption = Annotated[
    list[str] | None,
    typer.Option("-e", "--edition", metavar="EDITION", help="Only this edition; may be given again."),
]
StrictOption = Annotated[bool, typer.Option("--strict", help="Any doubt or warning makes the build fail.")]
QuietOption = Annotated[bool, typer.Option("-q", "--quiet", help="Say nothing but errors.")]
VerboseOption = Annotated[bool, typer.Option("-v", "--verbose", help="Show every repair.")]


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


def _version(asked: bool) -> None:  # noqa: FBT001 (typer calls it so)
    if asked:
        typer.echo(f"bookbuild {__version__}")
        raise typer.Exit


@app.callback(invoke_without_command=True)
def bookbuild(
    context: typer.Context,
    version: Annotated[  # noqa: ARG001 (its callback answers)
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Say the version.")
    ] = False,
) -> None:
    """Turn messy chapters into an EPUB and a print-ready PDF, and prove that no word was lost.

    Without a command: build the book in this folder.
    """
    if context.invoked_subcommand is not None:
        return
    if not Path(BUILD_FILE).exists():
        typer.echo(
            f"There is no {BUILD_FILE} in this folder. To begin a book here:\n\n"
            "    bookbuild init\n\n"
            "or go to a folder that has one. `bookbuild --help` lists the commands.",
            err=True,
        )
        raise typer.Exit(2)
    build()


@app.command()
def build(
    edition: EditionOption = None,
    config: BuildFileOption = Path(BUILD_FILE),
    notes: Annotated[
        Notes | None,
        typer.Option(
            "--notes", parser=_notes, metavar="keep|omit|end", help="Author's notes, in every edition."
        ),
    ] = None,
    composition: Annotated[
        Composition | None,
        typer.Option(
            "--composition",
            parser=_composition,
            metavar="fine|plain",
            help="How the PDF's lines and pages are made: all of a chapter together, or one by one, which is faster.",
        ),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(
            "-o",
            "--out",
            metavar="DIR",
            help="Where the files go; `build` beside the build file when not given.",
        ),
    ] = None,
    strict: StrictOption = False,
    quiet: QuietOption = False,
    verbose: VerboseOption = False,
) -> None:
    """Build the book."""
    from bookbuild.pipeline import build as build_book

    voice = Voice(quiet=quiet, verbose=verbose)
    loaded, editions = load_request(Request(config, tuple(edition or ()), notes, composition))
    with voice.progress() as tell:
        report = build_book(loaded, editions, out or loaded.folder / "build", tell)
    voice.report(report)
    exit_for(report.findings, strict=strict)


@app.command()
def tree(
    file: Annotated[
        str | None, typer.Argument(help="One file of the manuscript; all when not given.")
    ] = None,
    config: BuildFileOption = Path(BUILD_FILE),
    json: Annotated[bool, typer.Option("--json", help="As JSON, with the place of every node.")] = False,
) -> None:
    """Show the document tree: what each line of the manuscript was understood to be, and where it stands."""
    from bookbuild.reading import read_book
    from bookbuild.writers.outline import book_to_json, book_to_outline, only_file

    loaded, _ = load_request(Request(config, (), None))
    book = read_book(loaded, loaded.settings, lambda _doing: None).book
    book = only_file(book, file) if file else book
    typer.echo(book_to_json(book) if json else book_to_outline(book))


app.command(name="check")(check_command)
app.command(name="fix")(fix_command)
app.command(name="normalise")(normalise_command)
app.command(name="pages")(pages_command)
app.command(name="booklet")(booklet_command)
app.command(name="report")(report_command)
app.command(name="send")(send_command)
app.command(name="serve")(serve_command)


@app.command()
def proof(
    config: BuildFileOption = Path(BUILD_FILE),
    json: Annotated[bool, typer.Option("--json", help="As JSON, with the place of every remark.")] = False,
    strict: Annotated[bool, typer.Option("--strict", help="Any remark makes it fail.")] = False,
    quiet: QuietOption = False,
) -> None:
    """Ask what an editor would ask: words that stand twice, names spelt two ways; change nothing."""
    from bookbuild.cli.proofing import remarks_on, remarks_to_json, tell_remarks
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


@app.command()
def explain(
    rule: Annotated[
        str | None, typer.Argument(help="The name of a rule or a check; all are listed when not given.")
    ] = None,
) -> None:
    """Say what a rule mends, or what a check asks, why, with an example, and how to refuse it."""
    from bookbuild.cli.explanations import explanation, overview

    typer.echo(explanation(rule) if rule else overview())


@app.command()
def init(
    folder: Annotated[Path, typer.Argument(metavar="[DIR]", help="Where the book begins.")] = Path(),
) -> None:
    """Begin a book: a build file and a first chapter."""
    from bookbuild.cli.beginning import begin_book

    for path in begin_book(folder):
        typer.echo(f"made {path}")
    where = "" if folder == Path() else f"cd {shlex.quote(str(folder))} && "
    typer.echo(
        f"\nPut your chapters into {folder / 'manuscript'}, the title into {folder / BUILD_FILE}, then:\n\n    {where}bookbuild"
    )


@app.command()
def doctor() -> None:
    """Look whether all that bookbuild needs is here, and say the command that mends what is not."""
    from bookbuild.cli.examination import examine

    results = list(examine())
    width = max(len(result.name) for result in results)
    for result in results:
        typer.echo(f"{'ok     ' if result.is_well else 'MISSING'}  {result.name:<{width}}  {result.found}")
        if result.remedy:
            typer.echo(f"         {'':<{width}}  → {result.remedy}")
    if not all(result.is_well for result in results):
        raise typer.Exit(1)


@app.command(name="schema")
def show_schema() -> None:
    """Print the JSON Schema of build.yaml, so that editors complete and check it."""
    import json

    typer.echo(json.dumps(schema(), indent=2, ensure_ascii=False))


def run() -> None:
    """Run the program. Whatever happens, an author sees a sentence and not a traceback."""
    arguments = sys.argv[1:]
    if arguments and arguments[0].startswith("-") and arguments[0] not in _ABOUT_THE_PROGRAM:
        arguments.insert(0, "build")  # `bookbuild -v` builds, as `bookbuild` does
    try:
        app(arguments)
    except BookbuildError as fault:
        Voice().error(fault)
        sys.exit(fault.exit_code)
    except SystemExit as stop:
        if stop.code == _STOPPED:
            raise KeyboardInterrupt from stop
        raise
    except BrokenPipeError:  # `bookbuild tree | head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    except MemoryError:
        sys.stderr.write("error: there is not enough memory for this book\n")
        sys.exit(1)
    except Exception as fault:  # noqa: BLE001 (the last net before the author)
        if os.environ.get("BOOKBUILD_TRACEBACK"):
            traceback.print_exc()
        sys.stderr.write(
            f"error: a fault of bookbuild itself: {type(fault).__name__}: {fault}\n"
            "  hint: nothing was replaced; please report it, with what BOOKBUILD_TRACEBACK=1 bookbuild shows\n"
        )
        sys.exit(1)
