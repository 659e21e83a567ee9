"""What sites and archives print above a chapter: headers with fields, the work's title, the author's name."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from bookbuild.draft import Block, Draft, Group, GroupKind, Kind
from bookbuild.edits import DraftEdit, Retype, Sureness
from bookbuild.rules.evidence import Evidence
from bookbuild.rules.headlines import could_be_title
from bookbuild.rules.layout import ends_sentence
from bookbuild.rules.note_marks import is_marked
from bookbuild.rules.numbering import read_label
from bookbuild.rules.rule import structure_rule
from bookbuild.rules.sites import LONGEST
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
_FRONT = 40  # blocks from the top in which a header begins
_MOST_VALUES = 60  # lines below the name of a field; an archive has a line for each tag
_TAG = 100  # characters of a line that is one of several values
_NAME = 5  # words of a name between a site's lines


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
        number = last + 1 if is_header else number + 1


def _end_of_fields(blocks: Sequence[Block], first: int) -> tuple[int, set[str]]:
    """Find the last line of a row of fields, each with its value beside it or its values below it, and their names."""
    names: set[str] = set()
    last, number = first - 1, first
    while number < len(blocks) and (field := _field(blocks[number])):
        names.add(field["name"].lower())
        last = number if field["value"].strip() else _last_value(blocks, number)
        number = last + 1
    return last, names


def _field(block: Block) -> re.Match[str] | None:
    if len(block.text) > 8 * LONGEST or not block.is_plain or read_label(block.text):
        return None
    return _FIELD.fullmatch(block.text)


def _last_value(blocks: Sequence[Block], name: int) -> int:
    """Find the last line that stands below the name of a field: before the next field, or the first where none follows."""
    for number in range(name + 1, min(name + _MOST_VALUES, len(blocks))):
        if _field(blocks[number]):
            return number - 1
        is_apart = blocks[number].gap > blocks[name + 1].gap
        if is_apart or len(blocks[number].text) > _TAG or not blocks[number].is_plain:
            break
    below = name + 1
    return below if below < len(blocks) and len(blocks[below].text) <= _VALUE else name


@structure_rule(
    before="The Ferry\nby Ann Onymous\n\nRain fell.\n\nIt stopped.",
    after="The Ferry\n\nRain fell.\n\nIt stopped.",
)
def by_line(draft: Draft, evidence: Evidence) -> Iterator[DraftEdit]:
    """The author's name stands above the chapter; the book has it on its title page."""
    named = _title_and_name(draft.blocks, evidence)
    if named is not None:
        why = "the book's title and its author stand between a site's lines"
        yield Retype(named, named + 1, Kind.BOILERPLATE, sureness=Sureness.LIKELY, why=why)
        yield from _summary_below(draft.blocks, named + 2)
        return
    top = [number for number, block in enumerate(draft.blocks[:_FRONT]) if not block.is_set_aside][:4]
    for place, number in enumerate(top[:3]):
        block = draft.blocks[number]
        if not block.is_plain or len(block.text) > _VALUE:
            return
        if _is_title_by(block.text, evidence):
            why = "the book's title and its author stand above the chapter"
            yield Retype(number, number, Kind.BOILERPLATE, why=why)
            return
        if place and _is_by_line(block.text) and could_be_title(draft.blocks[top[place - 1]]):
            yield Retype(number, number, Kind.BOILERPLATE, sureness=Sureness.LIKELY)
            below = top[place + 1] if place + 1 < len(top) else number
            yield from _story_title(draft.blocks, top[place - 1], below)
            return


def _is_title_by(text: str, evidence: Evidence) -> bool:
    title, by, who = text.rpartition(" by ")
    return bool(by and _is_title(title, evidence)) and len(who.split()) <= _NAME


def _is_title(text: str, evidence: Evidence) -> bool:
    return bool(evidence.title) and tuple(keys(text)) == evidence.title


def _is_by_line(text: str) -> bool:
    match = _BY_LINE.fullmatch(text)
    return match is not None and not _NOT_A_NAME.search(match["who"])


def _story_title(blocks: Sequence[Block], number: int, below: int) -> Iterator[DraftEdit]:
    """Set aside the story's title above its author's name, where the chapter's label follows below."""
    if not read_label(blocks[number].text) and read_label(blocks[below].text):
        why = "the story's title stands above the chapter's, with the author's name"
        yield Retype(number, number, Kind.BOILERPLATE, sureness=Sureness.LIKELY, why=why)


def _summary_below(blocks: Sequence[Block], number: int) -> Iterator[DraftEdit]:
    """Take a paragraph between the author's name and a site's header for the story's summary, a note of the author's."""
    is_between = number + 1 < len(blocks) and blocks[number + 1].kind is Kind.BOILERPLATE
    if is_between and blocks[number].is_plain and not is_marked(blocks[number].text):
        group = Group(GroupKind.TOP_NOTE, blocks[number].start)
        why = "what stands between the author's name and a site's header is the summary"
        yield Retype(number, number, group=group, sureness=Sureness.LIKELY, why=why)


def _title_and_name(blocks: Sequence[Block], evidence: Evidence) -> int | None:
    """Find the book's title and a name, the one below the other and next to a line of a site: an archive prints them there."""
    for number, pair in enumerate(pairwise(blocks[: _FRONT * 3])):
        beside = (*blocks[max(number - 1, 0) : number], *blocks[number + 2 : number + 4])
        if any(other.kind is Kind.BOILERPLATE for other in beside) and _are_title_and_name(*pair, evidence):
            return number
    return None


def _are_title_and_name(block: Block, below: Block, evidence: Evidence) -> bool:
    if not (block.is_plain and below.is_plain) or read_label(block.text) or read_label(below.text):
        return False
    is_name = len(below.text.split()) <= _NAME and not ends_sentence(below.text)
    return (_is_title(block.text, evidence) and (is_name or _is_by_line(below.text))) or (
        _is_by_line(block.text) and _is_title(below.text, evidence)
    )
