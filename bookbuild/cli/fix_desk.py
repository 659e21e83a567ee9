"""The desk at which doubts are answered: one after the other on a terminal, or at once from a script."""

import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import typer
from rich.console import Console

from bookbuild.cli.console import Voice
from bookbuild.cli.fix_lines import answers_in, doubt_to_line
from bookbuild.cli.fix_walk import End, walk_through
from bookbuild.config.answers import ANSWERS_FILE, Choice
from bookbuild.config.load import Config
from bookbuild.doubts import AnswerSheet, Doubt, Walk, doubts_of
from bookbuild.errors import RequestError, error
from bookbuild.reading import Reading, read_book
from bookbuild.rules import RULES
from bookbuild.rules.refusals import check_names

_STOPPED = 130  # the exit code of what Ctrl-C ended
_WITHOUT_TERMINAL = (
    "in a script: --list lists the doubts; --accept RULE and --keep RULE answer all of a rule;\n"
    "  --answers FILE takes the lines of --list, in which you have put another word for `skip`"
)


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked for on the command line."""

    files: tuple[str, ...]  # none: all
    accept: tuple[str, ...]  # rules
    keep: tuple[str, ...]
    answers: Path | None
    listed: bool


def fix_doubts(config: Config, asked: Asked) -> None:
    """Go through the doubts of a book and answer them, by hand or as was asked.

    Raises:
        RequestError: a rule or a file does not exist, a line is no answer, or there is no terminal to ask on.

    """
    check_names((*asked.accept, *asked.keep), None, RULES)
    is_by_hand = not (asked.listed or asked.accept or asked.keep or asked.answers)
    voice = Voice()
    if is_by_hand and not (sys.stdin.isatty() and voice.out.is_terminal):
        raise RequestError(error("there is no terminal to ask for your answers on", hint=_WITHOUT_TERMINAL))
    desk = _Desk(voice, config, asked.files)
    if asked.listed:
        for doubt in desk.doubts():
            typer.echo(doubt_to_line(doubt))
    elif is_by_hand:
        _answer_by_hand(desk)
    else:
        _answer_at_once(desk, asked)


class _Desk:
    """The book whose doubts are answered, and what is said about it."""

    def __init__(self, voice: Voice, config: Config, files: Sequence[str]) -> None:
        self.voice = voice
        self.config = config
        self.files = files
        self.reading, self.sheet = self._read()

    def renew(self) -> None:
        """Read the book by the answers so far."""
        self.reading, self.sheet = self._read()

    def _read(self) -> tuple[Reading, AnswerSheet]:
        with self.voice.progress() as tell:
            reading = read_book(self.config, self.config.settings, tell)
        return reading, AnswerSheet(self.config.folder, reading.answered)

    def doubts(self) -> list[Doubt]:
        """Give the doubts in the files that are meant.

        Raises:
            RequestError: one of the files is not the book's.

        """
        known = {draft.source.path for draft in self.reading.drafts}
        found = doubts_of(self.reading)
        known |= {doubt.file for doubt in found}
        meant = {path for name in self.files for path in self._meant(name, known)}
        return [doubt for doubt in found if not self.files or doubt.file in meant]

    def _meant(self, name: str, known: Iterable[str]) -> Iterator[str]:
        meant = [
            path
            for path in known
            if name in {path, path.rsplit("/", 1)[-1]}
            or Path(name).resolve() == (self.config.folder / path).resolve()
        ]
        if not meant:
            raise RequestError(error(f"there is no file '{name}' in the manuscript"))
        yield from meant

    def save(self, walk: Walk) -> None:
        """Keep the answers so far."""
        self.sheet.save(walk.doubts, walk.given)

    def tell(self, given: int, left: int) -> None:
        """Say how many were answered, and how many are left."""
        if not given and not left:
            self.voice.say("no doubt waits for an answer")
            return
        where = f"; the answers are in {self.config.folder / ANSWERS_FILE}" if given else ""
        self.voice.say(f"{given} answered, {left} left{where}")


def _answer_at_once(desk: _Desk, asked: Asked) -> None:
    """Answer by rule, and by the lines of a file, which are nearer to the doubt."""
    doubts = desk.doubts()
    choices = {**dict.fromkeys(asked.accept, Choice.ACCEPT), **dict.fromkeys(asked.keep, Choice.KEEP)}
    given = {
        number: doubt.answer(choices[doubt.repair.rule])
        for number, doubt in enumerate(doubts)
        if doubt.repair.rule in choices
    }
    walk = Walk(doubts, given | (answers_in(asked.answers, doubts) if asked.answers else {}))
    desk.save(walk)
    desk.tell(len(walk.given), walk.waiting)


def _answer_by_hand(desk: _Desk) -> None:
    """Ask until nothing is left to ask: an answer may raise another doubt."""
    console = Console(highlight=False)
    asked: set[tuple[str, str, int]] = set()
    given = left = 0
    while True:
        doubts = [doubt for doubt in desk.doubts() if doubt.subject not in asked]
        asked.update(doubt.subject for doubt in doubts)
        walk, end = walk_through(console, Walk(doubts), desk.save)
        given, left = given + len(walk.given), left + walk.waiting
        if not walk.given or end is not End.DONE:
            break
        desk.renew()
    desk.tell(given, left)
    if end is End.STOPPED:
        raise typer.Exit(_STOPPED)
