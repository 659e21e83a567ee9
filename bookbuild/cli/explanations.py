"""A rule in words: made from the rule itself, so that what is said of it is what it does."""

import difflib
from collections.abc import Sequence

from bookbuild.errors import RequestError, error
from bookbuild.rules import RULES, rule_named
from bookbuild.rules.rule import Rule


def overview(rules: Sequence[Rule]) -> str:
    """List rules, a line each, in the order in which they run."""
    width = max(len(rule.name) for rule in rules)
    lines = [f"  {rule.name:<{width}}  {rule.why.splitlines()[0]}" for rule in rules]
    return "\n".join([*lines, "", "`bookbuild explain RULE` says more."])


def explanation(name: str) -> str:
    """Explain one rule.

    Raises:
        RequestError: no rule has this name.

    """
    rule = rule_named(name)
    if rule is None:
        names = [one.name for one in RULES]
        near = difflib.get_close_matches(name, names, n=1)
        hint = f"did you mean '{near[0]}'?" if near else "`bookbuild explain` lists the rules"
        raise RequestError(error(f"there is no rule '{name}'", hint=hint))
    return "\n".join(
        (
            rule.name,
            "",
            rule.why,
            *(("Only in English.",) if rule.english_only else ()),
            "",
            "Before:",
            _indented(_visible(rule.example.before)),
            "After:",
            _indented(_visible(rule.example.after)),
            "",
            "To switch it off, in build.yaml:",
            f"    rules: {{{rule.name}: off}}",
            "To refuse it in one file, or at one place, by some words that stand there:",
            f'    rules: {{{rule.name}: {{except-in: [chapter-3.txt], except-at: ["some words"]}}}}',
        )
    )


def _visible(text: str) -> str:
    """Show the characters that do not show."""
    return (
        text.replace("\t", "⇥")
        .replace("\u00a0", "⍽")
        .replace("\u00ad", "[soft hyphen]")
        .replace("\u200b", "[zero-width space]")
    )


def _indented(text: str) -> str:
    return "\n".join(f"    {line}".rstrip() for line in text.split("\n"))
