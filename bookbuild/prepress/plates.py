"""The last hand on a PDF that goes to a printer: what its demands refuse is taken out, colours and pictures are turned into its inks.

What remains is text, lines and pictures in boxes of the right size. The words and where they stand do not change.
"""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pikepdf
from pikepdf import Dictionary, Name

from bookbuild.prepress.colours import operator, to_inks
from bookbuild.prepress.followed import is_seen_through
from bookbuild.prepress.outlines import bare_outlines
from bookbuild.prepress.placed import placed_pictures
from bookbuild.prepress.scans import Scan, convert
from bookbuild.printers import Inks, Printer

INCH = 72.0
_TAGS = (
    "/StructTreeRoot",
    "/MarkInfo",
    "/Metadata",
    "/Outlines",
    "/Names",
    "/Dests",
    "/OpenAction",
    "/AcroForm",
)
_OF_TAGS = ("/Annots", "/StructParents", "/Tabs", "/Group", "/AA", "/Thumb", "/PieceInfo", "/UserUnit")
_COLOUR = {"rg", "RG", "g", "G", "k", "K", "sc", "SC", "scn", "SCN"}
_PAINTS = "Tj TJ ' Do f F f* B B* b b* S s sh BI"
"""Commands that leave something on a page (ISO 32000-1, annex A)."""
_STROKES = {"RG", "G", "K", "SC", "SCN"}
_CONDITION = "CGATS TR 001"
"""How it will be printed: web offset by SWOP, the first of the ICC's registry (color.org/chardata), which needs no profile of
its own in the file; digital presses of the United States take it for their own."""


@dataclass(frozen=True, slots=True)
class Plates:
    """How pages are made ready."""

    printer: Printer
    inks: Inks
    bleed: float  # what a page is larger than the trim, in inches
    bleed_at_spine: float  # the same at its spine
    is_book: bool = True  # and no cover


def make_plates(data: bytes, plates: Plates) -> bytes:
    """Make a PDF as a printer demands it; its pages begin with a recto.

    Raises:
        pikepdf.PdfError: it is no PDF.

    """
    with pikepdf.open(io.BytesIO(data)) as pdf:
        scans = _scans(pdf)
        _strip(pdf)
        _ungroup(pdf)
        if plates.printer.ends_blank and plates.is_book:
            _end_blank(pdf)
        _set_boxes(pdf, plates)
        _colour(pdf, plates)
        for scan in scans:
            convert(scan, plates.inks, plates.printer)
        if plates.printer.pdf_x:
            bare_outlines(pdf)
            _declare(pdf)
        pdf.remove_unreferenced_resources()
        return _saved(pdf, is_old=plates.printer.pdf_x)


def _saved(pdf: pikepdf.Pdf, *, is_old: bool) -> bytes:
    """Save it; PDF 1.3, which PDF/X-1a:2001 is, knows no streams of objects."""
    out = io.BytesIO()
    mode = pikepdf.ObjectStreamMode
    pdf.save(
        out,
        deterministic_id=True,
        object_stream_mode=mode.disable if is_old else mode.generate,
        compress_streams=True,
        **({"force_version": "1.3"} if is_old else {"min_version": "1.6"}),
    )
    return out.getvalue()


# ---------------------------------------------------------------- what does not print


def _strip(pdf: pikepdf.Pdf) -> None:
    """Take out what does not print: tags, links, outline, metadata."""
    for name in (*_TAGS, "/Lang", "/ViewerPreferences", "/OutputIntents"):
        if name in pdf.Root:
            del pdf.Root[name]
    for page in pdf.pages:
        for name in _OF_TAGS:
            if name in page.obj:
                del page.obj[name]


def _ungroup(pdf: pikepdf.Pdf) -> None:
    """Let what is drawn as a group, as if one could see through it, be drawn as it is, where nothing is see-through.

    WeasyPrint makes a group of each text in an SVG; the picture is the same without.
    """
    things = [thing for thing in pdf.objects if isinstance(thing, pikepdf.Stream | pikepdf.Dictionary)]
    states = [state for thing in things for state in thing.get("/ExtGState", {}).values()]
    states += [
        state for thing in things for state in thing.get("/Resources", {}).get("/ExtGState", {}).values()
    ]
    if any(map(is_seen_through, states)):
        return
    for thing in things:
        if thing.get("/Subtype") == Name.Form and "/Group" in thing:
            del thing["/Group"]


def _end_blank(pdf: pikepdf.Pdf) -> None:
    """Add a leaf where the last page is not blank."""
    last = pdf.pages[-1]
    if "/Contents" in last.obj and any(pikepdf.parse_content_stream(last, _PAINTS)):
        for _ in range(2):
            blank = Dictionary(
                Type=Name.Page, Resources=Dictionary(), MediaBox=last.mediabox, TrimBox=last.trimbox
            )
            pdf.pages.append(pikepdf.Page(pdf.make_indirect(blank)))


# ---------------------------------------------------------------- boxes


def _set_boxes(pdf: pikepdf.Pdf, plates: Plates) -> None:
    """Let every page begin at 0, 0, be as large as trim and bleed, and say where it is cut."""
    bleed, spine = plates.bleed * INCH, plates.bleed_at_spine * INCH
    for number, page in enumerate(pdf.pages):
        trim = [float(edge) for edge in page.trimbox]
        width, height = trim[2] - trim[0], trim[3] - trim[1]
        left, right = (bleed, spine) if number % 2 else (spine, bleed)
        whole = [0, 0, _rounded(width + left + right), _rounded(height + 2 * bleed)]
        cut = [left, bleed, _rounded(left + width), _rounded(bleed + height)]
        for name in ("/CropBox", "/ArtBox"):
            if name in page.obj:
                del page.obj[name]
        page.obj.MediaBox = pikepdf.Array(whole)
        page.obj.BleedBox = pikepdf.Array(whole)
        page.obj.TrimBox = pikepdf.Array(cut)
        if (left - trim[0], bleed - trim[1]) != (0, 0) and "/Contents" in page.obj:
            page.contents_add(f"q 1 0 0 1 {left - trim[0]:g} {bleed - trim[1]:g} cm\n".encode(), prepend=True)
            page.contents_add(b"\nQ")


def _rounded(points: float) -> float:
    return round(points, 3)


# ---------------------------------------------------------------- colours


def _colour(pdf: pikepdf.Pdf, plates: Plates) -> None:
    """Say every colour of text and lines in the printer's inks."""
    for page in pdf.pages:
        if "/Contents" in page.obj:
            page.contents_coalesce()
    for stream in _contents(pdf):
        made = _recoloured(stream, plates)
        if made is not None:
            stream.write(made)


def _contents(pdf: pikepdf.Pdf) -> Iterator[Any]:
    """Give every stream that draws: pages, and what is drawn in them or with them."""
    for page in pdf.pages:
        if "/Contents" in page.obj:
            yield page.obj.Contents
    for thing in pdf.objects:
        if isinstance(thing, pikepdf.Stream) and (
            thing.get("/Subtype") == Name.Form or thing.get("/PatternType") == 1
        ):
            yield thing


def _recoloured(stream: Any, plates: Plates) -> bytes | None:
    changed = False
    made: list[Any] = []
    for operands, command in pikepdf.parse_content_stream(stream):
        name = str(command)
        if name in _COLOUR:
            parts = [float(part) for part in operands if isinstance(part, int | float | Decimal)]
            if len(parts) in {1, 3, 4} and len(parts) == len(operands):
                colour = to_inks(parts, plates.inks, plates.printer.ink_limit)
                new = operator(colour, strokes=name in _STROKES)
                if new != name:
                    changed = True
                    made.append(([Decimal(str(round(part, 4))) for part in colour], pikepdf.Operator(new)))
                    continue
        made.append((operands, command))
    return pikepdf.unparse_content_stream(made) if changed else None


# ---------------------------------------------------------------- pictures


def _scans(pdf: pikepdf.Pdf) -> list[Scan]:
    """Give every picture once, with the largest size at which it is printed."""
    found: dict[tuple[int, int], Scan] = {}
    for page in pdf.pages:
        for placed in placed_pictures(page):
            known = found.get(placed.picture.objgen)
            if known is None or placed.width > known.width:
                found[placed.picture.objgen] = Scan(placed.picture, placed.width, placed.height)
    return list(found.values())


# ---------------------------------------------------------------- PDF/X-1a


def _declare(pdf: pikepdf.Pdf) -> None:
    """Say that it is PDF/X-1a:2001, and how it is to be printed (ISO 15930-1, sections 6.2 and 6.3)."""
    info = pdf.docinfo
    info["/GTS_PDFXVersion"] = "PDF/X-1:2001"
    info["/GTS_PDFXConformance"] = "PDF/X-1a:2001"
    info["/Trapped"] = Name("/False")
    intent = Dictionary(
        Type=Name.OutputIntent,
        S=Name.GTS_PDFX,
        OutputCondition="SWOP",
        OutputConditionIdentifier=_CONDITION,
        RegistryName="http://www.color.org",
        Info="SWOP (CGATS TR 001)",
    )
    pdf.Root.OutputIntents = pikepdf.Array([pdf.make_indirect(intent)])
