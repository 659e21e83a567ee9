"""The pages of the print edition, and the marks of where they begin in an edition that has none: Book → Book.

A page is known by the words that begin on it. They are counted in the print edition's tree and looked up in the other
edition's by their place in the manuscript, so that notes which one has and the other has not move no mark.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import astuple, dataclass, replace
from itertools import groupby
from typing import TypeVar

from bookbuild.account import PageWords
from bookbuild.rewriting import with_divisions, with_units
from bookbuild.tree import Book, Chapter, Division, Inline, Inlines, PageBreak, Section, Text
from bookbuild.units import division_words, divisions, leaves, unit_words
from bookbuild.words import words

_APOSTROPHES = {"'", "’"}
_FORM = 1  # of the kept pagination: another number is not read


@dataclass(frozen=True, slots=True)
class PrintPage:
    """A page: its folio, and which words of a division begin on it, counted from 0; `end` is the next page's first."""

    folio: str
    division: str
    first: int
    end: int


@dataclass(frozen=True, slots=True)
class Pagination:
    """The pages of one print edition; those without a word of the book (blank versos) are not among them."""

    fingerprint: str  # of the words that were printed
    pages: tuple[PrintPage, ...]


def pagination(printed: Book, pages: Sequence[PageWords], folios: Sequence[str]) -> Pagination:
    """Put together what was read back from a PDF: the words of its pages, and the folio of every page."""
    found = (PrintPage(folios[page.page], page.division, page.first, page.end) for page in pages)
    return Pagination(fingerprint(printed), tuple(found))


def fingerprint(printed: Book) -> str:
    """Give what changes with every word and every division, and with nothing else."""
    digest = hashlib.sha256()
    for division in divisions(printed):
        text = " ".join(word.text for word in division_words(division))
        digest.update(f"{division.id}\n{text}\n".encode())
    return digest.hexdigest()


# ---------------------------------------------------------------- kept from build to build


def pagination_to_json(kept: Pagination) -> str:
    """Write a pagination, a page a line."""
    pages = ",\n".join(json.dumps(astuple(page)) for page in kept.pages)
    return f'{{"form": {_FORM}, "words": "{kept.fingerprint}", "pages": [\n{pages}\n]}}\n'


def pagination_from_json(text: str) -> Pagination | None:
    """Read what `pagination_to_json` wrote; None where it is anything else, for it can always be made anew."""
    try:
        kept = json.loads(text)
        pages = tuple(
            PrintPage(str(folio), str(division), int(first), int(end))
            for folio, division, first, end in kept["pages"]
        )
        return Pagination(str(kept["words"]), pages) if kept["form"] == _FORM else None
    except (ValueError, TypeError, KeyError, RecursionError):
        return None


# ---------------------------------------------------------------- Book → Book


def with_page_breaks(book: Book, kept: Pagination, printed: Book) -> Book:
    """Mark in a book where the pages of print begin; `printed` is the tree that was printed.

    A mark stands before the first word that begins on the page. Where that word is not in this book, it stands before
    the first of the page that is; a page of which the book has no word gets none.
    """
    pages = {id_: list(found) for id_, found in groupby(kept.pages, key=lambda page: page.division)}
    originals = {division.id: division for division in divisions(printed)}

    def marked(division: _D) -> _D:
        found = pages.get(division.id, [])
        folios = _folios(found, originals[division.id], division) if found else {}
        return _with_folios(division, folios) if folios else division

    return with_divisions(book, marked)


_D = TypeVar("_D", bound=Division)


def _folios(pages: Sequence[PrintPage], printed: Division, division: Division) -> dict[int, str]:
    """Find the word of a division before which each page begins; it begins with the division where the printed one did."""
    numbers = _numbers(printed, division)
    found: dict[int, str] = {}
    for page in pages:
        here = (numbers[number] for number in range(page.first, page.end) if number in numbers)
        word = 0 if page.first == 0 else next(here, None)
        if word is not None:
            found[word] = page.folio
    return found


def _numbers(printed: Division, division: Division) -> Mapping[int, int]:
    """Map the number of each printed word to its number in a division that need not have all of them."""
    there = {place: number for number, place in enumerate(_places(division))}
    return {number: there[place] for number, place in enumerate(_places(printed)) if place in there}


def _places(division: Division) -> list[tuple[str, int]]:
    """Give the place of every word in the manuscript; words that were generated are counted instead."""
    places: list[tuple[str, int]] = []
    leaf, offsets, generated = None, list[int](), 0
    for word in division_words(division, alts=False):
        if word.span is None:
            places.append(("", generated))
            generated += 1
            continue
        if word.span is not leaf:
            leaf, offsets = word.span, [at for at, _ in words(word.span.text)]
        # a rule may have parted what was typed as one word
        at = offsets.pop(0) if offsets else places[-1][1] - leaf.start + 1
        places.append((leaf.source.path, leaf.start + at))
    return places


def _with_folios(division: _D, folios: Mapping[int, str]) -> _D:
    marked = with_units(division, _Marking(folios))
    return _begun(marked, PageBreak(folios[0])) if 0 in folios else marked


def _begun(division: _D, mark: PageBreak) -> _D:
    """Put the mark of a page that begins with a division before all that is in it."""
    match division:
        case Chapter(heading=heading):
            return replace(division, heading=replace(heading, label=(mark, *heading.label)))
        case Section(heading=section_heading):
            return replace(division, heading=(mark, *section_heading))
        case _:
            return replace(division, title=(mark, *division.title))


class _Marking:
    """Puts marks into the units of a division, counting its words as they pass."""

    def __init__(self, folios: Mapping[int, str]) -> None:
        self.folios = folios
        self.passed = 0
        self.waiting = (
            ""  # the folio of a page that a hyphen parted within `fel-low’s`: no word begins with its `s`
        )

    def __call__(self, children: Inlines) -> Inlines:
        text = "".join(leaf.text for leaf in leaves(children) if isinstance(leaf, Text))
        starts = [at for at, _ in unit_words(children)]
        marks: dict[int, str] = {}
        for number, at in enumerate(starts, self.passed):
            folio = self.folios.get(number, self.waiting) if number else ""
            self.waiting = folio if folio and _goes_on(text, at) else ""
            if folio and not self.waiting:
                marks[_cut(text, at)] = folio
        self.passed += len(starts)
        return _parted(children, marks, 0) if marks else children


def _goes_on(text: str, at: int) -> bool:
    """Whether what begins at `at` is the rest of a word after its apostrophe."""
    return text[max(0, at - 1) : at] in _APOSTROPHES and text[max(0, at - 2) : at - 1].isalnum()


def _cut(text: str, at: int) -> int:
    """Say where a page that begins with the word at `at` begins: its opening quotation mark goes with it."""
    if not any(map(str.isalnum, text[:at])):
        return 0
    cut = text.rfind(" ", 0, at) + 1
    return at if any(map(str.isalnum, text[cut:at])) else cut


def _parted(children: Inlines, marks: Mapping[int, str], start: int) -> Inlines:
    """Put marks into a row of inlines that begins at `start`."""
    made: list[Inline] = []
    for child in children:
        length = sum(len(leaf.text) for leaf in leaves((child,)) if isinstance(leaf, Text))
        if isinstance(child, Text):
            made.extend(_parted_text(child, {at - start: mark for at, mark in marks.items()}))
        elif isinstance(child, PageBreak):
            made.append(child)
        else:
            made.append(replace(child, children=_parted(child.children, marks, start)))
        start += length
    return tuple(made)


def _parted_text(leaf: Text, marks: Mapping[int, str]) -> list[Text | PageBreak]:
    made: list[Text | PageBreak] = []
    at = 0
    for cut in sorted(cut for cut in marks if 0 <= cut < len(leaf.text)):
        if at < cut:
            made.append(replace(leaf, text=leaf.text[at:cut]))
        made.append(PageBreak(marks[cut]))
        at = cut
    return [*made, replace(leaf, text=leaf.text[at:])]
