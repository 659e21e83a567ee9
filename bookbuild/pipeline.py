"""The whole flow, in order: read this first.

build.yaml → Config; manuscript → drafts → normalised drafts → Book (`reading`); for each edition: Book → Book → file. At every
hand-over the account compares the words, and a file replaces the one before it only when they add up. Preflight then looks into
what is not for print, as stores and readers do.
"""

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path
from typing import ClassVar

from font_source_serif_pro import font_files_ttf

from bookbuild.account import check_edition, check_epub, check_pdf, compare
from bookbuild.config.file_names import file_name
from bookbuild.config.keys import Edition
from bookbuild.config.load import Config
from bookbuild.config.values import Format, Notes
from bookbuild.editions import author_notes, make_edition
from bookbuild.errors import BookError, Finding, Severity
from bookbuild.folder import file_inside
from bookbuild.identities import Known, has_nothing_of, identify
from bookbuild.means import ALONE, Means
from bookbuild.origins import look_into, origins, untold
from bookbuild.pagination import Pagination, pagination
from bookbuild.preflight.epubcheck import EpubChecked, run_epubcheck
from bookbuild.prepress.jobs import look_at_print
from bookbuild.print_pages import PrintPages, prints_first
from bookbuild.readback import epub_words, pdf_folios, pdf_pages
from bookbuild.readers_places import PLACES_FILE, load_places, of_another_book, places_to_json
from bookbuild.reading import Reading, Tell, read_book
from bookbuild.replacing import replace_file, replacing
from bookbuild.source import read_source
from bookbuild.styles import style_sheets
from bookbuild.tree import Book
from bookbuild.writers.cover import Cover, read_cover
from bookbuild.writers.cover_drawing import draw_cover
from bookbuild.writers.embedded_fonts import embed, licences
from bookbuild.writers.epub import Enclosed, write_epub
from bookbuild.writers.fonts import Family, missing, read_family
from bookbuild.writers.kindle import azw3_to_epub, epub_to_azw3, find_converter
from bookbuild.writers.look_sheets import look_paths, look_sheets
from bookbuild.writers.looks import hiding_declarations
from bookbuild.writers.pdf import PrintLooks, check_looks, write_pdf
from bookbuild.writers.pictures import read_pictures
from bookbuild.writers.weasyprint_log import Sheet
from bookbuild.writers.written import Written


@dataclass(frozen=True, slots=True)
class Made:
    """One file that was made."""

    edition: Edition
    path: Path
    size: int  # bytes
    pages: int  # 0 for an EPUB
    notes_left_out: int  # author's notes that this edition does without
    seconds: float
    pages_of: str = ""  # the print edition whose page numbers an EPUB has; empty where it has none


@dataclass(frozen=True, slots=True)
class Report:
    """All that a build has to tell."""

    made: tuple[Made, ...]
    reading: Reading
    findings: tuple[Finding, ...]
    epubchecked: tuple[EpubChecked, ...] = ()  # the books that EPUBCheck was asked about

    def has(self, severity: Severity) -> bool:
        """Whether anything of this weight was found."""
        return any(finding.severity is severity for finding in self.findings)


# ---------------------------------------------------------------- Book → files


def check(
    config: Config, editions: Sequence[Edition], tell: Tell, means: Means = ALONE, *, with_epubcheck: bool
) -> Report:
    """Read everything that the editions need, and write nothing; EPUBs, and PDFs for a printer, are made, looked into, thrown away.

    Raises:
        BookbuildError: as a build would; or EPUBCheck was asked for, and is not here.

    """
    findings: dict[Finding, None] = {}  # each once, in order
    checked: list[EpubChecked] = []
    readings = _Readings(config, tell)
    for edition in editions:
        reading, book = readings.book_for(edition)
        pictures = read_pictures(book, edition, config.folder)
        assets = gather_assets(config.of(edition), edition, means)
        findings |= dict.fromkeys((*reading.findings, *assets.findings))
        if edition.format.is_print and edition.settings.printed.printer is None:
            check_looks(edition.settings, _print_looks(config.of(edition), assets))
        else:
            tell(f"looking into {edition.name}")
            written = _write(config, book, edition, assets, None)
            looked = untold(_look_into(written, config, edition, book), findings)
            findings |= dict.fromkeys((*written.findings, *looked))
            if with_epubcheck and edition.format is Format.EPUB:
                at = origins(config, edition, book)
                checked.append(run_epubcheck(written.data, file_name(edition), at))
                findings |= dict.fromkeys(checked[-1].findings)
        findings |= dict.fromkeys(pictures.findings)
    return Report((), readings.first, tuple(findings), tuple(checked))


def build(config: Config, editions: Sequence[Edition], out: Path, tell: Tell, means: Means = ALONE) -> Report:
    """Build editions of a book into the folder `out`; what is in the cache is not made again.

    Raises:
        BookbuildError: nothing of the edition that failed was replaced.

    """
    made: list[Made] = []
    findings: dict[Finding, None] = {}
    readings = _Readings(config, tell)
    pages = PrintPages(config, lambda one: out / file_name(one), lambda one: readings.book_for(one)[1])
    for edition in prints_first(editions):
        began = time.perf_counter()
        reading, plain = readings.book_for(edition)
        book, source = pages.marked(plain, edition)
        tell(f"setting {edition.name}")
        assets = gather_assets(config.of(edition), edition, means)
        written = _write(config, book, edition, assets, source)
        if edition.format is Format.AZW3:
            written = epub_to_azw3(written, edition.settings)
        findings |= dict.fromkeys((*reading.findings, *assets.findings, *written.findings))
        tell(f"reading {edition.name} back")
        path = out / file_name(edition)
        with replacing(path, written.data) as beside:
            try:
                printed = _check_written(book, edition, beside, written)
            except BookError as fault:  # what the writer noticed may be the reason
                raise BookError(*fault.findings, *written.findings) from fault
        if printed:
            pages.keep(edition, printed)
        findings |= dict.fromkeys(untold(_look_into(written, config, edition, book), findings))
        left_out = len(author_notes(reading.book)) if edition.notes is Notes.OMIT else 0
        size, pages_of = len(written.data), source.name if source else ""
        made.append(Made(edition, path, size, written.pages, left_out, time.perf_counter() - began, pages_of))
    if not all(one.edition.format.is_print for one in made):
        readings.remember()
    made.sort(key=lambda one: editions.index(one.edition))
    return Report(tuple(made), readings.first, tuple(findings))


class _Readings:
    """The manuscript as each edition reads it; those that read the same files by the same rules share one reading."""

    READ_FROM: ClassVar = {
        "manuscript", "frontmatter", "backmatter", "rules", "words", "foreign", "language", "wording", "title", "authors",
    }  # fmt: skip

    def __init__(self, config: Config, tell: Tell) -> None:
        self.config = config
        self.tell = tell
        self.readings: dict[str, Reading] = {}
        self.memory, self.told = load_places(config.folder)
        self.remembered: dict[str, tuple[Known, ...]] = {}

    @property
    def first(self) -> Reading:
        return next(iter(self.readings.values()))

    def book_for(self, edition: Edition) -> tuple[Reading, Book]:
        """Give the reading, and the book with the edition's choices applied."""
        key = edition.settings.model_dump_json(include=self.READ_FROM)
        if key not in self.readings:
            self.readings[key] = self._identified(
                read_book(self.config.of(edition), edition.settings, self.tell)
            )
        reading = self.readings[key]
        book = make_edition(reading.book, edition)
        check_edition(reading.book, book, notes_kept=edition.notes is not Notes.OMIT)
        return reading, book

    def _identified(self, reading: Reading) -> Reading:
        """Let chapters and paragraphs be called as in the last build."""
        book, remembered = identify(reading.book, self.memory)
        told = (of_another_book(),) if has_nothing_of(self.memory, remembered) else self.told
        self.remembered |= remembered
        return replace(reading, book=book, findings=(*reading.findings, *told))

    def remember(self) -> None:
        """Keep what chapters and paragraphs are called, for the next build.

        Raises:
            BookError: it cannot be written.

        """
        if self.remembered != self.memory:
            replace_file(self.config.folder / PLACES_FILE, places_to_json(self.remembered).encode())


@dataclass(frozen=True, slots=True)
class Assets:
    """The files beside the manuscript that an edition needs, and what they may be made with."""

    styles: tuple[Path, ...]  # the sheets of the style, those it is laid over first
    own_css: Path | None
    cover: Cover | None  # of an EPUB
    family: Family | None  # of an EPUB that is to bring its font
    findings: tuple[Finding, ...]
    means: Means
    chosen: tuple[Sheet, ...]  # the looks of print that are laid over the style


def gather_assets(config: Config, edition: Edition, means: Means = ALONE) -> Assets:
    """Find an edition's style, the author's own CSS, and its cover, or draw one.

    Raises:
        BookbuildError: one of them is missing, outside the book's folder, or broken.

    """
    settings = edition.settings
    sheet = "print.css" if edition.format.is_print else "epub.css"
    styles = style_sheets(settings.style, sheet, config.place("style"))
    own_css, cover, family, findings, chosen = None, None, None, list[Finding](), tuple[Sheet, ...]()
    if edition.format.is_print:
        chosen, told = look_sheets(settings, config.folder, config.place("looks", "ornament"))
        findings.extend(told)
    else:
        styles = (*styles, *look_paths(settings.looks, "epub"))
    if settings.css:
        own_css = file_inside(config.folder, settings.css, config.place("css"))
        findings.extend(hiding_declarations(read_source(own_css, settings.css)))
    if edition.format is Format.AZW3:
        find_converter()  # before anything is made
    if not edition.format.is_print:
        place = config.place("cover")
        given = settings.cover and read_cover(file_inside(config.folder, settings.cover, place), place)
        cover = given or draw_cover(settings, font_files_ttf)
        findings.extend(cover.findings)
        if settings.embed_fonts:
            family = read_family(settings.page.font, config.folder, config.place("page"))
            findings.extend(licences(family, config.place("embed-fonts")))
    return Assets(styles, own_css, cover, family, tuple(findings), means, chosen)


def _write(config: Config, book: Book, edition: Edition, assets: Assets, printed: Edition | None) -> Written:
    """Write the PDF, the EPUB or the KEPUB; for an AZW3, the EPUB that it is made of."""
    pictures = read_pictures(book, edition, config.folder)
    if assets.cover:
        sheets = ["\n".join(path.read_text("utf-8") for path in assets.styles)]
        if assets.own_css:
            sheets.append(read_source(assets.own_css, edition.settings.css or "").text)
        fonts = embed(book, assets.family, config.place("page")) if assets.family else ()
        printed_as = _name_of_print(printed) if printed else ""
        epub = write_epub(book, edition, assets.cover, sheets, Enclosed(fonts, pictures), printed=printed_as)
        if assets.family:
            lacking = missing(book, assets.family, config.place("page"))
            epub = replace(epub, findings=(*epub.findings, *lacking))
        return epub
    return write_pdf(book, edition, _print_looks(config.of(edition), assets), pictures)


def _name_of_print(edition: Edition) -> str:
    """Name a print edition as catalogues do: by its ISBN, or else by its title."""
    settings = edition.settings
    named = ", ".join(filter(None, (settings.title, settings.edition, "print edition")))
    return f"urn:isbn:{settings.isbn}" if settings.isbn else named


def _print_looks(config: Config, assets: Assets) -> PrintLooks:
    return PrintLooks(
        config.folder, assets.styles, assets.own_css, config.place("page"), assets.means, assets.chosen
    )


def _check_written(book: Book, edition: Edition, file: Path, written: Written) -> Pagination | None:
    """Read a file back and compare its words; gives the pages of a PDF."""
    match edition.format:
        case Format.EPUB | Format.KEPUB:
            check_epub(book, list(epub_words(file)))
            return None
        case Format.AZW3:
            check_epub(book, list(epub_words(BytesIO(written.made_of))))
            epub, converted = (
                list(epub_words(BytesIO(data), contents=True))
                for data in (written.made_of, azw3_to_epub(written.data))
            )
            compare(epub, converted, "the AZW3")
            return None
        case Format.PDF:
            found = check_pdf(book, pdf_pages(file, written.text_area, written.direction), written.starts)
            return pagination(book, found, pdf_folios(file))


def _look_into(written: Written, config: Config, edition: Edition, book: Book) -> tuple[Finding, ...]:
    if edition.format.is_print:
        return look_at_print(written.data, file_name(edition), edition.settings)
    return look_into(written.made_of or written.data, file_name(edition), config, edition, book)
