# ruff: noqa: S603, S607 (it runs the program itself, pdftoppm and node, with nothing that comes from outside)
"""Makes docs/pictures/ from the real sample book: spreads of the PDF, the EPUB in a reader, the report, `serve`, the terminal.

`make docs-pictures` runs it. It needs pdftoppm, and for the screens node and the reader that ../shared/tools sets up.
"""

import datetime as dt
import json
import os
import pty
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from io import BytesIO, StringIO
from pathlib import Path

import pypdfium2
from PIL import Image, ImageOps
from rich.console import Console
from rich.text import Text

from bookbuild.config.values import Composition
from bookbuild.deliver.ledger import remember
from bookbuild.deliver.shelf import Shelf
from bookbuild.press.spreads import contact_sheet, spreads
from bookbuild.styles import style_names
from docs.gallery import gallery
from tests.browser import browser
from tests.serving import server

ROOT = Path(__file__).parent.parent
PICTURES = ROOT / "docs" / "pictures"
READER = ROOT.parent / "shared" / "tools" / "reader_shots.mjs"

SPREAD = "The Page with No Street"  # the chapter whose first page, with the one before it, is shown
COMPOSED = "Eleven Theories"  # the chapter whose second and third page are shown in both compositions
SCREENS = ("", "Chapter Four", "Chapter Five")  # where the screens are taken: the cover, then two chapters
REPORTED = "marked-note"  # the rule near which the report is shown
WIDTH = 1200  # pixels, of all pictures
GAP = 12  # between pictures in one
EDGE, EDGE_COLOUR, DARK = 2, "#b8b8b8", 0x90
COLOURS, GREYS = 64, 16  # of a picture; of one that is all text
COLUMNS = 100  # of the terminal
READ = "chapter-6.xhtml"  # the page that `serve` is shown with
FETCHED = dt.date(2026, 5, 4)  # when a reader is said to have fetched the book
COMMANDS = ("bookbuild", "bookbuild -e epbu")


def main() -> None:
    """Make all pictures."""
    with tempfile.TemporaryDirectory() as folder:
        book = Path(folder)
        shutil.copy(ROOT / "build.yaml", book)
        shutil.copytree(ROOT / "manuscript", book / "manuscript")
        (PICTURES / "terminal.svg").write_text(terminal(book), "utf-8")
        (pdf,), (epub,) = (book / "build").glob("*.pdf"), (book / "build").glob("*.epub")
        _save(spread(pdf, book), "spread.png")
        _save(pages(pdf), "pages.png")
        _save(cover(book), "cover.png")
        _save(composed(book), "composition.png", GREYS)
        for style, picture in styled(book):
            _save(picture, f"style-{style}.png")
        heads, breaks = gallery(book, WIDTH)
        _save(heads.convert("RGB"), "heads.png", GREYS)
        _save(breaks.convert("RGB"), "breaks.png", GREYS)
        if READER.exists():
            _save(screens(epub, book), "reader.png")
        _save(report_page(book), "report.png")
        _save(served_pages(book), "serve.png")


# ---------------------------------------------------------------- the printed book


def spread(pdf: Path, folder: Path) -> Image.Image:
    """Show two facing pages, the right one a chapter's first."""
    return _facing(pdf, _first_page(pdf, SPREAD) - 1, folder)


def _first_page(pdf: Path, chapter: str) -> int:
    return next(page for title, page in _outline(pdf) if chapter in title)


def _facing(pdf: Path, verso: int, folder: Path) -> Image.Image:
    scale = ["-scale-to-x", str(WIDTH // 2), "-scale-to-y", "-1"]
    pages = ["-f", str(verso), "-l", str(verso + 1)]
    subprocess.run(["pdftoppm", "-png", *scale, *pages, str(pdf), str(folder / "page")], check=True)
    return _side_by_side([Image.open(path) for path in sorted(folder.glob("page-*.png"))], gap=0)


def composed(book: Path) -> Image.Image:
    """Show the lower part of the same pages as they are composed finely, and below as they are composed plainly."""
    shown = []
    for composition in Composition:
        out = book / f"composed-{composition.value}"
        command = [sys.executable, "-m", "bookbuild", "build", "-q", "-e", "pdf", "-o", str(out)]
        subprocess.run([*command, "--composition", composition.value], cwd=book, check=True)
        (pdf,) = out.glob("*.pdf")
        facing = _facing(pdf, _first_page(pdf, COMPOSED) + 1, out)
        shown.append(facing.crop((0, _between_lines(facing), facing.width, facing.height)))
    above, below = shown
    both = Image.new("RGB", (WIDTH, above.height + GAP + below.height), "white")
    both.paste(above)
    both.paste(below, (0, above.height + GAP))
    return both


def _between_lines(picture: Image.Image) -> int:
    """Find where two lines of text part, below two fifths of the pages."""
    grey = picture.convert("L")
    rows = (
        (top, grey.crop((0, top, grey.width, top + 1)).getextrema())
        for top in range(grey.height * 2 // 5, grey.height)
    )
    return next(top for top, (darkest, _) in rows if darkest > DARK)


def styled(book: Path) -> Iterator[tuple[str, Image.Image]]:
    """Show the same two pages in every style."""
    editions = "".join(f"  {style}: {{format: pdf, style: {style}}}\n" for style in style_names())
    build_file = (book / "build.yaml").read_text("utf-8")
    (book / "styles.yaml").write_text(f"{build_file}\neditions:\n{editions}", "utf-8")
    subprocess.run(
        [sys.executable, "-m", "bookbuild", "-q", "-c", "styles.yaml", "-o", "styled"], cwd=book, check=True
    )
    for style in style_names():
        (pdf,) = (book / "styled").glob(f"*-{style}.pdf")
        with tempfile.TemporaryDirectory() as folder:
            yield style, spread(pdf, Path(folder))


def cover(book: Path) -> Image.Image:
    """Show the cover in one piece as Amazon prints it on cream paper, with its guides."""
    keys = "isbn: 978-3-16-148410-0\nprint: {by: kdp, paper: cream}\n"
    (book / "cover.yaml").write_text((book / "build.yaml").read_text("utf-8") + keys, "utf-8")
    command = [
        sys.executable,
        "-m",
        "bookbuild",
        "cover",
        "-q",
        "-c",
        "cover.yaml",
        "--guides",
        "--pages",
        "320",
    ]
    subprocess.run([*command, "-o", str(book / "cover.pdf")], cwd=book, check=True)
    return _no_wider(Image.open(book / "cover.png").convert("RGB"))


def _no_wider(picture: Image.Image) -> Image.Image:
    picture.thumbnail((WIDTH, WIDTH))
    return picture


def pages(pdf: Path) -> Image.Image:
    """Show all spreads, as `bookbuild pages` does."""
    with pypdfium2.PdfDocument(pdf) as document:
        number = len(document)
    return Image.open(BytesIO(contact_sheet(pdf.read_bytes(), spreads(range(number)), 6, WIDTH // 13, None)))


def _outline(pdf: Path) -> list[tuple[str, int]]:
    """Give the titles of the outline, each with its page from 1."""
    document = pypdfium2.PdfDocument(pdf)
    found = [(mark.get_title(), mark.get_dest()) for mark in document.get_toc()]
    return [(title, place.get_index() + 1) for title, place in found if place]


# ---------------------------------------------------------------- the e-book


def screens(epub: Path, folder: Path) -> Image.Image:
    """Show the EPUB as foliate-js shows it, at the places of SCREENS."""
    shots = folder / "shots"
    command = ["node", str(READER), str(epub), str(shots), "foliate", "40"]
    told = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    labels = [place.get("toc", "") for place in told["locs"]]
    numbers = [next(n for n, label in enumerate(labels) if label.startswith(wanted)) for wanted in SCREENS]
    taken = [Image.open(shots / f"foliate-{number:02}.png").convert("RGB") for number in numbers]
    return _side_by_side(taken, gap=GAP)


def _side_by_side(pictures: Sequence[Image.Image], gap: int) -> Image.Image:
    """Lay pictures in a row, each with a thin grey edge, and make the row as wide as all pictures are."""
    edged = [ImageOps.expand(picture.convert("RGB"), EDGE, EDGE_COLOUR) for picture in pictures]
    width = sum(picture.width for picture in edged) + gap * (len(edged) - 1)
    row = Image.new("RGB", (width, edged[0].height), "white")
    left = 0
    for picture in edged:
        row.paste(picture, (left, 0))
        left += picture.width + gap
    return row.resize((WIDTH, round(row.height * WIDTH / width)), Image.Resampling.LANCZOS)


def _save(picture: Image.Image, name: str, colours: int = COLOURS) -> None:
    few = picture.quantize(colours, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    few.save(PICTURES / name, optimize=True)


# ---------------------------------------------------------------- the report


def report_page(folder: Path) -> Image.Image:
    """Show the page of the report in a browser, at a repair in the middle of a chapter."""
    command = [sys.executable, "-m", "bookbuild", "report", "--as", "html", "-o", "report.html"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    subprocess.run(command, cwd=folder, env=environment, check=True, stdout=subprocess.DEVNULL)
    with browser() as page:
        page.open(folder / "report.html", width=WIDTH, height=WIDTH * 5 // 8)
        page.run(f"select(repairs.findIndex((repair) => data.rules[repair[RULE]][0] === '{REPORTED}') + 2)")
        page.press("b", "j")
        return Image.open(BytesIO(page.picture()))


# ---------------------------------------------------------------- the page of `bookbuild serve`


def served_pages(folder: Path) -> Image.Image:
    """Show the book's page on a phone, and a chapter by day and by night; a reader has fetched a version without the last one."""
    (book,) = Shelf([folder / "build.yaml"]).books()
    opened = book.opened()
    if not opened:
        raise FileNotFoundError(book.build)
    remember(book.build, opened.chapters[:-1], FETCHED)
    reading = f"books/{book.slug}/read/{READ}"
    taken = []
    with server(folder) as port, browser() as page:
        for path, scheme in (("", "light"), (reading, "light"), (reading, "dark")):
            page.visit(f"http://127.0.0.1:{port}/{path}", width=400, height=700, scheme=scheme)
            taken.append(Image.open(BytesIO(page.picture())))
    return _side_by_side(taken, gap=GAP)


# ---------------------------------------------------------------- the terminal


def terminal(folder: Path) -> str:
    """Show what the program says on a terminal, as SVG; nothing in it is loaded from elsewhere."""
    console = Console(
        record=True, width=COLUMNS, file=StringIO(), force_terminal=True, color_system="truecolor"
    )
    for command in COMMANDS:
        console.print(Text(f"$ {command}", style="bold"))
        console.print(Text.from_ansi(_said(command, folder)))
        console.print()
    svg = console.export_svg(title="bookbuild", unique_id="bookbuild")
    svg = re.sub(r"@font-face \{.*?\}\s*", "", svg, flags=re.DOTALL)
    return re.sub(r"[ \t]+$", "", svg, flags=re.MULTILINE)


def _said(command: str, folder: Path) -> str:
    """Run the program on a terminal of its own, and give the lines that stay, with their colours."""
    ours, its = pty.openpty()
    environment = {**os.environ, "TERM": "xterm-256color", "COLUMNS": str(COLUMNS), "PYTHONPATH": str(ROOT)}
    arguments = [sys.executable, "-m", *command.split()]
    with subprocess.Popen(arguments, cwd=folder, env=environment, stdout=its, stderr=its):
        os.close(its)
        said = _read(ours)
    said = re.sub(r"\x1b\[\?25[hl]", "", said.replace("\r\n", "\n"))  # the cursor hidden, and shown again
    said = re.sub(r"[^\n]*\n\r?\x1b\[1A\x1b\[2K", "", said)  # a line that was taken back: up, and cleared
    return re.sub(r"[^\n]*\r\x1b\[2K", "", said).strip("\n")  # one that was written over


def _read(terminal_: int) -> str:
    said = b""
    while True:
        try:
            piece = os.read(terminal_, 65536)
        except OSError:  # how Linux says that nobody writes any more
            piece = b""
        if not piece:
            os.close(terminal_)
            return said.decode()
        said += piece


if __name__ == "__main__":
    main()
