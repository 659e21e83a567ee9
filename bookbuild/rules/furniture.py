"""What sites print around a chapter: headers with fields, buttons, appeals."""

import re
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
from bookbuild.words import keys

# fields that a site or an archive fills in; what an author writes in (summary, disclaimer, warnings) is a note
_FIELD = re.compile(
    r"[\s*_]*(?P<name>rating|rated|archive warnings?|categor(?:y|ies)|fandoms?|relationships?|pairings?|characters?|additional tags|tags"
    r"|genres?|language|stats|series|collections?|status|publish(?:ed|er)|updated|completed|packaged|words?(?: count)?|chapters?|comments"
    r"|kudos|bookmarks|hits|reviews|favs|favou?rites|follows|views|story(?: url| id)?|author(?: url)?|title|by|id|source|url|uploaded)"
    r"[*_]*\s*:[*_]*(?P<value>.*)",
    re.IGNORECASE,
)
_FEWEST_FIELDS = 3
_FEWEST_HERE = 2  # of one kind, at the very top: `Title:` and `Author:`
_VALUE = 200  # characters of a field's value on a line of its own
_STATS = re.compile(
    r"\b(?:rated|chapters|words|reviews|favs|follows|published|updated|status|id|language|completed|kudos|hits|views)\s*:",
    re.IGNORECASE,
)
_BY_LINE = re.compile(
    r"\s*(?:written )?by:?\s+(?P<who>[^\W\d_][\w.’'-]*(?:[ _][\w.’'&-]+){0,4})\s*", re.IGNORECASE
)
_NOT_A_NAME = re.compile(
    r"\b(?:the|a|an|then|now|day|night|noon|morning|my|his|her|their|all|no)\b", re.IGNORECASE
)
_FRONT = 40  # blocks from the top in which a header stands


_NAME = 5  # words of a name between a site's lines
_WORDS = 14  # of a line that is asked about; a site's appeals are short


@structure_rule(
    before="The Year of Rain\n\nRating: T\nFandom: none\nWords: 12,000\n\nChapter 1\n\nRain fell.",
    after="The Year of Rain\n\nChapter 1\n\nRain fell.",
)
def site_header(draft: Draft, _evidence: Evidence) -> Iterator[DraftEdit]:
    """A site's header stands above the story: rating, fandom, tags, the count of words; build.yaml says what of it the book shows."""
    blocks = draft.blocks
    number = 0
    while number < min(len(blocks), _FRONT):
        block = blocks[number]
        if len(block.text) <= LONGEST * 2 and len(_STATS.findall(block.text)) >= _FEWEST_FIELDS:
            yield Retype(number, number, Kind.BOILERPLATE, sureness=Sureness.LIKELY)
            number += 1
            continue
        last, names = _end_of_fields(blocks, number)
        is_header = len(names) >= _FEWEST_FIELDS or names >= {"title", "author"} or names >= {"title", "by"}
        if is_header:
            yield Retype(number, last, Kind.BOILERPLATE, sureness=Sureness.LIKELY)
        number = max(last, number) + 1


def _end_of_fields(blocks: Sequence[Block], first: int) -> tuple[int, set[str]]:
    """Find the last line of a row of fields, each with its value beside it or below it, and their names."""
    names: set[str] = set()
    last = first - 1
    number = first
    while number < min(len(blocks), _FRONT):
        match = _FIELD.fullmatch(blocks[number].text) if len(blocks[number].text) <= 8 * LONGEST else None
        if not match or not blocks[number].is_plain or read_label(blocks[number].text):
            break
        names.add(match["name"].lower())
        last = number
        number += 1
        if not match["value"].strip() and number < len(blocks) and _is_value(blocks[number].text):
            last = number
            number += 1
    return last, names


def _is_value(text: str) -> bool:
    return len(text) <= _VALUE and not _FIELD.fullmatch(text)


@structure_rule(
    before="The Ferry\nby Ann Onymous\n\nRain fell.\n\nIt stopped.",
    after="The Ferry\n\nRain fell.\n\nIt stopped.",
)
def by_line(draft: Draft, evidence: Evidence) -> Iterator[DraftEdit]:
    """The author's name stands above the chapter; the book has it on its title page."""
    top = [number for number, block in enumerate(draft.blocks[:_FRONT]) if not block.is_set_aside][:4]
    for place, number in enumerate(top[:3]):
        block = draft.blocks[number]
        if not block.is_plain or len(block.text) > _VALUE:
            return
        title, by, who = block.text.rpartition(" by ")
        if by and evidence.title and tuple(keys(title)) == evidence.title and len(who.split()) <= 5:
            yield Retype(
                number,
                number,
                Kind.BOILERPLATE,
                why="the book's title and its author stand above the chapter",
            )
            return
        if place and _stands_above_header(draft.blocks, number, evidence):
            why = "it stands between the book's title and a site's header: the author's name"
            yield Retype(number, number, Kind.BOILERPLATE, sureness=Sureness.LIKELY, why=why)
            return
        match = _BY_LINE.fullmatch(block.text)
        if (
            match
            and not _NOT_A_NAME.search(match["who"])
            and place
            and could_be_title(draft.blocks[top[place - 1]])
        ):
            yield Retype(number, number, Kind.BOILERPLATE, sureness=Sureness.LIKELY)
            below = top[place + 1] if place + 1 < len(top) else number
            if not read_label(draft.blocks[top[place - 1]].text) and read_label(draft.blocks[below].text):
                why = "the story's title stands above the chapter's, with the author's name"
                yield Retype(
                    top[place - 1], top[place - 1], Kind.BOILERPLATE, sureness=Sureness.LIKELY, why=why
                )
            return


def _stands_above_header(blocks: Sequence[Block], number: int, evidence: Evidence) -> bool:
    """Whether a line is all that stands between the book's title and the header of a site."""
    is_name = len(blocks[number].text.split()) <= _NAME and not ends_sentence(blocks[number].text)
    below = blocks[number + 1] if number + 1 < len(blocks) else None
    is_titled = bool(evidence.title) and tuple(keys(blocks[number - 1].text)) == evidence.title
    return is_name and is_titled and below is not None and below.kind is Kind.BOILERPLATE


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
            is_sure = is_sure or sure
            continue
        found.update(row if is_sure else ())
        row, is_sure = [], False
    found.update(row if is_sure else ())
    return {*found, *_between(blocks, found)}


def _between(blocks: Sequence[Block], found: AbstractSet[int]) -> Iterator[int]:
    """Find single short lines below the story that stand between two lines of a site: a name, a title."""
    prose = (n for n, block in enumerate(blocks) if n not in found and _is_prose(block))
    below = max(prose, default=-1)
    for number in range(below + 2, len(blocks) - 1):
        is_short = len(blocks[number].text.split()) <= _NAME and could_be_title(blocks[number])
        if is_short and number - 1 in found and number + 1 in found:
            yield number


def _is_prose(block: Block) -> bool:
    return block.is_plain and ends_sentence(block.text)
