"""Style sheets of the author: what they may ask for, and what is said of what is wrong in them."""

from collections.abc import Callable
from pathlib import Path

import pytest

from bookbuild.errors import BookError
from bookbuild.writers.weasyprint_layout import Layout, lay_out
from bookbuild.writers.weasyprint_log import Sheet, read_sheet
from tests.pdf_reading import PRINT_CSS, novel, whole, write
from tests.tree_samples import plain_book


@pytest.fixture
def set_with(tmp_path: Path) -> Callable[[str], Layout]:
    """Lay out a paragraph with a style sheet that stands in the book's folder."""
    folder = tmp_path / "book"
    folder.mkdir()
    (tmp_path / "secret.png").write_bytes(b"secret")
    (folder / "out.png").symlink_to(tmp_path / "secret.png")
    (folder / "loop").symlink_to(folder)

    def lay(css: str) -> Layout:
        return lay_out(
            "<html lang=en><title>T</title><p>Text.",
            [Sheet("own.css", css, folder / "own.css")],
            "",
            [folder],
        )

    return lay


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        ("file:///etc/passwd", "lies outside the book's folder"),
        ("../secret.png", "lies outside the book's folder"),
        ("loop/../../secret.png", "lies outside the book's folder"),
        ("out.png", "lies outside the book's folder"),
        ("%2e%2e/secret.png", "lies outside the book's folder"),
        ("/dev/zero", "lies outside the book's folder"),
        ("http://127.0.0.1:9/a.png", "nothing is fetched over the network"),
        ("https://example.com/a.png", "nothing is fetched over the network"),
        ("//example.com/a.png", "nothing is fetched over the network"),
        ("ftp://example.com/a.png", "nothing is fetched over the network"),
        (".", "is not there, or is no file"),
        ("missing.png", "is not there, or is no file"),
    ],
)
@pytest.mark.parametrize(
    "rule", ["p {{ background: url({}) }}", '@import "{}";', "@font-face {{ font-family: F; src: url({}) }}"]
)
def test_nothing_outside_the_book_is_read(
    set_with: Callable[[str], Layout], rule: str, address: str, reason: str
) -> None:
    with pytest.raises(BookError, match=reason) as refused:
        set_with("/* a comment */\n" + rule.format(address))

    place = refused.value.findings[0].place
    assert place is not None
    assert place.path == "own.css"
    assert place.line in {0, 2}


def test_a_file_of_the_book_and_a_data_address_may_be_read(
    set_with: Callable[[str], Layout], tmp_path: Path
) -> None:
    (tmp_path / "book" / "sub.css").write_text("p { color: gray }")
    css = '@import "sub.css"; p::before { content: url("data:image/svg+xml,<svg xmlns=%27http://www.w3.org/2000/svg%27/>") }'

    assert set_with(css).findings == ()


def test_a_fault_in_an_imported_sheet_is_told_with_its_place(
    set_with: Callable[[str], Layout], tmp_path: Path
) -> None:
    (tmp_path / "book" / "sub.css").write_text("\nq { zoink: 1 }")
    findings = set_with('@import "sub.css";').findings

    assert [str(finding.place) for finding in findings] == ["sub.css:2:5"]


def test_a_picture_does_not_lead_out_either(set_with: Callable[[str], Layout], tmp_path: Path) -> None:
    picture = "<svg xmlns='http://www.w3.org/2000/svg' xmlns:x='http://www.w3.org/1999/xlink' width='9' height='9'><image width='9' height='9' x:href='file:///etc/passwd'/></svg>"
    (tmp_path / "book" / "a.svg").write_text(picture)

    with pytest.raises(
        BookError, match=r"a\.svg:1:\d+: error: 'file:///etc/passwd' lies outside the book's folder"
    ):
        set_with("p::before { content: url(a.svg) }").paint()


@pytest.mark.parametrize(
    ("css", "said"),
    [
        ("p {\n  colr: red }", "own.css:2:3: warning: ignored 'colr: red', unknown property"),
        ("p { color: bluish }", "own.css:1:5: warning: ignored 'color: bluish', invalid value"),
        ("h1 { text-wrap: balance }", "own.css:1:6: warning: ignored 'text-wrap: balance', unknown property"),
        ("\n@page :frist { margin: 0 }", "own.css:2:1: warning: unsupported @page selector ' :frist '"),
        (
            "\n\n  p::befre { color: red }",
            "own.css:3:3: warning: invalid or unsupported selector, 'p::befre '",
        ),
        (
            "@font-face { font-family: Q }",
            "own.css:1:1: warning: missing src descriptor in '@font-face' rule",
        ),
        ("p { height: calc(1em * 1px) }", "own.css:1:13: warning: invalid math function: calc(1em * 1px)"),
    ],
)
def test_a_fault_in_a_style_sheet_is_told_with_its_place(
    set_with: Callable[[str], Layout], css: str, said: str, capfd: pytest.CaptureFixture[str]
) -> None:
    findings = [str(finding) for finding in set_with(css).findings]

    assert len(findings) == 1
    assert findings[0].startswith(said)
    assert capfd.readouterr() == ("", "")


def test_css_that_weasyprint_fails_on_is_an_error_and_no_traceback(set_with: Callable[[str], Layout]) -> None:
    with pytest.raises(BookError, match=r"own\.css: error: WeasyPrint, which makes the PDF, fails"):
        set_with("p { width: calc(1px + ) }")


def test_the_author_s_sheet_is_laid_over_the_style_and_named_as_build_yaml_does(tmp_path: Path) -> None:
    written = write(plain_book("One"), folder=tmp_path, css="h1 { text-align: left }\np { colr: red }")

    assert [str(finding.place) for finding in written.findings] == ["own.css:2:5"]


def test_a_sheet_that_is_not_utf_8_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "own.css").write_bytes(b"/* caf\xe9 */")

    with pytest.raises(BookError, match=r"own\.css: error: is not UTF-8 text"):
        read_sheet(tmp_path / "own.css", "own.css")


def test_our_own_style_is_without_fault() -> None:
    assert whole().findings == ()
    assert all(PRINT_CSS.name not in str(finding) for finding in novel().findings)
