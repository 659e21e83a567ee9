"""What sites print around a chapter: buttons, counters, appeals."""

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet

from bookbuild.draft import Block, Draft, Kind
from bookbuild.edits import DraftEdit, Retype, Sureness
from bookbuild.rules.evidence import Evidence
from bookbuild.rules.headlines import could_be_title
from bookbuild.rules.layout import ends_sentence
from bookbuild.rules.numbering import read_label
from bookbuild.rules.rule import structure_rule
from bookbuild.rules.sites import LONGEST, has_site_words, is_of_a_site, may_be_of_a_site
from bookbuild.rules.tops import edge_line

_NAME = 5  # words of a name between a site's lines
_WORDS = 14  # of a line that is asked about; a site's appeals are short


@structure_rule(
    before="Chapter 1\n\nRain fell.\n\nPrevious Chapter | Next Chapter", after="Chapter 1\n\nRain fell."
)
def site_furniture(draft: Draft, evidence: Evidence) -> Iterator[DraftEdit]:
    """Buttons, appeals and counters of a site were copied with the chapter: lines known for it, or the same at the edges of several files."""
    edges = {*range(4), *range(len(draft.blocks) - 4, len(draft.blocks))}
    beside = _beside(draft.blocks)
    for number, block in enumerate(draft.blocks):
        if not block.is_plain or len(block.text) > LONGEST:
            continue
        if is_of_a_site(block.text):
            yield Retype(number, number, Kind.BOILERPLATE, sureness=Sureness.LIKELY)
        elif number in beside:
            why = "it stands among the buttons of a site"
            yield Retype(number, number, Kind.BOILERPLATE, sureness=Sureness.LIKELY, why=why)
        elif (
            number in edges
            and evidence.tops.edges.get(edge_line(block), 0) > 1
            and not read_label(block.text)
        ):
            yield from _said_in_several_files(number, block, is_end=number > len(draft.blocks) - 3)


def _said_in_several_files(number: int, block: Block, *, is_end: bool) -> Iterator[DraftEdit]:
    """Judge a line that stands at the edge of several files."""
    if has_site_words(block.text):
        why = "the same line stands at the edge of several chapters"
        yield Retype(number, number, Kind.BOILERPLATE, sureness=Sureness.LIKELY, why=why)
    elif is_end and 2 < len(block.text.split()) <= _WORDS:
        why = "the same line ends several chapters: is it the site's, or the story's?"
        others = (Retype(number, number, Kind.BOILERPLATE),)
        yield Retype(number, number, sureness=Sureness.DOUBTFUL, why=why, others=others)


def _beside(blocks: Sequence[Block]) -> set[int]:
    """Find the lines that are a site's by the company they keep: words of its buttons in a row with a sure one."""
    found: set[int] = set()
    row: list[int] = []
    is_sure = False
    for number, block in enumerate(blocks):
        sure = block.kind is Kind.BOILERPLATE or is_of_a_site(block.text)
        if sure or (block.is_plain and may_be_of_a_site(block.text)):
            row.append(number)
            is_sure = is_sure or sure or row == [0, 1, 2]  # a page begins with its buttons
            continue
        found.update(row if is_sure else ())
        row, is_sure = [], False
    found.update(row if is_sure else ())
    return {*found, *_between(blocks, found)}


def _between(blocks: Sequence[Block], found: AbstractSet[int]) -> Iterator[int]:
    """Find single short lines below the story that stand between two lines of a site: a name, a title; and the word for it."""
    prose = (n for n, block in enumerate(blocks) if n not in found and _is_prose(block))
    below = max(prose, default=-1)
    for number in range(below + 2, len(blocks) - 1):
        is_short = len(blocks[number].text.split()) <= _NAME and could_be_title(blocks[number])
        if (
            is_short
            and number + 1 in found
            and (number - 1 in found or may_be_of_a_site(blocks[number - 1].text))
        ):
            yield from (number - 1, number)


def _is_prose(block: Block) -> bool:
    return block.is_plain and ends_sentence(block.text)
