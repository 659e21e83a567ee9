"""Marks that come in pairs: quotation marks, brackets."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from bookbuild.proof.check import Query, Stretch, check
from bookbuild.proof.sentences import SPEECH_VERBS
from bookbuild.proof.sheets import Passage, Sheets

_UNCLOSED = "opens here is not closed"
_SHORT = 300  # characters: who speaks for more than a paragraph speaks long
_FAR = 3  # paragraphs: a letter in quotation marks ends with its signature
# `“Wait, she said.`: a mark is missing before the words that tell who spoke; in a long tale they may tell of others
_TOLD = re.compile(rf"“[^“”‘]{{1,80}}[^\W\d_], (?:he|she|they|we|it) (?:{SPEECH_VERBS})\b")
_LEADING = re.compile(r"[\s«»„“”‘’‚‹›\"'—–(\[…]*")


@dataclass(frozen=True, slots=True)
class _Pair:
    """A mark that opens and the one that closes."""

    opens: str
    closes: str
    what: str
    may_go_on: bool = False  # a speech of several paragraphs opens in each and closes in the last


_BRACKETS = tuple(_Pair(opens, closes, "bracket") for opens, closes in ("()", "[]", "{}"))
_DOUBLE, _SINGLE = (_Pair(opens, closes, "quotation", may_go_on=True) for opens, closes in ("“”", "‘’"))


@check("“Wait, he said. The ferry left.", "the quotation that opens here is not closed")
def unanswered_quote(sheets: Sheets) -> Iterator[Query]:
    """A quotation opens and is not closed, or closes and was not opened. A speech of several paragraphs opens in each of them and closes in the last."""
    pairs = _pairs(sheets)
    for chapter in sheets.chapters:
        for pair in pairs:
            yield from _unanswered(chapter, pair)


@check("It rained (as it always did. She waited.", "the bracket that opens here is not closed")
def unanswered_bracket(sheets: Sheets) -> Iterator[Query]:
    """A bracket opens and is not closed in its paragraph, or closes and was not opened. `:)` and `1)` are no such brackets."""
    for chapter in sheets.chapters:
        for pair in _BRACKETS:
            yield from _unanswered(chapter, pair)


def _pairs(sheets: Sheets) -> Sequence[_Pair]:
    """Find which marks this book uses in pairs; where English holds, the usual ones."""
    if sheets.is_english:
        return (_DOUBLE, _SINGLE)
    text = "\n".join(passage.text for passage in sheets.passages)
    found = []
    if "„" in text:
        found.append(_Pair("„", max("“”", key=text.count), "quotation", may_go_on=True))
    elif "“" in text and "”" in text:
        found.append(_DOUBLE)
    if "«" in text or "»" in text:
        inward = len(re.findall(r"»(?=\w)", text)) > len(re.findall(r"«\s?(?=\w)", text))
        opens, closes = "»«" if inward else "«»"
        found.append(_Pair(opens, closes, "quotation", may_go_on=True))
    return found


@dataclass(frozen=True, slots=True)
class _Mark:
    """One mark of a pair, and the number of its passage in the chapter."""

    passage: Passage
    number: int
    at: int
    opens: bool
    continues: bool = False  # what an earlier paragraph began

    @property
    def may_be_apostrophe(self) -> bool:
        """Whether the mark may stand at the end of a clipped word, `long’`, so that another closes."""
        text = self.passage.text
        return text[self.at] == "’" and text[self.at - 1 : self.at] not in tuple(".,!?…—”")

    def query(self, pair: _Pair, fault: str) -> Query:
        return Query(Stretch(self.passage, self.at, self.at + 1), f"the {pair.what} that {fault}")


def _unanswered(chapter: Sequence[Passage], pair: _Pair) -> Iterator[Query]:
    """Follow one pair of marks through a chapter."""
    opened: _Mark | None = None
    answered = True  # nothing that was passed over can be what a closing mark answers
    for number, passage in enumerate(chapter):
        if _is_passed_over(passage, pair):
            opened, answered = None, False
            continue
        for mark in _marks(passage, number, pair):
            if mark.opens:
                why = _why_unclosed(opened, mark, chapter, pair) if opened else ""
                if opened and why:
                    yield opened.query(pair, why)
                opened, answered = replace(mark, continues=opened is not None and not why), True
            elif opened and number - opened.number <= (_FAR if pair.may_go_on else 0):
                opened, answered = None, not mark.may_be_apostrophe
            elif not mark.may_be_apostrophe:
                if answered:
                    yield mark.query(pair, "closes here was not opened")
                answered = True
    if opened:
        yield opened.query(pair, _UNCLOSED)


def _is_passed_over(passage: Passage, pair: _Pair) -> bool:
    """Whether quotations have ways of their own here: in verse, in letters, among marks of another kind."""
    return pair.may_go_on and not passage.is_heading and (not passage.is_prose or '"' in passage.text)


def _marks(passage: Passage, number: int, pair: _Pair) -> Iterator[_Mark]:
    for match in re.finditer(f"[{re.escape(pair.opens + pair.closes)}]", passage.text):
        opens = match.group() == pair.opens
        if opens or _closes(passage.text, match.start(), pair):
            yield _Mark(passage, number, match.start(), opens)


def _why_unclosed(opened: _Mark, mark: _Mark, chapter: Sequence[Passage], pair: _Pair) -> str:
    """Say what is wrong where a mark opens while another is open; nothing, where a speech goes on in the next paragraph, or a quotation stands within one within one."""
    text = opened.passage.text
    if opened.number == mark.number or not pair.may_go_on:
        return "" if pair is _DOUBLE and "‘" in text[opened.at + 1 : mark.at] else _UNCLOSED
    leading = _LEADING.match(mark.passage.text)
    leads = leading is not None and mark.at < leading.end()
    if not leads or any(one.is_prose for one in chapter[opened.number + 1 : mark.number]):
        return _UNCLOSED
    if pair is _DOUBLE and _stands_alone(opened, mark.passage.text):
        return f"{_UNCLOSED}, unless it goes on in the next paragraph"
    return ""


def _stands_alone(opened: _Mark, after: str) -> bool:
    """Whether a speech that is not closed is more likely one that lost its mark than one that goes on in the next paragraph: it is short, and neither it nor the next is part of a long tale."""
    text = opened.passage.text
    if _TOLD.match(text, opened.at):
        return True
    is_short = len(text) - opened.at < _SHORT and text.endswith((".", "!", "?", "…"))
    return is_short and not opened.continues and after.count("”") >= after.count("“")


def _closes(text: str, at: int, pair: _Pair) -> bool:
    """Whether a mark may close: an apostrophe, a smile or the `1)` of a list does not."""
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    if pair.what == "bracket":
        is_item = before.isalnum() and text[max(at - 2, 0) : at - 1] in {"", " ", "\n"}
        return not (before in ":;=-8 " or is_item)
    if pair is not _SINGLE or before not in " \n“‘":
        return pair is not _SINGLE or not after.isalnum()
    return before == " " and after in " ”.,!?;"  # after a dash with spaces around it
