"""Fonts: those that come with bookbuild, the author's own, and what they lack."""

import shutil
from pathlib import Path

import pytest
from font_source_serif_pro import font_files_ttf

from bookbuild.config.keys import FontFiles
from bookbuild.config.values import Format
from bookbuild.errors import BookError, Place, RequestError
from bookbuild.source import Source, Span
from bookbuild.tree import (
    Block,
    Book,
    Chapter,
    ChapterKind,
    Emphasis,
    Heading,
    Inlines,
    Paragraph,
    Strong,
    Text,
)
from bookbuild.writers.fonts import MOST_CHARACTERS, Family, missing, read_family
from bookbuild.writers.text_runs import FaceStyle, book_runs
from tests.pdf_reading import opened, write
from tests.tree_samples import WHOLE_BOOK, emphasis, paragraph, plain_book, sample_edition

AT = Place("build.yaml", 5, 9)


def serif() -> Family:
    return read_family("Source Serif Pro", Path(), AT)


def book_of(*blocks: Block) -> Book:
    return Book((), (Chapter("one", ChapterKind.CHAPTER, Heading((), ()), blocks),))


def said(book: Book, family: Family) -> list[str]:
    return [str(finding).splitlines()[0] for finding in missing(book, family, AT)]


def typed(text: str) -> Inlines:
    """Give text that stands in the third line of a chapter."""
    return (Text(text, Span(Source("one.txt", f"\n\n{text}"), 2, 2 + len(text))),)


def test_the_font_that_comes_with_bookbuild_has_all_faces_in_truetype() -> None:
    faces = serif().faces

    assert set(faces) == set(FaceStyle)
    assert {face.path.suffix for face in faces.values()} == {".ttf"}
    assert [(face.weight, face.slant) for face in faces.values()] == [
        (400, "normal"), (400, "italic"), (700, "normal"), (700, "italic"),
    ]  # fmt: skip


def test_a_font_that_is_not_there_is_an_error_that_names_those_that_are() -> None:
    with pytest.raises(
        RequestError, match=r"(?s)build\.yaml:5:9: error: there is no font 'Garamond'.*Source Serif Pro"
    ):
        read_family("Garamond", Path(), AT)


def test_the_author_s_own_files_are_taken_and_what_they_lack_is_told(tmp_path: Path) -> None:
    shutil.copy(font_files_ttf["SourceSerifProLight"], tmp_path / "own.ttf")
    own = {"family": "Öwn, “Serif”", "regular": "own.ttf"}
    one = book_of(paragraph("A ", emphasis("b"), "."))
    written = write(one, sample_edition(Format.PDF, page={"font": own}), tmp_path)

    assert [str(finding).splitlines()[0] for finding in written.findings] == [
        "build.yaml:7:3: warning: Öwn, “Serif” has no italic face, which the book needs; the regular one is taken"
    ]
    with opened(written) as pdf:
        names = {str(font.BaseFont).partition("+")[2] for font in pdf.pages[0].Resources.Font.values()}
    assert all(name.startswith("wn-Serif-bookbuild") for name in names)


@pytest.mark.parametrize(
    ("name", "fault"),
    [
        ("../own.ttf", "lies outside the book's folder"),
        ("missing.ttf", "there is no file 'missing.ttf'"),
        ("text.ttf", "'text.ttf' cannot be read as a font"),
        ("cut.ttf", "'cut.ttf' cannot be read as a font"),
    ],
)
def test_a_file_that_is_no_font_of_the_book_is_an_error(tmp_path: Path, name: str, fault: str) -> None:
    folder = tmp_path / "book"
    folder.mkdir()
    whole = Path(font_files_ttf["SourceSerifPro"]).read_bytes()
    (tmp_path / "own.ttf").write_bytes(whole)
    (folder / "text.ttf").write_text("not a font")
    (folder / "cut.ttf").write_bytes(whole[:2000])

    with pytest.raises(BookError, match=r"build\.yaml:5:9: error: ") as told:
        read_family(FontFiles(family="Own", regular=name), folder, AT)
    assert fault in str(told.value)


def test_a_character_that_a_face_lacks_is_told_once_by_name_and_place() -> None:
    snow = book_of(Paragraph(typed("A ☃ and a ☃.")), Paragraph((Emphasis(typed("◆")), *typed("◆"))))

    assert said(snow, serif()) == [
        "one.txt:3:1: warning: Source Serif Pro regular has no ☃ (U+2603, SNOWMAN); another font's is taken, or a box",
        "one.txt:3:1: warning: Source Serif Pro italic has no ◆ (U+25C6, BLACK DIAMOND); another font's is taken, or a box",
    ]


@pytest.mark.parametrize(
    "text", ["e\u0301le\u0300ve", "soft\xadhyphen", "zero\u200bwidth", "no\xa0break\u2009thin", "\u2011"]
)
def test_what_does_not_show_or_is_put_together_is_not_missed(text: str) -> None:
    assert said(book_of(paragraph(text)), serif()) == []


def test_a_text_in_another_script_does_not_fill_the_screen() -> None:
    told = said(book_of(paragraph("".join(chr(0x4E00 + number) for number in range(100)))), serif())

    assert len(told) == MOST_CHARACTERS + 1
    assert told[-1] == "warning: Source Serif Pro lacks 80 more characters that the book has"


def test_faces_are_those_that_the_marks_ask_for() -> None:
    marked = book_of(paragraph("a", emphasis("b", emphasis("c"), Strong((Text("d"),))), Strong((Text("e"),))))

    assert [(run.text, run.style.value) for run in book_runs(marked)] == [
        ("a", "regular"), ("b", "italic"), ("c", "regular"), ("d", "bold italic"), ("e", "bold"),
    ]  # fmt: skip


def test_every_text_of_the_book_is_looked_at() -> None:
    text = " ".join(run.text for run in book_runs(WHOLE_BOOK))

    for words in (
        "The Lamplighter’s Ledger", "For the ones at sea", "Wick", "Part Two", "Prologue", "Nobody", "home, home",
        "E. Crane", "wren_of_the_quay", "four", "Exams", "Lamp", "Author’s Notes", "Chandler",
    ):  # fmt: skip
        assert words in text
    assert "Follow me" not in text


def test_a_missing_character_keeps_the_program_quiet_and_the_book_whole(
    capfd: pytest.CaptureFixture[str],
) -> None:
    written = write(plain_book("Snow ☃ 漢"))

    assert [finding.message.split(";")[0] for finding in written.findings][:2] == [
        "Source Serif Pro regular has no ☃ (U+2603, SNOWMAN)",
        "Source Serif Pro regular has no 漢 (U+6F22, CJK UNIFIED IDEOGRAPH-6F22)",
    ]
    assert capfd.readouterr() == ("", "")
