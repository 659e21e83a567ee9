"""Exchanges of messages that stand in the story: chats, texts on a phone, logs."""

import re
from collections.abc import Iterator, Sequence

from bookbuild.draft import Block, Draft, Group, GroupKind, Kind
from bookbuild.edits import DraftEdit, Retype, Sureness
from bookbuild.rules.evidence import Evidence
from bookbuild.rules.layout import LINE_LENGTH
from bookbuild.rules.rule import structure_rule

_HOUR = r"(?:[\[(]?\d{1,2}[:.]\d{2}(?:[:.]\d{2})?(?: ?[ap]\.?m\.?)?[\])]?)"
_NAME = r"[^\W\d_][\w.'’-]{0,20}(?: [\w.'’-]{1,20}){0,2}"
_NICK = r"[@\w][\w.’'-]{0,24}"
_TURN = re.compile(
    rf"\s*(?:(?P<hour>{_HOUR})\s*[-–—]?\s*|\[[\d:apm .]+\]\s*)?"
    rf"(?:<\s?(?P<nick>{_NAME}|{_NICK})>:?|(?P<pointing>{_NICK})\s*(?:»|›|>>)"
    rf"|[\[*_]{{0,2}}(?P<speaker>(?=[^a-z]){_NAME})\]?(?: \([^)]{{1,20}}\))?:"
    rf"|(?P<small>{_NICK})(?: \([^)]{{1,20}}\))?:)[*_]{{0,2}}\s+(?=\S)"
)
# what programs print above each message: a name and an hour
_HEAD = re.compile(
    rf"\s*[*_]{{0,2}}{_NAME}[*_]{{0,2}}\s*(?:[—–|·,-]\s*)?[\[(]?(?:(?:today|yesterday)(?: at)?|\d{{1,4}}[/.-]\d{{1,2}}[/.-]\d{{1,4}},?)?\s*{_HOUR}[\])]?\s*",
    re.IGNORECASE,
)
_FEWEST = 3
_BELOW_HEAD = 4  # lines of one message below the name and the hour
_NOT_SPEAKERS = frozenset(
    {"note", "notes", "disclaimer", "rating", "summary", "warning", "warnings", "ps", "p.s.", "an"}
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
        turns = _end_of_turns(blocks, number)
        last = max(turns if _is_exchange(blocks[number:turns]) else number, _end_of_heads(blocks, number))
        if last > number:
            group = Group(GroupKind.MESSAGES, blocks[number].start)
            yield Retype(number, last - 1, Kind.MESSAGE, group, sureness=Sureness.LIKELY)
        # what is no exchange as a whole is not tried again from each of its lines: a long list would take for ever
        number = max(last, turns, number + 1)


def _end_of_turns(blocks: Sequence[Block], first: int) -> int:
    """Find where the lines end, from a block on, that have a name before them and the same gap between them."""
    last = first
    while (
        last < len(blocks)
        and _speaker(blocks[last])
        and (last == first or blocks[last].gap == blocks[min(first + 1, last)].gap)
    ):
        last += 1
    return last


def _is_exchange(turns: Sequence[Block]) -> bool:
    speakers = {_speaker(block) for block in turns}
    return len(turns) >= _FEWEST and 2 <= len(speakers) <= max(2, len(turns) // 2 + 1)


def _speaker(block: Block) -> str:
    match = _TURN.match(block.text) if block.is_plain else None
    name = "" if not match else match["nick"] or match["pointing"] or match["speaker"] or match["small"]
    return "" if name.lower() in _NOT_SPEAKERS else name.lower()


def _end_of_heads(blocks: Sequence[Block], first: int) -> int:
    """Find where an exchange ends in which a line with a name and an hour stands above each message; 0 where none begins."""
    heads, number, last = 0, first, first
    while number < len(blocks) and _is_head(blocks[number]):
        heads += 1
        last = number + 1
        while last < len(blocks) and last - number <= _BELOW_HEAD and _is_said(blocks[last]):
            last += 1
        number = last
    return last if heads >= _FEWEST - 1 else 0


def _is_head(block: Block) -> bool:
    return block.is_plain and len(block.text) <= LINE_LENGTH and bool(_HEAD.fullmatch(block.text))


def _is_said(block: Block) -> bool:
    """Whether a line may be a message below a head: no empty line parts it from the head, or what stands before it."""
    return block.is_plain and not block.gap and not _is_head(block)
