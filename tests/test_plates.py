"""A book is made for each printer, and its PDF read as the printer reads it."""

import io
import random
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pikepdf
import pypdfium2
import pytest
from PIL import Image

from bookbuild.config.print_keys import PrintedBy, PrintKeys
from bookbuild.prepress.colours import limited, most_ink, picture_to_inks, to_inks
from bookbuild.prepress.placed import placed_pictures
from bookbuild.printers import INGRAM, PRINTERS, Ink, Inks
from bookbuild.writers.page_geometry import required_inside
from tests.program import MINIMAL, make_book, run

CHAPTER = "Chapter 1\n\nIt rained.\n\n![A photograph of rain](rain.png)\n\nIt went on raining.\n"
CSS = "h1 { color: #a01020 } p { color: rgb(0, 0, 0) } hr { border-top: 1pt solid #336699 }\n"


def _noise(size: tuple[int, int] = (2400, 1200)) -> bytes:
    """Make a photograph: colours, and see-through at one corner."""
    small = Image.frombytes("RGBA", (60, 30), random.Random(7).randbytes(60 * 30 * 4))  # noqa: S311 (a picture, no secret)
    out = io.BytesIO()
    small.resize(size, Image.Resampling.BICUBIC).save(out, "PNG", compress_level=1)
    return out.getvalue()


@lru_cache
def printed(by: str, more: str = "") -> bytes:
    """Build a small book for a printer; `more` is what build.yaml says besides."""
    with TemporaryDirectory() as name:
        folder = make_book(
            Path(name),
            {"chapter-1.txt": CHAPTER, "rain.png": _noise()},
            f"{MINIMAL}css: own.css\n{more}",
        )
        (folder / "own.css").write_text(CSS, "utf-8")
        said = run(folder, "build", "-e", "pdf", "--print", by, "--fresh")
        assert "every word arrived" in said.out, said.err  # the printer may find it thin
        return (folder / "build" / "the-salt-road.pdf").read_bytes()


def opened(by: str, more: str = "") -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(printed(by, more)))


def _boxes(pdf: pikepdf.Pdf) -> list[tuple[list[float], list[float]]]:
    """Give the media box and the trim box of every page."""
    return [(list(map(float, page.mediabox)), list(map(float, page.trimbox))) for page in pdf.pages]


# ---------------------------------------------------------------- boxes


def test_without_bleed_a_page_is_its_trim() -> None:
    for by in ("kdp", "ingram"):
        with opened(by) as pdf:
            assert _boxes(pdf) == [([0, 0, 396, 612], [0, 0, 396, 612])] * len(pdf.pages)


def test_kdp_bleeds_at_three_sides_and_never_at_the_spine() -> None:
    with opened("kdp", "print: {bleed: on}\n") as pdf:
        recto, verso = _boxes(pdf)[:2]

    assert recto == ([0, 0, 405, 630], [0, 9, 396, 621])
    assert verso == ([0, 0, 405, 630], [9, 9, 405, 621])


def test_lulu_bleeds_at_all_four_sides_unasked() -> None:
    with opened("lulu") as pdf:
        assert _boxes(pdf) == [([0, 0, 414, 630], [9, 9, 405, 621])] * len(pdf.pages)


def test_for_ingram_the_last_page_is_blank_and_the_count_says_so(tmp_path: Path) -> None:
    keys = "frontmatter: [half title]\nbackmatter: [{also by: More books}]\ncss: own.css\n"
    two = {f"chapter-{number}.txt": f"Chapter {number}\n\nIt rained.\n" for number in (1, 2)}
    make_book(tmp_path, two, MINIMAL + keys)
    (tmp_path / "own.css").write_text(".leaf { break-before: page }\n", "utf-8")
    counts = {}
    for by in ("kdp", "ingram"):
        said = run(tmp_path, "build", "-e", "pdf", "--print", by)
        document = pypdfium2.PdfDocument(tmp_path / "build" / "the-salt-road.pdf")
        counts[by] = [bool(page.get_textpage().get_text_bounded().strip()) for page in document]
        assert f"{len(counts[by])} pages" in said.out

    assert counts == {"kdp": [True] * 4, "ingram": [True] * 4 + [False] * 2}


@pytest.mark.parametrize("by", [*PRINTERS, "home"])
def test_pages_are_even_in_number(by: str) -> None:
    assert len(opened(by).pages) % 2 == 0


def test_on_screen_nothing_is_bound() -> None:
    pages = opened("screen").pages
    texts = [page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(printed("screen"))]

    assert len(pages) < len(opened("home").pages)
    assert all(text.strip() for text in texts)


def test_the_gutter_is_the_printers() -> None:
    kdp, ingram = PrintKeys(by=PrintedBy.KDP), PrintKeys(by=PrintedBy.INGRAM)

    assert required_inside(100, kdp) == 0.375 * 72
    assert required_inside(400, kdp) == 0.625 * 72
    assert required_inside(100, ingram) == 0.5 * 72


# ---------------------------------------------------------------- what does not print


@pytest.mark.parametrize("by", PRINTERS)
def test_there_are_no_links_no_outline_and_no_tags(by: str) -> None:
    with opened(by) as pdf:
        assert not {"/Outlines", "/StructTreeRoot", "/Metadata", "/Names"} & set(pdf.Root.keys())
        assert not any("/Annots" in page.obj for page in pdf.pages)


@pytest.mark.parametrize("by", ["home", "screen"])
def test_for_home_and_screen_there_are(by: str) -> None:
    with opened(by) as pdf:
        assert {"/Outlines", "/StructTreeRoot", "/Metadata"} <= set(pdf.Root.keys())


def test_ingram_gets_pdf_x_1a() -> None:
    with opened("ingram") as pdf:
        assert pdf.pdf_version == "1.3"
        assert str(pdf.docinfo["/GTS_PDFXVersion"]) == "PDF/X-1:2001"
        assert str(pdf.docinfo["/GTS_PDFXConformance"]) == "PDF/X-1a:2001"
        assert pdf.docinfo["/Trapped"] == pikepdf.Name("/False")
        assert {"/Title", "/CreationDate", "/ModDate"} <= set(pdf.docinfo.keys())
        (intent,) = pdf.Root.OutputIntents
        assert intent.S == pikepdf.Name.GTS_PDFX
        assert "/ID" in pdf.trailer


def test_postscript_outlines_fit_into_pdf_x_1a_and_look_the_same(tmp_path: Path) -> None:
    from font_source_serif_pro import font_files_otf

    font = "page: {font: {family: Mine, regular: r.otf, italic: i.otf}}\n"
    make_book(tmp_path, {"chapter-1.txt": "Chapter 1\n\nIt *rained* on the office.\n"}, MINIMAL + font)
    for name, file in (("r.otf", "SourceSerifPro"), ("i.otf", "SourceSerifProIt")):
        (tmp_path / name).write_bytes(Path(font_files_otf[file]).read_bytes())
    pages = []
    for by in ("home", "ingram"):
        said = run(tmp_path, "build", "-e", "pdf", "--print", by)
        assert "font" not in said.err
        document = pypdfium2.PdfDocument(tmp_path / "build" / "the-salt-road.pdf")
        pages.append(document[4].render(scale=3).to_pil().convert("L"))

    home, ingram = pages
    differences = [
        abs(one - other)
        for one, other in zip(home.get_flattened_data(), ingram.get_flattened_data(), strict=True)
    ]
    assert sum(ingram.histogram()[:128]) > 500
    assert sum(differences) / len(differences) < 0.1


# ---------------------------------------------------------------- colours


def _commands(by: str, more: str = "") -> set[str]:
    with opened(by, more) as pdf:
        return {
            str(command)
            for page in pdf.pages
            if "/Contents" in page.obj
            for _, command in pikepdf.parse_content_stream(page)
        }


@pytest.mark.parametrize("by", PRINTERS)
def test_pages_in_black_have_no_colour(by: str) -> None:
    assert not _commands(by) & {"rg", "RG", "k", "K", "sc", "scn", "SC", "SCN", "sh"}


def test_pages_in_colour_have_the_printers() -> None:
    ingram = _commands("ingram", "print: {ink: premium colour}\n")
    lulu = _commands("lulu", "print: {ink: premium colour}\n")

    assert "k" in ingram
    assert not ingram & {"rg", "RG"}
    assert "rg" in lulu
    assert not lulu & {"k", "K"}


def test_what_is_grey_is_printed_in_black_alone_in_any_inks() -> None:
    for inks in Inks:
        assert to_inks((0, 0, 0), inks) == (0,)
        assert to_inks((0.5, 0.5, 0.5), inks) == (0.5,)
    assert to_inks((0, 0, 0, 1), Inks.SRGB) == (0,)
    assert to_inks((0.5, 0, 1), Inks.CMYK) == (0.5, 1, 0, 0)
    assert to_inks((0.25, 0, 0.5), Inks.CMYK) == (0.5, 1, 0, 0.5)
    assert sum(to_inks((0.1, 0, 0), Inks.CMYK, 240)) == pytest.approx(2.4)
    assert to_inks((1, 0, 0), Inks.GREY) == (0.299,)


# ---------------------------------------------------------------- pictures


def _picture(by: str, more: str = "") -> tuple[Image.Image, float, set[str]]:
    with opened(by, more) as pdf:
        ((placed, *_),) = [found for page in pdf.pages if (found := list(placed_pictures(page)))]
        made = pikepdf.PdfImage(placed.picture).as_pil_image()
        return made.copy(), placed.resolution, set(placed.picture.keys())


@pytest.mark.parametrize(
    ("by", "more", "mode"),
    [
        ("kdp", "", "L"),
        ("ingram", "", "L"),
        ("lulu", "", "L"),
        ("kdp", "print: {ink: premium colour}\n", "RGB"),
        ("ingram", "print: {ink: premium colour}\n", "CMYK"),
    ],
)
def test_pictures_are_made_of_the_printers_inks_flat_and_at_300_dots(by: str, more: str, mode: str) -> None:
    picture, resolution, keys = _picture(by, more)

    assert picture.mode == mode
    assert "/SMask" not in keys
    assert 299 < resolution < 301


def test_a_picture_in_four_inks_looks_as_it_did() -> None:
    """Painted by PDFium, an engine that did not write it: were it the other way round, dark would be light."""
    grey, inked = (
        pypdfium2.PdfDocument(printed("ingram", more)).get_page(4).render(scale=0.2).to_pil().convert("L")
        for more in ("", "print: {ink: premium colour}\n")
    )
    pairs = list(zip(grey.get_flattened_data(), inked.get_flattened_data(), strict=True))

    assert sum(abs(one - other) for one, other in pairs) / len(pairs) < 12


def test_at_home_pictures_keep_their_colours_and_dots() -> None:
    picture, resolution, _ = _picture("home")

    assert picture.mode == "RGB"
    assert resolution > 400


def test_no_place_of_a_picture_has_more_ink_than_the_printer_takes() -> None:
    photograph = Image.open(io.BytesIO(_noise((200, 100)))).convert("RGB")
    heavy = Image.new("CMYK", (4, 4), (255, 255, 255, 200))

    assert most_ink(picture_to_inks(photograph, Inks.CMYK, 240)) <= 240
    assert most_ink(heavy) == 378
    assert most_ink(limited(heavy, 240)) <= 240
    assert limited(heavy, 240).getchannel("K").getpixel((0, 0)) == 200


# ---------------------------------------------------------------- the table


def test_every_figure_says_where_it_stands_and_when_it_was_read() -> None:
    words = {"key", "name", "bleeds_at_spine", "always_bleeds", "cover", "sources"}
    for printer in PRINTERS.values():
        figures = set(printer.__slots__) - words
        for field in {"cover", *figures}:
            if field in {"pdf_x", "ends_blank"} and not getattr(printer, field):
                continue
            source = printer.sources[field]
            assert any(sign in source for sign in ("20", "memory", "rule", "sRGB", "ISO")), (printer, field)


def test_every_paper_has_room_for_a_book() -> None:
    for printer in PRINTERS.values():
        assert {paper.ink for paper in printer.papers} == set(Ink)
        for paper in printer.papers:
            assert 0.0015 < paper.caliper < 0.003
            assert paper.least < paper.most_of_large <= paper.most


# ---------------------------------------------------------------- asked for


def test_the_same_book_gives_the_same_bytes() -> None:
    printed.cache_clear()
    first = printed("ingram", "print: {ink: premium colour}\n")
    printed.cache_clear()

    assert printed("ingram", "print: {ink: premium colour}\n") == first


def test_build_yaml_names_the_printer_and_one_edition_another(tmp_path: Path) -> None:
    keys = "print: {by: lulu, paper: cream}\neditions:\n  us: {format: pdf, print: ingram}\n  eu: {format: pdf}\n"
    run(make_book(tmp_path, build_file=MINIMAL + keys), "build", "-q")

    sizes = []
    for name in ("us", "eu"):
        with pikepdf.open(tmp_path / "build" / f"the-salt-road-{name}.pdf") as pdf:
            sizes.append(_boxes(pdf)[0][0])
    assert sizes == [[0, 0, 396, 612], [0, 0, 414, 630]]


def test_a_printer_that_is_not_known_is_told_with_those_that_are(tmp_path: Path) -> None:
    said = run(make_book(tmp_path, build_file=MINIMAL + "print: kpd\n"), "build")

    assert said.code == 2
    assert "build.yaml:3:8: error: 'print' should be 'kdp', 'ingram', 'lulu', 'home' or 'screen'" in said.err
    assert run(tmp_path, "build", "--print", "amazon").code == 2


def test_ingram_is_where_pdf_x_is_asked_for() -> None:
    assert [printer for printer in PRINTERS.values() if printer.pdf_x] == [INGRAM]
