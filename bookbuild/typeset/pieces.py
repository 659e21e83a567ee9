"""Stretches of text without a space, measured: whole, as a line begins or ends with them, and parted where they may be."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from bookbuild.typeset.hyphens import Hyphenator
from bookbuild.typeset.measure import Widths

JOINER = "\u2060"
"""Where it stands no line ends; it is not printed."""
NO_BREAK_SPACE = "\xa0"
_DASH = re.compile(f"(?<=[\\w.,;:!?…’”“»«›‹)'\"{JOINER}])[-—–]+(?=[\\w(¿¡]|[“‘„‚«»‹›]+[\\w’(¿¡…])")
"""A hyphen or a dash that may end a line: no number's minus, and no dash that a quotation ends on, whichever marks close it."""
_ADDRESS = re.compile(r"\w://\w|^www\.\w")
_IN_ADDRESS = re.compile(r"[/.?&=_#](?=\w)")
"""Where an address may be parted, with nothing added."""
_EAST = "\u3001-\u30ff\u3400-\u9fff\uf900-\ufaff\uff01-\uff60"
_NO_END = "（「『【〈《〔［｛｟"
_NO_BEGINNING = (
    "、。，．・：；？！）」』】〉》〕］｝｠々ゝゞヽヾー〜～ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ"
)
_BETWEEN_EASTERN = re.compile(f"(?<=[{_EAST}])(?<![{_NO_END}])(?=[{_EAST}])(?![{_NO_BEGINNING}])")
"""Chinese and Japanese part anywhere but before and after some marks and small kana (JLREQ, section 3.1.7 and 3.1.8)."""
_WHOLE = re.compile(r"[-/@\\_]|\w\.\w")
"""What has one of these is parted at its own hyphens alone: compounds, addresses."""

HANG_RIGHT = {".": 0.7, ",": 0.7, "-": 0.6, "\u2010": 0.6, "’": 0.5, "”": 0.5, "'": 0.5, '"': 0.5, ";": 0.3, ":": 0.3, "—": 0.2, "–": 0.2, "“": 0.5, "‘": 0.5, "»": 0.4, "«": 0.4, "›": 0.4, "‹": 0.4}  # fmt: skip
HANG_LEFT = {"“": 0.5, "‘": 0.5, '"': 0.5, "'": 0.5, "„": 0.5, "‚": 0.5, "«": 0.4, "»": 0.4, "‹": 0.4, "›": 0.4}  # fmt: skip
"""How much of a mark's width may stand in the margin, so that the edge looks straight."""
_STEP = 10
"""What hangs is rounded to a tenth of a pixel, which nobody sees."""


@dataclass(frozen=True, slots=True)
class Run:
    """Characters in one type; plain spaces part words, and nothing else does."""

    text: str
    widths: Widths  # in its type
    hyphenator: Hyphenator | None = None  # None: its words stay whole


class Edge(NamedTuple):
    """What a line has of a piece that it begins or ends with."""

    width: float  # in the measure
    hang: float  # in the margin


class Inner(NamedTuple):
    """A place to break within a piece; what is before and after it is measured as if it were broken."""

    at: int
    hyphen: str  # what is added: a hyphen, or nothing
    before: Edge
    after: Edge
    spaces: int  # before it, that do not break


class Piece(NamedTuple):
    """A stretch of text without a plain space, measured."""

    width: float
    first: Edge  # where a line begins with it
    last: Edge  # where a line ends with it
    spaces: int  # that do not break, but stretch
    inner: tuple[Inner, ...]


class PieceMeasurer:
    """Measures pieces of text; one that was measured once is known."""

    def __init__(self, hyphen: str, *, hangs: bool = True) -> None:
        self._hyphen = hyphen
        self._right, self._left = (HANG_RIGHT, HANG_LEFT) if hangs else ({}, {})
        self._known: dict[tuple[int, int], dict[str, Piece]] = {}  # by what a run has, as objects

    def known(self, run: Run) -> dict[str, Piece]:
        """Give the pieces that were measured in the type of a run; to be filled by `measure`."""
        return self._known.setdefault((id(run.widths), id(run.hyphenator)), {})

    def measure(self, text: str, runs: Sequence[Run], starts: Sequence[int]) -> Piece:
        """Measure a piece of text; `starts` are the offsets in it at which its runs begin."""
        slices = _Slices(text, runs, starts)
        inner = tuple(
            Inner(
                at,
                hyphen,
                self._before(slices, at, hyphen),
                self._after(slices, at),
                text.count(NO_BREAK_SPACE, 0, at),
            )
            for at, hyphen in sorted(self._points(text, runs, starts))
        )
        size = len(text)
        return Piece(
            slices.width(0, size),
            self._after(slices, 0),
            self._before(slices, size, ""),
            text.count(NO_BREAK_SPACE),
            inner,
        )

    def _points(self, text: str, runs: Sequence[Run], starts: Sequence[int]) -> Iterator[tuple[int, str]]:
        for match in _DASH.finditer(text):
            yield match.end(), ""
        for match in _BETWEEN_EASTERN.finditer(text):
            yield match.end(), ""
        if _ADDRESS.search(text):
            for match in _IN_ADDRESS.finditer(text):
                yield match.end(), ""
        if not _WHOLE.search(text):
            for at in _hyphens(text, runs, starts):
                yield at, self._hyphen

    def _before(self, slices: "_Slices", at: int, hyphen: str) -> Edge:
        """Measure what ends a line; a mark that hangs is painted apart, and so measured apart."""
        mark = hyphen or slices.text[at - 1]
        share = self._right.get(mark)
        if not share or (at == 1 and not hyphen):
            return Edge(slices.width(0, at, hyphen), 0.0)
        body = slices.width(0, at if hyphen else at - 1)
        width = slices.of(mark, at - 1)
        hang = round(share * width * _STEP) / _STEP
        return Edge(body + width - hang, hang)

    def _after(self, slices: "_Slices", at: int) -> Edge:
        share = self._left.get(slices.text[at])
        if not share or at + 1 == len(slices.text):
            return Edge(slices.width(at, len(slices.text)), 0.0)
        width = slices.of(slices.text[at], at)
        hang = round(share * width * _STEP) / _STEP
        return Edge(width - hang + slices.width(at + 1, len(slices.text)), hang)


def _hyphens(text: str, runs: Sequence[Run], starts: Sequence[int]) -> Iterator[int]:
    """Give the places for a hyphen, each by the language of the letters there: a mark before them may be of another."""
    for hyphenator in dict.fromkeys(run.hyphenator for run in runs):
        for at in hyphenator.points(text) if hyphenator else ():
            if runs[bisect_right(starts, at) - 1].hyphenator is hyphenator:
                yield at


class _Slices:
    """A piece of text in one type or several, and the widths of parts of it."""

    def __init__(self, text: str, runs: Sequence[Run], starts: Sequence[int]) -> None:
        self.text = text
        ends = (*starts[1:], len(text))
        self._parts = [
            (max(start, 0), min(end, len(text)), run.widths)
            for run, start, end in zip(runs, starts, ends, strict=True)
            if start < len(text)
        ]

    def width(self, begin: int, end: int, hyphen: str = "") -> float:
        """Measure from one offset to another, with a hyphen after it."""
        total = 0.0
        for start, stop, widths in self._parts:
            if start < end and begin < stop:
                text = self.text[max(begin, start) : min(end, stop)]
                total += widths[(text + (hyphen if stop >= end else "")).replace(JOINER, "")]
        return total

    def of(self, mark: str, at: int) -> float:
        """Measure a mark in the type that stands at an offset."""
        return next(widths[mark] for start, stop, widths in self._parts if start <= at < stop)
