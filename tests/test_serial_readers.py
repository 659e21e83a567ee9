"""A serial in a reader's hands: foliate-js keeps places in one build of the whole book, and finds them in the next."""

import functools
import shutil
import threading
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from tests.browser import CHROMIUM, browser
from tests.test_epub_checkers import TOOLS
from tests.test_identities import built, chapter, said, serial

_PAGE = """<!doctype html><meta charset="utf-8"><script type="module">
import { makeBook } from '/foliate-js/view.js'
import * as CFI from '/foliate-js/epubcfi.js'
const open = async name => makeBook(new File([await (await fetch(name)).blob()], 'book.epub'))
const marked = /mark\\w+/

// A word within each paragraph, as a reader keeps it: epubcfi(/6/12[page-chapter-2.xhtml]!/4/…[p-abcdefg]/1:20)
const places = async book => {
    const kept = {}
    for (const section of book.sections) {
        const doc = await section.createDocument()
        for (const p of doc.querySelectorAll('p[id]')) {
            const mark = p.textContent.match(marked)?.[0]
            const range = doc.createRange()
            if (!mark) continue
            range.setStart(p.lastChild, 4)
            range.setEnd(p.lastChild, 8)
            kept[mark] = CFI.joinIndir(section.cfi, CFI.fromRange(range))
        }
    }
    return kept
}
const at = async (book, { index, anchor }) => {
    const range = anchor(await book.sections[index].createDocument())
    return range?.startContainer?.parentElement?.textContent.match(marked)?.[0] ?? ''
}
// EPUB CFI 1.1, 3.5: the names in brackets hold, where the numbers lead to something else
const byName = async (book, cfi) => {
    const names = [...cfi.matchAll(/\\[([^\\]]+)\\]/g)].map(match => match[1])
    const idref = book.resources.opf.querySelector('#' + CSS.escape(names[0])).getAttribute('idref')
    const section = book.sections[book.resources.spine.findIndex(one => one.idref === idref)]
    const doc = await section.createDocument()
    return doc.getElementById(names.at(-1))?.textContent.match(marked)?.[0] ?? ''
}
try {
    const old = await open('/before.epub'), now = await open('/after.epub')
    window.found = {}
    for (const [mark, cfi] of Object.entries(await places(old)))
        window.found[mark] = { cfi, foliate: await at(now, now.resolveCFI(cfi)), byName: await byName(now, cfi) }
    document.documentElement.dataset.ready = 'yes'
} catch (fault) { console.error(String(fault.stack || fault)) }
</script>"""


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serve a folder on this machine."""
    handler = functools.partial(_Quiet, directory=folder)
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (its name there)
        """Say nothing."""


def found_again(folder: Path, before: list[list[str]], after: list[list[str]]) -> Any:
    """Keep a place in every paragraph of the first build, and look where each leads in the second."""
    modules = TOOLS / "readers" / "node_modules" / "foliate-js"
    if not modules.is_dir() or not CHROMIUM:
        pytest.skip("foliate-js or Chromium is not set up: ../shared/tools/setup_checkers.sh readers")
    site = folder / "site"
    shutil.copytree(modules, site / "foliate-js")
    (site / "index.html").write_text(_PAGE, "utf-8")
    for name, texts in (("before", before), ("after", after)):
        built(serial(folder, *texts))
        shutil.copyfile(folder / "build" / "the-salt-road.epub", site / f"{name}.epub")
        assert zipfile.is_zipfile(site / f"{name}.epub")
    with served(site) as address, browser() as page:
        page.visit(address, width=600, height=800)
        page.wait("document.documentElement.dataset.ready === 'yes'")
        return page.run("window.found")


BEFORE = [chapter(1), chapter(2), chapter(3)]


def edited() -> list[list[str]]:
    """Change words in the first chapter, put paragraphs into the second and strike one, give the third another title."""
    one, two, three = chapter(1), chapter(2), chapter(3, "The Lamp")
    one[3] = one[3].replace("burnt low", "went out")
    two[3:3] = [said(7, 1), said(7, 2)]
    del two[8]
    return [one, two, three]


STRUCK = "mark2x6"


@pytest.mark.slow
def test_places_are_found_again_when_chapters_were_edited_and_a_new_one_came_at_the_end(
    tmp_path: Path,
) -> None:
    """foliate-js looks at the name of nothing but the last step, which text has not: it counts paragraphs within their chapter."""
    found = found_again(tmp_path, BEFORE, [*edited(), chapter(4)])
    counted = {f"mark2x{place}" for place in range(3, 9)}  # what stands behind the new paragraphs

    assert len(found) == 24
    assert {mark for mark, place in found.items() if place["byName"] != mark} == {STRUCK}
    assert {mark for mark, place in found.items() if place["foliate"] != mark} == counted


@pytest.mark.slow
def test_places_are_found_again_by_name_when_a_chapter_was_inserted(tmp_path: Path) -> None:
    """foliate-js 1.0.1 drops the name of the itemref as well, for it compares `nodeName` with `idref`: what comes behind is a chapter off."""
    one, two, three = edited()
    new = ["Chapter 2: New", *(said(9, place) for place in range(1, 9))]
    found = found_again(tmp_path, BEFORE, [one, new, two, three])

    assert {mark for mark, place in found.items() if place["byName"] != mark} == {STRUCK}
    assert all(place["foliate"] == mark for mark, place in found.items() if mark.startswith("mark1"))
