"""A picture of a cover with its lines drawn over it, to check it by eye: cut, folds, where text may stand, the barcode's field."""

import io

import pypdfium2
from PIL import Image, ImageDraw

from bookbuild.wrap.folds import Area, Folds

DOTS = 110
"""To the inch: a cover of two letter pages is then 2,000 dots wide."""
_CUT, _FOLD, _SAFE, _FIELD = (230, 30, 40), (0, 150, 230), (30, 160, 60), (200, 90, 200)
LEGEND = "red: cut; blue: folds; green: where text may stand; violet: the barcode's field"


def with_guides(data: bytes, folds: Folds) -> bytes:
    """Draw a cover with its lines, as a PNG."""
    scale = DOTS / 72
    with pypdfium2.PdfDocument(data) as document:
        picture: Image.Image = document[0].render(scale=scale).to_pil().convert("RGB")
    pencil = ImageDraw.Draw(picture)

    def box(area: Area, colour: tuple[int, int, int]) -> None:
        left, top, right, bottom = (
            round((edge + folds.bleed) * scale) for edge in (area.left, area.top, area.right, area.bottom)
        )
        pencil.rectangle((left, top, right, bottom), outline=colour, width=2)

    box(Area(0, 0, folds.width, folds.height), _CUT)
    for panel in (folds.back, folds.front):
        box(folds.safe(panel), _SAFE)
    box(folds.barcode, _FIELD)
    for fold in (folds.back_of_book.left, folds.back_of_book.right):
        x = round((fold + folds.bleed) * scale)
        pencil.line((x, 0, x, picture.height), fill=_FOLD, width=2)
    if folds.spine_room:
        clear = (folds.spine - folds.spine_room) / 2
        box(folds.back_of_book.inset(clear, folds.demands.safe * 72), _SAFE)
    out = io.BytesIO()
    picture.save(out, "PNG", optimize=True, dpi=(DOTS, DOTS))
    return out.getvalue()
