"""The catalogue beside that of calibre's content server: the same books in both, read by foliate-js as it reads any."""

import base64
import json
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

import httpx2
import pytest
from PIL import Image

from bookbuild.deliver import opds, paging
from tests.browser import CHROMIUM, Page, browser
from tests.program import make_book, run
from tests.serving import PATIENCE, server
from tests.test_epub_checkers import TOOLS

FOLIATE = TOOLS / "readers" / "node_modules" / "foliate-js" / "opds.js"
CALIBRE = shutil.which("calibre-server")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not CHROMIUM, reason="there is no chromium (Debian: apt-get install chromium)"),
    pytest.mark.skipif(not FOLIATE.exists(), reason="foliate-js is not set up: setup_checkers.sh readers"),
    pytest.mark.skipif(not CALIBRE, reason="there is no calibre (Debian: apt-get install calibre)"),
]
ON_A_PAGE = 2  # books, on both sides
TITLES = ["The Salt Road", "Éva & the <Weir>", "Volume Three", "Rain", "A Dry Day"]
OPEN_ACCESS = "http://opds-spec.org/acquisition/open-access"


@dataclass
class Peer:
    """A catalogue, and the browser that reads it."""

    page: Page
    root: str  # the address at which its books begin

    def get(self, address: str) -> httpx2.Response:
        """Fetch what is at an address, which may be relative to the catalogue."""
        return httpx2.get(urljoin(self.root, address), timeout=PATIENCE).raise_for_status()

    def feed(self, address: str) -> dict[str, Any]:
        """Read a feed as foliate-js does."""
        read: dict[str, Any] = self.run("opds.getFeed(parsed(%s))", self.get(address).text)
        return read

    def run(self, script: str, *texts: str) -> Any:
        module = base64.b64encode(FOLIATE.read_bytes()).decode()
        script = script % tuple(json.dumps(text) for text in texts)
        return json.loads(
            self.page.run(
                f"import('data:text/javascript;base64,{module}').then(async (opds) => {{"
                "const parsed = (text) => new DOMParser().parseFromString(text, 'text/xml');"
                f"return JSON.stringify(await {script})}})"
            )
        )

    def walk(self, address: str, rel: str = "next") -> list[list[dict[str, Any]]]:
        """Give the books of every page from one on."""
        pages = []
        while address:
            feed = self.feed(address)
            pages.append(feed.get("publications", []))
            found = [link["href"] for link in feed["links"] if rel in (link["rel"] or [])]
            address = urljoin(address, found[0]) if found else ""
        return pages


@contextmanager
def calibre(folder: Path, epubs: list[Path]) -> Iterator[str]:
    """Serve books by calibre; gives the address of those sorted by title."""
    library = folder / "library"
    library.mkdir()
    subprocess.run(
        ["calibredb", "add", "--duplicates", f"--with-library={library}", *map(str, epubs)],
        check=True,
        capture_output=True,
    )
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    options = ["--listen-on=127.0.0.1", f"--port={port}", f"--max-opds-items={ON_A_PAGE}"]
    running = subprocess.Popen(
        ["calibre-server", str(library), *options], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        yield _when_it_answers(
            f"http://127.0.0.1:{port}/opds/navcatalog/{b'Otitle'.hex()}?library_id=library"
        )
    finally:
        running.terminate()
        running.wait(PATIENCE)


def _when_it_answers(address: str) -> str:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        try:
            httpx2.get(address).raise_for_status()
        except httpx2.ConnectError:
            time.sleep(0.2)
        else:
            return address
    raise AssertionError("calibre does not answer")


@pytest.fixture(scope="module")
def peers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Peer, Peer]]:
    """Give our catalogue and calibre's, of the same five books."""
    folder = tmp_path_factory.mktemp("peers")
    for number, title in enumerate(TITLES):
        book = folder / "shelf" / f"book-{number}"
        book.mkdir(parents=True)
        Image.new("RGB", (900, 1440), "teal").save(book / "cover.jpg")
        keys = f"title: '{title}'\nauthors: Ann Onymous\ncover: cover.jpg\ndate: 2026-05\nlanguage: en\n"
        keys += "description: It rains.\nsubjects: Weather\nseries: {name: The Roads, position: 2}\n"
        assert run(make_book(book, build_file=keys), "build", "-e", "epub").code == 0
    epubs = sorted((folder / "shelf").glob("*/build/*.epub"))
    with (
        pytest.MonkeyPatch.context() as patched,
        calibre(folder, epubs) as theirs,
        server(folder / "shelf") as port,
        browser() as page,
    ):
        patched.setattr(paging, "PAGE", ON_A_PAGE)
        patched.setattr(opds, "PAGE", ON_A_PAGE)
        yield Peer(page, f"http://127.0.0.1:{port}/opds"), Peer(page, theirs)


def test_both_have_the_same_books_on_as_many_pages(peers: tuple[Peer, Peer]) -> None:
    ours, theirs = (peer.walk(peer.root) for peer in peers)

    assert [len(page) for page in ours] == [len(page) for page in theirs] == [2, 2, 1]
    assert _known(ours) == _known(theirs)
    assert {title for title, _ in _known(ours)} == set(TITLES)


def _known(pages: list[list[dict[str, Any]]]) -> set[tuple[str, tuple[str, ...]]]:
    return {
        (book["metadata"]["title"], tuple(author["name"] for author in book["metadata"]["author"]))
        for page in pages
        for book in page
    }


def test_ours_leads_back_as_well(peers: tuple[Peer, Peer]) -> None:
    ours, _ = peers
    forth, back = ours.walk(ours.root), ours.walk(f"{ours.root}?page=3", "previous")

    assert back == forth[::-1]


def test_what_calibre_says_of_a_book_ours_says_too(peers: tuple[Peer, Peer]) -> None:
    ours, theirs = (
        {book["metadata"]["title"]: book for page in peer.walk(peer.root) for book in page} for peer in peers
    )
    for title in TITLES:
        our_metadata, their_metadata = ours[title]["metadata"], theirs[title]["metadata"]
        assert our_metadata["published"] == their_metadata["published"][:7] == "2026-05"
        assert our_metadata["language"] == "en"  # calibre says none
        assert [subject["name"] for subject in our_metadata["subject"]] == ["Weather"]
        assert len(ours[title]["images"]) == 2
        assert len(theirs[title]["images"]) == 4  # the same two, by older names too


@pytest.mark.parametrize("which", [0, 1], ids=["ours", "calibre's"])
def test_every_link_of_a_book_leads_to_what_it_says(peers: tuple[Peer, Peer], which: int) -> None:
    peer = peers[which]
    for book in peer.walk(peer.root)[0]:
        for link in book["links"]:
            answer = peer.get(link["href"])
            assert answer.headers["content-type"].partition(";")[0] == link["type"]
            if link["type"] == "image/jpeg":
                assert Image.open(BytesIO(answer.content)).format == "JPEG"


def test_ours_gives_the_file_as_it_was_built_and_it_may_be_had_freely(peers: tuple[Peer, Peer]) -> None:
    ours, _ = peers
    (mine, *_), (other, *_) = (peer.walk(peer.root)[0] for peer in peers)
    (link,) = [link for link in mine["links"] if "acquisition" in str(link["rel"])]
    fetched = ours.get(link["href"]).content

    assert link["rel"] == [OPEN_ACCESS]
    assert (urlsplit(link["href"]).path.rpartition("/")[2], fetched[:2]) == ("the-salt-road.epub", b"PK")
    assert [link["type"] for link in other["links"] if "acquisition" in str(link["rel"])] == [
        "application/epub+zip"
    ]


@pytest.mark.parametrize("words", ["rain", "weir", "eva", "salt road"])
def test_a_search_finds_what_calibre_finds(peers: tuple[Peer, Peer], words: str) -> None:
    ours, theirs = peers
    described = ours.get(_link(ours, ours.root, "search")).text
    script = "opds.getOpenSearch(parsed(%s)).search(new Map([[null, new Map([['searchTerms', %s]])]]))"
    template = _link(theirs, theirs.root, "search")  # foliate-js fills it with a module that we need not have
    found = [
        [page for page in peer.walk(address) if page]
        for peer, address in (
            (ours, ours.run(script, described, words)),
            (theirs, template.replace("{searchTerms}", f'title:"{words}"')),
        )
    ]

    by_title = {title for title, _ in _known(found[0]) if _has(title, words)}
    assert by_title == {title for title, _ in _known(found[1])}
    assert by_title


def _has(title: str, words: str) -> bool:
    return words in title.casefold().replace("é", "e")


def _link(peer: Peer, address: str, rel: str) -> str:
    links = peer.feed(address)["links"]
    return urljoin(address, str(next(link["href"] for link in links if rel in (link["rel"] or []))))
