"""The house: who may import whom, how large a room is, and what stands in none of them."""

import ast
import re
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "bookbuild"
FILES = sorted(PACKAGE.rglob("*.py"))


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(PACKAGE)))
def test_a_file_is_read_at_one_visit(file: Path) -> None:
    """300 lines as a rule; the keys are a little longer, being one thing."""
    lines = len(file.read_text("utf-8").splitlines())

    assert lines <= (360 if file.name == "keys.py" else 300)


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(PACKAGE)))
def test_a_function_is_read_at_one_sitting(file: Path) -> None:
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.FunctionDef):
            assert (node.end_lineno or 0) - node.lineno < 50, f"{file.name}:{node.lineno} {node.name}"


def test_only_the_command_line_prints() -> None:
    for file in FILES:
        if "cli" not in file.parts:
            assert not re.search(r"\bprint\(", file.read_text("utf-8")), file


def test_no_room_is_called_after_nothing() -> None:
    forbidden = {"utils", "helpers", "common", "misc", "manager", "handler", "shared", "tools"}

    assert {file.stem for file in FILES} & forbidden == set()
