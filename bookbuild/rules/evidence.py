"""What the whole book says: decided over all chapters, then applied to each."""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace

from bookbuild.draft import Draft
from bookbuild.rules.habits import Habits, gather_habits
from bookbuild.rules.layout import Layout, layout_of
from bookbuild.rules.narration import Narration, narration_of
from bookbuild.rules.ornaments import LONGEST, Look, as_typed, look_of
from bookbuild.rules.speech import Speech, gather_speech
from bookbuild.rules.tops import Tops, gather_tops
from bookbuild.words import keys

_WORD = re.compile(r"(?<!['’‘\w])[^\W\d_]+(?:['’-][^\W\d_]+)*")
_TELLING = 25, 6  # words that tell the language; fewer do, when some have letters that English lacks
_TELLING_OF_FILE = 100  # words of one file of a book that is otherwise English: less may be a list of names
_SHARE = 0.02  # in English prose, every fifth word is one of these
_ENGLISH = (
    *("the", "and", "of", "that", "with", "you", "it", "it's", "had", "she", "they", "not", "but", "said", "what"),
    *("have", "this", "were", "from", "there", "would", "could", "been", "your", "their", "is", "are", "his", "her"),
)  # fmt: skip
"""Small words of English that neighbouring languages do not have."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """Facts about the book that a single block does not show."""

    language: str
    title: tuple[str, ...]  # keys of the book's title
    vocabulary: Mapping[
        str, int
    ]  # every word of the book but those after an apostrophe, in lower case → how often
    forms: Mapping[str, int]  # the same as typed
    marks: Mapping[str, int]  # lines that may be scene breaks, as typed → how often
    tops: Tops  # how its files begin and end
    speech: Speech  # how its people talk, and how it marks that
    habits: Habits  # of its author's keyboard
    narration: Narration  # how the book as a whole is told
    layout: Layout | None  # of the widest chapter that was broken into lines; None when none was
    reads_as_english: bool  # or too short to say

    @property
    def breaks(self) -> Collection[str]:
        """What stands between scenes in this book: marks that are sure to be breaks, and those that it has again and again."""
        return [mark for mark, count in self.marks.items() if count > 1 or look_of(mark) is Look.CERTAIN]

    @property
    def is_english(self) -> bool:
        """Whether English habits of quotation hold: by what build.yaml says, where the text does not say otherwise."""
        return self.language.lower().split("-")[0] == "en" and self.reads_as_english


def gather_evidence(drafts: Iterable[Draft], *, language: str, title: str, words: Iterable[str]) -> Evidence:
    """Read all chapters for what they say together."""
    drafts = tuple(drafts)
    forms, marks = Counter[str](), Counter[str]()
    layouts: list[Layout] = []
    for draft in drafts:
        layout = layout_of(draft.blocks)
        layouts += [layout] if layout else []
        forms += _forms_of(draft)
        for block in draft.blocks:
            if len(block.text) <= LONGEST and look_of(block.text) is not Look.NOT:
                marks[as_typed(block.text)] += 1
    english = _reads_as_english(forms, _TELLING[not all(map(str.isascii, forms))])
    forms.update(dict.fromkeys(words, 1000))  # the author's own word outweighs what stands in the text
    vocabulary: Counter[str] = Counter()
    for form, count in forms.items():
        vocabulary[form.lower()] += count
    return Evidence(
        language,
        tuple(keys(title)),
        vocabulary,
        forms,
        marks,
        gather_tops(drafts),
        gather_speech((block.text for draft in drafts for block in draft.blocks), vocabulary),
        gather_habits(block.text for draft in drafts for block in draft.blocks),
        narration_of([block for draft in drafts for block in draft.blocks]),
        max(layouts, key=lambda layout: layout.measure, default=None),
        english,
    )


def evidence_for(draft: Draft, evidence: Evidence) -> Evidence:
    """Give a book's evidence as it holds for one of its files, which may be in another language than the rest."""
    is_foreign = evidence.is_english and not _reads_as_english(_forms_of(draft), _TELLING_OF_FILE)
    return replace(evidence, reads_as_english=False) if is_foreign else evidence


def _forms_of(draft: Draft) -> Counter[str]:
    return Counter(form for block in draft.blocks for form in _WORD.findall(block.text.replace("’", "'")))


def _reads_as_english(forms: Mapping[str, int], enough: int) -> bool:
    """Whether the small words of English stand among those of the text; of a few words nothing can be said."""
    total = sum(forms.values())
    return total < enough or sum(forms.get(word, 0) for word in _ENGLISH) > _SHARE * total
