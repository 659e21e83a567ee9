"""The printed page: whole lines, and a gutter that grows with the book."""

from pathlib import Path

import pytest
from font_source_serif_pro import font_files_ttf

from bookbuild.config.keys import Margins, Page
from bookbuild.errors import Place, RequestError
from bookbuild.writers.page_estimate import estimate_pages
from bookbuild.writers.page_geometry import gutter, page_geometry, required_inside

AT = Place("build.yaml", 3, 1)
FACE = Path(font_files_ttf["SourceSerifPro"])
PAGES = (24, 150, 151, 300, 301, 500, 501, 700, 701, 828)


def test_the_least_inside_margins_are_those_of_kdp() -> None:
    least = [required_inside(pages) / 72 for pages in PAGES]

    assert least == [0.375, 0.375, 0.5, 0.5, 0.625, 0.625, 0.75, 0.75, 0.875, 0.875]
    assert required_inside(2000) == required_inside(828)


def test_the_gutter_grows_with_the_book_and_lines_keep_their_length() -> None:
    pages = [page_geometry(Page(), count, AT) for count in PAGES]

    assert gutter(24) == 0
    assert [page.inside for page in pages] == sorted(page.inside for page in pages)
    assert pages[-1].inside > pages[0].inside
    assert {round(page.measure, 6) for page in pages} == {297}
    assert all(page.outside >= 0.375 * 72 for page in pages)


@pytest.mark.parametrize("count", PAGES)
def test_narrow_margins_are_made_as_wide_as_printers_demand(count: int) -> None:
    narrow = Page(margins=Margins(inside="0.375in", outside="0.375in"))
    page = page_geometry(narrow, count, AT)

    assert page.inside >= required_inside(count)
    assert page.outside == 0.375 * 72


def test_the_text_block_is_whole_lines_and_the_foot_takes_the_rest() -> None:
    page = page_geometry(Page(), 100, AT)
    bottom, top = page.text_area[:2]

    assert page.lines == 34
    assert page.top + page.depth + page.bottom == pytest.approx(612)
    assert page.bottom >= Margins().bottom
    assert bottom < page.bottom < page.height - page.top < top


def test_a_block_meant_to_be_whole_lines_loses_none_to_rounding() -> None:
    page = Page(trim="148x210mm", margins=Margins(top="20mm", bottom="20mm"), leading="17mm")

    assert page_geometry(page, 100, AT).lines == 10


@pytest.mark.parametrize(
    "page",
    [
        Page(margins=Margins(inside="3in", outside="3in")),
        Page(margins=Margins(top="5in", bottom="4in")),
        Page(leading="300pt"),
        Page(size="60pt", leading="60pt"),
    ],
)
def test_a_page_without_room_for_text_is_an_error_with_its_place(page: Page) -> None:
    with pytest.raises(RequestError, match=r"build\.yaml:3:1: error: the margins leave no room for the text"):
        page_geometry(page, 100, AT)


def test_pages_are_estimated_from_the_widths_of_words() -> None:
    page = page_geometry(Page(), 0, AT)
    short, verse = "<p>Tea.</p>" * 33, f"<p>{'Tea.<br/>' * 65}Tea.</p>"

    assert estimate_pages([short], FACE, page) == 2
    assert estimate_pages([short, short], FACE, page) == 4
    assert estimate_pages([verse], FACE, page) == 4
