"""Fonts in an EPUB: only on request, only what the book needs, and only where their makers allow it."""

from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from font_source_serif_pro import font_files_ttf
from fontTools.ttLib import TTFont

from bookbuild.config.keys import FontFiles
from bookbuild.config.values import Format
from bookbuild.errors import BookError, Place
from bookbuild.writers.embedded_fonts import embed
from bookbuild.writers.epub import Enclosed, write_epub
from bookbuild.writers.fonts import Family, read_family
from tests.epub_reading import COVER, CSS, files, whole, xpath
from tests.program import MINIMAL, make_book, run
from tests.test_epub_checkers import epubcheck
from tests.tree_samples import PICTURES, WHOLE_BOOK, plain_book, sample_edition

AT = Place("build.yaml", 7, 14)


def serif() -> Family:
    return read_family("Source Serif Pro", Path(), AT)


def font_allowing(folder: Path, allowed: int, version: int = 4) -> Path:
    """Make a font whose maker allows this much (OS/2 fsType)."""
    path = folder / "own.ttf"
    with TTFont(font_files_ttf["SourceSerifPro"]) as font:
        font["OS/2"].fsType, font["OS/2"].version = allowed, version
        font.save(path)
    return path


def test_no_font_is_embedded_unless_it_is_asked_for() -> None:
    assert not [name for name in whole() if name.endswith((".ttf", ".otf")) or "font" in name]
    assert b"ibooks" not in whole()["content.opf"]


def test_a_table_that_is_left_out_is_not_told_to_an_author(caplog: pytest.LogCaptureFixture) -> None:
    fonts = embed(plain_book("One"), read_family("Spectral", Path(), AT), AT)

    assert len(fonts) == 5
    assert caplog.messages == []


def test_the_faces_come_with_their_sheet_and_apple_books_is_told_of_them() -> None:
    fonts = embed(WHOLE_BOOK, serif(), AT)
    made = files(write_epub(WHOLE_BOOK, sample_edition(), COVER, [CSS], Enclosed(fonts)))

    names = ["font-regular.ttf", "font-italic.ttf", "font-bold.ttf", "font-bold-italic.ttf"]
    assert [file.name for file in fonts] == ["fonts.css", *names]
    package = made["content.opf"]
    assert xpath(package, "//opf:item[@media-type='application/vnd.ms-opentype']/@href") == names
    assert xpath(package, "//opf:meta[@property='ibooks:specified-fonts']/text()") == ["true"]
    assert xpath(package, "/opf:package/@prefix")[0].startswith("ibooks: ")
    assert xpath(made["prologue.xhtml"], "//h:link/@href") == ["fonts.css", "style-1.css"]


def test_the_font_is_asked_for_at_the_body_alone_so_that_a_reader_may_choose_another() -> None:
    sheet = embed(plain_book("One"), serif(), AT)[0].data.decode()

    outside = [rule for rule in sheet.split("}") if "@font-face" not in rule and rule.strip()]
    assert outside == ['\n\nbody {\n  font-family: "Source Serif Pro", serif;\n']
    assert "!important" not in sheet


def test_the_files_call_the_family_as_the_sheet_does() -> None:
    """By whatever names its faces went before: `own-semibold.otf` is this family's bold."""
    sheet, *faces = embed(plain_book("One"), replace(serif(), name="Aunt's Own"), AT)

    assert sheet.data.decode().count('font-family: "Aunts Own"') == 5
    for face in faces:
        with TTFont(BytesIO(face.data)) as font:
            assert font["name"].getBestFamilyName() == "Aunts Own"
            assert {record.toUnicode() for record in font["name"].names if record.nameID == 1} == {
                "Aunts Own"
            }


def test_a_face_is_cut_down_to_the_characters_of_the_book_and_the_same_each_time() -> None:
    regular = embed(plain_book("Änne"), serif(), AT)[1]

    with TTFont(BytesIO(regular.data)) as font:
        characters = set(map(chr, font.getBestCmap()))
    assert {*"ÄnneNE“”’…"} <= characters
    assert "я" not in characters
    assert len(regular.data) < Path(font_files_ttf["SourceSerifPro"]).stat().st_size / 3
    assert regular == embed(plain_book("Änne"), serif(), AT)[1]


@pytest.mark.parametrize(
    ("allowed", "told"),
    [
        (0x0002, "forbids that it is embedded (OS/2 fsType 0x0002)"),
        (0x0108, "forbids that it is cut down to a book's characters (OS/2 fsType 0x0108)"),
        (0x0200, "forbids that its outlines are embedded (OS/2 fsType 0x0200)"),
        (0x0004, "may be embedded for viewing and printing only"),
        (0x0008, ""),
        (0x0000, ""),
        (0x000A, ""),
    ],
)
def test_a_font_is_embedded_only_as_its_maker_allows(tmp_path: Path, allowed: int, told: str) -> None:
    font_allowing(tmp_path, allowed)
    fonts = "page: {font: {family: Own, regular: own.ttf}}\nembed-fonts: on\n"
    make_book(tmp_path, None, MINIMAL + fonts)

    said = run(tmp_path, "check", "-e", "epub")

    assert said.code == int("forbids" in told)
    weight = "error" if "forbids" in told else "warning"
    expected = f"build.yaml:4:14: {weight}: the font 'own.ttf' {told}\n" if told else ""
    assert said.err.startswith(expected) if told else said.err == "", said.err
    assert "hint: " in said.err or not told


def test_a_font_whose_outlines_are_damaged_is_an_error(tmp_path: Path) -> None:
    path = font_allowing(tmp_path, 0)
    data = bytearray(path.read_bytes())
    data[20_000:90_000] = b"\xff" * 70_000  # its outlines
    path.write_bytes(data)

    family = read_family(FontFiles(family="Own", regular="own.ttf"), tmp_path, AT)

    with pytest.raises(BookError, match=r"build\.yaml:7:14: error: the font 'own\.ttf' cannot be cut down"):
        embed(plain_book("One"), family, AT)


@pytest.mark.slow
@pytest.mark.parametrize("format_", [Format.EPUB, Format.KEPUB])
def test_epubcheck_has_nothing_to_say_of_embedded_fonts(tmp_path: Path, format_: Format) -> None:
    path = tmp_path / "fonts.epub"
    written = write_epub(
        WHOLE_BOOK, sample_edition(format_), COVER, [CSS], Enclosed(embed(WHOLE_BOOK, serif(), AT), PICTURES)
    )
    path.write_bytes(written.data)

    assert epubcheck(path) == ""
