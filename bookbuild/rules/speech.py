"""How the people of a book talk, and how the book marks what they say."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

# a mark between the end of a clause and a space closes a speech, whatever is an apostrophe elsewhere
_CLOSING_DOUBLE = re.compile(r"[.,!?…—-][\"”](?!\S)")
_CLOSING_SINGLE = re.compile(r"[.,!?…—-]['’](?!\S)")
# a word after a mark may have lost its beginning (`'uz`), so that it is no word of the book
_GUILLEMET = re.compile("[«»]")
_CLIPPED = re.compile(r"(?<![^\W_])['’‘]([a-zß-öø-ÿ]+)\b(?![.,!?…]*['’]|-(?!-))")
_CUT_SHORT = re.compile(r"(?<!['’‘\w])([^\W\d_]+(?:['’-][^\W\d_]+)*)['’](?![^\W_])")


@dataclass(frozen=True, slots=True)
class Speech:
    """What the book's own words say of a mark beside one."""

    clipped: Mapping[str, int]  # small words right after a mark (`'uz`) → how often
    cut_short: Mapping[str, int]  # words right before a single mark (`jus'`), in lower case → how often
    tails: frozenset[str]  # ends of the book's words, without one to three letters at the beginning
    drops_h: bool  # some of its speakers do: 'ouse, 'ave
    inward: bool  # »Danish and German« guillemets, not « French »
    single_quotes_first: bool  # British habit: speech in single marks, quotations in it in double


def gather_speech(texts: Iterable[str], vocabulary: Mapping[str, int]) -> Speech:
    """Read a whole book for how it marks speech; `vocabulary` has its words but those after an apostrophe."""
    clipped, cut_short = Counter[str](), Counter[str]()
    singles = doubles = inward = 0
    for text in texts:
        if "'" in text or "’" in text or "‘" in text:
            clipped.update(_CLIPPED.findall(text))
            cut_short.update(word.lower() for word in _CUT_SHORT.findall(text))
            singles += len(_CLOSING_SINGLE.findall(text))
        if guillemet := _GUILLEMET.search(text):
            inward += 1 if guillemet.group() == "»" else -1
        doubles += len(_CLOSING_DOUBLE.findall(text))
    return Speech(
        clipped,
        cut_short,
        tails=frozenset(word[cut:] for word in vocabulary for cut in (1, 2, 3) if len(word) > cut + 2),
        drops_h=sum(f"h{word}" in vocabulary and word not in vocabulary for word in clipped) > 1,
        inward=inward > 0,
        single_quotes_first=singles > doubles,
    )
