"""The doubts of a book, what the author says to each, and where that is kept."""

import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from bookbuild.config.answers import ANSWERS_FILE, Answer, Choice, answers_to_yaml, load_answers
from bookbuild.errors import Place
from bookbuild.folder import file_inside
from bookbuild.manuscript import natural_key
from bookbuild.reading import Reading
from bookbuild.replacing import replace_file
from bookbuild.rules import RULES
from bookbuild.rules.anchors import Anchors
from bookbuild.rules.answering import Answered
from bookbuild.rules.refusals import WordRow, meets
from bookbuild.rules.repairs import Repair
from bookbuild.source import Source, Span

_NOWHERE = sys.maxsize


@dataclass(frozen=True, slots=True)
class Doubt:
    """A repair that the author is asked about, with the words that name its place."""

    repair: Repair
    at: str
    number: int  # which of the rule's repairs at these words it is; 0 where it is the only one

    @property
    def file(self) -> str:
        """The file that it stands in."""
        return self.repair.span.source.path

    @property
    def subject(self) -> tuple[str, str, int]:
        """What is doubted: the rule, the file, the offset."""
        return self.repair.rule, self.file, self.repair.span.start

    @property
    def others(self) -> tuple[str, ...]:
        """What may be done instead, each once."""
        return tuple(dict.fromkeys(self.repair.others))

    def answer(self, choice: Choice, other: str = "") -> Answer:
        """Write down what the author says to it."""
        return Answer(self.file, self.at, self.repair.rule, choice, other, self.number)


def doubts_of(reading: Reading) -> list[Doubt]:
    """Give the doubts of a book that wait for an answer, in their order; one in a file without words cannot be named."""
    doubtful = [repair for repair in reading.repairs if repair.is_doubtful]
    if not doubtful:
        return []
    anchors = Anchors((draft.source for draft in reading.drafts), reading.repairs)
    desk = _Numbers(reading)
    found = ((repair, anchors.of(repair)) for repair in doubtful)
    return [
        Doubt(repair, anchor.words, 0 if anchor.is_sharp else desk.number(repair, anchor.words))
        for repair, anchor in found
        if anchor
    ]


class _Numbers:
    """Tells the repairs of one rule apart that the same words name."""

    def __init__(self, reading: Reading) -> None:
        self.rows: dict[Source, WordRow] = {}
        self.spans: dict[tuple[str, Source], list[Span]] = {}
        answered = [(one.answer.rule, one.span) for one in reading.answered]
        known = {(rule, span.source, span.start) for rule, span in answered}
        unanswered = (
            (repair.rule, repair.span)
            for repair in reading.repairs
            if (repair.rule, repair.span.source, repair.span.start) not in known
        )
        for rule, span in (*answered, *unanswered):
            self.spans.setdefault((rule, span.source), []).append(span)

    def number(self, repair: Repair, at: str) -> int:
        """Say which of the rule's repairs at some words this one is; 0 where there is no other in its file."""
        source = repair.span.source
        if source not in self.rows:
            self.rows[source] = WordRow(source)
        places = list(self.rows[source].places_of(at))
        named = sorted(
            (span.start, span.end)
            for span in self.spans[repair.rule, source]
            if any(meets(place, span.start, span.end) for place in places)
        )
        return named.index((repair.span.start, repair.span.end)) + 1 if len(named) > 1 else 0


# ---------------------------------------------------------------- the walk


@dataclass(frozen=True, slots=True)
class Walk:
    """How far the author has come through the doubts. Each step gives a new walk that knows the one before it."""

    doubts: Sequence[Doubt]
    given: Mapping[int, Answer] = field(default_factory=dict)  # by the doubt's position
    skipped: frozenset[int] = frozenset()
    before: "Walk | None" = None

    @property
    def position(self) -> int | None:
        """Which doubt is next; None when there is none."""
        waiting = (
            number
            for number in range(len(self.doubts))
            if number not in self.given and number not in self.skipped
        )
        return next(waiting, None)

    @property
    def waiting(self) -> int:
        """How many doubts have no answer."""
        return len(self.doubts) - len(self.given)

    def answer(self, choice: Choice, other: str = "", *, all_like_it: bool = False) -> "Walk":
        """Answer the next doubt, or all of its rule to which the same can be said."""
        given = {
            number: self.doubts[number].answer(choice, other)
            for number in self._meant(all_like_it=all_like_it)
            if choice is not Choice.OTHER or other in self.doubts[number].others
        }
        return replace(self, given={**self.given, **given}, before=self)

    def skip(self, *, all_like_it: bool = False) -> "Walk":
        """Leave the next doubt, or all of its rule, for another day."""
        skipped = self.skipped.union(self._meant(all_like_it=all_like_it))
        return replace(self, skipped=skipped, before=self)

    def undo(self) -> "Walk":
        """Go back to where the author was before."""
        return self.before or self

    def _meant(self, *, all_like_it: bool) -> list[int]:
        at = self.position
        if at is None or not all_like_it:
            return [] if at is None else [at]
        rule = self.doubts[at].repair.rule
        return [
            number
            for number, doubt in enumerate(self.doubts)
            if doubt.repair.rule == rule and number not in self.given and number not in self.skipped
        ]


# ---------------------------------------------------------------- the file


class AnswerSheet:
    """answers.yaml, to which answers are added; what is changed in it by hand meanwhile stays."""

    def __init__(self, folder: Path, answered: Iterable[Answered]) -> None:
        self.folder = folder
        self.places = {one.answer.subject: one.span.start for one in answered}
        self.given: dict[tuple[str, str, str, int], Answer] = {}

    def save(self, doubts: Sequence[Doubt], given: Mapping[int, Answer]) -> None:
        """Write the answers down, in place of those that were given before in this sitting.

        Raises:
            RequestError: somebody has put a fault into the file meanwhile.
            BookError: it cannot be written.

        """
        now = {answer.subject: answer for answer in given.values()}
        if now == self.given:
            return
        self.places |= {answer.subject: doubts[number].repair.span.start for number, answer in given.items()}
        names = [rule.name for rule in RULES]
        old = {answer.subject: answer for answer in load_answers(self.folder, names)}
        kept = {subject: answer for subject, answer in old.items() if subject not in self.given}
        self.given = now
        listed = sorted({**kept, **now}.values(), key=self._order)
        replace_file(self._path(), answers_to_yaml(listed).encode())

    def _path(self) -> Path:
        path = self.folder / ANSWERS_FILE
        return file_inside(self.folder, ANSWERS_FILE, Place(ANSWERS_FILE)) if path.exists() else path

    def _order(self, answer: Answer) -> tuple[object, ...]:
        """By file and place; what has no place any more stands at its file's end."""
        return natural_key(answer.file), self.places.get(answer.subject, _NOWHERE)
