"""Scene breaks that lost their line and stand beside words."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from bookbuild.draft import Block, Draft, Kind
from bookbuild.edits import DraftEdit, Question, SetApart, Split, Sureness
from bookbuild.rules.evidence import Evidence
from bookbuild.rules.layout import CLOSERS, begins_small
from bookbuild.rules.ornaments import WORDED_IN_BRACKETS, Look, leading_mark, look_of, trailing_mark
from bookbuild.rules.rule import structure_rule

SENTENCE_END = re.compile(rf"[.!?…—。！？-][{CLOSERS}]*\s*$")
"""The end of a text that ends as a sentence does."""
_CAPITALS = "".join(filter(str.isupper, map(chr, range(0x41, 0x530))))  # Latin, Greek and Cyrillic
SENTENCE_START = re.compile(
    rf"\s*[*_]?(?:[—–―]\s*)?[\"“'‘’„«»‚‹›¿¡]{{0,3}}[*_]?[{_CAPITALS}]|\s*[「『\u3041-\u30ff\u4e00-\u9fff]"
)
"""The start of a text that begins as a sentence does."""
_TEXT_START = re.compile(r"\s*(?:[^\W_]|[(\[\"“'‘…—]|\.{3}|[*_]\S)")
_GOES_ON = re.compile(r"\b[a-zß-öø-ÿ]+[:,;]\s*$")  # what follows is said on the next line
_SIGN_WORDS = 12
_TAIL = 100  # characters before a mark, in which the last sentence ends
# single signs that begin items of lists and speeches, so that they say nothing before words
_BEGINS_ITEMS = frozenset("-–—―*+•·&@°")
# those of them that are no bullets, no footnotes' calls and no headings' marks
_LONE_SIGN = re.compile(r"\s*(?P<sign>[☆★✩✪✦✧❖◆◇◊♦♢❧❦☙⁂§✿❀]) (?=[\"“'‘’]{0,3}[A-ZÀ-ÖØ-Þ])")
# one sign three times or more; of those that mark dashes and gaps within sentences, five
_ROW = r"(?P<one>[*#~=+§†‡⁂❦❧✦⁕⁎∗＊～])(?:[ \t\xa0]{0,3}(?P=one)){2,200}|_{5,200}|[-–—―]{5,200}"
_RUN_IN = rf"{_ROW}|{WORDED_IN_BRACKETS}"


@structure_rule(
    before="He left.\n\n******** By morning it rained.",
    after="He left.\n\n********\n\nBy morning it rained.",
)
def glued_scene_break(draft: Draft, evidence: Evidence) -> Iterator[DraftEdit]:
    """A row of asterisks lost its line end and runs into the next paragraph, or the last one runs into it."""
    own = sorted((mark for mark in evidence.breaks if mark not in _BEGINS_ITEMS), key=len, reverse=True)
    for number, block in enumerate(draft.blocks):
        text = block.text
        before = leading_mark(text) or _own_mark(text, own)
        if before and _begins_after(text, before, own) and not _is_sign(text, before, text[before[1] :]):
            end = len(text) - len(text[before[1] :].lstrip())
            yield Split(number, before[1], end, sureness=_sureness(text, before))
        elif not before and (sign := _lone_sign(draft.blocks, number)):
            why = "this sign may stand between two scenes, or begin an item of a list"
            yield Question(number, *sign, why=why, others=(SetApart(number, *sign, Kind.BREAK),))
        after = trailing_mark(text) or _own_mark_at_end(text, own)
        if (
            after
            and after != before
            and SENTENCE_END.search(text[: after[0]])
            and not _is_sign(text, after, text[: after[0]])
        ):
            yield Split(number, len(text[: after[0]].rstrip()), after[0])


def _lone_sign(blocks: Sequence[Block], number: int) -> tuple[int, int] | None:
    """Find a single ornament before a sentence, in a paragraph whose neighbours do not begin with it, as items of a list do."""
    match = _LONE_SIGN.match(blocks[number].text)
    beside = (*blocks[max(number - 1, 0) : number], *blocks[number + 1 : number + 2])
    if not match or any(block.text.lstrip().startswith(match["sign"]) for block in beside):
        return None
    return match.span("sign") if SENTENCE_END.search(blocks[number].text[-_TAIL:]) else None


def _sureness(text: str, mark: tuple[int, int]) -> Sureness:
    return Sureness.LIKELY if any(map(str.isalnum, text[slice(*mark)])) else Sureness.CERTAIN


def _own_mark(text: str, own: Sequence[str]) -> tuple[int, int] | None:
    """Find a mark before words that is one of this book's own, because it stands alone elsewhere: `§ By noon`."""
    start = len(text) - len(text.lstrip())
    for mark in own:
        end = start + len(mark)
        if text.startswith(mark, start) and (text[end : end + 1].isspace() or not mark[-1].isalnum()):
            return start, end
    return None


def _own_mark_at_end(text: str, own: Sequence[str]) -> tuple[int, int] | None:
    """Find a mark of letters after a sentence that is one of this book's own: `He left. oOo`; elsewhere it may be a kiss."""
    bare = text.rstrip()
    for mark in own:
        if any(map(str.isalnum, mark)) and bare.endswith(mark) and not bare[: -len(mark)][-1:].isalnum():
            return len(bare) - len(mark), len(bare)
    return None


def _begins_after(text: str, mark: tuple[int, int], own: Sequence[str]) -> bool:
    """Whether a paragraph begins after a mark; any may after one of the book's own that nothing else looks like."""
    typed = text[slice(*mark)]
    is_own = typed in own and look_of(typed) is Look.CERTAIN
    return bool((_TEXT_START if is_own else SENTENCE_START).match(text, mark[1]))


def _is_sign(text: str, mark: tuple[int, int], rest: str) -> bool:
    """Whether the ornaments belong to their line: `*** BREAKING NEWS ***`, `***No!*** he cried.`, `### The Ferry`."""
    run = text[slice(*mark)]
    elsewhere = text[: mark[0]] + " " + text[mark[1] :]
    paired = re.search(rf"{re.escape(run[0])}{{{min(len(run), 3)},}}|{re.escape(run[:5])}", elsewhere)
    is_sentence = (
        SENTENCE_END.search(rest)
        or _GOES_ON.search(rest)
        or len(rest.split(None, _SIGN_WORDS + 1)) > _SIGN_WORDS
    )
    return bool(paired) or not is_sentence


@structure_rule(
    before="He left, and nobody saw him go. * * * By morning it rained.",
    after="He left, and nobody saw him go.\n\n***\n\nBy morning it rained.",
)
def run_in_scene_break(draft: Draft, evidence: Evidence) -> Iterator[DraftEdit]:
    """A mark between scenes lost the line ends on both sides and stands in the middle of a paragraph, between two sentences."""
    pattern = _run_in_pattern(evidence)
    for number, block in enumerate(draft.blocks):
        text = block.text
        marks = [match.span() for match in pattern.finditer(text)] if block.kind is Kind.PARAGRAPH else []
        if not marks or not all(_parts_sentences(text, mark) for mark in marks):
            continue
        below = draft.blocks[number + 1] if number + 1 < len(draft.blocks) else None
        are_scenes = _are_scenes(text, marks, below)
        for start, end in marks:
            apart = SetApart(number, start, end, Kind.BREAK, sureness=Sureness.LIKELY)
            why = "these signs may stand between scenes, or belong to the words beside them"
            yield apart if are_scenes else Question(number, start, end, why=why, others=(apart,))


def _run_in_pattern(evidence: Evidence) -> re.Pattern[str]:
    """Give what a run-in mark looks like in this book: a row of signs, or what stands alone between its scenes, but for dots."""
    own = [mark for mark in evidence.breaks if mark not in _BEGINS_ITEMS and not set(mark) <= set(" .…‥·:")]
    typed = [
        r"[ \t\xa0]{1,3}".join(map(re.escape, mark.split())) for mark in sorted(own, key=len, reverse=True)
    ]
    return re.compile(rf"(?<=\s)(?:{'|'.join((*typed, _RUN_IN))})(?=\s)")


def _parts_sentences(text: str, mark: tuple[int, int]) -> bool:
    """Whether a sentence ends before a mark and another begins after it."""
    start, end = mark
    ends = SENTENCE_END.search(text, max(start - _TAIL, 0), start)
    return bool(ends and SENTENCE_START.match(text, _skip(text, end)))


def _are_scenes(text: str, marks: Sequence[tuple[int, int]], below: Block | None) -> bool:
    """Whether what stands between marks, and after the last, is more than a sign, `*** Breaking news! ***`, or goes on in the line below."""
    inner = [text[end:start] for (_, end), (start, _) in pairwise(marks)]
    last = text[marks[-1][1] :]
    long = [len(scene.split(None, _SIGN_WORDS + 1)) > _SIGN_WORDS for scene in (*inner, last)]
    goes_on = below is not None and not below.gap and begins_small(below.text)
    return all(long[:-1]) and (long[-1] or goes_on or bool(SENTENCE_END.search(last[-_TAIL:])))


def _skip(text: str, at: int) -> int:
    while at < len(text) and text[at].isspace():
        at += 1
    return at
