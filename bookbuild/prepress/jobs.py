"""A finished PDF looked at as the printer does that build.yaml, or the command line, names for it."""

from pathlib import Path

from bookbuild.config.keys import Settings
from bookbuild.config.print_keys import PrintedBy
from bookbuild.errors import BookError, Finding, Place, RequestError, error
from bookbuild.prepress.demand import Job, inspect_pdf
from bookbuild.prepress.demands import DEMANDS
from bookbuild.prepress.read import read_pdf
from bookbuild.printers import PRINTERS


def job_of(settings: Settings) -> Job | None:
    """Say what an edition's PDF is made for; nothing where no printer is named."""
    printed = settings.printed
    if printed.printer is None:
        return None
    return Job(printed.printer, settings.page.trim, printed.paper, printed.ink)


def look_at_print(data: bytes, name: str, settings: Settings) -> tuple[Finding, ...]:
    """Look at an edition's finished PDF as its printer does.

    Raises:
        BookError: it cannot be read.

    """
    job = job_of(settings)
    return inspect_pdf(read_pdf(data, name), job, DEMANDS) if job else ()


def look_at_file(path: Path, printed_by: PrintedBy | None) -> tuple[Finding, ...]:
    """Look at a PDF by whichever program it was made, for a printer; a single page is a cover.

    Raises:
        RequestError: no printer is named, or there is no such file.
        BookError: it is no PDF.

    """
    printer = PRINTERS.get(printed_by.value) if printed_by else None
    if printer is None:
        hint = f"--print {', --print '.join(PRINTERS)}"
        raise RequestError(
            error("a PDF is looked at as a printer does: say which", Place(str(path)), hint=hint)
        )
    try:
        data = path.read_bytes()
    except FileNotFoundError as fault:
        raise RequestError(error("there is no such file", Place(str(path)))) from fault
    except OSError as fault:
        raise BookError(error(f"the file cannot be read: {fault.strerror}", Place(str(path)))) from fault
    pdf = read_pdf(data, str(path))
    return inspect_pdf(pdf, Job(printer, is_cover=len(pdf.pages) == 1), DEMANDS)
