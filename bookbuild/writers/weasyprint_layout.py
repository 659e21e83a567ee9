"""HTML and style sheets → laid out pages → PDF: all that calls WeasyPrint.

Import this module late: WeasyPrint takes half a second to load, and needs Pango.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError

from bookbuild.errors import BookError, Finding, Place, error
from bookbuild.writers.pdf_finish import greys
from bookbuild.writers.weasyprint_fetcher import ProjectFetcher, RefusedError
from bookbuild.writers.weasyprint_log import Sheet, listening, place_of_address, to_findings

_KIND: dict[str, Any] = {"pdf_variant": "pdf/ua-1", "pdf_tags": True}


@dataclass(frozen=True, slots=True)
class Layout:
    """Pages as WeasyPrint laid them out, and what it said meanwhile."""

    document: Any
    findings: tuple[Finding, ...]
    sheets: tuple[Sheet, ...]

    @property
    def pages(self) -> int:
        """How many there are."""
        return len(self.document.pages)

    def starts(self, ids: Sequence[str]) -> dict[str, int]:
        """Say on which page, from 0, each of these ids stands first."""
        found: dict[str, int] = {}
        for number, page in enumerate(self.document.pages):
            for id_ in page.anchors:
                found.setdefault(id_, number)
        return {id_: found[id_] for id_ in ids if id_ in found}

    def font_families(self) -> set[str]:
        """Give the names of the fonts that were painted with."""
        return {str(font.family) for font in self.document.fonts.values()}

    def paint(self) -> tuple[bytes, list[Finding]]:
        """Make the PDF, tagged for screen readers (PDF/UA-1)."""
        with listening() as messages, _told(self.sheets, self.document.url_fetcher):
            data: bytes = self.document.write_pdf(**_KIND, finisher=greys)
        return data, to_findings(messages, self.sheets)


def lay_out(html: str, sheets: Sequence[Sheet], geometry: str, folders: Sequence[Path]) -> Layout:
    """Lay out a document; `sheets` are named in messages, `geometry` is our own and beats them.

    Raises:
        BookError: a sheet asks for something outside `folders`, or the network.

    """
    fetcher = ProjectFetcher(*folders)
    fonts = FontConfiguration()
    findings: list[Finding] = []
    made = []
    for sheet in (*sheets, Sheet("the page's geometry", geometry, folders[0] / "geometry.css")):
        with listening() as messages, _told((sheet,), fetcher):
            base = sheet.path.resolve().as_uri()
            made.append(CSS(string=sheet.text, base_url=base, url_fetcher=fetcher, font_config=fonts))
        findings += to_findings(messages, (sheet, *fetcher.sheets()))
    with listening() as messages, _told(sheets, fetcher):
        page = HTML(string=html, url_fetcher=fetcher)
        document = page.render(font_config=fonts, stylesheets=made, **_KIND)
    findings += to_findings(messages, (*sheets, *fetcher.sheets()))
    return Layout(document, tuple(dict.fromkeys(findings)), tuple(sheets))


@contextmanager
def _told(sheets: Sequence[Sheet], fetcher: ProjectFetcher) -> Iterator[None]:
    """Turn what stops WeasyPrint, or should have, into an error of ours, with the place that asked for it where there is one."""
    try:
        yield
        fetcher.check()
    except RefusedError as refused:
        hint = "keep what a style sheet needs in the book's folder"
        place = place_of_address(refused.url, (*sheets, *fetcher.sheets())) or _only(sheets)
        raise BookError(error(str(refused), place, hint=hint)) from refused
    except FatalURLFetchingError as fault:  # no `Exception`
        raise BookError(error(f"a file cannot be read: {fault}", _only(sheets))) from fault
    except Exception as fault:  # it trips over some CSS, such as `calc(1px + )`
        raise BookError(_failure(fault, _only(sheets))) from fault


def _failure(fault: Exception, place: Place | None) -> Finding:
    hint = "try without the css of build.yaml, then put it back rule by rule"
    return error(
        f"WeasyPrint, which makes the PDF, fails: {type(fault).__name__} {fault}".rstrip(), place, hint=hint
    )


def _only(sheets: Sequence[Sheet]) -> Place | None:
    return Place(sheets[0].name) if len(sheets) == 1 else None
