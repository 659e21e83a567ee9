"""The commands: each is listed as it calls itself, and none loads what only the others need."""

import importlib.util
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from bookbuild.cli.commands import COMMANDS, Named, command_first
from tests.program import run

_ASK = """
import contextlib, io, json, sys
from bookbuild.cli import main
with contextlib.redirect_stdout(io.StringIO()), contextlib.suppress(SystemExit):
    main()
print(json.dumps(sorted(sys.modules)))
"""
HEAVY = {
    "PIL",
    "ebooklib",
    "fontTools",
    "ftfy",
    "jinja2",
    "lxml",
    "nh3",
    "pikepdf",
    "pypdfium2",
    "starlette",
    "tinycss2",
    "uharfbuzz",
    "uvicorn",
    "weasyprint",
}
ALSO_SETTINGS = HEAVY | {"yaml"}  # not pydantic: typer itself reads options by it


def loaded_by(*arguments: str) -> set[str]:
    """Run `bookbuild ARGUMENTS` in a process of its own, and give the modules that are loaded at its end."""
    asked = [sys.executable, "-c", _ASK, *arguments]
    ended = subprocess.run(asked, capture_output=True, encoding="utf-8", check=True)
    return set(json.loads(ended.stdout))


@pytest.mark.parametrize(
    ("command", "unneeded"),
    [
        ("--help", ALSO_SETTINGS),
        ("--version", ALSO_SETTINGS),
        ("snd", ALSO_SETTINGS),
        *((f"{command.name} --help", HEAVY | {"bookbuild.rules"}) for command in COMMANDS),
        ("schema", HEAVY),
        ("send --list", HEAVY),
        ("explain", {"ebooklib", "pikepdf", "pypdfium2", "starlette", "uvicorn", "weasyprint"}),
        ("doctor", {"ftfy", "pikepdf", "starlette", "uvicorn"}),
    ],
)
def test_a_light_command_loads_nothing_heavy(command: str, unneeded: set[str]) -> None:
    assert loaded_by(*command.split()) & unneeded == set()


def test_what_is_looked_for_can_be_loaded() -> None:
    """Lest a library that calls itself otherwise makes the test above say nothing."""
    assert [name for name in ALSO_SETTINGS if not importlib.util.find_spec(name)] == []


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
def test_a_command_is_listed_as_it_calls_itself(command: Named) -> None:
    loaded = command.load()

    assert (loaded.name, loaded.help) == (command.name, command.about)


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
def test_the_usage_of_a_command_names_what_it_takes_once_in_brackets(tmp_path: Path, command: Named) -> None:
    said = run(tmp_path, command.name, "--help")
    usage = next(line for line in said.out.splitlines() if "Usage:" in line)

    assert re.fullmatch(
        rf"Usage: .*bookbuild {command.name} \[OPTIONS\]( \[[A-Z]+\](\.\.\.)?| \{{FILE\}}\.\.\.)?",
        usage.strip(),
    )


@pytest.mark.parametrize(
    ("given", "meant"),
    [
        ("", "build"),
        ("-v", "build -v"),
        ("-q check --strict", "check -q --strict"),
        ("-o build", "build -o build"),
        ("-o report -q", "build -o report -q"),
        ("-q -e epub", "build -q -e epub"),
        ("--strict build -e epub", "build --strict -e epub"),
    ],
)
def test_options_may_come_before_the_command_and_without_one_it_builds(given: str, meant: str) -> None:
    assert command_first(given.split()) == meant.split()


def test_a_mistyped_command_is_answered_with_the_nearest(tmp_path: Path) -> None:
    said = run(tmp_path, "snd")

    assert said.code == 2
    assert "'send'" in said.err
