"""Whatever an edition is made of beside its book: style sheets, a cover, a font."""

from dataclasses import dataclass
from pathlib import Path

from font_source_serif_pro import font_files_ttf

from bookbuild.config.keys import Edition
from bookbuild.config.load import Config
from bookbuild.config.values import Format
from bookbuild.errors import Finding
from bookbuild.folder import file_inside
from bookbuild.means import ALONE, Means
from bookbuild.source import read_source
from bookbuild.styles import style_sheets
from bookbuild.writers.cover import Cover, read_cover
from bookbuild.writers.cover_drawing import draw_cover
from bookbuild.writers.embedded_fonts import licences
from bookbuild.writers.fonts import Family, read_family
from bookbuild.writers.kindle import find_converter
from bookbuild.writers.look_sheets import look_paths, look_sheets
from bookbuild.writers.looks import hiding_declarations
from bookbuild.writers.pdf import PrintLooks
from bookbuild.writers.weasyprint_log import Sheet


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


def print_looks(config: Config, assets: Assets) -> PrintLooks:
    """Give what of it a PDF is made with."""
    return PrintLooks(
        config.folder, assets.styles, assets.own_css, config.place("page"), assets.means, assets.chosen
    )
