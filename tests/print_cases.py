"""Finished PDFs broken on purpose, once for every demand: what is broken, and what is told of it."""

import io
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name
from PIL import Image

from bookbuild.prepress.demand import Job
from bookbuild.printers import INGRAM, KDP, LULU, Ink, PaperName, Printer
from tests.program import MINIMAL, make_book, run

CHAPTERS = 14
PIXELS = (1260, 1050)
"""Of the picture, enough for a line's length at 300 dots to the inch."""
BLACK = Job(KDP, (396, 612), PaperName.WHITE, Ink.BLACK)
COLOUR = Job(INGRAM, (396, 612), PaperName.WHITE, Ink.PREMIUM)


def _picture() -> bytes:
    out = io.BytesIO()
    red, blue = (Image.linear_gradient("L").rotate(turn).resize(PIXELS) for turn in (0, 90))
    Image.merge("RGB", (red, Image.new("L", red.size, 60), blue)).save(out, "PNG")
    return out.getvalue()


@lru_cache
def made(printer: Printer, ink: Ink) -> bytes:
    """Build a book of fourteen short chapters for a printer; the second has a picture."""
    chapters: dict[str, str | bytes] = {
        f"chapter-{number}.txt": f"Chapter {number}\n\nIt rained.\n\nIt went on raining.\n"
        for number in range(1, CHAPTERS + 1)
    }
    chapters["chapter-2.txt"] = "Chapter 2\n\nIt rained.\n\n![Rain](rain.png)\n"
    chapters["rain.png"] = _picture()
    with TemporaryDirectory() as name:
        keys = f"{MINIMAL}editions:\n  pdf: {{format: pdf, print: {{by: {printer.key}, ink: {ink.value}}}}}\n"
        folder = make_book(Path(name), chapters, keys)
        said = run(folder, "build", "-q", "--fresh")
        assert said.code == 0, said.err
        return (folder / "build" / "the-salt-road.pdf").read_bytes()


Break = Callable[[pikepdf.Pdf], object]


def broken_bytes(job: Job, change: Break) -> bytes:
    """Break a book that was made for a printer."""
    with pikepdf.open(io.BytesIO(made(job.printer, job.ink or Ink.BLACK))) as pdf:
        options: Any = change(pdf)
        out = io.BytesIO()
        settings: dict[str, Any] = options if isinstance(options, dict) else {}
        pdf.save(out, **{"force_version": pdf.pdf_version, **settings})
    return out.getvalue()


@dataclass(frozen=True)
class Broken:
    """What breaks a demand."""

    name: str
    change: Break
    told: str  # page and fault, as the author reads them
    job: Job = BLACK
    also: frozenset[str] = field(default_factory=frozenset)  # other demands that the same break must break


# ---------------------------------------------------------------- ways to break


def _deleted(first: int, last: int | None = None) -> Break:
    def change(pdf: pikepdf.Pdf) -> None:
        del pdf.pages[first:last]

    return change


def _with(page: int, **keys: Any) -> Break:
    """Set keys of a page, counted from 1."""

    def change(pdf: pikepdf.Pdf) -> None:
        for name, value in keys.items():
            pdf.pages[page - 1].obj[f"/{name}"] = Array(value) if isinstance(value, list) else value

    return change


def _drawn(page: int, commands: str, **resources: Any) -> Break:
    """Draw more on a page."""

    def change(pdf: pikepdf.Pdf) -> None:
        target = pdf.pages[page - 1]
        for kind, things in resources.items():
            known = target.resources.get(f"/{kind}", Dictionary())
            for name, thing in things.items():
                known[f"/{name}"] = thing
            target.resources[f"/{kind}"] = known
        target.contents_add(f"\nq {commands} Q\n".encode())

    return change


def _moved(page: int, right: float, up: float) -> Break:
    def change(pdf: pikepdf.Pdf) -> None:
        pdf.pages[page - 1].contents_add(f"1 0 0 1 {right} {up} cm\n".encode(), prepend=True)

    return change


def _all_trims(pdf: pikepdf.Pdf) -> None:
    for page in pdf.pages:
        for name in ("/MediaBox", "/TrimBox", "/BleedBox"):
            page.obj[name] = Array([0, 0, 396, 600])


def _pictures(pdf: pikepdf.Pdf) -> list[Any]:
    return [
        thing
        for thing in pdf.objects
        if isinstance(thing, pikepdf.Stream) and thing.get("/Subtype") == Name.Image
    ]


def _picture_in_rgb(pdf: pikepdf.Pdf) -> None:
    (picture,) = _pictures(pdf)
    size = int(picture.Width) * int(picture.Height)
    picture.write(bytes(range(3)) * size)
    picture.ColorSpace = Name.DeviceRGB


def _picture_of_dots(wide: int) -> Break:
    def change(pdf: pikepdf.Pdf) -> None:
        (picture,) = _pictures(pdf)
        high = wide * PIXELS[1] // PIXELS[0]
        picture.write(bytes(wide * high))
        picture.Width, picture.Height = wide, high

    return change


def _heavy_picture(pdf: pikepdf.Pdf) -> None:
    (picture,) = _pictures(pdf)
    picture.write(bytes([255, 255, 255, 128]) * int(picture.Width) * int(picture.Height))
    picture.ColorSpace = Name.DeviceCMYK
    if "/Decode" in picture:
        del picture["/Decode"]


def _spoilt_picture(pdf: pikepdf.Pdf) -> None:
    (picture,) = _pictures(pdf)
    picture.write(b"no picture", filter=Name.DCTDecode)
    picture.ColorSpace = Name.DeviceCMYK


def _masked_picture(pdf: pikepdf.Pdf) -> None:
    (picture,) = _pictures(pdf)
    mask = pdf.make_stream(bytes(16))
    mask.Type, mask.Subtype, mask.ColorSpace = Name.XObject, Name.Image, Name.DeviceGray
    mask.Width = mask.Height = 4
    mask.BitsPerComponent = 8
    picture.SMask = mask


def _descriptors(pdf: pikepdf.Pdf) -> list[Any]:
    return [thing for thing in pdf.objects if isinstance(thing, Dictionary) and "/FontFile2" in thing]


def _no_font_file(pdf: pikepdf.Pdf) -> None:
    for descriptor in _descriptors(pdf):
        del descriptor["/FontFile2"]


def _open_type(pdf: pikepdf.Pdf) -> None:
    for descriptor in _descriptors(pdf):
        descriptor.FontFile3 = pdf.make_stream(b"OTTO", Subtype=Name.OpenType)
        del descriptor["/FontFile2"]


def _link(pdf: pikepdf.Pdf) -> None:
    link = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=[0, 0, 9, 9])
    pdf.pages[4].obj.Annots = Array([pdf.make_indirect(link)])


def _outline(pdf: pikepdf.Pdf) -> None:
    with pdf.open_outline() as outline:
        outline.root.append(pikepdf.OutlineItem("Chapter 1", 8, "Fit"))


def _script(pdf: pikepdf.Pdf) -> None:
    pdf.Root.OpenAction = Dictionary(S=Name.JavaScript, JS="app.beep()")


def _lock(_pdf: pikepdf.Pdf) -> dict[str, Any]:
    return {"encryption": pikepdf.Encryption(owner="it rained", user=""), "force_version": ""}


def _no_intent(pdf: pikepdf.Pdf) -> None:
    del pdf.Root["/OutputIntents"]


def _no_title(pdf: pikepdf.Pdf) -> None:
    del pdf.docinfo["/Title"]


_SOFT = {"Soft": Dictionary(ca=0.5)}
_INGRAM_BLACK = replace(BLACK, printer=INGRAM)
_LULU_BLACK = replace(BLACK, printer=LULU)
_SMALL_FILES = replace(BLACK, printer=replace(KDP, megabytes=0))

BROKEN = (
    Broken(
        "page-count",
        _deleted(10),
        "Amazon KDP: the book has 10 pages; from 24 to 828 can be bound on this paper",
    ),
    Broken(
        "page-count",
        lambda _pdf: None,
        "IngramSpark: it has no groundwood paper for premium colour",
        job=replace(COLOUR, paper=PaperName.GROUNDWOOD),
    ),
    Broken("odd-number-of-pages", _deleted(-1), "Amazon KDP: the book has 33 pages, an odd number"),
    Broken(
        "trim-not-printed",
        _all_trims,
        "IngramSpark: 5.5 x 8.333in is none of its trims; the nearest is 5.5 x 8.25in",
        job=replace(_INGRAM_BLACK, trim=None),
    ),
    Broken(
        "trims-differ",
        _with(3, MediaBox=[0, 0, 396, 620], TrimBox=[0, 0, 396, 620], BleedBox=[0, 0, 396, 620]),
        "Amazon KDP: page 3: it is cut to 5.5 x 8.611in, and not to 5.5 x 8.5in",
    ),
    Broken(
        "page-size",
        _with(4, MediaBox=[0, 0, 420, 612], CropBox=[0, 0, 420, 612]),
        "Amazon KDP: page 4: beyond the trim there is 0.333in at the spine, 0in at the fore-edge, 0in at the head,"
        " 0in at the foot; asked for is nothing or 0in at the spine, 0.125in at the fore-edge, 0.125in at the head,"
        " 0.125in at the foot",
    ),
    Broken(
        "page-size",
        _with(4, TrimBox=[0, 0, 414, 630]),
        "Lulu: page 4: beyond the trim there is nothing; asked for is 0.125in at all sides",
        job=_LULU_BLACK,
        also=frozenset({"trims-differ"}),
    ),
    Broken(
        "page-cropped-or-moved",
        _with(6, CropBox=[20, 20, 380, 600]),
        "Amazon KDP: page 6: the page is not shown whole",
    ),
    Broken("page-turned", _with(5, Rotate=90), "Amazon KDP: page 5: the page is turned by 90 degrees"),
    Broken(
        "text-in-gutter",
        _moved(11, -40, 0),
        "Amazon KDP: page 11: text stands 0.20in from the spine; 0.375in are asked for",
    ),
    Broken(
        "text-at-edge",
        _moved(11, 0, -40),
        "Amazon KDP: page 11: text stands 0.12in from the foot; 0.25in are asked for",
    ),
    Broken(
        "stops-at-the-cut",
        _drawn(4, "0 g 0 100 50 50 re f"),
        "Amazon KDP: page 4: a drawing reaches the cut, and not beyond it",
    ),
    Broken(
        "font-not-embedded",
        _no_font_file,
        "Amazon KDP: the font Source-Serif-Pro-bookbuild is not in the file",
    ),
    Broken(
        "font-too-new",
        _open_type,
        "IngramSpark: the font Source-Serif-Pro-bookbuild is of a kind that PDF 1.3 does not have",
        job=_INGRAM_BLACK,
    ),
    Broken(
        "colours",
        _drawn(7, "1 0 0 rg 100 100 5 5 re f"),
        "Amazon KDP: page 7: text or lines are in RGB; asked for is black ink alone",
    ),
    Broken(
        "colours",
        _drawn(7, "/P sh", Shading={"P": Dictionary(ShadingType=2, ColorSpace=Name.DeviceRGB)}),
        "Amazon KDP: page 7: text or lines are in RGB; asked for is black ink alone",
    ),
    Broken(
        "colours-of-pictures",
        _picture_in_rgb,
        "Amazon KDP: page 9: a picture is in RGB; asked for is black ink alone",
    ),
    Broken(
        "black-of-several-inks",
        _drawn(7, "0.2 0.2 0.2 1 k 100 100 5 5 re f"),
        "IngramSpark: page 7: black text or lines are made of several inks",
        job=COLOUR,
    ),
    Broken(
        "too-much-ink",
        _drawn(7, "1 1 1 0 k 100 100 5 5 re f"),
        "IngramSpark: page 7: a place has 300 % of ink; at most 240 % are taken",
        job=COLOUR,
    ),
    Broken(
        "too-much-ink",
        _heavy_picture,
        "IngramSpark: page 9: a place has 350 % of ink; at most 240 % are taken",
        job=COLOUR,
    ),
    Broken(
        "too-much-ink",
        _spoilt_picture,
        "IngramSpark: page 9: a picture cannot be read, so that nobody knows how much ink it takes",
        job=COLOUR,
    ),
    Broken(
        "see-through",
        _drawn(7, "/Soft gs 0 g 100 100 5 5 re f", ExtGState=_SOFT),
        "Amazon KDP: page 7: something is see-through",
    ),
    Broken(
        "see-through",
        _masked_picture,
        "IngramSpark: page 9: something is see-through, which PDF/X-1a forbids",
        job=COLOUR,
    ),
    Broken(
        "coarse-picture",
        _picture_of_dots(400),
        "Amazon KDP: page 9: a picture has 97 dots to the inch, far too few; 300 are asked for",
    ),
    Broken(
        "needlessly-fine-picture",
        _picture_of_dots(3000),
        "Amazon KDP: page 9: a picture has 727 dots to the inch; more than 600 are never seen",
    ),
    Broken("links", _link, "Amazon KDP: page 5: links or comments are on the page"),
    Broken("outline", _outline, "Amazon KDP: the file has an outline (bookmarks)"),
    Broken("acts-by-itself", _script, "Amazon KDP: the file does something when it is opened"),
    Broken("locked", _lock, "Amazon KDP: the file is locked"),
    Broken(
        "file-too-large", lambda _pdf: None, "Amazon KDP: the file has 0 MB; 0 are taken", job=_SMALL_FILES
    ),
    Broken(
        "not-pdf-x-1a",
        _no_intent,
        "IngramSpark: it does not say once how it is to be printed (output intent)",
        job=_INGRAM_BLACK,
    ),
    Broken("not-pdf-x-1a", _no_title, "IngramSpark: it does not say a title (Title)", job=_INGRAM_BLACK),
)
"""At least one for every demand."""
