"""The page numbers of print in the EPUB: every mark stands where the PDF's page begins."""

import random
import re
import shutil
import subprocess
import sys
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import etree

from bookbuild.config.keys import Page
from bookbuild.errors import Place
from bookbuild.pagination import Pagination, PrintPage, fingerprint, with_page_breaks
from bookbuild.readback import pdf_folios, pdf_pages
from bookbuild.tree import AuthorNote, Book, Emphasis, Inlines, NotePlacement, PageBreak, Text, chapters
from bookbuild.units import leaves
from bookbuild.writers.page_geometry import page_geometry
from tests.epub_reading import files, values, write, xpath
from tests.program import MINIMAL, Said, make_book, run
from tests.tree_samples import inlines, paragraph, plain_book

# ---------------------------------------------------------------- the two files side by side

_COMPARE = Path(__file__).parent.parent / "benchmarks" / "page_numbers.py"
WORDS = (
    "harbour",
    "lantern",
    "unforgettable",
    "tide",
    "ledger",
    "misunderstanding",
    "counterclockwise",
    "rope",
)


def long_chapter(number: int) -> str:
    """Give a chapter of some pages, with speech, emphasis and a note; no two places in it are alike."""
    dice = random.Random(number)  # noqa: S311 (not a secret)

    def sentence() -> str:
        words = [f"{dice.choice(WORDS)}{dice.choice('abcdefgh')}" for _ in range(dice.randint(4, 14))]
        return f"{words[0].capitalize()} *{words[1]}* {' '.join(words[2:])}."

    paragraphs = [f'"{sentence()}" {sentence()}' if dice.random() < 0.3 else sentence() for _ in range(50)]
    note = f"Author's note: thank you all for reading this week, and do leave a comment. {sentence()}"
    return "\n\n".join([f"Chapter {number}: The {WORDS[number].capitalize()}", *paragraphs, note]) + "\n"


BOOK = {f"chapter-{number}.txt": long_chapter(number) for number in (1, 2)}


def build(folder: Path, book: dict[str, str] | None = None, keys: str = "") -> Said:
    make_book(folder, book, MINIMAL + keys)
    return run(folder, "build")


def letters(text: str) -> str:
    return "".join(filter(str.isalnum, text)).casefold()


def marked_text(epub: Path) -> dict[str, str]:
    """Give the letters that follow each page mark in its file, by the folio that the page list gives it."""
    found = {}
    with zipfile.ZipFile(epub) as archive:
        nav = archive.read("EPUB/nav.xhtml")
        links = "//h:nav[@ops:type='page-list']//h:a"
        for folio, href in zip(xpath(nav, f"{links}/text()"), xpath(nav, f"{links}/@href"), strict=True):
            file, id_ = href.split("#")
            body = etree.fromstring(archive.read(f"EPUB/{file}"))
            (mark,) = body.xpath(f"//*[@id='{id_}']")
            assert mark.get("aria-label") == folio
            found[folio] = letters("".join(mark.xpath("following::text()")))
    return found


def printed_text(pdf: Path) -> dict[str, tuple[str, bool]]:
    """Give the letters of each page's text block by its folio, and whether the page before ends within a word."""
    pages = pdf_pages(pdf, page_geometry(Page(), 0, Place("build.yaml")).text_area)
    ends_within = [False, *(bool(re.search("[-\x1f]\\s*$", page)) for page in pages)]
    return {
        folio: (page, within)
        for folio, page, within in zip(pdf_folios(pdf), pages, ends_within[:-1], strict=True)
    }


@pytest.mark.parametrize(
    "notes",
    [
        "{epub: keep, pdf: omit}",
        *(
            pytest.param(notes, marks=pytest.mark.slow)
            for notes in (
                "keep",
                "{epub: keep, pdf: end}",
                "{epub: end, pdf: omit}",
                "{epub: omit, pdf: keep}",
            )
        ),
    ],
)
def test_every_mark_stands_before_the_first_word_of_its_printed_page(tmp_path: Path, notes: str) -> None:
    assert build(tmp_path, BOOK, f"notes: {notes}\n").code == 0
    marked = marked_text(tmp_path / "build" / "the-salt-road.epub")
    printed = printed_text(tmp_path / "build" / "the-salt-road.pdf")

    compared = 0
    for folio, text in marked.items():
        page, is_parted = printed[folio]
        if "note" in page.casefold() or "contents" in page.casefold():
            continue  # notes stand elsewhere, and the contents have other entries
        here = letters(page.split(None, 1)[1] if is_parted else page)
        assert here[:40] == text[:40] or text.startswith(here), folio
        compared += 1
    assert compared > 8
    assert list(marked) == [folio for folio in printed if folio in marked]


@pytest.mark.slow
def test_poppler_finds_every_page_where_its_mark_stands_and_none_in_another_print(tmp_path: Path) -> None:
    """The benchmark for whole novels, on this small book: it must see right marks as right, and wrong ones as wrong."""
    if not shutil.which("pdftotext"):
        pytest.skip("there is no pdftotext (Debian: apt-get install poppler-utils)")
    folder = tmp_path / "build"
    editions = "editions:\n  epub: {format: epub}\n  pdf: {format: pdf}\n  small: {format: pdf, page: {trim: pocket}}\n"
    assert build(tmp_path, BOOK, f"notes: keep\n{editions}").code == 0

    def compared(pdf: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, str(_COMPARE), str(folder / "the-salt-road.epub"), str(folder / pdf)]
        return subprocess.run(command, capture_output=True, text=True, check=False)

    right, wrong = compared("the-salt-road.pdf"), compared("the-salt-road-small.pdf")
    assert (right.returncode, wrong.returncode) == (0, 1)
    assert re.search(r"(?m)^\d\d marks, 0 differ; .*: i \(half title\); .*: none$", right.stdout), (
        right.stdout
    )


@pytest.mark.slow
def test_notes_that_print_alone_gathers_are_named_and_need_no_mark(tmp_path: Path) -> None:
    if not shutil.which("pdftotext"):
        pytest.skip("there is no pdftotext (Debian: apt-get install poppler-utils)")
    noted = {
        "1.txt": "Chapter 1\n\nIt rained on the quay.\n\nA/N: My thanks to everybody who waited for this one.\n"
    }
    assert (
        build(tmp_path, noted, "notes: {epub: keep, pdf: end}\nfrontmatter: [half title, title page]\n").code
        == 0
    )
    files = (str(tmp_path / "build" / f"the-salt-road.{kind}") for kind in ("epub", "pdf"))
    said = subprocess.run(
        [sys.executable, str(_COMPARE), *files], capture_output=True, text=True, check=False
    )

    assert (said.returncode, said.stderr) == (0, ""), said.stdout
    assert re.search(r"marks, 0 differ; .*: i \(half title\), 3 \(notes\); .*: none$", said.stdout), (
        said.stdout
    )


def test_blank_pages_and_the_half_title_which_no_screen_has_are_not_listed(tmp_path: Path) -> None:
    build(tmp_path)
    marked = marked_text(tmp_path / "build" / "the-salt-road.epub")
    printed = printed_text(tmp_path / "build" / "the-salt-road.pdf")

    assert set(printed) - set(marked) == {
        "i",
        *(folio for folio, (page, _) in printed.items() if not page.strip()),
    }


# ---------------------------------------------------------------- one build and the next


def test_an_epub_built_alone_keeps_the_page_numbers_of_the_last_print(tmp_path: Path) -> None:
    build(tmp_path)
    epub = tmp_path / "build" / "the-salt-road.epub"
    together = epub.read_bytes()

    said = run(tmp_path, "build", "-e", "epub", "-v")

    assert epub.read_bytes() == together
    assert "has the page numbers of the print edition 'pdf'" in said.out


def test_page_numbers_that_no_longer_hold_are_left_out(tmp_path: Path) -> None:
    build(tmp_path)
    chapter = tmp_path / "manuscript" / "chapter-1.txt"
    chapter.write_text(chapter.read_text("utf-8") + "\nOne more word.\n", "utf-8")

    said = run(tmp_path, "build", "-e", "epub", "-v")

    assert marked_text(tmp_path / "build" / "the-salt-road.epub") == {}
    assert "has no page numbers of print; build a PDF of the same words with it" in said.out


@pytest.mark.parametrize(
    "damaged", ["", "{", "[]", '{"form": 1, "words": "x", "pages": [[1]]}', "[" * 9999, "\0"]
)
def test_a_damaged_file_of_pages_is_as_none(tmp_path: Path, damaged: str) -> None:
    make_book(tmp_path)
    kept = tmp_path / "build" / ".the-salt-road.pages.json"
    kept.parent.mkdir()
    kept.write_text(damaged)

    assert run(tmp_path, "build", "-e", "epub").code == 0
    assert marked_text(tmp_path / "build" / "the-salt-road.epub") == {}


EDITIONS = "editions:\n  epub: {format: epub%s}\n  print: {format: pdf}\n  large: {format: pdf, isbn: 978-0-306-40615-7}\n"


def test_the_print_edition_may_be_chosen(tmp_path: Path) -> None:
    said = build(tmp_path, keys=EDITIONS % ", pages-of: large")
    package = zipfile.ZipFile(tmp_path / "build" / "the-salt-road.epub").read("EPUB/content.opf")

    assert said.code == 0
    assert xpath(package, "//dc:source/text()") == ["urn:isbn:9780306406157"]


def test_pages_of_an_edition_that_is_not_print_is_an_error_with_its_place(tmp_path: Path) -> None:
    said = run(make_book(tmp_path, build_file=MINIMAL + EDITIONS % ", pages-of: epub"), "check")

    assert said.code == 2
    assert said.err == (
        "build.yaml:4:34: error: 'epub' is no print edition\n  hint: the print editions are print, large\n"
    )


# ---------------------------------------------------------------- the mark in the text


def marked(children: Inlines, number: int) -> Inlines:
    """Mark a page that begins with a word of the only paragraph, counted from 0."""
    book = plain_book("One")
    (chapter,) = chapters(book)
    whole = Book((), (replace(chapter, blocks=(replace(paragraph(), children=children),)),))
    words_of_the_heading = 3
    page = PrintPage("7", chapter.id, words_of_the_heading + number, 99)
    (made,) = chapters(with_page_breaks(whole, Pagination(fingerprint(whole), (page,)), whole))
    return made.blocks[0].children  # type: ignore[union-attr]


def shown(children: Inlines) -> str:
    return "".join("|" if isinstance(leaf, PageBreak) else leaf.text for leaf in leaves(children))


@pytest.mark.parametrize(
    ("text", "number", "expected"),
    [
        ("It rained all night.", 2, "It rained |all night."),
        ("He said, “No.”", 2, "He said, |“No.”"),
        ("“No,” he said.", 0, "|“No,” he said."),
        ("— ¡Hola! dijo.", 0, "|— ¡Hola! dijo."),
        ("It rained—hard.", 2, "It rained—|hard."),
        ("Il dit «\u00a0non\u00a0».", 2, "Il dit |«\u00a0non\u00a0»."),
        ("It didn’t stop.", 3, "It didn’t |stop."),
        ("It didn’t stop.", 2, "It didn’t |stop."),
        ("The fellow’s “debts”.", 2, "The fellow’s |“debts”."),
        ("He said, ’Tis I.", 2, "He said, |’Tis I."),
    ],
)
def test_an_opening_mark_goes_with_its_word(text: str, number: int, expected: str) -> None:
    assert shown(marked(inlines(text), number)) == expected


def test_a_page_may_begin_within_emphasis() -> None:
    made = marked(inlines("All ", Emphasis(inlines("night long")), "."), 2)

    assert made == inlines("All ", Emphasis((Text("night "), PageBreak("7"), Text("long"))), ".")


def test_a_page_that_begins_with_words_that_the_ebook_has_not_is_marked_at_the_first_that_it_has() -> None:
    book = plain_book("One")
    (chapter,) = chapters(book)
    note = AuthorNote((paragraph("Thank you."),), NotePlacement.TOP)
    printed = Book((), (replace(chapter, blocks=(note, *chapter.blocks)),))
    pages = Pagination(
        fingerprint(printed), (PrintPage("1", chapter.id, 0, 3), PrintPage("2", chapter.id, 3, 9))
    )

    (made,) = chapters(with_page_breaks(book, pages, printed))

    assert made.heading.label[0] == PageBreak("1")


# ---------------------------------------------------------------- the EPUB


def test_the_navigation_and_the_ncx_list_the_pages_and_the_metadata_name_their_source() -> None:
    book = plain_book("One")
    (chapter,) = chapters(book)
    heading = replace(chapter.heading, label=(PageBreak("iv"), *chapter.heading.label))
    pages = (paragraph("It ", PageBreak("12"), "rained."),)
    written = write(Book((), (replace(chapter, heading=heading, blocks=pages),)))
    made = files(written)

    assert xpath(made["nav.xhtml"], "//h:nav[@ops:type='page-list']//h:a/@href") == [
        "chapter-1.xhtml#page_iv",
        "chapter-1.xhtml#page_12",
    ]
    assert xpath(made["toc.ncx"], "//ncx:pageTarget/@type") == ["front", "normal"]
    assert xpath(made["toc.ncx"], "//ncx:meta[@name='dtb:maxPageNumber']/@content") == ["12"]
    assert values(written, "dc:source/text()") == ["The Ledger, print edition"]
    assert values(written, "opf:meta[@refines='#print']/text()") == ["pagination"]
    assert {"pageBreakMarkers", "pageNavigation"} <= set(
        values(written, "opf:meta[@property='schema:accessibilityFeature']/text()")
    )
    # in the heading it would be read out as a part of the chapter's name
    assert xpath(made["chapter-1.xhtml"], "//h:h1//*[@role='doc-pagebreak']") == []


def test_a_book_without_marks_claims_none() -> None:
    written = write(plain_book("One"))

    assert b"page" not in files(written)["nav.xhtml"]
    assert values(written, "dc:source") == []
    assert not {"pageBreakMarkers", "pageNavigation"} & set(
        values(written, "opf:meta[@property='schema:accessibilityFeature']/text()")
    )
