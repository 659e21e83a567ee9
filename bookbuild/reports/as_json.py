"""A report for programs: JSON of a shape that docs/report.md describes."""

from collections.abc import Iterator
from typing import Any

from bookbuild.errors import Finding
from bookbuild.reports.entries import Entry, Leaf, Report
from bookbuild.reports.json_pieces import json_pieces
from bookbuild.rules import RULES
from bookbuild.source import Source

VERSION = 1
"""Goes up when a field is taken away or changes its meaning; new fields may come without it."""


def report_to_json(report: Report) -> Iterator[str]:
    """Give a report as JSON, in pieces."""
    used = {entry.repair.rule for entry in report.entries}
    told = {
        "format": "bookbuild report",
        "version": VERSION,
        "title": report.title,
        "language": report.language,
        "rules": [{"name": rule.name, "why": rule.why} for rule in RULES if rule.name in used],
        "files": map(_file, report.leaves),
        "findings": map(_finding, report.findings),
    }
    yield from json_pieces(told)
    yield "\n"


def _file(leaf: Leaf) -> dict[str, Any]:
    source = leaf.draft.source
    aside = [
        {
            "kind": block.kind.value,
            "start": _place(source, block.start),
            "end": _place(source, block.end),
            "text": block.text,
        }
        for block in leaf.draft.blocks
        if block.is_set_aside
    ]
    return {"path": leaf.path, "repairs": map(_repair, leaf.entries), "set_aside": aside}


def _repair(entry: Entry) -> dict[str, Any]:
    repair = entry.repair
    return {
        "number": entry.number,
        "id": entry.id,
        "rule": repair.rule,
        "sureness": repair.sureness.value,
        "changes": "nothing" if repair.is_question else "structure" if entry.is_structure else "text",
        "start": _place(repair.span.source, repair.span.start),
        "end": _place(repair.span.source, repair.span.end),
        "before": repair.before,
        "after": repair.after,
        "left": repair.left,
        "right": repair.right,
        "why": repair.why,
        "others": [other for other in repair.others if other],
        "anchor": entry.anchor.words if entry.anchor else None,
        "anchor_is_sharp": bool(entry.anchor and entry.anchor.is_sharp),
        "refuse": entry.refusal,
    }


def _place(source: Source, offset: int) -> dict[str, int]:
    place = source.place(offset)
    return {"line": place.line, "column": place.column, "offset": offset}


def _finding(finding: Finding) -> dict[str, Any]:
    place = finding.place
    return {
        "severity": finding.severity.value,
        "message": finding.message,
        "hint": finding.hint,
        "rule": finding.rule or None,
        "path": place.path if place else None,
        "line": (place.line or None) if place else None,
        "column": (place.column or None) if place else None,
    }
