"""Scene breaks of every habit, on lines of their own."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice, pairwise

from bookbuild.draft import HEADINGS, Block, Draft, Kind
from bookbuild.edits import DraftEdit, InsertBreak, Retype, Sureness
from bookbuild.rules.evidence import Evidence
from bookbuild.rules.glued_breaks import SENTENCE_END, SENTENCE_START
from bookbuild.rules.layout import LINE_LENGTH, begins_small, usual_gap
from bookbuild.rules.narration import narration_of, weight_beside
from bookbuild.rules.ornaments import Look, as_typed, look_of
from bookbuild.rules.rule import structure_rule

_TAIL = 100  # characters at a paragraph's end, in which its last mark stands
_INTRODUCES = re.compile(r":[\s—–-]*[\"”’'*_)]*\s*$")  # what follows belongs to it
_DOTS = 2  # below each other, which may be a slip or a silence
_FEW = 4
_RARE = 10  # one gap in so many
_RARE_OF_NONE = 4  # the same, where paragraphs have no empty lines between them
_EDGE = 2  # paragraphs at a chapter's ends that a larger gap may part from it because they are no part of the story
_TIME = (
    r"(?:time[\s-]*(?:skip|jump|lapse)|flash[\s-]*back(?:\s+(?:ends?|begins?|starts?))?|(?:end|start|begin)\s+(?:of\s+)?(?:flash[\s-]*back|dream)"
    r"|dream(?:\s+sequence)?|present(?:\s+day)?|meanwhile|(?:(?:a|an|one|two|three|four|five|six|seven|eight|nine|ten|several|some|a\s+few|\d+)\s+)"
    r"(?:seconds?|minutes?|hours?|days?|nights?|weeks?|months?|years?)\s+(?:later|earlier|ago|before)|later(?:\s+that\s+\w+)?|(?:the\s+)?(?:next|following)\s+(?:day|morning|night|evening|week))"
)
_FRAMED_TIME = re.compile(
    rf"\s*(?P<open>[~=<(\[{{*._–—-]{{1,10}})\s*{_TIME}[.…]*\s*(?P<close>[~=>)\]}}*._–—-]{{1,10}})\s*",
    re.IGNORECASE,
)
_PLAIN_TIME = re.compile(r"\s*time[\s-]*(?:skip|jump)\s*[.:…]*\s*", re.IGNORECASE)
_VIEW = re.compile(
    r"[\s~=<(\[{*_–—-]*(?:(?:[A-Z][\w’'.-]{1,20}\s){0,3}(?:p\.?o\.?v\.?|point of view)|p\.?o\.?v\.?\s*[:–—-]\s*(?:[A-Z][\w’'.-]{0,20}\s?){1,3})[\s~=>)\]}*_:.–—-]*",
    re.IGNORECASE,
)


@structure_rule(before="He left.\n\n~~~\n\nIt rained.", after="He left.\n\n***\n\nIt rained.")
def typed_scene_break(draft: Draft, evidence: Evidence) -> Iterator[DraftEdit]:
    """A line of ornaments, `oOo` or `[scene break]` stands for a break between scenes, which each book marks in its own way."""
    looks = [look_of(block.text) if block.kind is Kind.PARAGRAPH else Look.NOT for block in draft.blocks]
    by_habit = [number for number, look in enumerate(looks) if look is Look.BY_HABIT]
    parting = {number for number in by_habit if _parts_prose(draft.blocks, number)}
    often = Counter(as_typed(draft.blocks[number].text) for number in parting)
    yield from _upright_dots(draft.blocks)
    for number, look in enumerate(looks):
        mark = as_typed(draft.blocks[number].text) if look is not Look.NOT else ""
        if look is Look.CERTAIN:
            yield Retype(number, number, Kind.BREAK)
        elif look is Look.BY_HABIT and not _is_number(draft, mark):
            # dots may be a silence wherever no sentence ends before them
            is_own = any(map(str.isalnum, mark)) and (
                often[mark] > 1 or (often[mark] and _parts_prose(draft.blocks, number, least=0))
            )
            if is_own or (number in parting and evidence.marks.get(mark, 0) > 1):
                why = "it stands between scenes again and again"
                yield Retype(number, number, Kind.BREAK, sureness=Sureness.LIKELY, why=why)
            elif number in parting:
                why = "taken for a scene break, because it stands alone between two paragraphs"
                yield Retype(number, number, Kind.BREAK, sureness=Sureness.DOUBTFUL, why=why)


def _upright_dots(blocks: Sequence[Block]) -> Iterator[DraftEdit]:
    """Find three dots or more, each on a line of its own, below each other."""
    dots = [number for number, block in enumerate(blocks) if block.is_plain and block.text.strip() == "."]
    rows: list[list[int]] = []
    for number in dots:
        if rows and number == rows[-1][-1] + 1:
            rows[-1].append(number)
        else:
            rows.append([number])
    for row in rows:
        if len(row) > _DOTS:
            yield Retype(row[0], row[-1], Kind.BREAK, sureness=Sureness.LIKELY)


def _parts_prose(blocks: Sequence[Block], number: int, least: int = LINE_LENGTH) -> bool:
    """Whether a line has a whole sentence before it and another after it, and stands in no list of short lines: one beside it has `least` characters."""
    above = next(_live(blocks, range(number - 1, -1, -1)), None)
    below = list(islice(_live(blocks, range(number + 1, len(blocks))), 2))
    if not above or not below or not _meet(above, below[0]):
        return False
    # a line that goes on in the next is longer than it looks
    goes_on = len(below) > 1 and not below[1].gap and begins_small(below[1].text)
    return goes_on or max(len(above.text), len(below[0].text)) >= least


def _live(blocks: Sequence[Block], numbers: range) -> Iterator[Block]:
    return (blocks[number] for number in numbers if not blocks[number].is_set_aside)


def _meet(before: Block, after: Block) -> bool:
    """Whether two paragraphs of the story meet: one ends a sentence, the next begins one."""
    return (
        before.is_plain
        and after.is_plain
        and bool(SENTENCE_END.search(before.text, max(len(before.text) - _TAIL, 0)))
        and bool(SENTENCE_START.match(after.text))
    )


def _is_number(draft: Draft, text: str) -> bool:
    """Whether a row of X is a roman number among others: XXIX or XXXI stands on a line of its own too."""
    bare = text.strip(" .")
    return bare.upper() == "XXX" and any(
        len(block.text) < LINE_LENGTH and re.search(r"\bXX(?:IX|XI)\b", block.text) for block in draft.blocks
    )


@structure_rule(
    before="He left in the rain, and nobody saw him go.\n\n~ Two weeks later ~\n\nThe rain had stopped, and the road was dry.",
    after="He left in the rain, and nobody saw him go.\n\n***\n\n~ Two weeks later ~\n\nThe rain had stopped, and the road was dry.",
)
def labelled_scene_break(draft: Draft, _evidence: Evidence) -> Iterator[DraftEdit]:
    """A line such as `~ Two weeks later ~`, `Time skip` or `POV: Mara` stands for a scene break, and its words are kept."""
    story = [(number, block) for number, block in enumerate(draft.blocks) if not block.is_set_aside]
    for (_, before), (number, block) in pairwise(story):
        if before.is_plain and block.is_plain and _is_label(block.text) and number + 1 < len(draft.blocks):
            yield InsertBreak(number, sureness=Sureness.LIKELY)


def _is_label(text: str) -> bool:
    if len(text) > LINE_LENGTH:
        return False
    framed = _FRAMED_TIME.fullmatch(text)
    in_italics = framed and framed["open"] in {"*", "_"} and framed["close"] == framed["open"]
    return bool((framed and not in_italics) or _PLAIN_TIME.fullmatch(text) or _VIEW.fullmatch(text))


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
    before="Rain fell on the harbour, and on the road to Marrow, and on the long house.\n\nNobody went out, and nobody lit a lamp, though it was dark by four.\n\nIt stopped before noon.\n\n\n\n"
    "By noon the boats were out again, all but one, and nobody spoke of it.\n\nIlse slept.\n\nSo did Tom.",
    after="Rain fell on the harbour, and on the road to Marrow, and on the long house.\n\nNobody went out, and nobody lit a lamp, though it was dark by four.\n\nIt stopped before noon.\n\n***\n\n"
    "By noon the boats were out again, all but one, and nobody spoke of it.\n\nIlse slept.\n\nSo did Tom.",
)
def larger_gap(draft: Draft, evidence: Evidence) -> Iterator[DraftEdit]:
    """A gap larger than the others is a scene break, in a book that has no other mark for one; else the author is asked."""
    gap = usual_gap(draft)
    story = [(number, block) for number, block in enumerate(draft.blocks) if not block.is_set_aside]
    larger = _larger(story, gap)
    shown = {
        number for at in range(1, len(story)) if _is_shown(story, at, gap) for number, _ in story[at : at + 2]
    }
    edges = {number for number, _ in (*story[: _EDGE + 1], *story[-_EDGE:])}
    for number in _rare(larger, max(_FEW, len(story) // (_RARE if gap else _RARE_OF_NONE))):
        at_edge = number in edges and _may_be_note(draft.blocks, number)
        if evidence.breaks or at_edge or number in shown:
            why = "a larger gap stands before this paragraph: is it a scene break?"
            others = (InsertBreak(number),)
            yield Retype(number, number, sureness=Sureness.DOUBTFUL, why=why, others=others)
        else:
            yield InsertBreak(number, sureness=Sureness.LIKELY)


def _larger(story: Sequence[tuple[int, Block]], gap: int) -> list[tuple[int, int]]:
    """Give the blocks before which a larger gap parts a whole sentence from another, and the gaps."""
    return [
        (number, block.gap)
        for (_, before), (number, block) in pairwise(story)
        if block.gap > gap
        and _meet(before, block)
        and not _INTRODUCES.search(before.text[-_TAIL:])
        and (not gap or max(len(before.text), len(block.text)) >= LINE_LENGTH)
    ]


def _is_shown(story: Sequence[tuple[int, Block]], at: int, gap: int) -> bool:
    """Whether a short line stands between two larger gaps: a sign, a refrain, a line of a letter, but no scene."""
    beside = story[at + 1 : at + 2]
    _, block = story[at]
    return bool(beside) and len(block.text) < LINE_LENGTH and min(block.gap, beside[0][1].gap) > gap


def _may_be_note(blocks: Sequence[Block], number: int) -> bool:
    """Whether what stands apart at a chapter's edge is short, or says a word that notes say."""
    before, after = blocks[:number][-_EDGE:], blocks[number:][:_EDGE]
    apart = before if number <= len(blocks) // 2 else after
    story = narration_of(blocks)
    return any(len(block.text) < 2 * LINE_LENGTH or weight_beside(block.text, story) > 0 for block in apart)


def _rare(gaps: Sequence[tuple[int, int]], most: int) -> Iterator[int]:
    """Give the blocks before which a gap stands that is rare; where smaller ones are many, the author spaces paragraphs freely."""
    sizes = sorted({size for _, size in gaps})
    least = next((size for size in sizes if sum(other >= size for _, other in gaps) <= most), None)
    yield from (number for number, size in gaps if least is not None and size >= least)
