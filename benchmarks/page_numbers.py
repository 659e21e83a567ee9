"""The page numbers of print in an EPUB against the PDF itself, as poppler's pdftotext reads it: every mark of a whole novel.

    benchmarks/page_numbers.py BOOK.epub BOOK.pdf [--show N]

Both must come from one build. A mark is right when the words after it are those with which the page of that number begins.
The line of the running head, which repeats the book's title, its author or a heading, is left out; where the page before ends
within a word, so is the rest of that word; and author's notes that the EPUB keeps in the chapters, where print has them elsewhere.
Pages that the EPUB has not need no mark: the half title, further pages of the contents, notes gathered in print alone; each is
named with its reason. Exit code 1 where a mark differs, or any other page that has words has no mark.
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
_TOLD = 20  # letters of a line, without which it tells nothing
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
    story: str  # without author's notes


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the PDF: with what letters it may begin, its first line being a running head or not."""

    beginnings: tuple[str, ...]
    is_empty: bool
    lines: tuple[str, ...] = ()  # their letters


def letters(text: str) -> str:
    """Give what is compared: no spaces and marks, no capitals (small capitals are either), no numbers (only print's contents have them)."""
    return "".join(filter(str.isalpha, text)).casefold()


@dataclass(frozen=True, slots=True)
class Book:
    """The EPUB: its marks in the order of the page list, all that may stand in a running head, and what print has pages of."""

    marks: list[Mark]
    heads: set[str]
    title: str
    contents: str
    notes: str

    def why_unmarked(self, page: "Page") -> str:
        """Say why a page needs no mark; empty where it needs one."""
        if self.title.startswith(page.beginnings[0]):
            return "half title"
        if _is_of(page, self.contents):
            return "contents"
        return "notes" if _is_of(page, self.notes) else ""


def _is_of(page: "Page", text: str) -> bool:
    """Whether most lines of a page that say enough to tell stand in a text; print has headings between them."""
    told = [line for line in page.lines if len(line) >= _TOLD]
    return bool(told) and sum(line in text for line in told) > len(told) / 2


def marks_of(epub: Path) -> Book:
    """Read the EPUB."""
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
            said, story = (
                letters("".join(mark.xpath(path, namespaces=_NAMES)))
                for path in ("following::text()", "following::text()[not(ancestor::h:aside[@role='note'])]")
            )
            marks.append(Mark("".join(link.itertext()), said, story))
        for tree in trees.values():
            for heading in tree.xpath("//h:h1 | //h:h1/* | //h:h2 | //h:h2/*", namespaces=_NAMES):
                heads.add(letters("".join(heading.itertext())))
        notes = "".join(
            letters("".join(note.itertext()))
            for tree in trees.values()
            for note in tree.xpath("//h:aside[@role='note']", namespaces=_NAMES)
        )
        title = letters(package.xpath("string(//dc:title)", namespaces=_NAMES))
        contents = letters("".join(nav.xpath("//h:nav[@ops:type='toc']//text()", namespaces=_NAMES)))
    return Book(marks, heads - {""}, title, contents, notes)


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
            found[folio] = Page(
                tuple(letters(text) for text in (whole, body, rest)),
                is_empty=False,
                lines=tuple(map(letters, lines)),
            )
            is_parted = lines[-1].endswith(_HYPHENS)
        else:
            found[folio] = Page((), is_empty=True)
    return found


def _is_head(line: str, heads: set[str]) -> bool:
    return letters(line) in heads


def is_at(mark: Mark, page: Page) -> bool:
    """Whether the words after a mark are those that the page begins with."""
    return any(
        said.startswith(begins[:_COMPARED])
        for begins in page.beginnings
        for said in (mark.letters, mark.story)
        if begins
    )


def main() -> None:
    """Compare, and print how many marks stand where their page begins."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("epub", type=Path)
    parser.add_argument("pdf", type=Path)
    parser.add_argument("--show", type=int, default=10, help="how many that differ are shown")
    asked = parser.parse_args()
    book = marks_of(asked.epub)
    marks, pages = book.marks, pages_of(asked.pdf, book.heads)
    wrong = [mark for mark in marks if mark.folio not in pages or not is_at(mark, pages[mark.folio])]
    listed = {mark.folio for mark in marks}
    bare = {folio: page for folio, page in pages.items() if not page.is_empty and folio not in listed}
    reasons = {folio: book.why_unmarked(page) for folio, page in bare.items()}
    without = ", ".join(f"{folio} ({why})" for folio, why in reasons.items() if why)
    unlisted = ", ".join(folio for folio, why in reasons.items() if not why)
    for mark in wrong[: asked.show]:
        page = pages.get(mark.folio)
        print(f"page {mark.folio}: after the mark {mark.letters[:_COMPARED]!r}")
        print(
            f"      the page has {page.beginnings[1][:_COMPARED]!r}"
            if page
            else "      there is no such page"
        )
    print(
        f"{len(marks)} marks, {len(wrong)} differ; pages that the EPUB has not: {without or 'none'}; other pages with words that have"
        f" no mark: {unlisted or 'none'}"
    )
    sys.exit(bool(wrong or unlisted or not marks))


if __name__ == "__main__":
    main()
