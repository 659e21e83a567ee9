"""Words and gaps: the model in which "no word was lost" is one comparison.

Any text is WORD gap WORD gap …: a word is a run of letters and digits, a gap is all between two words (quotes,
dashes, spaces, the apostrophe of *don't*, the end of a paragraph). Normalising changes gaps and leaves words.
"""

import re
import unicodedata
from collections.abc import Iterator
from itertools import pairwise

INVISIBLE = "\xad\u200b\u200c\u200d\u2060\ufeff\ufffe\uffff" + "".join(
    chr(code) for code in range(0x20) if chr(code) not in "\t\n\v\f\r\x1c\x1d\x1e\x1f"
)
"""Characters that do not show: soft hyphens, joiners, zero-width spaces, control characters."""

# vowel points of Hebrew and Arabic, which a page may set in another order than they were typed
_POINT_CODES = (
    *range(0x591, 0x5BE),
    0x5BF,
    0x5C1,
    0x5C2,
    0x5C4,
    0x5C5,
    0x5C7,
    *range(0x610, 0x61B),
    *range(0x64B, 0x660),
    0x670,
)
_IGNORED = INVISIBLE + "".join(map(chr, _POINT_CODES))
# combining marks and joiners belong to the word that they stand in
_INSIDE = re.compile(
    f"[{re.escape(_IGNORED)}\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]"
)
_WORD = re.compile(rf"[^\W_]+(?:{_INSIDE.pattern}+[^\W_]+)*[\u0300-\u036f]*")
_RUN = re.compile(r"[^\W_]+")
_STRIP = str.maketrans(dict.fromkeys(_IGNORED))
# a capital after a small letter begins a word (a line break lost in `youAnd` is a gap of no width),
# and a run of capitals stays whole but for one that begins a word (`NASAThen`)
_SEAM = re.compile(
    r"(?:(?<=[a-zß-öø-ÿ])|(?<=[a-z][\u0300-\u036f]))(?=[A-ZÀ-ÖØ-Þ])|(?<=[A-ZÀ-ÖØ-Þ])(?=[A-ZÀ-ÖØ-Þ][a-zß-öø-ÿ])"
)
# whether there is a seam at all: it begins with a capital, which the engine finds 20 times as fast as a place between
_HAS_SEAM = re.compile(r"[A-ZÀ-ÖØ-Þ](?:(?<=[a-zß-öø-ÿ\u0300-\u036f].)|[A-ZÀ-ÖØ-Þ][a-zß-öø-ÿ])")


def words(text: str) -> Iterator[tuple[int, str]]:
    """Give the offset and the letters of every word in `text`, in order."""
    for match in _WORD.finditer(text):
        word, start = match.group(), match.start()
        if word.islower() or word.isupper() or word.isdigit():
            yield start, word
            continue
        cuts = [0, *(seam.start() for seam in _SEAM.finditer(word)), len(word)]
        for begin, end in pairwise(cuts):
            yield start + begin, word[begin:end]


def key(word: str) -> str:
    """Give what makes two words the same: letters and digits, without case, accents' encoding or ligatures."""
    if not word.isalnum():
        word = word.translate(_STRIP)
    return word.lower() if word.isascii() else unicodedata.normalize("NFKC", word).casefold()


def keys(text: str) -> list[str]:
    """Give the keys of all words of `text`."""
    if _HAS_SEAM.search(text) or _INSIDE.search(text):
        return [key(word) for _, word in words(text)]
    return [
        word.lower() if word.isascii() else key(word) for word in _RUN.findall(text)
    ]  # nine times as fast


def count(text: str) -> int:
    """Count the words as a reader would: `don't` is one, by white space."""
    return sum(any(character.isalnum() for character in run) for run in text.split())
