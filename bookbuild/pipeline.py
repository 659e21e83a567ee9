"""The whole flow, in order: read this first.

build.yaml → Config; manuscript → drafts → normalised drafts → Book (`reading`, by `edition_readings`); for each edition: Book →
Book (`editions`) → file (`presswork`, with its `assets`). At every hand-over the account compares the words, and a file replaces
the one before it only when they add up. Then it is looked over as stores, readers and printers do.
"""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bookbuild.assets import gather_assets, print_looks
from bookbuild.config.file_names import file_name
from bookbuild.config.keys import Edition
from bookbuild.config.load import Config
from bookbuild.config.values import Format, Notes
from bookbuild.edition_readings import EditionReadings
from bookbuild.editions import author_notes
from bookbuild.errors import BookError, Finding, Severity
from bookbuild.means import ALONE, Means
from bookbuild.origins import origins, untold
from bookbuild.preflight.epubcheck import EpubChecked, run_epubcheck
from bookbuild.presswork import look_over, read_back, write_edition
from bookbuild.print_pages import PrintPages, prints_first
from bookbuild.reading import Reading, Tell
from bookbuild.replacing import replacing
from bookbuild.writers.kindle import epub_to_azw3
from bookbuild.writers.pdf import check_looks
from bookbuild.writers.pictures import read_pictures


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
    readings = EditionReadings(config, tell)
    for edition in editions:
        reading, book = readings.book_for(edition)
        pictures = read_pictures(book, edition, config.folder)
        assets = gather_assets(config.of(edition), edition, means)
        findings |= dict.fromkeys((*reading.findings, *assets.findings))
        if edition.format.is_print and edition.settings.printed.printer is None:
            check_looks(edition.settings, print_looks(config.of(edition), assets))
        else:
            tell(f"looking into {edition.name}")
            written = write_edition(config, book, edition, assets, None)
            looked = untold(look_over(written, config, edition, book), findings)
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
    readings = EditionReadings(config, tell)
    pages = PrintPages(config, lambda one: out / file_name(one), lambda one: readings.book_for(one)[1])
    for edition in prints_first(editions):
        began = time.perf_counter()
        reading, plain = readings.book_for(edition)
        book, source = pages.marked(plain, edition)
        tell(f"setting {edition.name}")
        assets = gather_assets(config.of(edition), edition, means)
        written = write_edition(config, book, edition, assets, source)
        if edition.format is Format.AZW3:
            written = epub_to_azw3(written, edition.settings)
        findings |= dict.fromkeys((*reading.findings, *assets.findings, *written.findings))
        tell(f"reading {edition.name} back")
        path = out / file_name(edition)
        with replacing(path, written.data) as beside:
            try:
                printed = read_back(book, edition, beside, written)
            except BookError as fault:  # what the writer noticed may be the reason
                raise BookError(*fault.findings, *written.findings) from fault
        if printed:
            pages.keep(edition, printed)
        findings |= dict.fromkeys(untold(look_over(written, config, edition, book), findings))
        left_out = len(author_notes(reading.book)) if edition.notes is Notes.OMIT else 0
        size, pages_of = len(written.data), source.name if source else ""
        made.append(Made(edition, path, size, written.pages, left_out, time.perf_counter() - began, pages_of))
    if not all(one.edition.format.is_print for one in made):
        readings.remember()
    made.sort(key=lambda one: editions.index(one.edition))
    return Report(tuple(made), readings.first, tuple(findings))
