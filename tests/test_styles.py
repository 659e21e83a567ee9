"""The styles: each sets the sample book without a warning, and looks as it says."""

import re
from collections import Counter
from pathlib import Path

import pypdfium2
import pytest

from bookbuild.config.load import Config, load_config
from bookbuild.errors import Place
from bookbuild.styles import BASE, page_of, style_names, style_sheets
from tests.program import MINIMAL, files_in, make_book, run

ROOT = Path(__file__).parent.parent
STORY = (
    "Chapter 1\n\nThe Quay\n\nIt *rained* on the extraordinarily uncomfortable harbourmaster, and on everybody who was "
    "unaccustomed to considerable quantities of precipitation.\n\n***\n\nIt went on raining. Nobody came.\n"
)


def config(folder: Path, text: str) -> Config:
    (folder / "build.yaml").write_text(MINIMAL + text, "utf-8")
    return load_config(folder / "build.yaml")


def built(folder: Path, style: str, more: str = "") -> Path:
    """Build a short book as a PDF in a style, and see that nothing is told of it."""
    make_book(folder, {"one.txt": STORY}, f"{MINIMAL}style: {style}\n{more}")
    said = run(folder, "build", "-e", "pdf")

    assert (said.code, said.err) == (0, ""), said.err
    return next((folder / "build").glob("*.pdf"))


def text_of(pdf: Path) -> list[str]:
    with pypdfium2.PdfDocument(pdf) as document:
        return [page.get_textpage().get_text_bounded() for page in document]


@pytest.mark.parametrize("style", style_names())
def test_each_style_sets_all_that_a_book_can_have_without_a_warning(style: str, tmp_path: Path) -> None:
    sample = (ROOT / "build.yaml").read_text("utf-8")
    texts = [path for path in (ROOT / "manuscript").rglob("*") if path.is_file()]
    chapters = {str(path.relative_to(ROOT / "manuscript")): path.read_bytes() for path in texts}
    make_book(tmp_path, chapters, f"{sample}\nstyle: {style}\n")
    said = run(tmp_path, "build")

    assert said.code == 0
    assert "every word arrived" in said.out
    assert [line for line in said.err.splitlines() if "warning" in line or "error" in line] == []
    assert len([name for name in files_in(tmp_path) if name.endswith((".pdf", ".epub"))]) == 2


def test_the_style_brings_its_page_and_what_is_written_comes_first(tmp_path: Path) -> None:
    page = config(tmp_path, "style: large-print\npage: {size: 18pt}\n").settings.page

    assert (page.size, page.leading, page.font) == (18, 23, "Atkinson Hyperlegible")


def test_an_edition_s_own_style_brings_its_page_whatever_the_book_s_is(tmp_path: Path) -> None:
    text = (
        "page: {size: 11pt, trim: a5}\neditions:\n  print: {format: pdf}\n"
        "  large: {format: pdf, style: large-print, page: {trim: a4}}\n"
    )
    plain, large = (edition.settings.page for edition in config(tmp_path, text).editions)

    assert (plain.size, plain.font) == (11, "Source Serif Pro")
    assert (large.size, round(large.trim[0])) == (16, 595)


def test_a_manuscript_has_a_title_page_alone_before_the_story_unless_the_book_says_otherwise(
    tmp_path: Path,
) -> None:
    editions = "editions:\n  print: {format: pdf}\n  submission: {format: pdf, style: manuscript}\n"

    def frontmatter(text: str) -> list[list[object]]:
        found = config(tmp_path, text + editions).editions
        return [[matter.kind for matter in edition.settings.frontmatter] for edition in found]

    assert frontmatter("") == [["half title", "title page", "copyright", "contents"], ["title page"]]
    assert frontmatter("frontmatter: [title page, copyright]\n") == [["title page", "copyright"]] * 2


@pytest.mark.parametrize("style", [style for style in style_names() if style != BASE])
def test_the_page_of_a_style_is_a_page_that_build_yaml_can_ask_for(style: str, tmp_path: Path) -> None:
    assert config(tmp_path, f"style: {style}\n").settings.page.size == float(
        page_of(style)["size"].removesuffix("pt")
    )


@pytest.mark.parametrize("wrong", ["glossy", "[modern]", "{a: b}", "7"])
def test_a_style_that_is_none_is_an_error_with_its_place(wrong: str, tmp_path: Path) -> None:
    make_book(tmp_path, build_file=f"{MINIMAL}style: {wrong}\n")
    said = run(tmp_path, "build")

    assert said.code == 2
    assert said.err.startswith("build.yaml:3:8: error: ")


def test_the_lines_of_a_draft_are_numbered_in_the_margin_and_the_numbers_are_no_words_of_the_book(
    tmp_path: Path,
) -> None:
    first = next(page for page in text_of(built(tmp_path, "draft")) if "rained" in page)

    assert {str(number) for number in range(1, 29)} <= set(re.findall(r"\d+", first))


def test_large_print_has_neither_hyphens_nor_italics(tmp_path: Path) -> None:
    pdf = built(tmp_path, "large-print", "page: {trim: 5.06x7.81in}\n")
    with pypdfium2.PdfDocument(pdf) as document:
        fonts = Counter(
            item.get_font().get_base_name() for page in document for item in page.get_objects([1])
        )
    assert not any(re.search(r"[-\u2010\ufffe]\r?\n", page) for page in text_of(pdf))
    assert fonts
    assert not any("Italic" in name for name in fonts)


def test_a_manuscript_has_surname_title_and_page_at_its_head_and_a_number_sign_between_scenes(
    tmp_path: Path,
) -> None:
    pages = text_of(built(tmp_path, "manuscript"))

    assert any(
        "Onymous / The Salt Road / ii" in page.replace("\r\n", " ") or "Onymous / The Salt Road / 1" in page
        for page in pages
    )
    assert any("#" in page for page in pages)


@pytest.mark.parametrize("style", style_names())
def test_links_can_be_read_where_a_reader_turns_the_page_dark(style: str) -> None:
    """epub.js colours the body alone, and leaves links the browser's blue: 2.0 to 1 on black."""
    sheets = style_sheets(style, "epub.css", Place("build.yaml"))
    css = "\n".join(path.read_text("utf-8") for path in sheets)

    assert re.search(r"(?m)^a \{\s*color: inherit", css)
    assert set(re.findall(r"[{;\s]color: *([^;}]+?) *[;}/]", css)) <= {"inherit"}
