"""The words that bookbuild adds are in the book's language, or as the author says them."""

import re
from pathlib import Path
from zipfile import ZipFile

import pytest

from bookbuild.config.wording import Wording, languages, wording_in
from tests.program import Said, make_book, run

KEYS = {name.replace("_", "-") for name in Wording.model_fields}
GERMAN = """\
title: Salz
authors: [Anna Weber, Jan Kruse]
language: de-AT
publisher: Deichverlag
date: 2026-05
series: {name: Küste, position: 2}
contributors: [{name: Ida Holm, role: translator}]
frontmatter: [title page, copyright, contents]
backmatter:
  - acknowledgements: An alle, die gewartet haben.
notes: {epub: end, pdf: omit}
"""


@pytest.mark.parametrize("language", [one for one in languages() if "-" not in one])
def test_every_language_has_all_words(language: str) -> None:
    assert set(languages()[language]) == KEYS


@pytest.mark.parametrize("language", languages())
def test_what_is_put_in_has_its_place_in_every_language(language: str) -> None:
    english = Wording().model_dump(by_alias=True)
    for key, said in languages()[language].items():
        assert sorted(re.findall(r"\{\w+\}", said)) == sorted(re.findall(r"\{\w+\}", english[key])), key


def test_a_region_has_its_own_words_over_those_of_its_language() -> None:
    assert wording_in("pt-BR", Wording()).contents == "Sumário"
    assert wording_in("pt-BR", Wording()).glossary == wording_in("pt", Wording()).glossary == "Glossário"
    assert wording_in("de-CH", Wording()).contents == "Inhalt"


def test_own_words_come_before_those_of_the_language() -> None:
    own = Wording.model_validate({"contents": "Was hier steht"})
    assert wording_in("de", own).contents == "Was hier steht"
    assert wording_in("de", own).glossary == "Glossar"


def pages(folder: Path) -> str:
    """Give all the text of an EPUB's pages and navigation."""
    with ZipFile(next((folder / "build").glob("*.epub"))) as epub:
        names = [name for name in epub.namelist() if name.endswith((".xhtml", ".ncx"))]
        return "\n".join(epub.read(name).decode() for name in names)


STORY = {"kapitel-1.txt": "Kapitel 1\n\nEs regnete.\n\nA/N: Danke fürs Lesen!\n"}


def built(folder: Path, build_file: str) -> Said:
    return run(make_book(folder, STORY, build_file), "build", "-e", "epub")


def test_a_german_book_speaks_german(tmp_path: Path) -> None:
    ran = built(tmp_path, GERMAN)
    text = pages(tmp_path)
    for said in (
        ">Inhalt</h1>", "Anna Weber und Jan Kruse", "Küste, Band 2", "Übersetzt von Ida Holm", "Erschienen 2026 bei Deichverlag",
        ">Danksagung<", ">Anmerkungen<", ">Anmerkung</a>", 'aria-label="Anmerkung"', ">Umschlag</a>",
    ):  # fmt: skip
        assert said in text, said
    assert not re.search(
        r"\b(Contents|Cover|Published|Translated|Acknowledgements|note)\b", re.sub(r"<[^>]+>", "", text)
    )
    assert "bookbuild adds" not in ran.out + ran.err


def test_a_language_without_its_words_is_told_with_the_way_out(tmp_path: Path) -> None:
    hungarian = GERMAN.replace("de-AT", "hu")
    ran = built(tmp_path, hungarian)
    assert "the words that bookbuild adds (“Contents” …) are English: it has none in 'hu'" in " ".join(
        (ran.out + ran.err).split()
    )
    ran = built(tmp_path, hungarian + "wording: {contents: Tartalom}\n")
    assert "bookbuild adds" not in ran.out + ran.err
    assert ">Tartalom</h1>" in pages(tmp_path)
