"""Doubts as lines for scripts: each says `skip`, and with another word in its place it is an answer."""

import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from textwrap import shorten

from bookbuild.cli.fix_screen import named
from bookbuild.config.answers import Answer, Choice
from bookbuild.doubts import Doubt
from bookbuild.errors import Finding, Place, RequestError, error

_CHOICES = {choice.value[0]: choice for choice in Choice} | {choice.value: choice for choice in Choice}
_SHOWN = 80  # characters of the text that a doubt is about
_SKIP = ("skip", "s")
_LINE = re.compile(
    r"(?P<choice>[a-z]+)(?:[ \t]+(?P<other>\d{1,3}))?[ \t]+(?P<place>\S.*?:\d+:\d+)[ \t]+(?P<rule>[a-z-]+)(?:[ \t].*)?"
)


def doubt_to_line(doubt: Doubt) -> str:
    """Give a doubt as a line: the word `skip`, its place and its rule; the rest says what it is about."""
    repair = doubt.repair
    others = "".join(f"; other {number}: {named(other)}" for number, other in enumerate(doubt.others, 1))
    told = " ".join(f"{repair.why}: …{shorten(repair.became, _SHOWN, placeholder='')}…{others}".split())
    return f"skip {repair.span.place} {repair.rule}  # {told}"


def answers_in(file: Path, doubts: Sequence[Doubt]) -> dict[int, Answer]:
    """Read answers from lines, by the positions of the doubts that they are to; `-` is standard input.

    Raises:
        RequestError: with every line that is no answer, or whose doubt is not there.

    """
    name = "standard input" if str(file) == "-" else str(file)
    try:
        text = sys.stdin.read() if str(file) == "-" else file.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as fault:
        raise RequestError(error("cannot be read as text", Place(name))) from fault
    waiting: dict[tuple[str, str], list[int]] = {}
    for number, doubt in enumerate(doubts):
        waiting.setdefault((str(doubt.repair.span.place), doubt.repair.rule), []).append(number)
    given: dict[int, Answer] = {}
    faults: list[Finding] = []
    for line, match in _matches(text, name, faults):
        numbers = waiting.get((match["place"], match["rule"]))
        if not numbers:
            faults.append(error("there is no such doubt", line, hint="`bookbuild fix --list` lists them"))
            continue
        number = numbers.pop(0)
        answer = _answer(match, doubts[number], line, faults)
        given |= {number: answer} if answer else {}
    if faults:
        raise RequestError(*faults)
    return given


def _matches(text: str, name: str, faults: list[Finding]) -> Iterator[tuple[Place, re.Match[str]]]:
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        match = _LINE.fullmatch(line.strip())
        if match and (match["choice"] in _CHOICES or match["choice"] in _SKIP):
            yield Place(name, number), match
        else:
            hint = "write accept, keep, other 1 or skip, then the place and the rule, as `bookbuild fix --list` does"
            faults.append(error("this is no answer", Place(name, number), hint=hint))


def _answer(match: re.Match[str], doubt: Doubt, line: Place, faults: list[Finding]) -> Answer | None:
    if match["choice"] in _SKIP:
        return None
    choice = _CHOICES[match["choice"]]
    if choice is not Choice.OTHER:
        return doubt.answer(choice)
    number = int(match["other"] or "1")
    if not 0 < number <= len(doubt.others):
        faults.append(error(f"there is no other {number} at this doubt", line))
        return None
    return doubt.answer(choice, doubt.others[number - 1])
