"""Verse that stands as prose: its lines were joined, and only the capitals tell where each began."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from bookbuild.draft import Draft, Kind
from bookbuild.edits import DraftEdit, Edit, Rewrite, Sureness
from bookbuild.rules.evidence import Evidence
from bookbuild.rules.rule import structure_rule

_CAPITAL = re.compile(r"(?<=[\w,;:’'—-])\s+(?=([A-Z][a-z]*)\b)")
_SENTENCE = re.compile(r"(?<=[.!?:;])\s+(?=[\"“'‘’]?[A-Z])")
_WORD = re.compile(r"\S+")
_FEWEST = 5  # seams; a title in the middle of a sentence has fewer, or they stand closer together
_LEAST, _MOST = 3, 14  # words of a line
_LONGEST = 20  # words of the longest
_ODD = 5  # one line in so many may be shorter or longer


@structure_rule(
    before="Now sing of the ferry That went down with all hands, And the bell that they carried, For the church on the sands,"
    " Where the gulls cry at evening And the tide runs so low That the bell and the ferry Are a mile from the shore.",
    after="Now sing of the ferry\nThat went down with all hands,\nAnd the bell that they carried,\nFor the church on the sands,\n"
    "Where the gulls cry at evening\nAnd the tide runs so low\nThat the bell and the ferry\nAre a mile from the shore.",
)
def run_in_verse(draft: Draft, evidence: Evidence) -> Iterator[DraftEdit]:
    """The lines of a poem were joined to a paragraph: capitals stand in the middle of its sentences, a line's length apart."""
    if not evidence.is_english:  # German writes nouns with capitals
        return
    for number, block in enumerate(draft.blocks):
        seams = _seams(block.text, evidence.forms) if block.kind is Kind.PARAGRAPH else []
        if seams and _are_a_line_apart(block.text, seams):
            edits = tuple(Edit(start, end, "\n") for start, end in seams)
            yield Rewrite(number, edits, Kind.STANZA, sureness=Sureness.LIKELY)


def _seams(text: str, forms: Mapping[str, int]) -> list[tuple[int, int]]:
    """Find the spaces in a sentence before a capital that is no name's: the book mostly has the word with a small letter.

    A long line that ends a sentence within it is two.
    """
    inner = [match.span() for match in _CAPITAL.finditer(text) if _is_no_name(match[1], forms)]
    return sorted({*inner, *_sentence_ends(text, inner)}) if len(inner) >= _FEWEST else []


def _sentence_ends(text: str, seams: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Find where a sentence ends well within a line that is too long."""
    starts = [match.start() for match in _WORD.finditer(text)]
    for start, end in pairwise([0, *(start for start, _ in seams), len(text)]):
        first, last = bisect_left(starts, start), bisect_left(starts, end)
        if last - first <= _MOST:
            continue
        for match in _SENTENCE.finditer(text, start, end):
            word = bisect_left(starts, match.end())
            if min(word - first, last - word) >= _LEAST:
                yield match.span()


def _is_no_name(word: str, forms: Mapping[str, int]) -> bool:
    return word.lower() in _JOINING or forms.get(word.lower(), 0) > 2 * forms.get(word, 0)


_JOINING = frozenset(
    ["and", "but", "for", "that", "the", "to", "with", "than", "or", "nor", "in", "of", "are", "where"]
)
"""Words that begin lines and no names, where a text is too short to tell."""


def _are_a_line_apart(text: str, seams: Sequence[tuple[int, int]]) -> bool:
    edges = [0, *(start for start, _ in seams), len(text)]
    lengths = [len(text[start:end].split()) for start, end in pairwise(edges)]
    odd = sum(not _LEAST <= length <= _MOST for length in lengths)
    return odd * _ODD <= len(lengths) and max(lengths) <= _LONGEST
