"""Bytes as text: what is read, what is told, and what is refused."""

import io
import zipfile
from pathlib import Path

import pytest

from bookbuild.errors import BookError, Severity
from bookbuild.source import Source, source_from
from tests.program import make_book, run


def _first_line(data: bytes) -> str:
    with pytest.raises(BookError) as raised:
        source_from(data, "a.txt")
    return str(raised.value).splitlines()[0]


def _told(source: Source) -> str:
    assert all(finding.severity is Severity.DOUBT and finding.hint for finding in source.findings)
    return " ".join(str(finding).splitlines()[0] for finding in source.findings)


@pytest.mark.parametrize(
    "encoding",
    ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"],
)
@pytest.mark.parametrize("text", ["“Naïve”, she said… and left.", "Она сказала, что утром уйдёт.\n", "雨。"])
def test_unicode_in_all_its_dresses_is_read_and_nothing_is_told(encoding: str, text: str) -> None:
    if text == "雨。" and encoding in {"utf-16-le", "utf-16-be"}:
        return  # nothing tells it

    source = source_from(text.encode(encoding), "a.txt")

    assert source.text == text
    assert source.findings == ()


def test_utf_16_that_begins_with_a_zero_width_space_keeps_it() -> None:
    assert source_from("\ufeff\ufeffRain".encode("utf-16-le"), "a.txt").text == "\ufeffRain"


def test_a_file_of_windows_is_read_and_told_with_its_first_odd_byte() -> None:
    source = source_from("It rained.\n“Déjà vu,” she said – ‘œuvre’…".encode("cp1252"), "a.txt")

    assert source.text == "It rained.\n“Déjà vu,” she said – ‘œuvre’…"
    assert _told(source) == "a.txt:2:1: doubt: byte 0x93 is not UTF-8, so this file was read as Windows-1252"


def test_a_single_odd_byte_does_not_spoil_a_file_in_utf_8() -> None:
    data = "“Café,” said Ann.\n".encode() + b"Don\x92t.\n" + "“Naïve.”".encode()
    source = source_from(data, "a.txt")

    assert source.text == "“Café,” said Ann.\nDon’t.\n“Naïve.”"
    assert _told(source) == (
        "a.txt:2:4: doubt: byte 0x92 is not UTF-8, so the odd bytes of this file (1) were read as Windows-1252"
    )


def _zip(name: str, content: str) -> bytes:
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w") as archive:
        archive.writestr(name, content)
    return memory.getvalue()


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"\x89PNG\r\n\x1a\n\0\0", "a.txt:1:1: error: this is not text: it seems to be a picture (PNG)"),
        (_zip("word/document.xml", "<w/>"), "a.txt:1:1: error: this is not text: it seems to be a Word document"),
        (_zip("mimetype", "application/epub+zip"), "a.txt:1:1: error: this is not text: it seems to be an EPUB"),
        (_zip("a", "b"), "a.txt:1:1: error: this is not text: it seems to be a compressed folder (ZIP)"),
        (b"%PDF-1.7\n%\xe2\xe3", "a.txt:1:1: error: this is not text: it seems to be a PDF"),
        (b"{\\rtf1\\ansi Rain}", "a.txt:1:1: error: this is not text: it seems to be a Rich Text document"),
        (b"abc\0def", "a.txt:1:4: error: this is not text: it has a NUL byte"),
        (b"ELF\0\0\xd0", "a.txt:1:4: error: this is not text: it has a NUL byte"),
        (b"\xff\xfea", "a.txt:1:1: error: byte 0x61 is not UTF-16"),
        (b"\x01\x02\xff\x03", "a.txt:1:1: error: this is not text: it is full of control characters"),
        ("Naïve\n“No.".encode("cp1252") + b"\x9d", "a.txt:2:5: error: byte 0x9D is neither UTF-8 nor Windows-1252"),
        ("“Café”".encode() + b" \x81", "a.txt:1:8: error: byte 0x81 is neither UTF-8 nor Windows-1252"),
    ],
)  # fmt: skip
def test_what_is_not_text_is_an_error_that_says_what_it_seems_to_be(data: bytes, message: str) -> None:
    assert _first_line(data) == message


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Она сказала, что утром уйдёт.", "cp1251"),
        ("Była żona, mówiła więc głośno.", "cp1250"),
        ("Des élus déjà fatigués.", "mac-roman"),
    ],
)
def test_an_encoding_that_cannot_be_told_is_not_guessed(text: str, encoding: str) -> None:
    assert "is not UTF-8, and what else it may be cannot be told" in _first_line(text.encode(encoding))


def test_a_build_tells_of_a_file_that_was_read_as_windows_1252(tmp_path: Path) -> None:
    make_book(tmp_path, {"chapter-1.txt": "Chapter 1\n\nIt rained.\n"})
    (tmp_path / "manuscript" / "chapter-1.txt").write_bytes(b"Chapter 1\n\n\x93It rained,\x94 she said.\n")
    said = run(tmp_path, "check")

    assert said.code == 0
    assert (
        "chapter-1.txt:3:1: doubt: byte 0x93 is not UTF-8, so this file was read as Windows-1252" in said.err
    )
