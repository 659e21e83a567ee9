"""The site: what stands at which address."""

import datetime as dt
from collections.abc import Callable, Sequence

from markupsafe import Markup
from starlette.applications import Starlette
from starlette.background import BackgroundTask
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp

from bookbuild.deliver import opds
from bookbuild.deliver.door import Door
from bookbuild.deliver.icon import icon
from bookbuild.deliver.ledger import changes, remember
from bookbuild.deliver.opened import Opened
from bookbuild.deliver.pages import answer, render, style_sheet, unless_known
from bookbuild.deliver.paging import page_of
from bookbuild.deliver.shelf import BuiltFile, Shelf, ShelvedBook
from bookbuild.deliver.visitors import BEST, Visit, device_in_words

Told = Callable[[Visit], None]
_HTML = "text/html"
_MOST_CHANGES = 12  # chapters that are listed
_GREETED = 500  # devices that are remembered, so that each is told of once


def make_site(shelf: Shelf, token: str, names: frozenset[str], tell: Told) -> ASGIApp:
    """Make the application.

    Args:
        shelf: the books.
        token: stands first in every address; none where it is empty.
        names: what this machine is called.
        tell: is told what visitors do, from any thread.

    """
    site = _Site(shelf, tell)
    routes = [
        Route("/", site.home, name="home"),
        Route("/serve.css", site.style, name="style"),
        Route("/favicon.ico", site.icon, name="icon"),
        Route("/opds", site.catalogue, name="catalogue"),
        Route("/opds/search", site.catalogue, name="search"),
        Route("/opds/search.xml", site.search_description, name="search-description"),
        Route("/books/{book}/", site.book, name="book"),
        Route("/books/{book}/cover", site.cover, name="cover"),
        Route("/books/{book}/thumbnail", site.thumbnail, name="thumbnail"),
        Route("/books/{book}/files/{file}", site.file, name="file"),
        Route("/books/{book}/read/", site.beginning, name="beginning"),
        Route("/books/{book}/read/{page:path}", site.read, name="read"),
    ]

    def fault(_request: Request, error: Exception) -> Response:
        tell(Visit("", "", f"a fault of bookbuild itself: {type(error).__name__}"))
        return PlainTextResponse("This went wrong. Please try again.\n", 500)

    return Door(Starlette(routes=routes, exception_handlers={Exception: fault}), token, names)


class _Site:
    """Answers requests; each looks at the shelf anew, so that a book that was built anew is served at once."""

    def __init__(self, shelf: Shelf, tell: Told) -> None:
        self.shelf = shelf
        self.tell = tell
        self.greeted: set[Visit] = set()

    # ------------------------------------------------------------ pages

    def home(self, request: Request) -> Response:
        books = self.shelf.books()
        if len(books) == 1:
            return self._book_page(request, books[0])
        self._greet(request, "looks at the shelf")
        return answer(request, render("shelf.html", request, shown=page_of(request, books)), _HTML)

    def book(self, request: Request) -> Response:
        return self._book_page(request, self._asked(request))

    def _book_page(self, request: Request, book: ShelvedBook) -> Response:
        self._greet(request, "looks at", book)
        opened = book.opened()
        new = changes(book.build, opened.chapters) if opened else None
        device = _device(request)
        best = _best(book.files, device)
        page = render(
            "book.html",
            request,
            book=book,
            settings=book.settings,
            blurb=[" ".join(part.split()) for part in book.settings.description.split("\n\n")],
            opened=opened,
            new=new,
            listed=new.chapters[:_MOST_CHANGES] if new else (),
            best=best,
            best_for=device if best and best.kind is BEST.get(device) else "",
            is_alone=len(self.shelf.books()) == 1,
        )
        return answer(request, page, _HTML)

    def style(self, request: Request) -> Response:
        return answer(request, style_sheet(), "text/css")

    def icon(self, request: Request) -> Response:
        return answer(request, icon(), "image/png")

    # ------------------------------------------------------------ reading here

    def beginning(self, request: Request) -> Response:
        opened = self._opened(request)
        start = opened.order[0] if opened.order else opened.contents
        path = request.url_for("read", book=request.path_params["book"], page=start).path
        return RedirectResponse(path, 302)

    def read(self, request: Request) -> Response:
        book, opened = self._asked(request), self._opened(request)
        name = request.path_params["page"]
        kind = opened.kinds.get(name)
        if not kind:
            raise HTTPException(404)
        try:
            if kind != "application/xhtml+xml":
                return answer(request, opened.read(name), kind)
            page = opened.page(name)
        except (KeyError, OSError) as fault:  # it was built anew at this very moment
            raise HTTPException(404) from fault
        self._greet(request, "reads", book)
        before, after = _neighbours(opened.order, name)
        content = render(
            "read.html",
            request,
            book=book,
            page=page,
            markup=Markup(page.markup),  # noqa: S704 (opened.py lets nothing harmful through)
            before=before,
            after=after,
            contents=opened.contents,
            titles=opened.titles,
        )
        return answer(request, content, _HTML)

    # ------------------------------------------------------------ files

    def cover(self, request: Request) -> Response:
        opened = self._opened_with_cover(request)
        return answer(request, opened.read(opened.cover), opened.kinds[opened.cover])

    def thumbnail(self, request: Request) -> Response:
        return answer(request, self._opened_with_cover(request).thumbnail(), "image/jpeg")

    def file(self, request: Request) -> Response:
        book = self._asked(request)
        file = next((file for file in book.files if file.path.name == request.path_params["file"]), None)
        if not file:
            raise HTTPException(404)
        begins = request.method == "GET" and request.headers.get("range", "bytes=0-").startswith("bytes=0-")
        return unless_known(
            request,
            FileResponse(
                file.path,
                media_type=file.offer.media_type,
                filename=file.path.name,
                stat_result=file.status,
                background=BackgroundTask(self._fetched, request, book, file) if begins else None,
            ),
        )

    def _fetched(self, request: Request, book: ShelvedBook, file: BuiltFile) -> None:
        doing = f"fetched the {file.name} of"
        self.tell(Visit(_address(request), _device(request), doing, book.settings.title, is_fetch=True))
        opened = book.opened()
        if opened:
            remember(book.build, opened.chapters, dt.datetime.now().astimezone().date())

    # ------------------------------------------------------------ the catalogue

    def catalogue(self, request: Request) -> Response:
        self._greet(request, "looks into the catalogue")
        return answer(request, opds.feed(request, self.shelf.books()), opds.FEED)

    def search_description(self, request: Request) -> Response:
        return answer(request, opds.search_description(request), opds.SEARCH)

    # ------------------------------------------------------------ what was asked for, and by whom

    def _asked(self, request: Request) -> ShelvedBook:
        book = self.shelf.book(request.path_params["book"])
        if not book:
            raise HTTPException(404)
        return book

    def _opened(self, request: Request) -> Opened:
        opened = self._asked(request).opened()
        if not opened:
            raise HTTPException(404)
        return opened

    def _opened_with_cover(self, request: Request) -> Opened:
        opened = self._opened(request)
        if not opened.cover:
            raise HTTPException(404)
        return opened

    def _greet(self, request: Request, doing: str, book: ShelvedBook | None = None) -> None:
        """Tell once what a device does, not at every page that it turns."""
        visit = Visit(_address(request), _device(request), doing, book.settings.title if book else "")
        if visit not in self.greeted and len(self.greeted) < _GREETED:
            self.greeted.add(visit)
            self.tell(visit)


def _best(files: Sequence[BuiltFile], device: str) -> BuiltFile | None:
    """Choose the file for a device: of its own kind, or else the first, which is an EPUB where there is one."""
    own = [file for file in files if file.kind is BEST.get(device)]
    return next(iter([*own, *files]), None)


def _address(request: Request) -> str:
    return request.client.host if request.client else ""


def _device(request: Request) -> str:
    return device_in_words(request.headers.get("user-agent", ""))


def _neighbours(order: Sequence[str], name: str) -> tuple[str, str]:
    """Give the pages before and after one; empty where there is none."""
    if name not in order:
        return "", order[0] if order else ""
    at = order.index(name)
    return order[at - 1] if at else "", order[at + 1] if at + 1 < len(order) else ""
