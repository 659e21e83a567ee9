"""The account of words: each stage is broken on purpose, and the account sees it."""

import io
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from unittest.mock import patch

import pytest

from bookbuild import presswork
from bookbuild.account import compare, source_words
from bookbuild.draft import Block
from bookbuild.edits import Edit
from bookbuild.errors import BookError
from bookbuild.readback import Word, in_reading_order, printed_words
from bookbuild.readers.plain_text import read_plain_text
from bookbuild.rules import understand as understanding
from bookbuild.rules.evidence import Evidence, gather_evidence
from bookbuild.rules.normalise import Normalised, normalise
from bookbuild.rules.rule import prose_rule
from bookbuild.source import Source
from bookbuild.writers.epub import write_epub
from bookbuild.writers.written import Written
from bookbuild.writers.xhtml import inlines
from tests.program import MINIMAL, make_book, run

CHAPTER = "Chapter 1\n\nIt rained on the lantern all night.\n\nIn the morning it was still alight.\n"


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return make_book(tmp_path, {"chapter-1.txt": CHAPTER})


def test_a_word_that_a_rule_loses_stops_the_build(book: Path) -> None:
    def careless(*arguments: object) -> Normalised:
        result = normalise(*arguments)  # type: ignore[arg-type]
        first, second, *rest = result.draft.blocks
        lost = type(second)(second.text.replace("lantern ", ""), second.runs)
        draft = type(result.draft)(result.draft.source, (first, lost, *rest))
        return Normalised(draft, result.repairs, result.findings)

    with patch.object(understanding, "normalise", careless):
        said = run(book, "build", "-e", "epub")

    assert said.code == 1
    assert said.err.startswith(
        "manuscript/chapter-1.txt:3:18: error: the words do not add up: after “1 It rained on the” "
        "the document tree has “all night In the morning” where “lantern all night In the” should follow\n"
    )
    assert not (book / "build").exists() or not list((book / "build").iterdir())


def test_a_word_that_the_xhtml_loses_stops_the_build(book: Path) -> None:
    whole = inlines.text_to_xhtml
    with patch.object(inlines, "text_to_xhtml", lambda text: whole(text.replace("still ", ""))):
        said = run(book, "build", "-e", "epub")

    assert said.code == 1
    assert said.err.startswith("manuscript/chapter-1.txt:5:1: error: the words do not add up: ")
    assert "the EPUB has “alight”" in said.err


def test_a_word_that_css_hides_in_the_pdf_stops_the_build(book: Path) -> None:
    (book / "hide.css").write_text(".chapter p:last-child { display: none }")
    (book / "build.yaml").write_text(MINIMAL + "css: hide.css\n")
    said = run(book, "build", "-e", "pdf")

    assert said.code == 1
    assert said.err.startswith("manuscript/chapter-1.txt:5:1: error: the words do not add up: ")
    assert not list((book / "build").glob("*.pdf"))


def test_a_word_that_is_added_stops_the_build(book: Path) -> None:
    (book / "add.css").write_text(".chapter p:last-child::after { content: ' spurious' }")
    (book / "build.yaml").write_text(MINIMAL + "css: add.css\n")
    said = run(book, "build", "-e", "pdf")

    assert said.code == 1
    assert "the PDF has “spurious”" in said.err


def test_the_file_before_stays_when_the_account_fails(book: Path) -> None:
    assert run(book, "build", "-e", "epub", "-q").code == 0
    before = (book / "build" / "the-salt-road.epub").read_bytes()
    (book / "manuscript" / "chapter-1.txt").write_text(CHAPTER + "\nAnd more.\n")
    whole = inlines.text_to_xhtml
    with patch.object(inlines, "text_to_xhtml", lambda text: whole(text.replace("more", ""))):
        assert run(book, "build", "-e", "epub").code == 1

    assert {path.name: path.read_bytes() for path in (book / "build").iterdir()} == {
        "the-salt-road.epub": before
    }


def test_a_file_that_loses_a_chapter_is_caught(book: Path) -> None:
    whole = write_epub

    def careless(*arguments: object, printed: str) -> Written:
        written = whole(*arguments, printed=printed)  # type: ignore[arg-type]
        return Written(_without(written.data, lambda text: text.replace(b"lantern", b"")))

    with patch.object(presswork, "write_epub", careless):
        said = run(book, "build", "-e", "epub")

    assert said.code == 1
    assert "“lantern all night In the” should follow" in said.err


def _without(epub: bytes, change: Callable[[bytes], bytes]) -> bytes:
    output = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(epub)) as old, zipfile.ZipFile(output, "w") as new:
        for entry in old.infolist():
            new.writestr(
                entry, change(old.read(entry)) if entry.filename.endswith(".xhtml") else old.read(entry)
            )
    return output.getvalue()


# ---------------------------------------------------------------- the comparison itself


def words(*texts: str) -> list[Word]:
    return [Word(text) for text in texts]


def test_a_word_parted_by_a_lines_hyphen_is_one_where_one_is_expected() -> None:
    compare(
        words("unforgettable", "well", "known"), printed_words("un-\nforget-\ntable well-\nknown"), "the PDF"
    )


def test_a_word_parted_by_anything_else_is_not() -> None:
    with pytest.raises(BookError):
        compare(words("unforgettable"), printed_words("un forgettable"), "the PDF")


@pytest.mark.parametrize("found", [("a", "b"), ("a", "b", "c", "d"), ("a", "x", "c"), ("b", "a", "c"), ()])
def test_any_difference_is_found(found: tuple[str, ...]) -> None:
    with pytest.raises(BookError, match="do not add up"):
        compare(words("a", "b", "c"), words(*found), "the PDF")


def test_case_and_ligatures_are_no_difference() -> None:
    compare(words("Fish", "STRASSE"), words("ﬁsh", "Straße"), "the PDF")


def test_a_lost_line_break_inside_a_word_may_be_anywhere_in_print() -> None:
    """`UFOlogy` has a seam of capitals, and hyphenation parts it elsewhere."""
    compare([Word("UF", joins=True), Word("Ology")], printed_words("UFO-\nlogy"), "the PDF")
    compare(words("你好我叫王小明"), printed_words("你好我\n叫王小明"), "the PDF")
    compare(words("rained"), printed_words("raIned"), "the PDF")


@pytest.mark.parametrize(
    "text",
    [
        "It foamed “N" + "o" * 70 + "!” at dawn.",
        "你好，我叫王小明。" * 20,
        "Она сказала: «Нет». " * 9,
        "שלום " * 20,
        "Over the door stood שלום לכל הבאים בשנת 1984 לעיר in letters of brass, and مرحبا بكم في هذا البيت. "
        * 7,
    ],
)
def test_odd_but_honest_text_adds_up_in_print(tmp_path: Path, text: str) -> None:
    make_book(tmp_path, {"chapter-1.txt": f"Chapter 1\n\n{text}\n\nThat was all.\n"})

    assert run(tmp_path, "build", "-e", "pdf", "-q").code == 0


def test_text_from_right_to_left_adds_up_in_print(tmp_path: Path) -> None:
    text = "שלום לכל הבאים בשנת 1984 לעיר הגדולה the old printing house ליד הים הגדול. " * 9
    make_book(tmp_path, {"chapter-1.txt": f"Chapter 1\n\n{text}\n\nסוף דבר.\n"})
    (tmp_path / "build.yaml").write_text(MINIMAL + "language: he\n")

    assert run(tmp_path, "build", "-e", "pdf", "-q").code == 0


@pytest.mark.parametrize(
    ("printed", "direction", "read"),
    [
        ("stood לכל שלום and", "ltr", "stood שלום לכל and"),
        ("לעיר 1984 בשנת in", "ltr", "בשנת 1984 לעיר in"),
        ("הגדול printing house ליד", "rtl", "ליד printing house הגדול"),
        ("no such letter", "rtl", "no such letter"),
    ],
)
def test_a_printed_line_is_put_into_reading_order(printed: str, direction: str, read: str) -> None:
    assert in_reading_order(printed.split(), direction) == read.split()


def test_text_beside_the_page_is_not_there(book: Path) -> None:
    (book / "hide.css").write_text(".chapter p { text-indent: -99em; white-space: nowrap }")
    (book / "build.yaml").write_text(MINIMAL + "css: hide.css\n")

    assert run(book, "build", "-e", "pdf").code == 1


@pytest.mark.parametrize(
    "declaration",
    ["visibility: hidden", "opacity:0", "color: transparent", "overflow: hidden", "display:none"],
)
def test_css_that_may_hide_words_is_told_with_its_place(book: Path, declaration: str) -> None:
    (book / "hide.css").write_text(f".nothing {{\n  {declaration} }}")
    (book / "build.yaml").write_text(MINIMAL + "css: hide.css\n")
    said = run(book, "build", "-e", "epub")

    assert said.code == 0
    assert said.err.startswith(f"hide.css:2:3: warning: '{declaration}' may hide words of the book\n")


def test_a_word_that_a_rule_may_change_is_declared_and_counted_as_what_it_stands_for() -> None:
    def mended(block: Block, _evidence: Evidence) -> Iterator[Edit]:
        """Show it."""
        at = block.text.find("cafÃ©")
        if at >= 0:
            yield Edit(at, at + 5, "café")

    draft = read_plain_text(Source("a.txt", "Die ganze Nacht.\n\nThe cafÃ© was shut."))
    rule = prose_rule(before="", after="", rewords=True)(mended)
    silent = prose_rule(before="", after="")(mended)
    evidence = gather_evidence([draft], language="en", title="", words=())

    done = normalise(draft, evidence, {}, [rule])
    refused = normalise(draft, evidence, {}, [silent])

    assert done.draft.blocks[1].text == "The café was shut."
    assert [word.text for word in source_words(done.draft)][-4:] == ["The", "café", "was", "shut"]
    assert refused.draft == draft
    assert "would have changed a word" in refused.findings[0].message
