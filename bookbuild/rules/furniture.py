"""What sites print around a chapter: headers with fields, buttons, appeals."""

import re
from collections.abc import Iterator, Sequence

from bookbuild.draft import Block, Draft, Kind
from bookbuild.edits import DraftEdit, Retype, Sureness
from bookbuild.rules.evidence import Evidence
from bookbuild.rules.headlines import could_be_title
from bookbuild.rules.numbering import read_label
from bookbuild.rules.rule import structure_rule
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


def _lines(*patterns: str) -> re.Pattern[str]:
    return re.compile(rf"[\s*_\[(«»<>←→|-]*(?:{'|'.join(patterns)})[\s*_\])«»<>←→|.!:-]*", re.IGNORECASE)


_BUTTON = r"(?:previous|prev|next|first|last|table of contents|contents|toc|index|home|bookmark|share|comments?|kudos|download|report|top|back)"
# lines that are a site's wherever they stand
_ANYWHERE = _lines(
    r"posted originally on the archive of our own\b.{0,120}",
    r"please drop by the archive and comment to let the (?:author|creator)s? know if you enjoyed their work",
    r"chapter text",
    r"(?:previous|next) chapter",
    rf"{_BUTTON}(?: chapter| page| part)?(?:\s*[|/•·«»<>←→]+\s*{_BUTTON}(?: chapter| page| part)?)+",
    r"report (?:this )?(?:chapter|story|error|an error)",
    r"if you find any errors? \(.{0,120}\).{0,200}",
    r"find authorized novels in webnovel.{0,120}",
    r"(?:visit|read|go to|follow|please read|read (?:the )?(?:latest|rest|more) chapters? (?:at|on|only)).{0,80}(?:https?://|www\.|\.com|\.net|\.org)\S{0,80}(?: .{0,60})?",
    r"(?:this chapter (?:is|was|has been)|chapters?) (?:updated?|uploaded|first published|published|stolen) (?:by|at|on|from) .{0,80}",
    r"the source of this (?:content|chapter) is .{0,80}",
    r"use arrow keys \(or a / d\) to prev/next chapter",
    r"tap the screen to use .{0,60}",
    r"(?:continue to|go to) (?:the )?next (?:part|chapter|page)",
    r"(?:add|added) to (?:my )?library",
    r"\d[\d,.]*[km]? (?:kudos|bookmarks|hits|reads|votes|views|comments|reviews|favou?rites)",
    r".{1,200} left kudos on this work",
    r"like loading", r"loading", r"click to share on .{0,40}", r"share this", r"sponsored content", r"advertisements?", r"expand post",
    r"(?:log|sign) (?:in|up) to (?:comment|vote|follow|bookmark|continue|read|leave).{0,60}",
    r"last (?:updated|edited|modified)(?: on| by)?:? ?.{0,60}",
    r"https?://\S{1,200}",
)  # fmt: skip
# appeals of Royal Road against copies, in all the wordings that it draws from
_THEFT = re.compile(
    r"(?=.{0,300}\b(?:royal road|amazon|original (?:site|website|source)|authorized|author[’']?s? (?:consent|permission|approval)"
    r"|without (?:consent|permission|authorization|approval))\b)"
    r"(?=.{0,300}\b(?:report|stolen|unlawfully|illicitly|illegally|misappropriated|pilfered|purloined|infring\w*|unauthorized|taken without"
    r"|lifted|appropriated|theft|support the (?:author|creativity)|read (?:it|this novel|the original|the authorized|the official)|home of this novel)\b)"
    r"(?=.{0,300}\b(?:story|novel|narrative|tale|content|text|book|work|reproduction|author)\b)",
    re.IGNORECASE,
)
_SITE_WORDS = re.compile(
    r"https?:|www\.|\.com\b|\.net\b|\b(?:read(?:ing)? (?:at|on)|patreon|discord|ko-fi|translat(?:or|ed|ion)|site|website|novel|chapters?|updates?"
    r"|subscribe|bookmark|login|comments?|vote|font|advert\w*|share)\b",
    re.IGNORECASE,
)
_LONGEST = 300
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
        if len(block.text) <= _LONGEST * 2 and len(_STATS.findall(block.text)) >= _FEWEST_FIELDS:
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
        match = _FIELD.fullmatch(blocks[number].text) if len(blocks[number].text) <= 8 * _LONGEST else None
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


@structure_rule(
    before="Chapter 1\n\nRain fell.\n\nPrevious Chapter | Next Chapter", after="Chapter 1\n\nRain fell."
)
def site_furniture(draft: Draft, evidence: Evidence) -> Iterator[DraftEdit]:
    """Buttons, appeals and counters of a site were copied with the chapter: lines known for it, or the same at the edges of several files."""
    edges = {*range(4), *range(len(draft.blocks) - 4, len(draft.blocks))}
    for number, block in enumerate(draft.blocks):
        if not block.is_plain or len(block.text) > _LONGEST:
            continue
        if _ANYWHERE.fullmatch(block.text) or _THEFT.match(block.text):
            yield Retype(number, number, Kind.BOILERPLATE, sureness=Sureness.LIKELY)
        elif (
            number in edges
            and evidence.tops.edges.get(edge_line(block), 0) > 1
            and not read_label(block.text)
        ):
            if _SITE_WORDS.search(block.text):
                why = "the same line stands at the edge of several chapters"
                yield Retype(number, number, Kind.BOILERPLATE, sureness=Sureness.LIKELY, why=why)
            elif 2 < len(block.text.split()) <= _WORDS and number > len(draft.blocks) - 3:
                why = "the same line ends several chapters: is it the site's, or the story's?"
                yield Retype(
                    number,
                    number,
                    sureness=Sureness.DOUBTFUL,
                    why=why,
                    others=(Retype(number, number, Kind.BOILERPLATE),),
                )
