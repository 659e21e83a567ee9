"""Primes: the marks of feet and inches, minutes and seconds, which are typed like quotation marks and turned like none."""

import re
from collections.abc import Iterator

from bookbuild.draft import Block
from bookbuild.edits import BlockEdit, Edit, Sureness
from bookbuild.rules.evidence import Evidence
from bookbuild.rules.rule import prose_rule

_NUMBER = r"\d{1,3}(?:\.\d{1,3})?[½¼¾⅓⅔⅛⅜⅝⅞]?"
_FEET = re.compile(
    rf"(?<![\w'’.,]){_NUMBER}(?P<feet>['’])(?= ?{_NUMBER}(?P<inches>''|[\"”])|\d{{1,2}}(?![\w'’]))"
)
_LONE_FEET = re.compile(rf"(?<![\w'’.,]){_NUMBER}(?P<feet>['’])(?=[\s.,;:!?)\]\"”…—–]|$)")
_OPENING = re.compile(r"(?<![^\W_])['‘](?=[^\W_])")
_INCHES = re.compile(rf"(?<![\w.,])(?P<feet>\d{{1,3}}['’] ?)?{_NUMBER}(?P<inches>''(?!')|[\"”])(?![^\W_])")
_TAG = re.compile(r" (?:I|he|she|they|we|you|it|said|asked|cried|replied)\b", re.IGNORECASE)
_DOUBLE = re.compile('["“”]')
_ROOM = " \n\t\xa0([{/—–-"


@prose_rule(
    before='"He\'s 6\'2" tall," she said. "I\'m 19."',
    after='"He\'s 6′2″ tall," she said. "I\'m 19."',
    english_only=True,
)
def typed_prime(block: Block, evidence: Evidence) -> Iterator[BlockEdit]:
    """Feet and inches, minutes and seconds have marks of their own, which typewriters lacked: straight strokes, not quotation marks."""
    text = block.text
    if not re.search(r"\d['’\"”]", text):
        return
    before_inches = {match.start("feet") for match in _FEET.finditer(text)}
    lone = (
        set[int]() if evidence.speech.single_quotes_first else _lone_feet(text)
    )  # there it may end a speech
    for start in sorted(before_inches | lone):
        yield Edit(start, start + 1, "′", sureness=Sureness.LIKELY)
    closing = _closing_quotations(text)
    for match in _INCHES.finditer(text):
        if match.start("inches") not in closing:
            yield Edit(match.start("inches"), match.end("inches"), "″", sureness=Sureness.LIKELY)


def _lone_feet(text: str) -> set[int]:
    """Find the single marks after figures that close nothing: none opens before them, and no speaker is named after them."""
    first = next((match.start() for match in _OPENING.finditer(text)), len(text))
    lone = (match for match in _LONE_FEET.finditer(text) if match.start() < first)
    return {match.start("feet") for match in lone if not _TAG.match(text, match.end())}


def _closing_quotations(text: str) -> set[int]:
    """Find the marks after figures that close a quotation: one is open, and the next mark does not close it."""
    marks = [match.start() for match in _DOUBLE.finditer(text)]
    measures = {match.start("inches"): match for match in _INCHES.finditer(text)}
    closing: set[int] = set()
    is_open = False
    for number, at in enumerate(marks):
        if at not in measures:
            room = at == 0 or text[at - 1] in _ROOM
            is_open = text[at] == "“" or (text[at] == '"' and (room or not is_open))
            continue
        after = marks[number + 1] if number + 1 < len(marks) else None
        if is_open and not (after is not None and _closes(text, after)):
            closing.add(at)
            is_open = False
        elif not is_open and (_TAG.match(text, at + 1) or text[at] == "”") and not measures[at]["feet"]:
            closing.add(at)  # the mark that opens is missing
    return closing


def _closes(text: str, at: int) -> bool:
    """Whether a double mark stands where one closes."""
    after = text[at + 1 : at + 2]
    return text[at] != "“" and text[at - 1] not in _ROOM and not after.isalnum()
