"""A long list, a page at a time: for the shelf and for the catalogue alike."""

from collections.abc import Sequence
from dataclasses import dataclass

from starlette.requests import Request

from bookbuild.deliver.shelf import ShelvedBook

PAGE = 25  # books: as many as a slow e-reader shows before its owner loses patience


@dataclass(frozen=True, slots=True)
class Shown:
    """The part of a list that was asked for."""

    books: Sequence[ShelvedBook]
    number: int  # of the page, from 1 on
    pages: int
    total: int  # books in all

    @property
    def start(self) -> int:
        """The number of its first book in the whole list, from 1 on."""
        return (self.number - 1) * PAGE + 1


def page_of(request: Request, books: Sequence[ShelvedBook]) -> Shown:
    """Give the page that `page` asks for; the nearest that there is, where it asks for none."""
    pages = max(1, -(-len(books) // PAGE))
    asked = request.query_params.get("page", "1")
    number = min(max(1, int(asked)), pages) if asked.isascii() and asked.isdigit() and len(asked) < 9 else 1
    return Shown(books[(number - 1) * PAGE : number * PAGE], number, pages, len(books))
