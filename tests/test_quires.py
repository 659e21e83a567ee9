"""A book printed in quires: that it is the book that is printed at once, and that what did not change is not printed again."""

import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from bookbuild.cache import Cache
from bookbuild.errors import BookError
from bookbuild.means import Means
from bookbuild.tree import Book, Chapter
from bookbuild.writers.printing_press import Print
from bookbuild.writers.quires import Job, QuirePrinter
from bookbuild.writers.written import Written
from tests.pdf_reading import BREAKS, ENDLESS_TITLE, LONG, ODD, opened, write
from tests.tree_samples import STORY, WHOLE_BOOK, chapter, paragraph

AT_ONCE = "/* a counter could run through the book: so it is printed at once */"
SMALL = Book((), tuple(chapter(number, f"Tide {number}", map(paragraph, STORY)) for number in (1, 2, 3)))


class Watched(Cache):
    """A cache that counts what is made for it."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.made = 0

    def keep(self, key: str, data: bytes) -> None:
        self.made += data[4:5] == b"["  # a quire, not a font
        super().keep(key, data)


@pytest.fixture
def cache(tmp_path: Path) -> Watched:
    return Watched(tmp_path / "cache")


def rasters(written: Written) -> Iterator[bytes]:
    for page in pypdfium2.PdfDocument(written.data):
        yield page.render(scale=1, grayscale=True).to_pil().tobytes()


def tags(written: Written) -> list[str]:
    """Give the tags in reading order, by name."""
    found: list[str] = []

    def walk(node: pikepdf.Object) -> None:
        found.append(str(node.S))
        for child in node.get("/K", []) if isinstance(node.get("/K"), pikepdf.Array) else [node.get("/K")]:
            if isinstance(child, pikepdf.Dictionary) and "/S" in child:
                walk(child)

    with opened(written) as pdf:
        walk(pdf.Root.StructTreeRoot.K[0])
    return found


def links(written: Written) -> list[tuple[int, str, int]]:
    """Give the links within the book: the page of each, its name, the page that it leads to."""
    with opened(written) as pdf:
        numbers = {page.objgen: number for number, page in enumerate(page.obj for page in pdf.pages)}
        names = pdf.Root.Names.Dests.Names if "/Names" in pdf.Root else []
        places = {str(names[at]): numbers[names[at + 1][0].objgen] for at in range(0, len(names), 2)}
        return [
            (number, str(link.Dest), places[str(link.Dest)])
            for number, page in enumerate(pdf.pages)
            for link in page.obj.get("/Annots", ())
            if "/Dest" in link
        ]


# ---------------------------------------------------------------- the same book


@pytest.mark.parametrize(
    "book", [WHOLE_BOOK, Book((), (LONG, ENDLESS_TITLE, BREAKS, ODD))], ids=["whole", "novel"]
)
def test_a_book_in_quires_looks_as_one_printed_at_once(book: Book, tmp_path: Path) -> None:
    apart, at_once = write(book), write(book, folder=tmp_path, css=AT_ONCE)

    assert apart.starts == at_once.starts
    assert list(rasters(apart)) == list(rasters(at_once))
    assert links(apart) == links(at_once)
    assert tags(apart) == tags(at_once)


def test_marks_of_tags_are_those_of_their_pages() -> None:
    """Every number that a page or a link goes by leads to tags that say they stand on that page."""
    with opened(write(WHOLE_BOOK)) as pdf:
        numbers = pdf.Root.StructTreeRoot.ParentTree.Nums
        parents = {int(numbers[at]): numbers[at + 1] for at in range(0, len(numbers), 2)}
        for page in pdf.pages:
            if "/StructParents" in page.obj:
                marked = parents.pop(int(page.obj.StructParents))
                assert all(element.Pg.objgen == page.obj.objgen for element in marked)
            for link in page.obj.get("/Annots", ()):
                assert parents.pop(int(link.StructParent)).Pg.objgen == page.obj.objgen
    assert parents == {}


def test_a_font_is_in_the_book_once() -> None:
    with opened(write(WHOLE_BOOK)) as pdf:
        names = [
            str(item.FontName)
            for item in pdf.objects
            if isinstance(item, pikepdf.Dictionary) and "/FontName" in item
        ]

    assert sorted(names) == sorted(set(names))


def test_the_file_has_the_version_that_its_quires_have() -> None:
    with opened(write(SMALL)) as pdf:
        assert pdf.pdf_version == "1.7"


def test_a_table_of_contents_that_its_folios_make_longer_is_printed_with_the_book(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """All that stands after it would be told to stand elsewhere."""
    plain = QuirePrinter.print_quire

    def longer(self: QuirePrinter, job: Job) -> Print:
        made = plain(self, job)
        is_again = any(
            "counter-reset: folio 1" in (link.get("style") or "") for link in job.copy.document.iter("a")
        )
        return made._replace(quire=replace(made.quire, pages=made.quire.pages + 1)) if is_again else made

    whole = write(WHOLE_BOOK)
    monkeypatch.setattr(QuirePrinter, "print_quire", longer)
    at_once = write(WHOLE_BOOK)

    assert at_once.starts == whole.starts
    assert list(rasters(at_once)) == list(rasters(whole))


# ---------------------------------------------------------------- what is not done again


def test_what_was_printed_is_not_printed_again_and_comes_out_the_same(cache: Watched) -> None:
    fresh = write(SMALL)
    first, made = write(SMALL, means=Means(cache)), cache.made
    second = write(SMALL, means=Means(cache))

    assert made >= len(SMALL.body)
    assert cache.made == made
    assert fresh.data == first.data == second.data


def test_a_changed_chapter_alone_is_printed_again(cache: Watched) -> None:
    write(SMALL, means=Means(cache))
    made = cache.made
    changed = SMALL.body[1]
    assert isinstance(changed, Chapter)
    story = replace(
        SMALL,
        body=(
            SMALL.body[0],
            replace(changed, blocks=(*changed.blocks[:-1], paragraph("The end."))),
            SMALL.body[2],
        ),
    )
    second = write(story, means=Means(cache))

    assert cache.made == made + 1
    assert second.data == write(story).data


def test_a_damaged_result_is_made_again(cache: Watched, tmp_path: Path) -> None:
    first = write(SMALL, means=Means(cache))
    for file in (tmp_path / "cache").iterdir():
        file.write_bytes(file.read_bytes()[:-1] + b"?")

    assert write(SMALL, means=Means(cache)).data == first.data


def test_what_an_author_s_sheet_may_reach_out_for_is_printed_at_once_and_not_kept(
    cache: Watched, tmp_path: Path
) -> None:
    write(SMALL, folder=tmp_path, css="h1::before { content: counter(page) }", means=Means(cache))

    assert cache.made == 0


def test_a_cache_that_cannot_be_written_harms_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", "utf-8")

    assert write(SMALL, means=Means(Cache(tmp_path / "file"))).data == write(SMALL).data


def test_the_cache_lets_go_of_what_is_oldest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bookbuild.cache.MOST_BYTES", 1000)
    cache = Cache(tmp_path)
    for number in range(4):
        cache.keep(str(number), bytes(300))
        os.utime(tmp_path / str(number), (number, number))
    cache.tidy()

    assert sorted(file.name for file in tmp_path.iterdir()) == ["1", "2", "3"]


# ---------------------------------------------------------------- several presses


MANY = Book((), tuple(chapter(number, f"Tide {number}", map(paragraph, STORY)) for number in range(1, 6)))


def test_several_presses_print_what_one_does(cache: Watched) -> None:
    alone = write(MANY)
    together = write(MANY, means=Means(cache, workers=2))

    assert together.data == alone.data
    assert cache.made >= len(MANY.body)


def test_a_fault_that_a_press_of_another_process_meets_is_told_as_ever(tmp_path: Path) -> None:
    with pytest.raises(BookError, match="WeasyPrint, which makes the PDF, fails"):
        write(MANY, folder=tmp_path, css="p { width: calc(1px + ) }", means=Means(workers=2))
