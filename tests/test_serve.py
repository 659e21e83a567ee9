"""`bookbuild serve`: the page, the pages of the book, the catalogue, the files; and what is never given away."""

import datetime as dt
import io
import os
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from lxml import etree
from PIL import Image
from starlette.testclient import TestClient

from bookbuild.deliver.ledger import LEDGER, changes, remember
from bookbuild.deliver.opened import ChapterText, open_epub
from bookbuild.deliver.shelf import Shelf, find_build_files
from bookbuild.deliver.site import make_site
from bookbuild.deliver.visitors import Visit, device_in_words
from bookbuild.errors import RequestError
from tests.program import CHAPTER, MINIMAL, make_book, run

HOSTILE = '<script>alert(1)</script> & "Salt" \']]> {{ 7*7 }}'
ATOM = {"a": "http://www.w3.org/2005/Atom", "o": "http://a9.com/-/spec/opensearch/1.1/"}
TOKEN = "abcdefghjkmn"  # noqa: S105 (one for tests)


@dataclass
class Served:
    """Books that are served, and what was told of the visitors."""

    folder: Path
    client: TestClient
    told: list[Visit] = field(default_factory=list)

    def get(self, address: str, **headers: str) -> tuple[int, str]:
        """Ask for something; gives the status and the text."""
        answer = self.client.get(
            address, headers={name.replace("_", "-"): value for name, value in headers.items()}
        )
        return answer.status_code, answer.text


def served(folder: Path, *books: Path, token: str = "") -> Served:
    """Serve books to a client in this process."""
    told: list[Visit] = []
    site = make_site(
        Shelf(find_build_files(books or [folder])), token, frozenset({"desk.local"}), told.append
    )
    return Served(folder, TestClient(site, base_url="http://127.0.0.1:8017"), told)


def built(folder: Path, build_file: str = MINIMAL, chapters: dict[str, str | bytes] | None = None) -> Path:
    """Make a book with a cover, which need not be drawn then, and build its EPUB."""
    make_book(folder, chapters, f"{build_file}cover: cover.jpg\n")
    Image.new("RGB", (900, 1440), "teal").save(folder / "cover.jpg")
    assert run(folder, "build", "-e", "epub").code == 0
    return folder


@pytest.fixture(scope="module")
def novel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a book that is built."""
    folder = tmp_path_factory.mktemp("shelf") / "Mörder & Söhne"
    folder.mkdir()
    chapters: dict[str, str | bytes] = {
        f"chapter-{number}.txt": CHAPTER.replace("1", str(number)) for number in (1, 2)
    }
    described = "description: >\n  Salt & <water>.\n\n\n  Rain.\nsubjects: Café stories\n"
    return built(folder, MINIMAL + described, chapters)


@pytest.fixture
def one(novel: Path) -> Iterator[Served]:
    """Serve it."""
    yield served(novel)
    (novel / "build" / LEDGER).unlink(missing_ok=True)


BOOK = "/books/morder-sohne/"
EPUB = f"{BOOK}files/the-salt-road.epub"


# ---------------------------------------------------------------- the page


def test_the_page_of_the_book_has_all_that_a_reader_needs(one: Served) -> None:
    code, page = one.get("/")

    assert code == 200
    for shown in (
        '<h1 lang="en">The Salt Road</h1>',
        "by Ann Onymous",
        "Salt &amp; &lt;water&gt;.",
        EPUB,
        f"{BOOK}read/",
        f"{BOOK}thumbnail",
    ):
        assert shown in page
    assert "not built" not in page
    assert one.get(BOOK)[1] == page


def test_no_page_has_a_script_and_no_answer_lets_one_run(one: Served) -> None:
    for address in ("/", f"{BOOK}read/chapter-1.xhtml", "/opds", EPUB, "/nowhere"):
        answer = one.client.get(address)
        assert "default-src 'none'" in answer.headers["content-security-policy"]
        assert answer.headers["referrer-policy"] == "no-referrer"
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert "<script" not in answer.text


def test_pages_need_nothing_that_browsers_of_e_readers_lack(one: Served) -> None:
    sheet = one.get("/serve.css")[1].partition("@media")[0]

    assert not re.search(r"flex|grid|var\(|calc\(|position|vw|vh", sheet)


def test_a_title_that_is_markup_stays_text(tmp_path: Path) -> None:
    quoted = HOSTILE.replace("'", "''")
    one = served(built(tmp_path, f"title: '{quoted}'\nauthors: '{quoted}'\ndescription: '{quoted}'\n"))
    page, feed = one.get("/")[1], one.get("/opds")[1]

    assert "<script" not in page + feed
    assert "49" not in re.sub(r"<[^>]*>", "", page)
    assert etree.fromstring(feed.encode()).findtext("a:entry/a:title", "", ATOM) == HOSTILE
    assert page.count("&lt;script&gt;alert(1)&lt;/script&gt;") >= 4


def test_a_device_is_offered_what_suits_it(one: Served, novel: Path) -> None:
    kepub = novel / "build" / "the-salt-road.kepub.epub"
    kepub.write_bytes(b"kepub")
    try:
        kobo = one.get("/", user_agent="Mozilla/5.0 (Kobo Touch 0377)")[1]
        phone = one.get("/", user_agent="Mozilla/5.0 (iPhone)")[1]
    finally:
        kepub.unlink()

    assert re.findall("Download (.*)", kobo) == ["KEPUB"]
    assert "best for a Kobo" in kobo
    assert re.findall("Download (.*)", phone) == ["EPUB"]


def test_a_book_that_is_not_built_says_so_and_is_there_when_it_is(tmp_path: Path) -> None:
    one = served(make_book(tmp_path))
    assert "not built yet" in one.get("/")[1]
    assert one.get("/opds")[0] == 200
    built(tmp_path)

    assert "not built yet" not in one.get("/")[1]


# ---------------------------------------------------------------- reading here


def test_every_page_of_the_book_is_reached_by_next(one: Served) -> None:
    seen, address = [], one.client.get(f"{BOOK}read/").url.path
    while address:
        code, page = one.get(address)
        assert code == 200
        seen.append(address.rpartition("/")[2])
        found = re.search(r'rel="next" href="([^"]+)"', page)
        address = found[1] if found else ""

    assert [name for name in seen if name.startswith("chapter")] == ["chapter-1.xhtml", "chapter-2.xhtml"]
    assert "cover.xhtml" not in seen


def test_links_and_sheets_of_a_page_lead_to_what_is_served(one: Served) -> None:
    base = f"{BOOK}read/"
    for name in ("nav.xhtml", "chapter-1.xhtml"):
        page = one.get(base + name)[1]
        for target in re.findall(r'(?:href|src)="([^"#]+)', page):
            assert one.get(target if target.startswith("/") else base + target)[0] == 200, target


def test_a_page_has_the_words_of_the_chapter(one: Served) -> None:
    assert "It went on raining." in one.get(f"{BOOK}read/chapter-2.xhtml")[1]


def test_only_harmless_markup_of_an_epub_is_served(tmp_path: Path) -> None:
    built(tmp_path)
    path = tmp_path / "build" / "the-salt-road.epub"
    bad = (
        '<script>alert(1)</script><p onclick="alert(2)" style="x">Rain <a href="javascript:alert(3)">here</a></p>'
        '<iframe src="http://example.org/"/><img src="x.png" onerror="alert(4)"/><svg onload="alert(5)"/><form action="/x"><input/></form>'
    )
    with zipfile.ZipFile(path) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    files["EPUB/chapter-1.xhtml"] = files["EPUB/chapter-1.xhtml"].replace(
        b"</section>", bad.encode() + b"</section>"
    )
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    page = served(tmp_path).get("/books/" + find_slug(tmp_path) + "/read/chapter-1.xhtml")[1]

    assert "It rained." in page
    assert "Rain" in page
    assert not re.search(r"alert|<script|iframe|<form|<input|style=", page)


def find_slug(folder: Path) -> str:
    """Give the name that a book has in addresses."""
    return Shelf(find_build_files([folder])).books()[0].slug


# ---------------------------------------------------------------- the files


def test_the_file_is_served_whole_in_parts_and_not_again(one: Served, novel: Path) -> None:
    data = (novel / "build" / "the-salt-road.epub").read_bytes()
    whole = one.client.get(EPUB, headers={"Accept-Encoding": "identity"})
    tag, date = whole.headers["etag"], whole.headers["last-modified"]
    part = one.client.get(EPUB, headers={"Range": "bytes=10-99", "If-Range": tag})
    head = one.client.head(EPUB)

    assert (whole.content, whole.headers["content-type"]) == (data, "application/epub+zip")
    assert whole.headers["content-disposition"] == 'attachment; filename="the-salt-road.epub"'
    assert "content-encoding" not in whole.headers
    assert (part.status_code, part.content) == (206, data[10:100])
    assert (head.status_code, head.content, head.headers["content-length"]) == (200, b"", str(len(data)))
    assert one.client.get(EPUB, headers={"Range": f"bytes={len(data)}-"}).status_code == 416
    for known in ({"If-None-Match": f'"x", W/{tag}'}, {"If-Modified-Since": date}):
        again = one.client.get(EPUB, headers=known)
        assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    assert (
        one.client.get(EPUB, headers={"If-None-Match": '"x"', "If-Modified-Since": date}).status_code == 200
    )
    assert one.client.get(EPUB, headers={"If-Modified-Since": "once upon a time"}).status_code == 200


@pytest.mark.parametrize(
    "address", ["/", "/opds", f"{BOOK}cover", f"{BOOK}read/chapter-1.xhtml", "/serve.css"]
)
def test_what_a_client_has_is_not_sent_again(one: Served, address: str) -> None:
    tag = one.client.get(address).headers["etag"]
    again = one.client.get(address, headers={"If-None-Match": tag})

    assert (again.status_code, again.content) == (304, b"")
    assert one.client.head(address).headers["etag"] == tag


def test_covers_are_pictures(one: Served) -> None:
    for name, longest in (("cover", 1440), ("thumbnail", 480)):
        answer = one.client.get(BOOK + name)
        assert answer.headers["content-type"] == "image/jpeg"
        assert max(Image.open(io.BytesIO(answer.content)).size) == longest


def test_a_book_that_is_built_anew_is_served_anew(tmp_path: Path) -> None:
    one = served(built(tmp_path))
    slug = find_slug(tmp_path)
    address = f"/books/{slug}/files/the-salt-road.epub"
    first = one.client.get(address)
    (tmp_path / "manuscript" / "chapter-1.txt").write_text(CHAPTER + "\nThen it stopped.\n")
    run(tmp_path, "build", "-e", "epub")
    second = one.client.get(address, headers={"If-None-Match": first.headers["etag"]})

    assert second.status_code == 200
    assert second.content != first.content
    assert "Then it stopped." in one.get(f"/books/{slug}/read/chapter-1.xhtml")[1]
    assert "Chapter 1</span>: changed, 11 words (+3)" in one.get("/")[1]


def test_while_build_yaml_has_a_fault_the_book_stays(one: Served, novel: Path) -> None:
    before = (novel / "build.yaml").read_text("utf-8")
    (novel / "build.yaml").write_text("titel: [")
    try:
        assert "The Salt Road" in one.get("/")[1]
    finally:
        (novel / "build.yaml").write_text(before, "utf-8")


def test_an_epub_that_is_broken_or_gone_is_no_fault(tmp_path: Path) -> None:
    make_book(tmp_path)
    build = tmp_path / "build"
    build.mkdir()
    (build / "the-salt-road.epub").write_bytes(b"PK\x03\x04 no")
    one = served(tmp_path)
    slug = find_slug(tmp_path)

    assert one.get("/")[0] == 200
    assert [one.get(f"/books/{slug}/{name}")[0] for name in ("cover", "thumbnail", "read/", "read/x")] == [
        404
    ] * 4
    assert open_epub(build / "gone.epub", 0, 0) is None


# ---------------------------------------------------------------- what is never served


@pytest.mark.parametrize(
    "address",
    [
        "/build.yaml", "/../build.yaml", "/%2e%2e/build.yaml", f"{BOOK}files/../../build.yaml", f"{BOOK}files/..%2F..%2Fbuild.yaml",
        f"{BOOK}files/%2Fetc%2Fpasswd", f"{BOOK}files/{LEDGER}", f"{BOOK}files/the-salt-road.epub%00", f"{BOOK}files/", f"{BOOK}read/../../META-INF/container.xml",
        f"{BOOK}read/..%2fMETA-INF%2fcontainer.xml", f"{BOOK}read/content.opf", f"{BOOK}read/toc.ncx", f"{BOOK}read//etc/passwd", f"{BOOK}read/%5c..%5cx", "/books/x/",
        "/books/%2e%2e/files/build.yaml",
    ],
)  # fmt: skip
def test_nothing_but_the_book_is_served(one: Served, address: str) -> None:
    assert one.client.get(one.client.base_url.copy_with(raw_path=address.encode())).status_code == 404


def test_links_out_of_the_folder_and_pipes_are_not_followed(tmp_path: Path) -> None:
    make_book(tmp_path)
    build = tmp_path / "build"
    build.mkdir()
    (tmp_path / "secret.pdf").write_text("secret")
    (build / "the-salt-road.pdf").symlink_to(tmp_path / "secret.pdf")
    os.mkfifo(build / "the-salt-road.epub")
    (build / "the-salt-road.azw3").mkdir()
    (build / "the-salt-road.kepub.epub").symlink_to("the-salt-road.kepub.epub")  # a loop

    assert "not built yet" in served(tmp_path).get("/")[1]


def test_only_reading_is_allowed(one: Served) -> None:
    for method in ("POST", "PUT", "DELETE", "PATCH", "OPTIONS"):
        assert one.client.request(method, EPUB).status_code == 405


def test_without_the_token_there_is_nothing(novel: Path) -> None:
    one = served(novel, token=TOKEN)

    for address in (
        "/",
        "/opds",
        EPUB,
        f"/{TOKEN[:-1]}/",
        f"/{TOKEN}x/",
        f"/{TOKEN.upper()}/",
        "/é/",
        "//",
        f"//{TOKEN}/",
    ):
        assert one.get(address)[0] == 404, address
    assert one.get(f"/{TOKEN}/")[0] == 200
    assert one.client.get(f"/{TOKEN}").url.path == f"/{TOKEN}/"
    page, feed = one.get(f"/{TOKEN}/")[1], one.get(f"/{TOKEN}/opds")[1]
    assert [
        link
        for link in re.findall(r'(?:href|src)="([^"]*)"', page + feed)
        if not link.startswith(f"/{TOKEN}/")
    ] == []


@pytest.mark.parametrize(
    ("host", "code"),
    [("127.0.0.1:8017", 200), ("localhost", 200), ("LOCALHOST:1", 200), ("[::1]:8017", 200), ("192.168.1.7", 200), ("desk.local.", 200),
     ("evil.example", 421), ("127.0.0.1.evil.example", 421), ("", 421), ("[::1", 200), ("[evil]", 421), ("localhost@evil.example", 421)],
)  # fmt: skip
def test_a_name_from_elsewhere_is_refused(one: Served, host: str, code: int) -> None:
    assert one.get("/", host=host)[0] == code


def test_a_form_of_the_book_as_it_was_is_not_offered(one: Served, novel: Path) -> None:
    kepub = novel / "build" / "the-salt-road.kepub.epub"
    kepub.write_bytes(b"of yesterday")
    os.utime(kepub, (1, 1))
    (book,) = Shelf(find_build_files([novel])).books()
    try:
        page = one.get("/", user_agent="Mozilla/5.0 (Kobo Touch 0377)")[1]
        assert "KEPUB" not in page + one.get("/opds")[1]
        assert one.get(f"{BOOK}files/{kepub.name}")[0] == 404
        assert book.superseded == (kepub.name,)
        os.utime(kepub)
        assert "KEPUB" in one.get("/")[1]
    finally:
        kepub.unlink()


# ---------------------------------------------------------------- the catalogue


def test_the_catalogue_has_what_reading_programs_ask_for(one: Served) -> None:
    answer = one.client.get("/opds")
    feed = etree.fromstring(answer.content)
    entry = feed.find("a:entry", ATOM)
    links = {link.get("rel"): link for link in entry.iterfind("a:link", ATOM)}

    assert answer.headers["content-type"] == "application/atom+xml;profile=opds-catalog;kind=acquisition"
    assert {link.get("rel") for link in feed.iterfind("a:link", ATOM)} == {
        "self",
        "first",
        "last",
        "start",
        "search",
    }
    assert entry.findtext("a:author/a:name", "", ATOM) == "Ann Onymous"
    assert entry.findtext("a:id", "", ATOM).startswith("urn:uuid:")
    assert (
        entry.findtext("a:id", "", ATOM)
        != Shelf(find_build_files([one.folder])).books()[0].settings.unique_identifier
    )
    assert links["http://opds-spec.org/acquisition/open-access"].get("type") == "application/epub+zip"
    for link in links.values():
        assert one.client.get(link.get("href")).headers["content-type"].startswith(link.get("type"))


def shelf_of(folder: Path, count: int) -> Served:
    """Serve many books, whose files are empty."""
    for number in range(count):
        book = folder / f"book {number}"
        (book / "build").mkdir(parents=True)
        make_book(book, build_file=f"title: Volume {number}\nauthors: Éva Kő\n")
        (book / "build" / f"volume-{number}.epub").write_bytes(b"")
    (folder / "notes").mkdir()
    return served(folder)


def test_a_folder_of_books_is_a_shelf_with_pages_and_search(tmp_path: Path) -> None:
    many = shelf_of(tmp_path, 30)

    def titles(address: str) -> tuple[list[str], str | None]:
        feed = etree.fromstring(many.client.get(address).content)
        found = [entry.findtext("a:title", "", ATOM) for entry in feed.iterfind("a:entry", ATOM)]
        after = feed.find("a:link[@rel='next']", ATOM)
        return found, None if after is None else after.get("href")

    first, after = titles("/opds")
    assert after == "/opds?page=2"
    second, last = titles(after)
    assert (len(first), len(second), last) == (25, 5, None)
    assert len({*first, *second}) == 30
    assert titles("/opds?page=99")[0] == titles("/opds?page=x")[0][:0] + second
    assert titles("/opds/search?q=eva+VOLUME+29")[0] == ["Volume 29"]
    assert titles("/opds/search?q=eva")[1] == "/opds/search?q=eva&page=2"
    assert titles("/opds/search?q=%00%3Cb%3E")[0] == []


def test_a_long_shelf_has_pages_without_any_script(tmp_path: Path) -> None:
    many = shelf_of(tmp_path, 30)
    first, last = many.get("/")[1], many.get("/?page=2")[1]

    assert [page.count('href="/books/') for page in (first, last)] == [25, 5]
    assert (first.count('rel="next" href="/?page=2"'), first.count('rel="prev"')) == (2, 0)
    assert (last.count('rel="prev" href="/?page=1"'), last.count('rel="next"')) == (2, 0)
    assert "Page 2 of 2" in last
    assert many.get("/?page=x")[1] == first
    assert many.get("/?page=99")[1] == last


def test_a_shelf_is_in_the_order_in_which_one_counts(tmp_path: Path) -> None:
    page = shelf_of(tmp_path, 12).get("/")[1]

    assert re.findall(r"Volume \d+", page) == [f"Volume {number}" for number in range(12)]


def test_a_short_shelf_has_no_pages(tmp_path: Path) -> None:
    assert "Page 1" not in shelf_of(tmp_path, 25).get("/")[1]


def test_a_browser_finds_a_little_picture(one: Served) -> None:
    icon = one.client.get("/favicon.ico")

    assert (icon.status_code, icon.headers["content-type"]) == (200, "image/png")
    assert Image.open(io.BytesIO(icon.content)).size == (64, 64)
    assert '<link rel="icon" href="/favicon.ico">' in one.get("/")[1]
    assert f'href="/{TOKEN}/favicon.ico"' in served(one.folder, token=TOKEN).get(f"/{TOKEN}/")[1]


def test_the_catalogue_says_what_series_a_book_belongs_to(tmp_path: Path) -> None:
    keys = "series: {name: The Roads, position: 2}\ndescription: Rain.\n"
    (tmp_path / "build").mkdir()
    (tmp_path / "build" / "the-salt-road.epub").write_bytes(b"")
    feed = served(make_book(tmp_path, build_file=MINIMAL + keys)).client.get("/opds").content

    assert etree.fromstring(feed).findtext("a:entry/a:summary", "", ATOM) == "The Roads 2. Rain."


def test_the_search_is_described_with_its_whole_address(one: Served) -> None:
    described = etree.fromstring(one.client.get("/opds/search.xml").content)

    assert (
        described.find("o:Url", ATOM).get("template") == "http://127.0.0.1:8017/opds/search?q={searchTerms}"
    )


def test_a_folder_without_books_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(RequestError, match=r"there is no build.yaml here"):
        find_build_files([tmp_path])


# ---------------------------------------------------------------- who fetched what


def test_it_is_told_who_fetched_what_once_for_a_download(one: Served) -> None:
    for _ in range(3):
        one.get("/", user_agent="Kobo Touch \x1b[31m")
        one.get(f"{BOOK}read/chapter-1.xhtml", user_agent="KOReader/2025")
    one.get(EPUB, user_agent="KOReader/2025")
    one.get(EPUB, user_agent="KOReader/2025", range="bytes=100-")
    one.client.head(EPUB)

    assert [str(visit) for visit in one.told] == [
        "a Kobo at testclient looks at The Salt Road",
        "KOReader at testclient reads The Salt Road",
        "KOReader at testclient fetched the EPUB of The Salt Road",
    ]


@pytest.mark.parametrize(
    ("agent", "device"),
    [
        ("KOReader/2024.11 (https://koreader.rocks/) LuaSocket/3.0", "KOReader"),
        ("Mozilla/5.0 (Linux; U; Android 2.0; en-us;) AppleWebKit/533.1 (Kobo Touch 0377/4.20)", "a Kobo"),
        ("Mozilla/5.0 (X11; U; Linux armv7l like Android) AppleWebKit/531.2+ Kindle/3.0+", "a Kindle"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X)", "an iPhone"),
        ("Mozilla/5.0 (Linux; Android 15; Pixel 9)", "an Android device"),
        ("", "a device"),
    ],
)
def test_devices_are_named(agent: str, device: str) -> None:
    assert device_in_words(agent) == device


# ---------------------------------------------------------------- what changed

DAY = dt.date(2026, 5, 4)


def chapter(title: str, text: str) -> ChapterText:
    return ChapterText(title, len(text.split()), text)


ONE, TWO = chapter("One", "it rained"), chapter("Two", "it stopped")


def test_nothing_is_new_before_anybody_has_fetched_the_book(tmp_path: Path) -> None:
    assert changes(tmp_path, [ONE]) is None


def test_new_and_changed_chapters_are_told_and_moved_ones_are_not(tmp_path: Path) -> None:
    remember(tmp_path, [ONE, TWO], DAY)
    now = [
        chapter("Before", "a dry day"),
        chapter("1. One", "it rained"),
        chapter("Two", "it stopped at last"),
    ]
    found = changes(tmp_path, now)

    assert found
    assert found.since == DAY
    assert [f"{one.title}: {one}" for one in found.chapters] == [
        "Before: new, 3 words",
        "Two: changed, 4 words (+2)",
    ]


def test_what_is_new_stays_so_after_one_reader_has_fetched_it(tmp_path: Path) -> None:
    remember(tmp_path, [ONE], DAY)
    remember(tmp_path, [ONE, TWO], DAY + dt.timedelta(7))
    remember(tmp_path, [ONE, TWO], DAY + dt.timedelta(8))
    found = changes(tmp_path, [ONE, TWO])

    assert found
    assert (found.since, [one.title for one in found.chapters]) == (DAY, ["Two"])


@pytest.mark.parametrize("broken", ["", "[", "{}", '[{"fetched": 1, "chapters": 2}]'])
def test_a_broken_ledger_is_as_none(tmp_path: Path, broken: str) -> None:
    (tmp_path / LEDGER).write_text(broken)

    assert changes(tmp_path, [ONE]) is None
    remember(tmp_path, [ONE], DAY)
    assert changes(tmp_path, [ONE, TWO])


def test_where_the_folder_cannot_be_written_to_the_book_is_served_all_the_same(tmp_path: Path) -> None:
    remember(tmp_path / "file" / "build", [], DAY)
    (tmp_path / "file").write_text("")
    remember(tmp_path / "file" / "build", [ONE], DAY)

    assert (tmp_path / "file").read_text() == ""
