"""A rule, a check or an objection in words, made from itself, so that what is said of it is what it does."""

import difflib

from bookbuild.errors import RequestError, error
from bookbuild.preflight import OBJECTIONS, objection_named
from bookbuild.preflight.objection import Objection
from bookbuild.proof import PROOFS, check_named
from bookbuild.proof.check import Check
from bookbuild.rules import RULES, rule_named
from bookbuild.rules.rule import Rule


def overview() -> str:
    """List the rules, a line each, in the order in which they run, the checks and the objections."""
    groups = (("", RULES), (_OF_PROOF, PROOFS), (_OF_STORES, OBJECTIONS))
    width = max(len(one.name) for _, group in groups for one in group)
    lines: list[str] = []
    for head, group in groups:
        lines += [head, ""] * bool(head)
        lines += [f"  {one.name:<{width}}  {one.why.splitlines()[0]}" for one in group] + [""]
    return "\n".join([*lines, "`bookbuild explain NAME` says more."])


_OF_PROOF = "What `bookbuild proof` asks about:"
_OF_STORES = "What stores and readers object to in a finished EPUB:"


def explanation(name: str) -> str:
    """Explain one rule, check or objection.

    Raises:
        RequestError: none has this name.

    """
    if rule := rule_named(name):
        return _rule(rule)
    if check := check_named(name):
        return _check(check)
    if objection := objection_named(name):
        return _objection(objection)
    names = [one.name for group in (RULES, PROOFS, OBJECTIONS) for one in group]
    near = difflib.get_close_matches(name, names, n=1)
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


def _objection(objection: Objection) -> str:
    return "\n".join(
        (
            objection.name,
            "",
            objection.why,
            "",
            f"{'Refused' if objection.refuses else 'Spoilt'} by: {', '.join(objection.by)}",
            f"The way out: {objection.remedy}",
            f"Source: {objection.source}",
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
