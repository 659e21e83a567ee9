"""Paragraphs and sentences that lost the break between them."""

import re
from collections.abc import Iterator
from itertools import zip_longest

from bookbuild.draft import Draft, Kind
from bookbuild.edits import DraftEdit, Edit, Question, Rewrite, Split, Sureness
from bookbuild.rules.clipping import LIKELY, beginning_lost
from bookbuild.rules.evidence import Evidence
from bookbuild.rules.lost_spaces import NO_SPACE_AFTER, SAID, SMALL_WORDS, ends_and_begins
from bookbuild.rules.rule import structure_rule

_MARK = re.compile(r'["“”]')
_AFTER_CLOSING = re.compile(rf"(?:(?<=[.!?…—-])|(?<=[.!?…]['’]))([\"”])(?!{SAID})(?=[A-ZÀ-ÖØ-Þ\"“])")
# after dots the speaker only paused, and what is lost is a space (sentence-glued-to-dots)
_BEFORE_OPENING = re.compile(r"(?<=[.!?])(?<!\.\.)([\"“])(?=[A-ZÀ-ÖØ-Þ‘'])")
# `‘Why?’‘Because.’`, `‘Wait!’She`, `walked.‘Stop!`
_SINGLE_SEAM = re.compile(
    rf"(?<=[.!?…—])’(?=‘[A-ZÀ-ÖØ-Þ“])|(?<=[.!?…—])'(?='[A-ZÀ-ÖØ-Þ\"])|(?<=[.!?])’(?!{SAID})(?=(?P<after>[A-ZÀ-ÖØ-Þ][^\W_]*) )|(?<=[a-zß-öø-ÿ][.!?])(?=‘[A-ZÀ-ÖØ-Þ])"
)
# `goAnd`, but neither `iPhone` nor an address
_CAMEL = re.compile(r"(?<![\w@/\\.#&=-])([a-zß-öø-ÿ]{2,})([A-ZÀ-ÖØ-Þ][a-zß-öø-ÿ]*)(?![\w@/\\=&(]|[.:][^\W_])")


@structure_rule(
    before='She kept walking."Stop!" Ann called. "Wait!"She did not.',
    after='She kept walking.\n\n"Stop!" Ann called. "Wait!"\n\nShe did not.',
)
def glued_paragraphs(draft: Draft, evidence: Evidence) -> Iterator[DraftEdit]:
    """A line break was lost: a sentence ends, and the next speech, or what follows a speech, begins without a space."""
    is_single = evidence.speech.single_quotes_first
    for number, block in enumerate(draft.blocks):
        if block.kind is Kind.PARAGRAPH:
            seams = set(_paragraph_seams(block.text))
            seams.update(_single_seams(block.text, evidence) if is_single else ())
            for seam in sorted(seams):
                yield Split(number, seam, seam, sureness=Sureness.LIKELY)


def _paragraph_seams(text: str) -> Iterator[int]:
    """Find seams: after a mark that closes a speech, before one that opens it."""
    closing = {match.start(1) for match in _AFTER_CLOSING.finditer(text)}
    opening = {match.start(1) for match in _BEFORE_OPENING.finditer(text)}
    if (not closing and not opening) or "„" in text:  # in „German“ the mark that opens in English closes
        return
    is_open = False
    marks = [match.start() for match in _MARK.finditer(text)]
    for at, after in zip_longest(marks, marks[1:]):
        was_open, is_open = is_open, _opens(text, at, is_open=is_open)
        if was_open and not is_open and at in opening and at in closing and _only_closes(text, after):
            is_open = True  # it opens again what did not close, as the next paragraph of a speech does
            yield at
        elif was_open and not is_open and at in closing:
            yield at + 1
        elif is_open and at in opening:
            yield at


def _only_closes(text: str, at: int | None) -> bool:
    """Whether a straight or curly mark cannot open anything, by its own shape."""
    return at is not None and not _opens(text, at, is_open=False)


def _single_seams(text: str, evidence: Evidence) -> Iterator[int]:
    """Find seams in a book that marks speech with single marks: only where they are curly, or two meet, is it clear which way they are turned."""
    for match in _SINGLE_SEAM.finditer(text):
        after = match["after"]
        if not after or beginning_lost(text, match.start(), after, evidence) > LIKELY:  # no `’Twas`
            yield match.end()


def marks_that_open(text: str) -> frozenset[int]:
    """Give the places of the double marks that open a speech."""
    is_open, places = False, []
    for match in _MARK.finditer(text):
        was_open, is_open = is_open, _opens(text, match.start(), is_open=is_open)
        if is_open and not was_open:
            places.append(match.start())
    return frozenset(places)


def _opens(text: str, at: int, *, is_open: bool) -> bool:
    """Whether a double mark opens a speech: by its own shape, by the room beside it, or because none is open."""
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    room_before = not before or before.isspace() or before in "([{/"
    room_after = not after or after.isspace() or after in ")]}.,;:!?…/"
    if text[at] == '"' and room_before == room_after:
        return not is_open
    return text[at] == "“" or (text[at] == '"' and room_before)


@structure_rule(
    before='"Stop!"She kept walking on.She saw no boat.',
    after='"Stop!"\n\nShe kept walking on.\n\nShe saw no boat.',
)
def glued_sentences(draft: Draft, evidence: Evidence) -> Iterator[DraftEdit]:
    """Two sentences without a space between them lost a line break, in a book that lost others beside its speeches."""
    if not evidence.habits.loses_breaks:
        return
    for number, block in enumerate(draft.blocks):
        if block.kind is not Kind.PARAGRAPH:
            continue
        for match in NO_SPACE_AFTER.finditer(block.text):
            if _are_sentences(match, evidence):
                at = match.start(3)
                space = Rewrite(number, (Edit(at, at, " "),), block.kind)
                yield Split(number, at, at, sureness=Sureness.LIKELY, others=(space,))


def _are_sentences(match: re.Match[str], evidence: Evidence) -> bool:
    """Whether what stands on both sides of a mark is an end and a beginning: words of the book, no file or address."""
    before, mark, after = match.groups()
    known = max(evidence.vocabulary.get(word.lower(), 0) for word in (before, after)) > 1
    return mark in ".!?" and known and ends_and_begins(before, after)


@structure_rule(
    before="All that I saw of you was here. She let it goAnd then she left. I and you let it go.",
    after="All that I saw of you was here. She let it goAnd then she left. I and you let it go.",
)
def glued_words(draft: Draft, evidence: Evidence) -> Iterator[DraftEdit]:
    """A capital in the middle of a word may show where a line break or a space was lost; names such as McDonald are known."""
    for number, block in enumerate(draft.blocks):
        if block.kind is not Kind.PARAGRAPH:
            continue
        for match in _CAMEL.finditer(block.text):
            at = match.start(2)
            if _is_glued(match, evidence):
                others = (
                    Split(number, at, at),
                    Rewrite(number, (Edit(at, at, " "),), block.kind),
                )
                why = "two words may have run into one here"
                yield Question(number, match.start(), match.end(), why=why, others=others)


def _is_glued(match: re.Match[str], evidence: Evidence) -> bool:
    """Whether both halves are words of the book, or the second one of every book, and the whole is none that it has again."""
    before, after = (half.lower() for half in match.groups())
    words = evidence.vocabulary
    if evidence.is_english and after in SMALL_WORDS and len(after) > 1:
        known = words.get(before, 0) > 0 or before in SMALL_WORDS
    else:
        known = min(words.get(before, 0), words.get(after, 0)) > 1
    return known and evidence.forms.get(match.group(), 0) <= 1
