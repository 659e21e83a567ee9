"""Whether each quotation that opens also closes. Nothing is changed here: what an author meant is not to be guessed."""

import re
from collections.abc import Iterator, Sequence

from bookbuild.draft import Block, Draft, Kind
from bookbuild.edits import BlockEdit, Doubt, DraftEdit, Edit, Retype, Rewrite, Sureness
from bookbuild.rules.evidence import Evidence
from bookbuild.rules.foreign import foreign_faults
from bookbuild.rules.marks import DOUBLE, Role
from bookbuild.rules.pairing import Reading, left_open, read_marks
from bookbuild.rules.rule import prose_rule, structure_rule

_SPOKEN = (Kind.PARAGRAPH, Kind.MESSAGE)
_TAG = re.compile(
    r"[,!?—…] (?:(?:I|he|she|they|we|you|it|[A-Z]\w+|the \w+) )?"
    r"(?:said|says|asked|cried|replied|answered|whispered|muttered|shouted|called|told|added|went on|thought)\b"
)
_FAR = 400  # characters of a quotation in which it is looked for who speaks
_SHOWN = 30  # characters of a quotation by which an author finds it
_NEAR = 3  # blocks in which a quotation may go on before it closes: a song, a letter that is read out


@prose_rule(before="“Well, she said. “I know.”", after="“Well, she said. “I know.”")
def unbalanced_quotes(block: Block, evidence: Evidence) -> Iterator[BlockEdit]:
    """A quotation closes that was never opened, or opens twice: a mark is missing or turned the wrong way."""
    if block.kind not in _SPOKEN:
        return
    for fault in foreign_faults(block.text, evidence):
        what = "opens a quotation inside one" if fault.opens else "closes a quotation that is not open"
        others = (Edit(fault.at, fault.at + 1, ""),)
        yield Doubt(fault.at, fault.at + 1, why=f"this mark {what}", others=others)
    if evidence.is_english and re.search("[“”‘]", block.text):
        yield from _english_faults(block.text, read_marks(block.text, evidence))


def _english_faults(text: str, readings: Sequence[Reading]) -> Iterator[Doubt]:
    all_close = not any(reading.token.character == "“" for reading in readings)
    opened: int | None = None  # where the last quotation began that is open
    for reading in readings:
        at = reading.at
        if reading.token.is_straight or reading.role is Role.APOSTROPHE:
            continue
        if reading.token.character != reading.mark:
            why, others = "this mark seems to be turned the wrong way", (Edit(at, at + 1, reading.mark),)
            yield Doubt(at, at + 1, why=why, others=others)
            if all_close:
                return  # ”Hej”, sa han: once is enough
        elif reading.fault and reading.token.kind == DOUBLE:
            yield Doubt(at, at + 1, why=reading.fault, others=_mended(text, reading, opened))
        if reading.token.kind == DOUBLE:
            opened = at if reading.role is Role.OPENS else None


def _mended(text: str, reading: Reading, opened: int | None) -> tuple[Edit, ...]:
    """Give what may be done about a double mark that does not fit in; `opened` is where the last quotation began that is open."""
    at = reading.at
    nothing = Edit(at, at + 1, "")
    if reading.role is Role.OPENS:
        before = () if opened is None else _before_tag(text, opened + 1, at, reading)
        return (*before, Edit(at, at + 1, "”"), nothing)
    return (Edit(at, at + 1, "“" if opened is None else "’”"), nothing)


def _before_tag(text: str, start: int, end: int, opener: Reading) -> tuple[Edit, ...]:
    """Close a quotation before the words that say who spoke, when there are such words."""
    tag = _TAG.search(text, start, min(end, start + _FAR))
    return (Edit(tag.start(), tag.end(), tag.group()[0] + _closer(opener) + tag.group()[1:]),) if tag else ()


def _at_end(text: str, opener: Reading) -> Edit:
    """Close a quotation at the paragraph's end; the mark is shown with the word that it stands behind."""
    end = len(text.rstrip())
    begin = max(text.rfind(" ", opener.at + 1, end), opener.at, end - _SHOWN) + 1
    return Edit(begin, end, text[begin:end] + _closer(opener))


def _closer(opener: Reading) -> str:
    return "”" if opener.token.kind == DOUBLE else "’"


@structure_rule(
    before="“I know, she said.\n\nHe did not.",
    after="“I know, she said.\n\nHe did not.",
)
def unclosed_quotation(draft: Draft, evidence: Evidence) -> Iterator[DraftEdit]:
    """A quotation is not closed, and the next paragraph does not open it again, as it would if the speech went on."""
    if not evidence.is_english:
        return
    blocks = [
        (number, block)
        for number, block in enumerate(draft.blocks)
        if not block.is_set_aside and block.text.strip()
    ]
    for place, (number, block) in enumerate(blocks):
        if block.kind not in _SPOKEN or not re.search("[“‘]", block.text):
            continue
        opener = _unclosed(block, evidence)
        after = [next_ for _, next_ in blocks[place + 1 : place + 1 + _NEAR]]
        if opener is not None and not _goes_on(block, opener, after, evidence):
            why = _why(block.text[opener.at :], opener)
            closed = (
                *_before_tag(block.text, opener.at + 1, len(block.text), opener),
                _at_end(block.text, opener),
            )
            others = tuple(Rewrite(number, (edit,), block.kind) for edit in closed)
            yield Retype(number, number, sureness=Sureness.DOUBTFUL, why=why, others=others)


def _unclosed(block: Block, evidence: Evidence) -> Reading | None:
    """Give the mark that opens the outermost quotation that is open at a block's end; single marks where they are speech."""
    for reading in left_open(read_marks(block.text, evidence)):
        if reading.token.kind == DOUBLE or evidence.speech.single_quotes_first:
            return reading
    return None


def _goes_on(block: Block, opener: Reading, after: Sequence[Block], evidence: Evidence) -> bool:
    """Whether what follows takes the quotation up: it opens it again, or closes what was not opened in it."""
    if not after or block.text.rstrip(" —-").endswith(":") or after[0].kind not in (*_SPOKEN, Kind.BREAK):
        return bool(after)
    if after[0].text.lstrip(" _*(…—-")[:1] == opener.mark:
        return True
    return any(
        reading.fault and reading.role is Role.CLOSES and reading.token.kind == opener.token.kind
        for next_ in after
        for reading in read_marks(next_.text, evidence)
    )


def _why(quotation: str, opener: Reading) -> str:
    tag = _TAG.search(quotation, 1, _FAR)
    shown = quotation[:_SHOWN].rsplit(" ", 1)[0] if len(quotation) > _SHOWN else quotation
    perhaps = f"; perhaps it should before {tag.group().lstrip(',!?—… ')!r}" if tag else ""
    return f"the quotation that begins {shown}{'…' * (shown != quotation)}{_closer(opener)} does not close{perhaps}"
