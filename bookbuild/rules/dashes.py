"""Dashes, as a typewriter had them."""

import re
from collections.abc import Iterator

from bookbuild.draft import HEADINGS, Block, Kind
from bookbuild.edits import BlockEdit, Doubt, Edit, Sureness
from bookbuild.glossaries import read_entry
from bookbuild.rules.evidence import Evidence
from bookbuild.rules.foreign import is_foreign_dialogue
from bookbuild.rules.rule import prose_rule

# not in `<!--`, `-->`, nor in a command such as `--name=value`
_HYPHENS = re.compile(r"(?<![-<`])(?<!<!)-{2,3}(?![->]|[a-z][\w-]*=)")
# `"run --help"`: what stands in the marks is a command, since no speech ends without a mark of its own
_OPTION = re.compile(
    r"(?:(?<=^[\"“'‘`(\[])|(?<=\s[\"“'‘`(\[]))[\w./-]+(?: [\w./-]+){0,4}? (?=(?P<hyphens>--)[a-z][a-z-]{2,}[\"”'’`)\]](?!\w))"
)
_MANY_HYPHENS = re.compile(r"(?<![-\s])(?<!<!) ?-{4,}(?!>)|(?<=[\s\"“'‘])-{4,}(?=[\w\"”'’.,;!?])")
# between words, at a speech's or a line's end, and after the mark that opens a speech; not between figures or in a row of them
_SPACED_HYPHEN = re.compile(
    r"(?<=[^\s-]) [-–] (?=[^\W\d_]|[\"“”'‘’(*_…?!])"
    r"|(?<=[^\W_]) [-–](?=[\"”]|[’'](?![^\W_]))|(?<=[^\s\d-]) [-–] ?(?=\n|$)"
    r"|(?:(?<=[\s(][\"“‘'])|(?<=^[\"“‘']))[-–] (?=[^\W\d_])"
)
# a sum, a list of single letters, or a row of values with their names
_NO_DASH = re.compile(r"(?:[b-hj-zB-HJ-Z0-9](?![\w'’-])|[A-Z]\w*: )")
_NUMBER = re.compile(
    r"(?:[-–\s]*|\w{3,9} )\d{1,4}"
)  # at a line's beginning: what follows is a title or a part of a list
_WORD_BEFORE = re.compile(r"(?<![^\W_])[^\W\d_]{4,}$")
_WORD_AFTER = re.compile(r"[^\W\d_]{4,}")
_AROUND = 80  # characters beside a dash that are looked at
_CODE = re.compile(r"`[^`\n]{1,400}`")
_BROKEN_OFF = re.compile(r"(?<=[^\W\d_])-(?=[\"”](?![^\W_]))")
_RANGE = re.compile(
    r"(?<![\w.,/-])(?:(?P<year>1[0-9]\d\d|20\d\d)-(?:1[0-9]\d\d|20\d\d|\d\d)|(?<=pp\. )\d+-\d+|(?<=pages )\d+-\d+|(?<=chapters )\d+-\d+)"
    r"(?![\w/-]|[.,]\d)"
)


@prose_rule(before="stopped--then turned -- and left---so", after="stopped—then turned—and left—so")
def double_hyphen(block: Block, evidence: Evidence) -> Iterator[BlockEdit]:
    """Typewriters had no dash, so two hyphens, or three, stand for one; spaces around it were for the typewriter too."""
    # where dashes stand for quotation marks, the space beside one says which way it is turned
    keeps_spaces = not evidence.is_english or is_foreign_dialogue(block.text)
    text = _CODE.sub(lambda code: "`" * len(code.group()), block.text) if "`" in block.text else block.text
    options = {match.start("hyphens") for match in _OPTION.finditer(text)} if " --" in text else set()
    for match in _HYPHENS.finditer(text):
        start, end = match.start(), match.end()
        if start in options:
            dash = Edit(start - 1, end, "—")
            yield Doubt(start - 1, end, why="taken for a command’s option, and no dash", others=(dash,))
            continue
        before, after = text[max(start - _AROUND, 0) : start], text[end : end + _AROUND]
        if not before.rpartition("\n")[2].strip() and not after.partition("\n")[0].strip():
            continue  # alone on its line it is a mark, and no dash between words
        if before[-1:].isdigit() and after[:1].isdigit():
            yield Edit(
                start, end, "–", sureness=Sureness.LIKELY, why="between figures two hyphens stand for `to`"
            )
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
def spaced_hyphen(block: Block, evidence: Evidence) -> Iterator[BlockEdit]:
    """A hyphen, or a short dash, with a space on both sides stands for a dash, where that is the book's habit."""
    if block.kind in HEADINGS or is_foreign_dialogue(block.text):
        return
    entry = read_entry(block.text) if block.kind is Kind.ENTRY else None
    for match in _SPACED_HYPHEN.finditer(block.text):
        if entry and match.start() == entry.end:  # it parts a term from its meaning, and is not shown
            continue
        if _NO_DASH.match(block.text, match.end()) or _NUMBER.fullmatch(block.text, 0, match.start()):
            continue
        edit = Edit(match.start(), match.end(), "—", sureness=Sureness.LIKELY)
        if (hyphen := _as_hyphen(block.text, match, evidence)) is not None:
            yield hyphen
        elif evidence.habits.writes_hyphens_for_dashes:
            yield edit
        else:
            why = "this may be a dash, but the book writes its dashes another way"
            yield Doubt(match.start(), match.end(), why=why, others=(edit,))


def _as_hyphen(text: str, spaced: re.Match[str], evidence: Evidence) -> Edit | None:
    """Close a compound that the book has with its hyphen elsewhere; None of any other, and of cries: `goo - goo`."""
    before = _WORD_BEFORE.search(text, max(spaced.start() - _AROUND, 0), spaced.start())
    after = _WORD_AFTER.match(text, spaced.end())
    if not before or not after or f"{before.group()}-{after.group()}".lower() not in evidence.vocabulary:
        return None
    dash = Edit(spaced.start(), spaced.end(), "—")
    return Edit(spaced.start(), spaced.end(), "-", sureness=Sureness.LIKELY, others=(dash,))


@prose_rule(before='"I never meant to-" he began.', after='"I never meant to—" he began.', english_only=True)
def speech_ends_in_hyphen(block: Block, _evidence: Evidence) -> Iterator[BlockEdit]:
    """Somebody is cut short, and a hyphen stands for the dash; after a single word it may be part of it."""
    for match in _BROKEN_OFF.finditer(block.text):
        before = block.text[max(match.start() - _AROUND, 0) : match.start()]
        opened = max(map(before.rfind, '"“”'))
        edit = Edit(match.start(), match.end(), "—", sureness=Sureness.LIKELY)
        if " " in before[opened + 1 :].strip():
            yield edit
        else:
            why = "this may be a dash: somebody is cut short"
            yield Doubt(match.start(), match.end(), why=why, others=(edit,))


@prose_rule(before="Mr. ---- of Marrow", after="Mr. ---- of Marrow", english_only=True)
def hyphen_run(block: Block, _evidence: Evidence) -> Iterator[BlockEdit]:
    """Four hyphens and more may stand for a name that is not told, or for a long dash."""
    if "----" not in block.text or not any(map(str.isalnum, block.text)):
        return
    for match in _MANY_HYPHENS.finditer(block.text):
        start, end = match.start() + match.group().startswith(" "), match.end()
        yield Doubt(start, end, others=(Edit(start, end, "——"), Edit(start, end, "—")))


@prose_rule(before="the war of 1914-1918", after="the war of 1914-1918", english_only=True)
def hyphen_in_range(block: Block, _evidence: Evidence) -> Iterator[BlockEdit]:
    """Between the first and the last year or page print has the short dash."""
    for match in _RANGE.finditer(block.text):
        at = match.start() + match.group().index("-")
        yield Doubt(match.start(), match.end(), others=(Edit(at, at + 1, "–"),))
