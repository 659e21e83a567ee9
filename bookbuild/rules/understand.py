"""A whole manuscript, understood: its characters first, then what the book says as a whole, then every file by the light of that."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from bookbuild.config.answers import Answer
from bookbuild.config.keys import RuleSetting
from bookbuild.draft import Draft
from bookbuild.errors import Finding, Place, warning
from bookbuild.rules import CHARACTER_RULES
from bookbuild.rules.answering import answering_for
from bookbuild.rules.evidence import evidence_for, gather_evidence
from bookbuild.rules.habits import gather_habits
from bookbuild.rules.normalise import Normalised, normalise
from bookbuild.rules.rule import Rule


class Copy(NamedTuple):
    """One file as it was handed in, and the rules that it is to be read by."""

    draft: Draft
    rules: Sequence[Rule]


@dataclass(frozen=True, slots=True)
class About:
    """What build.yaml says of the book that rules need to know."""

    language: str = "en"
    title: str = ""
    words: Sequence[str] = ()  # those that the author vouches for
    settings: Mapping[str, RuleSetting] | None = None  # of rules, by their names
    answers: Sequence[Answer] = ()  # to doubts


def understand(copies: Sequence[Copy], about: About) -> list[Normalised]:
    """Normalise all files of a book together; gives them in the order in which they came."""
    settings = about.settings or {}
    blank = replace(
        gather_evidence((), language=about.language, title=about.title, words=about.words),
        habits=gather_habits(block.text for copy in copies for block in copy.draft.blocks),
    )
    files = [copy.draft.source.path for copy in copies]
    answering = [answering_for(copy.draft, about.answers, files) for copy in copies]
    legible = [
        normalise(copy.draft, blank, settings, [rule for rule in copy.rules if rule in CHARACTER_RULES], own)
        for copy, own in zip(copies, answering, strict=True)
    ]
    evidence = gather_evidence(
        [one.draft for one in legible], language=about.language, title=about.title, words=about.words
    )
    told = [] if evidence.reads_as_english else _language_told(about, files[0])
    done = []
    for copy, first, own in zip(copies, legible, answering, strict=True):
        rest = [rule for rule in copy.rules if rule not in CHARACTER_RULES]
        here = evidence_for(first.draft, evidence)
        if here is not evidence:
            told = _foreign_told(first.draft)
        second = normalise(first.draft, here, settings, rest, own)
        repairs = first.repairs + second.repairs
        findings = (*told, *sorted(first.findings + second.findings, key=_by_place))
        told = []
        done.append(Normalised(second.draft, repairs, findings, second.answered))
    return done


def _language_told(about: About, path: str) -> list[Finding]:
    """Say that a book is not read as English though it is said to be."""
    if about.language.lower().split("-")[0] != "en":
        return []
    message = "this does not read as English, so straight marks stay as they are"
    return [warning(message, Place(path), hint="say in build.yaml what it is, such as `language: fr`")]


def _foreign_told(draft: Draft) -> list[Finding]:
    """Say that one file of an English book is not read as English, where that leaves something undone."""
    if not any('"' in block.text for block in draft.blocks):
        return []
    message = "this does not read as English, unlike the rest of the book, so straight marks stay as they are"
    return [warning(message, Place(draft.source.path), hint="turn them as its language has them")]


def _by_place(finding: Finding) -> tuple[int, int]:
    """Tell findings of one file in the order in which an author meets them there, not rule by rule."""
    return (finding.place.line, finding.place.column) if finding.place else (0, 0)
