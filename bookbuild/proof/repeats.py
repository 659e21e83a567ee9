"""Words that stand twice."""

import re
from collections.abc import Iterator
from itertools import pairwise

from bookbuild.proof.check import Query, Stretch, check
from bookbuild.proof.sheets import Sheets, Word

_GOOD_ENGLISH = frozenset(["had", "that", "her", "you", "so", "do", "did", "on", "who", "one"])
"""Words that may follow themselves: `all that he had had`, `I know that that is so`, `he gave her her hat`."""

_SAID_AGAIN = frozenset(
    ["no", "yes", "very", "really", "so", "too", "much", "many", "more", "far", "long", "old", "big", "little", "never", "ever", "way", "please", "now", "there", "well", "come", "go", "wait", "stop", "run", "hear", "look", "hey", "oh", "ah", "ha", "haha", "hah", "ho", "he", "hee", "heh", "hi", "la", "na", "nah", "blah", "bla", "yada", "bye", "night", "tut", "hush", "knock", "tick", "tap", "drip", "thump", "bang", "chop", "boo", "woof", "beep", "click", "ding", "ring", "choo", "pew", "aye", "okay", "ok", "yeah", "just", "win", "one", "dear", "poor", "half", "fifty", "twenty"]
)  # fmt: skip
"""Words that are said twice for their sound or their weight: `no no`, `very very`, `knock knock`."""

_BEFORE_IN = frozenset(
    ["come", "came", "comes", "coming", "go", "goes", "going", "went", "gone", "move", "moved", "put", "turn", "turned", "been", "cave", "give", "gave", "hand", "handed", "let", "get", "got", "check", "checked", "break", "broke", "bring", "brought", "stay", "stayed", "sleep", "slept"]
)  # fmt: skip
"""Words that `in` belongs to, so that another may follow: `he came in in a hurry`."""

_OPENERS = "when|whenever|if|as|where|wherever|before|after|once|until|till|though|although|because|while|since|than|like"
_CLAUSE_ENDS = {
    **dict.fromkeys(
        ("it", "there", "this", "them", "him", "me", "us", "here", "they", "we"),
        re.compile(rf"\b(?:{_OPENERS}|what|whatever)\b[^.,;:!?—…]*\Z", re.IGNORECASE),
    ),
    **dict.fromkeys(
        ("is", "was", "are", "were"),
        re.compile(r"\b(?:what|whatever|all|who|how|where)\b[^.,;:!?—…]*\Z", re.IGNORECASE),
    ),
}
"""Words that may end one clause and begin the next, and how the first begins: `when he saw it it was late`, `what it is is a boat`."""
_CLAUSE = 80  # characters before a word in which its clause may have begun

_LEADS_ON = frozenset(["the", "a", "an", "of", "to", "in", "at", "for", "with", "from", "his", "her", "my", "their", "our", "your", "its"])  # fmt: skip
"""Words after which a sentence must go on, so that it does not begin anew: `in the in the`."""


@check("She went into the the house.", "“the” stands twice", english_only=True)
def repeated_word(sheets: Sheets) -> Iterator[Query]:
    """A word stands twice, as happens where a sentence was rewritten. `Had had`, `that that` and their like are English."""
    last = None
    for word, again in pairwise(sheets.words):
        if word.text.lower() == again.text.lower() and _are_neighbours(word, again) and _is_slip(word, last):
            at = Stretch(word.passage, word.start, again.end)
            yield Query(at, f"“{again.text}” stands twice")
        last = word


def _are_neighbours(word: Word, again: Word) -> bool:
    """Whether nothing but a space parts two words; where one of them is stressed, the second was meant."""
    return (
        word.passage is again.passage
        and word.passage.text[word.end : again.start] == " "
        and not any(word.end <= edge <= again.start for mark in word.passage.block.marks for edge in mark[:2])
    )


def _is_slip(word: Word, last: Word | None) -> bool:
    text, small = word.passage.text, word.text.lower()
    if (
        small in _GOOD_ENGLISH
        or small in _SAID_AGAIN
        or (word.is_within and word.text[0].isupper() and small != "i")
    ):
        return False
    if small == "in" and last and last.passage is word.passage and last.text.lower() in _BEFORE_IN:
        return False
    clause = _CLAUSE_ENDS.get(small)
    return not (clause and clause.search(text[max(word.start - _CLAUSE, 0) : word.start]))


@check("He put it in the in the drawer.", "“in the” stands twice", english_only=True)
def repeated_words(sheets: Sheets) -> Iterator[Query]:
    """Two words stand twice. `By and by` and `over and over` are English."""
    for number in range(len(sheets.words) - 3):
        first, second, third, fourth = sheets.words[number : number + 4]
        if (
            fourth.text.lower() == second.text.lower() != first.text.lower() == third.text.lower()
            and second.text.lower() in _LEADS_ON
            and all(_are_neighbours(*pair) for pair in ((first, second), (second, third), (third, fourth)))
        ):
            at = Stretch(first.passage, first.start, fourth.end)
            said = first.passage.text[first.start : second.end]
            yield Query(at, f"“{said}” stands twice")
