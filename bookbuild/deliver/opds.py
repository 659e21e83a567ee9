"""The catalogue for reading programs: OPDS 1.2 (specs.opds.io/opds-1.2), one feed of all books, with search and paging."""

import datetime as dt
import unicodedata
import uuid
from collections.abc import Sequence
from urllib.parse import urlencode

from starlette.requests import Request

from bookbuild.deliver.pages import Addresses, render
from bookbuild.deliver.shelf import ShelvedBook

FEED = "application/atom+xml;profile=opds-catalog;kind=acquisition"
SEARCH = "application/opensearchdescription+xml"
PAGE = 25  # books


def feed(request: Request, books: Sequence[ShelvedBook]) -> bytes:
    """Make the feed that was asked for: of all books that are built, or of those that match `q`; `page` counts from 1."""
    wanted = request.query_params.get("q", "")[:200]
    found = [book for book in books if book.files and _matches(book, wanted)]
    pages = max(1, -(-len(found) // PAGE))
    asked = request.query_params.get("page", "1")
    number = min(max(1, int(asked)), pages) if asked.isascii() and asked.isdigit() and len(asked) < 9 else 1
    is_search = request.url.path.endswith("/search")
    path = Addresses(request)("search" if is_search else "catalogue")

    def address(page: int) -> str:
        query = {"q": wanted} if is_search else {}
        query |= {"page": str(page)} if page > 1 else {}
        return f"{path}?{urlencode(query)}" if query else path

    links = {"self": address(number), "first": address(1), "last": address(pages)}
    links |= {"previous": address(number - 1)} if number > 1 else {}
    links |= {"next": address(number + 1)} if number < pages else {}
    return render(
        "opds.xml",
        request,
        id=uuid.uuid5(uuid.NAMESPACE_URL, f"bookbuild:catalogue:{wanted}").urn,
        title=f"Books that match “{wanted}”" if is_search else "Books",
        updated=max((book.updated for book in found), default=_EPOCH),
        books=found[(number - 1) * PAGE : number * PAGE],
        links=links,
        total=len(found),
        start=(number - 1) * PAGE + 1,
        size=PAGE,
        feed_type=FEED,
        search_type=SEARCH,
    )


_EPOCH = dt.datetime.fromtimestamp(0, dt.UTC)


def search_description(request: Request) -> bytes:
    """Tell how to search (OpenSearch 1.1)."""
    return render("opensearch.xml", request, feed_type=FEED)


def _matches(book: ShelvedBook, wanted: str) -> bool:
    """Say whether all words are found in what is known of a book, whatever their case and accents."""
    settings = book.settings
    known = [
        settings.title,
        settings.subtitle,
        settings.author_line,
        settings.description,
        *settings.subjects,
    ]
    known += [settings.series.name] if settings.series else []
    text = _plain(" ".join(known))
    return all(word in text for word in _plain(wanted).split())


def _plain(text: str) -> str:
    parts = unicodedata.normalize("NFKD", text.casefold())
    return "".join(character for character in parts if not unicodedata.combining(character))
