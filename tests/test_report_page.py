"""The page of `bookbuild report --as html`: all is in it, nothing from outside, and nothing of a manuscript runs in it."""

import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings

from bookbuild.draft import Draft
from bookbuild.reports.as_html import report_to_html
from bookbuild.reports.entries import Entry, Leaf, Report
from bookbuild.reports.spots import Spots
from bookbuild.reports.stretches import stretches
from bookbuild.rules import rule_named
from bookbuild.rules.anchors import Anchors
from tests.browser import CHROMIUM, Page, browser
from tests.normalising import normalised
from tests.program import MINIMAL, make_book, run
from tests.test_report import BOOK, SAMPLE, report_on
from tests.test_rules import TEXTS

HOSTILE = (
    "Chapter <b>1</b>\n\n"
    "</script><script>document.title = 'taken'</script><img src=x onerror=\"document.title = 'taken'\">--and it rained...\n\n"
    "<!--<script>--</mark></p></section> {{ 7 * 7 }} {% raw %} &lt;b&gt; \u202e\u2028 ${document.title='taken'}--rain\x08\n\n"
    "“Well, </style><script>document.title = 'taken'</script>. “I know.”\n"
)


class Elements(HTMLParser):
    """The elements of a page: each opened and closed in turn, their attributes, and the text in each."""

    VOID = frozenset({"meta", "input"})

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.attributes: list[tuple[str, str, str]] = []
        self.numbers: list[str] = []
        self.scripts: list[str] = []
        self.text = ""
        self.feed(page)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.attributes.extend((tag, name, value or "") for name, value in attrs)
        self.numbers.extend(
            number for name, value in attrs if name == "data-n" for number in (value or "").split()
        )
        if tag == "script":
            self.scripts.append("")
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] == "script":
            self.scripts[-1] += data
        elif self.open and self.open[-1] not in {"style", "del"}:
            self.text += data


def as_report(draft: Draft, repairs: Any) -> Report:
    spots, anchors = Spots(draft), Anchors([draft.source], repairs)
    entries = []
    for number, repair in enumerate(repairs, 1):
        rule = rule_named(repair.rule)
        spot = spots.of(repair, is_structure=bool(rule and rule.structure))
        entries.append(Entry(number, repair, str(number), anchors.of(repair), spot))
    return Report("The Salt Road", "en", (Leaf(draft, tuple(entries)),), ())


@pytest.fixture(scope="module")
def sample() -> Report:
    return report_on(SAMPLE)


# ---------------------------------------------------------------- what is in it


def test_the_page_is_written_into_build_and_its_path_said(tmp_path: Path) -> None:
    said = run(make_book(tmp_path), "report", "--as", "html")

    assert (said.code, said.out) == (0, "build/report.html\n")
    assert [path.name for path in (tmp_path / "build").iterdir()] == ["report.html"]


def test_the_same_book_gives_the_same_page() -> None:
    assert "".join(report_to_html(report_on(BOOK / "build.yaml"))) == "".join(
        report_to_html(report_on(BOOK / "build.yaml"))
    )


def test_every_repair_of_the_sample_book_is_marked_and_has_a_card(sample: Report) -> None:
    page = Elements("".join(report_to_html(sample)))
    cards = json.loads(page.scripts[0])["repairs"]

    assert {int(number) for number in page.numbers} == {entry.number for entry in sample.entries}
    assert len(cards) == len(sample.entries)


def test_every_block_of_the_sample_book_is_shown_even_what_was_set_aside(sample: Report) -> None:
    text = Elements("".join(report_to_html(sample))).text
    for leaf in sample.leaves:
        for block in leaf.draft.blocks:
            assert block.text in text
    assert "set aside: repeated title" in text


@given(TEXTS)
def test_stretches_make_the_whole_text_and_hold_every_repair(text: str) -> None:
    result = normalised(text)
    (leaf,) = as_report(result.draft, result.repairs).leaves
    inline = [entry for entry in leaf.entries if not entry.is_structure]
    for number, block in enumerate(result.draft.blocks):
        here = [entry for entry in inline if entry.spot and entry.spot.block == number]
        cut = list(stretches(block, here))
        assert "".join(stretch.text for stretch in cut) == block.text
        assert {entry.number for stretch in cut for entry in stretch.begins} == {
            entry.number for entry in here
        }


@settings(max_examples=25)
@given(TEXTS)
def test_every_page_is_well_formed_and_marks_every_repair(text: str) -> None:
    result = normalised(text)
    page = Elements("".join(report_to_html(as_report(result.draft, result.repairs))))

    assert {int(number) for number in page.numbers} == set(range(1, len(result.repairs) + 1))


# ---------------------------------------------------------------- what is not


def test_nothing_is_fetched_from_outside(sample: Report) -> None:
    page = "".join(report_to_html(sample))
    references = [
        (name, value) for _, name, value in Elements(page).attributes if name in {"href", "src", "action"}
    ]

    assert all(value.startswith("#") for _, value in references)
    assert not re.search(r"url\(|@import|https?://", page.replace("http-equiv", ""))


def test_a_hostile_manuscript_becomes_neither_markup_nor_script(tmp_path: Path) -> None:
    make_book(
        tmp_path, {"chapter-1.txt": HOSTILE}, MINIMAL.replace("The Salt Road", "<script>alert(1)</script>")
    )
    html = "".join(report_to_html(report_on(tmp_path / "build.yaml")))
    page = Elements(html)

    assert len(page.scripts) == 2
    assert not [tag for tag, name, _ in page.attributes if tag == "img" or name.startswith("on")]
    assert "</script><script>document.title = " in page.text
    assert "\u202e" not in html
    assert "\x08" not in html


# ---------------------------------------------------------------- in a browser

needs_browser = pytest.mark.skipif(not CHROMIUM, reason="there is no Chromium here to look at the page with")
PANEL = "document.activeElement.closest('#filters') !== null"


@pytest.fixture(scope="module")
def window() -> Iterator[Page]:
    with browser() as page:
        yield page


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("pages")
    make_book(folder, {"chapter-1.txt": HOSTILE})
    reports = {
        "sample": report_on(SAMPLE),
        "tiny": report_on(BOOK / "build.yaml"),
        "hostile": report_on(folder / "build.yaml"),
    }
    for name, report in reports.items():
        (folder / f"{name}.html").write_text("".join(report_to_html(report)), "utf-8")
    return {name: folder / f"{name}.html" for name in reports}


@pytest.mark.slow
@needs_browser
def test_keys_walk_search_filter_and_refuse(window: Page, pages: dict[str, Path]) -> None:
    window.open(pages["tiny"])
    first = window.run("document.getElementById('place').textContent")
    window.press("j")
    assert window.run("document.activeElement.getAttribute('role')") == "button"
    assert window.run("document.getElementById('place').textContent") != first
    window.press("k")
    assert window.run("document.getElementById('place').textContent") == first
    window.press("r")
    assert "rules:\n" in window.run("document.querySelector('#refused pre').textContent")
    window.press("f")
    assert window.run(PANEL)
    window.run("document.getElementById('none').click()")
    assert window.run("document.querySelectorAll('main mark:not(.off)').length") == 0
    window.run("document.getElementById('all').click()")
    assert window.run("document.querySelectorAll('main mark.off').length") == 0
    window.press("Escape", "/")
    assert window.run("document.activeElement.id") == "search"
    window.press(*"ferry", "Enter")
    assert window.run("document.getElementById('count').textContent") == "1 of 1 paragraphs"
    assert window.run("[...CSS.highlights.get('found')].join()") == "ferry"
    place = window.run("document.getElementById('place').textContent")
    name, line = place.split("/")[-1].split(":")[:2]
    window.run("document.getElementById('search').value = ''")
    window.press("Escape", "/", *f"{name}:{line}", "Enter")
    assert window.run("document.getElementById('place').textContent").startswith(
        f"{place.rpartition(':')[0]}:"
    )
    assert window.run("document.getElementById('count').textContent").endswith(f"{name}, line {line}")
    window.press("Escape", "?")
    assert window.run("document.getElementById('keys').open")
    window.press("Escape", "b")
    assert window.run("getComputedStyle(document.querySelector('main del')).display") == "inline-block"
    assert window.said == []


@pytest.mark.slow
@needs_browser
def test_a_line_without_a_repair_can_be_gone_to(window: Page, pages: dict[str, Path]) -> None:
    """By its file and number: the paragraph in which it stands comes into view."""
    window.open(pages["tiny"])
    last = "[...document.querySelectorAll('.leaf:last-of-type [data-line]')].at(-1)"
    path = window.run("[...document.querySelectorAll('.leaf')].at(-1).firstElementChild.textContent")
    line = 1 + int(window.run(f"{last}.dataset.line"))
    window.run("Element.prototype.scrollIntoView = function () { window.went = this.dataset.line }")
    window.press("/", *f"{path.split('/')[-1]}:{line}", "Enter")

    assert window.run("window.went") == str(line - 1)
    assert window.said == []


@pytest.mark.slow
@needs_browser
def test_each_repair_can_be_gone_to_and_is_seen(window: Page, pages: dict[str, Path]) -> None:
    window.open(pages["sample"])
    unseen = window.run("""(async () => {
      const unseen = [];
      for (let at = 0; at < repairs.length; at += 7) {
        select(at);
        await new Promise((done) => setTimeout(done, 60));
        const box = marksOf[at][0].getBoundingClientRect();
        if (box.top < 0 || box.bottom > innerHeight || !box.height) unseen.push(at);
      }
      return unseen;
    })()""")

    assert unseen == []


@pytest.mark.slow
@needs_browser
def test_what_is_hostile_does_not_run(window: Page, pages: dict[str, Path]) -> None:
    window.said.clear()
    window.asked_for.clear()
    window.open(pages["hostile"])
    window.press("j", "j", "j", "b", "f")

    assert window.run("document.title") == "Repairs in The Salt Road"
    assert window.said == []
    assert [url for url in window.asked_for if not url.endswith("hostile.html")] == []


CONTRAST = """(() => {
  const channels = (colour) => colour.match(/[\\d.]+/g).map(Number);
  const light = (colour) => channels(colour).slice(0, 3).map((v) => v / 255)
    .map((v) => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
    .reduce((sum, v, at) => sum + v * [0.2126, 0.7152, 0.0722][at], 0);
  const ground = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const colour = getComputedStyle(at).backgroundColor;
      if ((channels(colour)[3] ?? 1) > 0) return colour;
    }
    return "rgb(255, 255, 255)";
  };
  const faint = new Set();
  for (const element of document.querySelectorAll("body *")) {
    if (![...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim())) continue;
    if (element.matches("script, noscript *") || !element.checkVisibility()) continue;
    const [one, other] = [light(getComputedStyle(element).color), light(ground(element))].sort((a, b) => b - a);
    const ratio = (one + 0.05) / (other + 0.05);
    if (ratio < 4.5) faint.add(`${element.tagName}.${element.className} ${ratio.toFixed(2)}`);
  }
  return [...faint];
})()"""


@pytest.mark.slow
@needs_browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_all_text_stands_out_from_its_ground(window: Page, pages: dict[str, Path], scheme: str) -> None:
    """WCAG 2.2, 1.4.3: at least 4.5 to 1."""
    for name in ("tiny", "sample"):
        window.open(pages[name], scheme=scheme)
        window.press("j", "r", "b", "f")
        assert window.run(CONTRAST) == []


@pytest.mark.slow
@needs_browser
def test_everything_that_can_be_used_has_a_name(window: Page, pages: dict[str, Path]) -> None:
    window.open(pages["tiny"])
    window.press("j", "r", "f")
    nodes = window.call("Accessibility.getFullAXTree")["nodes"]
    nameless = [
        node
        for node in nodes
        if node.get("role", {}).get("value")
        in {"button", "checkbox", "searchbox", "link", "dialog", "region", "navigation"}
        and not node.get("name", {}).get("value")
    ]

    assert nameless == []


@pytest.mark.slow
@needs_browser
@pytest.mark.parametrize("width", [320, 390, 768, 1280])
def test_no_width_needs_scrolling_sideways(window: Page, pages: dict[str, Path], width: int) -> None:
    """WCAG 2.2, 1.4.10: down to 320 pixels."""
    window.open(pages["sample"], width=width)

    assert window.run("document.documentElement.scrollWidth") <= width
