"""Songs and poems whose lines were lost, or look like short paragraphs."""

import re
from collections.abc import Iterator
from statistics import median

from bookbuild.draft import Block, Draft, Kind
from bookbuild.edits import DraftEdit, Edit, Join, Rewrite, Sureness
from bookbuild.rules.evidence import Evidence
from bookbuild.rules.layout import LINE_LENGTH, usual_gap
from bookbuild.rules.letters import is_turn
from bookbuild.rules.rule import structure_rule

_LONG_SPACE = re.compile(r"[ \t\xa0]{10,}")
_SEAM = re.compile(r"(?<=[a-z])(?=[A-Z])")
_WORD = re.compile(r"[^\W\d_]+")
_NAME_BEGINNINGS = frozenset(
    ["Mc", "Mac", "De", "Del", "Di", "Du", "La", "Le", "Van", "Von", "Fitz", "O", "St"]
)
_NAMES = frozenset(
    ["YouTube", "PlayStation", "FaceTime", "TikTok", "WhatsApp", "LinkedIn", "PayPal", "MySpace"]
)
_LISTED = re.compile(r"\s*(?:[-*•+–]\s|\(?\d{1,3}[.)]\s|[A-Z][\w-]*:\s)")
_SPEECH = re.compile(r"\s*(?:[\"“]|['‘].*[^\w\s]['’](?!\w)|['‘][^'’]*['’]\s*$)")


@structure_rule(
    before="The boats come in" + " " * 40 + "The boats go out" + " " * 38 + "And none of them is mine",
    after="The boats come in\nThe boats go out\nAnd none of them is mine",
)
def spaced_out_verse(draft: Draft, _evidence: Evidence) -> Iterator[DraftEdit]:
    """A song pasted from a web page lost its line breaks: each became a long run of spaces."""
    for number, block in enumerate(draft.blocks):
        text = block.text.rstrip()
        runs = [match for match in _LONG_SPACE.finditer(text) if match.start() > 0]
        if block.kind is Kind.PARAGRAPH and len(runs) >= 2 and _are_lines(_LONG_SPACE.split(text.strip())):
            edits = [Edit(match.start(), match.end(), "\n") for match in runs]
            edges = [Edit(len(text), len(block.text), "")] if len(text) < len(block.text) else []
            yield Rewrite(number, (*edits, *edges), Kind.STANZA)


def _are_lines(pieces: list[str]) -> bool:
    """Whether most pieces are short; paragraphs that a paste ran together are not."""
    return median(map(len, pieces)) < LINE_LENGTH * 4 / 3


@structure_rule(before="Sing low\nSing slow\n\nIt rained.", after="Sing low\nSing slow\n\nIt rained.")
def verse_lines(draft: Draft, _evidence: Evidence) -> Iterator[DraftEdit]:
    """Short lines without empty lines between them are verse, in a text whose paragraphs have empty lines between them."""
    if usual_gap(draft) < 1:
        return
    blocks = draft.blocks
    number = 0
    while number < len(blocks):
        last = number
        while last + 1 < len(blocks) and blocks[last + 1].gap == 0 and _is_line(blocks[last + 1]):
            last += 1
        first = number + 1 if blocks[number].text.rstrip().endswith(":") else number  # `She sang:` is prose
        if last > first and _is_line(blocks[first]):
            yield Join(first, last, ("\n",) * (last - first), Kind.STANZA, Sureness.LIKELY)
        number = last + 1


def _is_line(block: Block) -> bool:
    return (
        block.kind is Kind.PARAGRAPH
        and block.group is None
        and len(block.text.strip()) < LINE_LENGTH
        and not _SPEECH.match(block.text)
        and not _LISTED.match(block.text)
        and not is_turn(block)
    )


@structure_rule(
    before="The night is longAnd I am gone" + " " * 30 + "The road is wide" + " " * 30 + "And I have lied",
    after="The night is long\nAnd I am gone\nThe road is wide\nAnd I have lied",
)
def lost_line_break(draft: Draft, evidence: Evidence) -> Iterator[DraftEdit]:
    """Two lines of a song were glued together: a capital follows a small letter inside a word."""
    for number, block in enumerate(draft.blocks):
        if block.kind is not Kind.STANZA:
            continue
        edits = tuple(
            Edit(seam, seam, "\n", Sureness.LIKELY)
            for seam in _seams(block.text)
            if _is_lost(block.text, seam, evidence)
        )
        if edits:
            yield Rewrite(number, edits, Kind.STANZA, Sureness.LIKELY)


def _seams(text: str) -> list[int]:
    return [match.start() for match in _SEAM.finditer(text)]


def _is_lost(text: str, seam: int, evidence: Evidence) -> bool:
    """Whether a seam is no name's (`McDonald`, `iPhone`) and no word that the book has elsewhere."""
    word = next(match for match in _WORD.finditer(text) if match.start() < seam < match.end())
    before = text[word.start() : seam]
    if len(before) < 2 or before in _NAME_BEGINNINGS or word.group() in _NAMES:
        return False
    return evidence.forms.get(word.group(), 0) <= 1
