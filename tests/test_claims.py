"""What an EPUB claims of its accessibility: what holds of it, and no more."""

from dataclasses import replace

import pytest

from bookbuild.contrast import poor_contrasts
from bookbuild.stylesheets import read_sheet
from bookbuild.tree import Book, Chapter, ChapterKind, Heading
from bookbuild.writers.epub_claims import Claims, claims
from tests.epub_reading import CSS
from tests.tree_samples import WHOLE_BOOK, paragraph


@pytest.mark.parametrize(
    ("css", "expected"),
    [
        ("", Claims(headed=True, adaptable=True, readable=True)),
        (".title { color: #333; letter-spacing: 0.1em }", Claims(headed=True, adaptable=True, readable=True)),
        ("p { font-size: 12pt }", Claims(headed=True, adaptable=False, readable=True)),
        ("p { line-height: 14px }", Claims(headed=True, adaptable=False, readable=True)),
        (".note { color: #aaa }", Claims(headed=True, adaptable=True, readable=False)),
        (".note { display: none }", Claims(headed=True, adaptable=True, readable=False)),
    ],
)
def test_what_the_author_s_own_css_does_decides_what_is_claimed(css: str, expected: Claims) -> None:
    assert claims(WHOLE_BOOK, (CSS, css)) == replace(expected, pictured=True)
    assert claims(WHOLE_BOOK, (CSS, css)).conforms == (
        expected == Claims(headed=True, adaptable=True, readable=True)
    )


def test_a_book_with_a_chapter_that_has_no_heading_does_not_conform() -> None:
    book = Book((), (Chapter("c", ChapterKind.CHAPTER, Heading((), ()), (paragraph("Rain."),)),))

    assert not claims(book, (CSS,)).conforms


@pytest.mark.parametrize(
    ("css", "ratios"),
    [
        ("color: #767676", []),  # the palest grey on white that is enough
        ("color: #777", ["4.5"]),
        ("color: white; background: navy", []),
        ("color: white", ["1.0"]),
        ("background-color: #fff", []),
        ("color: rgba(0, 0, 0, 0.3)", ["2.1"]),
        ("color: inherit", []),
        ("color: currentcolor; background: none", []),
        ("color: no-colour", []),
    ],
)
def test_contrast_is_that_of_wcag(css: str, ratios: list[str]) -> None:
    found = poor_contrasts(read_sheet(f"p {{ {css} }}", "own.css").declarations)

    assert [f"{ratio:.1f}" for _, ratio in found] == ratios
