"""Entries of glossaries and of lists of characters: where a term ends, and what parts it from its meaning."""

import re
from typing import NamedTuple

_LONGEST = 60  # characters of a term
_MOST_WORDS = 8
_ENTRY = re.compile(
    r"(?P<term>[^\n:]*?[^\s:])"
    r"(?P<seam>[*_]{0,3}:[*_]{0,3}\s+|\s*[—–]\s*|\s*--+\s*|\s+-\s+|\s*=\s+|\s*\t\s*)"
    r"(?P<meaning>\S.*)",
    re.DOTALL,
)
_SENTENCE = re.compile(r"[!?;]|\w{5,}\.\s|[.,]$")  # `Mrs. Pask` and `adj.` are no sentences
_BEGINS = re.compile(r"[*_\"“‘'«„(\[-]*\w")
_WORD = re.compile(r"[^\W\d_]")


class Entry(NamedTuple):
    """Where in a text the term ends, and where its meaning begins."""

    end: int
    meaning: int

    def seam(self, text: str) -> str:
        """Give what parts the two, in a clean text: a colon, or a dash between spaces."""
        between = text[self.end : self.meaning]
        return " — " if any(dash in between for dash in "—–-") else ": "


def read_entry(text: str) -> Entry | None:
    """Read a paragraph as an entry: `Staithe: a landing place`, `Mrs. Pask — keeps the ferry`; None where it is none."""
    match = _ENTRY.match(text)
    if not match:
        return None
    term = match["term"]
    is_term = (
        len(term) <= _LONGEST
        and len(term.split()) <= _MOST_WORDS
        and _BEGINS.match(term)
        and _WORD.search(term)
        and _WORD.search(match["meaning"])
        and not _SENTENCE.search(term)
    )
    return Entry(match.end("term"), match.start("meaning")) if is_term else None
