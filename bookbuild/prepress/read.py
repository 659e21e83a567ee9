"""A finished PDF read as a printer reads it: boxes, colours, pictures, fonts, and what it says of itself. Nothing of our intentions."""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

import pikepdf
import pypdfium2

from bookbuild.errors import BookError, Place, error
from bookbuild.prepress.colours import most_ink
from bookbuild.prepress.extents import Drawn, read_extents
from bookbuild.prepress.followed import Step, followed, is_seen_through
from bookbuild.prepress.placed import Placed, placed
from bookbuild.prepress.spaces import Made, made_of

_SETS = {"g": Made.GREY, "G": Made.GREY, "rg": Made.RGB, "RG": Made.RGB, "k": Made.CMYK, "K": Made.CMYK}


_BROKEN = (
    pikepdf.PdfError,
    pypdfium2.PdfiumError,
    ArithmeticError,
    AttributeError,
    LookupError,
    RecursionError,
    TypeError,
    ValueError,
)
"""What pikepdf, PDFium and Python say of a file that is not made as ISO 32000-1 has it."""
UNKNOWN_INK = -1


class Box(NamedTuple):
    """A box of a page, in points."""

    left: float
    bottom: float
    right: float
    top: float

    @property
    def width(self) -> float:
        """From left to right."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """From foot to head."""
        return self.top - self.bottom


class ReadPicture(NamedTuple):
    """A picture as it stands on a page."""

    resolution: int  # dots to the inch
    is_lines: bool  # one bit a dot
    made: Made
    is_seen_through: bool
    ink: int  # per cent, of four inks; 0 for others, UNKNOWN_INK where it cannot be read


@dataclass(frozen=True, slots=True)
class ReadPage:
    """What a page is."""

    number: int  # from 1
    media: Box
    trim: Box
    bleed: Box
    crop: Box
    rotated: int
    notes: int  # links, comments and the like
    made: frozenset[Made]  # what its colours are made of
    ink: int  # per cent, of text and lines
    has_mixed_black: bool  # black text or lines made of more than black ink
    is_seen_through: bool
    pictures: tuple[ReadPicture, ...]
    drawn: tuple[Drawn, ...]


class ReadFont(NamedTuple):
    """A font of the file."""

    name: str
    is_embedded: bool
    needs: str  # the version of PDF that has its kind


@dataclass(frozen=True, slots=True)
class ReadPdf:
    """What a file is."""

    name: str
    size: int  # bytes
    version: str
    is_locked: bool
    has_outline: bool
    has_tags: bool
    has_metadata: bool
    has_actions: bool
    has_id: bool
    info: frozenset[str]
    conformance: str
    intents: tuple[str, ...]
    fonts: tuple[ReadFont, ...]
    pages: tuple[ReadPage, ...]


def read_pdf(data: bytes, name: str) -> ReadPdf:
    """Read a PDF; `name` is what messages call it.

    Raises:
        BookError: it is no PDF, is broken, or asks for a password.

    """
    place = Place(name)
    try:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            return _read(pdf, data, name)
    except pikepdf.PasswordError as fault:
        raise BookError(error("the PDF asks for a password", place, hint="save it without one")) from fault
    except _BROKEN as fault:
        hint = "make it anew; `qpdf --check` says more"
        raise BookError(error(f"this is no PDF, or a broken one: {fault}", place, hint=hint)) from fault


def _read(pdf: pikepdf.Pdf, data: bytes, name: str) -> ReadPdf:
    root, info = pdf.Root, pdf.docinfo
    extents = read_extents(data)
    pictures: dict[Any, ReadPicture] = {}
    return ReadPdf(
        name=name,
        size=len(data),
        version=pdf.pdf_version,
        is_locked=pdf.is_encrypted,
        has_outline="/First" in root.get("/Outlines", {}),
        has_tags="/StructTreeRoot" in root,
        has_metadata="/Metadata" in root,
        has_actions="/OpenAction" in root or "/AA" in root or "/JavaScript" in root.get("/Names", {}),
        has_id="/ID" in pdf.trailer,
        info=frozenset(info.keys()),
        conformance=str(info.get("/GTS_PDFXConformance", "")),
        intents=tuple(str(one.get("/S")) for one in root.get("/OutputIntents", ())),
        fonts=tuple(_fonts(pdf)),
        pages=tuple(
            _page(page, number, drawn, pictures)
            for number, (page, drawn) in enumerate(zip(pdf.pages, extents, strict=True), 1)
        ),
    )


# ---------------------------------------------------------------- pages


def _box(edges: Any) -> Box:
    left, bottom, right, top = (float(edge) for edge in edges)
    return Box(min(left, right), min(bottom, top), max(left, right), max(bottom, top))


def _page(
    page: pikepdf.Page, number: int, drawn: tuple[Drawn, ...], pictures: dict[Any, ReadPicture]
) -> ReadPage:
    steps = list(followed(page))
    inks = [
        [float(part) for part in step.operands]
        for step in steps
        if step.command in {"k", "K"} and len(step.operands) == 4
    ]
    found = [picture for step in steps if (picture := placed(step))]
    return ReadPage(
        number=number,
        media=_box(page.mediabox),
        trim=_box(page.trimbox),
        bleed=_box(page.obj.get("/BleedBox", page.mediabox)),
        crop=_box(page.cropbox),
        rotated=int(page.obj.get("/Rotate", 0)) % 360,
        notes=len(page.obj.get("/Annots", ())),
        made=frozenset(made for step in steps for made in _made(step)),
        ink=round(100 * max(map(sum, inks), default=0)),
        has_mixed_black=any(black > 0.85 and sum(others) > 0 for *others, black in inks),
        is_seen_through=_is_group(page.obj) or any(map(_is_seen_through, steps)),
        pictures=tuple(_picture(one, pictures) for one in found if not one.picture.get("/ImageMask")),
        drawn=drawn,
    )


def _made(step: Step) -> Iterator[Made]:
    """Say what the colours are made of that a step sets or paints with."""
    if step.command in _SETS:
        yield _SETS[step.command]
    elif step.command in {"cs", "CS"}:
        name = str(step.operands[0])
        yield made_of(step.resources.get("/ColorSpace", {}).get(name, step.operands[0]))
    elif step.command in {"scn", "SCN"}:
        pattern = step.named("/Pattern")
        if pattern is not None and "/Shading" in pattern:
            yield made_of(pattern.Shading.ColorSpace)
    elif step.command == "sh":
        shading = step.named("/Shading")
        if shading is not None:
            yield made_of(shading.ColorSpace)


def _is_seen_through(step: Step) -> bool:
    """Whether a step makes what is painted transparent."""
    if step.command == "Do":
        form = step.named("/XObject")
        return form is not None and form.get("/Subtype") == "/Form" and _is_group(form)
    state = step.named("/ExtGState") if step.command == "gs" else None
    return state is not None and is_seen_through(state)


def _is_group(thing: Any) -> bool:
    return bool(thing.get("/Group", {}).get("/S") == "/Transparency")


def _picture(one: Placed, known: dict[Any, ReadPicture]) -> ReadPicture:
    stream = one.picture
    if stream.objgen not in known:
        made = made_of(stream.get("/ColorSpace"))
        is_inked = made in {Made.CMYK, Made.ICC_CMYK}
        ink = _ink_of(stream) if is_inked else 0
        is_lines = int(stream.get("/BitsPerComponent", 8)) == 1
        known[stream.objgen] = ReadPicture(0, is_lines, made, "/SMask" in stream or "/Mask" in stream, ink)
    return known[stream.objgen]._replace(resolution=round(one.resolution))


def _ink_of(stream: Any) -> int:
    try:
        return most_ink(pikepdf.PdfImage(stream).as_pil_image(apply_mask=False))
    except (*_BROKEN, OSError, NotImplementedError, pikepdf.UnsupportedImageTypeError):
        return UNKNOWN_INK


# ---------------------------------------------------------------- fonts


def _fonts(pdf: pikepdf.Pdf) -> Iterator[ReadFont]:
    """Give every font that text may be set in; those without a descriptor are the fourteen that readers once had themselves."""
    for thing in pdf.objects:
        if not isinstance(thing, pikepdf.Dictionary) or thing.get("/Type") != "/Font":
            continue
        kind, name = str(thing.get("/Subtype")), str(thing.get("/BaseFont", "")).lstrip("/")
        if kind in {"/Type0", "/Type3"}:
            continue
        descriptor = thing.get("/FontDescriptor", {})
        files = [key for key in ("/FontFile", "/FontFile2", "/FontFile3") if key in descriptor]
        is_open = files == ["/FontFile3"] and descriptor.FontFile3.get("/Subtype") == "/OpenType"
        yield ReadFont(name.partition("+")[2] or name, bool(files), "1.6" if is_open else "1.2")
