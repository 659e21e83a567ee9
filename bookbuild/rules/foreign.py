"""Dialogue in the habits of other languages: its marks are the author's, and stay as they are."""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from bookbuild.rules.evidence import Evidence

_FOREIGN = re.compile("[„«»‹›「『]")
_DASHED = re.compile(r"[ \t\xa0]*(?:[—–―]|-{1,3})[ \xa0]*[^\W_]|[ \t\xa0]*(?:[—–―]|-{1,3})[ \xa0]*[¿¡«„…\"“]")


def is_foreign_dialogue(text: str) -> bool:
    """Whether a paragraph has the marks of another language, or begins with the dash that stands for them there."""
    return bool(_FOREIGN.search(text) or _DASHED.match(text))


class ForeignFault(NamedTuple):
    """A mark that another should have answered."""

    at: int
    opens: bool


def foreign_faults(text: str, evidence: Evidence) -> Iterator[ForeignFault]:
    """Find marks of other languages that open a quotation inside one of their own kind, or close one that is not open."""
    begin = len(text) - len(text.lstrip())
    for opener, closers in _pairs(text, evidence):
        is_open = False
        for match in re.finditer(f"[{opener}{closers}]", text):
            at, opens = match.start(), match.group() == opener
            # what closes in „German“ may be an English mark that opens
            is_fault = opens == is_open and (opens or opener != "„")
            # at a paragraph's or a line's beginning a mark may say only that the speech goes on
            if is_fault and at > begin and text[at - 1] != "\n":
                yield ForeignFault(at, opens)
            is_open = opens


def _pairs(text: str, evidence: Evidence) -> Iterable[tuple[str, str]]:
    """Give the pairs of marks that a paragraph has both of; »one that stands on both sides» answers itself."""
    pairs = [("»", "«") if evidence.speech.inward else ("«", "»"), ("「", "」"), ("『", "』"), ("„", "“”")]
    if not evidence.is_english and "„" not in text:
        pairs.append(("“", "”"))
    return [pair for pair in pairs if pair[0] in text and any(closer in text for closer in pair[1])]
