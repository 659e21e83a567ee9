"""Ids that stay: chapters and paragraphs are known again from build to build, and so are readers' places in them."""

import json
import os
import re
import shutil
import subprocess
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import etree

from bookbuild.identities import identify, likeness, sketch
from bookbuild.readers_places import PLACES_FILE
from bookbuild.tree import Book, Paragraph, Text, chapters, flat_text
from tests.epub_reading import NAMES
from tests.program import MINIMAL, make_book, run
from tests.test_epub_checkers import TOOLS
from tests.tree_samples import WHOLE_BOOK, plain_book

# ---------------------------------------------------------------- a serial


def said(chapter: int, number: int) -> str:
    """Give a paragraph that is like no other; its last word is its mark."""
    return f"The lamp of tower {chapter} burnt low on evening {number}, and nobody climbed up to trim it, mark{chapter}x{number}."


def serial(folder: Path, *texts: list[str]) -> Path:
    """Write a book of these chapters, each its title and its paragraphs, in files that are numbered through."""
    shutil.rmtree(folder / "manuscript", ignore_errors=True)
    files = {f"chapter-{number}.txt": "\n\n".join(text) + "\n" for number, text in enumerate(texts, 1)}
    return make_book(folder, files, MINIMAL)


def chapter(number: int, title: str = "The Tower") -> list[str]:
    return [f"Chapter {number}: {title}", *(said(number, place) for place in range(1, 9))]


def built(folder: Path) -> dict[str, tuple[str, str]]:
    """Build the EPUB, and give the file and the id of every paragraph by its mark."""
    assert run(folder, "build", "-e", "epub").code == 0
    found = {}
    with zipfile.ZipFile(folder / "build" / "the-salt-road.epub") as archive:
        for name in archive.namelist():
            if name.endswith(".xhtml"):
                for element in etree.fromstring(archive.read(name)).iterfind(".//h:p[@id]", NAMES):
                    mark = re.search(r"mark\w+", "".join(element.itertext()))
                    if mark:
                        found[mark[0]] = (name, element.get("id"))
    return found


def test_every_paragraph_has_an_id_and_none_has_that_of_another(tmp_path: Path) -> None:
    found = built(serial(tmp_path, chapter(1), chapter(2)))

    assert len(found) == len({id_ for _, id_ in found.values()}) == 16
    assert all(re.fullmatch("p-[a-z2-7]{7}", id_) for _, id_ in found.values())


def test_the_same_book_gives_the_same_ids_with_the_file_and_without(tmp_path: Path) -> None:
    first = built(serial(tmp_path, chapter(1), chapter(2)))
    kept = (tmp_path / PLACES_FILE).read_bytes()

    assert built(tmp_path) == first
    assert (tmp_path / PLACES_FILE).read_bytes() == kept
    (tmp_path / PLACES_FILE).unlink()
    assert built(tmp_path) == first


def test_an_inserted_chapter_moves_no_place_though_all_files_after_it_are_renamed(tmp_path: Path) -> None:
    first = built(serial(tmp_path, chapter(1), chapter(2), chapter(3)))
    new = ["Chapter 2: New", *(said(9, place) for place in range(1, 9))]

    second = built(serial(tmp_path, chapter(1), new, chapter(2), chapter(3)))

    assert {mark: second[mark] for mark in first} == first
    assert {file for mark, (file, _) in second.items() if mark not in first} == {"EPUB/chapter-2-2.xhtml"}


def test_edited_paragraphs_keep_their_ids_and_new_ones_get_their_own(tmp_path: Path) -> None:
    first = built(serial(tmp_path, chapter(1)))
    text = chapter(1, "The Lamp")
    text[1] = text[1].replace("burnt low", "went out")
    text[4:4] = [said(7, 1), said(7, 2)]
    text[8] = text[8].replace("nobody climbed up to trim it", "I did not care to trim it")
    del text[10]

    second = built(serial(tmp_path, text))

    assert {mark: second[mark] for mark in first if mark in second} == {
        mark: place for mark, place in first.items() if mark != "mark1x8"
    }
    assert not {second["mark7x1"], second["mark7x2"]} & set(first.values())


def test_a_paragraph_that_moves_to_another_chapter_keeps_its_id(tmp_path: Path) -> None:
    first = built(serial(tmp_path, chapter(1), chapter(2)))
    one, two = chapter(1), chapter(2)
    two.append(one.pop())

    assert built(serial(tmp_path, one, two))["mark1x8"] == ("EPUB/chapter-2.xhtml", first["mark1x8"][1])


def test_an_id_is_never_given_to_another_text(tmp_path: Path) -> None:
    first = built(serial(tmp_path, chapter(1)))
    other = [
        "Chapter 1: The Tower",
        *(f"Quite another story, told by the cat of house {n}, markb{n}." for n in range(8)),
    ]

    second = built(serial(tmp_path, other))

    assert not {id_ for _, id_ in first.values()} & {id_ for _, id_ in second.values()}


def test_what_several_paragraphs_say_has_an_id_for_each_and_one_more_takes_none_away() -> None:
    def book(*texts: str) -> Book:
        blocks = tuple(Paragraph((Text(text),)) for text in texts)
        (one,) = chapters(plain_book("One"))
        return Book((), (replace(one, blocks=blocks),))

    once, memory = identify(book("Yes.", "It rained.", "Yes."), {})
    again, _ = identify(book("Yes.", "It rained.", "It still rained.", "Yes."), memory)

    first, second = ([block.id for block in chapters(made)[0].blocks] for made in (once, again))  # type: ignore[union-attr]
    assert len(set(first)) == 3
    assert [second[0], second[1], second[3]] == first


def test_identifying_changes_no_text_and_gives_every_block_an_id_of_its_own() -> None:
    made, memory = identify(WHOLE_BOOK, {})
    ids = [known.id for listed in memory.values() for known in listed]

    assert len(ids) == len(set(ids)) > 30
    assert [flat_text(one.heading.title) for one in chapters(made)] == [
        flat_text(one.heading.title) for one in chapters(WHOLE_BOOK)
    ]
    assert identify(made, memory)[0] == made


def test_texts_are_as_like_as_the_pairs_of_words_that_they_have_in_common() -> None:
    text = "The ferry left at four with nobody on board but the cat and the harbourmaster"

    assert likeness(sketch(text), sketch(text.upper())) == 1
    assert likeness(sketch(text), sketch(text.replace("four", "five"))) > 0.5
    assert likeness(sketch(text), sketch("Nobody had trimmed the lamp since the winter before last")) == 0


# ---------------------------------------------------------------- the file beside build.yaml


def test_checking_and_printing_write_no_places(tmp_path: Path) -> None:
    serial(tmp_path, chapter(1))

    assert run(tmp_path, "check").code == 0
    assert not (tmp_path / PLACES_FILE).exists()


def test_the_file_says_what_it_is_and_changes_by_the_lines_of_what_changed(tmp_path: Path) -> None:
    built(serial(tmp_path, chapter(1)))
    before = (tmp_path / PLACES_FILE).read_text().splitlines()
    text = chapter(1)
    text[3:3] = [said(7, 1)]
    built(serial(tmp_path, text))
    after = (tmp_path / PLACES_FILE).read_text().splitlines()

    assert "Keep this file with your book." in json.loads("\n".join(before))["about"]
    assert len(set(after) - set(before)) == 1
    assert len(after) == len(before) + 1


@pytest.mark.parametrize(
    ("damage", "place"),
    [
        (lambda text: text[:-40], "13:1:"),
        (lambda text: text.replace("p-", "../"), "1:1:"),
        (lambda text: text.replace('"chapter-1"', '"../chapter"'), "1:1:"),
        (lambda _: "[1]", "1:1:"),
        (lambda _: "[" * 9999, "1:1:"),
        (lambda _: "\udcff", "1:1:"),
    ],
    ids=["cut off", "paragraph", "chapter", "list", "deep", "bytes"],
)
def test_a_damaged_file_is_told_with_its_place_and_made_anew(
    tmp_path: Path, damage: object, place: str
) -> None:
    first = built(serial(tmp_path, chapter(1)))
    kept = tmp_path / PLACES_FILE
    whole = kept.read_text()
    kept.write_bytes(damage(whole).encode(errors="surrogateescape"))  # type: ignore[operator]

    told = run(tmp_path, "build", "-e", "epub").err

    assert told.startswith(f"{PLACES_FILE}:{place}")
    assert "this file is damaged" in told
    assert kept.read_text() == whole
    assert built(tmp_path) == first


def test_a_file_of_another_book_is_told_and_made_anew(tmp_path: Path) -> None:
    built(serial(tmp_path, chapter(1)))
    serial(tmp_path, ["Chapter 1", "It rained.", "It went on raining."])

    told = run(tmp_path, "build", "-e", "epub").err

    assert told.startswith(
        f"{PLACES_FILE}:1:1: warning: none of the paragraphs that this file knows is in the book any more\n"
        "  hint: if you have replaced all chapters, nothing is to be done;"
    )
    assert run(tmp_path, "build", "-e", "epub").err == ""


# ---------------------------------------------------------------- places as readers keep them

CFIS = """
import fs from 'node:fs'
import { createRequire } from 'node:module'
const require = createRequire(process.argv[2] + '/')
const { DOMParser } = require('@xmldom/xmldom')
const Epubjs = require('epubjs/lib/epubcfi').default
const foliate = await import(process.argv[2] + '/foliate-js/epubcfi.js')
const read = text => {
    const doc = new DOMParser().parseFromString(text, 'application/xhtml+xml')
    const proto = Object.getPrototypeOf(doc.documentElement)
    if (!('id' in proto)) Object.defineProperty(proto, 'id', { get() { return this.getAttribute('id') || undefined } })
    if (!('children' in proto)) Object.defineProperty(proto, 'children', {
        get() { return Array.from(this.childNodes).filter(node => node.nodeType === 1) } })
    return doc
}
const { before, after } = JSON.parse(fs.readFileSync(0, 'utf8'))
const found = []
for (const [file, text] of Object.entries(before)) {
    const old = read(text), now = read(after[file])
    for (const p of Array.from(old.getElementsByTagName('p'))) {
        if (!p.id) continue
        const [element] = foliate.fromElements([p])
        const inText = foliate.fromRange({ startContainer: p.lastChild, startOffset: 3, collapsed: true })
        const steps = new Epubjs(inText.replace('epubcfi(', 'epubcfi(/6/4!')).path.steps.slice(0, -1)
        found.push({
            was: p.textContent,
            foliate: foliate.toElement(now, foliate.parse(element).shift())?.textContent,
            epubjs: new Epubjs().walkToNode(steps, now)?.textContent,
        })
    }
}
console.log(JSON.stringify(found))
"""


def pages(epub: Path) -> dict[str, str]:
    with zipfile.ZipFile(epub) as archive:
        names = [name for name in archive.namelist() if "/chapter-" in name]
        return {name: archive.read(name).decode() for name in names}


@pytest.mark.slow
def test_a_cfi_made_in_the_old_book_finds_the_same_paragraph_in_the_new_one(tmp_path: Path) -> None:
    modules = TOOLS / "readers" / "node_modules"
    if not (modules / "foliate-js").is_dir() or not shutil.which("node"):
        pytest.skip("foliate-js and epub.js are not set up: ../shared/tools/setup_checkers.sh readers")
    epub = tmp_path / "build" / "the-salt-road.epub"
    built(serial(tmp_path, chapter(1), chapter(2), chapter(3)))
    before = pages(epub)
    one, two, three = chapter(1), chapter(2, "The Lamp"), chapter(3)
    one[1:1] = [said(7, 1), said(7, 2)]
    two[3] = two[3].replace("burnt low", "went out")
    three[5:5] = [said(7, 3)]
    built(serial(tmp_path, one, ["Chapter 2: New", *(said(9, place) for place in range(1, 9))], two, three))
    script = tmp_path / "cfis.mjs"
    script.write_text(CFIS)

    asked = json.dumps({"before": before, "after": pages(epub)})
    node = subprocess.run(
        ["node", script, modules], input=asked, capture_output=True, text=True, check=False, env=os.environ
    )

    assert node.returncode == 0, node.stderr
    places = json.loads(node.stdout)
    assert len(places) == 24
    for place in places:
        mark = place["was"].split()[-1]
        assert (place["foliate"].split()[-1], place["epubjs"].split()[-1]) == (mark, mark)
