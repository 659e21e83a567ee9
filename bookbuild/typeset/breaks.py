"""Runs of text → the places where a line may end, with all that a line between two of them needs to be judged."""

import re
from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import NamedTuple

from bookbuild.typeset.pieces import JOINER, Edge, Piece, PieceMeasurer, Run

_HYPHENS = "-\u2010"
_CHUNK = re.compile("[^ ]+")


class Break(NamedTuple):
    """A place where a line may end.

    A line from place `a` to place `b` is `b.end - a.start` wide when its spaces are, and has `b.before - a.after` of them.
    """

    end: float  # where a line that ends here ends, with its hyphen, and without what hangs
    start: float  # where the line after it begins, without what hangs
    before: int  # spaces up to here
    after: int  # the same, with the one at which the line ends
    hyphen: str  # what is added at the line's end: a hyphen, or nothing
    stop: int  # the offset in the text at which a line that ends here stops
    resume: int  # and at which the next one goes on
    hang_right: float = 0.0  # what of the line's last mark stands in the margin
    hang_left: float = 0.0  # and of the next line's first
    after_hyphen: bool = False  # whether the text has a hyphen of its own here


class BreakFinder:
    """Finds the breaks of the paragraphs of a book."""

    def __init__(self, hyphen: str, *, hangs: bool = True) -> None:
        self._pieces = PieceMeasurer(hyphen, hangs=hangs)

    def find(self, runs: Sequence[Run], indent: float) -> list[Break] | None:
        """Find where the lines of a paragraph may end: its beginning, the breaks, its end.

        A quotation mark that it begins with hangs as others do, but not in an indent, which is no edge to keep straight: as pdfTeX has
        it (Hans Hagen and Hartmut Henkel on the pdftex list, 2 October 2004: nothing protrudes after the indent, but after ``noindent``).

        None where there is nothing to break, or a face lacks a character and nothing is known of the font painted instead.
        """
        if any(not run.widths.knows_others and run.widths.lacks(set(run.text) - {JOINER}) for run in runs):
            return None
        found: list[Break] = []
        text = "".join(run.text for run in runs)
        x, spaces, end, last = 0.0, 0, 0, None
        for begin, stop, gap, piece in self._measured(runs):
            if last is None:
                first = Edge(piece.width, 0.0) if indent else piece.first
                at_left = piece.width - first.width - indent
                found.append(Break(0.0, at_left, 0, 0, "", 0, begin, hang_left=first.hang))
            else:
                edge, next_x = last.last, x + gap
                found.append(
                    Break(
                        x - last.width + edge.width, next_x + piece.width - piece.first.width,
                        spaces, spaces + 1, "", end, begin, edge.hang, piece.first.hang,
                    )
                )  # fmt: skip
                x, spaces = next_x, spaces + 1
            for at, hyphen, before, after, inside in piece.inner:
                here, offset = spaces + inside, begin + at
                found.append(
                    Break(
                        x + before.width, x + piece.width - after.width,
                        here, here, hyphen, offset, offset, before.hang, after.hang, text[offset - 1] in _HYPHENS,
                    )
                )  # fmt: skip
            x, spaces, end, last = x + piece.width, spaces + piece.spaces, stop, piece
        if last is None:
            return None
        found.append(Break(x, x, spaces, spaces, "", end, end))
        return found

    def _measured(self, runs: Sequence[Run]) -> Iterator[tuple[int, int, float, Piece]]:
        """Give the pieces of a paragraph: where each begins and stops, the space before it, its measures."""
        ends = list(accumulate(len(run.text) for run in runs))
        number, stop = 0, 0
        known, gap = self._pieces.known(runs[0]), runs[0].widths[" "]
        for match in _CHUNK.finditer("".join(run.text for run in runs)):
            begin, before = match.start(), gap
            if begin >= ends[number]:
                before = runs[_run_at(ends, number, stop)].widths[" "]
                number = _run_at(ends, number, begin)
                known, gap = self._pieces.known(runs[number]), runs[number].widths[" "]
            chunk, stop = match.group(), match.end()
            if stop <= ends[number]:
                piece = known.get(chunk)
                if piece is None:
                    piece = known[chunk] = self._pieces.measure(chunk, [runs[number]], [0])
            else:
                starts = [end - begin for end in (begin, *ends[number:-1])]
                piece = self._pieces.measure(chunk, runs[number:], starts)
            yield begin, stop, before, piece


def _run_at(ends: Sequence[int], number: int, at: int) -> int:
    """Find the run that an offset stands in, at or after a number."""
    while at >= ends[number]:
        number += 1
    return number
