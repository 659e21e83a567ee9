"""White space that means nothing. The line breaks of verse are no white space here."""

import re
from collections.abc import Iterator

from bookbuild.draft import Block
from bookbuild.edits import BlockEdit, Doubt, Edit, Sureness
from bookbuild.rules.evidence import Evidence
from bookbuild.rules.lost_spaces import SMALL_WORDS
from bookbuild.rules.rule import prose_rule

_ODD = re.compile(r"[\t\xa0\u1680\u2000-\u200a\u202f\u205f\u3000\x0b\x0c\x1c-\x1f]+")
_HAIR = re.compile(
    "(?<=[\"“”'‘’])[\xa0\u2009\u200a\u202f](?=[\"“”'‘’])|(?<=—)[\u2009\u200a]|[\u2009\u200a](?=—)"
)
_DOUBLE = re.compile(r"(?<=\S) {2,}(?=\S)")
_TRAILING = re.compile(r" +(?=\n|\Z)")
# neither before dots, a fraction or a name (.5, .NET), nor a face :)
_BEFORE_MARK = re.compile(
    r"(?:(?<=[^\W_]|[\"”’)])|(?<=\S'))[ \xa0]+(?=[,!?](?![^\s\"”’')\]*_!?]| [!?])|[;:](?=[\s\"”’]|$)|\.(?=[\"”’]|$|\s(?! ?\.)))"
)
# a space typed before the mark in place of behind it
_MARK_AT_NEXT_WORD = re.compile(r"(?<=[^\W\d_])[ \xa0]+(?:,(?=[^\W\d_]{2}|I\b)|[.!?](?=([^\W\d_]+)))")
_INSIDE_DOUBLE = re.compile(r"(?:(?<=^)|(?<=\s))\" ([^\"\n]{1,400}) \"(?=[\s.,;:!?]|$)")
_INSIDE_BRACKETS = re.compile(r"(?<=\() +(?=[^\W_])|(?<=[^\W_]) +(?=\)(?:[\s.,;]|$))")
_SPACED_LETTERS = re.compile(r"(?<![^\s\"“‘(])[^\W\d_](?: [^\W\d_]){3,}(?![^\W_])")
_LEADING = re.compile(r"(?:(?<=\n)|\A) +(?=\S)")


@prose_rule(before="one\u00a0two\tthree", after="one two three")
def odd_space(block: Block, evidence: Evidence) -> Iterator[BlockEdit]:
    """Tabs and no-break spaces come with pasting; the page's own spaces are decided when it is set."""
    hairs = [match.start() for match in _HAIR.finditer(block.text)]  # between two marks, and beside a dash
    for hair in hairs:
        yield Edit(hair, hair + 1, "")
    for match in _ODD.finditer(block.text):
        if match.start() in hairs:
            continue
        french = not evidence.is_english and match.group() in "\xa0\u202f"
        if not french:
            yield Edit(match.start(), match.end(), " ")


@prose_rule(before="It rained.  It rained.", after="It rained. It rained.")
def double_space(block: Block, _evidence: Evidence) -> Iterator[BlockEdit]:
    """Typewriters put two spaces after a sentence; type needs one."""
    for match in _DOUBLE.finditer(block.text):
        yield Edit(match.start(), match.end(), " ")


@prose_rule(before="It rained.   ", after="It rained.")
def trailing_space(block: Block, _evidence: Evidence) -> Iterator[BlockEdit]:
    """Space at a line's end is nothing but a leftover of typing."""
    for match in _TRAILING.finditer(block.text):
        yield Edit(match.start(), match.end(), "")


@prose_rule(before=" It rained.", after="It rained.")
def leading_space(block: Block, _evidence: Evidence) -> Iterator[BlockEdit]:
    """A paragraph's indent is the page's business, and a single space is a slip."""
    for match in _LEADING.finditer(block.text):
        yield Edit(match.start(), match.end(), "")


@prose_rule(before="Well , he came !", after="Well, he came!")
def space_before_mark(block: Block, evidence: Evidence) -> Iterator[BlockEdit]:
    """A comma or another mark stands right behind its word, but in French."""
    is_french = evidence.language.lower().startswith("fr") or not evidence.reads_as_english
    if is_french or "«" in block.text:
        return
    for match in _BEFORE_MARK.finditer(block.text):
        yield Edit(match.start(), match.end(), "", sureness=Sureness.LIKELY)
    for match in _MARK_AT_NEXT_WORD.finditer(block.text) if evidence.is_english else ():
        begins = match[1]
        if begins is None or (begins[0].isupper() and begins.lower() in SMALL_WORDS):
            yield Edit(match.start(), match.end() - 1, "", sureness=Sureness.LIKELY)


@prose_rule(before='" Well, " he said.', after='" Well, " he said.')
def space_inside_marks(block: Block, _evidence: Evidence) -> Iterator[BlockEdit]:
    """Quotation marks and brackets stand close to what they hold."""
    for match in _INSIDE_DOUBLE.finditer(block.text):
        close = Edit(match.start(), match.end(), f'"{match[1]}"')
        yield Doubt(match.start(), match.end(), others=(close,))
    for match in _INSIDE_BRACKETS.finditer(block.text):
        yield Doubt(match.start() - 1, match.end() + 1, others=(Edit(match.start(), match.end(), ""),))


@prose_rule(before="He was s o r r y.", after="He was s o r r y.", rewords=True)
def spaced_letters(block: Block, _evidence: Evidence) -> Iterator[BlockEdit]:
    """Letters stand apart, as an old program set what was important; they may be one word."""
    for match in _SPACED_LETTERS.finditer(block.text):
        word = Edit(match.start(), match.end(), match.group().replace(" ", ""))
        yield Doubt(match.start(), match.end(), others=(word,))
