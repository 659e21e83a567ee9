"""Divisions of the document tree: chapters, parts, and sections before and after the body."""

from dataclasses import dataclass
from enum import Enum

from bookbuild.source import Span
from bookbuild.tree.blocks import AuthorNote, Block
from bookbuild.tree.inlines import Inlines


class ChapterKind(Enum):
    """What kind of division of the body this is; the names are EPUB structural semantics."""

    PROLOGUE = "prologue"
    CHAPTER = "chapter"
    INTERLUDE = "interlude"  # written as a chapter, EPUB has no word for it
    EPILOGUE = "epilogue"


@dataclass(frozen=True, slots=True)
class Heading:
    """A division's heading: a label (`Chapter 20`), a title (`The Trip`), or both, each as it was typed."""

    label: Inlines
    title: Inlines
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter. `id` is unique in the book, made of ASCII letters, digits and hyphens, fit for a file's name."""

    id: str
    kind: ChapterKind
    heading: Heading
    blocks: tuple[Block, ...]
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the book: a title page of its own, then chapters."""

    id: str
    title: Inlines
    chapters: tuple[Chapter, ...]


class SectionKind(Enum):
    """What a section before or after the body is; the values are EPUB structural semantics where there is a word."""

    HALF_TITLE = "halftitlepage"
    TITLE_PAGE = "titlepage"
    COPYRIGHT = "copyright-page"
    DEDICATION = "dedication"
    EPIGRAPH = "epigraph"
    CONTENTS = "toc"  # its entries are made by the writers: they alone know pages and files
    FOREWORD = "foreword"
    PREFACE = "preface"
    INTRODUCTION = "introduction"
    ACKNOWLEDGEMENTS = "acknowledgments"
    AFTERWORD = "afterword"
    GLOSSARY = "glossary"
    CAST = "cast"  # who is in the story
    PREVIOUSLY = "previously"  # what happened in the books before
    ABOUT = "about the author"
    ALSO_BY = "also by"
    NOTES = "endnotes"  # author's notes, gathered


class TitleLineRole(Enum):
    """What a line of the half title, the title page or the copyright page is."""

    TITLE = "title"
    SUBTITLE = "subtitle"
    SERIES = "series"
    AUTHOR = "author"
    CONTRIBUTOR = "contributor"
    PUBLISHER = "publisher"
    EDITION = "edition"
    RIGHTS = "rights"
    IDENTIFIER = "identifier"


@dataclass(frozen=True, slots=True)
class TitleLine:
    """One line of a page made from build.yaml's metadata."""

    role: TitleLineRole
    text: str


@dataclass(frozen=True, slots=True)
class GatheredNote:
    """An author's note moved to the book's end, with the chapter it came from; writers link both ways."""

    chapter_id: str
    heading: Inlines
    notes: tuple[AuthorNote, ...]
    pops_up: bool = True  # they are short enough for devices to show them where the chapter ends

    @property
    def id(self) -> str:
        """The id that the chapter's NoteLink leads to."""
        return f"notes-{self.chapter_id}"


SectionContent = Block | TitleLine | GatheredNote


@dataclass(frozen=True, slots=True)
class Section:
    """A section of front or back matter; `heading` is empty where the page has none (a dedication)."""

    id: str
    kind: SectionKind
    heading: Inlines
    content: tuple[SectionContent, ...]
    span: Span | None = None


Division = Section | Part | Chapter
