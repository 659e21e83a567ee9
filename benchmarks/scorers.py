"""The scorers and novels of ../shared/gold, which no one here wrote."""

import importlib
import sys
from pathlib import Path
from types import ModuleType

GOLD = Path(__file__).resolve().parent.parent.parent / "shared" / "gold"
BOOKS = tuple(sorted((GOLD / "books").glob("*.jsonl")))
RAW = {  # old transcriptions, by the book that they are of
    "mark-twain_the-adventures-of-huckleberry-finn": "huckleberry-finn",
    "jane-austen_pride-and-prejudice": "pride-and-prejudice",
    "arthur-conan-doyle_the-sign-of-the-four": "the-sign-of-the-four",
}
PROFILES = ("serial", "gutenberg", "paste", "indent")
"""The kinds of mess that are made: a serial from the web, an old archive, a paste, an e-mail with indents."""


sys.path.append(str(GOLD / "score"))  # at the end: nothing of ours may be hidden by a scorer's name


def scorer(name: str) -> ModuleType:
    """Import one of the scorers."""
    return importlib.import_module(name)


def raw_of(book: Path) -> Path | None:
    """Give the old transcription of a book, where there is one."""
    return GOLD / "raw" / f"{RAW[book.stem]}.txt" if book.stem in RAW else None
