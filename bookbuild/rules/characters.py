"""Characters that are not what was meant: they are mended before the book is asked what it says."""

import re
import unicodedata
from collections.abc import Iterator
from html import unescape

from bookbuild.draft import Block, Draft
from bookbuild.edits import Blank, BlockEdit, DraftEdit, Edit, Sureness
from bookbuild.rules.evidence import Evidence
from bookbuild.rules.habits import REFERENCE
from bookbuild.rules.rule import prose_rule, structure_rule
from bookbuild.words import INVISIBLE

_JOINERS = "\u200c\u200d"
_INVISIBLE = re.compile(f"[{re.escape(INVISIBLE)}\x7f-\x84\x86-\x9f]")
_RUN = re.compile(r"\S+")
_KEPT_REFERENCES = frozenset({"&lt;", "&gt;"})  # `&lt;3` is a heart, and what they would make is no text
_OFTEN = 3  # times: that is no text about web pages
_DECOMPOSED = re.compile("[^\\W\\d_][\u0300-\u036f]+")
_LIGATURE = re.compile("[\ufb00-\ufb06]")


@prose_rule(
    before="&quot;Go,&quot; she said. &quot;Go&quot;",
    after='"Go," she said. "Go"',
    rewords=True,
)
def character_reference(block: Block, evidence: Evidence) -> Iterator[BlockEdit]:
    """A web page's names of characters came along with its text, again and again."""
    if "&" not in block.text:
        return
    habits = evidence.habits
    # so that each name came along, however rare
    is_everywhere = habits.is_web_page or habits.joined_references >= _OFTEN
    known = {
        name: unescape(name)
        for name, count in habits.references.items()
        if (is_everywhere or count >= _OFTEN) and (habits.is_web_page or name not in _KEPT_REFERENCES)
    }
    for match in _RUN.finditer(block.text) if known else ():
        run = match.group()
        mended = REFERENCE.sub(lambda name: known.get(name.group(), name.group()), run) if "&" in run else run
        if mended != run:
            yield Edit(match.start(), match.end(), mended, sureness=Sureness.LIKELY)


@prose_rule(before="won\u00adder\u200bful", after="wonderful")
def invisible_character(block: Block, _evidence: Evidence) -> Iterator[BlockEdit]:
    """Soft hyphens, zero-width spaces and control characters do not show, yet they break searching and hyphenation."""
    for match in _INVISIBLE.finditer(block.text):
        # joiners are needed within emoji and in the scripts of India and Persia
        around = (
            block.text[max(match.start() - 1, 0) : match.start()] + block.text[match.end() : match.end() + 1]
        )
        if match.group() not in _JOINERS or around.isascii():
            yield Edit(match.start(), match.end(), "")


@prose_rule(before="cafe\u0301", after="café")
def decomposed_letter(block: Block, _evidence: Evidence) -> Iterator[BlockEdit]:
    """A letter and its accent were typed apart, so that fonts set them badly and searching fails."""
    if block.text.isascii():
        return
    for match in _DECOMPOSED.finditer(block.text):
        composed = unicodedata.normalize("NFC", match.group())
        if composed != match.group():
            yield Edit(match.start(), match.end(), composed)


@prose_rule(before="the ﬁrst ﬂood", after="the first flood")
def typed_ligature(block: Block, _evidence: Evidence) -> Iterator[BlockEdit]:
    """Two letters came as one character, out of a PDF; the font joins them by itself, and searching needs them apart."""
    for match in _LIGATURE.finditer(block.text):
        letters = unicodedata.normalize("NFKC", match.group())
        yield Edit(match.start(), match.end(), letters, sureness=Sureness.LIKELY)


@structure_rule(before="It rained.\n\u200b\nIt rained.", after="It rained.\n\nIt rained.")
def blank_line(draft: Draft, _evidence: Evidence) -> Iterator[DraftEdit]:
    """A line of nothing but characters that do not show is an empty line."""
    blank = [number for number, block in enumerate(draft.blocks) if not block.text.strip()]
    if len(blank) < len(draft.blocks):
        yield from (Blank(number) for number in blank)
