"""Scene breaks of every habit."""

import re
from collections.abc import Iterator
from itertools import pairwise

from bookbuild.draft import HEADINGS, Block, Draft, Kind
from bookbuild.edits import DraftEdit, Retype, Split, Sureness
from bookbuild.rules.evidence import Evidence
from bookbuild.rules.layout import usual_gap
from bookbuild.rules.rule import structure_rule

_ORNAMENTS = r"*~_=#+•·⁂❦❧§°@%/\\<>◆◇★☆♥♦✦✻❖–—-"
_ORNAMENT_LINE = re.compile(rf"[{_ORNAMENTS}](?:[\s{_ORNAMENTS}]*[{_ORNAMENTS}])?")
_LETTER_PATTERN = re.compile(r"[-~=*\s]*[oO0xX][-~=*.\soO0xX]*")
_NOT_LETTER_PATTERNS = frozenset({"XXX", "xxx", "xox", "xoxo"})  # thirty, and kisses under a letter
_WORDED = re.compile(
    r"[\[(*~<=_–—-][\s*~=_–—-]*(?:line|scene|page|section)\s*-?(?:break|change)[\])*~>=_–—\s-]*",
    re.IGNORECASE,
)
# at least 3 ornaments (5 of those that prose uses too), or 3 with spaces between them
_RUN = r"(?:[*~#=+•·⁂]{3,}|[*~#=+•·⁂](?: [*~#=+•·⁂]){2,}|[-_–—]{5,})"
_GLUED_BEFORE = re.compile(rf"\s*(?P<run>{_RUN})(?P<seam>\s*)(?=[*_]?[\"“'‘]?[*_]?[A-ZÀ-ÖØ-Þ])")
_GLUED_AFTER = re.compile(rf"(?<=[.!?…\"”’'])(?P<seam>\s*)(?P<run>{_RUN})\s*$")
_SENTENCE_END = re.compile(r"[.!?…—-][\"”’'*_)]*\s*$")
_SIGN_WORDS = 12
_CENTRED_DASHES = 3
_FEW = 3


def is_break(text: str) -> bool:
    """Whether a line is nothing but a scene break: ornaments of at most two kinds, `oOo`, `[scene break]`."""
    text = text.strip()
    if _ORNAMENT_LINE.fullmatch(text):
        kinds = set(text) - set(" \t\xa0")
        lone = len(text) == 1 and text not in "*#~•⁂❦❧§◆◇★☆✦✻❖—"
        return (
            len(kinds) <= 2
            and not lone
            and not (kinds <= set("-–—") and len(text) < _CENTRED_DASHES and text != "—")
        )
    letters = sum(character.isalpha() or character == "0" for character in text)
    enough = letters >= 3 or (text[:1] + text[-1:] in {"--", "~~", "=="} and letters == 1 and text.islower())
    if enough and text[-1] != "." and text not in _NOT_LETTER_PATTERNS and _LETTER_PATTERN.fullmatch(text):
        return True
    return bool(_WORDED.fullmatch(text))


@structure_rule(
    before="He left.\n\n******** By morning it rained.",
    after="He left.\n\n********\n\nBy morning it rained.",
)
def glued_scene_break(draft: Draft, _evidence: Evidence) -> Iterator[DraftEdit]:
    """A row of asterisks lost its line end and runs into the next paragraph, or the last one runs into it."""
    for number, block in enumerate(draft.blocks):
        text = block.text
        before, after = _GLUED_BEFORE.match(text), _GLUED_AFTER.search(text)
        if before and not _is_sign(text, before, text[before.end() :]):
            yield Split(number, before.start("seam"), before.end("seam"))
        if after and not _is_sign(text, after, text[: after.start()]):
            yield Split(number, after.start("seam"), after.end("seam"))


def _is_sign(text: str, match: re.Match[str], rest: str) -> bool:
    """Whether the ornaments belong to their line: `*** BREAKING NEWS ***`, `***No!*** he cried.`, `### The Ferry`."""
    run = match["run"]
    elsewhere = text[: match.start("run")] + " " + text[match.end("run") :]
    paired = re.search(rf"{re.escape(run[0])}{{{min(len(run), 3)},}}|{re.escape(run[:5])}", elsewhere)
    is_sentence = _SENTENCE_END.search(rest) or len(rest.split()) > _SIGN_WORDS
    return bool(paired) or not is_sentence


@structure_rule(before="He left.\n\n~~~\n\nIt rained.", after="He left.\n\n***\n\nIt rained.")
def typed_scene_break(draft: Draft, _evidence: Evidence) -> Iterator[DraftEdit]:
    """A line of ornaments, `oOo` or `[scene break]` stands for a break between scenes, which each book marks in its own way."""
    for number, block in enumerate(draft.blocks):
        if block.kind is Kind.PARAGRAPH and is_break(block.text):
            yield Retype(number, number, Kind.BREAK)


@structure_rule(before="Chapter 1\n\n***\n\nIt rained.", after="# Chapter 1\n\nIt rained.")
def idle_scene_break(draft: Draft, _evidence: Evidence) -> Iterator[DraftEdit]:
    """A break at a chapter's edge, beside an author's note or beside another break parts nothing in the story."""
    story: list[tuple[int, Block]] = []
    for number, block in enumerate(draft.blocks):
        if block.is_set_aside:
            continue
        if block.kind is Kind.BREAK and (not story or not _parts_story(story[-1][1])):
            yield Retype(number, number, Kind.IDLE_BREAK)
        elif story and story[-1][1].kind is Kind.BREAK and not _parts_story(block):
            yield Retype(story[-1][0], story[-1][0], Kind.IDLE_BREAK)
            story[-1] = (number, block)
        else:
            story.append((number, block))
    if story and story[-1][1].kind is Kind.BREAK:
        number = story[-1][0]
        yield Retype(number, number, Kind.IDLE_BREAK, sureness=Sureness.LIKELY)


def _parts_story(block: Block) -> bool:
    """Whether a break next to this block has story on that side."""
    is_note = block.group is not None and "note" in block.group.kind.value
    return block.kind not in HEADINGS and block.kind is not Kind.BREAK and not is_note


@structure_rule(
    before="Rain fell on the harbour, and on the road to Marrow, and on the long house.\n\nIt stopped.\n\n\n\n"
    "By noon the boats were out again, all but one, and nobody spoke of it.\n\nIlse slept.",
    after="Rain fell on the harbour, and on the road to Marrow, and on the long house.\n\nIt stopped.\n\n"
    "By noon the boats were out again, all but one, and nobody spoke of it.\n\nIlse slept.",
)
def larger_gap(draft: Draft, _evidence: Evidence) -> Iterator[DraftEdit]:
    """A gap larger than the others may be a scene break, or a slip; it is told and nothing is changed: put `***` there to have one."""
    gap = usual_gap(draft)
    story = [(number, block) for number, block in enumerate(draft.blocks) if not block.is_set_aside]
    larger = [
        number
        for (_, before), (number, block) in pairwise(story)
        if block.gap > gap and before.is_plain and block.is_plain
    ]
    # where many are larger, the author spaces paragraphs freely
    if gap >= 1 and len(larger) <= max(_FEW, len(story) // 10):
        for number in larger:
            why = "a larger gap stands before this paragraph: if it is a scene break, put *** there"
            yield Retype(number, number, sureness=Sureness.DOUBTFUL, why=why)
