"""The EPUB writer: pages, their order, the ways between them."""

import dataclasses
import re

import pytest

from bookbuild import tree, words
from bookbuild.editions import make_edition
from bookbuild.tree import (
    AuthorNote,
    Book,
    Chapter,
    ChapterKind,
    Heading,
    Link,
    NoteLink,
    NotePlacement,
    Section,
    SetAside,
    TitleLine,
)
from bookbuild.writers.epub_navigation import divisions
from tests.epub_reading import files, whole, write, xpath
from tests.tree_samples import WHOLE_BOOK, inlines, paragraph, plain_book, sample_edition

# ---------------------------------------------------------------- text


def _tree_text(node: object) -> str:
    """Give the words that a node shows, in order."""
    if isinstance(node, SetAside):
        return ""
    if isinstance(node, tree.Picture):
        return _tree_text(node.caption)
    if isinstance(node, TitleLine):
        return node.text
    if isinstance(node, tuple):
        if node and all(isinstance(item, tree.Inline) for item in node):
            return tree.flat_text(node)
        return "\n".join(map(_tree_text, node))
    if dataclasses.is_dataclass(node) and not isinstance(node, type):
        return "\n".join(_tree_text(getattr(node, field.name)) for field in dataclasses.fields(node))
    return ""


@pytest.mark.parametrize(
    "division", [division for _, division in divisions(WHOLE_BOOK)], ids=lambda node: node.id
)
def test_every_page_has_the_words_of_its_division_and_no_others(division: tree.Division) -> None:
    shown = dataclasses.replace(division, chapters=()) if isinstance(division, tree.Part) else division
    name = "nav.xhtml" if division.id == "contents" else f"{division.id}.xhtml"
    scope = "//h:h1" if division.id == "contents" else "//h:body"

    page = "".join(xpath(whole()[name], f"string({scope})"))

    assert words.keys(_tree_text(shown)) == words.keys(page)


def test_punctuation_and_markup_characters_come_through_untouched() -> None:
    paragraphs = xpath(whole()["prologue.xhtml"], "//h:p")

    assert (
        "".join(paragraphs[1].itertext())
        == "“You’re late,” said the harbourmaster. 5 < 6 & 7 > 6, he wrote in the margin\xa0— as always."
    )


def test_a_footnote_opens_where_it_is_called_and_leads_back() -> None:
    page = whole()["chapter-2.xhtml"]
    call, note = (
        xpath(page, "//h:a[@ops:type='noteref']")[0],
        xpath(page, "//h:aside[@ops:type='footnote']")[0],
    )
    label = note.find(".//h:a", {"h": "http://www.w3.org/1999/xhtml"})

    assert call.get("href") == f"chapter-2.xhtml#{note.get('id')}"
    assert label.get("href") == f"chapter-2.xhtml#{call.get('id')}"
    assert "".join(note.itertext()) == "1 It never did."


def test_a_call_whose_footnote_is_not_in_the_edition_is_plain_text_and_told() -> None:
    call = tree.FootnoteCall(inlines("1"), "gone")
    book = Book(
        (), (Chapter("c", ChapterKind.CHAPTER, Heading((), inlines("C")), (paragraph("Wet.", call),)),)
    )
    written = write(book)

    assert b"Wet.1" in files(written)["c.xhtml"]
    assert any("'gone'" in finding.message for finding in written.findings)


def test_no_space_appears_between_marked_words() -> None:
    word = inlines(tree.Strong(inlines("a")), tree.Emphasis(inlines("b")))
    book = Book((), (Chapter("c", ChapterKind.CHAPTER, Heading((), inlines("C")), (tree.Paragraph(word),)),))

    assert b"<strong>a</strong><em>b</em>" in files(write(book))["c.xhtml"]


# ---------------------------------------------------------------- structure


def test_pages_stand_in_the_spine_in_reading_order_with_the_contents_at_their_place() -> None:
    spine = xpath(whole()["content.opf"], "//opf:itemref/@idref")
    expected = ["cover", *(division.id for _, division in divisions(WHOLE_BOOK))]

    assert [f"{id_}.xhtml".replace("contents", "nav") for id_ in expected] == spine


def test_the_manifest_lists_every_file_once() -> None:
    listed = xpath(whole()["content.opf"], "//opf:item/@href")

    assert sorted({*whole()} - {"mimetype", "META-INF/container.xml", "content.opf"}) == sorted(listed)


def test_no_id_stands_twice_in_a_page_or_in_the_package() -> None:
    for name, data in whole().items():
        if name.endswith((".xhtml", ".opf", ".ncx")):
            ids = xpath(data, "//@id")
            assert sorted(set(ids)) == sorted(ids), name


def test_every_link_leads_to_a_file_and_an_id_that_are_there() -> None:
    for name, data in whole().items():
        if name.endswith(".xhtml"):
            for href in xpath(data, "//@href"):
                file, _, id_ = href.partition("#")
                assert file in whole(), href
                assert not id_ or id_ in xpath(whole()[file], "//@id"), href


def test_every_page_with_a_heading_has_one_h1() -> None:
    without = {"cover", "half-title", "copyright", "dedication", "epigraph"}
    pages = {name.removesuffix(".xhtml") for name in whole() if name.endswith(".xhtml")}

    assert {page: 0 if page in without else 1 for page in pages} == {
        page: len(xpath(whole()[f"{page}.xhtml"], "//h:h1")) for page in pages
    }


def test_the_contents_nest_chapters_in_parts() -> None:
    top = xpath(whole()["nav.xhtml"], "//h:nav[@ops:type='toc']/h:ol/h:li/h:a/text()")
    nested = xpath(whole()["nav.xhtml"], "//h:nav[@ops:type='toc']/h:ol/h:li/h:ol/h:li/h:a/text()")

    assert top[5:9] == ["Prologue", "Part One: Wick", "Part Two: Tide", "Epilogue: Home"]
    assert nested == [
        "Chapter 1: The Trip & the <Ledger>",
        "Chapter 2",
        "Interlude: What the Cat Saw",
        "Chapter 3: Ninety Years",
    ]


def test_the_contents_page_has_the_heading_of_its_section() -> None:
    assert xpath(whole()["nav.xhtml"], "//h:h1/text()") == ["Contents"]


def test_landmarks_lead_to_cover_title_page_contents_and_story() -> None:
    links = "//h:nav[@ops:type='landmarks']//h:a"
    page = whole()["nav.xhtml"]
    found = dict(zip(xpath(page, f"{links}/@ops:type"), xpath(page, f"{links}/@href"), strict=True))

    assert found == {
        "cover": "cover.xhtml",
        "titlepage": "title-page.xhtml",
        "toc": "nav.xhtml",
        "bodymatter": "prologue.xhtml",
    }


def test_the_ncx_counts_every_line_in_order_and_knows_its_depth() -> None:
    orders = xpath(whole()["toc.ncx"], "//ncx:navPoint/@playOrder")

    assert [str(number) for number in range(1, 20)] == orders
    assert xpath(whole()["toc.ncx"], "//ncx:meta[@name='dtb:depth']/@content") == ["2"]
    assert xpath(whole()["nav.xhtml"], "//h:nav[1]//h:a/@href") == xpath(
        whole()["toc.ncx"], "//ncx:navPoint/ncx:content/@src"
    )


def test_the_ncx_has_the_identifier_of_the_package() -> None:
    assert xpath(whole()["content.opf"], "//dc:identifier/text()") == xpath(
        whole()["toc.ncx"], "//ncx:meta[@name='dtb:uid']/@content"
    )


def test_without_a_contents_section_the_navigation_is_no_page_of_the_book() -> None:
    book = files(write(plain_book("One", "Two")))

    assert xpath(book["content.opf"], "//opf:itemref/@idref") == [
        "cover.xhtml",
        "chapter-1.xhtml",
        "chapter-2.xhtml",
    ]
    assert xpath(book["content.opf"], "//opf:item[@properties='nav']/@href") == ["nav.xhtml"]
    assert "toc" not in xpath(book["nav.xhtml"], "//h:nav[@ops:type='landmarks']//h:a/@ops:type")


def test_a_chapter_without_a_heading_is_listed_by_its_number_and_has_no_empty_h1() -> None:
    blank = Chapter("c", ChapterKind.CHAPTER, Heading((), ()), (paragraph("Rain."),))
    book = files(write(Book((), (*plain_book("One").body, blank))))

    assert xpath(book["nav.xhtml"], "//h:nav[@ops:type='toc']//h:a/text()") == ["Chapter 1: One", "2"]
    assert xpath(book["c.xhtml"], "//h:h1") == []


def test_a_division_called_cover_or_nav_keeps_its_own_file() -> None:
    chapters = [
        Chapter(id_, ChapterKind.CHAPTER, Heading((), inlines(id_)), (paragraph(f"Of {id_}."),))
        for id_ in ("nav", "cover")
    ]
    book = files(write(Book((), tuple(chapters))))

    assert xpath(book["content.opf"], "//opf:itemref/@idref") == ["cover.xhtml", "nav_.xhtml", "cover_.xhtml"]
    assert b"Of nav." in book["nav_.xhtml"]


def test_what_the_contents_section_says_besides_its_lines_is_kept() -> None:
    contents = Section("contents", tree.SectionKind.CONTENTS, inlines("Inside"), (paragraph("Read slowly."),))
    book = files(write(Book((contents,), plain_book("One").body)))

    assert xpath(book["nav.xhtml"], "//h:section//h:p/text()") == ["Read slowly."]


# ---------------------------------------------------------------- notes and links


def test_a_chapter_and_its_gathered_notes_link_to_each_other() -> None:
    there = xpath(whole()["chapter-2.xhtml"], "//h:p[@class='note-link']/h:a/@href")
    back = xpath(whole()["notes.xhtml"], "//h:div[@id='notes-chapter-2']/h:h2/h:a/@href")

    assert there == ["notes.xhtml#notes-chapter-2"]
    assert back == ["chapter-2.xhtml"]


@pytest.mark.parametrize(("sentences", "pops_up"), [(10, True), (600, False)])
def test_short_notes_are_shown_where_they_are_called_and_long_ones_are_a_page_to_go_to(
    sentences: int,
    pops_up: bool,  # noqa: FBT001
) -> None:
    note = AuthorNote((paragraph("It rained. " * sentences),), NotePlacement.END)
    chapter = Chapter("c", ChapterKind.CHAPTER, Heading((), inlines("C")), (paragraph("It rained."), note))
    edition = sample_edition(notes="end")

    book = files(write(make_edition(Book((), (chapter,)), edition), edition))

    call, notes = (
        xpath(book["c.xhtml"], "//h:a")[0],
        xpath(book["notes.xhtml"], "//*[@id='notes-c']")[0],
    )
    types = [element.get("{http://www.idpf.org/2007/ops}type") for element in (call, notes)]
    assert types == (["noteref", "footnote"] if pops_up else [None, None])
    assert notes.get("role") == ("doc-footnote" if pops_up else None)  # Ace asks for one beside the type
    assert call.get("href") == "notes.xhtml#notes-c"


def test_a_link_to_what_is_not_in_the_edition_is_left_as_text_and_told() -> None:
    block = paragraph("See ", Link(inlines("there"), "nowhere"), ".")
    chapter = Chapter(
        "c", ChapterKind.CHAPTER, Heading((), inlines("C")), (block, NoteLink(inlines("Notes"), "c"))
    )
    written = write(Book((), (chapter,)))

    assert [re.findall("'.*'", found.message)[0] for found in written.findings] == ["'notes-c'", "'nowhere'"]
    assert xpath(files(written)["c.xhtml"], "//h:a/@href") == []


@pytest.mark.parametrize(("sentences", "pops_up"), [(10, True), (600, False)])
def test_a_footnote_too_long_for_a_box_is_a_place_to_go_to(sentences: int, pops_up: bool) -> None:  # noqa: FBT001
    called = tree.Paragraph(
        (tree.Emphasis((tree.Text("Rain"), tree.FootnoteCall(inlines("1"), "c_note-1"))),)
    )
    note = tree.Footnote("c_note-1", inlines("1"), inlines("It rained. " * sentences), is_called=True)
    chapter = Chapter("c", ChapterKind.CHAPTER, Heading((), inlines("C")), (called, note))
    edition = sample_edition()

    page = files(write(make_edition(Book((), (chapter,)), edition), edition))["c.xhtml"]

    call, aside = xpath(page, "//h:a[@class='footnote-call']")[0], xpath(page, "//h:aside")[0]
    types = [element.get("{http://www.idpf.org/2007/ops}type") for element in (call, aside)]
    assert types == (["noteref", "footnote"] if pops_up else [None, None])
    assert [element.get("role") for element in (call, aside)] == ["doc-noteref", "doc-footnote"]
    assert call.get("href") == "c.xhtml#c_note-1"
