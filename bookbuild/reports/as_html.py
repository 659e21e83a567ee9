"""A report as one page for the browser, without outside parts: the text as it is now, with every repair marked in it.

Nothing of the manuscript becomes markup or script: the template escapes all, the cards are made from JSON by text alone, and
the page's own policy (CSP) lets no other style or script run.
"""

import base64
import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any, NamedTuple

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from bookbuild.draft import HEADINGS, Block, Kind, MarkKind
from bookbuild.edits import Sureness
from bookbuild.reports.entries import Entry, Leaf, Report
from bookbuild.reports.showing import harmless, narrowed, shortened, shown, taken_for
from bookbuild.reports.stretches import Stretch, stretches
from bookbuild.rules import RULES

_FOLDER = Path(__file__).parent / "templates"
_LONGEST = 400  # characters of a repair's text on its card
_CHUNK = 16  # blocks that a browser lays out together, once they come near the window
_SURENESSES = tuple(Sureness)
_MEANINGS = {
    Sureness.CERTAIN: "wrong less than once in ten thousand",
    Sureness.LIKELY: "worth a look",
    Sureness.DOUBTFUL: "only you can say",
}
_TAGS = {Kind.LABEL: "h3", Kind.TITLE: "h3", Kind.SUBHEADING: "h4"}
_STYLES = {MarkKind.EMPHASIS: "em", MarkKind.STRONG: "strong"}


def report_to_html(report: Report) -> Iterator[str]:
    """Give a report as a page, in pieces."""
    style, script = ((_FOLDER / name).read_text("utf-8") for name in ("report.css", "report.js"))
    entries = report.entries
    names = Counter(entry.repair.rule for entry in entries)
    sure = Counter(entry.repair.sureness for entry in entries)
    return _TEMPLATES.get_template("report.html").generate(
        title=harmless(report.title),
        language=report.language,
        counted=_counted(entries),
        rules=[(rule, names[rule.name]) for rule in RULES if rule.name in names],
        surenesses=[(one.value, _MEANINGS[one], sure[one]) for one in _SURENESSES],
        leaves=[_leaf(leaf) for leaf in report.leaves if leaf.draft.blocks],
        findings=report.findings,
        data=Markup(_data(report)),  # noqa: S704 (no character in it could end the element)
        style=Markup(style),  # noqa: S704 (ours)
        script=Markup(script),  # noqa: S704 (ours)
        style_hash=_hash(style),
        script_hash=_hash(script),
    )


_TEMPLATES = Environment(
    loader=FileSystemLoader(_FOLDER),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


def _hash(text: str) -> Markup:
    """Name a text as a content security policy does (CSP 3, section 2.3.1)."""
    digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
    return Markup(f"sha256-{digest}")  # noqa: S704 (base64)


def _counted(entries: Sequence[Entry]) -> str:
    doubts = sum(entry.repair.is_doubtful for entry in entries)
    done = sum(not entry.repair.is_question for entry in entries)
    return f"{done:,} repair{'s' * (done != 1)}, {doubts:,} doubt{'s' * (doubts != 1)}"


# ---------------------------------------------------------------- the text


class _Block(NamedTuple):
    tag: str
    kind: str
    line: int
    label: str
    is_set_aside: bool
    chips: Sequence[dict[str, Any]]
    pieces: Sequence[dict[str, Any]]


class _Group(NamedTuple):
    name: str
    blocks: Sequence[_Block]


def _leaf(leaf: Leaf) -> dict[str, Any]:
    heading = " – ".join(block.text for block in leaf.draft.blocks if block.kind in HEADINGS)
    return {
        "path": leaf.path,
        "name": harmless(shortened(heading, 60)) or leaf.path.rsplit("/", 1)[-1],
        "count": len(leaf.entries),
        "doubts": sum(entry.repair.is_doubtful for entry in leaf.entries),
        "chunks": _chunks(_groups(leaf)),
    }


def _groups(leaf: Leaf) -> Iterator[_Group]:
    by_block: dict[int, list[Entry]] = {}
    for entry in leaf.entries:
        if entry.spot:
            by_block.setdefault(entry.spot.block, []).append(entry)
    numbered = enumerate(leaf.draft.blocks)
    for group, members in groupby(numbered, key=lambda item: item[1].group):
        blocks = [_block(leaf, block, by_block.get(number, [])) for number, block in members]
        yield _Group(group.kind.value if group else "", blocks)


def _chunks(groups: Iterable[_Group]) -> Iterator[list[_Group]]:
    chunk: list[_Group] = []
    for group in groups:
        pieces = [group]
        if not group.name:  # a group that is shown as one stays whole
            starts = range(0, len(group.blocks), _CHUNK)
            pieces = [_Group("", group.blocks[start : start + _CHUNK]) for start in starts]
        for piece in pieces:
            chunk.append(piece)
            if sum(len(one.blocks) for one in chunk) >= _CHUNK:
                yield chunk
                chunk = []
    if chunk:
        yield chunk


def _block(leaf: Leaf, block: Block, entries: Sequence[Entry]) -> _Block:
    kind = "label-line" if block.kind is Kind.LABEL else block.kind.value.replace(" ", "-")
    label = f"set aside: {block.kind.value}" if block.is_set_aside else ""
    chips = [
        {"number": one.number, "rule": one.repair.rule, "sureness": one.repair.sureness.value}
        for one in entries
        if one.is_structure
    ]
    pieces = [
        _piece(stretch) for stretch in stretches(block, [one for one in entries if not one.is_structure])
    ]
    line = leaf.draft.source.place(block.start).line
    return _Block(_TAGS.get(block.kind, "p"), kind, line, label, block.is_set_aside, chips, pieces)


def _piece(stretch: Stretch) -> dict[str, Any]:
    least = max((_SURENESSES.index(entry.repair.sureness) for entry in stretch.entries), default=0)
    return {
        "text": harmless(stretch.text),
        "numbers": " ".join(str(entry.number) for entry in stretch.entries),
        "sureness": _SURENESSES[least].value,
        "before": [
            shortened(shown(entry.repair.before), _LONGEST)
            for entry in stretch.begins
            if entry.repair.before and not entry.repair.is_question
        ],
        "style": _STYLES[stretch.mark] if stretch.mark else "",
    }


# ---------------------------------------------------------------- the cards


def _data(report: Report) -> str:
    rules = {rule.name: rule.why for rule in RULES if any(e.repair.rule == rule.name for e in report.entries)}
    files = [leaf.path for leaf in report.leaves]
    reasons: dict[str, int] = {}
    told = {
        "counted": _counted(report.entries),
        "rules": list(rules.items()),
        "files": files,
        "repairs": [
            _card(entry, number, list(rules).index(entry.repair.rule), reasons, rules[entry.repair.rule])
            for number, leaf in enumerate(report.leaves)
            for entry in leaf.entries
        ],
        "reasons": list(reasons),
    }
    text = json.dumps(told, ensure_ascii=False, separators=(",", ":"))
    for character in "<>&\u2028\u2029":  # so that no text of it ends the element that it stands in
        text = text.replace(character, f"\\u{ord(character):04x}")
    return text


def _card(entry: Entry, file: int, rule: int, reasons: dict[str, int], rule_why: str) -> list[Any]:
    repair, place = entry.repair, entry.repair.span.place
    left, before, after, right = narrowed(repair.left, repair.before, repair.after, repair.right)
    taken = taken_for(repair)
    if taken:
        left, before, after, right = repair.left, repair.before, repair.after, repair.right
    return [
        file,
        rule,
        _SURENESSES.index(repair.sureness),
        place.line,
        place.column,
        harmless(left),
        shortened(shown(before), _LONGEST),
        "" if taken else shortened(shown(after), _LONGEST),
        harmless(right),
        0 if repair.why == rule_why else reasons.setdefault(repair.why, len(reasons) + 1),
        [shown(other) for other in repair.others if other],
        entry.anchor.words if entry.anchor else "",
        int(bool(entry.anchor and entry.anchor.is_sharp)),
        taken,
        int(repair.is_question),
    ]
