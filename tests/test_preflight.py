"""Preflight: each objection, shown by breaking a small book on purpose; and zips that come from anywhere."""

import json
import re
import zipfile
from io import BytesIO
from pathlib import Path
from types import ModuleType

import pytest

from bookbuild import assets, preflight
from bookbuild.errors import BookError, Place, RequestError
from bookbuild.preflight import OBJECTIONS, archive, files
from bookbuild.preflight.inspection import TOLD, inspect_epub
from bookbuild.preflight.objection import Objection
from bookbuild.proof import PROOFS
from bookbuild.rules import RULES
from tests.preflight_cases import BROKEN, COVER, CSS, NCX, ONE, OPF, RAINED, Broken, css
from tests.program import MINIMAL, make_book, run
from tests.small_epub import Change, epub, picture, put


def told(*changes: Change, name: str = "lamps.epub") -> list[str]:
    """Give what is told, without the hints: `place: severity: message [objection]`."""
    return [str(found).splitlines()[0] for found in inspect_epub(epub(*changes), name, OBJECTIONS)]


def test_nobody_objects_to_the_small_book() -> None:
    assert told() == []


@pytest.mark.parametrize("broken", BROKEN, ids=lambda broken: broken.name)
def test_an_objection_is_raised_by_what_breaks_it_and_no_other_is(broken: Broken) -> None:
    found = inspect_epub(epub(*broken.changes), "lamps.epub", OBJECTIONS)
    first = next(one for one in found if one.rule == broken.name)

    assert str(first.place) == "/".join(filter(None, ("lamps.epub", broken.place)))
    assert first.message.partition(": ")[2] == broken.told
    assert {one.rule for one in found} - broken.also == {broken.name}


def test_a_book_that_is_large_is_told_of_by_its_size(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "MAIL_LIMIT", 1000)

    assert told() == [
        "lamps.epub: warning: Send to Kindle: the book has 0 MB, and a third more in a mail; Send to Kindle takes 50 by mail [book-too-large]"
    ]


def test_the_book_s_own_name_is_looked_at() -> None:
    assert told(name="out/Lamps!.epub") == [
        "out/Lamps!.epub: warning: Kobo, Send to Kindle: the book's own file is called 'Lamps!.epub' [name-of-the-book]"
    ]


def test_every_objection_is_shown_by_a_book_that_breaks_it() -> None:
    shown = {broken.name for broken in BROKEN} | {"book-too-large", "name-of-the-book"}

    assert shown == {one.name for one in OBJECTIONS}


def test_every_objection_that_is_written_is_listed_once_under_a_name_of_its_own() -> None:
    names = [one.name for one in OBJECTIONS]
    modules = [module for module in vars(preflight).values() if isinstance(module, ModuleType)]
    written = {
        value.name for module in modules for value in vars(module).values() if isinstance(value, Objection)
    }

    assert len(names) == len(set(names))
    assert written == set(names)
    assert not set(names) & ({rule.name for rule in RULES} | {check.name for check in PROOFS})


def test_every_objection_says_who_why_where_that_stands_with_its_year_and_the_way_out() -> None:
    for one in OBJECTIONS:
        assert one.by
        assert one.why.endswith((".", "”."))
        assert one.remedy
        assert re.search(r"20[012]\d", one.source), one.name


def test_of_many_places_the_first_are_told_and_the_rest_counted() -> None:
    found = told(put(ONE, RAINED, "<h2> </h2>\n" * 12))

    assert len(found) == TOLD
    assert found[-1].endswith("a heading without words, and 7 more such places [empty-heading]")


# ---------------------------------------------------------------- zips from anywhere


def zipped(**members: bytes) -> bytes:
    output = BytesIO()
    with zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in members.items():
            packed.writestr(name, data)
    return output.getvalue()


LAUGHS = "".join(
    f'<!ENTITY {name} "{other * 20}">'
    for name, other in zip("bcdefghij", [f"&{one};" for one in "abcdefghi"], strict=True)
)
HOSTILE = {
    "nothing": (b"", "no zip archive"),
    "no zip": (b"%PDF-1.7 ...", "no zip archive"),
    "cut off": (epub()[:-300], "no zip archive"),
    "an empty zip": (zipped(), "META-INF/container.xml is missing"),
    "another zip": (zipped(a=b"a lamp"), "META-INF/container.xml is missing"),
    "a package that is not there": (epub(put("META-INF/container.xml", "EPUB/content.opf", "../../etc/passwd")), "names no package document"),
    "a package that is no XML": (epub(Change(OPF, "<package>")), "not well-formed"),
    "a bomb": (zipped(a=b"\0" * 30_000_000), "a.* unpacks to 30,000,000 bytes out of"),
    "laughs in the package": (
        epub(put(OPF, "<package", f'<!DOCTYPE p [<!ENTITY a "ha">{LAUGHS}]><package x="&j;"')), "not well-formed"),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_no_epub_is_an_error_that_says_so(name: str) -> None:
    data, expected = HOSTILE[name]

    with pytest.raises(BookError, match=expected) as fault:
        inspect_epub(data, "lamps.epub", OBJECTIONS)

    assert fault.value.findings[0].place == Place("lamps.epub")


@pytest.mark.parametrize(
    "change",
    [
        Change(ONE, b"\0\1\2" * 1000),
        Change(ONE, b""),
        Change(ONE, "<a>" * 5000),
        put(ONE, "<!DOCTYPE html>", f'<!DOCTYPE html [<!ENTITY a "ha">{LAUGHS}]>'),
        put(ONE, "<!DOCTYPE html>", '<!DOCTYPE html [<!ENTITY a SYSTEM "file:///etc/passwd">]>'),
        put(ONE, RAINED, '<p><a href="http://[bad">x</a><a href="//x">x</a><a href="%ff%00">x</a></p>'),
        Change(CSS, "(" * 5000 + "a { b: " + "f(" * 5000),
        Change(CSS, b"\xff\xfe\0p"),
        Change(COVER, b"\xff\xd8\xff\xe0"),
        Change(NCX, "<ncx/>"),
        put(OPF, 'version="3.0"', 'version="2.0"'),
        put(OPF, 'unique-identifier="id"', ""),
        put(OPF, "<manifest>", "<manifest><item/>"),
        put(OPF, "<spine", "<spine><itemref/><itemref idref='x'/></spine><spine"),
    ],
)
def test_no_book_is_too_odd_to_be_looked_into(change: Change) -> None:
    assert told(change) is not None


def test_a_file_larger_than_is_read_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "READ_LIMIT", 6000)

    assert any(
        "too many to be looked into" in line
        for line in told(Change(COVER, picture((1400, 2240)) + b"x" * 9000))
    )


def test_a_locked_zip_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    data = bytearray(epub())
    at = data.rindex(b"PK\x01\x02")
    data[at + 8] |= 1

    with pytest.raises(BookError, match="is locked with a password"):
        inspect_epub(bytes(data), "lamps.epub", OBJECTIONS)


@pytest.mark.parametrize("name", ["nowhere.epub", ".", "/dev/null", "a\0b"])
def test_what_is_no_file_is_an_error_of_the_request(name: str) -> None:
    with pytest.raises(RequestError):
        inspect_epub(Path(name), name, OBJECTIONS)


# ---------------------------------------------------------------- the command


def test_check_looks_into_an_epub_of_another_program(tmp_path: Path) -> None:
    (tmp_path / "good.epub").write_bytes(epub())
    (tmp_path / "bad.epub").write_bytes(epub(css("display: grid")))
    said = run(tmp_path, "check", "--file", "good.epub", "--file", "bad.epub")

    assert (said.code, said.out) == (0, "good.epub: nothing that a store objects to\nbad.epub: 1 warning\n")
    assert said.err.startswith(
        "bad.epub/EPUB/style.css:1: warning: Kobo: ‘display: grid’ [flex-or-grid]\n  hint: "
    )
    assert run(tmp_path, "check", "--file", "bad.epub", "--strict").code == 1


@pytest.mark.parametrize("command", ["build -e epub", "check -e epub"])
def test_a_build_and_a_check_tell_the_place_that_an_author_can_mend(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    monkeypatch.setattr(files, "OLD_PAGE_LIMIT", 2000)
    chapters = {"chapter-1.txt": "Chapter 1\n\n" + "It rained on the old harbour road. " * 60}
    make_book(tmp_path, chapters, MINIMAL + "css: own.css\ncover: cover.jpg\n")
    (tmp_path / "own.css").write_text("p { color: red }\n\n.a { display: flex }\n")
    (tmp_path / "cover.jpg").write_bytes(picture((400, 640)))
    said = run(tmp_path, *command.split()).err

    assert "build.yaml:4:8: warning: Kindle, Apple Books: the cover has 400 x 640 pixels" in said
    assert "own.css:1: warning: Kindle, Apple Books, Kobo: ‘p { color: red }’ [forced-body-text]" in said
    assert "own.css:3: warning: Kobo: ‘display: flex’ [flex-or-grid]" in said
    assert (
        "manuscript/chapter-1.txt:1:1: warning: Adobe's engine: the page has 2 kB; older readers fail above 2 [page-too-large]"
        in said
    )


OF_BOTH = "p { color: black }\n"
OWN_CSS = f"{OF_BOTH}.a {{ display: flex }}\n.b {{ transform: none }}\n.c {{ margin-top: -1em }}\n"


@pytest.mark.parametrize(
    ("edition", "found"),
    [
        ("kepub", {"Kobo": {"forced-body-text", "flex-or-grid"}}),
        ("azw3", {"Kindle": {"forced-body-text", "negative-margin", "cover-too-small"}}),
    ],
)
def test_a_file_for_one_maker_s_devices_is_told_what_they_show_amiss(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, edition: str, found: dict[str, set[str]]
) -> None:
    """And neither what another maker's do, nor what no store will see; an AZW3 is not even converted for it."""
    monkeypatch.setattr(assets, "find_converter", lambda: "calibre")
    make_book(tmp_path, None, MINIMAL + "css: own.css\ncover: cover.jpg\n")
    (tmp_path / "own.css").write_text(OWN_CSS)
    (tmp_path / "cover.jpg").write_bytes(picture((400, 640)))
    said = run(tmp_path, "check", "-e", edition)
    told = re.findall(r"(?m)^\S+: warning: ([^:]+): .* \[(\S+)\]$", said.err)

    assert said.code == 0
    assert {by: {name for who, name in told if who == by} for by, _ in told} == found


def test_a_kepub_that_is_built_is_looked_into(tmp_path: Path) -> None:
    make_book(tmp_path, None, MINIMAL + "css: own.css\n")
    (tmp_path / "own.css").write_text(OWN_CSS)

    assert "own.css:1: warning: Kobo: ‘p { color: black }’" in run(tmp_path, "build", "-e", "kepub").err
    assert run(tmp_path, "check", "--file", "build/the-salt-road.kepub.epub", "--strict").out.endswith(
        "the-salt-road.kepub.epub: 2 warnings\n"
    )


def test_what_two_kinds_of_file_share_is_told_once(tmp_path: Path) -> None:
    make_book(tmp_path, None, MINIMAL + "css: own.css\n")
    (tmp_path / "own.css").write_text(OF_BOTH)
    said = run(tmp_path, "check", "-e", "epub", "-e", "kepub").err

    assert said.count("forced-body-text") == 1


def test_a_good_kepub_has_nothing_against_it(tmp_path: Path) -> None:
    make_book(tmp_path)

    assert run(tmp_path, "build", "-e", "kepub", "--strict").code == 0


def test_where_epubcheck_is_not_installed_it_says_where_to_get_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "good.epub").write_bytes(epub())
    monkeypatch.setenv("EPUBCHECK", "/nowhere/epubcheck.jar")
    said = run(tmp_path, "check", "--epubcheck", "--file", "good.epub")

    assert said.code == 2
    assert (
        "EPUBCHECK is '/nowhere/epubcheck.jar': there is no such file\n  hint: install Java and EPUBCheck"
        in said.err
    )


def test_what_epubcheck_says_is_told_in_our_form(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    message = {
        "ID": "RSC-005", "severity": "ERROR", "message": "Error while parsing file:\n" + "x" * 300, "suggestion": None,
        "locations": [{"path": "EPUB/one.xhtml", "line": 6, "column": 3}],
    }  # fmt: skip
    said_by_it = {
        "checker": {"checkerVersion": "9.9"},
        "messages": [message, {**message, "severity": "USAGE"}],
    }
    command = tmp_path / "epubcheck"
    command.write_text(f"#!/bin/sh\ncat >\"$3\" <<'END'\n{json.dumps(said_by_it)}\nEND\n")
    command.chmod(0o755)
    (tmp_path / "good.epub").write_bytes(epub())
    monkeypatch.setenv("EPUBCHECK", str(command))
    said = run(tmp_path, "check", "--epubcheck", "--file", "good.epub")

    assert said.code == 1
    assert said.err.startswith("good.epub/EPUB/one.xhtml:6: error: EPUBCheck: Error while parsing file: xxx")
    assert said.err.endswith("xxx … [RSC-005]\n")
    assert said.out.endswith("EPUBCheck 9.9: 1 error in good.epub\n")


def test_an_epubcheck_that_finds_nothing_is_told_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    command = tmp_path / "epubcheck"
    command.write_text('#!/bin/sh\necho \'{"checker": {"checkerVersion": "9.9"}, "messages": []}\' >"$3"\n')
    command.chmod(0o755)
    make_book(tmp_path)
    monkeypatch.setenv("EPUBCHECK", str(command))

    said = run(tmp_path, "check", "--epubcheck", "-e", "epub")
    assert said.out.endswith("\nEPUBCheck 9.9: nothing found in the-salt-road.epub\n")
    said = run(tmp_path, "check", "--epubcheck", "-e", "pdf")
    assert said.out.endswith("\nEPUBCheck: none of these editions is an EPUB\n")


def test_an_epubcheck_that_fails_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    command = tmp_path / "epubcheck"
    command.write_text("#!/bin/sh\necho no room >&2\nexit 3\n")
    command.chmod(0o755)
    (tmp_path / "good.epub").write_bytes(epub())
    monkeypatch.setenv("EPUBCHECK", str(command))

    assert (
        "good.epub: error: EPUBCheck failed: no room"
        in run(tmp_path, "check", "--epubcheck", "--file", "good.epub").err
    )
