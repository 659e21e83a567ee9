"""Time and memory: 100,000 words on one core, and texts that a rule may find slow; each in a process of its own."""

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from scorers import GOLD, PROFILES
from table import Row

WORDS = 100_000
_BOOK = GOLD / "books" / "jane-austen_pride-and-prejudice.jsonl"
_MEGABYTE = 1024 * 1024
_TIMEOUT = 300  # seconds; a reader that takes longer is not linear
_TIMES_TWO = 2.5  # what twice the text may cost: 2, and a half for the machine's moods
_TRIES = 3
SHAPES = {
    "a line of 1,000,000 characters": (
        "the quick brown fox, and so on. ", "abcdefghij", "Abc", " ", "-", ".", "*", "_", "A/N: ", "Chapter 1 ",
    ),
    "50,000 quotes": (
        'He said "no" now. ', "He said 'no' now. ", "\"'Tis 'so',\" ", "It's the boys' ", "a\" b' ", '"', "'", "'\"",
    ),
    "10,000 unclosed marks": (
        "_word ", "*word ", "/word ", '"word ', "'word ", "(word ", "[word ", "<word ", "“word ", "**w ",
    ),
    "20,000 short lines": (
        "A word.\n", "***\n\n", "Chapter 1\n\n", "    Sing low\n", '"Yes."\n\n', "A/N: hi\n\n", "Dear Ann,\n\n", "\n",
    ),
}  # fmt: skip
"""Each text is one of these, repeated."""
SIZES = {
    "a line of 1,000,000 characters": 1_000_000,
    "50,000 quotes": 50_000,
    "10,000 unclosed marks": 10_000,
    "20,000 short lines": 20_000,
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


def growth_rows(workers: int) -> tuple[list[Row], list[str]]:
    """Give how the time grows from half a hard text to the whole, by the worst text of each kind."""
    texts = [(kind, unit) for kind, units in SHAPES.items() for unit in units]
    with ThreadPoolExecutor(workers) as pool:  # each waits for a process of its own
        times = dict(zip(texts, pool.map(_times_of, texts), strict=True))
    rows = []
    for kind in SHAPES:
        grown = {unit: whole / half for (name, unit), (half, whole) in times.items() if name == kind}
        row = Row(
            f"{kind}: time against half, times", max(grown.values()), {}, most=_TIMES_TWO, form="{:.1f}"
        )
        rows.append(row)
    lines = [
        f"{kind}, {unit!r} again and again: {half:.2f} s for half, {whole:.2f} s"
        for (kind, unit), (half, whole) in times.items()
    ]
    return rows, lines


def _times_of(text: tuple[str, str]) -> tuple[float, float]:
    """Give the seconds for half of a text of the kind's size, and for the whole; infinite when it takes too long."""
    kind, unit = text
    each = {"characters": len(unit), "quotes": unit.count("'") + unit.count('"')}.get(kind.split()[-1], 1)
    times = SIZES[kind] // each
    return _time_of(unit * (times // 2)), _time_of(unit * times)


def _time_of(text: str) -> float:
    with tempfile.NamedTemporaryFile(suffix=".txt") as file:
        file.write(text.encode())
        file.flush()
        try:
            seconds = [_read_in_child(Path(file.name))[0]]
            while len(seconds) < _TRIES and seconds[0] < 1:  # what is short is easily disturbed
                seconds.append(_read_in_child(Path(file.name))[0])
        except subprocess.TimeoutExpired:
            return float("inf")
    return max(min(seconds), 0.001)


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
