"""The clean text of manuscript files, for those who want no more than that; no word of them is lost here either."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from typing import assert_never

from bookbuild.account import check_tree, check_writing
from bookbuild.assemble import assemble_chapters
from bookbuild.config.load import Config
from bookbuild.draft import Draft
from bookbuild.errors import Finding
from bookbuild.readback import page_words, typed_words
from bookbuild.reading import Tell, read_book
from bookbuild.rules import RULES
from bookbuild.rules.understand import About, Copy, understand
from bookbuild.tree import Chapter, Part
from bookbuild.writers.markdown import division_to_markdown
from bookbuild.writers.page import divisions_to_html
from bookbuild.writers.plain_text import division_to_text


class Form(Enum):
    """What a clean text may be written as; the values are the suffixes of such files."""

    TEXT = "txt"
    MARKDOWN = "md"
    HTML = "html"


@dataclass(frozen=True, slots=True)
class Clean:
    """One file, understood."""

    draft: Draft
    divisions: tuple[Part | Chapter, ...]
    findings: tuple[Finding, ...]


def clean_drafts(drafts: Sequence[Draft], about: About) -> list[Clean]:
    """Understand files together, as if they were a book.

    Raises:
        BookError: words do not add up.

    """
    understood = understand([Copy(draft, RULES) for draft in drafts], about)
    return [_clean(done.draft, done.findings) for done in understood]


def _clean(draft: Draft, findings: Sequence[Finding]) -> Clean:
    divisions: list[Part | Chapter] = []
    for piece in assemble_chapters(draft, ()):
        divisions.extend([Part("", piece.part, ())] if piece.part else [])
        divisions.append(piece.chapter)
    check_tree(draft, divisions)
    return Clean(draft, tuple(divisions), tuple(findings))


def clean_book(config: Config, tell: Tell) -> dict[str, Clean]:
    """Understand the chapters of a book, by all that build.yaml and the answers say; gives them by their paths.

    Raises:
        BookError: a file cannot be read, or words do not add up.
        RequestError: build.yaml or answers.yaml has a fault.

    """
    reading = read_book(config, config.settings, tell)
    told: dict[str, list[Finding]] = {}
    for finding in reading.findings:
        told.setdefault(finding.place.path if finding.place else "", []).append(finding)
    return {draft.source.path: _clean(draft, told.get(draft.source.path, [])) for draft in reading.drafts}


def about_book(config: Config) -> About:
    """Give what build.yaml says of a book, for a file that lies in its folder and is no chapter."""
    settings = config.settings
    return About(settings.language, settings.title, settings.words, settings.rules)


def write_clean(texts: Sequence[Clean], form: Form, language: str) -> str:
    """Write files one after the other, and prove that their words are there.

    Raises:
        BookError: a word was lost, added or changed.

    """
    divisions = [division for one in texts for division in one.divisions]
    match form:
        case Form.TEXT:
            written = "\n".join(map(division_to_text, divisions))
            found = typed_words(written)
        case Form.MARKDOWN:
            written = "\n".join(map(division_to_markdown, divisions))
            found = typed_words(written)
        case Form.HTML:
            written = divisions_to_html(divisions, language)
            found = page_words(written)
        case _:
            assert_never(form)
    check_writing(divisions, found)
    return written
