"""What the author's keyboard and programs do: counted over the whole book, so that a habit is told from a slip."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

# a letter or a mark, then a hyphen between spaces, or before the mark that ends a speech
_SPACED_HYPHEN = re.compile(r"(?<=[^\W\d_] )[-–](?=[\"” ])|(?<=[,;:.!?…\"“”'‘’)*/] )[-–] (?=[^\W\d_\"“'‘*/])")
# two hyphens between figures stand for `to`
_TYPED_DASH = re.compile(r"(?<=[\w,.!?\"”’'])(?:—|--(?!(?<=\d--)\d))(?=[\w\"“”‘’'])")
_APOSTROPHE = re.compile(r"(?<=[^\W\d_])['’‘´`](?=[^\W\d_])")
_SLASHED = re.compile(r"(?<![\w/:.~<])/[^\W\d_][^/\n]{0,399}(?<=[^\s/])/(?![\w/])")
REFERENCE = re.compile(r"&(?:[A-Za-z]{2,8}|#\d{2,5}|#x[0-9A-Fa-f]{2,4});")
"""The name or number of a character, as web pages have them: `&quot;`, `&#39;`."""
TAG = re.compile(
    r"</?(?:p|div|span|font|center|blockquote|section|article|small|u|br|h[1-6]|html|body)(?:\s[^<>\n]{0,300})?/?>",
    re.IGNORECASE,
)
"""A tag of a web page that says nothing but where a paragraph begins or ends, or how it looks."""
_JOINED_REFERENCE = re.compile(
    rf"(?:(?<=[^\W\d_])|(?<=[.,!?])){REFERENCE.pattern}|{REFERENCE.pattern}(?=[^\W\d_])"
)
# a sentence, its closing mark, and the next one without a space; and the same after a comma, which only a keyboard does
_LOST_BREAK = re.compile(r"[.!?][\"“”](?=[^\W\d_a-zß-öø-ÿ])")
_LOST_SPACE = re.compile(r"(?<=[^\W\d_]),(?=[^\W\d_])")
# with whatever stands there for a quotation mark
_PARTED_SPEECH = re.compile(r"[,;:](?<=[^\W\d_].)\s+[*_]{0,3}(?:[\"“”'‘’`´‛„‚″′‟＂＇]|,,){1,3}(?=[^\W_])")
_JOINED_DOTS = re.compile(r"(?<=\w)(?:\.{3}|…)(?= )")
_PARTED_DOTS = re.compile(r"(?<=\w) (?:\.{3}|…)(?= )")

_FEWEST_TAGS = 3

_COUNTED = (
    ("spaced_hyphens", (" -", " –"), _SPACED_HYPHEN),
    ("dashes", ("--", "—"), _TYPED_DASH),
    ("apostrophes", "'’‘´`", _APOSTROPHE),
    ("slashes", "/", _SLASHED),
    ("tags", "<", TAG),
    ("lost_breaks", '"“”', _LOST_BREAK),
    ("lost_spaces", ",", _LOST_SPACE),
    ("parted_speeches", (", ", ": "), _PARTED_SPEECH),
    ("joined_dots", ("...", "…"), _JOINED_DOTS),
    ("parted_dots", ("...", "…"), _PARTED_DOTS),
)


@dataclass(frozen=True, slots=True)
class Habits:
    """How often the book does what its author, or a program, may do for dashes, apostrophes, italics."""

    spaced_hyphens: int  # ` - `
    dashes: int  # `—` or `--`
    apostrophes: int  # within words
    slashes: int  # `/so/`
    tags: int  # `<p>`, `<br />`
    references: Mapping[str, int]  # `&quot;` → how often
    joined_references: (
        int  # those that a letter or a mark touches, `isn&#39;t`: they were never meant to be seen
    )
    lost_breaks: int  # `"Stop!"She went`
    lost_spaces: int  # `so,but`
    parted_speeches: int  # `said, "So`
    joined_dots: int  # `so... but`
    parted_dots: int  # `so ... but`

    @property
    def writes_hyphens_for_dashes(self) -> bool:
        """Whether a hyphen between spaces is this book's dash: it has three of them, or no other dash."""
        return self.spaced_hyphens >= 3 or not self.dashes

    @property
    def is_web_page(self) -> bool:
        """Whether the text came with its tags, so that they are no story's talk about web pages."""
        return self.tags >= _FEWEST_TAGS

    @property
    def parts_speech(self) -> bool:
        """Whether a space stands anywhere between a comma and the speech that follows it."""
        return self.parted_speeches > 0

    @property
    def loses_breaks(self) -> bool:
        """Whether what is lost between sentences is a line break: beside speeches it was, and no comma lost its space."""
        return self.lost_breaks > self.lost_spaces


def gather_habits(texts: Iterable[str]) -> Habits:
    """Count over a whole book."""
    counts: Counter[str] = Counter()
    references: Counter[str] = Counter()
    for text in texts:
        for name, signs, pattern in _COUNTED:
            if any(sign in text for sign in signs):
                counts[name] += len(pattern.findall(text))
        if "&" in text:
            references.update(REFERENCE.findall(text))
            counts["joined_references"] += len(_JOINED_REFERENCE.findall(text))
    joined = counts.pop("joined_references", 0)
    return Habits(
        references=references, joined_references=joined, **{name: counts[name] for name, *_ in _COUNTED}
    )
