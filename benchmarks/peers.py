"""The programs that are measured beside us. Each is asked in its own process; one that is missing is named, never passed over.

Their packages are looked for in this Python and in $BOOKTOOLS/peers, calibre and pandoc in the system:

    python3 -m venv ~/.cache/book-tools/peers
    ~/.cache/book-tools/peers/bin/pip install smartypants docutils markdown-it-py standardebooks
    apt-get install pandoc calibre
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from html_blocks import blocks_of
from scorers import scorer

HERE = Path(__file__).resolve().parent
MODULES = {
    "smartypants": "smartypants",
    "docutils": "docutils",
    "markdown_it": "markdown_it",
    "se_typogrify": "se",
}
"""Peers that are Python packages, with the module that shows whether one is there."""
PROGRAMS = {"pandoc": "pandoc", "calibre": "calibre-debug"}
"""Peers that are programs."""
STRUCTURAL = ("calibre", "pandoc", "markdown_it")
"""Those that make blocks of a text."""
_TIMEOUT = 1200  # seconds

Blocks = list[dict[str, Any]]


def pythons() -> tuple[str, ...]:
    """Give the Pythons in which peers may be installed."""
    tools = Path(os.environ.get("BOOKTOOLS") or Path.home() / ".cache" / "book-tools")
    own = tools / "peers" / "bin" / "python"
    return (sys.executable, str(own)) if own.is_file() else (sys.executable,)


def find_peers() -> dict[str, str]:
    """Give what runs each peer that is installed."""
    found = {name: path for name, program in PROGRAMS.items() if (path := shutil.which(program))}
    for name, module in MODULES.items():
        for python in pythons():
            look = f"import importlib.util as u, sys; sys.exit(u.find_spec({module!r}) is None)"
            if name not in found and subprocess.run([python, "-c", look], check=False).returncode == 0:
                found[name] = python
    return found


def missing(found: dict[str, str]) -> list[str]:
    """Name the peers that are not installed."""
    return [name for name in (*MODULES, *PROGRAMS) if name not in found]


def quotes_by(name: str, python: str, texts: Sequence[Sequence[str]]) -> list[list[str]]:
    """Let a peer direct the quotes of texts, each a row of paragraphs."""
    python = sys.executable if name in PROGRAMS else python
    return json.loads(_ask(python, "quotes", name, json.dumps(texts)))


def blocks_by(name: str, program: str, files: Sequence[Path]) -> list[Blocks | None]:
    """Let a peer read text files; gives None for a file that it fails on."""
    if name == "calibre":
        return _calibre(program, files)
    if name == "pandoc":
        command = [program, "-f", "markdown+smart", "-t", "html", "--wrap=none"]
        pages = [_run(command, _legible(file)) for file in files]
    else:
        pages = json.loads(_ask(program, "blocks", name, json.dumps([_legible(file) for file in files])))
    return [blocks_of(page) if page is not None else None for page in pages]


def _legible(file: Path) -> str:
    return file.read_bytes().decode("utf-8-sig")


def _run(command: Sequence[str], text: str) -> str | None:
    done = subprocess.run(
        command, input=text, capture_output=True, text=True, check=False, timeout=_TIMEOUT, encoding="utf-8"
    )
    return done.stdout if done.returncode == 0 else None


def _ask(python: str, *arguments: str) -> str:
    *command, text = [python, __file__, *arguments]
    said = _run(command, text)
    if said is None:
        sys.exit(f"{' '.join(command)} failed")
    return said


def _calibre(program: str, files: Sequence[Path]) -> list[Blocks | None]:
    """Convert with calibre's heuristics and its smartened punctuation, all files in one process."""
    with tempfile.TemporaryDirectory() as folder:
        outs = [Path(folder) / str(number) for number in range(len(files))]
        pairs = "\n".join(f"{file}\t{out}" for file, out in zip(files, outs, strict=True))
        _run([program, "-e", str(HERE / "calibre_convert.py")], pairs)
        return [_calibre_blocks(out) if out.is_dir() else None for out in outs]


def _calibre_blocks(out: Path) -> Blocks | None:
    pages = [page.read_text("utf-8") for page in sorted(out.glob("*.html"))]
    return [block for page in pages for block in blocks_of(page)] or None


def _answer(task: str, name: str) -> None:
    """Answer in the Python that has the peer: JSON comes in, JSON goes out."""
    texts = json.load(sys.stdin)
    if task == "quotes":
        answer = [scorer("quotes_score").TOOLS[name](text) for text in texts]
    else:
        from markdown_it import MarkdownIt

        markdown = MarkdownIt("commonmark", {"typographer": True}).enable(["replacements", "smartquotes"])
        answer = [markdown.render(text) for text in texts]
    json.dump(answer, sys.stdout)


if __name__ == "__main__":
    _answer(*sys.argv[1:])
