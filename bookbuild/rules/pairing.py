"""Which marks of a paragraph answer each other: the cheapest way to read all of them together.

A paragraph is read from mark to mark; between two marks it is in a state, the quotations that are open. Each reading of
a mark leads to a state and costs something: by what stands beside the mark (`marks`), and by the state, for a
quotation that is opened twice or closed unopened. The cheapest path wins (Viterbi 1967), and the difference to the
cheapest path on which a mark is turned the other way says how sure that mark is. Both take linear time.
"""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Final, NamedTuple

from bookbuild.edits import Sureness
from bookbuild.rules.evidence import Evidence
from bookbuild.rules.marks import DOUBLE, SINGLE, Role, Token, marks_of

_CERTAIN = 4.5  # how much dearer the other way must be
_LIKELY = 3.0


class Reading(NamedTuple):
    """What a mark does, and how sure that is."""

    token: Token
    role: Role
    margin: float
    fault: str = ""  # in an author's words, what is wrong with the quotation here

    @property
    def at(self) -> int:
        """Where in the text the mark stands."""
        return self.token.at

    @property
    def mark(self) -> str:
        """The mark as print has it."""
        opens, closes = ("“", "”") if self.token.kind == DOUBLE else ("‘", "’")
        return opens if self.role is Role.OPENS else closes

    @property
    def other(self) -> str:
        """The mark that it would be, turned the other way."""
        pair = "“”" if self.token.kind == DOUBLE else "‘’"
        return pair.replace(self.mark, "")

    @property
    def sureness(self) -> Sureness:
        """How sure it is which way the mark is turned."""
        if self.margin >= _CERTAIN:
            return Sureness.CERTAIN
        return Sureness.LIKELY if self.margin >= _LIKELY else Sureness.DOUBTFUL


# ---------------------------------------------------------------- states and steps


class _Step(NamedTuple):
    role: Role
    state: str
    cost: float
    fault: str = ""


_OPENED_TWICE = "this mark opens a quotation inside one"
_NOT_OPEN = "this mark closes a quotation that is not open"
_INNER_OPEN = "this mark closes a quotation, but not the one inside it"
_STATES = ("", '"', "'", "\"'", "'\"", '"\'"', "'\"'")
_Steps = Mapping[tuple[str, str], tuple[_Step, ...]]


def _steps(state: str, kind: str, *, british: bool) -> tuple[_Step, ...]:
    """Give all that a mark of one kind may do when the quotations of `state` are open, outermost first."""
    return (
        *_opening(state, kind, british=british),
        *_closing(state, kind),
        *([_Step(Role.APOSTROPHE, state, 0.0)] if kind == SINGLE else []),
    )


def _opening(state: str, kind: str, *, british: bool) -> list[_Step]:
    if state.endswith(kind):
        return [_Step(Role.OPENS, state, 5.0, _OPENED_TWICE)]
    if len(state) == 3:
        return []
    if kind in state:
        return [_Step(Role.OPENS, state + kind, 1.5)]  # a speech that somebody tells of in a speech
    cost = 0.0
    if kind == SINGLE and not british:
        cost = 0.5 if state else 1.5  # a quotation in a speech; a word that is talked about
    return [_Step(Role.OPENS, state + kind, cost)]


def _closing(state: str, kind: str) -> list[_Step]:
    if state.endswith(kind):
        return [_Step(Role.CLOSES, state[:-1], 0.0)]
    if kind in state:
        return [_Step(Role.CLOSES, state[: state.rindex(kind)], 3.0, _INNER_OPEN)]
    return [_Step(Role.CLOSES, state, 4.0, _NOT_OPEN)]


def _table(*, british: bool) -> _Steps:
    return MappingProxyType(
        {
            (state, kind): _steps(state, kind, british=british)
            for state in _STATES
            for kind in (DOUBLE, SINGLE)
        }
    )


_TABLES: Final = {british: _table(british=british) for british in (False, True)}


def _ending(state: str, *, goes_on: bool) -> float:
    """Say what it costs that a paragraph ends in a state: speech may go on in the next, a word talked about may not."""
    cost = 1.0 if DOUBLE in state else 0.0
    if SINGLE in state:
        cost += 1.0 if goes_on or state.startswith(DOUBLE) else 3.0
    return cost


# ---------------------------------------------------------------- the cheapest path


def read_marks(text: str, evidence: Evidence) -> list[Reading]:
    """Decide about every mark of a paragraph that may open or close; apostrophes inside words are passed over."""
    tokens = list(marks_of(text, evidence))
    if not tokens:
        return []
    british = evidence.speech.single_quotes_first
    table = _TABLES[british]
    goes_on = british or "\n" in text  # a song may close its quotation in another stanza
    ahead = _costs_ahead(tokens, table, {state: _ending(state, goes_on=goes_on) for state in _STATES})
    return _walk(tokens, table, ahead)


def _cost(token: Token, step: _Step) -> float:
    match step.role:
        case Role.OPENS:
            return step.cost + token.opens
        case Role.CLOSES:
            return step.cost + token.closes
        case Role.APOSTROPHE:
            return step.cost + token.apostrophe


def _costs_ahead(
    tokens: Sequence[Token], table: _Steps, ending: Mapping[str, float]
) -> list[Mapping[str, float]]:
    """Give for every mark what the rest of the paragraph costs at least, by the state after it; then the end's."""
    ahead = [ending]
    for token in reversed(tokens):
        rest = ahead[-1]
        ahead.append(
            {
                state: min(_cost(token, step) + rest[step.state] for step in table[state, token.kind])
                for state in _STATES
            }
        )
    ahead.reverse()
    return ahead


def _walk(tokens: Sequence[Token], table: _Steps, ahead: Sequence[Mapping[str, float]]) -> list[Reading]:
    """Walk the cheapest path, and measure at each mark how much dearer the other way is."""
    state, behind, readings = "", {"": 0.0}, []
    least = ahead[0][""]
    for number, token in enumerate(tokens):
        rest = ahead[number + 1]
        chosen = min(table[state, token.kind], key=lambda step: _cost(token, step) + rest[step.state])
        opens = chosen.role is Role.OPENS
        other, reached = float("inf"), dict[str, float]()
        for begin, spent in behind.items():
            for step in table[begin, token.kind]:
                cost = spent + _cost(token, step)
                reached[step.state] = min(cost, reached.get(step.state, cost))
                if (step.role is Role.OPENS) != opens:
                    other = min(other, cost + rest[step.state])
        readings.append(Reading(token, chosen.role, other - least, chosen.fault))
        state, behind = chosen.state, reached
    return readings


def left_open(readings: Sequence[Reading]) -> list[Reading]:
    """Give the marks whose quotations are open at the end, outermost first."""
    opened: list[Reading] = []
    for reading in readings:
        kinds = [one.token.kind for one in opened]
        if reading.role is Role.OPENS:
            if reading.fault:
                opened.pop()  # given up when it was opened twice
            opened.append(reading)
        elif reading.role is Role.CLOSES and reading.token.kind in kinds:
            del opened[len(kinds) - 1 - kinds[::-1].index(reading.token.kind) :]
    return opened
