"""A rule or a check in words: made from itself, so that what is said of it is what it does."""

import difflib

from bookbuild.errors import RequestError, error
from bookbuild.proof import PROOFS, check_named
from bookbuild.proof.check import Check
from bookbuild.rules import RULES, rule_named
from bookbuild.rules.rule import Rule


def overview() -> str:
    """List the rules, a line each, in the order in which they run, and the checks."""
    named = [*((rule.name, rule.why) for rule in RULES), *((check.name, check.why) for check in PROOFS)]
    width = max(len(name) for name, _ in named)
    lines = [f"  {name:<{width}}  {why.splitlines()[0]}" for name, why in named]
    said = "What `bookbuild proof` asks about:"
    return "\n".join(
        [*lines[: len(RULES)], "", said, "", *lines[len(RULES) :], "", "`bookbuild explain NAME` says more."]
    )


def explanation(name: str) -> str:
    """Explain one rule or check.

    Raises:
        RequestError: none has this name.

    """
    if rule := rule_named(name):
        return _rule(rule)
    if check := check_named(name):
        return _check(check)
    near = difflib.get_close_matches(
        name, [*(rule.name for rule in RULES), *(check.name for check in PROOFS)], n=1
    )
    hint = f"did you mean '{near[0]}'?" if near else "`bookbuild explain` lists them"
    raise RequestError(error(f"there is no rule or check '{name}'", hint=hint))


def _rule(rule: Rule) -> str:
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
            *_refusals("rules", rule.name),
        )
    )


def _check(check: Check) -> str:
    return "\n".join(
        (
            check.name,
            "",
            check.why,
            *(("Only in English.",) if check.english_only else ()),
            "",
            "In this text:",
            _indented(_visible(check.example.text)),
            "it asks:",
            _indented(check.example.asked),
            "",
            *_refusals("proof", check.name),
        )
    )


def _refusals(key: str, name: str) -> tuple[str, ...]:
    return (
        "To switch it off, in build.yaml:",
        f"    {key}: {{{name}: off}}",
        "To refuse it in one file, or at one place, by some words that stand there:",
        f'    {key}: {{{name}: {{except-in: [chapter-3.txt], except-at: ["some words"]}}}}',
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
