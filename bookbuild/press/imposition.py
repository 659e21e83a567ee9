"""Which page stands where, when sheets are printed two pages a side, folded once, and nested into signatures."""

from collections.abc import Iterator
from typing import NamedTuple

PAGES_A_SHEET = 4


class Side(NamedTuple):
    """One side of a sheet: the pages left and right of the fold, counted from 0; None is blank."""

    left: int | None
    right: int | None


class Sheet(NamedTuple):
    """A sheet of a signature; the one that the others are laid into is number 0."""

    signature: int
    number: int
    front: Side
    back: Side


def signature_sizes(pages: int, sheets: int) -> list[int]:
    """Say of how many sheets each signature is made, so that none has more than asked and all are about as thick.

    A signature of a single sheet among thicker ones would tear first, so the last is not left with what remains.
    """
    needed = -(-pages // PAGES_A_SHEET)
    signatures = -(-needed // sheets)
    thin, thicker = divmod(needed, signatures) if signatures else (0, 0)
    return [thin + (number < thicker) for number in range(signatures)]


def impose(pages: int, sheets: int) -> Iterator[Sheet]:
    """Put a book's pages on sheets, at most so many a signature; the blank pages come after the last.

    The outermost sheet has the first and the last page of its signature on its front, the second and the last but one on
    its back (Gaskell, A New Introduction to Bibliography, 1972, on folio in nested sheets).
    """
    first = 0
    for signature, size in enumerate(signature_sizes(pages, sheets)):
        last = first + PAGES_A_SHEET * size - 1
        for number in range(size):
            low, high = first + 2 * number, last - 2 * number
            front = Side(_page(high, pages), _page(low, pages))
            back = Side(_page(low + 1, pages), _page(high - 1, pages))
            yield Sheet(signature, number, front, back)
        first = last + 1


def _page(number: int, pages: int) -> int | None:
    return number if number < pages else None
