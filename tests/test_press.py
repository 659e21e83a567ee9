"""Booklets are folded here, sheet by sheet, and read; pictures of pages are looked at."""

from io import BytesIO
from itertools import pairwise
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from PIL import Image

from bookbuild.cli.printing import chosen
from bookbuild.errors import RequestError
from bookbuild.press.booklet import MM, Binding, Flip, Paper, make_booklet
from bookbuild.press.imposition import Sheet, impose, signature_sizes
from bookbuild.press.spreads import Grid, Spread, contact_sheet, spreads
from tests.program import make_book, run

HOME = Binding(Paper.A4, 4, 0.1 * MM, Flip.SHORT)


def fold(sheets: list[Sheet]) -> list[int | None]:
    """Read nested sheets as a reader does: the right half of each front, then its back, inwards; then outwards again."""
    inwards = [page for sheet in sheets for page in (sheet.front.right, sheet.back.left)]
    outwards = [page for sheet in reversed(sheets) for page in (sheet.back.right, sheet.front.left)]
    return inwards + outwards


@pytest.mark.parametrize("pages", [1, 2, 4, 5, 16, 17, 52, 66, 267])
@pytest.mark.parametrize("most", [1, 4, 5, 10_000])
def test_folded_the_pages_are_in_order_and_blanks_come_last(pages: int, most: int) -> None:
    sheets = list(impose(pages, most))
    read: list[int | None] = []
    for signature in range(sheets[-1].signature + 1):
        read += fold([sheet for sheet in sheets if sheet.signature == signature])

    assert read[:pages] == list(range(pages))
    assert set(read[pages:]) <= {None}
    assert len(read) - pages < 4


def test_signatures_are_about_as_thick() -> None:
    assert signature_sizes(66, 4) == [4, 4, 3, 3, 3]
    assert signature_sizes(16, 4) == [4]
    assert signature_sizes(20, 4) == [3, 2]


# ---------------------------------------------------------------- the sheets


def numbered(pages: int, size: tuple[float, float] = (360, 540)) -> bytes:
    """Make a PDF whose pages say their numbers, in the middle."""
    pdf = pikepdf.new()
    font = pdf.make_indirect(
        pikepdf.Dictionary(
            Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
        )
    )
    for number in range(pages):
        page = pdf.add_blank_page(page_size=size)
        page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F=font))
        text = f"BT /F 24 Tf {size[0] / 2} {size[1] / 2} Td (p{number}) Tj ET"
        page.Contents = pdf.make_stream(text.encode())
    out = BytesIO()
    pdf.save(out)
    return out.getvalue()


def halves(page: pypdfium2.PdfPage) -> tuple[str, str]:
    """Read what stands left and right of the fold."""
    width, height = page.get_size()
    text = page.get_textpage()
    return (
        text.get_text_bounded(0, 0, width / 2, height).strip(),
        text.get_text_bounded(width / 2, 0, width, height).strip(),
    )


def test_the_sheets_have_the_pages_where_the_plan_says() -> None:
    made = make_booklet(numbered(13), HOME)

    assert made.signatures == (4,)
    assert made.blanks == 3
    with pypdfium2.PdfDocument(made.data) as document:
        read = [halves(page) for page in document]
    said = {None: ""} | {number: f"p{number}" for number in range(13)}
    assert read == [
        (said[side.left], said[side.right]) for sheet in impose(13, 4) for side in (sheet.front, sheet.back)
    ]


def test_pages_keep_their_size_where_they_fit_and_shrink_where_they_do_not() -> None:
    assert make_booklet(numbered(4), HOME).scale == 1
    digest = (5.5 * 72, 8.5 * 72)
    assert make_booklet(numbered(4, digest), HOME).scale == pytest.approx(595.28 / 612, abs=1e-3)
    assert make_booklet(numbered(4, digest), Binding(Paper.LETTER, 4, 0, Flip.SHORT)).scale == 1


def left_edges(made: bytes) -> list[float]:
    """Give where the number right of the fold begins, on each front, from the fold."""
    with pypdfium2.PdfDocument(made) as document:
        edges = []
        for number in range(0, len(document), 2):
            page = document[number]
            text = page.get_textpage()
            fold_at = page.get_width() / 2
            lefts = [text.get_charbox(at)[0] - fold_at for at in range(text.count_chars())]
            edges.append(min(left for left in lefts if left > 0))
        return edges


def test_inner_sheets_move_towards_the_fold_by_the_thickness_of_those_around_them() -> None:
    edges = left_edges(make_booklet(numbered(16), Binding(Paper.A4, 4, 1.0, Flip.SHORT)).data)

    assert [outer - inner for outer, inner in pairwise(edges)] == pytest.approx([1, 1, 1], abs=0.05)


def test_a_printer_that_turns_on_the_long_edge_gets_its_backs_upside_down() -> None:
    made = make_booklet(numbered(8), Binding(Paper.A4, 4, 0, Flip.LONG))
    with pikepdf.open(BytesIO(made.data)) as pdf:
        assert [page.obj.get("/Rotate", 0) for page in pdf.pages] == [0, 180, 0, 180]


def test_the_same_pages_give_the_same_bytes() -> None:
    assert make_booklet(numbered(9), HOME) == make_booklet(numbered(9), HOME)


# ---------------------------------------------------------------- pictures


def test_pages_lie_beside_those_that_they_face() -> None:
    assert spreads(range(4)) == [Spread(None, 0), Spread(1, 2), Spread(3, None)]
    assert spreads([2]) == [Spread(None, 2)]


def test_pages_are_chosen_by_what_is_printed_on_them() -> None:
    folios = ["i", "ii", "iii", "iv", "1", "2", "3"]

    assert chosen("ii-iv, 2", folios) == [1, 2, 3, 5]
    assert chosen("3–1", folios) == [4, 5, 6]
    with pytest.raises(RequestError, match="there is no page '9'"):
        chosen("9", folios)


def test_a_contact_sheet_has_its_spreads_in_rows_and_its_grid_where_the_lines_are() -> None:
    grid = Grid(top=60, inside=50, width=260, lines=30, leading=14, ascent=10)
    shown = spreads(range(5))
    picture = Image.open(BytesIO(contact_sheet(numbered(5), shown, 2, 180, grid)))

    assert picture.size == (2 * (2 * 180 + 25) + 25, 2 * (270 + 25) + 25)
    recto = picture.crop((25 + 181, 25, 25 + 361, 295))
    assert recto.getpixel((90, 35)) == (214, 96, 96)  # the first baseline, at 70 pt of 540
    assert recto.getpixel((3, 3)) == (255, 255, 255)
    assert picture.getpixel((30, 30)) == (200, 200, 196)  # nothing faces the first page


# ---------------------------------------------------------------- the commands

BUILD = (
    "title: The Salt Road\nauthors: Ann Onymous\neditions:\n  epub: {format: epub}\n  print: {format: pdf}\n"
)


def test_the_commands_make_a_booklet_and_a_picture(tmp_path: Path) -> None:
    make_book(tmp_path, build_file=BUILD)
    said = run(tmp_path, "booklet", "--paper", "letter")
    shown = run(tmp_path, "pages", "--pages", "1", "--grid")

    assert (said.code, shown.code) == (0, 0), said.err + shown.err
    assert "1 sheets of letter" not in said.out
    with pypdfium2.PdfDocument(tmp_path / "build" / "the-salt-road-print-booklet.pdf") as document:
        guide = document[0].get_textpage().get_text_bounded()
        assert "The Salt Road" in guide
        assert "Print this file on both sides" in guide.replace("\r\n", " ")
        assert document[0].get_size() == document[2].get_size() == (792, 612)
        assert len(document) % 2 == 0
    with Image.open(tmp_path / "build" / "the-salt-road-print-pages.png") as picture:
        assert picture.width > 400


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("booklet", "-e", "epub"), "the edition 'epub' is no PDF"),
        (("booklet", "--paper", "a9"), "'a9' is not a4 or letter"),
        (("booklet", "--flip", "over"), "'over' is not short or long"),
        (("pages", "--pages", "90"), "there is no page '90'"),
    ],
)
def test_what_cannot_be_done_is_said(tmp_path: Path, arguments: tuple[str, ...], told: str) -> None:
    make_book(tmp_path, build_file=BUILD)
    said = run(tmp_path, *arguments)

    assert said.code == 2
    assert told in " ".join(said.err.split())
