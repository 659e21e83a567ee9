"""Where sentences end in finished text, for readers that point at one: marks, quotations, abbreviations, dots.

It need not be right always, for nothing is changed by it; but a sentence cut after `Mr.` or within `“Stop!” he said` is marked in
pieces by whoever touches it.
"""

import re
from collections.abc import Iterator

_CLOSERS = "”’“\"')\\]}»›」』"
_OPENERS = "“‘\"'(\\[{«‹„‚¿¡—–\\-"
# marks, what closes with them, then the white space that goes on to the next sentence; East Asian marks need none
_END = re.compile(rf"(?:[.!?…؟۔।॥‽]+[{_CLOSERS}]*\s+|[。！？]+[{_CLOSERS}]*\s*)")
_LAST_WORD = re.compile(r"[^\s—–]+\Z")
_NEXT_WORD = re.compile(rf"[{_OPENERS}\s]*([^\W_]+)?")
_ABBREVIATIONS = frozenset(
    ["mr", "mrs", "ms", "mx", "messrs", "dr", "prof", "rev", "fr", "st", "mt", "hon", "capt", "col", "gen", "lt", "sgt", "maj",
     "cmdr", "adm", "gov", "sen", "rep", "pres", "vs", "viz", "cf", "eg", "ie", "no", "nos", "vol", "fig", "ch", "p", "pp", "ed",
     "hr", "fr", "frl", "bzw", "z", "mme", "mlle", "m", "sr", "sra", "srta", "dott", "sig"]
)  # fmt: skip
"""Words that a full stop shortens, and after which more of the sentence comes, a name or a number as a rule."""


def sentence_ends(text: str) -> Iterator[int]:
    """Give the offset after every sentence but the last, each with the white space that follows it."""
    for match in _END.finditer(text):
        if match.end() < len(text) and _ends(text, match):
            yield match.end()


def _ends(text: str, match: re.Match[str]) -> bool:
    mark = match.group().rstrip()
    following = _NEXT_WORD.match(text, match.end())
    after = (following and following[1]) or ""
    if after[:1].islower():  # `“Stop!” he said`, `She waited … and waited`
        return False
    word = _LAST_WORD.search(text[max(match.start() - 40, 0) : match.start()])
    before = word.group().lstrip("“‘\"'([{«") if word else ""
    if mark == ".":
        is_initial = len(before) == 1 and before.isupper() and before != "I"
        return not (is_initial or before.lower().replace(".", "") in _ABBREVIATIONS)
    if mark.startswith(("…", "..")):  # `I … I do not know`, `W… Wait`: a voice that falters
        return not (before and after.lower().startswith(before.lower()))
    return True
