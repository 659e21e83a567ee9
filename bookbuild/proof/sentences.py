"""Where sentences begin and end."""

import re
from collections.abc import Iterator

from bookbuild.draft import Kind, MarkKind
from bookbuild.proof.check import Query, Stretch, check
from bookbuild.proof.sheets import Passage, Sheets

_CLOSERS = "”’\"')]}»"
_SHORT = 6  # words: `The End`, `Later that night, in London`, a sign
_TITLE = 12  # words: a title that no rule took for one
_FRONT = 3  # passages from the top in which titles stand
_LAST_WORD = re.compile(r"[^\s—]+\Z")
SPEECH_VERBS = "said|says|asked|asks|replied|whispered|shouted|cried|muttered|murmured|answered|called|yelled|added|told|continued|began|snapped|sighed"
"""What is said is told with these, as a part of a regular expression."""
# `“I know” she said`: a speech of three words or more, then who said it
_UNENDED_SPEECH = re.compile(
    rf"[^\W\d_]” (?:(?:he|she|I|they|we|it) (?:{SPEECH_VERBS})\b|(?:He|She|They|We|It|The|But|And|Then|There|His|Her|My|Their)\b)"
)
_ABBREVIATIONS = frozenset(
    ["etc", "c", "cent", "cents", "vs", "viz", "cf", "al", "approx", "dept", "est", "esq", "govt", "misc", "no", "vol", "pp", "mr", "mrs", "ms", "dr", "st", "prof", "rev", "capt", "col", "gen", "lt", "sgt", "jr", "sr", "inc", "ltd", "co", "corp", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sept", "oct", "nov", "dec", "ft", "lb", "lbs", "oz", "hrs", "min", "sec", "fig", "ed", "ave", "blvd", "rd", "mt", "messrs", "hon", "ch", "chap", "art", "sig", "op"]
)  # fmt: skip
# what calls a footnote at a paragraph's end
_CALL = re.compile(r"(?:\[[^\W_]{1,4}\]|(?<=[\w.,!?…”’)])[*†‡§]{1,3}|[⁰¹²³⁴-⁹]{1,3})\s*\Z")
_BROKEN_WORD = re.compile(r"[^\W\d_]+-\Z")
_SMALL = re.compile(r"(?<=[^\W\d_])\. (?=([a-zß-öø-ÿ][^\W\d_]*))")


@check(
    "She waited for the ferry all that day, and all the night, and the day after\n\nIt did not come.",
    "the paragraph ends without a full stop",
)
def sentence_without_end(sheets: Sheets) -> Iterator[Query]:
    """A paragraph, or a speech in it, ends without a mark. Headings, verse, letters and a few words that stand alone may do so."""
    for chapter in sheets.chapters:
        for number, passage in enumerate(chapter):
            if passage.is_prose:
                after = chapter[number + 1] if number + 1 < len(chapter) else None
                yield from _unended(passage, after, is_front=number < _FRONT)
                yield from _unended_speech(passage)


def _unended(passage: Passage, after: Passage | None, *, is_front: bool) -> Iterator[Query]:
    whole = _without_call(passage)
    if broken := _BROKEN_WORD.search(whole, max(len(whole) - 80, 0)):
        yield Query(Stretch(passage, *broken.span()), "the paragraph ends in the middle of a word")
        return
    text = whole.rstrip(_CLOSERS + " ")
    last = _LAST_WORD.search(text[-80:])
    if not last or not text[-1].isalnum() or not any(character.islower() for character in text):
        return
    words = len(text.split(maxsplit=_TITLE))
    if text == whole and words <= (_TITLE if is_front else _SHORT):
        return
    if any(mark.start == 0 and mark.end >= len(text) for mark in passage.block.marks):
        return  # a sign, an inscription
    if after is not None and not after.is_prose:
        return
    at = Stretch(passage, len(text) - len(last.group()), len(text))
    if after is not None and after.text[:1].islower():
        yield Query(at, "the paragraph ends within a sentence that goes on in the next")
    else:
        yield Query(at, "the paragraph ends without a full stop")


def _without_call(passage: Passage) -> str:
    """Give a paragraph's text without the footnote's call at its end."""
    text = passage.text
    calls = [
        mark.start for mark in passage.block.marks if mark.kind is MarkKind.CALL and mark.end == len(text)
    ]
    text = text[: min(calls)] if calls else text
    tail = max(len(text) - 80, 0)
    call = _CALL.search(text, tail)
    return (text[: call.start()] if call else text).rstrip()


def _unended_speech(passage: Passage) -> Iterator[Query]:
    text = passage.text
    for match in _UNENDED_SPEECH.finditer(text):
        opened = text.rfind("“", max(match.start() - 400, 0), match.start())
        speech = text[opened + 1 : match.start() + 1]
        if opened >= 0 and speech[:1].isupper() and len(speech.split()) >= 3:
            tells = text[match.start() + 3].islower() or text[match.start() + 3 : match.start() + 5] == "I "
            start = match.start() + 1 - len(speech.split()[-1])
            why = f"the speech ends without a {'comma' if tells else 'full stop'}"
            yield Query(Stretch(passage, start, match.start() + 2), why)


@check("He left. then she wept.", "a sentence begins with a small letter")
def small_letter_after_full_stop(sheets: Sheets) -> Iterator[Query]:
    """A sentence begins with a small letter, or the full stop before it was meant for a comma."""
    for passage in sheets.passages:
        if passage.block.kind is not Kind.PARAGRAPH:
            continue
        for match in _SMALL.finditer(passage.text):
            word = _LAST_WORD.search(passage.text, max(match.start() - 40, 0), match.start())
            name = word.group().rpartition("-")[2].strip("“‘(&") if word else ""
            is_word = len(name) > 1 and "." not in name and not name.isupper()
            if is_word and name.lower() not in _ABBREVIATIONS:
                at = Stretch(passage, match.start() - len(name), match.end(1))
                capital, comma = f"{name}. {match[1].capitalize()}", f"{name}, {match[1]}"
                yield Query(at, "a sentence begins with a small letter", (capital, comma))
