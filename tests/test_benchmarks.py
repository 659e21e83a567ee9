"""The benchmark's two functions, which scorers from outside call."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

BENCHMARKS = Path(__file__).resolve().parent.parent / "benchmarks"
GOLD = BENCHMARKS.parent.parent / "shared" / "gold"
MESSY = 'Chapter 3\n\nThe Well\n\n"Wait--" he said.\n\nIt was dark...and _very_ deep.\n\n***\n\n"Tis late," she said.\n'
TRUTH = (
    ("heading", "Chapter 3"),
    ("heading", "The Well"),
    ("para", "“Wait—” he said."),
    ("para", "It was dark… and very deep."),
    ("scene_break", ""),
    ("para", "“Tis late,” she said."),
)


def call(expression: str, folder: Path = BENCHMARKS) -> object:
    """Evaluate an expression with the benchmark imported, in a Python of its own as the scorers do."""
    module = "accuracy" if folder == BENCHMARKS else "benchmarks.accuracy"
    program = f"import json, {module} as a; print(json.dumps({expression}))"
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=folder, capture_output=True, text=True, check=True
    )
    return json.loads(done.stdout)


@pytest.mark.parametrize("folder", [BENCHMARKS, BENCHMARKS.parent], ids=["benchmarks", "root"])
def test_normalise_gives_typed_blocks(folder: Path) -> None:
    blocks = call(f"a.normalise({MESSY.encode()!r})", folder)
    assert isinstance(blocks, list)
    assert [block["type"] for block in blocks] == [kind for kind, _ in TRUTH]
    assert blocks[0]["role"] == "ordinal"
    assert blocks[1]["role"] == "title"
    start, end, mark = blocks[3]["spans"][0]
    assert (blocks[3]["text"][start:end], mark) == ("very", "em")


def test_normalise_takes_an_empty_file() -> None:
    assert call("[a.normalise(b''), a.normalise(bytes([0xEF, 0xBB, 0xBF])), a.normalise(b' \\n\\n')]") == [
        [],
        [],
        [],
    ]


def test_normalise_reads_what_the_program_reads() -> None:
    text = "Chapter 3\n\n“Wait,” he said.\n"
    encodings = [text.encode(name) for name in ("utf-8-sig", "utf-16", "cp1252")]
    assert (
        call(f"[[b['text'] for b in a.normalise(data)] for data in {encodings!r}]")
        == [["Chapter 3", "“Wait,” he said."]] * 3
    )


def test_quotes_are_directed_paragraph_by_paragraph() -> None:
    made = call("""a.quotes(['"One,', '', '"two," he said.'])""")
    assert made == ["“One,", "", "“two,” he said."]


def test_the_scorers_take_our_blocks() -> None:
    if not GOLD.is_dir():
        pytest.skip(f"{GOLD} is not there, so there are no scorers")
    truth = [{"type": kind, "text": text, "role": "", "ctx": [], "spans": []} for kind, text in TRUTH]
    scored = call(
        f"__import__('scorers').scorer('score').score_chapter({truth!r}, a.normalise({MESSY.encode()!r})).d()"
    )
    assert isinstance(scored, dict)
    assert {key: scored["words"].get(key, 0) for key in ("lost", "added", "changed")} == {
        "lost": 0,
        "added": 0,
        "changed": 0,
    }
    assert scored["para"]["F1"] == scored["head_pos"]["F1"] == scored["break"]["F1"] == 1


def test_a_missing_peer_is_named() -> None:
    assert call("__import__('peers').missing({'pandoc': '/usr/bin/pandoc'})") == [
        "smartypants", "docutils", "markdown_it", "se_typogrify", "calibre",
    ]  # fmt: skip
