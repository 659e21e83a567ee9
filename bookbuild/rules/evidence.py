"""What the whole book says: decided over all chapters, then applied to each."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bookbuild.draft import Draft
from bookbuild.words import keys

_OPENING_DOUBLE = re.compile(r"(?:^|[\s(\[—-])[\"“](?=\w)")
_OPENING_SINGLE = re.compile(r"(?:^|[\s(\[—-])['‘](?=\w)")
# a word after a mark may have lost its beginning (`'uz`), so that it is no word of the book
_CLIPPED = re.compile(r"(?<![^\W_])['’‘]([a-zß-öø-ÿ]+)\b(?![.,!?…]*['’]|-(?!-))")
_WORD = re.compile(r"(?<!['’‘\w])[^\W\d_]+(?:['’-][^\W\d_]+)*")


@dataclass(frozen=True, slots=True)
class Evidence:
    """Facts about the book that a single block does not show."""

    language: str
    title: tuple[str, ...]  # keys of the book's title
    vocabulary: Mapping[
        str, int
    ]  # every word of the book but those after an apostrophe, in lower case → how often
    forms: Mapping[str, int]  # the same as typed
    clipped: Mapping[str, int]  # small words right after an apostrophe (`'uz`) → how often
    single_quotes_first: bool  # British habit: speech in single marks, quotations in it in double

    @property
    def is_english(self) -> bool:
        """Whether English habits of quotation hold."""
        return self.language.lower().split("-")[0] == "en"


def gather_evidence(drafts: Iterable[Draft], *, language: str, title: str, words: Iterable[str]) -> Evidence:
    """Read all chapters for what they say together."""
    forms, clipped = Counter[str](), Counter[str]()
    singles = doubles = 0
    for draft in drafts:
        for block in draft.blocks:
            forms.update(_WORD.findall(block.text.replace("’", "'")))
            clipped.update(_CLIPPED.findall(block.text))
            doubles += len(_OPENING_DOUBLE.findall(block.text))
            singles += len(_OPENING_SINGLE.findall(block.text))
    forms.update(dict.fromkeys(words, 1000))  # the author's own word outweighs what stands in the text
    vocabulary: Counter[str] = Counter()
    for form, count in forms.items():
        vocabulary[form.lower()] += count
    return Evidence(
        language, tuple(keys(title)), vocabulary, forms, clipped, single_quotes_first=singles > 2 * doubles
    )
