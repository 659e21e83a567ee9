"""The account of words: the same ones at every hand-over, from the manuscript to the finished file.

words of the source − declared = words of the tree = words read back from the EPUB = words read back from the PDF.
A difference is a BookError that names the file and line of the first word that differs, with the words around it.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import assert_never

from bookbuild.draft import Draft, Kind, Rewording
from bookbuild.errors import BookError, Finding, error
from bookbuild.readback import Word, printed_words
from bookbuild.source import Source, Span
from bookbuild.tree import (
    AuthorNote,
    Block,
    Book,
    Chapter,
    Division,
    Footnote,
    FootnoteCall,
    GatheredNote,
    Inlines,
    Letter,
    LetterPart,
    Messages,
    NoteLink,
    Paragraph,
    Part,
    Section,
    SectionKind,
    SetAside,
    SetLines,
    Subheading,
    Text,
    ThematicBreak,
    TitleLine,
    Verse,
)
from bookbuild.words import key, words

_CONTEXT = 5  # words shown on both sides of a difference


# ---------------------------------------------------------------- words of the source and of the tree


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


def division_words(division: Division) -> list[Word]:
    """Give the words of one division of the tree; of a part only its title's; of the contents none, for writers make them."""
    if isinstance(division, Section) and division.kind is SectionKind.CONTENTS:
        return []
    return [word for unit in _division_units(division) for word in _unit_words(unit)]


def divisions(book: Book) -> Iterator[Division]:
    """Give all divisions in reading order, each part before its chapters."""
    yield from book.frontmatter
    for division in book.body:
        yield division
        if isinstance(division, Part):
            yield from division.chapters
    yield from book.backmatter


def _division_units(division: Division) -> Iterator[Inlines]:
    """Give the runs of text that no word crosses: headings, paragraphs, lines."""
    match division:
        case Chapter(heading=heading, blocks=blocks):
            yield heading.label
            yield heading.title
            yield from _units(blocks)
        case Part(title=title):
            yield title
        case Section(heading=section_heading, content=content):
            yield section_heading
            for item in content:
                if isinstance(item, TitleLine):
                    yield (Text(item.text),)
                elif isinstance(item, GatheredNote):
                    yield item.heading
                    yield from _units(item.notes)
                else:
                    yield from _units((item,))
        case _:
            assert_never(division)


def _units(blocks: Iterable[Block | LetterPart]) -> Iterator[Inlines]:  # noqa: C901 (an arm a node)
    for block in blocks:
        match block:
            case Paragraph() | Subheading() | NoteLink() | LetterPart():
                yield block.children
            case Verse(stanzas):
                yield from (line.children for stanza in stanzas for line in stanza.lines)
            case SetLines(lines):
                yield from (line.children for line in lines)
            case Letter(parts):
                yield from _units(parts)
            case Messages(turns):
                for turn in turns:
                    yield turn.speaker
                    yield turn.children
            case AuthorNote(inner):
                yield from _units(inner)
            case Footnote(_, label, children):
                yield label
                yield children
            case ThematicBreak() | SetAside():
                pass
            case _:
                assert_never(block)


def _unit_words(children: Inlines) -> Iterator[Word]:
    """Give the words of a run of text; a footnote's call is a word of its own, which nothing need part from its neighbours."""
    text, starts, calls = "", list[tuple[int, Text]](), set[int]()
    for leaf, is_call in _leaves(children):
        starts.append((len(text), leaf))
        text += leaf.text
        if is_call:
            calls |= {starts[-1][0], len(text)}
    for (offset, word), (following, _) in pairwise((*words(text), (-1, ""))):
        stop = offset + len(word)
        for begin, end in pairwise((offset, *sorted(cut for cut in calls if offset < cut < stop), stop)):
            leaf = next(leaf for start, leaf in reversed(starts) if start <= begin)
            yield Word(text[begin:end], leaf.span, joins=end < stop or end == following)


def _leaves(children: Inlines, *, is_call: bool = False) -> Iterator[tuple[Text, bool]]:
    for child in children:
        if isinstance(child, Text):
            yield child, is_call
        else:
            yield from _leaves(child.children, is_call=is_call or isinstance(child, FootnoteCall))


# ---------------------------------------------------------------- the four comparisons


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


def check_pdf(book: Book, pages: Sequence[str], starts: Mapping[str, int]) -> None:
    """Compare a PDF's words, read back page by page, with the edition that it was made from, division by division.

    `pages` is the text of every page's text block; `starts` maps a division's id to its first page, from 0.

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
    for division, end in zip(ordered, ends, strict=True):
        if isinstance(division, Section) and division.kind is SectionKind.CONTENTS:
            continue
        text = "\n".join(pages[starts[division.id] : end])
        compare(division_words(division), printed_words(text), "the PDF")


def compare(expected: Sequence[Word], found: Sequence[Word], where: str) -> None:
    """Compare two rows of words; those that may be one (`joins`) count as one where one is expected.

    Raises:
        BookError: they differ; it names the place of the first difference and the words around it.

    """
    number = at = 0
    while number < len(expected) and at < len(found):
        taken = _matched(expected, number, found, at)
        if not taken:
            raise BookError(_difference(expected, number, found, at, where))
        number, at = number + taken[0], at + taken[1]
    if number < len(expected) or at < len(found):
        raise BookError(_difference(expected, number, found, at, where))


def _matched(expected: Sequence[Word], number: int, found: Sequence[Word], at: int) -> tuple[int, int] | None:
    """Say how many words on both sides make the same letters; words come together only where they may be one."""
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
