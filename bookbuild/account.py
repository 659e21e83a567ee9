"""The account of words: the same ones at every hand-over, from the manuscript to the finished file.

words of the source − declared = words of the tree = words read back from the EPUB = words read back from the PDF.
A difference is a BookError that names the file and line of the first word that differs, with the words around it.
"""

from bisect import bisect_left
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from bookbuild.draft import Draft, Kind, Rewording
from bookbuild.errors import BookError, Finding, error
from bookbuild.readback import Word, printed_words
from bookbuild.source import Source, Span
from bookbuild.tree import AuthorNote, Book, Chapter, Division, Section, SectionKind
from bookbuild.units import division_words, divisions
from bookbuild.words import key, words

_CONTEXT = 5  # words shown on both sides of a difference


# ---------------------------------------------------------------- words of the source


def source_words(draft: Draft) -> list[Word]:
    """Give the words of a file as its draft declares them.

    Without those set aside (repeated titles, boilerplate) and letters in break marks; where a rule declared that
    characters stand for other words, those.
    """
    aside = sorted(
        (block.start, block.end) for block in draft.blocks if block.is_set_aside or block.kind is Kind.BREAK
    )
    ends = [0, *(end for _, end in aside)]
    return [
        word
        for word in _read_as_declared(draft)
        if word.span and ends[bisect_left(aside, (word.span.start + 1, 0))] <= word.span.start
    ]


def _read_as_declared(draft: Draft) -> Iterator[Word]:
    source, text, at = draft.source, draft.source.text, 0
    for rewording in (*draft.rewordings, Rewording(len(text), len(text), "")):
        yield from _placed(source, text[at : rewording.start], at)
        span = Span(source, rewording.start, rewording.end)
        yield from (Word(word, span) for _, word in words(rewording.text))
        at = rewording.end


def _placed(source: Source, text: str, start: int) -> Iterator[Word]:
    for (at, word), (following, _) in pairwise((*words(text), (-1, ""))):
        span = Span(source, start + at, start + at + len(word))
        yield Word(word, span, joins=at + len(word) == following)


# ---------------------------------------------------------------- the comparisons


def check_tree(draft: Draft, made: Iterable[Division]) -> int:
    """Compare a file with the divisions that were made of it; gives the number of words.

    Raises:
        BookError: a word was lost, added or changed.

    """
    have = [word for division in made for word in division_words(division)]
    # a heading made from the file's name, or the usual one of a section, is not the manuscript's
    # and a note above the heading goes below it
    compare(
        source_words(draft), sorted((word for word in have if word.span), key=_by_place), "the document tree"
    )
    return len(have)


def check_edition(book: Book, edition: Book, *, notes_kept: bool) -> None:
    """Compare the book with an edition of it: all its words, but for notes where they are left out, in any order of divisions.

    Raises:
        BookError: a word was lost, added or changed.

    """
    whole = [word for division in divisions(book) for word in _manuscript_words(division, notes=notes_kept)]
    made = [word for division in divisions(edition) for word in _manuscript_words(division, notes=True)]
    compare(sorted(whole, key=_by_place), sorted(made, key=_by_place), "the edition")


def _manuscript_words(division: Division, *, notes: bool) -> Iterator[Word]:
    if isinstance(division, Chapter) and not notes:
        blocks = tuple(block for block in division.blocks if not isinstance(block, AuthorNote))
        division = Chapter(division.id, division.kind, division.heading, blocks)
    yield from (word for word in division_words(division) if word.span)


def _by_place(word: Word) -> tuple[str, int]:
    return (word.span.source.path, word.span.start) if word.span else ("", 0)


def check_epub(book: Book, found: Sequence[Word]) -> None:
    """Compare the words read back from an EPUB with the edition that it was made from.

    Raises:
        BookError: a word was lost, added or changed.

    """
    expected = [word for division in divisions(book) for word in division_words(division)]
    compare(expected, found, "the EPUB")


def check_writing(texts: Iterable[Division], found: Iterable[Word]) -> None:
    """Compare the words read back from a text with the divisions that it was written from; made-up headings are not in it.

    Raises:
        BookError: a word was lost, added or changed.

    """
    expected = [word for division in texts for word in division_words(division) if word.span]
    compare(expected, list(found), "the clean text")


@dataclass(frozen=True, slots=True)
class PageWords:
    """A printed page, from 0, and which words of a division begin on it, counted from 0; `end` is the next page's first."""

    page: int
    division: str
    first: int
    end: int


def check_pdf(book: Book, pages: Sequence[str], starts: Mapping[str, int]) -> list[PageWords]:
    """Compare a PDF's words, read back page by page, with the edition that it was made from, division by division.

    Gives the pages with the words that begin on them. `pages` is the text of every page's text block; `starts` maps a division's id to its first page, from 0.

    Raises:
        BookError: a word was lost, added or changed, or a division is not there at all.

    """
    ordered = list(divisions(book))
    missing = [division.id for division in ordered if division.id not in starts]
    if missing:
        raise BookError(
            error(
                f"the PDF has no page for '{missing[0]}'",
                hint="this is a fault of bookbuild: please report it",
            )
        )
    ends = [*(starts[division.id] for division in ordered[1:]), len(pages)]
    found: list[PageWords] = []
    for division, end in zip(ordered, ends, strict=True):
        start = starts[division.id]
        if isinstance(division, Section) and division.kind is SectionKind.CONTENTS:
            found.append(PageWords(start, division.id, 0, 0))
            continue
        expected, printed = division_words(division, alts=False), pages[start:end]
        matches = list(_matches(expected, printed_words("\n".join(printed)), "the PDF"))
        begun = [*_first_words(printed, matches), len(expected)]
        found.extend(
            PageWords(page, division.id, first, after)
            for page, (first, after) in enumerate(pairwise(begun), start)
            if first < after
        )
    return found


def _first_words(pages: Iterable[str], matches: Sequence[tuple[int, int]]) -> Iterator[int]:
    """Give the number of the first word that begins on each page; one that the page's end parts began on the page before."""
    ats = [at for _, at in matches]
    for first in accumulate((sum(1 for _ in words(page)) for page in pages), initial=0):
        match = bisect_left(ats, first)
        if match < len(matches):
            yield matches[match][0]


def compare(expected: Sequence[Word], found: Sequence[Word], where: str) -> None:
    """Compare two rows of words; those that may be one (`joins`) count as one where one is expected.

    Raises:
        BookError: they differ; it names the place of the first difference and the words around it.

    """
    deque(_matches(expected, found, where), maxlen=0)


def _matches(expected: Sequence[Word], found: Sequence[Word], where: str) -> Iterator[tuple[int, int]]:
    """Go through two rows of words in step: give the number of each expected word, and of the one found for it."""
    number = at = 0
    while number < len(expected) and at < len(found):
        taken = _matched(expected, number, found, at)
        if not taken:
            raise BookError(_difference(expected, number, found, at, where))
        yield number, at
        number, at = number + taken[0], at + taken[1]
    if number < len(expected) or at < len(found):
        raise BookError(_difference(expected, number, found, at, where))


def _matched(expected: Sequence[Word], number: int, found: Sequence[Word], at: int) -> tuple[int, int] | None:
    """Say how many words on both sides make the same letters; words come together only where they may be one."""
    if expected[number].text == found[at].text:  # nearly all of them: their keys need not be made
        return 1, 1
    want, have, wanted, had = key(expected[number].text), key(found[at].text), 1, 1
    while want != have:
        if want.startswith(have) and found[at + had - 1].joins and at + had < len(found):
            have += key(found[at + had].text)
            had += 1
        elif (
            have.startswith(want) and expected[number + wanted - 1].joins and number + wanted < len(expected)
        ):
            want += key(expected[number + wanted].text)
            wanted += 1
        else:
            return None
    return wanted, had


def _difference(expected: Sequence[Word], number: int, found: Sequence[Word], at: int, where: str) -> Finding:
    near = expected[number] if number < len(expected) else expected[-1] if expected else Word("")
    before = " ".join(word.text for word in expected[max(number - _CONTEXT, 0) : number])
    wanted = " ".join(word.text for word in expected[number : number + _CONTEXT])
    have = " ".join(word.text for word in found[at : at + _CONTEXT])
    fault = f"the words do not add up: after “{before}” {where} has “{have}” where “{wanted}” should follow"
    hint = (
        "nothing was written; this is a fault of bookbuild or of the CSS: please report it with these lines"
    )
    return error(fault, near.span.place if near.span else None, hint=hint)
