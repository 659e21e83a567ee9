"""The desk at which files are made clean: shown, compared with what they are, or put in their place."""

import os
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count, groupby
from pathlib import Path
from textwrap import shorten

import typer
from rich.text import Text

from bookbuild.clean import Clean, Form, about_book, clean_book, clean_drafts, write_clean
from bookbuild.cli.console import Voice
from bookbuild.cli.differences import Change, hunks
from bookbuild.cli.loose_files import STANDARD_INPUT, build_file_around, read_draft
from bookbuild.cli.requests import Request, load_request
from bookbuild.config.load import Config
from bookbuild.errors import BookError, Finding, Place, RequestError, error, warning
from bookbuild.reading import Tell
from bookbuild.replacing import replace_file
from bookbuild.rules.understand import About
from bookbuild.source import Source
from bookbuild.tree import AsideReason, Block, Chapter, SetAside
from bookbuild.words import count as count_words

_SHOWN = 60  # characters of what was set aside
_PARAGRAPH_END = re.compile(r"\r?\n(?:[ \t]*\r?\n)+")
_UNSEEN = str.maketrans(
    {" ": "·", "\t": "⇥", "\u00a0": "⍽", "\n": "⏎", "\r": "", "\ufeff": "[byte order mark]"}
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What was asked for on the command line."""

    files: tuple[str, ...]
    config: Path | None
    diff: bool
    write: bool
    form: Form | None  # None when not asked for


def normalise_files(wanted: Wanted, voice: Voice) -> None:
    """Read the files, understand them, and do with the clean text what was asked for.

    Raises:
        RequestError: what was asked for does not go together, or build.yaml has a fault.
        BookError: a file cannot be read or written, or words do not add up.

    """
    _check(wanted)
    with voice.progress() as tell:
        desk = _Desk(wanted, tell)
        texts = [desk.clean(name) for name in wanted.files]
    for text in texts:
        voice.findings((*_set_aside(text), *text.findings))
    if wanted.write:
        written = [
            (name, write_clean([text], Form.TEXT, "")) for name, text in zip(wanted.files, texts, strict=True)
        ]
        for name, new in written:
            voice.say(_put_in_place(Path(name), new))
    elif wanted.diff:
        for name, text in zip(wanted.files, texts, strict=True):
            _show_changes(voice, name, text.draft.source.text, write_clean([text], Form.TEXT, ""))
    else:
        typer.echo(write_clean(texts, wanted.form or Form.TEXT, desk.language), nl=False)


def _check(wanted: Wanted) -> None:
    if wanted.diff + wanted.write + (wanted.form is not None) > 1:
        raise RequestError(error("--diff, --write and --to do not go together", hint="ask for one of them"))
    if wanted.write and STANDARD_INPUT in wanted.files:
        raise RequestError(
            error("standard input cannot be written to", hint="without --write, the clean text is printed")
        )


def _set_aside(text: Clean) -> Iterator[Finding]:
    """Tell what the clean text leaves out, neighbours together."""
    blocks = (block for one in text.divisions if isinstance(one, Chapter) for block in one.blocks)
    for reason, row_ in groupby(blocks, key=_reason):
        row = [block for block in row_ if isinstance(block, SetAside)]
        told = " ".join(block.text for block in row)
        number = count_words(told)
        if reason and number:
            words = f"{number:,} word{'s' * (number != 1)}"
            message = (
                f"not in the clean text ({reason.value}, {words}): {shorten(told, _SHOWN, placeholder=' …')}"
            )
            yield warning(message, row[0].span.place if row[0].span else None)


def _reason(block: Block) -> AsideReason | None:
    return block.reason if isinstance(block, SetAside) else None


# ---------------------------------------------------------------- reading


class _Desk:
    """Where files are understood: those of a book with their book, the others together, as if they were one."""

    def __init__(self, wanted: Wanted, tell: Tell) -> None:
        self.tell = tell
        self.language = "en"
        self.books: dict[Path, dict[str, Clean]] = {}
        self.build_files = {name: wanted.config or build_file_around(name) for name in wanted.files}
        loose = [name for name, build_file in self.build_files.items() if build_file is None]
        self.loose = dict(
            zip(loose, clean_drafts([read_draft(name, name) for name in loose], About()), strict=True)
        )

    def clean(self, name: str) -> Clean:
        """Give a file, understood."""
        build_file = self.build_files[name]
        if build_file is None:
            return self.loose[name]
        config, _ = load_request(Request(build_file, (), None))
        self.language = config.settings.language
        path = _path_in(config.folder, name)
        known = self._book(config) if path else {}
        if path in known:
            return known[path]
        return clean_drafts([read_draft(name, path or name)], about_book(config))[0]

    def _book(self, config: Config) -> dict[str, Clean]:
        if config.folder not in self.books:
            self.books[config.folder] = clean_book(config, self.tell)
        return self.books[config.folder]


def _path_in(folder: Path, name: str) -> str:
    """Give a file's path as the book calls it; empty for one that lies elsewhere."""
    file, top = Path(name).resolve(), folder.resolve()
    inside = name != STANDARD_INPUT and file.is_relative_to(top)
    return file.relative_to(top).as_posix() if inside else ""


# ---------------------------------------------------------------- writing


def _put_in_place(file: Path, text: str) -> str:
    """Replace a file by its clean text; the original goes beside it, and no older one is touched. Says what was done."""
    data = text.encode()
    path = file.resolve()
    try:
        if path.read_bytes() == data:
            return f"{file}: nothing to change"
        kept = _kept_beside(path)
        replace_file(path, data)
        shutil.copymode(kept, path)
    except OSError as fault:
        raise BookError(error(f"cannot be written: {fault.strerror}", Place(str(file)))) from fault
    return f"{file}: replaced; the original is {file.with_name(kept.name)}"


def _kept_beside(path: Path) -> Path:
    for number in count(1):
        kept = path.with_name(f"{path.name}.orig{f'.{number}' if number > 1 else ''}")
        try:
            with kept.open("xb") as beside:
                beside.write(path.read_bytes())
                beside.flush()
                os.fsync(beside.fileno())
        except FileExistsError:
            continue
        shutil.copystat(path, kept)
        return kept
    raise AssertionError


# ---------------------------------------------------------------- differences


def _show_changes(voice: Voice, name: str, old: str, new: str) -> None:
    """Show what changes, word by word: in colour on a terminal, between marks elsewhere."""
    source = Source("standard input" if name == STANDARD_INPUT else name, old)
    coloured = voice.out.is_terminal and voice.out.color_system is not None and not voice.out.no_color
    found = False
    for hunk in hunks(old, new):
        found = True
        first = next(piece for piece in hunk if piece.is_change)
        line = Text().append(f"{source.place(first.start)}: ", "cyan")
        for piece in hunk:
            line.append_text(_piece(piece, coloured=coloured))
        voice.say_text(line)
    if not found:
        voice.say(f"{source.path}: nothing to change")


def _piece(piece: Change, *, coloured: bool) -> Text:
    if not piece.is_change:
        return Text(piece.old)
    old, new = _seen(piece.old), _seen(piece.new)
    if not coloured:
        return Text(f"[-{old}-]" * bool(old) + f"{{+{new}+}}" * bool(new))
    return Text().append(old, "red strike").append(new, "bold green")


def _seen(text: str) -> str:
    return _PARAGRAPH_END.sub("¶", text).translate(_UNSEEN)
