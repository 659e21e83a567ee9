"""Letters and exchanges of messages that stand in the story."""

import re
from collections.abc import Iterator, Sequence

from bookbuild.draft import Block, Draft, Group, GroupKind, Kind
from bookbuild.edits import DraftEdit, Retype, Sureness
from bookbuild.rules.evidence import Evidence
from bookbuild.rules.rule import structure_rule

_SALUTATION = re.compile(
    r"\s*(?:(?:My\s+)?(?:Dear|Dearest|Darling|To|Hello|Hi)\b(?:\b(?:Mr|Mrs|Ms|Mx|Dr|Prof|Capt|Lt|Sgt|Rev|St)\.|[^.!?\"“]){0,60}[,:—-]+"
    r"|(?:My\s+)?(?:Dear|Dearest)(?:\s+[\w’'-]+\.?){1,3})\s*",
    re.IGNORECASE,
)
_DEVOTED = r"(?:sincerely|respectfully|affectionately|faithfully|gratefully|warmly|fondly|truly)"
_VALEDICTION = re.compile(
    rf"\s*(?:(?:ever\s+)?yours\b(?!\s+(?:is|are|was|were|will|has|had|may)\b)[\w\s]*|{_DEVOTED}(?:\s+(?:and\s+\w+\s+)?yours)?"
    r"|(?:with\s+)?(?:all\s+(?:of\s+)?my\s+|much\s+|lots\s+of\s+)?love(?:\s+(?:always|to|from)\b[\w\s]*)?"
    r"|(?:with\s+)?(?:(?:kind|kindest|best|warm|warmest)\s+)?(?:regards|wishes)|(?:as\s+)?always|as\s+ever|cheers|hugs|best|take\s+care"
    r"|your\s+(?:(?:most|ever|own|old)\s+)?(?:loving|affectionate|devoted|obedient|faithful|humble|friend|brother|sister|mother|father|son"
    r"|daughter|wife|husband)\b[\w\s]*)(?:[,—–-]+\s*(?P<signed>[\w.]+(?:\s+[\w.]+){0,3})?|\.)?\s*",
    re.IGNORECASE,
)
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
_REACH = 60  # the longest letter that is looked for, in blocks
_NAME = r"[^\W\d_][\w.'’-]{0,20}(?: [\w.'’-]{1,20}){0,2}"
_TURN = re.compile(
    rf"\s*(?:\[[\d:apm .]+\]\s*)?(?:<(?P<nick>{_NAME})>:?|[\[*_]{{0,2}}(?P<speaker>(?=[^a-z]){_NAME})\]?(?: \([^)]{{1,20}}\))?:)[*_]{{0,2}}\s+(?=\S)"
)
_NOT_SPEAKERS = frozenset(
    {"note", "notes", "disclaimer", "rating", "summary", "warning", "warnings", "ps", "p.s.", "an"}
)


@structure_rule(
    before="Dear Ann,\n\nWe sail at dawn.\n\nYours,\n\nTom\n\nShe folded it.",
    after="[letter: Dear Ann, / We sail at dawn. / Yours, / Tom]\n\nShe folded it.",
)
def letter_as_paragraphs(draft: Draft, _evidence: Evidence) -> Iterator[DraftEdit]:
    """A letter in the story, from the salutation to the signature, stands as if it were narration."""
    blocks = draft.blocks
    number = 0
    while number < len(blocks):
        end = _valediction(blocks, number) if _starts_letter(blocks[number]) else 0
        if not end:
            number += 1
            continue
        first = number - 1 if number and _is_dateline(blocks[number - 1]) else number
        signature = end + 1 if _is_signed_below(blocks, end) else end
        last = signature
        while last + 1 < len(blocks) and _is_postscript(blocks[last + 1]):
            last += 1
        kinds = {
            first: Kind.DATELINE,
            signature: Kind.SIGNATURE,
            end: Kind.VALEDICTION,
            number: Kind.SALUTATION,
        }
        kinds |= dict.fromkeys(range(signature + 1, last + 1), Kind.POSTSCRIPT)
        group = Group(GroupKind.LETTER, blocks[first].start)
        for part in range(first, last + 1):
            yield Retype(part, part, kinds.get(part), group, sureness=Sureness.LIKELY)
        number = last + 1


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
        if length <= 6 and not is_sentence and _VALEDICTION.fullmatch(block.text):
            return number
    return 0


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
    before="Mara: are you there\nJo: yes\nMara: look out of the window",
    after="[messages: Mara: are you there / Jo: yes / Mara: look out of the window]",
)
def messages_as_paragraphs(draft: Draft, _evidence: Evidence) -> Iterator[DraftEdit]:
    """Three lines or more that begin with a name and a colon are an exchange of messages."""
    blocks = draft.blocks
    number = 0
    while number < len(blocks):
        last = number
        while (
            last < len(blocks)
            and _speaker(blocks[last])
            and (last == number or blocks[last].gap == blocks[min(number + 1, last)].gap)
        ):
            last += 1
        speakers = {_speaker(block) for block in blocks[number:last]}
        if last - number >= 3 and 2 <= len(speakers) <= max(2, (last - number) // 2 + 1):
            group = Group(GroupKind.MESSAGES, blocks[number].start)
            yield Retype(number, last - 1, Kind.MESSAGE, group, sureness=Sureness.LIKELY)
        number = max(last, number + 1)


def _speaker(block: Block) -> str:
    match = _TURN.match(block.text) if block.is_plain else None
    name = (match["nick"] or match["speaker"]).lower() if match else ""
    return "" if name in _NOT_SPEAKERS else name
