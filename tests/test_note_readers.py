"""Notes in a reader's hands: foliate-js opens footnotes and gathered notes where they are called, and they say all they have to."""

import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.browser import CHROMIUM, browser
from tests.program import MINIMAL, make_book, run
from tests.test_epub_checkers import TOOLS
from tests.test_serial_readers import served

_PAGE = """<!doctype html><meta charset="utf-8"><style>html, body, foliate-view { height: 100%; display: block }</style><body>
<script type="module">
import '/foliate-js/view.js'
import { FootnoteHandler } from '/foliate-js/footnotes.js'
const view = document.createElement('foliate-view')
document.body.append(view)
await view.open(new File([await (await fetch('/book.epub')).blob()], 'book.epub'))
const handler = new FootnoteHandler()
const opened = []
handler.addEventListener('before-render', e => {
    document.body.append(e.detail.view)  // a reader's box
})
handler.addEventListener('render', e => opened.push(
    { href: e.detail.href, type: e.detail.type, said: e.detail.view.renderer.getContents()[0].doc.body.textContent }))
const followed = []
view.addEventListener('link', async e => {
    const { a, href } = e.detail
    const types = a.getAttributeNS('http://www.idpf.org/2007/ops', 'type') ?? ''
    const done = handler.handle(view.book, e)
    if (done) await done
    followed.push({ href, types, opens: Boolean(done) })
})
const pause = () => new Promise(done => setTimeout(done, 300))
for (const { index } of view.book.sections.map((_, index) => ({ index }))) {
    await view.goTo(index)
    await pause()
    const { doc } = view.renderer.getContents()[0]
    for (const a of doc.querySelectorAll('a[role="doc-noteref"]')) {
        const before = followed.length
        a.click()
        for (let n = 0; n < 40 && followed.length === before; n++) await pause()
    }
}
window.found = { opened, followed }
document.documentElement.dataset.ready = 'yes'
</script>"""

STORY = """Chapter 1

It rained on the staithe.[1] It went on raining.* Nobody came.

[1] A landing place, on a tidal river.

* It *always* does.

Then it stopped.

A/N: Thank you for reading, all of you!
"""


@pytest.mark.slow
def test_notes_open_where_they_are_called(tmp_path: Path) -> None:
    found = opened(tmp_path, STORY)

    assert [(note["type"], " ".join(note["said"].split())) for note in found["opened"]] == [
        ("footnote", "1 A landing place, on a tidal river."),
        ("footnote", "* It always does."),
        ("footnote", "Chapter 1 A/N: Thank you for reading, all of you!"),
    ]
    assert {link["types"] for link in found["followed"]} == {"noteref"}


def opened(folder: Path, story: str) -> Any:
    """Click on every note in the book, and give what a box showed."""
    modules = TOOLS / "readers" / "node_modules" / "foliate-js"
    if not modules.is_dir() or not CHROMIUM:
        pytest.skip("foliate-js or Chromium is not set up: ../shared/tools/setup_checkers.sh readers")
    make_book(folder, {"chapter-1.txt": story}, MINIMAL + "notes: end\n")
    assert run(folder, "build", "-e", "epub").code == 0
    site = folder / "site"
    shutil.copytree(modules, site / "foliate-js")
    (site / "index.html").write_text(_PAGE, "utf-8")
    shutil.copyfile(next((folder / "build").glob("*.epub")), site / "book.epub")
    with served(site) as address, browser() as page:
        page.visit(address, width=600, height=800)
        page.wait("document.documentElement.dataset.ready === 'yes'")
        return page.run("window.found")
