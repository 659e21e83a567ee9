"""What printers demand of a file as a file: fonts within it, nothing that does not print, and PDF/X-1a where it is asked for."""

from collections.abc import Iterator

from bookbuild.prepress.demand import Fault, Job, demand
from bookbuild.prepress.read import ReadPdf

_X1A_VERSIONS = {"1.3", "1.4"}
_X1A_INFO = {
    "/Title": "a title",
    "/CreationDate": "when it was made",
    "/ModDate": "when it was changed",
    "/Trapped": "whether it is trapped",
    "/GTS_PDFXVersion": "which PDF/X it is",
}
_X1A = {"PDF/X-1a:2001", "PDF/X-1a:2003"}


@demand(remedy="save it without a password", refuses=True)
def locked(pdf: ReadPdf, _job: Job) -> Iterator[Fault]:
    """A locked file cannot be laid out on sheets."""
    if pdf.is_locked:
        yield Fault("the file is locked")


@demand(remedy="make pictures smaller", figure="megabytes", refuses=True)
def file_too_large(pdf: ReadPdf, job: Job) -> Iterator[Fault]:
    """The upload breaks off."""
    if pdf.size > job.printer.megabytes * 1_000_000:
        yield Fault(f"the file has {pdf.size // 1_000_000} MB; {job.printer.megabytes} are taken")


@demand(remedy="name the font's file in `page: {font: …}`, or leave it out of your css", refuses=True)
def font_not_embedded(pdf: ReadPdf, _job: Job) -> Iterator[Fault]:
    """A font that is not in the file is replaced by another, with other widths."""
    for name in sorted({font.name for font in pdf.fonts if not font.is_embedded}):
        yield Fault(f"the font {name} is not in the file")


@demand(remedy="give the font as TrueType (.ttf)", refuses=True)
def font_too_new(pdf: ReadPdf, _job: Job) -> Iterator[Fault]:
    """A font of a kind that came with a later PDF than this one says it is, is not found by older machines."""
    for name in sorted({font.name for font in pdf.fonts if _number(font.needs) > _number(pdf.version)}):
        yield Fault(f"the font {name} is of a kind that PDF {pdf.version} does not have")


def _number(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split(".") if part.isdigit())


@demand(remedy="make it with `print:`, which leaves links out", figure="plain", refuses=True)
def links(pdf: ReadPdf, job: Job) -> Iterator[Fault]:
    """Links and comments do not print; some printers refuse a file for them."""
    if job.printer.plain:
        for page in pdf.pages:
            if page.notes:
                yield Fault("links or comments are on the page", page.number)


@demand(remedy="make it with `print:`, which leaves it out", figure="plain")
def outline(pdf: ReadPdf, job: Job) -> Iterator[Fault]:
    """Bookmarks are for screens."""
    if job.printer.plain and pdf.has_outline:
        yield Fault("the file has an outline (bookmarks)")


@demand(remedy="save it without scripts", refuses=True)
def acts_by_itself(pdf: ReadPdf, _job: Job) -> Iterator[Fault]:
    """A file that does something when it is opened is taken for a harmful one."""
    if pdf.has_actions:
        yield Fault("the file does something when it is opened")


@demand(remedy="make it with `print: ingram`", figure="pdf_x", refuses=True)
def not_pdf_x_1a(pdf: ReadPdf, job: Job) -> Iterator[Fault]:
    """PDF/X-1a (ISO 15930-1) is a promise that nothing in the file is left to the printer's guess."""
    if not job.printer.pdf_x:
        return
    if pdf.conformance not in _X1A:
        yield Fault("the file does not say that it is PDF/X-1a")
    if pdf.version not in _X1A_VERSIONS:
        yield Fault(f"it is PDF {pdf.version}; PDF/X-1a is 1.3 or 1.4")
    if pdf.intents.count("/GTS_PDFX") != 1:
        yield Fault("it does not say once how it is to be printed (output intent)")
    for name, what in _X1A_INFO.items():
        if name not in pdf.info:
            yield Fault(f"it does not say {what} ({name[1:]})")
    if not pdf.has_id:
        yield Fault("it has no ID")
