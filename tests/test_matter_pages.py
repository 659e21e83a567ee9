"""Pages that stand among the chapters and are none: where they go, and where they stay."""

import re
import zipfile
from pathlib import Path

import pytest

from bookbuild.matter_pages import parted
from bookbuild.tree import Chapter, ChapterKind, Heading, Part, SectionKind, Text, flat_text
from tests.program import MINIMAL, make_book, run
from tests.tree_samples import inlines, paragraph


def chapter(id_: str) -> Chapter:
    return Chapter(id_, ChapterKind.CHAPTER, Heading((), inlines(id_)), (paragraph("Rain."),))


PAGES = {
    "recap": SectionKind.PREVIOUSLY,
    "glossary": SectionKind.GLOSSARY,
}


def apart(*body: Chapter | Part) -> tuple[list[str], list[str], list[str]]:
    made = parted(body, PAGES, lambda kind: kind.value.title())
    rows = (made.front, made.body, made.back)
    front, story, back = ([division.id for division in row] for row in rows)
    return front, story, back


def test_pages_go_before_the_story_or_after_it_as_they_stood() -> None:
    assert apart(chapter("recap"), chapter("one"), chapter("two"), chapter("glossary")) == (
        ["recap"],
        ["one", "two"],
        ["glossary"],
    )


def test_what_happened_before_goes_before_the_story_from_its_end_too() -> None:
    assert apart(chapter("one"), chapter("glossary"), chapter("recap")) == (["recap"], ["one"], ["glossary"])


def test_a_page_amid_the_story_stays_there() -> None:
    assert apart(chapter("one"), chapter("recap"), chapter("two")) == ([], ["one", "recap", "two"], [])


def test_a_page_leaves_the_part_that_it_stood_in() -> None:
    part = Part("part", (Text("Low Water"),), (chapter("two"), chapter("glossary")))

    made = parted((chapter("one"), part), PAGES, lambda kind: kind.value)

    assert [
        [one.id for one in division.chapters] for division in made.body if isinstance(division, Part)
    ] == [["two"]]
    assert [section.id for section in made.back] == ["glossary"]


def test_a_part_that_has_nothing_else_keeps_its_pages() -> None:
    part = Part("part", (Text("Matter"),), (chapter("glossary"),))

    assert apart(chapter("one"), part) == ([], ["one", "part"], [])


def test_a_book_of_nothing_else_is_a_book() -> None:
    assert apart(chapter("glossary")) == ([], ["glossary"], [])


def test_a_page_without_a_heading_gets_the_usual_one() -> None:
    (section,) = parted((chapter("one"), chapter("glossary")), PAGES, lambda _: "Words").back

    assert flat_text(section.heading) == "Words"  # these have no place in the manuscript: they were made up


GLOSSARY = "Glossary\n\nStaithe: a landing place.\n\nWennet: a river.\n"


def test_readers_are_told_what_is_a_term_and_what_it_means(tmp_path: Path) -> None:
    make_book(
        tmp_path, {"1.txt": "Chapter 1\n\nRain fell on the quay.\n", "9-glossary.txt": GLOSSARY}, MINIMAL
    )

    assert run(tmp_path, "build", "-e", "epub").code == 0

    with zipfile.ZipFile(next((tmp_path / "build").glob("*.epub"))) as book:
        page = book.read("EPUB/chapter-9-glossary.xhtml").decode()
    assert (
        '<section id="chapter-9-glossary" class="matter glossary" epub:type="glossary" role="doc-glossary"'
        in page
    )
    assert '<body epub:type="backmatter">' in page
    assert page.count("<dfn>") == page.count('epub:type="glossdef"') == 2


def test_it_can_be_refused(tmp_path: Path) -> None:
    rules = "rules: {page-beside-story: off}\n"
    files = {"1.txt": "Chapter 1\n\nRain fell on the quay.\n", "9-glossary.txt": GLOSSARY}
    make_book(tmp_path, files, MINIMAL + rules)

    said = run(tmp_path, "tree").out

    assert "Chapter chapter 'chapter-9-glossary'" in said
    assert "Definition" not in said


CAST = "Cast of Characters\n\nNora Pask: keeps the ferry.\n\nLudo: tunes pianos.\n"


@pytest.mark.parametrize("listed", [False, True])
def test_people_are_not_defined_as_words_are(tmp_path: Path, listed: bool) -> None:  # noqa: FBT001
    story = {"1.txt": "Chapter 1\n\nRain fell on the quay.\n"}
    build_file = MINIMAL + ("backmatter: [cast: cast.txt]\n" if listed else "")
    make_book(tmp_path, story if listed else {**story, "9-cast.txt": CAST}, build_file)
    (tmp_path / "cast.txt").write_text(CAST, "utf-8")

    assert run(tmp_path, "build", "-e", "epub").code == 0

    with zipfile.ZipFile(next((tmp_path / "build").glob("*.epub"))) as book:
        page = book.read(next(name for name in book.namelist() if name.endswith("cast.xhtml"))).decode()
    assert "<b>Nora Pask</b></dt>" in page
    assert "<dd>tunes pianos.</dd>" in page
    assert "gloss" not in page
    assert "<dfn>" not in page


def test_pages_around_the_story_stand_where_a_printer_puts_them(tmp_path: Path) -> None:
    said = "A few words stand here.\n"
    files = {
        "00-dedication.txt": "For the lamps.\n",  # it has no heading: its file's name says what it is
        "01.txt": f"Preface\n\n{said}",
        "02.txt": f"Prologue\n\n{said}",
        "03.txt": f"Chapter 1\n\n{said}",
        "04.txt": f"Epilogue\n\n{said}",
        "05.txt": f"Acknowledgements\n\n{said}",
        "06.txt": f"About the Author\n\n{said}",
    }
    make_book(tmp_path, files, MINIMAL)

    assert run(tmp_path, "build", "-e", "epub").code == 0

    with zipfile.ZipFile(next((tmp_path / "build").glob("*.epub"))) as book:
        pages = {
            name.removeprefix("EPUB/"): book.read(name).decode()
            for name in book.namelist()
            if "xhtml" in name
        }
    matter = {
        name: re.findall('<body epub:type="(.*?)"|<section [^>]*?epub:type="(.*?)"', page)
        for name, page in pages.items()
    }
    flat = {
        name: [one or two for one, two in found]
        for name, found in matter.items()
        if name.startswith("chapter")
    }
    assert flat == {
        "chapter-00-dedication.xhtml": ["frontmatter", "dedication"],
        "chapter-01.xhtml": ["frontmatter", "preface"],
        "chapter-02.xhtml": ["bodymatter", "prologue"],
        "chapter-03.xhtml": ["bodymatter", "chapter"],
        "chapter-04.xhtml": ["bodymatter", "epilogue"],
        "chapter-05.xhtml": ["backmatter", "acknowledgments"],
        "chapter-06.xhtml": ["backmatter"],
    }
    assert 'epub:type="bodymatter" href="chapter-02.xhtml"' in pages["nav.xhtml"]
    assert "<h1" not in pages["chapter-00-dedication.xhtml"]
