"""Other characters in place of quotation marks and apostrophes, and nothing in their place."""

import re
from collections.abc import Iterator

from bookbuild.draft import Block
from bookbuild.edits import BlockEdit, Doubt, Edit, Sureness
from bookbuild.rules.evidence import Evidence
from bookbuild.rules.rule import prose_rule

_BETWEEN_LETTERS = re.compile(r"(?<=[^\W\d_])[´`′＇‛ʹ](?=[^\W\d_])")
_DOUBLES = re.compile(r"＂|(?<!\d)[″〃‟]")
_SINGLES = re.compile(r"＇|(?<!\w)[′‛´ʹ](?=[^\W\d_])|(?<=[.,!?…])[′‛´ʹ](?!\w)|(?<=s)[′´ʹ](?= )")
# doubled single marks, as typewriters and TeX have them; the first pair stands before a word, the second after one
_DOUBLED = re.compile(
    r"(?:(?<=^)|(?<=[\s(—-]))(?P<open>``|,,|''|‘‘|’’)(?=[^\s'`,])(?P<held>[^`\"“”\n]{1,2000}?)(?<=[^\s'`(])(?P<close>''|’’)(?![\w'’])"
)
_LOW = re.compile(r"(?:(?<=^)|(?<=[\s(—-]))„(?=[^\s])(?=[^“„\n]{1,2000}[\"”])")
_BACKTICK = re.compile(r"(?:(?<=^)|(?<=[\s(\"“—-]))`(?=[^\W_])")
_CLOSING = re.compile(r"['’](?!\w)")
_PARTED = re.compile(
    r"(?<![^\W_])(?:(?:[Dd]o|[Dd]id|[Dd]oes|[Ii]s|[Ww]as|[Aa]re|[Ww]ere|[Hh]ave|[Hh]as|[Hh]ad|[Cc]ould|[Ww]ould|[Ss]hould|[Ww]o|[Cc]a|[Aa]i"
    r"|[Mm]ust|[Nn]eed)n(?P<not> )t|I(?P<i> )(?:m|ve|ll|d)|(?:[Yy]ou|[Ww]e|[Tt]hey)(?P<we> )(?:ve|re|ll|d)"
    r"|(?:[Ii]t|[Hh]e|[Ss]he|[Tt]hat|[Ww]hat|[Tt]here|[Ww]ho|[Ll]et)(?P<it> )s)(?![\w'’-])"
)
_QUESTION = re.compile(
    r"(?<=[^\W\d_])\?(?=(?:t|s|re|ve|ll|d|m)(?![\w=&]))|(?:(?<=^)|(?<=[\s(]))\?(?=[^\W\d_])|(?<=[.,])\?(?=\s|$)"
)
_REPLACED = re.compile("\ufffd")


@prose_rule(before="``Don´t,'' she said.", after='"Don\'t," she said.', english_only=True)
def look_alike_mark(block: Block, _evidence: Evidence) -> Iterator[BlockEdit]:
    """Accents, primes, backticks and doubled single marks stand for quotation marks and apostrophes, where keyboards lack those."""
    text = block.text
    for match in _BETWEEN_LETTERS.finditer(text):
        yield Edit(match.start(), match.end(), "'", sureness=Sureness.LIKELY)
    if not text.isascii():
        for match in _DOUBLES.finditer(text):
            yield Edit(match.start(), match.end(), '"', sureness=Sureness.LIKELY)
        for match in _SINGLES.finditer(text):
            yield Edit(match.start(), match.end(), "'", sureness=Sureness.LIKELY)
        for match in _LOW.finditer(text):
            yield Edit(match.start(), match.end(), '"', sureness=Sureness.LIKELY)
    for match in _DOUBLED.finditer(text) if "''" in text or "’’" in text else ():
        yield Edit(match.start("open"), match.end("open"), '"', sureness=Sureness.LIKELY)
        yield Edit(match.start("close"), match.end("close"), '"', sureness=Sureness.LIKELY)
    if "`" in text and "``" not in text and text.count("`") == len(_BACKTICK.findall(text)):
        last = max((match.start() for match in _CLOSING.finditer(text)), default=0)
        for match in _BACKTICK.finditer(text):
            yield Edit(
                match.start(), match.end(), "‘" if match.end() < last else "'", sureness=Sureness.LIKELY
            )


@prose_rule(before="I don t know, it isn t here.", after="I don’t know, it isn’t here.", english_only=True)
def lost_apostrophe(block: Block, evidence: Evidence) -> Iterator[BlockEdit]:
    """The apostrophe was lost, and a space stands in its place; where the book has others, it is asked."""
    has_none = not evidence.habits.apostrophes
    for match in _PARTED.finditer(block.text):
        at = next(match.start(name) for name in ("not", "i", "we", "it") if match[name])
        edit = Edit(at, at + 1, "’", sureness=Sureness.LIKELY)
        if has_none:
            yield edit
        elif not match["it"]:
            yield Doubt(match.start(), match.end(), why="an apostrophe may be missing here", others=(edit,))


@prose_rule(before="I said, ?No.?", after="I said, ?No.?")
def lost_mark(block: Block, _evidence: Evidence) -> Iterator[BlockEdit]:
    """A question mark, or the sign for a lost character, stands where another mark must have been."""
    for match in _QUESTION.finditer(block.text):
        others = (Edit(match.start(), match.end(), _guess(match)),)
        yield Doubt(match.start(), match.end(), why="this may have been another mark", others=others)
    for match in _REPLACED.finditer(block.text):
        others = (Edit(match.start(), match.end(), _guess(match)),)
        yield Doubt(match.start(), match.end(), why="here a character was lost", others=others)


def _guess(match: re.Match[str]) -> str:
    """Guess a mark by what stands on its two sides."""
    before, after = (
        match.string[match.start() - 1 : match.start()],
        match.string[match.end() : match.end() + 1],
    )
    if before.isalnum() and after.isalnum():
        return "’"
    return "“" if after.isalnum() else "”"
