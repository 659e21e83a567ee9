"""Passages in another language: what build.yaml names is marked, in the EPUB and in print, and nothing else is."""

from pathlib import Path

from bookbuild.config.load import load_config
from bookbuild.editions import make_edition
from bookbuild.reading import read_book
from bookbuild.tree import Book, chapters
from bookbuild.writers.xhtml.blocks import blocks_to_xhtml
from tests.program import MINIMAL, make_book, run

SNOW = (
    'Chapter 1\n\nShe said "Mais ou sont les *neiges* d\'antan?" and wept. Carpe  diem, CARPE DIEM; carpet.\n'
)


def paragraphs(folder: Path, text: str, keys: str) -> list[str]:
    """Give the markup of a chapter's paragraphs."""
    config = load_config(make_book(folder, {"chapter-1.txt": text}, MINIMAL + keys) / "build.yaml")
    book: Book = make_edition(
        read_book(config, config.settings, lambda _doing: None).book, config.editions[0]
    )
    return [blocks_to_xhtml(chapter.blocks, str) for chapter in chapters(book)]


def test_the_words_that_are_named_are_marked_wherever_they_stand(tmp_path: Path) -> None:
    [markup] = paragraphs(tmp_path, SNOW, "foreign: {la: carpe diem}\n")

    assert (
        '<span lang="la" xml:lang="la">Carpe diem</span>, <span lang="la" xml:lang="la">CARPE DIEM</span>; carpet.'
        in markup
    )


def test_a_passage_goes_over_emphasis_and_typed_quotes_are_as_good_as_true_ones(tmp_path: Path) -> None:
    [markup] = paragraphs(tmp_path, SNOW, "foreign: {fr: [Mais ou sont les neiges d'antan, les neiges]}\n")

    assert '“<span lang="fr" xml:lang="fr">Mais ou sont les <em>neiges</em> d’antan</span>?”' in markup


def test_a_passage_that_stands_nowhere_is_told_with_its_place(tmp_path: Path) -> None:
    make_book(tmp_path, build_file=MINIMAL + "foreign:\n  fr: [It rained]\n  de: [Es regnet]\n")

    assert (
        "build.yaml:5:7: warning: “Es regnet” stands nowhere in the book\n"
        in run(tmp_path, "check", "-e", "epub").err
    )


def test_what_is_no_language_is_an_error(tmp_path: Path) -> None:
    make_book(tmp_path, build_file=MINIMAL + "foreign: {French: [Bonjour]}\n")
    said = run(tmp_path, "check")

    assert said.code == 2
    assert "build.yaml:3" in said.err
    assert "'French' is not a language tag" in said.err
