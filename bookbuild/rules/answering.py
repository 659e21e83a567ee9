"""The author's answers to doubts, as the runner asks for them: which answer is to this edit, and what is done then."""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple, TypeVar

from bookbuild.config.answers import Answer, Choice
from bookbuild.config.keys import RuleSetting
from bookbuild.draft import Draft
from bookbuild.edits import BlockEdit, Doubt, DraftEdit, Edit, Sureness, Unwrap, name_of
from bookbuild.errors import Finding, warning
from bookbuild.rules.refusals import WordRow, meets
from bookbuild.source import Source, Span

AnyEdit = TypeVar("AnyEdit", BlockEdit, DraftEdit)
Stretch = tuple[int, int]
"""From where to where in the source, in characters."""


class Answered(NamedTuple):
    """An edit that an answer was found for, and whether it could be done."""

    answer: Answer
    span: Span
    is_done: bool  # false where what is to be done instead is none of the edit's alternatives


class _Placed(NamedTuple):
    """One of the stretches that the words of an answer name, and the answer."""

    begin: int
    stop: int
    answer: Answer


class _Row:
    """The answers to one rule in one file, by their places."""

    def __init__(self, placed: Iterable[_Placed]) -> None:
        self.placed = sorted(placed, key=lambda one: one[:2])
        self.begins = [one.begin for one in self.placed]
        self.longest = max((one.stop - one.begin for one in self.placed), default=0)

    def near(self, start: int, end: int) -> Iterator[_Placed]:
        """Give those whose stretch a stretch meets."""
        first = bisect_left(self.begins, start - self.longest)
        for one in self.placed[first : bisect_right(self.begins, end)]:
            if meets((one.begin, one.stop), start, end):
                yield one


@dataclass(slots=True)
class Answering:
    """The answers for one file, and what became of them."""

    source: Source
    rows: dict[str, _Row]  # by rule
    answered: list[Answered] = field(default_factory=list)
    kept: list[Stretch] = field(default_factory=list)  # what stays as it was typed, whichever rule comes
    met: Counter[tuple[str, str, str, int]] = field(default_factory=Counter)

    def settle(
        self, rule: str, edits: Iterable[AnyEdit], stretch_of: Callable[[AnyEdit], Stretch]
    ) -> list[AnyEdit]:
        """Give a rule's edits as the author wants them: sure, refused, or another in their place."""
        row = self.rows.get(rule)
        if row is None and not self.kept:
            return list(edits)
        waiting = list(edits)
        settled: dict[int, list[AnyEdit]] = {}
        for number in sorted(range(len(waiting)), key=lambda number: stretch_of(waiting[number])):
            edit, stretch = waiting[number], stretch_of(waiting[number])
            if isinstance(edit, Edit) and any(_overlap(stretch, kept) for kept in self.kept):
                continue
            answer = self._answer_to(row, *stretch) if row else None
            settled[number] = list(self._done(edit, answer, stretch)) if answer else [edit]
        # structure edits in the order in which the rule gave them: the last word on a block holds
        return _apart([edit for number in range(len(waiting)) for edit in settled.get(number, ())])

    def _done(self, edit: AnyEdit, answer: Answer, stretch: Stretch) -> Iterator[AnyEdit]:
        done: AnyEdit | None = None
        if answer.choice is Choice.ACCEPT:
            done = edit
        elif answer.choice is Choice.OTHER:
            done = next((other for other in edit.others if name_of(other) == answer.other), None)
        elif isinstance(edit, Edit):
            self.kept.append(stretch)
        is_done = done is not None or answer.choice is Choice.KEEP
        self.answered.append(Answered(answer, Span(self.source, *stretch), is_done))
        if done is not None:
            yield replace(done, sureness=Sureness.CERTAIN, why=done.why or edit.why)
        elif not is_done:
            yield edit

    def _answer_to(self, row: _Row, start: int, end: int) -> Answer | None:
        """Find the answer to an edit: of those whose words stand there, the one whose middle is nearest."""
        fitting = [one for one in row.near(start, end) if self._is_its_turn(one.answer)]
        nearest = min(fitting, key=lambda one: abs(one.begin + one.stop - start - end), default=None)
        return nearest.answer if nearest else None

    def _is_its_turn(self, answer: Answer) -> bool:
        """Count an edit that the words of a numbered answer name; say whether it is the one that is meant."""
        if not answer.number:
            return True
        self.met[answer.subject] += 1
        return self.met[answer.subject] == answer.number


def answering_for(draft: Draft, answers: Sequence[Answer], files: Sequence[str]) -> Answering:
    """Find the places of the answers for a file: its own, and those for files that are no more among the book's `files`."""
    path = draft.source.path
    own = [answer for answer in answers if answer.file == path or answer.file not in files]
    words = WordRow(draft.source) if own else None
    rows: dict[str, list[_Placed]] = {}
    for answer in own:
        for place in words.places_of(answer.at) if words else ():
            rows.setdefault(answer.rule, []).append(_Placed(*place, answer))
    return Answering(draft.source, {rule: _Row(placed) for rule, placed in rows.items()})


def lost_answers(
    answers: Iterable[Answer], answered: Iterable[Answered], settings: Mapping[str, RuleSetting]
) -> Iterator[Finding]:
    """Report the answers that find no doubt any more, or whose alternative is not offered; a rule that is off has none."""
    done = {one.answer: one.is_done for one in answered}
    for answer in answers:
        if answer.rule in settings and settings[answer.rule].on is False:
            continue
        hint = "answer anew with `bookbuild fix`, or take it out of answers.yaml"
        if answer not in done:
            message = f"{answer.rule}: it has no doubt at the words {answer.at!r} in {answer.file} any more"
            yield warning(message, answer.place, hint=hint)
        elif not done[answer]:
            message = f"{answer.rule}: {answer.other!r} cannot be done at the words {answer.at!r}"
            yield warning(message, answer.place, hint=hint)


def _overlap(one: Stretch, other: Stretch) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _apart(edits: Sequence[AnyEdit]) -> list[AnyEdit]:
    """Leave out an edit of text that would change again what another changes: an alternative may reach further.

    Of two, the one that begins first stays; a rule may yield its edits in any order, which is kept.
    """
    in_the_way: set[int] = set()
    end = -1
    for number in sorted(range(len(edits)), key=lambda number: _start(edits[number])):
        edit = edits[number]
        if isinstance(edit, Edit | Unwrap | Doubt):
            if edit.start < end:
                in_the_way.add(number)
            elif not isinstance(edit, Doubt):
                end = edit.end
    return [edit for number, edit in enumerate(edits) if number not in in_the_way]


def _start(edit: AnyEdit) -> int:
    if isinstance(edit, Edit | Unwrap | Doubt):
        return edit.start
    return 0
