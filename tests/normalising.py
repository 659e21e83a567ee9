"""Run rules over a text, as a whole book of one chapter."""

from bookbuild.readers.plain_text import read_plain_text
from bookbuild.rules import RULES
from bookbuild.rules.normalise import Normalised
from bookbuild.rules.rule import Rule
from bookbuild.rules.understand import About, Copy, understand
from bookbuild.source import Source

TITLE = "The Salt Road"


def normalised(text: str, rules: tuple[Rule, ...] = RULES, language: str = "en") -> Normalised:
    """Normalise a text by some rules."""
    draft = read_plain_text(Source("chapter.txt", text))
    return understand([Copy(draft, rules)], About(language, TITLE))[0]


def up_to(name: str) -> tuple[Rule, ...]:
    """Give the rules before one in the running order, and itself."""
    names = [rule.name for rule in RULES]
    return RULES[: names.index(name) + 1]


def only(name: str) -> tuple[Rule, ...]:
    """Give one rule alone."""
    return tuple(rule for rule in RULES if rule.name == name)
