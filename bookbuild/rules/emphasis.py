"""Emphasis that was typed with marks."""

import re
from collections.abc import Iterator

from bookbuild.draft import Block, MarkKind
from bookbuild.edits import BlockEdit, Doubt, Edit, Sureness, Unwrap
from bookbuild.footnotes import is_footnote
from bookbuild.rules.evidence import Evidence
from bookbuild.rules.rule import prose_rule

# CommonMark 0.31.2, section 6.2, without nesting: no space inside the marks, no word character outside them
_TYPED = re.compile(
    r"(?<![\w*])(?P<stars>\*{1,3})(?=[^\s*])(?P<starred>[^*\n]{1,400}?)(?<=[^\s*])(?P=stars)(?![\w*])"
    r"|(?<![\w*])(?P<star>\*)(?=[^\s*])(?P<possessed>[^*\n]{1,400}?)(?<=[^\s*])(?P=star)(?=[’']s\b)"
    r"|(?<![^\W_])(?<!_)(?P<lines>_{1,2})(?=[^\s_])(?P<lined>[^_\n]{1,400}?)(?<=[^\s_])(?P=lines)(?!_)(?![^\W_])"
)
_TAGGED = re.compile(
    r"(?P<opening>[<\[](?P<tag>i|b|em|strong)[>\]])(?P<tagged>[^<\[\n]{1,2000})(?P<closing>[<\[]/(?P=tag)[>\]])",
    re.IGNORECASE,
)
# neither a path, nor a choice (and/or), nor the end of a tag
_SLASHED = re.compile(r"(?<![\w/:.~<\\])/(?=[^\s/])(?P<slashed>[^/\n]{1,400})(?<=[^\s/])/(?![\w/])")
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
# the second mark of a pair slipped behind the space, or the first before it: `*word *next`
_SLIPPED = re.compile(
    r"(?<![\w*_])(?P<mark>[*_])(?:(?=[^\s*_])(?P<early>[^*_\n]{1,400}?)(?P<space> )(?P=mark)(?=[^\W_]|[.,;:!?…]|$)"
    r"|(?P<gap> )(?P<late>[^\s*_][^*_\n]{0,399}?)(?<=[^\s*_])(?P=mark)(?![\w*_]))"
)
_PART_OF_WORD = re.compile(
    r"(?<![\w*@/.])(?P<before>[^\W\d_]*)(?P<mark>[*_])(?P<inner>[^\W\d_]+)(?P=mark)(?P<after>[^\W\d_]*)(?![\w*@/])"
)
_UNCLOSED = re.compile(r"(?:(?<=^)|(?<=[\s(\[\"“‘—]))(?P<mark>\*\*?|__?)(?=[^\W\d_]|[\"“‘']\w)")


@prose_rule(
    before="She was <em>not</em> [b]amused[/b].",
    after="She was <em>not</em> <strong>amused</strong>.",
    rewords=True,
)
def tagged_emphasis(block: Block, _evidence: Evidence) -> Iterator[BlockEdit]:
    """Tags of web pages or of boards around words stand for italics or bold; their letters are no words."""
    if "</" not in block.text and "[/" not in block.text:
        return
    for match in _TAGGED.finditer(block.text):
        kind = MarkKind.STRONG if match["tag"].lower() in ("b", "strong") else MarkKind.EMPHASIS
        opening, closing = len(match["opening"]), len(match["closing"])
        yield Unwrap(match.start(), match.end(), opening, kind, sureness=Sureness.LIKELY, closing=closing)


@prose_rule(
    before="She was *not *amused by the _Nautilus_.",
    after="She was *not* amused by the _Nautilus_.",
)
def slipped_emphasis_mark(block: Block, _evidence: Evidence) -> Iterator[BlockEdit]:
    """One of the two marks around emphasised words slipped to the other side of the space."""
    if max(block.text.count("*"), block.text.count("_")) < 2:
        return
    text = _TYPED.sub(lambda pair: " " * len(pair.group()), block.text)
    for match in _SLIPPED.finditer(text):
        mark = match["mark"]
        if text.count(mark) != 2:
            return  # which of them make a pair cannot be told
        if match["early"]:
            joined = "" if text[match.end() : match.end() + 1] in {*".,;:!?…", ""} else " "
            yield Edit(match.start("space"), match.end(), mark + joined, sureness=Sureness.LIKELY)
        elif text[match.start() - 1 : match.start()].isspace() or not match.start():
            yield Edit(match.start(), match.end("gap"), mark, sureness=Sureness.LIKELY)


@prose_rule(
    before="She was *not* amused by the _Nautilus_'s crew.",
    after="She was <em>not</em> amused by the <em>Nautilus</em>'s crew.",
)
def typed_emphasis(block: Block, _evidence: Evidence) -> Iterator[BlockEdit]:
    """In plain text, asterisks or underscores around words stand for italics; two of them for bold."""
    if "*" not in block.text and "_" not in block.text:
        return
    for match in _TYPED.finditer(block.text):
        marks = match["stars"] or match["star"] or match["lines"]
        kind = MarkKind.STRONG if len(marks) == 2 else MarkKind.EMPHASIS
        if any(character.isalnum() for character in match.group()):
            yield Unwrap(match.start(), match.end(), len(marks), kind)


@prose_rule(
    before="That is unimportant: *un*important.",
    after="That is unimportant: <em>un</em>important.",
    rewords=True,
)
def emphasis_inside_word(block: Block, evidence: Evidence) -> Iterator[BlockEdit]:
    """Only a part of a word is emphasised; with its marks it would be two words."""
    if "*" not in block.text and "_" not in block.text:
        return
    for match in _PART_OF_WORD.finditer(block.text):
        word = match["before"] + match["inner"] + match["after"]
        if word == match["inner"]:
            continue
        start, end = match.start("mark"), match.end("inner") + 1
        edit = Unwrap(start, end, 1, MarkKind.EMPHASIS, sureness=Sureness.LIKELY)
        if evidence.vocabulary.get(word.lower()):
            yield edit
        else:
            yield Doubt(
                match.start(), match.end(), why="these marks may emphasise a part of the word", others=(edit,)
            )


@prose_rule(
    before="She was /not amused/ by the crew.",
    after="She was <em>not amused</em> by the crew.",
)
def slashed_emphasis(block: Block, evidence: Evidence) -> Iterator[BlockEdit]:
    """Slashes around words stand for italics, where the words are the book's own and no path of folders."""
    if "/" not in block.text:
        return
    for match in _SLASHED.finditer(block.text):
        edit = Unwrap(match.start(), match.end(), 1, MarkKind.EMPHASIS, sureness=Sureness.LIKELY)
        words = [word.lower().replace("’", "'") for word in _WORD.findall(match["slashed"])]
        is_said = any(evidence.vocabulary.get(word, 0) > 1 for word in words)
        if words in (["s"], ["r"]):
            continue  # `/s/ Ann Onymous`: a signature
        if words and (evidence.habits.slashes >= 3 or len(words) > 1 or is_said):
            yield edit
        elif words:
            yield Doubt(match.start(), match.end(), why="these slashes may stand for italics", others=(edit,))


@prose_rule(before="She was *not amused.", after="She was *not amused.")
def unclosed_emphasis(block: Block, _evidence: Evidence) -> Iterator[BlockEdit]:
    """A mark opens italics or bold, and none closes them; it stays as it was typed."""
    if "*" not in block.text and "_" not in block.text:
        return
    for match in _UNCLOSED.finditer(block.text):
        start, end = match.start("mark"), match.end()
        if is_footnote(block) and not block.text[:start].strip():
            continue  # the mark that its call has
        word = _WORD.match(block.text, end)
        stop = word.end() if word else end + 1
        if block.text[stop : stop + 1] not in ("*", "_", "^"):
            yield Doubt(start, stop, others=(Edit(start, end, ""),))
