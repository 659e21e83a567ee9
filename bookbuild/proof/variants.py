"""Words that are spelt in two ways, read from spellings.txt."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

_FILE = Path(__file__).with_name("spellings.txt")


class Habit(Enum):
    """Whose choice a pair of spellings is; the values are the headings of the file."""

    SIDE = "British and American"
    BRITISH = "British alone"  # the American word has another sense beside
    AMERICAN = "American alone"
    ISE = "-ise and -ize"  # both are British, but a book has one of them
    EITHER = "Either"  # the author's choice on both sides


@dataclass(frozen=True, slots=True)
class Variant:
    """One word in its spellings, the British one first; of a word of one side alone there is one."""

    spellings: tuple[str, ...]
    habit: Habit


def read_variants() -> tuple[Variant, ...]:
    """Read all words of the file, with every ending."""
    return tuple(dict.fromkeys(_variants(_FILE.read_text("utf-8"))))


def _variants(text: str) -> Iterator[Variant]:
    habit, ends, following = Habit.EITHER, [""], [""]
    for line in text.splitlines():
        if heading := re.fullmatch(r"\[(.+)\]", line):
            habit = Habit(heading[1])
        elif line.startswith(" "):
            for word in line.split():
                spellings = word.split("/") if ends == ["words"] else [word + end for end in ends]
                for after in following:
                    yield Variant(tuple(spelling + after for spelling in spellings), habit)
        elif line and not line.startswith("#"):
            pair, _, after = line.partition(":")
            ends, following = pair.split("/"), [ending.strip("~") for ending in after.split()]
