"""Lines that a program broke: which of them make a paragraph."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from bookbuild.draft import Block, Draft, Kind
from bookbuild.edits import BlockEdit, Doubt, DraftEdit, Edit, Join, Question, Sureness
from bookbuild.rules.evidence import Evidence
from bookbuild.rules.layout import (
    LINE_LENGTH,
    STEP,
    Layout,
    begins_small,
    ends_sentence,
    filled_by,
    indent_of,
    layout_of,
    usual_gap,
)
from bookbuild.rules.rule import prose_rule, structure_rule

_MARGINS = 0.25, 0.1  # shares of the measure by which a paragraph's last line falls short
_SLACK = 8  # characters
_ALL_CAPITALS = (
    6  # lines that begin with capitals one after the other, which in prose is one case in thousands
)
_HYPHENATED = re.compile(r"[^\W\d_]-$")
_HYPHEN = re.compile(r"(?<=[^\W\d_])-(?=[^\W\d_])")
_WORD_BEFORE = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*$")
_WORD_AFTER = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_OPEN_END = re.compile(r"(?:[^\W\d_]|,|,[\"”’'])\s*$")
_LONGEST_WORD = 40  # characters on one side of a hyphen
_HANGING = re.compile(r"(?:and|or|to|und|oder|et|ou)\b")  # `pre- and post-war`: that hyphen hangs


@structure_rule(
    before="The ferry had been late every day of that week, and nobody\n"
    "on the quay would say why. Ann asked the harbour master, who\n"
    "looked at his boots; she asked the boy with the ropes, and he\n"
    "looked at the harbour master.\n\nShe went home.",
    after="The ferry had been late every day of that week, and nobody on the quay would say why. Ann asked the harbour"
    " master, who looked at his boots; she asked the boy with the ropes, and he looked at the harbour master."
    "\n\nShe went home.",
)
def hard_wrapped_lines(draft: Draft, evidence: Evidence) -> Iterator[DraftEdit]:
    """The text was broken into lines of one length, as e-mail and old archives do; a paragraph is all the lines up to the gap."""
    layout = layout_of(draft.blocks) or _of_the_book(draft.blocks, evidence.layout)
    if not layout:
        return
    for first, last in _rows(draft.blocks, layout.line_gap):
        for begin, end in _paragraphs(draft.blocks, first, last, layout):
            lines = draft.blocks[begin : end + 1]
            glues = tuple(_glue(left.text, right.text) for left, right in pairwise(lines))
            yield Join(begin, end, glues, Kind.PARAGRAPH, sureness=Sureness.LIKELY)


def _of_the_book(blocks: Sequence[Block], layout: Layout | None) -> Layout | None:
    """Give the book's layout for a chapter that is too short to show its own; None where its lines are longer."""
    longest = max((len(block.text.rstrip()) for block in blocks), default=0)
    return layout if layout and longest <= layout.measure + STEP else None


def _rows(blocks: Sequence[Block], gap: int) -> Iterator[tuple[int, int]]:
    """Give the rows of plain lines that have no larger gap between them, each by its first and last."""
    first = 0
    for number in range(1, len(blocks) + 1):
        ends = number == len(blocks) or blocks[number].gap > gap or not blocks[number].is_plain
        if ends or not blocks[first].is_plain:
            if number - first > 1:
                yield first, number - 1
            first = number


# ---------------------------------------------------------------- a row


def _paragraphs(blocks: Sequence[Block], first: int, last: int, layout: Layout) -> Iterator[tuple[int, int]]:
    """Part a row into the paragraphs that have more than one line; a row that is verse, an address or a sign stays as it is."""
    for start, stop in _same_margin(blocks, first, last, layout):
        if _are_set_lines(blocks[start : stop + 1], layout):
            continue
        begin = start
        for number in range(start + 1, stop + 2):
            if number > stop or _begins_paragraph(blocks[number - 1], blocks[number], layout):
                if number - 1 > begin:
                    yield begin, number - 1
                begin = number


def _same_margin(blocks: Sequence[Block], first: int, last: int, layout: Layout) -> Iterator[tuple[int, int]]:
    """Part a row where an indent begins a paragraph; lines that are all set in are a quotation, verse, or paragraphs of one line."""
    begin = first
    for number in range(first + 1, last + 2):
        deep = number <= last and indent_of(blocks[number].text) >= layout.indent + STEP
        deep_before = indent_of(blocks[number - 1].text) >= layout.indent + STEP
        if number > last or (deep and not deep_before):
            yield begin, number - 1
            begin = number
        elif deep_before and not deep and number - begin > 1:
            # the last of the lines that are set in begins a paragraph that goes on at the margin
            yield begin, number - 2
            begin = number - 1


def _are_set_lines(lines: Sequence[Block], layout: Layout) -> bool:
    """Whether lines were ended on purpose: short, or with room for the next word, and the next line begins with a capital."""
    pairs = [(line.text.rstrip(), after.text.strip()) for line, after in pairwise(lines)]
    if not pairs:
        return True
    if all(filled_by(line, after) <= layout.measure * 0.75 for line, after in pairs):
        return True
    all_deep = all(indent_of(line.text) >= layout.indent + STEP for line in lines)
    small = sum(begins_small(after) for _, after in pairs)
    slack = max(_SLACK // len(pairs), 2)  # one short line may be an editor's; a row of them is not
    ended = sum(filled_by(line, after) < layout.room - slack for line, after in pairs)
    if ended == len(pairs) > 1 and 2 * small <= len(pairs):
        return True
    if (2 if all_deep else 4) * small > len(pairs) or layout.is_dense:
        return False
    if all_deep:
        return not small or 2 * ended >= len(pairs)
    return 3 * ended >= 2 * len(pairs) or (not small and len(pairs) >= _ALL_CAPITALS)


def _begins_paragraph(before: Block, block: Block, layout: Layout) -> bool:
    """Whether a line begins a paragraph though no gap and no indent says so: the one before it ends a sentence far from the margin."""
    margin = _MARGINS[layout.is_dense] * layout.measure
    return (
        not begins_small(block.text)
        and ends_sentence(before.text)
        and filled_by(before.text, block.text) <= layout.measure - margin
    )


def _glue(left: str, right: str) -> str:
    """Give what stands between two lines once they are one: nothing after a hyphen or a dash, no second space."""
    hyphen = _HYPHENATED.search(left.rstrip()) and not _HANGING.match(right.lstrip())
    closed = hyphen or left.endswith(("--", "—"))
    return "" if closed or left.endswith(" ") or right.startswith(" ") else " "


# ---------------------------------------------------------------- paragraphs that break off


@structure_rule(
    before="She went to the window of the long room above the harbour and\n\nlooked out at the sea, which was grey.",
    after="She went to the window of the long room above the harbour and\n\nlooked out at the sea, which was grey.",
)
def broken_paragraph(draft: Draft, _evidence: Evidence) -> Iterator[DraftEdit]:
    """A paragraph ends in the middle of a sentence, and the next begins with a small letter: a page or a paste may have parted them."""
    blocks, usual = draft.blocks, usual_gap(draft)
    found = [number for number in range(len(blocks) - 1) if _breaks_off(blocks[number], blocks[number + 1])]
    tight = [number for number in found if _is_broken_once(blocks, number, usual)]
    for number in tight:
        yield _joined(blocks, number, Sureness.LIKELY)
    if _FEW_BREAK_OFF * len(found) > len(blocks):
        return  # an author who writes so, or verse
    for number in found:
        if number not in tight:
            end = len(blocks[number].text.rstrip())
            others = (_joined(blocks, number, Sureness.CERTAIN),)
            yield Question(number, max(end - _TAIL, 0), end, others=others)


def _joined(blocks: Sequence[Block], number: int, sureness: Sureness) -> Join:
    glue = _glue(blocks[number].text, blocks[number + 1].text)
    return Join(number, number + 1, (glue,), Kind.PARAGRAPH, sureness=sureness)


def _is_broken_once(blocks: Sequence[Block], number: int, usual: int) -> bool:
    """Whether two lines stand closer than paragraphs do, and nothing else beside them does."""
    after = blocks[number + 2 : number + 3]
    gaps = [blocks[number].gap if number else usual, *(block.gap for block in after)]
    return blocks[number + 1].gap < usual <= min(gaps)


_FEW_BREAK_OFF = 10  # one paragraph in so many; below that it is no accident
_TAIL = 40  # characters at a paragraph's end that the author is shown


def _breaks_off(before: Block, after: Block) -> bool:
    """Whether one paragraph of the story goes on in the next: long enough for prose, without an end, without a beginning."""
    return (
        before.is_plain
        and after.is_plain
        and max(len(before.text), len(after.text)) >= LINE_LENGTH
        and begins_small(after.text)
        and not before.text.isupper()
        and bool(_OPEN_END.search(before.text[-_SLACK:]))
    )


# ---------------------------------------------------------------- words


_ENDINGS = ("'s", "s", "ed", "ing", "ly", "d", "es")
_STEM = 4  # letters that a word keeps at least without its ending


@prose_rule(
    before="The harbour was shut. She asked the har-\nbour master, who looked at his boots; she asked\nthe boy with the"
    " ropes, who looked in his\nturn at the harbour master, and\nthen at the sea.",
    after="The harbour was shut. She asked the harbour master, who looked at his boots; she asked the boy with the ropes,"
    " who looked in his turn at the harbour master, and then at the sea.",
    rewords=True,
)
def parted_word(block: Block, evidence: Evidence) -> Iterator[BlockEdit]:
    """A word was parted at a line's end; it is closed when the book has it whole elsewhere, and else the author is asked."""
    for match in _HYPHEN.finditer(block.text):
        at = match.start()
        if block.offset(at + 1) - block.offset(at) < 2:
            continue  # the hyphen did not stand at a line's end
        before = _WORD_BEFORE.search(block.text, max(at - _LONGEST_WORD, 0), at)
        after = _WORD_AFTER.match(block.text, at + 1, at + 1 + _LONGEST_WORD)
        if not before or not after:
            continue
        closed, open_ = before.group() + after.group(), f"{before.group()}-{after.group()}"
        whole, parted = (_times(word, evidence) for word in (closed, open_))
        start, end = before.start(), after.end()
        if whole > parted:
            others = (Edit(start, end, open_),)
            yield Edit(at, at + 1, "", sureness=Sureness.LIKELY, others=others)
        elif not parted:
            known = max(_times(half.group(), evidence) for half in (before, after)) > 1
            yield _asked(start, end, closed, open_, are_words=known or "-" in before.group())


def _times(word: str, evidence: Evidence) -> int:
    """Count a word in the book, and its forms: with an ending, or without the one that it has."""
    lower = word.lower().replace("’", "'")
    stem = next((lower.removesuffix(end) for end in _ENDINGS if lower.endswith(end)), lower)
    forms = {lower, *(lower + end for end in _ENDINGS), stem if len(stem) >= _STEM else lower}
    return sum(evidence.vocabulary.get(form, 0) for form in forms)


def _asked(start: int, end: int, closed: str, open_: str, *, are_words: bool) -> Edit | Doubt:
    """Keep the hyphen beside a word of the book, and close a word whose pieces are none; either way the author is asked."""
    if are_words:
        why = f"a hyphen at a line's end was kept: is it “{closed}”, or “{open_}”?"
        return Doubt(start, end, why=why, others=(Edit(start, end, closed),))
    why = f"a word that was parted at a line's end was closed: is it “{closed}”, or “{open_}”?"
    return Edit(start, end, closed, sureness=Sureness.DOUBTFUL, why=why, others=(Edit(start, end, open_),))
