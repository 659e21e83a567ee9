"""Kobo's own kind of EPUB: its boxes, its spans, and the text as it was."""

from itertools import pairwise
from pathlib import Path

import pytest

from bookbuild.config.values import Format
from bookbuild.writers.kepub import page_to_kepub
from bookbuild.writers.sentences import sentence_ends
from tests.epub_reading import files, whole, write, xpath
from tests.program import make_book, run
from tests.tree_samples import WHOLE_BOOK, sample_edition

PAGE = '<html xmlns="http://www.w3.org/1999/xhtml"><head><title>T</title></head><body>{}</body></html>'


def sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in pairwise((0, *sentence_ends(text), len(text)))]


@pytest.mark.parametrize(
    "text",
    [
        "It rained. |It went on raining! |Had it ever stopped?",
        "“It rained.” |“It did.”",
        "“Stop!” he said. |“Why?” she asked, and did not.",
        "(It rained.) |She stayed.",
        "Mr. Crane met Dr. Vale on St. Anne’s Quay. |They spoke.",
        "J. R. Crane, E.g. and i.e. cf. Vol. 2, p. 12. |It was so.",
        "It was I. |Nobody else came.",
        "She waited… and waited … and went. |It rained.",
        "She waited… |Nobody came.",
        "“I… I don’t know. |W… Wait!”",
        "“Really?!” |“Really.”",
        "At 3.15 p.m. the boat left. |Version 2.0 was late.",
        "Er sagte: „Komm!“ |Dann ging er.",
        "雨が降った。|彼女は待った。|「なぜ?」と言った。",
        "— Viens ! |— Non.",
        "no mark at all",
        "",
    ],
)
def test_sentences_end_where_a_reader_ends_them(text: str) -> None:
    assert sentences(text.replace("|", "")) == text.split("|")


def kepub() -> dict[str, bytes]:
    return files(write(WHOLE_BOOK, sample_edition(Format.KEPUB)))


def test_no_character_of_any_page_is_changed() -> None:
    for name, page in kepub().items():
        if name.endswith(".xhtml"):
            assert xpath(page, "string(//h:body)") == xpath(whole()[name], "string(//h:body)"), name


def test_each_page_stands_in_the_two_boxes() -> None:
    for name, page in kepub().items():
        if name.endswith(".xhtml"):
            assert xpath(page, "//h:body/*/@id | //h:body/*/*/@id") == ["book-columns", "book-inner"], name


def test_all_text_stands_in_spans_that_are_not_nested_and_bare_space_in_none() -> None:
    for name, page in kepub().items():
        if name.endswith(".xhtml"):
            spans = xpath(page, "//h:span[@class='koboSpan']")
            assert not xpath(page, "//h:span[@class='koboSpan']//h:span[@class='koboSpan']"), name
            assert all("".join(span.itertext()).strip() or len(span) for span in spans), name
            assert not xpath(page, "//h:body//text()[normalize-space() and not(../@class='koboSpan')]"), name


def test_ids_count_paragraphs_and_within_them_pieces() -> None:
    body = '<h1>One</h1><p>It. So <em>c</em>. </p>\n<p> </p><p>D.<br/>\n<a id="x"/>E?</p><p><img src="i.png" alt=""/></p>'
    page = page_to_kepub(PAGE.format(body).encode())

    assert xpath(page, "//h:span/@id") == [
        "kobo.1.1", "kobo.2.1", "kobo.2.2", "kobo.2.3", "kobo.2.4", "kobo.3.1", "kobo.3.2", "kobo.4.1",
    ]  # fmt: skip
    assert xpath(page, "//h:span[h:img]/@id") == ["kobo.4.1"]
    assert b'<a id="x"></a>' in page


def test_what_is_no_prose_is_left_alone() -> None:
    body = '<pre>a. b.</pre><svg xmlns="http://www.w3.org/2000/svg"><text>C. D.</text></svg>'

    assert not xpath(page_to_kepub(PAGE.format(body).encode()), "//h:span")


def test_every_book_has_the_edition_kepub_but_only_where_it_is_asked_for(tmp_path: Path) -> None:
    make_book(tmp_path)

    said = run(tmp_path, "build", "-e", "kepub")

    assert (said.code, said.err) == (0, "")
    assert "manuscript = tree = KEPUB" in said.out
    assert [path.name for path in (tmp_path / "build").iterdir()] == ["the-salt-road.kepub.epub"]
    run(tmp_path, "build", "-e", "epub")
    assert len(list((tmp_path / "build").iterdir())) == 2


def test_an_edition_of_any_name_may_be_a_kepub(tmp_path: Path) -> None:
    make_book(tmp_path, None, "title: Salt\nauthors: Ann\neditions: {kobo: {format: kepub, notes: omit}}\n")

    run(tmp_path, "build")

    assert [path.name for path in (tmp_path / "build").iterdir()] == ["salt-kobo.kepub.epub"]
