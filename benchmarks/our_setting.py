"""Sets an edition of a book with bookbuild, in a process of its own, and says what it cost and what came out otherwise than composed.

python our_setting.py FOLDER EDITION BOOK.pdf      # JSON comes out
"""

import json
import sys
import time
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from bookbuild.assets import gather_assets
from bookbuild.config.keys import Edition
from bookbuild.config.load import Config, load_config
from bookbuild.readback import TextArea, pdf_pages
from bookbuild.reading import read_book
from bookbuild.tree import Book
from bookbuild.writers.composing import compositor
from bookbuild.writers.pdf import PrintLooks, write_pdf


@dataclass(frozen=True, slots=True)
class OurSetting:
    """What setting a book cost, in seconds of the processor, and how many of its lines were composed."""

    whole: float  # from the tree to the file
    composing: float  # lines and pages, without WeasyPrint
    specimens: float  # laid out by WeasyPrint, before the composing
    composed: int  # lines
    otherwise: int  # of these, painted otherwise
    text_area: TextArea
    findings: tuple[str, ...]


def edition_of(folder: Path, name: str) -> tuple[Config, Edition, Book]:
    """Read a book and one of its editions."""
    config = load_config(folder / "build.yaml")
    edition = next(edition for edition in config.editions if edition.name == name)
    return config, edition, read_book(config.of(edition), edition.settings, lambda _: None).book


def set_by_us(folder: Path, name: str, out: Path) -> OurSetting:
    """Set an edition, and look at the lines of the finished file."""
    config, edition, book = edition_of(folder, name)
    assets = gather_assets(config.of(edition), edition)
    looks = PrintLooks(folder, assets.styles, assets.own_css, config.place("page"), chosen=assets.chosen)
    watch = Watch()
    with_watch(watch)
    began = time.process_time()
    written = write_pdf(book, edition, looks)
    whole = time.process_time() - began
    out.write_bytes(written.data)
    composed = [line for lines in watch.lines.values() for line in lines]
    lost = otherwise(composed, pdf_pages(out, written.text_area)) + watch.sent_back
    findings = tuple(finding.message for finding in written.findings)
    return OurSetting(
        whole, watch.composing, watch.specimens, len(composed), lost, written.text_area, findings
    )


def otherwise(composed: Iterable[str], pages: Iterable[str]) -> int:
    """Count the lines that were composed and stand on no page, each as often as it was composed."""
    printed = Counter(_letters(line) for page in pages for line in page.split("\n"))
    return (Counter(map(_letters, composed)) - printed).total()


def _letters(line: str) -> str:
    """Give what shows of a line but its spaces and its hyphen: PDFium makes up spaces, and keeps no hyphen at a line's end."""
    shown = "".join(character for character in unicodedata.normalize("NFKC", line) if character.isprintable())
    return "".join(shown.split()).rstrip("-\u2010\u2011")


STEPS = ("__init__", "plan", "finish")
"""Of a `Composition`, in which it composes; what lays out is handed to the first, for its specimens, and to the last, to paint."""


class Watch:
    """Adds up what composing takes, and keeps the lines that were composed last, by document."""

    def __init__(self) -> None:
        self.composing = 0.0
        self.specimens = 0.0
        self.lines: dict[str, list[str]] = {}
        self.sent_back = 0  # lines that were left to WeasyPrint after they had been painted otherwise
        self._painting = 0.0

    def step(self, name: str) -> Callable[..., Any]:
        """Time a step, and apart from it what WeasyPrint does meanwhile."""
        original = getattr(compositor.Composition, name)

        def timed(composition: Any, *given: Any, **keys: Any) -> Any:
            watched = [self._timed_painting(one) if callable(one) else one for one in given]
            before, began = self._painting, time.process_time()
            done = original(composition, *watched, **keys)
            painting = self._painting - before
            self.composing += time.process_time() - began - painting
            self.specimens += painting if name == STEPS[0] else 0.0
            return done

        return timed

    def _timed_painting(self, lay_out: Callable[..., Any]) -> Callable[..., Any]:
        def painted(*given: Any) -> Any:
            began = time.process_time()
            laid = lay_out(*given)
            self._painting += time.process_time() - began
            return laid

        return painted

    def compare(self, original: Callable[..., Any]) -> Callable[..., Any]:
        """Keep the lines that `compare` is told of; those of a division printed again take the place of the first."""

        def kept(pages: Any, declared: Mapping[Any, Any]) -> Any:
            revise = original(pages, declared)
            lines = list(declared.values())
            self.lines[lines[0].text + lines[-1].text if lines else ""] = [line.text for line in lines]
            self.sent_back += sum(line.paragraph in revise.paragraphs for line in lines)
            return revise

        return kept


def with_watch(watch: Watch) -> None:
    """Have this process's composing watched."""
    for name in STEPS:
        setattr(compositor.Composition, name, watch.step(name))
    compositor.compare = watch.compare(compositor.compare)


if __name__ == "__main__":
    json.dump(asdict(set_by_us(Path(sys.argv[1]), sys.argv[2], Path(sys.argv[3]))), sys.stdout)
