"""The catalogue for reading programs: OPDS 1.2 (specs.opds.io/opds-1.2), one feed of all books, with search and paging."""

import datetime as dt
import unicodedata
import uuid
from collections.abc import Sequence
from urllib.parse import urlencode

from starlette.requests import Request

from bookbuild.deliver.pages import Addresses, render
from bookbuild.deliver.paging import PAGE, page_of
from bookbuild.deliver.shelf import ShelvedBook

FEED = "application/atom+xml;profile=opds-catalog;kind=acquisition"
SEARCH = "application/opensearchdescription+xml"


def feed(request: Request, books: Sequence[ShelvedBook]) -> bytes:
    """Make the feed that was asked for: of all books that are built, or of those that match `q`; `page` counts from 1."""
    wanted = request.query_params.get("q", "")[:200]
    found = [book for book in books if book.files and _matches(book, wanted)]
    shown = page_of(request, found)
    is_search = request.url.path.endswith("/search")
    path = Addresses(request)("search" if is_search else "catalogue")

    def address(page: int) -> str:
        query = {"q": wanted} if is_search else {}
        query |= {"page": str(page)} if page > 1 else {}
        return f"{path}?{urlencode(query)}" if query else path

    links = {"self": address(shown.number), "first": address(1), "last": address(shown.pages)}
    links |= {"previous": address(shown.number - 1)} if shown.number > 1 else {}
    links |= {"next": address(shown.number + 1)} if shown.number < shown.pages else {}
    links |= {"up": Addresses(request)("catalogue")} if is_search else {}
    return render(
        "opds.xml",
        request,
        id=uuid.uuid5(uuid.NAMESPACE_URL, f"bookbuild:catalogue:{wanted}").urn,
        title=f"Books that match “{wanted}”" if is_search else "Books",
        updated=max((book.updated for book in found), default=_EPOCH),
        shown=shown,
        links=links,
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
