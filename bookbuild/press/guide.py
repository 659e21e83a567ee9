"""The first sheet of a booklet: how to print, fold and sew it."""

import io
from pathlib import Path

import pikepdf
from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from bookbuild.config.keys import Settings
from bookbuild.errors import Place
from bookbuild.press.booklet import Binding, Booklet
from bookbuild.writers.fonts import read_family
from bookbuild.writers.imprint import modified
from bookbuild.writers.text_runs import FaceStyle

_TEMPLATES = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=select_autoescape(["html"]),
    undefined=StrictUndefined,
    trim_blocks=True,
)
_FACE = "Source Serif Pro"


def with_guide(booklet: Booklet, binding: Binding, pages: int, settings: Settings) -> bytes:
    """Lay a sheet that says how a booklet of a book of so many pages is made before its sheets; its back is blank."""
    guide = _guide(booklet, binding, pages, settings)
    with pikepdf.open(io.BytesIO(booklet.data)) as sheets, pikepdf.open(io.BytesIO(guide)) as first:
        box = first.pages[0].mediabox
        first.add_blank_page(page_size=(box[2], box[3]))
        for number in range(GUIDE_PAGES):
            sheets.pages.insert(number, first.pages[number])
        out = io.BytesIO()
        sheets.save(out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
        return out.getvalue()


def _guide(booklet: Booklet, binding: Binding, pages: int, settings: Settings) -> bytes:
    from bookbuild.writers.weasyprint_layout import lay_out  # noqa: PLC0415 (half a second)

    family = read_family(_FACE, Path(), Place(""))
    faces = {style: family.face(style).path for style in (FaceStyle.REGULAR, FaceStyle.BOLD)}
    half_width, height = binding.paper.half
    page = _TEMPLATES.get_template("guide.html").render(
        title=settings.title,
        modified=modified(settings).strftime("%Y-%m-%dT%H:%M:%SZ"),
        booklet=booklet,
        paper=binding.paper.name.capitalize() if len(binding.paper.name) > 2 else binding.paper.name,
        flip=binding.flip.value,
        pages=pages,
        rows=_rows(booklet),
    )
    sheet = _TEMPLATES.get_template("guide.css").render(
        width=2 * half_width,
        height=height,
        regular=faces[FaceStyle.REGULAR].as_uri(),
        bold=faces[FaceStyle.BOLD].as_uri(),
        rows=booklet.signatures,
    )
    layout = lay_out(page, (), sheet, tuple({path.parent for path in faces.values()}))
    return layout.paint()[0]


def _rows(booklet: Booklet) -> list[dict[str, int]]:
    """Say on which pages of the file each signature stands: the guide's own sheet has the first two."""
    rows = []
    first = GUIDE_PAGES + 1
    for sheets in booklet.signatures:
        rows.append({"sheets": sheets, "first": first, "last": first + 2 * sheets - 1})
        first += 2 * sheets
    return rows


GUIDE_PAGES = 2
"""Front and back of the guide's sheet."""
