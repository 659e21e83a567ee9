"""How well whole novels are set, beside every typesetter that is installed: a table for each page.

    python benchmarks/pages.py [--books alice] [--pages default,crimson] [--words 20000] [--no-peers] [--keep FOLDER]

What is measured, and how, is told in benchmarks/README.md. The novels and the scorer stand in ../shared.
"""

import argparse
import importlib.util
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

from fair_copy import fair_copy
from our_setting import OurSetting, edition_of
from proof_marks import Mark, marks
from scorers import BOOKS, GOLD
from table import markdown
from typesetters import PEERS, Order, command_of, find_typesetters, source_of

from bookbuild.account import compare
from bookbuild.errors import BookError
from bookbuild.readback import TextArea, pdf_pages, printed_words
from bookbuild.tree import Book, flat_text
from bookbuild.units import division_words, divisions, units
from bookbuild.words import count
from bookbuild.writers.fonts import read_family
from bookbuild.writers.page_geometry import page_geometry

SCORER = GOLD.parent / "tools" / "page_quality.py"
OUR_SETTING = Path(__file__).resolve().parent / "our_setting.py"
OURS = ("fine", "plain")
"""Our two compositions; `plain` is WeasyPrint as it comes."""
PAGES = {
    "default": "{}",
    "crimson": "{font: Crimson Text, size: 11pt, leading: 14.85pt, margins: {inside: 0.7in, outside: 0.7in}}",
}
"""The pages that are measured, as build.yaml's `page`: the default one, and a narrower one in a face of the kind of Garamond."""
NAMES = {"fine": "bookbuild, fine", "plain": "bookbuild, plain"}
_BOOK = "jane-austen"
LANGUAGE = "en-US"
"""American patterns part words, for all: Typst has no others for English, and British ones know half as many places."""
_WORDS = 100_000


@dataclass(frozen=True, slots=True)
class Proof:
    """A book as one typesetter set it."""

    found: dict[str, Any]  # by the scorer
    seconds: float  # of the processor, for the PDF
    words: int  # as a reader counts them
    marks: tuple[Mark, ...]
    ours: OurSetting | None = None


def main() -> None:
    """Set the books that are asked for, and print a table for each book and page."""
    asked = _asked()
    for needed in (GOLD, SCORER):
        if not needed.exists():
            sys.exit(f"{needed} is missing: the novels and the scorer stand there")
    peers = {} if asked.no_peers else find_typesetters()
    with tempfile.TemporaryDirectory() as made:
        for book in asked.books:
            for page in asked.pages:
                folder = (asked.keep or Path(made)) / f"{book.stem}-{page}"
                make_novel(book, folder, PAGES[page], asked.words, asked.language)
                proofs = set_by_all(folder, peers)
                words = proofs["fine"].words
                print(f"\n{book.stem}, {words:,} words, page `{page}`: {PAGES[page]}\n")
                print(table_of(proofs), flush=True)
                print(*shown(proofs["fine"].marks, asked.show), sep="\n")
    if gone := [name for name in PEERS if name not in peers]:
        print(f"\nTypesetters that are not installed, or were not asked: {', '.join(gone)}.")


def make_novel(book: Path, folder: Path, page: str, words: int, language: str = LANGUAGE) -> None:
    """Make a manuscript and its build.yaml: nothing before the story, both compositions, one page."""
    shutil.rmtree(folder / "manuscript", ignore_errors=True)  # of an earlier run, with other words
    novel = [str(GOLD / "score" / "novel.py"), str(book), str(folder), "--words", str(words)]
    subprocess.run([sys.executable, *novel], check=True, stdout=subprocess.DEVNULL)
    editions = "".join(f"  {name}: {{format: pdf, composition: {name}}}\n" for name in OURS)
    keys = f"title: A Long Novel\nauthors: A Writer\nlanguage: {language}\nfrontmatter: []\npage: {page}\n"
    (folder / "build.yaml").write_text(f"{keys}editions:\n{editions}", "utf-8")


# ---------------------------------------------------------------- setting


def set_by_all(folder: Path, peers: dict[str, str]) -> dict[str, Proof]:
    """Have a book set by us in both ways and by all peers, on pages of the same geometry, and see that each set the same words."""
    config, edition, book = edition_of(folder, OURS[0])
    page = edition.settings.page
    ours = {name: _set_in_child(folder, name) for name in OURS}
    proofs = {
        name: _proof(book, folder / f"{name}.pdf", page.size, setting.text_area, setting.whole, setting)
        for name, setting in ours.items()
    }
    geometry = page_geometry(page, proofs["fine"].found["pages"], config.place("page"))
    if {setting.text_area for setting in ours.values()} != {geometry.text_area}:
        print(f"{folder.name}: not all stand on one page, for one has more pages, and so a wider gutter")
    family = read_family(page.font, folder, config.place("page"))
    order = Order(tuple(fair_copy(book)), geometry, family, edition.settings.language)
    for name, program in peers.items():
        source = source_of(name, order, folder)
        seconds = _costs(command_of(name, program, source))
        proofs[name] = _proof(book, source.with_suffix(".pdf"), page.size, geometry.text_area, seconds)
    return proofs


def _set_in_child(folder: Path, name: str) -> OurSetting:
    command = [sys.executable, str(OUR_SETTING), str(folder), name, str(folder / f"{name}.pdf")]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    told = json.loads(done.stdout)
    for finding in told["findings"]:
        print(f"{folder.name}, {name}: {finding}")
    return OurSetting(**told | {"text_area": TextArea(*told["text_area"])})


def _costs(command: Sequence[str]) -> float:
    """Give the processor's seconds of a program's second run: at the first it may have to make caches of its fonts."""
    for _ in range(2):
        with subprocess.Popen(command, stdout=subprocess.DEVNULL) as process:
            _, status, usage = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            sys.exit(f"{' '.join(command)} failed")
    return usage.ru_utime + usage.ru_stime


def _proof(  # noqa: PLR0913, PLR0917 (what is known of a proof)
    book: Book, file: Path, size: float, area: TextArea, seconds: float, ours: OurSetting | None = None
) -> Proof:
    """Score a PDF; one in which a word was lost, added or changed is no match for the others, and stops all."""
    expected = [word for division in divisions(book) for word in division_words(division, alts=False)]
    try:
        compare(expected, printed_words("\n".join(pdf_pages(file, area))), file.name)
    except BookError as fault:
        sys.exit(f"{file}: {fault}")
    read = sum(count(flat_text(unit)) for division in divisions(book) for unit in units(division))
    scorer = _scorer()
    marked = marks(file, area, size, scorer.lines_of)
    return Proof(scorer.score(str(file), size), seconds, read, tuple(marked), ours)


def _scorer() -> ModuleType:
    spec = importlib.util.spec_from_file_location(SCORER.stem, SCORER)
    if spec is None or spec.loader is None:
        sys.exit(f"{SCORER} cannot be imported")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


# ---------------------------------------------------------------- the table


def table_of(proofs: dict[str, Proof]) -> str:
    """Lay out the proofs side by side."""
    rows = [["", *(NAMES.get(name, name) for name in proofs)]]
    rows += [[what, *(cell(proof) for proof in proofs.values())] for what, cell in ROWS.items()]
    return markdown(rows)


def shown(marked: Sequence[Mark], most: int) -> list[str]:
    """Show some marks of each kind, from all over the book."""
    lines = []
    for kind in dict.fromkeys(mark.kind for mark in marked) if most else ():
        alike = [mark for mark in marked if mark.kind == kind]
        lines.append(f"-- {kind}: {len(alike)}")
        lines += (
            f"     page {mark.page}, {mark.text}" for mark in alike[:: max(len(alike) // most, 1)][:most]
        )
    return lines


def _figures(form: str) -> Callable[[Proof], str]:
    return lambda proof: form.format(**proof.found)


def _otherwise(proof: Proof) -> str:
    return f"{proof.ours.otherwise} of {proof.ours.composed:,}" if proof.ours and proof.ours.composed else ""


def _composing(proof: Proof) -> str:
    if not proof.ours or not proof.ours.composed:
        return ""
    each = _WORDS / proof.words
    return f"{proof.ours.composing * each:.1f} + {proof.ours.specimens * each:.1f}"


ROWS: dict[str, Callable[[Proof], str]] = {
    "loose · tight lines, per 1,000": _figures("{loose_per_1000} · {tight_per_1000}"),
    "word space, em: sd · p99": _figures("{space_sd_em:.3f} · {space_p99_em:.3f}"),
    "hyphens · ladders, per 1,000": _figures("{hyphens_per_1000} · {ladders_per_1000}"),
    "widows · orphans · runts per 1,000": _figures("{widows} · {orphans} · {runts_per_1000}"),
    "uneven spreads": _figures("{uneven_spreads} of {spreads}"),
    "pages short by a line": _figures("{short_pages} of {full_pages}"),
    "pages": _figures("{pages}"),
    "lines painted otherwise than composed": _otherwise,
    "composing + specimens, seconds per 100,000 words": _composing,
    "the whole PDF, seconds": lambda proof: f"{proof.seconds:.1f}",
}


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--books", default=_BOOK, help="those whose file names have this in them (%(default)s)"
    )
    parser.add_argument("--pages", default=",".join(PAGES), help="the pages they are set on (%(default)s)")
    parser.add_argument("--words", type=int, default=10**9, help="of a book, at most: whole chapters (all)")
    parser.add_argument("--language", default=LANGUAGE, help="whose words are parted (%(default)s)")
    parser.add_argument("--no-peers", action="store_true", help="measure us alone")
    parser.add_argument("--show", type=int, default=0, metavar="N", help="show N of our marks of each kind")
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="where manuscripts and PDFs stay")
    asked = parser.parse_args()
    asked.books, asked.pages = [book for book in BOOKS if asked.books in book.stem], asked.pages.split(",")
    if unknown := set(asked.pages) - set(PAGES):
        parser.error(f"there is no page {' or '.join(sorted(unknown))}")
    if not asked.books and BOOKS:
        parser.error(f"no book has this in its name; there are {', '.join(book.stem for book in BOOKS)}")
    return asked


if __name__ == "__main__":
    main()
