"""The program: what it is called with, and its exit codes (0 done, 1 the book has a fault, 2 what was asked is wrong)."""

import os
import sys
import traceback
from pathlib import Path
from typing import Annotated

import typer

from bookbuild import __version__
from bookbuild.cli.commands import CommandsOnDemand, command_first
from bookbuild.cli.console import Voice
from bookbuild.errors import BookbuildError
from bookbuild.folder import BUILD_FILE

app = typer.Typer(
    cls=CommandsOnDemand,
    add_completion=False,
    no_args_is_help=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    help="Turns messy chapters into an EPUB and a print-ready PDF, and proves that no word was lost.",
    pretty_exceptions_enable=False,
)

_ABOUT_THE_PROGRAM = ("-h", "--help", "--version")
_STOPPED = 130  # the exit code that typer makes of Ctrl-C, without a word
_NO_BOOK = f"""\
There is no {BUILD_FILE} in this folder. To begin a book here:

    bookbuild init

or go to a folder that has one. `bookbuild --help` lists the commands.
"""


def _version(asked: bool) -> None:  # noqa: FBT001 (typer calls it so)
    if asked:
        typer.echo(f"bookbuild {__version__}")
        raise typer.Exit


@app.callback()
def bookbuild(
    *,
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Say the version.")
    ] = False,
) -> None:
    """Turn messy chapters into an EPUB and a print-ready PDF, and prove that no word was lost.

    Without a command: build the book in this folder.
    """


def run() -> None:
    """Run the program. Whatever happens, an author sees a sentence and not a traceback."""
    arguments = sys.argv[1:]
    if not arguments and not Path(BUILD_FILE).exists():
        sys.stderr.write(_NO_BOOK)
        sys.exit(2)
    if not arguments or (arguments[0].startswith("-") and arguments[0] not in _ABOUT_THE_PROGRAM):
        arguments = command_first(arguments)
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
    except Exception as fault:  # noqa: BLE001 (the last net before the author)
        if os.environ.get("BOOKBUILD_TRACEBACK"):
            traceback.print_exc()
        sys.stderr.write(_sentence(fault))
        sys.exit(1)


def _sentence(fault: Exception) -> str:
    """Say what stopped the program, where the program itself did not expect it."""
    match fault:
        case MemoryError():
            return "error: there is not enough memory for this book\n"
        case ModuleNotFoundError(name=name):  # an installation that is older than the program
            return (
                f"error: bookbuild needs the package '{name}', which is not installed\n"
                "  hint: in a checkout `make setup` installs what it needs; otherwise `pip install --upgrade bookbuild`\n"
            )
        case _:
            return (
                f"error: a fault of bookbuild itself: {type(fault).__name__}: {fault}\n"
                "  hint: nothing was replaced; please report it, with what BOOKBUILD_TRACEBACK=1 bookbuild shows\n"
            )
