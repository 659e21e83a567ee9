# ruff: noqa: S603 (it runs the program itself, with nothing that comes from outside)
"""Makes the gallery of looks in docs/pictures/: a chapter's head in every design, and what stands between scenes, from the sample book."""

import subprocess
import sys
from itertools import cycle, zip_longest
from pathlib import Path

import pypdfium2
from PIL import Image

from bookbuild.config.look_keys import Breaks, Heads, Openings, Ornament

CHAPTER = "The Page with No Street"  # whose head is shown: it has a label, a title and a long first paragraph
BEFORE_BREAK = "I thought that was me."  # the paragraph before the break that is shown
GAP = 12
TOP = 0.44  # of a page's height, shown of each head
AROUND = 44.0  # points above and below the middle of a break
COLUMNS = 2


def gallery(book: Path, width: int) -> tuple[Image.Image, Image.Image]:
    """Give the picture of heads and that of breaks, from left to right and down as docs/styles.md lists them."""
    breaks = [(one, None) for one in Breaks if one is not Breaks.ORNAMENT]
    breaks += [(Breaks.ORNAMENT, ornament) for ornament in Ornament]
    openings = cycle((Openings.DROP_CAPITAL, Openings.SMALL_CAPITALS, Openings.PLAIN))
    editions = [
        _edition(number, head, opening, scene, ornament)
        for number, (head, opening, (scene, ornament)) in enumerate(
            zip(_filled(list(Heads), len(breaks)), openings, breaks, strict=False)
        )
    ]
    text = (book / "build.yaml").read_text("utf-8")
    (book / "looks.yaml").write_text(f"{text}\neditions:\n{''.join(editions)}", "utf-8")
    command = [sys.executable, "-m", "bookbuild", "-q", "-c", "looks.yaml", "-o", "looked"]
    subprocess.run(command, cwd=book, check=True)
    pdfs = sorted((book / "looked").glob("*.pdf"))
    cell = (width - GAP * (COLUMNS - 1)) // COLUMNS
    heads = _grid([_head(pdf, cell) for pdf in pdfs[: len(Heads)]], COLUMNS)
    third = (width - 2 * GAP) // 3
    return heads, _grid([_break(pdf, third) for pdf in pdfs], 3)


def _filled(heads: list[Heads], count: int) -> list[Heads]:
    return [head or Heads.CENTRED for head, _ in zip_longest(heads, range(count))]


def _edition(number: int, head: Heads, opening: Openings, scene: Breaks, ornament: Ornament | None) -> str:
    drawing = f", ornament: {ornament.value}" if ornament else ", ornament: flourish"
    looks = f"heads: {head.value}, openings: {opening.value}, breaks: {scene.value}{drawing}"
    return f"  look-{number}: {{format: pdf, looks: {{{looks}}}}}\n"


def _head(pdf: Path, width: int) -> Image.Image:
    """Show the upper part of a chapter's first page."""
    with pypdfium2.PdfDocument(pdf) as document:
        page = next(page for page in document if _has(page, CHAPTER) and _has(page, "Ludmila"))
        painted = _painted(page, width)
    return painted.crop((0, 0, width, round(painted.height * TOP)))


def _break(pdf: Path, width: int) -> Image.Image:
    """Show what stands between two scenes, with some lines around it."""
    with pypdfium2.PdfDocument(pdf) as document:
        page = next(page for page in document if _has(page, BEFORE_BREAK))
        text = page.get_textpage()
        index, count = text.search(BEFORE_BREAK).get_next()
        _, bottom, _, _ = text.get_charbox(index + count - 1)
        painted = _painted(page, width)
        scale = width / page.get_width()
        middle = (page.get_height() - bottom + 18) * scale
    return painted.crop((0, round(middle - AROUND * scale), width, round(middle + AROUND * scale)))


def _has(page: pypdfium2.PdfPage, text: str) -> bool:
    return text.replace(" ", "") in "".join(page.get_textpage().get_text_bounded().split())


def _painted(page: pypdfium2.PdfPage, width: int) -> Image.Image:
    picture: Image.Image = page.render(scale=width / page.get_width()).to_pil()
    return picture.convert("L").resize((width, round(page.get_height() * width / page.get_width())))


def _grid(pictures: list[Image.Image], columns: int) -> Image.Image:
    width, height = pictures[0].size
    rows = -(-len(pictures) // columns)
    size = (columns * width + (columns - 1) * GAP, rows * height + (rows - 1) * GAP)
    whole = Image.new("L", size, 200)
    for number, picture in enumerate(pictures):
        row, column = divmod(number, columns)
        whole.paste(picture, (column * (width + GAP), row * (height + GAP)))
    return whole
