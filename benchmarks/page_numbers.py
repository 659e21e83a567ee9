"""The page numbers of print in an EPUB against the PDF itself, as poppler's pdftotext reads it: every mark of a whole novel.

    benchmarks/page_numbers.py BOOK.epub BOOK.pdf [--show N]

Both must come from one build. A mark is right when the words after it are those with which the page of that number begins.
The line of the running head, which repeats the book's title, its author or a heading, is left out; where the page before ends
within a word, so is the rest of that word. Exit code 1 where one differs, or a page that has words has no mark.
"""

import argparse
import posixpath
import subprocess
import sys
import zipfile
from dataclasses import dataclass
from pathlib import Path

import pikepdf
from lxml import etree

_HYPHENS = ("-", "\u2010", "\u00ad")
_COMPARED = 60  # letters, or the whole page where it has fewer
_NAMES = {
    "h": "http://www.w3.org/1999/xhtml",
    "ops": "http://www.idpf.org/2007/ops",
    "dc": "http://purl.org/dc/elements/1.1/",
}


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark of the page list: the number, and the letters that follow it in the EPUB."""

    folio: str
    letters: str


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the PDF: with what letters it may begin, its first line being a running head or not."""

    beginnings: tuple[str, ...]
    is_empty: bool


def letters(text: str) -> str:
    """Give what is compared: no spaces and marks, no capitals (small capitals are either), no numbers (only print's contents have them)."""
    return "".join(filter(str.isalpha, text)).casefold()


def marks_of(epub: Path) -> tuple[list[Mark], set[str]]:
    """Give the marks in the order of the page list, and all that may stand in a running head."""
    with zipfile.ZipFile(epub) as archive:
        container = etree.fromstring(archive.read("META-INF/container.xml"))
        package_path = container.xpath("string(//*[local-name()='rootfile']/@full-path)")
        package = etree.fromstring(archive.read(package_path))
        nav_path = package.xpath(
            "string(//*[local-name()='item'][contains(concat(' ', @properties, ' '), ' nav ')]/@href)"
        )
        folder = posixpath.dirname(package_path)
        nav = etree.fromstring(archive.read(posixpath.join(folder, nav_path)))
        heads = {
            letters(text)
            for text in package.xpath("//dc:title/text() | //dc:creator/text()", namespaces=_NAMES)
        }
        marks, trees = [], {}
        for link in nav.xpath("//h:nav[@ops:type='page-list']//h:a", namespaces=_NAMES):
            file, _, id_ = link.get("href").partition("#")
            path = posixpath.join(folder, file)
            tree = trees.setdefault(path, etree.fromstring(archive.read(path)))
            (mark,) = tree.xpath("//*[@id=$id]", id=id_)
            marks.append(Mark("".join(link.itertext()), letters("".join(mark.xpath("following::text()")))))
        for tree in trees.values():
            for heading in tree.xpath("//h:h1 | //h:h1/* | //h:h2 | //h:h2/*", namespaces=_NAMES):
                heads.add(letters("".join(heading.itertext())))
    return marks, heads - {""}


def pages_of(pdf: Path, heads: set[str]) -> dict[str, Page]:
    """Give the pages by the numbers that are printed on them."""
    said = subprocess.run(["pdftotext", "-layout", pdf, "-"], capture_output=True, check=True).stdout.decode()
    texts = said.split("\f")[:-1]
    with pikepdf.open(pdf) as opened:
        folios = [page.label for page in opened.pages]
    found, is_parted = {}, False
    for folio, text in zip(folios, texts, strict=True):
        lines = [line.strip() for line in text.split("\n") if line.strip()]
        if lines and lines[-1] == folio:
            lines.pop()
        if lines:
            below = lines[1:] if _is_head(lines[0], heads) else lines
            whole, body = " ".join(lines), " ".join(below)
            rest = body.partition(" ")[2] if is_parted else ""  # but `tête-à-tête` is parted before a word
            found[folio] = Page(tuple(letters(text) for text in (whole, body, rest)), is_empty=False)
            is_parted = lines[-1].endswith(_HYPHENS)
        else:
            found[folio] = Page((), is_empty=True)
    return found


def _is_head(line: str, heads: set[str]) -> bool:
    return letters(line) in heads


def is_at(mark: Mark, page: Page) -> bool:
    """Whether the words after a mark are those that the page begins with."""
    return any(mark.letters.startswith(begins[:_COMPARED]) for begins in page.beginnings if begins)


def main() -> None:
    """Compare, and print how many marks stand where their page begins."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("epub", type=Path)
    parser.add_argument("pdf", type=Path)
    parser.add_argument("--show", type=int, default=10, help="how many that differ are shown")
    asked = parser.parse_args()
    marks, heads = marks_of(asked.epub)
    pages = pages_of(asked.pdf, heads)
    wrong = [mark for mark in marks if mark.folio not in pages or not is_at(mark, pages[mark.folio])]
    listed = {mark.folio for mark in marks}
    unlisted = [folio for folio, page in pages.items() if not page.is_empty and folio not in listed]
    for mark in wrong[: asked.show]:
        page = pages.get(mark.folio)
        print(f"page {mark.folio}: after the mark {mark.letters[:_COMPARED]!r}")
        print(
            f"      the page has {page.beginnings[1][:_COMPARED]!r}"
            if page
            else "      there is no such page"
        )
    print(
        f"{len(marks)} marks, {len(wrong)} differ; pages with words that have no mark: {', '.join(unlisted) or 'none'}"
    )
    sys.exit(bool(wrong or not marks))


if __name__ == "__main__":
    main()
