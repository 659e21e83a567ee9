"""answers.yaml: what the author answered to the doubts, beside build.yaml, which is the author's own.

An answer names its place by the words that stand there, so that it holds when the chapter is exported anew.
"""

import difflib
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path
from typing import Any

import yaml

from bookbuild.config.buildfile import BuildFile, Value, read_build_file
from bookbuild.errors import Finding, Place, RequestError, error
from bookbuild.folder import file_inside

ANSWERS_FILE = "answers.yaml"

_TOP = """\
# The answers to bookbuild's doubts, each with words that stand at its place. `bookbuild fix` writes this file.
# You may change it by hand: answer is accept or keep; instead of it, other names what to do there.
# Comments of your own are not kept.
"""
_EMPTY = "chapter-1.txt:\n      - {at: some words, rule: larger-gap, answer: accept}"
_KEYS = ("at", "rule", "answer", "other", "number")


class Choice(Enum):
    """What an author may say to a doubt."""

    ACCEPT = "accept"  # it is right as it is now
    KEEP = "keep"  # it was right as it was typed
    OTHER = "other"  # something else is to be done there


@dataclass(frozen=True, slots=True)
class Answer:
    """What the author said to a doubt of one rule at one place."""

    file: str
    at: str  # words that stand there, in the file as it is typed
    rule: str
    choice: Choice
    other: str = ""  # the name of what is to be done, where the choice is another thing
    number: int = 0  # which of the rule's doubts at these words, from 1; 0 is all of them
    place: Place | None = field(default=None, compare=False)  # in answers.yaml

    @property
    def subject(self) -> tuple[str, str, str, int]:
        """What is answered, without the answer."""
        return self.file, self.at, self.rule, self.number


# ---------------------------------------------------------------- reading


def load_answers(folder: Path, rules: Collection[str]) -> tuple[Answer, ...]:
    """Read the answers of a book, none where there is no such file; `rules` are the names that rules have.

    Raises:
        RequestError: with every fault in the file, each with line and column.
        BookError: it is a link to a file outside the folder.

    """
    if not (folder / ANSWERS_FILE).is_symlink() and not (folder / ANSWERS_FILE).exists():
        return ()
    path = file_inside(folder, ANSWERS_FILE, Place(ANSWERS_FILE))
    file = read_build_file(path, ANSWERS_FILE, example=_EMPTY)
    faults: list[Finding] = []
    answers = tuple(
        answer
        for name, listed in file.values.items()
        for answer in _answers_of(name, listed, _Form(file, rules, faults))
    )
    faults.extend(_contradictions(answers))
    if faults:
        raise RequestError(*faults)
    return answers


@dataclass(frozen=True, slots=True)
class _Form:
    """What answers are checked against, and where their faults go."""

    file: BuildFile
    rules: Collection[str]
    faults: list[Finding]

    def refuse(self, message: str, *path: str | int, key: bool = False, hint: str = "") -> None:
        place = self.file.key_place(path) if key else self.file.value_place(path)
        self.faults.append(error(message, place, hint=hint))


def _answers_of(name: str, listed: Value, form: _Form) -> Iterator[Answer]:
    if not isinstance(listed, list):
        form.refuse(f"'{name}' needs a list of answers", name, hint=f"write\n    {_EMPTY}")
        return
    for number, item in enumerate(listed):
        known = len(form.faults)
        if not isinstance(item, dict):
            form.refuse("an answer has keys and values", name, number, hint=_EMPTY.split("- ")[1])
            continue
        _check_keys(item, (name, number), form)
        _check_values(item, (name, number), form)
        if len(form.faults) == known:
            yield _answer(name, item, form.file.value_place((name, number)))


def _check_keys(item: dict[str, Value], path: tuple[str, int], form: _Form) -> None:
    for key, value in item.items():
        if key not in _KEYS:
            near = difflib.get_close_matches(key, _KEYS, n=1)
            hint = f"did you mean '{near[0]}'?" if near else f"the keys are {', '.join(_KEYS)}"
            form.refuse(f"unknown key '{key}'", *path, key, key=True, hint=hint)
        elif not isinstance(value, str) and not (key == "other" and value is None):
            form.refuse(f"'{key}' should be text", *path, key)
    for key in ("at", "rule"):
        if key not in item:
            form.refuse(f"the key '{key}' is missing", *path)
    if set(item) <= set(_KEYS) and ("answer" in item) == ("other" in item):
        form.refuse("an answer has either the key 'answer' or the key 'other'", *path)


def _check_values(item: dict[str, Value], path: tuple[str, int], form: _Form) -> None:
    words, rule, answer, number = (item.get(key) for key in ("at", "rule", "answer", "number"))
    if isinstance(words, str) and not any(character.isalnum() for character in words):
        form.refuse("'at' needs words that stand at the place", *path, "at")
    if isinstance(rule, str) and rule not in form.rules:
        near = difflib.get_close_matches(rule, form.rules, n=1)
        hint = f"did you mean '{near[0]}'?" if near else "`bookbuild explain` lists the rules"
        form.refuse(f"there is no rule '{rule}'", *path, "rule", hint=hint)
    if isinstance(answer, str) and answer not in {"accept", "keep"}:
        form.refuse(
            f"'{answer}' is no answer",
            *path,
            "answer",
            hint="accept, or keep; else write other: and its name",
        )
    if isinstance(number, str) and not (number.isascii() and number.isdecimal() and int(number[:9]) > 0):
        form.refuse("'number' should be a number: 1, 2, 3 …", *path, "number")


def _answer(name: str, item: dict[str, Any], place: Place) -> Answer:
    choice = Choice.OTHER if "other" in item else Choice(item["answer"])
    number = int(item.get("number", "0")[:9])
    return Answer(name, item["at"], item["rule"], choice, item.get("other") or "", number, place)


def _contradictions(answers: Iterable[Answer]) -> Iterator[Finding]:
    first: dict[tuple[str, str, str, int], Answer] = {}
    for answer in answers:
        other = first.setdefault(answer.subject, answer)
        if other != answer and other.place:
            yield error(f"this is answered in line {other.place.line} already, otherwise", answer.place)


# ---------------------------------------------------------------- writing


def answers_to_yaml(answers: Iterable[Answer]) -> str:
    """Give the text of answers.yaml. The answers stand in the order in which they come, which is that of their places."""
    files: dict[str, list[dict[str, str | int]]] = {}
    for answer in answers:
        files.setdefault(answer.file, []).append(_item(answer))
    if not files:
        return _TOP
    text = yaml.dump(files, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=10_000)
    return f"{_TOP}\n{text}"


def _item(answer: Answer) -> dict[str, str | int]:
    said = {"other": answer.other} if answer.choice is Choice.OTHER else {"answer": answer.choice.value}
    number = {"number": answer.number} if answer.number else {}
    return {"at": answer.at, "rule": answer.rule, **number, **said}


class _Dumper(yaml.SafeDumper):
    """Writes text plainly, and what does not show as escapes."""


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=None if text.isprintable() else '"')


_Dumper.add_representer(str, _text)
