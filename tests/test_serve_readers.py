"""The catalogue and the pages as others see them: foliate-js's parser of OPDS, and a browser without script."""

import base64
import json
from pathlib import Path
from typing import Any

import pytest

from tests.browser import CHROMIUM, browser
from tests.program import make_book, run
from tests.serving import server
from tests.test_epub_checkers import TOOLS
from tests.test_serve import HOSTILE, served

FOLIATE = TOOLS / "readers" / "node_modules" / "foliate-js" / "opds.js"
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not CHROMIUM, reason="there is no chromium (Debian: apt-get install chromium)"),
]
_PARSE = """
import('data:text/javascript;base64,%s').then(async (opds) => {
  const parsed = (text) => new DOMParser().parseFromString(text, 'text/xml')
  const search = await opds.getOpenSearch(parsed(%s))
  return JSON.stringify({feed: opds.getFeed(parsed(%s)), search: search.search(new Map([[null, new Map([['searchTerms', 'é&']])]]))})
})
"""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a book whose title is hostile, with two editions that are built."""
    folder = tmp_path_factory.mktemp("shelf") / "novel"
    folder.mkdir()
    quoted = HOSTILE.replace("'", "''")
    keys = f"title: '{quoted}'\nauthors: [Ann Onymous, Bo]\ndescription: '{quoted}'\ndate: 2026-05\n"
    assert run(make_book(folder, build_file=keys), "build").code == 0
    return folder


@pytest.mark.skipif(not FOLIATE.exists(), reason="foliate-js is not set up")
def test_foliate_reads_the_catalogue_as_it_is_meant(built: Path) -> None:
    one = served(built)
    feed, description = one.get("/opds")[1], one.get("/opds/search.xml")[1]
    script = base64.b64encode(FOLIATE.read_bytes()).decode()
    with browser() as page:
        parsed: dict[str, Any] = json.loads(
            page.run(_PARSE % (script, json.dumps(description), json.dumps(feed)))
        )
    (publication,) = parsed["feed"]["publications"]

    assert publication["metadata"]["title"] == HOSTILE
    assert [author["name"] for author in publication["metadata"]["author"]] == ["Ann Onymous", "Bo"]
    assert publication["metadata"]["language"] == "en"
    assert [link["type"] for link in publication["links"] if "acquisition" in str(link["rel"])] == [
        "application/epub+zip", "application/pdf",
    ]  # fmt: skip
    assert len(publication["images"]) == 2
    assert parsed["search"].startswith("http://127.0.0.1:8017/opds/search?q=")


@pytest.mark.parametrize(("width", "height"), [(360, 740), (600, 800), (1280, 900)])
def test_no_page_is_wider_than_the_screen(built: Path, width: int, height: int) -> None:
    with server(built) as port, browser() as page:
        page.call("Emulation.setScriptExecutionDisabled", value=True)
        for path in ("", "books/novel/read/chapter-1.xhtml", "books/novel/read/nav.xhtml"):
            page.visit(f"http://127.0.0.1:{port}/{path}", width=width, height=height)
            layout = page.call("Page.getLayoutMetrics")

            assert layout["cssContentSize"]["width"] <= width
    assert not page.said


def test_a_title_of_one_long_word_is_broken_and_not_cut_off(tmp_path: Path) -> None:
    word = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"
    book = tmp_path / "novel"
    book.mkdir()
    assert (
        run(make_book(book, build_file=f"title: {word}\nauthors: {word}\n"), "build", "-e", "epub").code == 0
    )
    with server(book) as port, browser() as page:
        page.visit(f"http://127.0.0.1:{port}/", width=360, height=740)

        assert page.call("Page.getLayoutMetrics")["cssContentSize"]["width"] <= 360
