"""The PDF writer, by what a press, a reader and a screen reader find in the file."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pikepdf
import pytest

from bookbuild.config.values import Format
from bookbuild.tree import Book, Line, Link, Stanza, Verse
from tests.pdf_reading import (
    DEPTH,
    LEADING,
    SIZE,
    body_lines,
    head_and_folio,
    lines,
    novel,
    opened,
    whole,
    write,
)
from tests.tree_samples import WHOLE_BOOK, chapter, inlines, paragraph, plain_book, sample_edition, section

ROOT = Path(__file__).parent.parent

# ---------------------------------------------------------------- the order of pages


def test_divisions_stand_in_the_order_of_the_book_and_begin_on_rectos() -> None:
    starts = whole().starts

    assert list(starts) == [
        "half-title", "title-page", "copyright", "dedication", "epigraph", "contents", "foreword", "cast", "previously",
        "preface", "introduction", "prologue", "part-1", "chapter-1", "chapter-2", "part-2", "interlude",
        "chapter-3", "epilogue", "notes", "acknowledgements", "glossary", "afterword", "about", "also-by",
    ]  # fmt: skip
    assert list(starts.values()) == sorted(starts.values())
    assert {name for name, page in starts.items() if page % 2} == {"copyright"}
    assert starts["copyright"] == starts["title-page"] + 1


def test_every_leaf_has_two_sides_of_the_trim_size() -> None:
    with opened(whole()) as pdf:
        assert len(pdf.pages) == whole().pages
        assert len(pdf.pages) % 2 == 0
        for page in pdf.pages:
            assert [float(side) for side in page.mediabox] == [0, 0, 396, 612]
            assert [float(side) for side in page.trimbox] == [0, 0, 396, 612]


def test_a_blank_page_has_nothing_on_it() -> None:
    blank = set(range(whole().pages)) - set(whole().starts.values()) - {whole().starts["chapter-1"] + 1}

    assert len(blank) > 15
    assert [lines(whole(), page) for page in sorted(blank)] == [[]] * len(blank)


def test_page_labels_are_roman_before_the_story_and_arabic_from_it_on() -> None:
    starts = whole().starts
    with opened(whole()) as pdf:
        labels = [page.label for page in pdf.pages]

    assert labels[:3] == ["i", "ii", "iii"]
    assert labels[starts["contents"]] == "ix"
    assert labels[starts["prologue"]] == "1"
    assert labels[starts["chapter-2"]] == "7"


def test_a_book_without_front_matter_begins_with_page_1() -> None:
    with opened(novel()) as pdf:
        assert pdf.pages[0].label == "1"
    assert head_and_folio(novel(), 0) == ("", "1")


def test_a_body_that_begins_with_a_part_counts_from_it_and_only_from_it() -> None:
    written = write(Book((), WHOLE_BOOK.body[1:]))

    assert head_and_folio(written, written.starts["part-1"]) == ("", "")
    assert head_and_folio(written, written.starts["chapter-1"])[1] == "3"
    assert head_and_folio(written, written.starts["part-2"]) == ("", "")
    assert head_and_folio(written, written.starts["interlude"])[1] == "9"


# ---------------------------------------------------------------- heads, folios, contents


def test_pages_that_show_no_folio() -> None:
    for name in ("half-title", "title-page", "copyright", "dedication", "epigraph", "part-1", "part-2"):
        assert head_and_folio(whole(), whole().starts[name]) == ("", ""), name


def test_openings_have_a_folio_and_no_head() -> None:
    with opened(whole()) as pdf:
        for name in (
            "contents",
            "foreword",
            "prologue",
            "chapter-1",
            "chapter-2",
            "epilogue",
            "notes",
            "also-by",
        ):
            page = whole().starts[name]
            assert head_and_folio(whole(), page) == ("", pdf.pages[page].label), name


def test_versos_say_the_title_of_the_book_and_rectos_that_of_the_chapter() -> None:
    assert head_and_folio(novel(), 1) == ("The Lamplighter’s Ledger", "2")
    assert head_and_folio(novel(), 2) == ("The Tide Table", "3")
    assert head_and_folio(novel(), novel().starts["breaks"] + 2) == ("Breaks", "15")


def test_a_head_too_long_for_its_line_is_cut_at_a_word() -> None:
    head, _ = head_and_folio(novel(), novel().starts["endless"] + 2)

    assert head == "On Lamps and Ledgers On Lamps and Ledgers On Lamps…"


def test_contents_give_the_page_that_each_heading_stands_on() -> None:
    rows = [line.text for line in body_lines(whole(), whole().starts["contents"])]
    given = {row.split(".")[0].split(":")[0].strip(): row.split()[-1].lstrip(".") for row in rows[1:]}
    with opened(whole()) as pdf:
        expected = {
            name: pdf.pages[whole().starts[id_]].label
            for name, id_ in {
                "Foreword": "foreword",
                "Introduction": "introduction",
                "Part One": "part-1",
                "Chapter 1": "chapter-1",
                "Chapter 2": "chapter-2",
                "Epilogue": "epilogue",
                "Also by Maren Oddny Vale": "also-by",
            }.items()
        }

    assert rows[0] == "Contents"
    assert given | expected == given
    assert len(given) == 19


# ---------------------------------------------------------------- the text block


def test_all_lines_of_the_book_stand_on_one_grid() -> None:
    for written in (whole(), novel()):
        feet = {
            round(line.baseline % LEADING, 1)
            for page in range(written.pages)
            for line in body_lines(written, page)
            if abs(line.size - SIZE) < 0.01
        }
        assert len(feet) == 1


def test_a_full_page_has_all_its_lines_and_facing_pages_end_alike() -> None:
    verso, recto = body_lines(novel(), 13), body_lines(novel(), 12)

    assert len(verso) == DEPTH
    assert verso[-1].baseline == recto[-1].baseline


def test_a_scene_break_shows_at_the_foot_and_at_the_head_of_a_page() -> None:
    first = novel().starts["breaks"]
    foot, head = body_lines(novel(), first)[-1], body_lines(novel(), first + 2)[0]

    assert (foot.text.split(), head.text.split()) == (["*"] * 3, ["*"] * 3)
    assert foot.baseline == body_lines(novel(), first + 1)[-1].baseline
    assert head.baseline == body_lines(novel(), first + 1)[0].baseline


@pytest.mark.parametrize("composition", ["fine", "plain"])
def test_a_poem_of_short_stanzas_parts_between_them_and_nowhere_else(composition: str) -> None:
    couplet = Stanza(tuple(Line(inlines(f"{name} of two")) for name in ("First", "Second")))
    triplet = Stanza(tuple(Line(inlines(f"{name} of three")) for name in ("First", "Second", "Third")))
    poem = (paragraph("They sang:"), Verse((couplet, triplet) * 8), paragraph("And so it went on."))
    written = write(Book((), (chapter(1, "", poem),)), sample_edition(Format.PDF, composition=composition))
    first, second = ([line.text.strip() for line in body_lines(written, page)] for page in range(2))

    assert len(first) >= DEPTH / 2
    assert first[-1] in {"Second of two", "Third of three"}
    assert second[0].startswith("First of")


def test_words_stay_whole_where_letters_are_spaced() -> None:
    page = [line.text for line in body_lines(whole(), whole().starts["chapter-1"])]

    assert page[0].strip() == "Chapter 1"
    assert body_lines(whole(), whole().starts["prologue"])[1].text.startswith(
        "The lamps of Saltmarsh were lit"
    )


def test_type_of_other_fonts_does_not_push_lines_apart() -> None:
    first, *rest = body_lines(novel(), novel().starts["odd"])

    assert "A chapter without a heading." in first.text
    assert rest == []


# ---------------------------------------------------------------- the file


def test_fonts_are_embedded_and_are_the_book_s_own() -> None:
    with opened(whole()) as pdf:
        fonts = [item for item in pdf.objects if isinstance(item, pikepdf.Dictionary) and "/FontName" in item]
        names = {str(font.FontName).partition("+")[2] for font in fonts}

        assert all("/FontFile2" in font for font in fonts)
    assert names == {
        "Source-Serif-Pro-bookbuild", "Source-Serif-Pro-bookbuild-Italic", "Source-Serif-Pro-bookbuild-Bold",
    }  # fmt: skip


def test_the_outline_lists_all_headings_and_puts_chapters_into_their_parts() -> None:
    with opened(whole()) as pdf, pdf.open_outline() as outline:
        titles = [item.title for item in outline.root]
        part = outline.root[titles.index("Part One: Wick")]
        page = pikepdf.Page(part.children[0].destination[0])

        assert titles == [
            "Contents", "Foreword", "Dramatis Personae", "Previously", "Preface", "Introduction", "Prologue", "Part One: Wick",
            "Part Two: Tide", "Epilogue: Home", "Author’s Notes", "Acknowledgements", "Glossary", "Afterword",
            "About the Author", "Also by Maren Oddny Vale",
        ]  # fmt: skip
        assert [item.title for item in part.children] == ["Chapter 1: The Trip & the <Ledger>", "Chapter 2"]
        assert page.index == whole().starts["chapter-1"]


def test_a_screen_reader_finds_tags_language_and_title() -> None:
    with opened(whole()) as pdf:
        root = pdf.Root

        assert root.MarkInfo.Marked
        assert "/StructTreeRoot" in root
        assert str(root.Lang) == "en-GB"
        assert root.ViewerPreferences.DisplayDocTitle
        assert re.search(rb'pdfuaid:part(="|>)1', root.Metadata.read_bytes())


def test_metadata_come_from_build_yaml_and_dates_from_the_book() -> None:
    with opened(whole()) as pdf:
        info = {key: str(value) for key, value in pdf.docinfo.items()}

    assert info["/Title"] == "The Lamplighter’s Ledger"
    assert info["/Author"] == "Maren Oddny Vale, Ilse Quill"
    assert info["/Subject"] == "A lamplighter finds her own name in a ledger of the drowned."
    assert info["/Keywords"] == "Fantasy, Sea stories"
    assert info["/CreationDate"].startswith("D:20260531")
    assert info["/CreationDate"] == info["/ModDate"]


def test_black_is_one_ink() -> None:
    with opened(whole()) as pdf:
        for page in pdf.pages:
            operators = {str(instruction.operator) for instruction in pikepdf.parse_content_stream(page)}
            assert not operators & {"rg", "RG", "k", "K"}


def test_the_same_book_gives_the_same_bytes_in_every_process() -> None:
    script = (
        "import sys, tests.pdf_reading as p, tests.tree_samples as t;"
        "sys.stdout.buffer.write(p.write(t.plain_book('One ☃ ☂', 'Two')).data)"
    )
    made = [
        subprocess.run(
            [sys.executable, "-c", script],
            cwd=ROOT,
            env=os.environ | {"PYTHONHASHSEED": seed, "TZ": zone},
            check=True,
            capture_output=True,
        )
        for seed, zone in (("1", "UTC"), ("2", "Asia/Tokyo"))
    ]

    assert made[0].stdout.startswith(b"%PDF-1.7")
    assert made[0].stdout == made[1].stdout
    assert [process.stderr for process in made] == [b"", b""]


# ---------------------------------------------------------------- odd books


def test_titles_may_hold_anything() -> None:
    odd = "Tea & <Sympathy> \"'“”\\ } @page {"
    written = write(plain_book(odd), sample_edition(Format.PDF, title=odd))

    assert body_lines(written, 0)[1].text.strip() == odd
    with opened(written) as pdf:
        assert str(pdf.docinfo.Title) == odd
    assert written.findings == ()


def test_a_link_to_what_is_not_in_the_edition_is_left_as_text() -> None:
    kinds = WHOLE_BOOK.frontmatter[6].kind
    lost = section(kinds, "Foreword", paragraph("See ", Link(inlines("there"), "nowhere"), "."))
    written = write(Book((lost,), plain_book("One").body))

    assert [finding.message for finding in written.findings] == [
        "a link leads to 'nowhere', which is not in this edition; it is left as plain text"
    ]
    assert body_lines(written, 0)[1].text == "See there."


def test_a_hyphen_that_must_not_break_is_set_in_the_font_of_the_book() -> None:
    written = write(plain_book("Forty\u2011one"))

    assert written.findings == ()
    assert body_lines(written, 0)[1].text.replace("\u2060", "").strip() == "Forty-one"


@pytest.mark.parametrize("language", ["de", "he", "tlh"])
def test_any_language_can_be_set(language: str) -> None:
    written = write(plain_book("One"), sample_edition(Format.PDF, language=language))

    assert written.pages == 2
    with opened(written) as pdf:
        assert str(pdf.Root.Lang) == language
