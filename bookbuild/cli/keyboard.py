"""Single keys from a terminal, none lost that is typed ahead."""

import os
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import typer

Keys = Iterator[str]
"""What is pressed, key by key; ends where the terminal goes away."""

# an arrow and the like come as several characters, on Unix (ECMA-48) and on Windows
_KEY = re.compile(r"\x1b(?:\[[\d;]*[A-Za-z~]|O.|)|[\x00\xe0].|.", re.DOTALL)


@contextmanager
def keyboard() -> Iterator[Keys]:
    """Read keys as they are pressed, without the Enter key, until the block ends; Ctrl-C stays what it is."""
    try:
        import termios  # noqa: PLC0415 (Windows has none)
        import tty  # noqa: PLC0415
    except ImportError:
        yield _keys(typer.getchar)
        return
    terminal = sys.stdin.fileno()
    before = termios.tcgetattr(terminal)
    try:
        tty.setcbreak(terminal, termios.TCSADRAIN)
        yield _keys(lambda: os.read(terminal, 64).decode(errors="ignore"))
    finally:
        termios.tcsetattr(terminal, termios.TCSADRAIN, before)


def _keys(read: Callable[[], str]) -> Keys:
    while True:
        try:
            pressed = read()
        except (EOFError, OSError):  # OSError: the window was closed
            return
        if not pressed:
            return
        yield from _KEY.findall(pressed)
