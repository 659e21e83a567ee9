"""All that a report tells, gathered once: every repair in reading order, where it is now, and how to refuse it."""

import hashlib
import json
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import count

from bookbuild.draft import Draft
from bookbuild.errors import Finding
from bookbuild.folder import no_file_of_book
from bookbuild.reading import Reading
from bookbuild.reports.spots import Spot, Spots
from bookbuild.rules import rule_named
from bookbuild.rules.anchors import Anchor, Anchors
from bookbuild.rules.repairs import Repair
from bookbuild.words import keys

_NEAR = 40  # characters of the line on both sides that tell one repair from its like; the word that they cut is left out


@dataclass(frozen=True, slots=True)
class Entry:
    """One repair or doubt, as a report tells of it."""

    number: int  # from 1, in reading order
    repair: Repair
    id: str  # the same after a rebuild, and after changes elsewhere in the file
    anchor: Anchor | None
    spot: Spot | None

    @property
    def is_structure(self) -> bool:
        """Whether it is about what blocks are, and not about the text in them."""
        return self.spot is not None and self.spot.is_whole

    @property
    def refusal(self) -> str:
        """The lines of build.yaml that refuse it: at its place, or in its file where no words name the place."""
        if self.anchor:
            where = f"except-at: [{json.dumps(self.anchor.words, ensure_ascii=False)}]"
        else:
            where = f"except-in: [{json.dumps(self.repair.span.source.path, ensure_ascii=False)}]"
        return f"rules:\n  {self.repair.rule}: {{{where}}}"


@dataclass(frozen=True, slots=True)
class Leaf:
    """What a report tells of one file."""

    draft: Draft
    entries: tuple[Entry, ...]

    @property
    def path(self) -> str:
        """The file, as the author would type it; of a text that stands in build.yaml, that and the key."""
        return self.draft.source.path


@dataclass(frozen=True, slots=True)
class Report:
    """What a report tells of a book."""

    title: str
    language: str
    leaves: tuple[Leaf, ...]  # in reading order; those files without a repair too
    findings: tuple[Finding, ...]  # that no repair or doubt is behind

    @property
    def entries(self) -> tuple[Entry, ...]:
        """All repairs and doubts."""
        return tuple(entry for leaf in self.leaves for entry in leaf.entries)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked for; nothing named: all."""

    files: Collection[str] = ()
    rules: Collection[str] = ()
    doubts_only: bool = False

    def takes(self, repair: Repair) -> bool:
        """Whether a repair is asked for."""
        return (not self.rules or repair.rule in self.rules) and (repair.is_doubtful or not self.doubts_only)

    def takes_file(self, path: str) -> bool:
        """Whether a file is asked for."""
        return not self.files or any(_names(name, path) for name in self.files)


def gather_report(reading: Reading, title: str, language: str, wanted: Wanted) -> Report:
    """Gather what is asked for.

    Raises:
        BookError: a file that is asked for is not in the book.

    """
    drafts = _in_order(reading)
    for name in wanted.files:
        if not any(_names(name, draft.source.path) for draft in drafts):
            raise no_file_of_book(name, [draft.source.path for draft in drafts])
    anchors = Anchors((draft.source for draft in drafts), reading.repairs)
    ids = dict(zip(map(id, reading.repairs), _ids(reading.repairs), strict=True))
    numbers = count(1)
    leaves = []
    for draft in drafts:
        if not wanted.takes_file(draft.source.path):
            continue
        spots = Spots(draft)
        entries = tuple(
            Entry(next(numbers), repair, ids[id(repair)], anchors.of(repair), _spot(spots, repair))
            for repair in reading.repairs
            if repair.span.source is draft.source and wanted.takes(repair)
        )
        leaves.append(Leaf(draft, entries))
    return Report(title, language, tuple(leaves), _other_findings(reading, wanted))


def _in_order(reading: Reading) -> Sequence[Draft]:
    """Give all files: those of the front matter first."""
    front = {section.span.source for section in reading.book.frontmatter if section.span}
    before = [draft for draft in reading.matter if draft.source in front]
    after = [draft for draft in reading.matter if draft.source not in front]
    return [*before, *reading.drafts, *after]


def _names(name: str, path: str) -> bool:
    return name in (path, path.rsplit("/", 1)[-1]) or name.endswith(f"/{path}")


def _spot(spots: Spots, repair: Repair) -> Spot | None:
    rule = rule_named(repair.rule)
    return spots.of(repair, is_structure=bool(rule and rule.structure))


def _ids(repairs: Iterable[Repair]) -> Iterable[str]:
    """Name each repair after its rule, its file, what it did, the words around it, and which it is of its like."""
    seen: Counter[str] = Counter()
    for repair in repairs:
        text, span = repair.span.source.text, repair.span
        left = keys(text[max(span.start - _NEAR, 0) : span.start].rpartition("\n")[2])[1:]
        right = keys(text[span.end : span.end + _NEAR].partition("\n")[0])[:-1]
        told = [repair.rule, span.source.path, repair.before, repair.after, " ".join(left), " ".join(right)]
        like = json.dumps(told)
        seen[like] += 1
        yield hashlib.sha256(f"{like}{seen[like]}".encode()).hexdigest()[:16]


def _other_findings(reading: Reading, wanted: Wanted) -> tuple[Finding, ...]:
    told = {repair.finding() for repair in reading.repairs if repair.is_doubtful}
    return tuple(
        finding
        for finding in reading.findings
        if finding not in told
        and (not wanted.rules or finding.rule in wanted.rules)
        and (not finding.place or wanted.takes_file(finding.place.path))
    )
