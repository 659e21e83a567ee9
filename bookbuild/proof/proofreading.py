"""Reads the sheets by every check that is on, and gives the remarks in the order of their places."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bookbuild.config.keys import RuleSetting
from bookbuild.proof import PROOFS
from bookbuild.proof.check import Check, Query, Stretch
from bookbuild.proof.sheets import Sheets
from bookbuild.rules.refusals import Scope, scope_of
from bookbuild.source import Source, Span

_CONTEXT = 30  # characters of context on both sides


@dataclass(frozen=True, slots=True)
class Remark:
    """What a check asks at one place: nothing was changed, and nothing will be."""

    check: str
    span: Span
    text: str  # what stands there, normalised
    before: str  # a few words before it
    after: str  # and after
    why: str
    alternatives: tuple[str, ...]  # what may have been meant, the likeliest first
    also: tuple[Span, ...]  # further places of the same question


def proofread(
    sheets: Sheets, settings: Mapping[str, RuleSetting], proofs: Sequence[Check] = PROOFS
) -> tuple[Remark, ...]:
    """Ask all that there is to ask about a book."""
    order = {chapter[0].draft.source: number for number, chapter in enumerate(sheets.chapters) if chapter}
    remarks = [remark for check in proofs for remark in _remarks(check, sheets, settings)]
    return tuple(sorted(remarks, key=lambda remark: (order[remark.span.source], remark.span.start)))


def counts(remarks: Sequence[Remark]) -> Mapping[str, int]:
    """Count remarks by check, the most first."""
    return dict(Counter(remark.check for remark in remarks).most_common())


def _remarks(check: Check, sheets: Sheets, settings: Mapping[str, RuleSetting]) -> Iterator[Remark]:
    scopes: dict[Source, Scope] = {}
    for chapter in sheets.chapters:
        for passage in chapter[:1]:
            draft = passage.draft
            scopes[draft.source] = scope_of(check, draft, settings, english=sheets.is_english)
    if all(scope.is_idle for scope in scopes.values()):
        return
    for query in check.ask(sheets):
        if query.at.text.lower() in sheets.known:
            continue
        places = [place for place in (query.at, *query.also) if _is_allowed(place, scopes)]
        if places:
            yield _remark(check.name, query, places)


def _is_allowed(place: Stretch, scopes: Mapping[Source, Scope]) -> bool:
    span = _span(place)
    return scopes[span.source].allows(span.start, span.end)


def _remark(name: str, query: Query, places: Sequence[Stretch]) -> Remark:
    first, *others = places
    text, start, end = first.passage.text, first.start, first.end
    before, after = text[max(start - _CONTEXT, 0) : start], text[end : end + _CONTEXT]
    if start > _CONTEXT:
        before = "…" + before.partition(" ")[2]
    if end + _CONTEXT < len(text):
        after = after.rpartition(" ")[0] + "…"
    also = tuple(_span(place) for place in others)
    return Remark(name, _span(first), first.text, before, after, query.why, query.alternatives, also)


def _span(place: Stretch) -> Span:
    block = place.passage.block
    return place.passage.draft.span(block.offset(place.start), block.offset(place.end))
