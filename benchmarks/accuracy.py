"""How well messy manuscripts are understood, by the scorers of ../shared/gold, beside every peer that is installed.

    python benchmarks/accuracy.py [--seed 7] [--show 10]

makes mess of four typeset novels in all profiles, normalises it, and prints the scores; then the direction of quotes
in the novels' paragraphs, and the hard one-liners. The scorers call the two functions below.
"""

import argparse
import importlib.util
import os
import subprocess
import sys
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any

from bookbuild.draft import HEADINGS, Block, Draft, GroupKind, Kind, block_from
from bookbuild.readers.plain_text import read_plain_text
from bookbuild.rules import LINE_RULES, RULES
from bookbuild.rules.understand import About, Copy, understand
from bookbuild.source import Source

GOLD = Path(__file__).resolve().parent.parent.parent / "shared" / "gold"
PROFILES = ("serial", "gutenberg", "paste", "indent")
_NOTES = {GroupKind.TOP_NOTE, GroupKind.INLINE_NOTE, GroupKind.END_NOTE}
_TYPES = {Kind.BREAK: "scene_break", Kind.STANZA: "verse", **dict.fromkeys(HEADINGS, "heading")}


def normalise(data: bytes) -> list[dict[str, Any]]:
    """Normalise one messy chapter; gives blocks as ../shared/gold/README.md says."""
    draft = read_plain_text(Source("chapter.txt", data.decode("utf-8-sig")))
    found = understand([Copy(draft, RULES)], About())[0].draft
    return [_scored(block) for block in found.blocks if not block.is_set_aside]


def _scored(block: Block) -> dict[str, Any]:
    is_note = block.group is not None and block.group.kind in _NOTES
    spans = [
        [mark.start, mark.end, "em" if mark.kind.value == "emphasis" else "strong"] for mark in block.marks
    ]
    type_ = "note" if is_note else _TYPES.get(block.kind, "para")
    role = {Kind.LABEL: "ordinal", Kind.TITLE: "title"}.get(block.kind, "")
    return {"type": type_, "text": block.text, "role": role, "spans": spans}


def quotes(paragraphs: list[str]) -> list[str]:
    """Direct the quotes of paragraphs that are clean otherwise."""
    blocks = tuple(block_from(0, text) for text in paragraphs)
    draft = Draft(Source("paragraphs", "\n".join(paragraphs)), blocks)
    blank = tuple(replace(block, text=block.text or " ") for block in blocks)
    found = understand([Copy(replace(draft, blocks=blank), LINE_RULES)], About())[0].draft
    return [block.text if text else "" for block, text in zip(found.blocks, paragraphs, strict=True)]


def main() -> None:
    """Make the mess and call the scorers."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--seed", default="7")
    parser.add_argument("--show", default="0", help="how many faults of each kind to show")
    asked = parser.parse_args()
    if not GOLD.is_dir():
        sys.exit(f"{GOLD} is missing: the scorers and the novels stand there")
    books = sorted((GOLD / "books").glob("*.jsonl"))
    with tempfile.TemporaryDirectory() as folder:
        made = [_mess(book, Path(folder), profile, asked.seed) for book in books for profile in PROFILES]
        ours = ["--normaliser", "accuracy:normalise", "--by-profile", "--show", asked.show]
        _score("score.py", "--dir", *map(str, made), *ours)
    _score("quotes_score.py", *map(str, books), "--add", "bookbuild=accuracy:quotes")
    _score("cases.py", "--add", "bookbuild=accuracy:quotes")


def _mess(book: Path, folder: Path, profile: str, seed: str) -> Path:
    made = folder / f"{book.stem}-{profile}"
    _score("mess.py", str(book), str(made), "--seed", seed, "--profile", profile, quiet=True)
    return made


def _score(script: str, *arguments: str, quiet: bool = False) -> None:
    here = str(Path(__file__).parent)
    command = [sys.executable, str(GOLD / "score" / script), *arguments]
    said = subprocess.DEVNULL if quiet else None
    subprocess.run(command, check=True, stdout=said, cwd=here, env={**os.environ, "PYTHONPATH": here})


if __name__ == "__main__":
    missing = [
        name
        for name in ("smartypants", "docutils", "markdown_it", "se")
        if not importlib.util.find_spec(name)
    ]
    if missing:
        print(f"peers that are not installed: {', '.join(missing)}")
    main()
