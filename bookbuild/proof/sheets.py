"""The sheets: the book as a proofreader has it, all chapters as one run of words that know where they stand."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from bookbuild.draft import HEADINGS, Block, Draft, Kind

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_POSSESSIVE = re.compile(r"['’]s?\Z", re.IGNORECASE)
# between two words of one sentence stands no more than this
_WITHIN = re.compile(r",?[ \xa0]*")
_LINE = 75  # characters: what is longer is a paragraph
_SHORTENED = frozenset(
    ["mr", "mrs", "ms", "dr", "st", "prof", "rev", "capt", "col", "gen", "lt", "sgt", "messrs"]
)


@dataclass(frozen=True, slots=True, eq=False)
class Passage:
    """One block of one chapter."""

    draft: Draft
    block: Block
    is_line: bool = (
        False  # stands among others without the room that parts paragraphs here: verse, an address
    )

    @property
    def text(self) -> str:
        """Its characters, normalised."""
        return self.block.text

    @property
    def is_heading(self) -> bool:
        """Whether it is a heading of the chapter or within it."""
        return self.block.kind in HEADINGS or self.block.kind is Kind.SUBHEADING

    @property
    def is_prose(self) -> bool:
        """Whether it is a paragraph of the story, not of a note, a letter or a message."""
        return self.block.is_plain and not self.is_line


@dataclass(frozen=True, slots=True)
class Word:
    """One word, hyphens and apostrophes inside it included, and where it stands."""

    text: str  # as typed, without 's
    passage: Passage
    start: int
    is_within: bool  # inside a sentence, so that a capital means something

    @property
    def end(self) -> int:
        """Where it ends."""
        return self.start + len(self.text)


@dataclass(frozen=True, slots=True)
class Sheets:
    """The whole book, as the checks read it."""

    chapters: tuple[tuple[Passage, ...], ...]
    words: tuple[Word, ...]
    forms: Mapping[str, int]  # every word as typed → how often
    vocabulary: Mapping[str, int]  # the same in lower case
    known: frozenset[str]  # the author's own words, in lower case
    language: str

    @property
    def is_english(self) -> bool:
        """Whether English habits hold."""
        return self.language.lower().split("-")[0] == "en"

    @property
    def passages(self) -> Iterator[Passage]:
        """Give all passages in reading order."""
        for chapter in self.chapters:
            yield from chapter


def lay_out(drafts: Iterable[Draft], *, language: str, words: Sequence[str]) -> Sheets:
    """Lay out normalised drafts for the checks; what was set aside is not in the book and not read."""
    chapters = tuple(tuple(_passages(draft)) for draft in drafts)
    found = tuple(word for chapter in chapters for passage in chapter for word in _words(passage))
    forms = Counter(word.text for word in found)
    vocabulary: Counter[str] = Counter()
    for form, count in forms.items():
        vocabulary[form.lower()] += count
    known = frozenset(word.lower().replace("'", "’") for word in words)
    return Sheets(chapters, found, forms, vocabulary, known, language)


def _passages(draft: Draft) -> Iterator[Passage]:
    kept = [block for block in draft.blocks if not block.is_set_aside and block.kind is not Kind.BREAK]
    rest = kept[1:]
    long = [block for block in rest if len(block.text) >= _LINE]
    room = sum(block.gap > 0 for block in long or rest)
    parted = room * 2 >= len(long) if long else room > 0  # paragraphs, by empty lines, in this chapter
    follows = [number > 0 and block.gap == 0 for number, block in enumerate(kept)]
    for number, block in enumerate(kept):
        is_line = parted and len(block.text) < _LINE and any(follows[number : number + 2])
        yield Passage(draft, block, is_line)


def _words(passage: Passage) -> Iterator[Word]:
    text, end, before = passage.text, 0, ""
    for match in _WORD.finditer(text):
        gap = text[end : match.start()]
        is_within = bool(before) and (
            bool(_WITHIN.fullmatch(gap)) or (gap.strip() == "." and before.lower() in _SHORTENED)
        )
        before, end = match.group(), match.end()
        yield Word(_POSSESSIVE.sub("", before), passage, match.start(), is_within)
