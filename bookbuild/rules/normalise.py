"""The one runner of rules: applies their edits in order, records each as a Repair, and lets no word be lost."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from textwrap import shorten

from bookbuild.config.keys import RuleSetting
from bookbuild.draft import Block, Draft, Kind
from bookbuild.edits import (
    BlockEdit,
    Doubt,
    DraftEdit,
    Join,
    Retype,
    Rewrite,
    Split,
    Sureness,
    edit_block,
    edit_draft,
)
from bookbuild.errors import Finding, Severity
from bookbuild.rules import RULES
from bookbuild.rules.evidence import Evidence
from bookbuild.rules.refusals import Scope, scope_of
from bookbuild.rules.rule import Rule
from bookbuild.source import Span
from bookbuild.words import keys

_SHOWN = 60  # characters of the text that a doubt is about
_CONTEXT = 12  # characters of context on both sides of a repair


@dataclass(frozen=True, slots=True)
class Repair:
    """One thing that a rule changed: which rule, where, what stood there, what stands there now, why, how sure."""

    rule: str
    span: Span
    before: str
    after: str
    why: str
    sureness: Sureness


@dataclass(frozen=True, slots=True)
class Normalised:
    """A file as the rules leave it."""

    draft: Draft
    repairs: tuple[Repair, ...]
    findings: tuple[Finding, ...]


@dataclass(slots=True)
class _Ledger:
    """What the runner writes down as it goes."""

    repairs: list[Repair] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    def enter(self, repair: Repair) -> None:
        if repair.before != repair.after:
            self.repairs.append(repair)
        if repair.sureness is Sureness.DOUBTFUL:
            message = f"{repair.why}: …{shorten(repair.after, _SHOWN, placeholder='')}…"
            self.findings.append(Finding(Severity.DOUBT, message, repair.span.place, rule=repair.rule))

    def word_changed(self, rule: Rule, span: Span) -> None:
        """Tell of a rule that would change a word: a fault of ours, so it is not applied there."""
        message = "this rule would have changed a word here, so it was not applied"
        hint = f"please report it; `rules: {{{rule.name}: off}}` silences it"
        self.findings.append(Finding(Severity.WARNING, message, span.place, hint, rule.name))


def normalise(
    draft: Draft,
    evidence: Evidence,
    settings: Mapping[str, RuleSetting],
    rules: Sequence[Rule] = RULES,
) -> Normalised:
    """Run the rules over one file, in their order."""
    ledger = _Ledger()
    for rule in rules:
        scope = scope_of(rule, draft, settings, english=evidence.is_english)
        if scope.is_idle:
            continue
        if rule.structure:
            edits = [edit for edit in rule.structure(draft, evidence) if scope.allows(*_stretch(draft, edit))]
            draft = _edit_structure(rule, draft, edits, ledger)
        else:
            draft = _edit_prose(rule, draft, evidence, scope, ledger)
    return Normalised(draft, tuple(ledger.repairs), tuple(ledger.findings))


# ---------------------------------------------------------------- structure


def _edit_structure(rule: Rule, draft: Draft, edits: Sequence[DraftEdit], ledger: _Ledger) -> Draft:
    if not edits:
        return draft
    edited = edit_draft(draft, edits)
    if _draft_keys(edited) != _draft_keys(draft):
        ledger.word_changed(rule, draft.span(*_stretch(draft, edits[0])))
        return draft
    for edit in edits:
        ledger.enter(_structure_repair(rule, draft, edit))
    return edited


def _stretch(draft: Draft, edit: DraftEdit) -> tuple[int, int]:
    """Say which stretch of the source an edit is about."""
    match edit:
        case Split(number, start, end):
            block = draft.blocks[number]
            return block.offset(start), block.offset(end)
        case Rewrite(number):
            return draft.blocks[number].start, draft.blocks[number].end
        case Retype(first, last) | Join(first, last):
            return draft.blocks[first].start, draft.blocks[last].end


def _structure_repair(rule: Rule, draft: Draft, edit: DraftEdit) -> Repair:
    span = draft.span(*_stretch(draft, edit))
    match edit:
        case Split(number, start, end):
            text = draft.blocks[number].text
            left, right = text[max(start - _CONTEXT, 0) : start], text[end : end + _CONTEXT]
            before, after = left + text[start:end] + right, f"{left} ¶ {right}"
        case Rewrite(number, changes):
            before = draft.blocks[number].text
            after = edit_block(draft.blocks[number], changes).text.replace("\n", " / ")
        case Join(first, last, glues):
            texts = [block.text for block in draft.blocks[first : last + 1]]
            before = " ¶ ".join(texts)
            after = "".join(map(str.__add__, ("", *glues), texts)).replace("\n", " / ")
        case Retype(first, last, kind, group):
            before = " ¶ ".join(block.text.strip() for block in draft.blocks[first : last + 1])
            become = kind.value if kind else group.kind.value if group else ""
            after = f"[{become}] {before}" if become else before
    return Repair(rule.name, span, before, after, edit.why or rule.why, edit.sureness)


def _draft_keys(draft: Draft) -> list[str]:
    return [key for block in draft.blocks for key in keys(block.text)]


# ---------------------------------------------------------------- prose


def _edit_prose(rule: Rule, draft: Draft, evidence: Evidence, scope: Scope, ledger: _Ledger) -> Draft:
    assert rule.prose  # noqa: S101 (the caller looked)
    blocks = list(draft.blocks)
    for number, block in enumerate(blocks):
        if block.is_set_aside or block.kind is Kind.BREAK:
            continue
        found = rule.prose(block, evidence)
        edits = [edit for edit in found if scope.allows(block.offset(edit.start), block.offset(edit.end))]
        if not edits:
            continue
        edited = edit_block(block, [edit for edit in edits if not isinstance(edit, Doubt)])
        if edited.text != block.text and keys(edited.text) != keys(block.text):
            ledger.word_changed(rule, draft.span(block.start, block.end))
            continue
        blocks[number] = edited
        for repair in _prose_repairs(rule, draft, block, edits):
            ledger.enter(repair)
    return replace(draft, blocks=tuple(blocks))


def _prose_repairs(rule: Rule, draft: Draft, block: Block, edits: Iterable[BlockEdit]) -> Iterator[Repair]:
    for edit in edits:
        span = draft.span(block.offset(edit.start), block.offset(edit.end))
        left = block.text[max(edit.start - _CONTEXT, 0) : edit.start]
        right = block.text[edit.end : edit.end + _CONTEXT]
        old = block.text[edit.start : edit.end]
        new = (
            old
            if isinstance(edit, Doubt)
            else edit_block(_cut(block, edit), [replace(edit, start=0, end=len(old))]).text
        )
        yield Repair(
            rule.name, span, left + old + right, left + new + right, edit.why or rule.why, edit.sureness
        )


def _cut(block: Block, edit: BlockEdit) -> Block:
    return replace(block, text=block.text[edit.start : edit.end], marks=())
