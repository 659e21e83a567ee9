"""The commands by name: each is a function in a file of its own, which is loaded when the command is asked for."""

from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module
from itertools import takewhile
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup


@dataclass(frozen=True, slots=True)
class Named:
    """A command before it is loaded: what is called so, where it is, and the line about it in the list of all."""

    name: str  # of its function too
    module: str  # in bookbuild.cli
    about: str  # the function's docstring begins with it

    def load(self) -> TyperCommand:
        """Import the command, with all that it needs itself."""
        alone = typer.Typer(add_completion=False, pretty_exceptions_enable=False)
        module = import_module(f"bookbuild.cli.{self.module}")
        alone.command(self.name)(getattr(module, self.name))
        command = typer.main.get_command(alone)
        if not isinstance(command, TyperCommand):
            raise TypeError(f"{self.name} is not one command")
        return command


COMMANDS = (
    Named("build", "building", "Build the book."),
    Named(
        "tree",
        "outlining",
        "Show the document tree: what each line of the manuscript was understood to be, and where it stands.",
    ),
    Named("check", "checking", "Read everything and say what was found; write nothing."),
    Named("fix", "fixing", "Go through the doubts, one key each; the answers are kept in answers.yaml."),
    Named("normalise", "normalising", "Print the clean text of chapters; needs no build file."),
    Named("pages", "printing", "Show the pages of the print edition in one picture, spread beside spread."),
    Named(
        "booklet",
        "printing",
        "Make a booklet of the print edition: sheets to print at home, fold and sew.",
    ),
    Named(
        "cover",
        "covering",
        "Make the printed cover in one piece: back, spine and front, at the printer's size.",
    ),
    Named(
        "report",
        "reporting",
        "Show every repair and doubt in its place, before and after, with the way to refuse it.",
    ),
    Named(
        "send",
        "sending",
        "Put the finished book onto an e-reader: by cable, by mail, or over the local network.",
    ),
    Named("serve", "serving", "Serve the finished book to browsers and reading programs, until Ctrl-C."),
    Named(
        "proof",
        "proofing",
        "Ask what an editor would ask: words that stand twice, names spelt two ways; change nothing.",
    ),
    Named(
        "explain",
        "explaining",
        "Say what a rule mends, or what a check asks, why, with an example, and how to refuse it.",
    ),
    Named("init", "beginning", "Begin a book: a build file and a first chapter."),
    Named(
        "doctor",
        "examination",
        "Look whether all that bookbuild needs is here, and say the command that mends what is not.",
    ),
    Named("schema", "schema", "Print the JSON Schema of build.yaml, so that editors complete and check it."),
)
"""In the order in which `bookbuild --help` lists them."""


class CommandsOnDemand(TyperGroup):
    """The program's commands: it lists them without loading any, and loads the one that is asked for."""

    def __init__(self, **attrs: Any) -> None:
        listed = {one.name: TyperCommand(one.name, help=one.about) for one in COMMANDS}
        super().__init__(**{**attrs, "commands": listed})

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Find the command in the list, as any group does, then load it."""
        name, _, rest = super().resolve_command(ctx, args)
        return name, next((one.load() for one in COMMANDS if one.name == name), None), rest


def command_first(arguments: Sequence[str]) -> list[str]:
    """Put the command before the options: `bookbuild -q check` is `bookbuild check -q`, and `bookbuild -q` is `bookbuild build -q`."""
    options = list(takewhile(lambda one: one.startswith("-"), arguments))
    name, *others = arguments[len(options) :] or [""]
    if options and name in {one.name for one in COMMANDS} and not _takes_value(options[-1]):
        return [name, *options, *others]
    return ["build", *arguments]


def _takes_value(option: str) -> bool:
    """Whether a value follows this option of `build`: in `bookbuild -o build`, `build` is a folder."""
    build = next(one for one in COMMANDS if one.name == "build").load()
    return any(option in one.opts and not getattr(one, "is_flag", False) for one in build.params)
