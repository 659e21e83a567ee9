"""The EPUB writer: metadata, cover, styles, and the bytes of the file."""

import re
import zipfile
from io import BytesIO

import pytest
from lxml import etree

from bookbuild import tree
from bookbuild.tree import Book, Chapter, ChapterKind, Heading
from tests.epub_reading import CSS, HOSTILE, files, refinements, values, whole, write, xpath
from tests.tree_samples import WHOLE_BOOK, paragraph, plain_book, sample_edition

# ---------------------------------------------------------------- metadata


def test_title_and_subtitle_are_one_title_for_kindle_refuses_two() -> None:
    assert values(write(), "dc:title/text()") == ["The Lamplighter’s Ledger: A Harbour Tale"]


def test_people_have_their_roles_and_sort_names() -> None:
    written = write()

    assert values(written, "dc:creator/text()") == ["Maren Oddny Vale", "Ilse Quill"]
    assert refinements(written, "creator-1") == {"role": "aut", "file-as": "Vale, Maren Oddny"}
    assert refinements(written, "contributor-2") == {"role": "cov", "file-as": "Fenn, Ada"}


def test_an_isbn_identifies_the_book_and_says_so() -> None:
    written = write()

    assert values(written, "dc:identifier/text()") == ["urn:isbn:9780306406157"]
    assert refinements(written, "book-id") == {"identifier-type": "15"}


def test_without_an_isbn_the_identifier_stays_the_same_from_build_to_build() -> None:
    edition = sample_edition(isbn=None)

    assert [edition.settings.unique_identifier] == values(write(edition=edition), "dc:identifier/text()")


def test_a_series_is_named_for_epub_3_and_for_calibre() -> None:
    written = write()

    assert values(written, "opf:meta[@property='belongs-to-collection']/text()") == ["The Harbour Books"]
    assert refinements(written, "series") == {"collection-type": "series", "group-position": "2"}
    assert values(written, "opf:meta[@name='calibre:series_index']/@content") == ["2"]


def test_the_other_keys_are_in_the_metadata() -> None:
    written = write()

    assert values(written, "dc:language/text()") == ["en-GB"]
    assert values(written, "dc:publisher/text()") == ["Saltmarsh Press"]
    assert values(written, "dc:date/text()") == ["2026-05-31"]
    assert values(written, "dc:subject/text()") == ["Fantasy", "Sea stories"]
    assert values(written, "opf:meta[@property='schema:bookEdition']/text()") == ["Second edition"]


def test_what_is_empty_is_left_out() -> None:
    edition = sample_edition(description=" ", publisher="", subjects=[], edition="", series=None, date=None)

    assert values(write(edition=edition), "*[not(normalize-space()) and not(@content)]") == []


def test_rights_that_are_not_given_are_those_of_the_copyright_page() -> None:
    assert values(write(edition=sample_edition(rights="")), "dc:rights/text()") == [
        "© 2026 Maren Oddny Vale and Ilse Quill"
    ]


def test_the_package_says_its_language_and_direction() -> None:
    package = files(write(edition=sample_edition(language="he")))
    root = etree.fromstring(package["content.opf"])

    assert (root.get("{http://www.w3.org/XML/1998/namespace}lang"), root.get("dir")) == ("he", "rtl")
    assert xpath(package["content.opf"], "//opf:spine/@page-progression-direction") == ["rtl"]
    assert xpath(package["chapter-1.xhtml"], "/h:html/@dir") == ["rtl"]


def test_accessibility_is_told_and_its_claims_depend_on_the_book() -> None:
    claim = "opf:meta[@property='dcterms:conformsTo']/text()"
    blank = Book((), (Chapter("c", ChapterKind.CHAPTER, Heading((), ()), (paragraph("Rain."),)),))

    assert values(write(), claim) == ["EPUB Accessibility 1.1 - WCAG 2.2 Level AA"]
    assert values(write(WHOLE_BOOK, None, "p { color: silver }"), claim) == []
    assert values(write(blank), claim) == []
    assert values(write(blank), "opf:meta[@property='schema:accessMode']/text()") == ["textual"]


@pytest.mark.parametrize(
    "key", ["title", "subtitle", "description", "publisher", "rights", "edition", "authors"]
)
def test_hostile_characters_in_the_settings_break_nothing(key: str) -> None:
    book = files(write(edition=sample_edition(**{key: HOSTILE})))
    shown = "Tea & <Sympathy> \"'“” ]]> &amp; 🚀"

    for name, data in book.items():
        if name.endswith((".xhtml", ".opf", ".ncx")):
            etree.fromstring(data)
    assert shown in " ".join(xpath(book["content.opf"], "//opf:metadata//text()"))


def test_hostile_characters_in_a_chapter_title_reach_the_navigation() -> None:
    book = files(write(plain_book(HOSTILE)))

    assert xpath(book["nav.xhtml"], "//h:nav[@ops:type='toc']//h:a/text()") == [
        "Chapter 1: Tea & <Sympathy> \"'“” ]]> &amp; 🚀"
    ]


# ---------------------------------------------------------------- cover and styles


def test_the_cover_is_in_the_manifest_the_metadata_and_on_a_page_with_words_for_it() -> None:
    assert xpath(whole()["content.opf"], "//opf:item[@properties='cover-image']/@id") == ["cover.jpg"]
    assert xpath(whole()["content.opf"], "//opf:meta[@name='cover']/@content") == ["cover.jpg"]
    assert xpath(whole()["cover.xhtml"], "//h:img/@src") == ["cover.jpg"]
    assert xpath(whole()["cover.xhtml"], "//h:img/@alt") == [
        "The Lamplighter’s Ledger: A Harbour Tale — Maren Oddny Vale and Ilse Quill"
    ]


def test_the_authors_own_style_comes_after_ours() -> None:
    book = files(write(WHOLE_BOOK, None, "p { margin: 1em }"))

    assert xpath(book["chapter-1.xhtml"], "//h:link/@href") == ["style-1.css", "style-2.css"]
    assert book["style-2.css"] == b"p { margin: 1em }"


def test_our_style_leaves_the_readers_choices_alone() -> None:
    rules = re.sub(r"/\*.*?\*/", "", CSS, flags=re.DOTALL)

    assert re.findall(r"font-family|background|color:(?! inherit)|justify|!important", rules) == []
    assert re.findall(r"calc\(|var\(|min\(|max\(|flex|grid|\d(?:vw|vh|rem|pt)\b", rules) == []
    assert re.findall(r"(?:^|\n)(?:html|body)[^{]*\{", rules) == []


def test_every_class_of_our_style_is_one_that_the_pages_have() -> None:
    rules = re.sub(r"/\*.*?\*/", "", CSS, flags=re.DOTALL)
    styled = set(re.findall(r"\.([a-z][a-z0-9-]*)", rules))
    title_lines = {f"title-{role.value}" for role in tree.TitleLineRole}
    used = {
        name
        for page, data in whole().items()
        if page.endswith(".xhtml")
        for value in xpath(data, "//@class")
        for name in value.split()
    }

    assert {"indent-3", "indent-4"} == styled - used - title_lines


# ---------------------------------------------------------------- bytes


def test_the_same_book_gives_the_same_bytes() -> None:
    assert write().data == write().data


def test_the_zip_has_no_clock_and_its_type_comes_first_and_stored() -> None:
    with zipfile.ZipFile(BytesIO(write().data)) as archive:
        entries = archive.infolist()

    assert {(2026, 5, 31, 0, 0, 0)} == {entry.date_time for entry in entries}
    assert {(3, 0o100644, b"")} == {
        (entry.create_system, entry.external_attr >> 16, entry.extra) for entry in entries
    }
    assert entries[0].filename == "mimetype"
    assert {"mimetype", "EPUB/cover.jpg", "EPUB/picture-quay.png"} == {
        entry.filename for entry in entries if entry.compress_type == zipfile.ZIP_STORED
    }


@pytest.mark.parametrize(
    ("epoch", "date", "expected"),
    [
        ("1000000000", "2026", "2001-09-09T01:46:40Z"),
        ("", "2026-05", "2026-05-01T00:00:00Z"),
        ("yesterday", None, "2000-01-01T00:00:00Z"),
        ("", "1850", "1850-01-01T00:00:00Z"),
    ],
)
def test_the_time_of_change_is_given_from_outside_never_by_the_clock(
    monkeypatch: pytest.MonkeyPatch, epoch: str, date: str | None, expected: str
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    written = write(edition=sample_edition(date=date))

    assert [expected] == values(written, "opf:meta[@property='dcterms:modified']/text()")
