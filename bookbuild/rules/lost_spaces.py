"""Spaces that were lost between words and marks."""

import re
from collections.abc import Iterator

from bookbuild.draft import Block
from bookbuild.edits import BlockEdit, Doubt, Edit, Sureness
from bookbuild.rules.clipping import LIKELY, beginning_lost
from bookbuild.rules.evidence import Evidence
from bookbuild.rules.rule import prose_rule

SAID = r"(?:I|[A-ZÀ-ÖØ-Þ][\w’'-]*) (?:said|asked|cried|called|whispered|shouted|replied|answered|muttered|murmured|told|added|yelled|snapped|sighed|agreed|repeated)\b"
"""Who spoke, named after the speech, as a part of a regular expression: it belongs to the paragraph of the speech."""
# no address, file, abbreviation or number: a run of letters that nothing else joins, but for an apostrophe or a hyphen
NO_SPACE_AFTER = re.compile(
    r"(?:(?<![\w@/\\.:'’&=-])['’]?|(?<=[^\W\d_]-))([^\W\d_]+['’][^\W\d_]+|[^\W\d_]{2,})([,;.!?])"
    r"(?=([^\W\d_]+(?:['’][^\W\d_]+)?)(?![\w@/\\=&]|-[^a-zß-öø-ÿ]|[.:][^\W_]))"
)
"""Two words with a mark and no space between them."""
_JOINED = re.compile(r"[,;.!?][^\W\d_]")  # found ten times as fast
_TITLES = frozenset(
    ["mr", "mrs", "ms", "dr", "st", "prof", "capt", "col", "gen", "lt", "sgt", "rev", "hon", "messrs", "mme", "mlle", "vs", "vol", "fig", "ch", "pp"]
)  # fmt: skip
SMALL_WORDS = frozenset(
    ["a", "about", "after", "again", "all", "am", "an", "and", "are", "as", "at", "back", "be", "because", "been", "before", "but", "by", "came", "can", "could", "did", "do", "down", "for", "from", "get", "go", "got", "had", "has", "have", "he", "her", "here", "him", "his", "how", "i", "if", "in", "into", "is", "it", "its", "just", "like", "me", "more", "my", "no", "not", "now", "of", "off", "on", "one", "or", "our", "out", "over", "said", "see", "she", "so", "some", "than", "that", "the", "their", "them", "then", "there", "they", "this", "to", "too", "up", "us", "was", "we", "went", "were", "what", "when", "where", "which", "who", "why", "will", "with", "would", "yes", "you", "your"]
)  # fmt: skip
"""Words so common in English that they need not stand elsewhere in a book to be known; all in lower case."""
_TELLING = 20  # different words; in fewer, nothing says that they are English, which always has a space before a speech
_LONG = 3  # letters of a word that is no abbreviation, nor a part of a list such as `a,b,c`
# each begins with its mark, which the engine finds fast
_AFTER_DOUBLE = re.compile(rf"”(?:(?<=[.!?…,—]”)(?=[a-zß-öø-ÿ]|{SAID})|(?<=,”)(?=[^\W\d_]))")
# `the “Sun”and`, but not `“A”s` or `“no”ing`
_WORD_AFTER_DOUBLE = re.compile(r"”(?<=[^\W\d_]{2}”)(?=([a-zß-öø-ÿ]+)(?![\w’'-]))")
_ENDINGS = frozenset(
    ["ed", "er", "est", "free", "ing", "ish", "ism", "ist", "less", "like", "ly", "ness", "proof", "s", "wise"]
)  # fmt: skip
"""What is written right after a word in quotation marks."""
_SINGLE = re.compile(r"[‘’]")
_AFTER_SINGLE = re.compile(rf"(?<=[.!?…,])’(?=([a-zß-öø-ÿ]+)|{SAID})|(?<=,)’(?=([^\W\d_]+))")
_BEFORE_DOUBLE = re.compile(r"“(?:(?<=[^\W\d_]“)|(?<=[^\W\d_][,;:]“))(?=[‘(—…]?[^\W_])")
_BEFORE_SINGLE = re.compile(r"‘(?<=[^\W\d_][,;:]‘)(?=[“(—…]?[^\W_])")


@prose_rule(before="He ran,and she ran,and he fell.", after="He ran, and she ran, and he fell.")
def missing_space(block: Block, evidence: Evidence) -> Iterator[BlockEdit]:
    """The space after a comma or a sentence was lost, between two words that the book has elsewhere; after a comma, any that are no abbreviations will do."""
    for match in NO_SPACE_AFTER.finditer(block.text) if _JOINED.search(block.text) else ():
        at = match.start(3)
        edit = Edit(at, at, " ", sureness=Sureness.LIKELY)
        if match[2] in ",;":
            if all(len(word) >= _LONG or _is_known(word, evidence) for word in match.group(1, 3)):
                yield edit
        elif _part_sentences(match, evidence):
            yield edit
        elif ends_and_begins(match[1], match[3]) and evidence.vocabulary.get(_typed(match[1]), 0) > 1:
            yield Doubt(match.start(1), match.end(3), why="a space may be missing here", others=(edit,))


def _part_sentences(match: re.Match[str], evidence: Evidence) -> bool:
    """Whether the mark surely ends a sentence: after it comes a word that is small elsewhere, so that no name or address does."""
    before, after = match.group(1, 3)
    lower = _typed(after).lower()
    if evidence.is_english and lower.partition("'")[0] in SMALL_WORDS and after == after.capitalize():
        is_end = before[1:].islower() and before.lower() not in _TITLES
        return is_end and (_is_known(before, evidence) or min(len(before), len(after)) >= _LONG)
    known = _is_known(before, evidence) and evidence.forms.get(lower, 0) > 1
    return known and ends_and_begins(before, after)


def ends_and_begins(before: str, after: str) -> bool:
    """Whether one sentence ends with a word and another begins with the next."""
    return (
        before.islower() and after[0].isupper() and before not in _TITLES and after[1:] == after[1:].lower()
    )


def _is_known(word: str, evidence: Evidence) -> bool:
    """Whether a word stands elsewhere in the book, or in every English one."""
    lower = _typed(word).lower()
    return evidence.vocabulary.get(lower, 0) > 1 or (evidence.is_english and lower in SMALL_WORDS)


def _typed(word: str) -> str:
    return word.replace("’", "'")


@prose_rule(before="“Yes,”he said.", after="“Yes,” he said.")
def missing_space_after_speech(block: Block, evidence: Evidence) -> Iterator[BlockEdit]:
    """The space between a speech, or a word in quotation marks, and the words that follow it was lost."""
    text = block.text
    ends = [match.end() for match in _AFTER_DOUBLE.finditer(text)]
    if evidence.is_english and "„" not in text:
        after = (match for match in _WORD_AFTER_DOUBLE.finditer(text) if match[1] not in _ENDINGS)
        ends += [match.end() for match in after if _is_known(match[1], evidence)]
    if evidence.speech.single_quotes_first:
        ends += _after_single(text, evidence)
    for end in sorted(set(ends)):
        yield Edit(end, end, " ", sureness=Sureness.LIKELY)


def _after_single(text: str, evidence: Evidence) -> Iterator[int]:
    """Find where a speech in single marks, which is open, ends right before a word that is none with letters left out."""
    is_open = False
    for mark in _SINGLE.finditer(text):
        match = _AFTER_SINGLE.match(text, mark.start())
        if mark.group() == "‘":
            is_open = True
        elif match and is_open:
            word = match[1] or match[2] or ""
            if not word or beginning_lost(text, mark.start(), word, evidence) > LIKELY:
                yield match.end()
                is_open = False
        elif text[mark.start() - 1 : mark.start()] in tuple(".,!?…—"):
            is_open = False


@prose_rule(before="He said“Come.”", after="He said “Come.”", english_only=True)
def missing_space_before_speech(block: Block, evidence: Evidence) -> Iterator[BlockEdit]:
    """The space between words and the speech that follows them was lost."""
    if "„" in block.text:  # the mark that opens in English closes here
        return
    patterns = (_BEFORE_DOUBLE, _BEFORE_SINGLE) if evidence.speech.single_quotes_first else (_BEFORE_DOUBLE,)
    for pattern in patterns:
        for match in pattern.finditer(block.text):
            at = match.start()
            edit = Edit(at, at, " ", sureness=Sureness.LIKELY)
            tells = evidence.habits.parts_speech or len(evidence.vocabulary) >= _TELLING
            if not block.text[at - 1].isalpha() and not tells:
                yield Doubt(at - 1, match.end(), why="a space may be missing here", others=(edit,))
            else:
                yield edit
