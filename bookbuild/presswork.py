"""An edition's book → its file; and the file read again: are all words there, and what would stores and printers say?"""

from dataclasses import replace
from io import BytesIO
from pathlib import Path

from bookbuild.account import check_epub, check_pdf, compare
from bookbuild.assets import Assets, print_looks
from bookbuild.config.file_names import file_name
from bookbuild.config.keys import Edition
from bookbuild.config.load import Config
from bookbuild.config.values import Format
from bookbuild.errors import Finding
from bookbuild.origins import look_into
from bookbuild.pagination import Pagination, pagination
from bookbuild.prepress.jobs import look_at_print
from bookbuild.readback import epub_words, pdf_folios, pdf_pages
from bookbuild.source import read_source
from bookbuild.tree import Book
from bookbuild.writers.embedded_fonts import embed
from bookbuild.writers.epub import Enclosed, write_epub
from bookbuild.writers.fonts import missing
from bookbuild.writers.kindle import azw3_to_epub
from bookbuild.writers.pdf import write_pdf
from bookbuild.writers.pictures import read_pictures
from bookbuild.writers.written import Written


def write_edition(
    config: Config, book: Book, edition: Edition, assets: Assets, printed: Edition | None
) -> Written:
    """Write the PDF, the EPUB or the KEPUB; for an AZW3, the EPUB that it is made of.

    An EPUB has the page numbers of the edition `printed`, where the book has its marks.

    Raises:
        BookError: a picture cannot be shown, or a text cannot be set.

    """
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
    return write_pdf(book, edition, print_looks(config.of(edition), assets), pictures)


def read_back(book: Book, edition: Edition, file: Path, written: Written) -> Pagination | None:
    """Read a file back and compare its words; gives the pages of a PDF.

    Raises:
        BookError: the words do not add up.

    """
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


def look_over(written: Written, config: Config, edition: Edition, book: Book) -> tuple[Finding, ...]:
    """Look into a file as the stores and readers do that it is for, or the printer."""
    if edition.format.is_print:
        return look_at_print(written.data, file_name(edition), edition.settings)
    return look_into(written.made_of or written.data, file_name(edition), config, edition, book)


def _name_of_print(edition: Edition) -> str:
    """Name a print edition as catalogues do: by its ISBN, or else by its title."""
    settings = edition.settings
    named = ", ".join(filter(None, (settings.title, settings.edition, "print edition")))
    return f"urn:isbn:{settings.isbn}" if settings.isbn else named
