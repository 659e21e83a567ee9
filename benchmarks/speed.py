"""Time and memory: 100,000 words on one core, and texts that a rule may find slow; each in a process of its own."""

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from scorers import GOLD, PROFILES
from table import Row

WORDS = 100_000
_BOOK = GOLD / "books" / "jane-austen_pride-and-prejudice.jsonl"
_MEGABYTE = 1024 * 1024
_TIMEOUT = 300  # seconds; a reader that takes longer is not linear
_TIMES_TWO = 2.5  # what twice the text may cost: 2, and a half for the machine's moods
SHAPES = {
    "a line of 1,000,000 characters": (
        "the quick brown fox, and so on. ",
        "abcdefghij",
        " ",
        "-",
        ".",
        "*",
        "_",
        "'",
        '"',
    ),
    "50,000 quotes": (
        'He said "no" now. ',
        "He said 'no' now. ",
        "\"'Tis 'so',\" ",
        "It's the boys' ",
        "a\" b' ",
    ),
    "10,000 unclosed marks": (
        "_word ",
        "*word ",
        "/word ",
        '"word ',
        "'word ",
        "(word ",
        "[word ",
        "<word ",
        "“word ",
        "**w ",
    ),
}
"""Each text is one of these, repeated."""
_SIZES = {
    "a line of 1,000,000 characters": 1_000_000,
    "50,000 quotes": 50_000,
    "10,000 unclosed marks": 10_000,
}


def speed_rows(peers: dict[str, str]) -> tuple[list[Row], list[str]]:
    """Give the rows of time and memory: the slowest kind of mess, each read as one file."""
    with tempfile.TemporaryDirectory() as folder:
        files = [_long_text(Path(folder), profile) for profile in PROFILES]
        ours = {file.stem: _read_in_child(file) for file in files}
        others = _peer_figures(peers, files)
    lines = [f"{name}: {seconds:.2f} s, {memory:.0f} MB" for name, (seconds, memory) in ours.items()]
    slowest = max(seconds for seconds, _ in ours.values())
    largest = max(memory for _, memory in ours.values())
    return [
        Row(f"{WORDS:,} words on one core, seconds", slowest, {name: pair[0] for name, pair in others.items()},
            most=2, form="{:.2f}"),
        Row(f"{WORDS:,} words, peak memory, MB", largest, {name: pair[1] for name, pair in others.items()},
            most=150, form="{:.0f}"),
    ], lines  # fmt: skip


def _long_text(folder: Path, profile: str) -> Path:
    """Make one messy file of 100,000 words, out of as many chapters as it takes."""
    made = folder / profile
    script = str(GOLD / "score" / "mess.py")
    command = [sys.executable, script, str(_BOOK), str(made), "--seed", "7", "--profile", profile]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    chapters, words = [], 0
    for chapter in sorted(made.glob("ch*.txt")):
        if words < WORDS:
            chapters.append(chapter.read_bytes().decode("utf-8-sig"))
            words += len(chapters[-1].split())
    file = folder / f"{profile}.txt"
    file.write_bytes("\n\n\n\n".join(chapters).encode())
    return file


def _read_in_child(file: Path) -> tuple[float, float]:
    """Give the seconds of the processor that reading a file takes, without the start of Python, and the peak memory in MB."""
    command = [sys.executable, __file__, str(file)]
    done = subprocess.run(command, check=True, capture_output=True, text=True, timeout=_TIMEOUT)
    seconds, memory = json.loads(done.stdout)
    return seconds, memory


def _peer_figures(peers: dict[str, str], files: Sequence[Path]) -> dict[str, tuple[float, float]]:
    commands = {
        "pandoc": lambda file: [peers["pandoc"], "-f", "markdown+smart", "-t", "html", str(file)],
        "calibre": lambda file: [
            "ebook-convert",
            str(file),
            str(file.with_suffix(".oeb")),
            "--enable-heuristics",
        ],
    }
    figures = {}
    for name in commands.keys() & peers.keys():
        pairs = [_costs(commands[name](file)) for file in files]
        figures[name] = (max(pair[0] for pair in pairs), max(pair[1] for pair in pairs))
    return figures


def _costs(command: Sequence[str]) -> tuple[float, float]:
    """Run a program and give the processor's seconds and the peak memory of it, its start included."""
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024 / _MEGABYTE


# ---------------------------------------------------------------- growth


def growth_rows() -> tuple[list[Row], list[str]]:
    """Give how the time grows when a hard text is doubled, by the worst text of each kind."""
    rows, lines = [], []
    for kind, units in SHAPES.items():
        factors = {}
        for unit in units:
            one, two = (_time_of(unit, kind, times) for times in (1, 2))
            factors[unit] = (two / one if two else float("inf")) if one else float("inf")
            lines.append(f"{kind}, {unit!r} again and again: {one:.2f} s, twice as much {two:.2f} s")
        rows.append(
            Row(
                f"{kind}: time when doubled, times", max(factors.values()), {}, most=_TIMES_TWO, form="{:.1f}"
            )
        )
    return rows, lines


def _time_of(unit: str, kind: str, times: int) -> float:
    """Give the seconds for a text of the kind's size, so many times; infinite when it takes too long."""
    each = len(unit) if kind.startswith("a line") else max(sum(unit.count(mark) for mark in "\"'"), 1)
    text = unit * (times * _SIZES[kind] // each)
    with tempfile.NamedTemporaryFile(suffix=".txt") as file:
        file.write(text.encode())
        file.flush()
        try:
            return min(_read_in_child(Path(file.name))[0] for _ in range(2))
        except subprocess.TimeoutExpired:
            return float("inf")


def _child(file: str) -> None:
    from accuracy import normalise

    data = Path(file).read_bytes()
    began = time.process_time()
    normalise(data)
    seconds = time.process_time() - began
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / _MEGABYTE  # kibibytes on Linux
    print(json.dumps([seconds, peak]))


if __name__ == "__main__":
    _child(sys.argv[1])
