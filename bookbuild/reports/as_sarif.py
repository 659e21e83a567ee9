"""A report for editors: SARIF 2.1.0 (OASIS), which shows each repair at its line.

A doubt is a warning, what is likely a note; what is certain is for information, which viewers list and do not underline.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any
from urllib.parse import quote

from bookbuild import __version__
from bookbuild.edits import Sureness
from bookbuild.errors import Finding, Severity
from bookbuild.reports.entries import Entry, Report
from bookbuild.reports.json_pieces import json_pieces
from bookbuild.reports.showing import narrowed, shortened, shown, taken_for
from bookbuild.rules import RULES
from bookbuild.rules.repairs import Repair
from bookbuild.rules.rule import Rule
from bookbuild.source import Span

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_BASE = "BOOK"  # the folder that build.yaml stands in; viewers take the folder that is open
_IN_BUILD_FILE = re.compile(
    r"(.+\.ya?ml) \([a-z ]+\)"
)  # a text that stands in build.yaml, such as a dedication
_LONGEST = 60  # characters of what stood there, and of what stands there now
_WEIGHTS = {
    Sureness.DOUBTFUL: {"level": "warning"},
    Sureness.LIKELY: {"level": "note"},
    Sureness.CERTAIN: {"level": "none", "kind": "informational"},
}
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.DOUBT: "warning"}


def report_to_sarif(report: Report) -> Iterator[str]:
    """Give a report as SARIF, in pieces."""
    used = {entry.repair.rule for entry in report.entries} | {finding.rule for finding in report.findings}
    rules = [rule for rule in RULES if rule.name in used]
    numbers = {rule.name: number for number, rule in enumerate(rules)}
    driver = {"name": "bookbuild", "version": __version__, "rules": [_rule(rule) for rule in rules]}
    base = {"description": {"text": "The folder that build.yaml stands in."}}
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "newlineSequences": ["\r\n", "\n", "\r", "\x0b", "\x0c", "\x85", "\u2028", "\u2029"],
        "originalUriBaseIds": {_BASE: base},
        "artifacts": [
            {"location": location, "encoding": "UTF-8"}
            for location in _each_once(_location(leaf.path) for leaf in report.leaves)
        ],
        "results": chain(
            (_result(entry, numbers) for entry in report.entries),
            (_finding(finding, numbers) for finding in report.findings),
        ),
    }
    yield from json_pieces({"$schema": _SCHEMA, "version": "2.1.0", "runs": iter([run])})
    yield "\n"


def _each_once(locations: Iterable[dict[str, str]]) -> Iterable[dict[str, str]]:
    return {location["uri"]: location for location in locations}.values()


def _rule(rule: Rule) -> dict[str, Any]:
    refuse = f"To switch it off, write in build.yaml:\n\nrules: {{{rule.name}: off}}"
    example = f"Before:\n\n{rule.example.before}\n\nAfter:\n\n{rule.example.after}"
    markdown = (
        f"{rule.why}\n\nBefore:\n\n{_fenced(rule.example.before)}\n\nAfter:\n\n{_fenced(rule.example.after)}\n\n"
        f"To switch it off, write in build.yaml:\n\n```yaml\nrules: {{{rule.name}: off}}\n```\n"
    )
    return {
        "id": rule.name,
        "name": "".join(part.capitalize() for part in rule.name.split("-")),
        "shortDescription": {"text": rule.why.splitlines()[0]},
        "fullDescription": {"text": rule.why},
        "help": {"text": f"{rule.why}\n\n{example}\n\n{refuse}", "markdown": markdown},
        "defaultConfiguration": {"level": "note"},
    }


def _fenced(text: str) -> str:
    return f"```text\n{text}\n```"


def _result(entry: Entry, numbers: dict[str, int]) -> dict[str, Any]:
    repair = entry.repair
    result = {
        "ruleId": repair.rule,
        "ruleIndex": numbers[repair.rule],
        **_WEIGHTS[repair.sureness],
        "message": {"text": _plain(f"{_told(repair)}: {repair.why}")},
        "locations": [{"physicalLocation": _physical(repair.span)}],
        "fingerprints": {"bookbuild/v1": entry.id},
        "properties": {
            "sureness": repair.sureness.value,
            "before": repair.before,
            "after": repair.after,
            "others": [other for other in repair.others if other],
            "refuse": entry.refusal,
        },
    }
    return {**result, "fixes": [_fix(entry)]} if _can_be_typed(entry) else result


def _told(repair: Repair) -> str:
    if repair.is_question or taken_for(repair):
        return f"{taken_for(repair)} “{shortened(shown(repair.before), _LONGEST)}”".strip()
    _, before, after, _ = narrowed("", repair.before, repair.after, "")
    return f"“{shortened(shown(before), _LONGEST)}” → “{shortened(shown(after), _LONGEST)}”"


def _plain(text: str) -> str:
    """Escape what would be a placeholder or a link in a message (SARIF 2.1.0, sections 3.11.5 and 3.11.6)."""
    text = text.replace("{", "{{").replace("}", "}}")
    return text.replace("[", "\\[").replace("]", "\\]") if "](" in text else text


def _can_be_typed(entry: Entry) -> bool:
    """Whether the repair can be made in the manuscript itself: what it replaced stands there as it is."""
    repair = entry.repair
    is_there = repair.span.text == repair.before and not _IN_BUILD_FILE.fullmatch(repair.span.source.path)
    return is_there and not repair.is_question and not entry.is_structure


def _fix(entry: Entry) -> dict[str, Any]:
    span = entry.repair.span
    replacement = {
        "deletedRegion": _region(span),
        **({"insertedContent": {"text": entry.repair.after}} if entry.repair.after else {}),
    }
    change = {"artifactLocation": _location(span.source.path), "replacements": [replacement]}
    return {"description": {"text": "Make this repair in the manuscript"}, "artifactChanges": [change]}


def _physical(span: Span) -> dict[str, Any]:
    location = {"artifactLocation": _location(span.source.path)}
    if _IN_BUILD_FILE.fullmatch(span.source.path):
        return location  # its lines are not those of the file
    return {**location, "region": _region(span)}


def _region(span: Span) -> dict[str, int]:
    start, end = span.place, span.source.place(span.end)
    return {
        "startLine": start.line,
        "startColumn": start.column,
        "endLine": end.line,
        "endColumn": end.column,
        "charOffset": span.start,
        "charLength": span.end - span.start,
    }


def _location(path: str) -> dict[str, str]:
    in_build_file = _IN_BUILD_FILE.fullmatch(path)
    return {"uri": quote(in_build_file[1] if in_build_file else path), "uriBaseId": _BASE}


def _finding(finding: Finding, numbers: dict[str, int]) -> dict[str, Any]:
    hint = f" ({finding.hint})" if finding.hint else ""
    result: dict[str, Any] = {
        "level": _LEVELS[finding.severity],
        "message": {"text": _plain(f"{finding.message}{hint}")},
    }
    if finding.rule in numbers:
        result |= {"ruleId": finding.rule, "ruleIndex": numbers[finding.rule]}
    if finding.place:
        line, column = finding.place.line, finding.place.column
        region = {"startLine": line, "startColumn": max(column, 1)} if line else None
        physical = {"artifactLocation": _location(finding.place.path)}
        result["locations"] = [{"physicalLocation": physical | ({"region": region} if region else {})}]
    return result
