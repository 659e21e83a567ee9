"""Lists of contents and page numbers, which writers make anew."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import NamedTuple

from bookbuild.draft import Block, Draft, Kind
from bookbuild.edits import DraftEdit, Question, Retype, Sureness
from bookbuild.rules.evidence import Evidence
from bookbuild.rules.layout import CLOSERS
from bookbuild.rules.numbering import TITLE_LENGTH, canonical, read_bare_number, read_label
from bookbuild.rules.rule import structure_rule

_CALLED = re.compile(r"[\s#*_]*(?:table of )?contents[\s*_:.]*", re.IGNORECASE)
_PAGE = re.compile(r"(?:[\s.·…_]{2,}|\t)(?:\d{1,4}|[ivxlc]{1,7})\s*$")
_NUMBERED = re.compile(r"\s*(?:\d{1,3}|[IVXLC]{1,7})(?:[.):]|\s*$)")
_SMALL = re.compile(r"\s*[a-zß-öø-ÿ]")  # no heading begins so, and most lines of a wrapped paragraph do
_FEWEST = 4  # lines that make a list
_FEWEST_CALLED = 2  # under the word `Contents`
_PROSE = 60  # characters of a line that is none of a song
_FEWEST_PAGES = 4  # numbers that make a row of pages
_SHARE = 4  # bare titles are at most one word in so many of a file
_ENDS = re.compile(rf"[.!?,;:…。！？][{CLOSERS}]*\s*$")
_SPEECH = re.compile(
    r"\s*(?:[\"“”„«»‹›「『]|[—–―]|-{2}|['‘].*['’]\s*$)"
)  # a title so marked has its number before it
_HYPHENED = re.compile(r"\s*-\s*[^\W\d_]")  # a speech, or a list's bullet
_CUTS = 4  # one page in so many breaks a sentence; a heading never does
_GOES_ON = re.compile(r"[a-zß-öø-ÿ,;–—-]\s*$")


@structure_rule(
    before="Contents\n\nChapter 1\nChapter 2\n\nChapter 1\n\nRain fell.\n\nIt stopped.\n\nChapter 2\n\nIlse slept.",
    after="Chapter 1\n\nRain fell.\n\nIt stopped.\n\nChapter 2\n\nIlse slept.",
)
def contents_list(draft: Draft, evidence: Evidence) -> Iterator[DraftEdit]:
    """A list of the chapters stands in the text; the book gets one of its own, with pages that are right."""
    blocks = draft.blocks
    places, past_prose = _places(blocks), _past_prose(blocks)
    own = {canonical(block.text) for block in blocks[:_FEWEST] if len(block.text) <= TITLE_LENGTH}
    elsewhere = frozenset(name for name, files in evidence.tops.heads.items() if files > (name in own))
    headings = _Headings(places, past_prose, elsewhere)
    lists = list(_lists(blocks, headings))
    bare = {one for one in lists if _is_bare(blocks[one[0] : one[1] + 1], headings)}
    plausible = _are_plausible(blocks, bare)
    for one in lists:
        if plausible or one not in bare:
            yield Retype(*one, Kind.BOILERPLATE, sureness=Sureness.LIKELY)
        elif len(bare) == 1:  # several are no contents: lines that come again and again
            yield _asked(blocks, *one)


def _lists(blocks: Sequence[Block], headings: "_Headings") -> Iterator[tuple[int, int]]:
    """Find the lists, each by its first and last block; the word `Contents` belongs to its list."""
    number = 0
    while number < len(blocks):
        called = bool(_CALLED.fullmatch(blocks[number].text))
        first = number + 1 if called else number
        last = _end_of_list(blocks, first, headings) if blocks[number].is_plain else first - 1
        if last - first + 1 >= (_FEWEST_CALLED if called else _FEWEST):
            yield number, last
        number = max(last, number) + 1


def _is_bare(lines: Sequence[Block], headings: "_Headings") -> bool:
    """Whether a list is not called one, and most of its lines say neither a number nor a page, nor what stands above another file."""
    if _CALLED.fullmatch(lines[0].text):
        return False
    paged = numbered = elsewhere = 0
    for line in lines:
        paged += bool(_PAGE.search(line.text))
        numbered += bool(read_label(line.text) or _NUMBERED.match(line.text))
        elsewhere += any(name in headings.elsewhere for name in _names(line.text))
    return 2 * max(paged, numbered, elsewhere) < len(lines)


def _are_plausible(blocks: Sequence[Block], lists: AbstractSet[tuple[int, int]]) -> bool:
    """Whether bare lines may be contents by what else there is: one list above all prose, of titles and no sentences, and a small part of the file."""
    if len(lists) != 1:
        return False
    first, last = next(iter(lists))
    lines = [block.text for block in blocks[first : last + 1]]
    is_small = _SHARE * _words(lines) <= _words([block.text for block in blocks])
    is_above = not any(block.is_plain and _is_prose(block.text) for block in blocks[:first])
    return is_small and is_above and 2 * sum(map(_reads_as_sentence, lines)) < len(lines)


def _is_prose(text: str) -> bool:
    return len(text) >= _PROSE and bool(_ENDS.search(text))


def _reads_as_sentence(line: str) -> bool:
    return bool(_ENDS.search(line) or _HYPHENED.match(line))


def _words(lines: Sequence[str]) -> int:
    return sum(len(line.split()) for line in lines)


def _asked(blocks: Sequence[Block], first: int, last: int) -> DraftEdit:
    why = f"{last - first + 1} lines from here on look like a list of contents, but they would be much of this file"
    others = (Retype(first, last, Kind.BOILERPLATE),)
    return Question(first, 0, len(blocks[first].text), why=why, others=others)


def _names(text: str) -> list[tuple[str, ...]]:
    """Give what a line may stand for: its whole heading, its label, its title."""
    if len(text) > TITLE_LENGTH or _SMALL.match(text) or _SPEECH.match(text):
        return []
    text = _PAGE.sub("", text)
    label = read_label(text)
    names = [canonical(text)]
    if label and label.title:
        names += [canonical(text[: label.end]), canonical(text[label.title :])]
    return [name for name in names if name != ("",)]


def _places(blocks: Sequence[Block]) -> dict[tuple[str, ...], list[int]]:
    places: dict[tuple[str, ...], list[int]] = {}
    for number, block in enumerate(blocks):
        for name in _names(block.text) if block.is_plain else ():
            places.setdefault(name, []).append(number)
    return places


class _Headings(NamedTuple):
    """Where a file may have headings, by their names, and which names other files of the book have at their tops."""

    places: Mapping[tuple[str, ...], list[int]]
    past_prose: Sequence[int]
    elsewhere: AbstractSet[tuple[str, ...]]


def _end_of_list(blocks: Sequence[Block], first: int, headings: _Headings) -> int:
    """Find the last of the lines that say, in order, what stands above later paragraphs; first - 1 when there is none."""
    last, at = first - 1, -1
    for number in range(first, len(blocks)):
        if not blocks[number].is_plain:
            break
        names = _names(blocks[number].text)
        reach = max(at, number) + 1 if at < 0 else headings.past_prose[at]
        found = [_next(headings.places[name], reach) for name in names if name in headings.places]
        later = min((place for place in found if place >= 0), default=-1)
        if later < 0 and not any(name in headings.elsewhere for name in names):
            break
        if later >= 0:
            at = later
        if number >= at >= 0:
            break
        last = number
    # the list ends where what it lists begins
    return last if at < 0 or at > last else at - 1


def _past_prose(blocks: Sequence[Block]) -> list[int]:
    """Give for each block from where the next heading may stand: there is prose between two, and not the next line of a song."""
    past = [len(blocks) + 1] * (len(blocks) + 1)
    for number in range(len(blocks) - 1, -1, -1):
        text = blocks[number].text
        is_prose = len(text) >= _PROSE or text.rstrip().endswith(".")
        past[number] = number + 1 if is_prose else past[number + 1]
    return past[1:]


def _next(numbers: Sequence[int], least: int) -> int:
    at = bisect_left(numbers, least)
    return numbers[at] if at < len(numbers) else -1


@structure_rule(
    before="Rain fell on\n\n12\n\nthe harbour.\n\nIt fell on the\n\n13\n\nroad. It fell\n\n14\n\non us.\n\nIt stopped.\n\n15\n\nIlse slept.",
    after="Rain fell on\n\nthe harbour.\n\nIt fell on the\n\nroad. It fell\n\non us.\n\nIt stopped.\n\nIlse slept.",
)
def page_number(draft: Draft, _evidence: Evidence) -> Iterator[DraftEdit]:
    """The pages of a printed book left their numbers between the lines, in the middle of sentences too."""
    blocks = draft.blocks
    found = [
        (number, value)
        for number, block in enumerate(blocks[:-1])
        if number and block.is_plain and (value := read_bare_number(block.text))
    ]
    row: list[int] = []
    cuts = 0
    for at, (number, value) in enumerate(found):
        if row and not 0 < value - found[at - 1][1] <= 2:
            yield from _pages(row, cuts)
            row, cuts = [], 0
        row.append(number)
        cuts += (
            bool(_GOES_ON.search(blocks[number - 1].text)) and blocks[number + 1].text.lstrip()[:1].islower()
        )
    yield from _pages(row, cuts)


def _pages(row: Sequence[int], cuts: int) -> Iterator[DraftEdit]:
    if len(row) >= _FEWEST_PAGES and _CUTS * cuts >= len(row):
        for number in row:
            yield Retype(number, number, Kind.BOILERPLATE, sureness=Sureness.LIKELY)
