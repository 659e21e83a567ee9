"""The one runner of rules: applies their edits in order, records each as a Repair, and lets no word be lost."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import NamedTuple

from bookbuild.config.keys import RuleSetting
from bookbuild.draft import Block, Draft, Kind, Rewording
from bookbuild.edits import BlockEdit, Doubt, DraftEdit, Edit, Retype, Rewrite, Unwrap
from bookbuild.errors import Finding, Severity
from bookbuild.galley import edit_block, edit_draft
from bookbuild.rules import RULES
from bookbuild.rules.answering import Answered, Answering
from bookbuild.rules.evidence import Evidence
from bookbuild.rules.refusals import Scope, scope_of
from bookbuild.rules.repairs import Repair, prose_repairs, stretch_of, structure_repair
from bookbuild.rules.rule import Rule
from bookbuild.source import Span
from bookbuild.words import keys


@dataclass(frozen=True, slots=True)
class Normalised:
    """A file as the rules leave it."""

    draft: Draft
    repairs: tuple[Repair, ...]
    findings: tuple[Finding, ...]
    answered: tuple[Answered, ...] = ()  # by the author


@dataclass(slots=True)
class _Ledger:
    """What the runner writes down as it goes."""

    repairs: list[Repair] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    def enter(self, repair: Repair) -> None:
        if not repair.is_question or repair.is_doubtful:
            self.repairs.append(repair)
        if repair.is_doubtful:
            self.findings.append(repair.finding())

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
    answering: Answering | None = None,
) -> Normalised:
    """Run the rules over one file, in their order, as the author wants them."""
    ledger = _Ledger()
    answering = answering or Answering(draft.source, {})
    for rule in rules:
        scope = scope_of(rule, draft, settings, english=evidence.is_english)
        if scope.is_idle:
            continue
        if rule.structure:
            edits = [
                edit for edit in rule.structure(draft, evidence) if scope.allows(*stretch_of(draft, edit))
            ]
            settled = answering.settle(rule.name, edits, partial(stretch_of, draft))
            draft = _edit_structure(rule, draft, settled, ledger)
        else:
            draft = _edit_prose(rule, draft, evidence, _Desk(scope, answering, ledger))
    return Normalised(draft, tuple(ledger.repairs), tuple(ledger.findings), tuple(answering.answered))


# ---------------------------------------------------------------- structure


def _edit_structure(rule: Rule, draft: Draft, edits: Sequence[DraftEdit], ledger: _Ledger) -> Draft:
    if not edits:
        return draft
    edited = edit_draft(draft, edits)
    if rule.rewords:
        edited = replace(edited, rewordings=_together(draft.rewordings, _rewritten(draft, edits)))
    touches_text = not rule.rewords and not all(isinstance(edit, Retype) for edit in edits)
    if touches_text and _draft_keys(edited) != _draft_keys(draft):
        ledger.word_changed(rule, draft.span(*stretch_of(draft, edits[0])))
        return draft
    for edit in edits:
        ledger.enter(structure_repair(rule, draft, edit))
    return edited


def _rewritten(draft: Draft, edits: Sequence[DraftEdit]) -> list[Rewording]:
    """Declare the blocks that a rule rewrites, each as a whole."""
    return [
        Rewording(*stretch_of(draft, edit), edit_block(draft.blocks[edit.block], edit.edits).text)
        for edit in edits
        if isinstance(edit, Rewrite)
    ]


def _draft_keys(draft: Draft) -> list[str]:
    return [key for block in draft.blocks for key in keys(block.text)]


# ---------------------------------------------------------------- prose


class _Desk(NamedTuple):
    """Where a rule's edits of text go: past what was refused and what was answered, into the ledger."""

    scope: Scope
    answering: Answering
    ledger: _Ledger

    def settled(self, rule: Rule, block: Block, edits: Iterable[BlockEdit]) -> list[BlockEdit]:
        """Give the edits of a block that the author allows, as they are wanted."""

        def stretch(edit: BlockEdit) -> tuple[int, int]:
            return block.offset(edit.start), block.offset(edit.end)

        allowed = [edit for edit in edits if self.scope.allows(*stretch(edit))]
        return self.answering.settle(rule.name, allowed, stretch) if allowed else allowed


def _edit_prose(rule: Rule, draft: Draft, evidence: Evidence, desk: _Desk) -> Draft:
    assert rule.prose  # noqa: S101 (the caller looked)
    blocks = list(draft.blocks)
    rewordings: list[Rewording] = []  # of this rule; those of one block do not meet those of another
    for number, block in enumerate(blocks):
        if block.is_set_aside or block.kind is Kind.BREAK:
            continue
        edits = desk.settled(rule, block, rule.prose(block, evidence))
        if not edits:
            continue
        changes = [edit for edit in edits if not isinstance(edit, Doubt)]
        edited = edit_block(block, changes)
        declared: list[Rewording] = []
        if edited.text != block.text and keys(edited.text) != keys(block.text):
            declared = _declared(rule, block, changes, draft.rewordings)
            if not declared:
                desk.ledger.word_changed(rule, draft.span(block.start, block.end))
                continue
        blocks[number] = edited
        rewordings.extend(declared)
        for repair in prose_repairs(rule, draft, block, edits):
            desk.ledger.enter(repair)
    return replace(draft, blocks=tuple(blocks), rewordings=_together(draft.rewordings, rewordings))


def _declared(
    rule: Rule, block: Block, changes: Sequence[Edit | Unwrap], earlier: Sequence[Rewording]
) -> list[Rewording]:
    """Declare the words that a rule changes, each with the whole run of letters that it stands in; none when it may not."""
    if not rule.rewords:
        return []
    declared: list[Rewording] = []
    for edit in sorted(changes, key=lambda edit: edit.start):
        start, end = _whole_words(block.text, edit.start, edit.end)
        match edit:
            case Edit(new=new):
                pass
            case Unwrap(inner=inner):
                new = block.text[slice(*inner)]
        text = block.text[start : edit.start] + new + block.text[edit.end : end]
        begin, stop = block.offset(start), block.offset(end)
        before = bisect_left(earlier, begin, key=lambda old: old.start) - 1
        last = bisect_left(earlier, stop, key=lambda old: old.start) - 1
        cut = (before >= 0 and earlier[before].end > begin) or (last >= 0 and earlier[last].end > stop)
        if cut or (declared and declared[-1].end > begin):
            return []  # it shares a word with another
        if declared and declared[-1].end == begin:  # what stood between them is gone: their letters may meet
            begin, text = declared[-1].start, declared.pop().text + text
        declared.append(Rewording(begin, stop, text))
    return declared


def _together(earlier: Sequence[Rewording], later: Sequence[Rewording]) -> tuple[Rewording, ...]:
    """Add later rewordings to earlier ones, of which those that stand within a later one are in its text already."""
    later = sorted(later)
    starts = [rewording.start for rewording in later]
    kept = (
        old
        for old in earlier
        if not (number := bisect_right(starts, old.start)) or later[number - 1].end < old.end
    )
    return tuple(sorted((*kept, *later)))


def _whole_words(text: str, start: int, end: int) -> tuple[int, int]:
    while start > 0 and text[start - 1].isalnum():
        start -= 1
    while end < len(text) and text[end].isalnum():
        end += 1
    return start, end
