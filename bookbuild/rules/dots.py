"""Dots, as a typewriter had them."""

import re
from collections.abc import Iterator

from bookbuild.draft import Block
from bookbuild.edits import BlockEdit, Edit, Sureness
from bookbuild.rules.evidence import Evidence
from bookbuild.rules.glue import marks_that_open
from bookbuild.rules.rule import prose_rule

_SPACED = re.compile(r"(?<!\.)(?<!\. )\.(?: \.){2,4}(?! ?\.)")
# more before the last figure lead to a page number, and nine or more to what stands at the line's end
_RUN = re.compile(r"(?<!\.)(?:\.{3}|\.{4,8}(?! ?\d+\s*$)|\.{9,40}(?=[\"”'’?!]|\s*$|\s[\"“a-zß-öø-ÿ]))(?!\.)")
_TWO = re.compile(r"(?<=[^\W\d_])(?<!\.)\.\.(?=[\s\"”'’?!)]|$)")
_TWO_GLUED = re.compile(r"(?<![\w./\\])([^\W\d_]+)\.\.([^\W\d_]+)(?![\w/\\]|\.[\w.])")
_GLUED = re.compile(r"(?<=[^\W\d_]…)(?=[“\"]?[A-ZÀ-ÖØ-Þ])")


@prose_rule(before="I thought. . . no.", after="I thought... no.")
def spaced_dots(block: Block, evidence: Evidence) -> Iterator[BlockEdit]:
    """Three dots with spaces between them can part at a line's end; they are one mark, as near to the word before as the book's others."""
    habits = evidence.habits
    joins = habits.joined_dots > habits.parted_dots
    for match in _SPACED.finditer(block.text):
        before = block.text[max(match.start() - 2, 0) : match.start()]
        after = block.text[match.end() : match.end() + 1]
        both = before[-1:] == " " and before[-2:-1].isalnum() and after[:1] == " "
        yield Edit(match.start() - (both and joins), match.end(), "...")


@prose_rule(before="I can't.... I just....", after="I can't… I just…")
def dot_run(block: Block, evidence: Evidence) -> Iterator[BlockEdit]:
    """Three full stops stand for an ellipsis; four and more, or two after a word, are the same with a heavier hand."""
    if ".." not in block.text:
        return
    for match in _RUN.finditer(block.text):
        yield Edit(
            match.start(),
            match.end(),
            "…",
            sureness=Sureness.CERTAIN if len(match.group()) == 3 else Sureness.LIKELY,
        )
    for match in _TWO.finditer(block.text):
        yield Edit(match.start(), match.end(), "…", sureness=Sureness.LIKELY)
    for match in _TWO_GLUED.finditer(block.text):
        if all(evidence.vocabulary.get(word.lower(), 0) > 1 for word in match.groups()):
            yield Edit(match.end(1), match.start(2), "…", sureness=Sureness.LIKELY)


@prose_rule(before="She waited...Nothing came.", after="She waited… Nothing came.")
def sentence_glued_to_dots(block: Block, _evidence: Evidence) -> Iterator[BlockEdit]:
    """The next sentence begins right after the dots; a space lets the line break there."""
    matches = list(_GLUED.finditer(block.text)) if "…" in block.text else []
    opening = marks_that_open(block.text) if matches else frozenset()
    for match in matches:
        if block.text[match.end()] == '"' and match.end() not in opening:
            continue  # the mark closes the speech
        yield Edit(match.start(), match.end(), " ", sureness=Sureness.LIKELY)
