"""Letters, electronic mail and diaries that stand in the story."""

import re
from collections.abc import Iterator, Sequence

from bookbuild.draft import Block, Draft, Group, GroupKind, Kind
from bookbuild.edits import DraftEdit, Retype, Sureness
from bookbuild.rules.evidence import Evidence
from bookbuild.rules.layout import LINE_LENGTH, ends_sentence, usual_gap
from bookbuild.rules.rule import structure_rule

_SALUTATION = re.compile(
    r"\s*(?:(?:My\s+)?(?:Dear|Dearest|Darling|To|Hello|Hi)\b(?:\b(?:Mr|Mrs|Ms|Mx|Dr|Prof|Capt|Lt|Sgt|Rev|St)\.|[^.!?\"“]){0,60}[,:—-]+"
    r"|(?:My\s+)?(?:Dear|Dearest)(?:\s+[\w’'-]+\.?){1,3})\s*",
    re.IGNORECASE,
)
_DEVOTED = r"(?:sincerely|respectfully|affectionately|faithfully|gratefully|warmly|fondly|truly)"
_CLOSING = (
    rf"(?:(?:ever\s+)?yours\b(?!\s+(?:is|are|was|were|will|has|had|may)\b)(?:\s+\w+){{0,4}}|{_DEVOTED}(?:\s+(?:and\s+\w+\s+)?yours)?"
    r"|(?:with\s+)?(?:all\s+(?:of\s+)?my\s+|much\s+|lots\s+of\s+)?love(?:\s+(?:always|to|from)\b(?:\s+\w+){0,4})?"
    r"|(?:with\s+)?(?:(?:kind|kindest|best|warm|warmest)\s+)?(?:regards|wishes)|(?:as\s+)?always|(?:as\s+)?ever|cheers|hugs|kisses|best|take\s+care"
    r"|in\s+haste|until\s+(?:then|soon)|your\s+(?:(?:most|ever|own|old)\s+)?(?:loving|affectionate|devoted|obedient|faithful|humble|friend|brother"
    r"|sister|mother|father|son|daughter|wife|husband)\b(?:\s+\w+){0,4})"
)
_VALEDICTION = re.compile(
    rf"\s*{_CLOSING}(?:(?:,\s*|\s+)(?:and\s+)?{_CLOSING}){{0,2}}(?:[,—–-]+\s*(?P<signed>[\w.]+(?:\s+[\w.]+){{0,3}}?)?|\.)?\s*",
    re.IGNORECASE,
)
_WORDS = 6  # of a valediction
_POSTSCRIPT = re.compile(r"\s*P\.?\s?(?:P\.?\s?)?S\b\.?", re.IGNORECASE)
_DATE_WORDS = frozenset(
    [
        "the",
        "of",
        "in",
        "on",
        "at",
        "by",
        "am",
        "pm",
        "o",
        "early",
        "late",
        "morning",
        "noon",
        "evening",
        "night",
    ]
)
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_DATE = re.compile(
    rf"(?:\d{{1,2}}(?:st|nd|rd|th)?(?: of)? {_MONTH}|{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?),?(?: \d{{4}})?\s*$",
    re.IGNORECASE,
)
_WEEKDAY = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day"
_DAY = re.compile(
    rf"(?:[\w .’'-]{{2,30}}[,:—–-]+ )?(?:{_WEEKDAY},? )?(?:the )?(?:\d{{1,2}}(?:st|nd|rd|th)?(?: of)? {_MONTH}|{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?|\d{{1,4}}[/.-]\d{{1,2}}[/.-]\d{{1,4}}),?(?: \d{{4}})?"
    r"(?:[,.;:—–-]+ ?(?:(?:early |late |at )?(?:morning|noon|afternoon|evening|night|midnight|dawn|dusk)|later|\d{1,2}[:.]\d{2}(?: ?[ap]\.?m\.?)?))?[.:,]?",
    re.IGNORECASE,
)
_FIELD = re.compile(r"[\s*_]*(From|To|Cc|Bcc|Date|Sent|Subject|Re)[*_]*:[*_]*\s+\S", re.IGNORECASE)
_FIELDS = 8  # lines of a mail's head
_REACH = 60  # the longest letter that is looked for, in blocks


@structure_rule(
    before="Dear Ann,\n\nWe sail at dawn.\n\nYours,\n\nTom\n\nShe folded it.",
    after="[letter: Dear Ann, / We sail at dawn. / Yours, / Tom]\n\nShe folded it.",
)
def letter_as_paragraphs(draft: Draft, _evidence: Evidence) -> Iterator[DraftEdit]:
    """A letter in the story, from the salutation to the signature, stands as if it were narration."""
    blocks = draft.blocks
    number = 0
    while number < len(blocks):
        header = _mail_header(blocks, number)
        end = _valediction(blocks, number + header) if header or _starts_letter(blocks[number]) else 0
        if not end:
            number += max(header, 1)
            continue
        first = number - 1 if number and not header and _is_dateline(blocks[number - 1]) else number
        closing = end
        while closing + 1 < len(blocks) and _goes_on(blocks[closing + 1]):
            closing += 1
        signature = closing + 1 if _is_signed_below(blocks, closing) else closing
        while signature > closing and _is_of_signature(blocks, signature + 1):
            signature += 1
        last = signature
        while last + 1 < len(blocks) and _is_postscript(blocks[last + 1]):
            last += 1
        kinds = {
            first: Kind.DATELINE,
            **dict.fromkeys(range(closing + 1, signature + 1), Kind.SIGNATURE),
            **dict.fromkeys(range(end, closing + 1), Kind.VALEDICTION),
            number: Kind.SALUTATION,
        }
        kinds |= dict.fromkeys(range(number, number + header), Kind.DATELINE)
        kinds |= dict.fromkeys(range(signature + 1, last + 1), Kind.POSTSCRIPT)
        group = Group(GroupKind.LETTER, blocks[first].start)
        for part in range(first, last + 1):
            yield Retype(part, part, kinds.get(part), group, sureness=Sureness.LIKELY)
        number = last + 1


def _mail_header(blocks: Sequence[Block], first: int) -> int:
    """Count the lines at the top of an electronic mail: who writes, to whom, about what; 0 where there is none."""
    fields = list[re.Match[str]]()
    for block in blocks[first : first + _FIELDS]:
        match = _FIELD.match(block.text) if block.is_plain else None
        if not match:
            break
        fields.append(match)
    names = {match[1].lower() for match in fields}
    return len(fields) if "from" in names and names & {"to", "subject"} else 0


def _is_postscript(block: Block) -> bool:
    return block.is_plain and bool(_POSTSCRIPT.match(block.text))


def _starts_letter(block: Block) -> bool:
    return block.is_plain and len(block.text.split()) <= 8 and bool(_SALUTATION.fullmatch(block.text))


def _valediction(blocks: Sequence[Block], salutation: int) -> int:
    """Find the closing line of the letter; 0 when there is none within reach."""
    for number in range(salutation + 1, min(salutation + _REACH, len(blocks))):
        block = blocks[number]
        if not block.is_plain:
            return 0
        length = len(block.text.split())
        is_sentence = length > 2 and block.text.rstrip().endswith(".")
        if length <= _WORDS and not is_sentence and _VALEDICTION.fullmatch(block.text):
            return number
    return 0


def _goes_on(block: Block) -> bool:
    """Whether a line below the valediction goes on with it: short, open at its end, and no sentence."""
    text = block.text.strip()
    return (
        block.is_plain
        and text.endswith(",")
        and len(text.split()) <= _WORDS
        and not re.search(r"[.!?\"“:;]", text)
    )


def _is_signed_below(blocks: Sequence[Block], valediction: int) -> bool:
    """Whether the line after the valediction is the name: short, no sentence, and not given already (`Yours, Tom`)."""
    match = _VALEDICTION.fullmatch(blocks[valediction].text)
    if valediction + 1 == len(blocks) or (match and match["signed"]):
        return False
    text = blocks[valediction + 1].text.strip()
    return (
        blocks[valediction + 1].is_plain
        and len(text.split()) <= 6
        and not re.search(r"[!?\"“:;]|\w\s+.*[a-z]{2}\.$", text)
        and not _POSTSCRIPT.match(text)
    )


def _is_of_signature(blocks: Sequence[Block], number: int) -> bool:
    """Whether a line below the name belongs to it, as an office or a place does: short, no sentence, closer than paragraphs."""
    if number + 1 >= len(blocks) or not blocks[number].is_plain:
        return False
    text = blocks[number].text
    is_tight = blocks[number].gap == 0 < blocks[number + 1].gap
    return (
        is_tight and len(text.split()) <= _OFFICE and not ends_sentence(text) and not _POSTSCRIPT.match(text)
    )


_OFFICE = 5  # words of a line below a name


def _is_dateline(block: Block) -> bool:
    """Whether a line gives day or place as letters do: `Harbour Lane, 3rd of May`, but not `It came on Tuesday.`."""
    text = block.text.strip()
    return (
        block.is_plain
        and len(text.split()) <= 10
        and bool(re.search(r"\d|day\b", text))
        and not re.search(r"[!?\"“;]", text)
        and (
            bool(_DATE.search(text))
            or all(word in _DATE_WORDS for word in re.findall(r"(?<![\w’'])[a-z]+", text))
        )
    )


@structure_rule(
    before="3 May\n\nRain fell all day.\n\n4 May, evening\n\nIt stopped.",
    after="[letter: 3 May]\n\nRain fell all day.\n\n[letter: 4 May, evening]\n\nIt stopped.",
)
def dated_entry(draft: Draft, _evidence: Evidence) -> Iterator[DraftEdit]:
    """A day on a line of its own, more than once in a chapter, stands above the entry of a diary."""
    blocks = draft.blocks
    days = [number for number in range(len(blocks) - 1) if _is_day(blocks[number], blocks[number + 1])]
    gap = max(usual_gap(draft), 1)
    are_titles = any(blocks[number].gap > gap for number in days)  # of chapters
    if len(days) > 1 and not are_titles:
        for number in days:
            group = Group(GroupKind.LETTER, blocks[number].start)
            yield Retype(number, number, Kind.DATELINE, group, sureness=Sureness.LIKELY)


def _is_day(block: Block, below: Block) -> bool:
    """Whether a line is a day, with an hour or a place, and an entry begins below it."""
    text = block.text.strip().strip("*_")
    is_dated = len(text) <= LINE_LENGTH and bool(_DAY.fullmatch(text))
    return is_dated and block.is_plain and below.is_plain and not _DAY.fullmatch(below.text.strip())
