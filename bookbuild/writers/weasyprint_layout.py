"""HTML and style sheets → laid out pages → PDF: all that calls WeasyPrint.

Import this module late: WeasyPrint takes half a second to load, and needs Pango.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

from cssselect2 import ElementWrapper
from tinyhtml5 import parse
from weasyprint import CSS, HTML
from weasyprint.formatting_structure import boxes
from weasyprint.text.fonts import FontConfiguration, get_hb_object_data
from weasyprint.urls import FatalURLFetchingError

from bookbuild.errors import BookError, Finding, Place, error
from bookbuild.writers.composing.reprints import Originals
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

    def page_boxes(self) -> list[Any]:
        """Give the box of each page."""
        return [page._page_box for page in self.document.pages]  # noqa: SLF001 (there is no other way to what was painted)

    @property
    def pages(self) -> int:
        """How many there are."""
        return len(self.document.pages)

    def anchors(self) -> dict[str, int]:
        """Say on which page, from 0, each id stands first."""
        found: dict[str, int] = {}
        for number, page in enumerate(self.document.pages):
            for id_ in page.anchors:
                found.setdefault(id_, number)
        return found

    def side(self) -> str:
        """Say on which side its first division wants to begin: recto, verso, or page for either."""
        root = next(box for box in self.page_boxes()[0].children if box.element_tag == "html")
        return wanted_side(root.children[0])

    def faces(self) -> dict[str, bytes]:
        """Give the whole files of the fonts that were painted with, by their names in the PDF; but for unusual ones."""
        return {
            font.hash: get_hb_object_data(font.hb_face)
            for font in self.document.fonts.values()
            if not (font.bitmap or font.missing or font.png or font.svg or font.colr or "fvar" in font.tables)
        }

    def font_families(self) -> set[str]:
        """Give the names of the fonts that were painted with."""
        return {str(font.family) for font in self.document.fonts.values()}

    def paint(self) -> tuple[bytes, list[Finding]]:
        """Make the PDF, tagged for screen readers (PDF/UA-1)."""
        with listening() as messages, _told(self.sheets, self.document.url_fetcher):
            data: bytes = self.document.write_pdf(**_KIND, finisher=greys)
        return data, to_findings(messages, self.sheets)


def lay_out(html: str, sheets: Sequence[Sheet], geometry: str, folders: Sequence[Path]) -> Layout:
    """Lay out one document.

    Raises:
        BookError: as `Layouter` does.

    """
    layouter = Layouter(sheets, geometry, folders)
    layout = layouter.lay_out(read_html(html))
    return replace(layout, findings=(*layouter.findings, *layout.findings))


def read_html(html: str) -> Element:
    """Read a document, so that it can be laid out."""
    root: Element = parse(html, namespace_html_elements=False)
    return root


class Layouter:
    """Lays out documents with the same style sheets; `sheets` are named in messages, `geometry` is our own and beats them."""

    def __init__(self, sheets: Sequence[Sheet], geometry: str, folders: Sequence[Path]) -> None:
        """Read the style sheets.

        Raises:
            BookError: one asks for something outside `folders`, or the network.

        """
        self._sheets = tuple(sheets)
        self._geometry = folders[0] / "geometry.css"
        self._fetcher = ProjectFetcher(*folders)
        self._fonts = FontConfiguration()
        self._findings: list[Finding] = []
        self._css = [
            self._read(sheet) for sheet in (*sheets, Sheet("the page's geometry", geometry, self._geometry))
        ]

    def _read(self, sheet: Sheet) -> CSS:
        with listening() as messages, _told((sheet,), self._fetcher):
            base = sheet.path.resolve().as_uri()
            made = CSS(string=sheet.text, base_url=base, url_fetcher=self._fetcher, font_config=self._fonts)
        self._findings += to_findings(messages, (sheet, *self._fetcher.sheets()))
        return made

    def lay_out(self, root: Element, more: str = "", originals: Originals | None = None) -> Layout:
        """Lay out a document; `more` is a style sheet of ours that beats all others, `originals` what was composed.

        Raises:
            BookError: the document asks for something that it may not have.

        """
        css = [originals.asked_by(sheet) for sheet in self._css] if originals else list(self._css)
        if more:
            css.append(self._read(Sheet("the composed lines", more, self._geometry)))
        with listening() as messages, _told(self._sheets, self._fetcher):
            page = _Document(root, self._fetcher)
            document = page.render(font_config=self._fonts, stylesheets=css, **_KIND)
        findings = to_findings(messages, (*self._sheets, *self._fetcher.sheets()))
        return Layout(document, tuple(dict.fromkeys(findings)), self._sheets)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What was said of the style sheets."""
        return tuple(dict.fromkeys(self._findings))


class _Document(HTML):  # type: ignore[misc]
    """A document that was parsed before."""

    def __init__(self, root: Element, fetcher: ProjectFetcher) -> None:
        self.base_url = None
        self.url_fetcher = fetcher
        self.media_type = "print"
        self.wrapper_element = ElementWrapper.from_html_root(root, content_language=None)
        self.etree_element = root


def wanted_side(box: Any) -> str:
    """Say on which side a box wants to begin, it or the first that is in it: recto, verso, or page for either."""
    while True:
        wanted = box.style["break_before"]
        if wanted in {"recto", "right"}:
            return "recto"
        if wanted in {"verso", "left"}:
            return "verso"
        if not isinstance(box, boxes.ParentBox) or not box.children:
            return "page"
        box = box.children[0]


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
