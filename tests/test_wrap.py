"""The cover in one piece, by what a printer measures on it, a till reads from it, and an eye sees on it."""

import io
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pikepdf
import pypdfium2
import pytest
from PIL import Image

from bookbuild.config.load import load_config
from bookbuild.errors import BookError, Finding
from bookbuild.prepress.demand import Job, inspect_pdf
from bookbuild.prepress.demands import DEMANDS
from bookbuild.prepress.read import read_pdf
from bookbuild.printers import INGRAM, KDP, PRINTERS, Inks, Printer
from bookbuild.wrap.barcode import isbn_13
from bookbuild.wrap.cover_pdf import CoverPdf, make_cover
from bookbuild.wrap.guides import DOTS, with_guides
from tests.program import MINIMAL, make_book, run

ISBN = "9783161484100"
KEYS = f"""isbn: {ISBN}
publisher: Staithe & Sluice
description: It rained on the salt road for a year. Nobody who was there says what it was that came after.
page: {{trim: trade}}
"""


@lru_cache
def _picture(size: tuple[int, int]) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, (120, 20, 40)).save(out, "PNG")
    return out.getvalue()


@lru_cache
def cover(print_: str = "kdp", pages: int = 300, more: str = "", keys: str = KEYS) -> CoverPdf:
    """Make a cover; `print_` and `more` are what build.yaml says besides."""
    with TemporaryDirectory() as name:
        folder = make_book(Path(name), build_file=f"{MINIMAL}{keys}print: {print_}\n{more}")
        (folder / "front.png").write_bytes(_picture((1900, 2800)))
        (folder / "whole.png").write_bytes(_picture((3900, 2775)))
        config = load_config(folder / "build.yaml")
        return make_cover(config, config.editions[1], pages, "cover.pdf")


def _text(made: CoverPdf) -> str:
    return " ".join(str(pypdfium2.PdfDocument(made.data)[0].get_textpage().get_text_bounded()).split())


def _painted(made: CoverPdf, dots: int) -> Image.Image:
    picture: Image.Image = pypdfium2.PdfDocument(made.data)[0].render(scale=dots / 72).to_pil()
    return picture.convert("RGB")


# ---------------------------------------------------------------- sizes


@pytest.mark.parametrize(
    ("print_", "pages", "spine"),
    [
        ("kdp", 200, 0.4504),  # KDP's own example: 0.450in
        ("{by: kdp, paper: cream}", 200, 0.5),
        ("kdp", 301, 302 * 0.002252),  # the back of the last leaf counts
        ("lulu", 222, 0.56),
    ],
)
def test_the_spine_is_as_wide_as_its_pages(print_: str, pages: int, spine: float) -> None:
    assert cover(print_, pages).folds.spine / 72 == pytest.approx(spine)


def test_a_spine_that_the_printer_reckoned_is_taken() -> None:
    made = cover("ingram", 300, "wrap: {spine: 0.61in}\n")

    assert made.folds.spine / 72 == pytest.approx(0.61)
    assert made.findings == ()


def test_a_spine_that_is_only_near_is_told() -> None:
    (told,) = cover("ingram").findings

    assert "the spine is reckoned as 0.638in, which is near and not exact" in told.message
    assert "wrap: {spine: 0.638in}" in told.hint


@pytest.mark.parametrize("by", PRINTERS)
def test_the_sheet_is_back_spine_and_front_with_bleed_at_all_sides(by: str) -> None:
    made = cover(by)
    with pikepdf.open(io.BytesIO(made.data)) as pdf:
        (page,) = pdf.pages
        media, trim = [float(edge) for edge in page.mediabox], [float(edge) for edge in page.trimbox]

    assert media == pytest.approx([0, 0, 2 * 432 + made.folds.spine + 18, 648 + 18], abs=0.01)
    assert trim == pytest.approx([9, 9, media[2] - 9, media[3] - 9], abs=0.01)


@pytest.mark.parametrize("by", PRINTERS)
@pytest.mark.parametrize("more", ["", "wrap: {front: front.png}\n", "wrap: {picture: whole.png}\n"])
def test_no_printer_objects(by: str, more: str) -> None:
    assert [told for told in cover(by, 300, more).findings if told.rule] == []


def test_a_paper_that_the_printer_lacks_is_told_with_those_that_it_has() -> None:
    with pytest.raises(
        BookError, match=r"Lulu has no groundwood paper for black\n  hint: it has white for black"
    ):
        cover("{by: lulu, paper: groundwood}")


# ---------------------------------------------------------------- what is on it


def test_it_says_title_author_imprint_and_blurb() -> None:
    text = _text(cover())

    for said in ("The Salt Road", "ANN ONYMOUS", "ONYMOUS", "STAITHE & SLUICE", "It rained on the salt road"):
        assert said in text


def test_a_thin_spine_stays_blank_and_that_is_told() -> None:
    thin = cover("kdp", 78)

    assert "the spine stays blank: 78 pages are too few for text on it, which takes 79" in str(
        thin.findings[0]
    )
    assert _text(thin).count("The Salt Road") == 1
    assert _text(cover("kdp", 300)).count("The Salt Road") == 2


def test_a_title_too_long_for_the_spine_and_letters_that_the_font_lacks_are_told() -> None:
    long = KEYS.replace("isbn", "subtitle: A Tale\nisbn") + "series: The Lamps\n"
    told = [
        str(one)
        for one in cover("kdp", 120, "", long.replace("page: {trim: trade}", "page: {trim: pocket}")).findings
    ]
    assert told == []
    with TemporaryDirectory() as name:
        folder = make_book(
            Path(name),
            build_file=f"title: {'A Long Way ' * 12}to 海\nauthors: A\nprint: kdp\npage: {{trim: pocket}}\n",
        )
        config = load_config(folder / "build.yaml")
        first, second = make_cover(config, config.editions[1], 120, "cover.pdf").findings

    assert "the spine stays blank: the title would be smaller than 6pt on it" in first.message
    assert "the cover's font lacks 海, which print as boxes" in second.message


def test_the_cover_is_made_of_the_printers_inks_and_black_of_one() -> None:
    commands = {}
    for by in ("kdp", "ingram"):
        with pikepdf.open(io.BytesIO(cover(by).data)) as pdf:
            commands[by] = {str(command) for _, command in pikepdf.parse_content_stream(pdf.pages[0])}

    assert {"rg", "g"} <= commands["kdp"]
    assert {"k", "g"} <= commands["ingram"]
    assert not commands["ingram"] & {"rg", "RG"}


def test_colours_can_be_named_and_letters_stay_readable() -> None:
    for ground in ("#101020", "#f8f0d0"):
        painted = _painted(cover("kdp", 300, f"wrap: {{ground: '{ground}'}}\n"), 40)
        assert "#" + bytes(painted.getpixel((2, 2)) or ()).hex() == ground  # type: ignore[arg-type]
        lights = [sum(painted.getpixel((x, y)) or ()) for x in range(40, 220, 2) for y in range(25, 60)]  # type: ignore[arg-type]
        assert max(lights) - min(lights) > 300


def test_a_front_picture_runs_to_the_edge_and_the_back_takes_its_colour() -> None:
    made = cover("kdp", 300, "wrap: {front: front.png}\n")
    painted = _painted(made, 30)

    for x in (1, painted.width - 2):
        assert painted.getpixel((x, 2)) == pytest.approx((120, 20, 40), abs=3)
    assert _text(made).count("The Salt Road") == 1  # on the spine alone


def test_a_whole_picture_has_only_the_barcode_on_it() -> None:
    text = _text(cover("kdp", 300, "wrap: {picture: whole.png}\n"))

    assert "The Salt Road" not in text
    assert "ISBN 978-3-16-148410-0" in text


def test_a_long_blurb_is_set_smaller_and_one_too_long_is_told() -> None:
    long, longer = ("It rained on the salt road. " * count for count in (40, 400))

    assert cover("kdp", 300, f"wrap: {{back: '{long}'}}\n").findings == ()
    assert "too long for its place" in str(cover("kdp", 300, f"wrap: {{back: '{longer}'}}\n").findings[0])


def test_the_same_cover_gives_the_same_bytes() -> None:
    first = cover("ingram").data
    cover.cache_clear()

    assert cover("ingram").data == first


# ---------------------------------------------------------------- the barcode, read as a till reads it

_LEFT = {
    "0001101": 0, "0011001": 1, "0010011": 2, "0111101": 3, "0100011": 4, "0110001": 5, "0101111": 6, "0111011": 7,
    "0110111": 8, "0001011": 9,
}  # fmt: skip
_FIRST = ["LLLLLL", "LLGLGG", "LLGGLG", "LLGGGL", "LGLLGG", "LGGLLG", "LGGGLL", "LGLGLG", "LGLGGL", "LGGLGL"]


def _scanned(made: CoverPdf, dots: int = 600) -> tuple[str, float, float, float]:
    """Read the bars along a line through them; gives the digits, a module's width and the white around, in modules."""
    field, bleed = made.folds.barcode, made.folds.bleed
    y = (field.top + field.height * 0.5 + bleed) * dots / 72
    row = _painted(made, dots).convert("L").crop(
        (round((field.left + bleed) * dots / 72) + 2, round(y), round((field.right + bleed) * dots / 72) - 2, round(y) + 1)
    )  # fmt: skip
    dark = [value < 128 for value in row.get_flattened_data()]  # type: ignore[operator]
    first, last = dark.index(True), len(dark) - dark[::-1].index(True)
    module = (last - first) / 95
    bits = "".join("1" if dark[int(first + (at + 0.5) * module)] else "0" for at in range(95))
    return "".join(_digits(bits)), module / dots * 25.4, first / module, (len(dark) - last) / module


def _digits(bits: str) -> Iterator[str]:
    assert (bits[:3], bits[45:50], bits[92:]) == ("101", "01010", "101")
    left = [bits[at : at + 7] for at in range(3, 45, 7)]
    parities = "".join("L" if seven in _LEFT else "G" for seven in left)
    yield str(_FIRST.index(parities))
    turned = str.maketrans("01", "10")
    yield from (
        str(_LEFT[seven] if seven in _LEFT else _LEFT[seven[::-1].translate(turned)]) for seven in left
    )
    yield from (str(_LEFT[bits[at : at + 7].translate(turned)]) for at in range(50, 92, 7))


@pytest.mark.parametrize("by", PRINTERS)
def test_the_barcode_is_read_as_the_isbn_with_its_quiet_zones(by: str) -> None:
    digits, module, before, after = _scanned(cover(by))

    assert digits == ISBN
    assert 0.264 <= module <= 0.336  # millimetres: 80 % to full size
    assert before >= 10.5
    assert after >= 6.5


def test_an_isbn_of_ten_digits_gets_thirteen() -> None:
    assert isbn_13("316148410X") == ISBN
    assert _scanned(cover("kdp", 300, "", KEYS.replace(ISBN, "316148410X")))[0] == ISBN


def test_the_barcode_can_be_left_out() -> None:
    assert "ISBN" not in _text(cover("kdp", 300, "wrap: {barcode: off}\n"))
    assert "ISBN" not in _text(cover("kdp", 300, "", KEYS.replace(f"isbn: {ISBN}\n", "")))


# ---------------------------------------------------------------- covers broken on purpose


def _told(made: CoverPdf, job: Job, change: bytes = b"") -> list[str]:
    with pikepdf.open(io.BytesIO(made.data)) as pdf:
        pdf.pages[0].contents_add(change, prepend=True)
        out = io.BytesIO()
        pdf.save(out)
    found: tuple[Finding, ...] = inspect_pdf(read_pdf(out.getvalue(), "cover.pdf"), job, DEMANDS)
    return [f"{one.rule}: {one.message}" for one in found]


def _job(made: CoverPdf, printer: Printer = KDP) -> Job:
    folds = made.folds
    return Job(printer, (folds.width, folds.height), is_cover=True, spine=folds.spine, pages=folds.pages)


def test_a_cover_for_other_pages_is_told() -> None:
    made = cover("kdp", 300)

    assert _told(made, _job(made)) == []
    assert (
        "cover-size: Amazon KDP: page 1: the cover is cut to 12.676 x 9.000in; the book needs 12.901 x 9.000in"
        in _told(made, _job(cover("kdp", 400)))
    )


def test_text_at_the_cut_over_the_fold_and_on_a_thin_spine_is_told() -> None:
    made = cover("kdp", 300)

    assert any(one.startswith("cover-text-at-edge") for one in _told(made, _job(made), b"1 0 0 1 -45 0 cm\n"))
    assert any(one.startswith("spine-text-too-wide") for one in _told(made, _job(made), b"1 0 0 1 18 0 cm\n"))
    assert any(one.startswith("text-on-thin-spine") for one in _told(made, replace(_job(made), pages=60)))


def test_a_cover_made_for_one_printer_is_looked_at_for_another() -> None:
    made = cover("kdp", 300)
    told = _told(made, _job(made, INGRAM))

    assert any(one.startswith("not-pdf-x-1a") for one in told)
    assert any(one.startswith("colours: IngramSpark") for one in told)
    assert INGRAM.cover.inks is Inks.CMYK


# ---------------------------------------------------------------- guides and the command


def test_guides_show_cut_and_folds() -> None:
    made = cover("kdp", 300)
    picture = Image.open(io.BytesIO(with_guides(made.data, made.folds)))
    scale = DOTS / 72
    fold = round((made.folds.back_of_book.left + made.folds.bleed) * scale)

    assert picture.size == pytest.approx(((made.folds.width + 18) * scale, 666 * scale), abs=1.5)
    assert picture.getpixel((fold, 4)) == (0, 150, 230)
    assert picture.getpixel((200, round(9 * scale))) == (230, 30, 40)


def test_the_command_makes_the_cover_of_the_book_as_it_is(tmp_path: Path) -> None:
    make_book(tmp_path, build_file=MINIMAL + KEYS)
    said = run(tmp_path, "cover", "--print", "kdp", "--guides")

    assert said.code == 0, said.err
    assert (
        "build/the-salt-road-cover.pdf: 12.268 x 9.250in with bleed, the spine 0.018in for 8 pages"
        in said.out
    )
    assert {path.name for path in (tmp_path / "build").iterdir()} >= {
        "the-salt-road-cover.pdf",
        "the-salt-road-cover.png",
    }
    checked = run(tmp_path, "check", "--print", "kdp", "--file", "build/the-salt-road-cover.pdf")
    assert "nothing that a printer objects to" in checked.out


def test_the_command_takes_a_number_of_pages_and_builds_nothing(tmp_path: Path) -> None:
    make_book(tmp_path, build_file=MINIMAL + KEYS)
    said = run(tmp_path, "cover", "--pages", "320", "--print", "lulu", "-o", "wrap.pdf")

    assert "wrap.pdf: 13.031 x 9.250in with bleed, the spine 0.781in for 320 pages" in said.out
    assert not (tmp_path / "build").exists()


def test_a_colour_that_is_none_is_told(tmp_path: Path) -> None:
    said = run(make_book(tmp_path, build_file=MINIMAL + "wrap: {ground: blue}\n"), "cover", "--pages", "300")

    assert said.code == 2
    assert "build.yaml:3:16: error: 'blue' is not a colour; write six digits after a #" in said.err


def test_the_cover_of_the_ebook_is_written_as_stores_ask_for_it(tmp_path: Path) -> None:
    said = run(make_book(tmp_path), "cover", "--ebook")

    assert said.out == "build/the-salt-road-ebook-cover.jpg: 1600 x 2560 pixels\n"
    with Image.open(tmp_path / "build" / "the-salt-road-ebook-cover.jpg") as picture:
        assert (picture.size, picture.mode, picture.format) == ((1600, 2560), "RGB", "JPEG")


def test_the_cover_of_the_ebook_that_was_given_is_the_same_to_the_byte(tmp_path: Path) -> None:
    make_book(tmp_path, build_file=MINIMAL + "cover: mine.png\n")
    Image.new("RGB", (1600, 2560), "teal").save(tmp_path / "mine.png")

    assert run(tmp_path, "cover", "--ebook", "-o", "front.png").code == 0
    assert (tmp_path / "front.png").read_bytes() == (tmp_path / "mine.png").read_bytes()


def test_a_book_for_print_alone_has_no_ebook_cover(tmp_path: Path) -> None:
    said = run(make_book(tmp_path), "cover", "--ebook", "-e", "pdf")

    assert (said.code, said.err.splitlines()[0]) == (2, "error: no edition is an e-book")
