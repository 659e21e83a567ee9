"""The cover's PDF: pictures, the back's text and what is set in type on one sheet, made ready for the printer and read again."""

import base64
import io
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NamedTuple

from font_source_serif_pro import font_files_ttf
from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from markupsafe import Markup
from PIL import Image, ImageOps

from bookbuild.config.keys import Edition
from bookbuild.config.load import Config
from bookbuild.errors import Finding, Place, warning
from bookbuild.folder import file_inside
from bookbuild.prepress.demand import Job, inspect_pdf
from bookbuild.prepress.demands import DEMANDS
from bookbuild.prepress.plates import Plates, make_plates
from bookbuild.prepress.read import read_pdf
from bookbuild.printers import KDP
from bookbuild.wrap.barcode import barcode_svg
from bookbuild.wrap.blurb import Blurb, fitted_blurb
from bookbuild.wrap.folds import Area, Folds, fold
from bookbuild.wrap.front import FAMILIES, front_svg, imprint_svg, spine_svg
from bookbuild.wrap.remarks import blank_spine, lacking
from bookbuild.wrap.scheme import colours_of
from bookbuild.writers.cover import decode, read_bytes
from bookbuild.writers.cover_drawing import FACES
from bookbuild.writers.imprint import modified

_TEMPLATES = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=select_autoescape(["html"]),
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


@dataclass(frozen=True, slots=True)
class CoverPdf:
    """A cover, and where everything is on it."""

    data: bytes
    folds: Folds
    findings: tuple[Finding, ...]


class _Laid(NamedTuple):
    """A picture on the sheet."""

    address: str
    area: Area


def make_cover(config: Config, edition: Edition, pages: int, name: str) -> CoverPdf:
    """Make the cover of an edition of so many pages; `name` is what messages call it.

    Raises:
        BookError: a picture is missing, broken or outside the book's folder, or the printer lacks the paper.

    """
    settings, place = edition.settings, config.of(edition).place
    folds, told = fold(settings, pages, place("print"))
    whole = _picture(config, settings.wrap.picture, place("wrap", "picture"))
    front = None
    if not whole:
        asked = ("wrap", "front") if settings.wrap.front else ("cover",)
        front = _picture(config, settings.wrap.front or settings.cover, place(*asked))
    data = _painted(edition, folds, whole, front)
    printer = settings.printed.printer or KDP
    plates = Plates(printer, printer.cover.inks, printer.cover.bleed, printer.cover.bleed, is_book=False)
    made = make_plates(data[0], plates)
    job = Job(printer, (folds.width, folds.height), is_cover=True, spine=folds.spine, pages=pages)
    looked = inspect_pdf(read_pdf(made, name), job, DEMANDS)
    own = () if whole else (*blank_spine(settings, folds, place("wrap")), *lacking(settings, place("wrap")))
    return CoverPdf(made, folds, (*told, *own, *data[1], *looked))


def _painted(
    edition: Edition, folds: Folds, whole: Image.Image | None, front: Image.Image | None
) -> tuple[bytes, tuple[Finding, ...]]:
    """Paint everything on one sheet; gives what is to be told of it as well."""
    from bookbuild.writers.weasyprint_layout import lay_out  # noqa: PLC0415 (half a second)

    settings = edition.settings
    colours = colours_of(settings.wrap, settings.title, whole or front)
    blurb = _blurb(edition, folds, has_whole=whole is not None)
    drawing: list[str] = []
    if not whole:
        drawing += [
            *spine_svg(settings, folds, colours),
            *(() if front else front_svg(settings, folds, colours)),
        ]
    if not whole and settings.publisher:
        drawing.append(imprint_svg(settings, folds, colours))
    if settings.isbn and settings.wrap.barcode:
        drawing.append(barcode_svg(settings.isbn, folds.barcode, FAMILIES["small"]))
    faces = {FAMILIES[use]: Path(font_files_ttf[name]) for use, name in FACES.items()}
    html = _TEMPLATES.get_template("cover.html").render(
        settings=settings,
        cover="cover",
        modified=modified(settings).strftime("%Y-%m-%dT%H:%M:%SZ"),
        pictures=_laid(folds, whole, front),
        blurb=blurb.paragraphs if blurb else (),
        folds=folds,
        drawing=Markup("\n".join(drawing)),  # noqa: S704 (the drawing escapes its text)
    )
    sheet = _TEMPLATES.get_template("cover.css").render(
        faces={use: path.as_uri() for use, path in faces.items()},
        folds=folds,
        colours=colours,
        blurb=blurb.area if blurb else folds.back,
        size=blurb.size if blurb else 10,
    )
    layout = lay_out(html, (), sheet, tuple({path.parent for path in faces.values()}))
    data, said = layout.paint()
    lost = (_too_long(),) if blurb and blurb.is_too_long else ()
    return data, (*lost, *(one for one in (*layout.findings, *said) if not _is_told(one)))


def _is_told(finding: Finding) -> bool:
    """Whether what WeasyPrint says is told in our own words, or is nothing that prints."""
    return "alt" in finding.message or ".notdef glyph" in finding.message


def _too_long() -> Finding:
    hint = "make `wrap: {back: …}`, or `description`, shorter"
    return warning("the back's text is too long for its place, even in small type", hint=hint)


def _blurb(edition: Edition, folds: Folds, *, has_whole: bool) -> Blurb | None:
    settings = edition.settings
    text = settings.wrap.back or (() if has_whole else (settings.description,))
    paragraphs = tuple(" ".join(one.split()) for one in text if one.strip())
    return fitted_blurb(paragraphs, folds) if paragraphs else None


# ---------------------------------------------------------------- pictures


def _picture(config: Config, name: str | None, asked_at: Place) -> Image.Image | None:
    if not name:
        return None
    path = file_inside(config.folder, name, asked_at)
    what = f"the picture '{name}'"
    picture = decode(read_bytes(path, what, asked_at), what, asked_at, ("JPEG", "PNG", "WEBP"))
    upright = ImageOps.exif_transpose(picture)
    return upright if upright.mode in {"RGB", "L", "CMYK"} else upright.convert("RGB")


def _laid(folds: Folds, whole: Image.Image | None, front: Image.Image | None) -> list[_Laid]:
    sheet = Area(0, 0, folds.width, folds.height).inset(-folds.bleed, -folds.bleed)
    if whole:
        return [_Laid(_address(whole), sheet)]
    if front:
        beside = folds.front
        wide = replace(beside, top=sheet.top, height=sheet.height, width=beside.width + folds.bleed)
        return [_Laid(_address(front), wide)]
    return []


def _address(picture: Image.Image) -> str:
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=95, subsampling=0)
    return f"data:image/jpeg;base64,{base64.b64encode(out.getvalue()).decode()}"
