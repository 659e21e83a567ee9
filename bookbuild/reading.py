"""The manuscript, read and understood: files → drafts → normalised drafts → Book, with the words compared at every step."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from bookbuild.account import check_tree
from bookbuild.assemble import Piece, assemble_chapters, assemble_section, section_id, unique_id
from bookbuild.config.answers import load_answers
from bookbuild.config.keys import Matter, Settings
from bookbuild.config.load import Config
from bookbuild.config.wording import is_known
from bookbuild.draft import Draft
from bookbuild.editions import SECTION_KINDS, default_heading
from bookbuild.errors import Finding, Place, warning
from bookbuild.manuscript import ManuscriptPart, names_file, read_manuscript, read_matter
from bookbuild.matter_pages import Parted, parted
from bookbuild.passages import Passages
from bookbuild.proof import PROOFS
from bookbuild.rules import LINE_RULES, MATTER_RULES, RULES
from bookbuild.rules.answering import Answered, lost_answers
from bookbuild.rules.normalise import Normalised
from bookbuild.rules.refusals import check_names, lost_anchors
from bookbuild.rules.repairs import Repair
from bookbuild.rules.rule import Rule
from bookbuild.rules.understand import About, Copy, understand
from bookbuild.source import Source
from bookbuild.tree import (
    Book,
    Chapter,
    Part,
    Section,
    SectionKind,
    SetAside,
    Subheading,
    Text,
    ThematicBreak,
    flat_text,
)
from bookbuild.words import count

_NAMES_OF_KINDS = {kind: name for name, kind in SECTION_KINDS.items()}

Tell = Callable[[str], None]
"""Told what is being done now, in a few words."""


@dataclass(frozen=True, slots=True)
class Reading:
    """The manuscript, read and understood."""

    book: Book
    drafts: tuple[Draft, ...]  # of the chapters, normalised, in their order
    matter: tuple[Draft, ...]  # of front and back matter
    repairs: tuple[Repair, ...]
    findings: tuple[Finding, ...]
    words: int  # as a reader counts them, without what was set aside
    answered: tuple[Answered, ...] = ()


def read_book(config: Config, settings: Settings, tell: Tell) -> Reading:
    """Read and understand the whole manuscript, and prove that the tree has its words.

    Raises:
        BookError: a file cannot be read, or words do not add up.
        RequestError: a rule or a check that build.yaml names does not exist.

    """
    _check_names(config, settings)
    answers = load_answers(config.folder, [rule.name for rule in RULES])
    tell("reading the manuscript")
    parts, findings = read_manuscript(config, settings)
    matter_drafts = read_matter(config, settings)
    drafts = tuple(draft for part in parts for draft in part.drafts)
    tell("understanding it")
    copies = [
        *(Copy(draft, RULES) for draft in drafts),
        *(Copy(draft, _rules_for(matter)) for matter, draft in matter_drafts.items()),
    ]
    about = About(settings.language, settings.title, settings.words, settings.rules, answers)
    understood = {
        copy.draft.source: done for copy, done in zip(copies, understand(copies, about), strict=True)
    }
    asked_at = {tag: config.place("foreign", tag) for tag in settings.foreign}
    passages = Passages(settings.foreign, asked_at)
    desk = _Desk(understood, settings, passages)
    story = desk.story(parts)
    front, back = (
        desk.sections(items, matter_drafts) for items in (settings.frontmatter, settings.backmatter)
    )
    told = (finding for done in understood.values() for finding in done.findings)
    answered = tuple(one for done in understood.values() for one in done.answered)
    lost = (
        *lost_anchors(settings.rules, drafts, config.place("rules")),
        *lost_answers(answers, answered, settings.rules),
    )
    # as they stand in the manuscript, not rule by rule
    repairs = tuple(
        repair
        for done in understood.values()
        for repair in sorted(done.repairs, key=lambda repair: repair.span.start)
    )
    chapters = tuple(understood[draft.source].draft for draft in drafts)
    matter = tuple(understood[draft.source].draft for draft in matter_drafts.values())
    book, all_findings = (
        Book((*front, *story.front), story.body, (*story.back, *back)),
        (*findings, *lost, *_unknown_words(config, settings), *passages.findings(), *told, *desk.findings),
    )
    return Reading(book, chapters, matter, repairs, all_findings, desk.words, answered)


def _check_names(config: Config, settings: Settings) -> None:
    check_names(settings.rules, config.place("rules"), RULES)
    check_names(settings.proof, config.place("proof"), PROOFS, "check")


def _unknown_words(config: Config, settings: Settings) -> Iterator[Finding]:
    """Tell that the words which bookbuild adds are English in a book that is not."""
    if not is_known(settings.language) and not settings.wording.model_fields_set:
        told = f"the words that bookbuild adds (“{settings.said.contents}” …) are English: it has none in '{settings.language}'"
        hint = "say those that the book needs in `wording`: `wording: {contents: …}`"
        yield warning(told, config.place("language"), hint=hint)


def _rules_for(matter: Matter) -> Sequence[Rule]:
    return MATTER_RULES if names_file(matter.text or "") else LINE_RULES


def _has_no_text(piece: Piece) -> bool:
    """Whether a chapter is nothing but its heading, breaks and what is no part of the book; a part may be."""
    return not piece.part and all(
        isinstance(block, ThematicBreak | SetAside) for block in piece.chapter.blocks
    )


class _Desk:
    """Where drafts are assembled, one after the other, and their words compared."""

    def __init__(
        self, understood: Mapping[Source, Normalised], settings: Settings, passages: Passages
    ) -> None:
        self.understood = understood
        self.passages = passages
        self.settings = settings
        self.ids = {"cover", "nav", "toc", "notes", *map(section_id, SECTION_KINDS.values())}
        self.section_ids: set[str] = set()
        self.pages: dict[str, SectionKind] = {}  # chapters that are none, by their ids
        self.findings: list[Finding] = []
        self.words = 0

    def story(self, parts: Iterable[ManuscriptPart]) -> Parted:
        """Make the body of the book, apart from pages before and after it that the manuscript has as well."""
        body = [division for part in parts for division in self.divisions(part)]
        return parted(body, self.pages, lambda kind: default_heading(_NAMES_OF_KINDS[kind], self.settings))

    def divisions(self, listed: ManuscriptPart) -> Iterable[Part | Chapter]:
        """Make the chapters of a part that build.yaml lists; where it lists none, parts begin where the text says so."""
        pieces = [piece for draft in listed.drafts for piece in self.pieces(draft)]
        if listed.title:
            chapters = tuple(self._in_listed_part(piece, listed.title) for piece in pieces)
            return (Part(self._part_id(listed.title), (Text(listed.title),), chapters),)
        divisions: list[Part | Chapter] = []
        is_open = False
        for piece in pieces:
            is_open = bool(piece.part) or (is_open and not piece.leaves_part)
            if piece.part:
                divisions.append(Part(self._part_id(flat_text(piece.part)), piece.part, ()))
            last = divisions[-1] if divisions else None
            if is_open and isinstance(last, Part):
                divisions[-1] = replace(last, chapters=(*last.chapters, piece.chapter))
            else:
                divisions.append(piece.chapter)
        return divisions

    def _in_listed_part(self, piece: Piece, title: str) -> Chapter:
        if not piece.part:
            return piece.chapter
        span = next((leaf.span for leaf in piece.part if isinstance(leaf, Text) and leaf.span), None)
        message = f"a part begins here, inside the part “{title}” that build.yaml lists"
        hint = (
            "list the parts in build.yaml, or let the text say where they begin; it is a subheading for now"
        )
        self.findings.append(warning(message, span.place if span else None, hint=hint))
        return replace(piece.chapter, blocks=(Subheading(piece.part, span), *piece.chapter.blocks))

    def _part_id(self, title: str) -> str:
        return self._taken(unique_id(f"part-{title}", self.ids))

    def pieces(self, draft: Draft) -> list[Piece]:
        """Make the chapters of one file."""
        draft = self.passages.mark(self.understood[draft.source].draft)
        pieces = assemble_chapters(draft, self.ids)
        self.ids.update(piece.chapter.id for piece in pieces)
        self.pages |= {piece.chapter.id: piece.page for piece in pieces if piece.page}
        parts = [Part("", piece.part, ()) for piece in pieces if piece.part]
        check_tree(draft, [*parts, *(piece.chapter for piece in pieces)])
        self.findings += [
            warning("this chapter has no text", Place(draft.source.path))
            for piece in pieces
            if _has_no_text(piece)
        ]
        self.words += sum(count(block.text) for block in draft.blocks if not block.is_set_aside)
        return pieces

    def sections(self, listed: Iterable[Matter], drafts: Mapping[Matter, Draft]) -> tuple[Section, ...]:
        """Make the sections that build.yaml gives a text, in their order."""
        return tuple(self.section(drafts[matter], matter) for matter in listed if matter in drafts)

    def section(self, draft: Draft, matter: Matter) -> Section:
        """Make one section of front or back matter."""
        kind = matter.kind
        draft = self.passages.mark(self.understood[draft.source].draft)
        section_kind = SECTION_KINDS[kind]
        section = assemble_section(
            draft, section_kind, default_heading(kind, self.settings), self.section_ids
        )
        self.section_ids.add(section.id)
        check_tree(draft, [section])
        return section

    def _taken(self, id_: str) -> str:
        self.ids.add(id_)
        return id_
