"""Dots and dashes, as a typewriter had them."""

import re
from collections.abc import Iterator

from bookbuild.draft import Block
from bookbuild.edits import BlockEdit, Edit, Sureness
from bookbuild.rules.evidence import Evidence
from bookbuild.rules.foreign import is_foreign_dialogue
from bookbuild.rules.glue import is_speech_open
from bookbuild.rules.rule import prose_rule

_SPACED = re.compile(r"(?<!\.)(?<!\. )\.(?: \.){2,4}(?! ?\.)")
_RUN = re.compile(
    r"(?<!\.)(?:\.{3}|\.{4,8}(?! ?\d+\s*$))(?!\.)"
)  # more before the last figure lead to a page number
_TWO = re.compile(r"(?<=[^\W\d_])(?<!\.)\.\.(?=[\s\"”'’?!)]|$)")
_GLUED = re.compile(r"(?<=[^\W\d_]…)(?=[“\"]?[A-ZÀ-ÖØ-Þ])")
# not in `<!--`, `-->`, nor in a command such as `--name=value`
_HYPHENS = re.compile(r"(?<![-<`])(?<!<!)-{2,3}(?![->]|[a-z][\w-]*=)")
_SPACED_HYPHEN = re.compile(r"(?<=[^\W_]|[,.!?\"”…]) [-–] (?=[^\W\d_]|[\"“])")


@prose_rule(before="I thought. . . no.", after="I thought... no.")
def spaced_dots(block: Block, _evidence: Evidence) -> Iterator[BlockEdit]:
    """Three dots with spaces between them can part at a line's end; they are one mark."""
    for match in _SPACED.finditer(block.text):
        yield Edit(match.start(), match.end(), "...")


@prose_rule(before="I can't.... I just....", after="I can't… I just…")
def dot_run(block: Block, _evidence: Evidence) -> Iterator[BlockEdit]:
    """Three full stops stand for an ellipsis; four and more, or two after a word, are the same with a heavier hand."""
    for match in _RUN.finditer(block.text):
        yield Edit(
            match.start(), match.end(), "…", Sureness.CERTAIN if len(match.group()) == 3 else Sureness.LIKELY
        )
    for match in _TWO.finditer(block.text):
        yield Edit(match.start(), match.end(), "…", Sureness.LIKELY)


@prose_rule(before="She waited...Nothing came.", after="She waited… Nothing came.")
def sentence_glued_to_dots(block: Block, _evidence: Evidence) -> Iterator[BlockEdit]:
    """The next sentence begins right after the dots; a space lets the line break there."""
    for match in _GLUED.finditer(block.text):
        if block.text[match.end()] == '"' and is_speech_open(block.text[: match.start()]):
            continue  # the mark closes it
        yield Edit(match.start(), match.end(), " ", Sureness.LIKELY)


@prose_rule(before="stopped--then turned -- and left---so", after="stopped—then turned—and left—so")
def double_hyphen(block: Block, evidence: Evidence) -> Iterator[BlockEdit]:
    """Typewriters had no dash, so two hyphens, or three, stand for one; spaces around it were for the typewriter too."""
    # where dashes stand for quotation marks, the space beside one says which way it is turned
    keeps_spaces = not evidence.is_english or is_foreign_dialogue(block.text)
    for match in _HYPHENS.finditer(block.text):
        start, end = match.start(), match.end()
        before, after = block.text[:start], block.text[end:]
        if before[-1:].isdigit() and after[:1].isdigit():
            yield Edit(start, end, "–", Sureness.LIKELY, "between figures two hyphens stand for `to`")
            continue
        if keeps_spaces:
            yield Edit(start, end, "—")
            continue
        yield Edit(start - _room_before(before, after), end + _room_after(before, after), "—")


def _room_before(before: str, after: str) -> int:
    """Give how many spaces before a dash fall away: none at a sentence's end, where the dash begins what follows."""
    left = before.rstrip(" ")
    goes_on = left[-1:] in ('"', "”", "’", "'") and after[:1] == " "  # `"No!" -- she said`
    begins = left[-1:] in ('"', "”", "’", "'", ".", "!", "?", "", "\n") and not goes_on
    return 0 if begins else len(before) - len(left)


def _room_after(before: str, after: str) -> int:
    """Give how many spaces after a dash fall away: none where it begins a paragraph or a speech, or ends one."""
    right = after.lstrip(" ")
    speech_after_sentence = before.rstrip(" ")[-1:] in (".", "!", "?") and right[:1] in ('"', "“", "‘", "'")
    begins = before[-1:] in ('"', "“", "‘", "'", "", "\n") or not before.strip() or speech_after_sentence
    return 0 if begins or not right else len(after) - len(right)


@prose_rule(
    before="The door - if it was one - stood open.",
    after="The door—if it was one—stood open.",
    english_only=True,
)
def spaced_hyphen(block: Block, _evidence: Evidence) -> Iterator[BlockEdit]:
    """A hyphen, or a short dash, with a space on both sides stands for a dash."""
    if is_foreign_dialogue(block.text):
        return
    for match in _SPACED_HYPHEN.finditer(block.text):
        yield Edit(match.start(), match.end(), "—", Sureness.LIKELY)
