"""Preflight for print: each demand, shown by breaking a finished PDF on purpose; and files that come from anywhere."""

import io
from pathlib import Path

import pikepdf
import pytest

from bookbuild.errors import BookError, RequestError, Severity
from bookbuild.prepress import covers, inking, paperwork, sheets
from bookbuild.prepress.demand import Demand, inspect_pdf, named_pages
from bookbuild.prepress.demands import DEMANDS
from bookbuild.prepress.jobs import look_at_file
from bookbuild.prepress.read import read_pdf
from bookbuild.printers import PRINTERS, Ink, Printer
from tests.print_cases import BLACK, BROKEN, COLOUR, Broken, broken_bytes, made
from tests.program import MINIMAL, make_book, run


@pytest.mark.parametrize("printer", PRINTERS.values(), ids=PRINTERS)
@pytest.mark.parametrize("ink", [Ink.BLACK, Ink.PREMIUM])
def test_what_is_made_for_a_printer_meets_its_demands(printer: Printer, ink: Ink, tmp_path: Path) -> None:
    from bookbuild.prepress.demand import Job

    job = Job(printer, (396, 612), ink=ink)

    assert inspect_pdf(read_pdf(made(printer, ink), "book.pdf"), job, DEMANDS) == ()


@pytest.mark.parametrize("broken", BROKEN, ids=lambda broken: broken.name)
def test_a_demand_is_told_where_it_is_broken_and_no_other_is(broken: Broken) -> None:
    pdf = read_pdf(broken_bytes(broken.job, broken.change), "book.pdf")
    found = inspect_pdf(pdf, broken.job, DEMANDS)

    assert broken.told in [one.message for one in found if one.rule == broken.name]
    assert {one.rule for one in found} - broken.also == {broken.name}
    assert all(one.hint and one.place and one.place.path == "book.pdf" for one in found)


def test_every_demand_is_shown_by_a_file_that_breaks_it() -> None:
    of_covers = {
        "cover-size",
        "cover-text-at-edge",
        "spine-text-too-wide",
        "text-on-thin-spine",
    }  # in test_wrap.py

    assert {broken.name for broken in BROKEN} | of_covers == {one.name for one in DEMANDS}


def test_every_demand_that_is_written_is_listed_once() -> None:
    written = {
        value.name
        for module in (covers, inking, paperwork, sheets)
        for value in vars(module).values()
        if isinstance(value, Demand)
    }

    assert sorted(one.name for one in DEMANDS) == sorted(written)
    assert all(one.why and one.remedy for one in DEMANDS)


def test_a_figure_from_memory_is_asked_for_and_not_insisted_on() -> None:
    def severity(job: object, name: str) -> Severity:
        case = next(broken for broken in BROKEN if broken.name == name and broken.job is job)
        found = inspect_pdf(read_pdf(broken_bytes(case.job, case.change), "book.pdf"), case.job, DEMANDS)
        return next(one.severity for one in found if one.rule == name)

    assert severity(COLOUR, "too-much-ink") is Severity.WARNING
    assert severity(BLACK, "text-in-gutter") is Severity.ERROR


def test_pages_are_named_in_few_words() -> None:
    assert named_pages([7]) == "page 7"
    assert named_pages([3, 1, 2, 9]) == "pages 1-3, 9"
    assert named_pages(range(1, 41, 2)) == "pages 1, 3, 5, 7, 9, 11, 13, 15 and 12 more"
    assert named_pages([0]) == ""


# ---------------------------------------------------------------- the command


def test_check_makes_the_book_for_a_printer_and_looks_at_it(tmp_path: Path) -> None:
    narrow = "page: {margins: {outside: 0.2in}}\n"
    said = run(make_book(tmp_path, build_file=MINIMAL + narrow), "check", "-e", "pdf", "--print", "kdp")

    assert said.code == 1
    assert "the-salt-road.pdf: error: Amazon KDP: the book has 8 pages; from 24 to 828" in said.err
    assert "from the fore-edge; 0.25in are asked for [text-at-edge]" in said.err
    assert not (tmp_path / "build").exists()


def test_build_tells_what_the_printer_will_say(tmp_path: Path) -> None:
    said = run(make_book(tmp_path), "build", "-e", "pdf", "--print", "lulu")

    assert said.code == 1
    assert "Lulu: the book has 8 pages; from 32 to 800 can be bound" in said.err
    assert (tmp_path / "build" / "the-salt-road.pdf").exists()


def test_any_pdf_can_be_looked_at(tmp_path: Path) -> None:
    path = tmp_path / "theirs.pdf"
    path.write_bytes(made(PRINTERS["kdp"], Ink.BLACK))

    assert (
        "nothing that a printer objects to"
        in run(tmp_path, "check", "--print", "kdp", "--file", str(path)).out
    )
    said = run(tmp_path, "check", "--print", "ingram", "--file", str(path))
    assert said.code == 1
    assert f"{path}: error: IngramSpark: the file does not say that it is PDF/X-1a [not-pdf-x-1a]" in said.err


def test_a_pdf_is_looked_at_as_a_printer_does_and_not_without_one(tmp_path: Path) -> None:
    path = tmp_path / "theirs.pdf"
    with pytest.raises(RequestError, match="say which"):
        look_at_file(path, None)

    said = run(tmp_path, "check", "--print", "kdp", "--file", str(path))
    assert said.code == 2
    assert "there is no such file" in said.err


def test_a_box_of_words_is_told() -> None:
    with pikepdf.open(io.BytesIO(made(PRINTERS["kdp"], Ink.BLACK))) as pdf:
        pdf.pages[2].obj.TrimBox = pikepdf.Array([pikepdf.Name.A, 0, 1, 1])
        out = io.BytesIO()
        pdf.save(out)

    with pytest.raises(BookError, match=r"no PDF, or a broken one"):
        read_pdf(out.getvalue(), "theirs.pdf")


@pytest.mark.parametrize("data", [b"", b"%PDF-1.4\n", b"PK\x03\x04", b"\xff" * 4096])
def test_what_is_no_pdf_is_told(data: bytes) -> None:
    with pytest.raises(BookError, match=r"no PDF, or a broken one"):
        read_pdf(data, "theirs.pdf")
