"""From bytes to text: by byte order mark, as UTF-8, as UTF-16, and only then as Windows-1252, which is told."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

_RESAVE = "open the file in your editor, see that its letters are right, and save it again as UTF-8"
_EXPORT = "open it in the program that made it and save it as plain text, in UTF-8"
_NUL = "this is not text: it has a NUL byte"

_BYTE_ORDER_MARKS = (  # the longer first: that of UTF-16 begins that of UTF-32
    (b"\xff\xfe\0\0", "utf-32-le"),
    (b"\0\0\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
_SIGNATURES = (
    (b"\x89PNG", "a picture (PNG)"),
    (b"\xff\xd8\xff", "a picture (JPEG)"),
    (b"GIF8", "a picture (GIF)"),
    (b"%PDF-", "a PDF"),
    (b"{\\rtf", "a Rich Text document"),
    (b"\xd0\xcf\x11\xe0", "a document of Word as it was before 2007"),
    (b"\x1f\x8b", "a compressed file (gzip)"),
    (b"7z\xbc\xaf\x27\x1c", "a compressed folder (7z)"),
    (b"Rar!", "a compressed folder (RAR)"),
)
_IN_ZIP = (
    (b"word/", "a Word document"),
    (b"application/vnd.oasis.opendocument", "an OpenDocument text"),
    (b"application/epub+zip", "an EPUB"),
    (b"Index/Document.iwa", "a Pages document"),
)
# the Unicode Standard 16, table 3-7: well-formed sequences of UTF-8; what none of them takes in is odd
_UTF8 = re.compile(
    rb"(?P<wide>[\xc2-\xdf][\x80-\xbf]|\xe0[\xa0-\xbf][\x80-\xbf]|[\xe1-\xec\xee\xef][\x80-\xbf]{2}|\xed[\x80-\x9f][\x80-\xbf]"
    rb"|\xf0[\x90-\xbf][\x80-\xbf]{2}|[\xf1-\xf3][\x80-\xbf]{3}|\xf4[\x80-\x8f][\x80-\xbf]{2})|(?P<odd>[\x80-\xff])"
)
_UNDEFINED = re.compile(rb"[\x81\x8d\x8f\x90\x9d]")  # bytes to which Windows-1252 gives no character
_CONTROL = re.compile(rb"[\x01-\x08\x0e-\x1a]")
# no Western word has these between small letters, but text of other code pages reads so (`By³a`, `dŽj`)
_MISPLACED = re.compile("(?<=[a-zß-öø-ÿ])[¡-ª¬®-³µ¶¸-º¼-ÖØ-ÞŠŽŒŸƒ†‡ˆ‰˜](?=[a-zß-öø-ÿ])")


class Remark(NamedTuple):
    """Something to tell of a place in the text."""

    offset: int  # in characters
    message: str
    hint: str


@dataclass(frozen=True, slots=True)
class Decoded:
    """A file's text, and what had to be decided to read it."""

    text: str
    remarks: tuple[Remark, ...] = ()


class NotTextError(Exception):
    """Bytes that cannot be read as text; `before` is what can be read of them up to the fault."""

    def __init__(self, message: str, hint: str, before: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.before = before


def decode(data: bytes) -> Decoded:
    """Read bytes as text. Where UTF-8 reads them nothing else is tried: a guess destroys what it guesses wrong.

    Raises:
        NotTextError: they are something else than text, or in an encoding that cannot be told for sure.

    """
    _refuse_other_kinds(data)
    for mark, encoding in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return _strict(data.removeprefix(mark), encoding)
    data = data.removeprefix(b"\xef\xbb\xbf")
    if b"\0" in data:
        if not (encoding := _by_zeros(data)):
            raise NotTextError(_NUL, _EXPORT, data[: data.index(b"\0")].decode("utf-8", "replace"))
        return _strict(data, encoding)
    try:
        return Decoded(data.decode("utf-8"))
    except UnicodeDecodeError:
        return _western(data)


def _refuse_other_kinds(data: bytes) -> None:
    kind = next((kind for signature, kind in _SIGNATURES if data.startswith(signature)), "")
    if data.startswith(b"PK\x03\x04"):
        kind = next((kind for sign, kind in _IN_ZIP if sign in data), "a compressed folder (ZIP)")
    if kind:
        raise NotTextError(f"this is not text: it seems to be {kind}", _EXPORT)


def _strict(data: bytes, encoding: str) -> Decoded:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as fault:
        before = data[: fault.start].decode(encoding, "replace")
        message = f"byte 0x{data[fault.start]:02X} is not {encoding[:6].upper()}"
        raise NotTextError(message, _RESAVE, before) from fault
    if "\0" in text:
        raise NotTextError(_NUL, _EXPORT, text[: text.index("\0")])
    return Decoded(text)


def _by_zeros(data: bytes) -> str:
    """Tell UTF-16 by its NUL bytes, which stand in every second place: those of Latin letters, or at least of spaces; empty when they do not."""
    first, second = data[::2].count(0), data[1::2].count(0)
    if len(data) % 2 == 0 and max(first, second) * 20 >= len(data) and not min(first, second):
        return "utf-16-be" if first else "utf-16-le"
    return ""


def _western(data: bytes) -> Decoded:
    """Read bytes that are not UTF-8: the few odd ones of a file in UTF-8, or the whole file, as Windows-1252."""
    if len(_CONTROL.findall(data)) * 20 > len(data):
        raise NotTextError("this is not text: it is full of control characters", _EXPORT)
    found = list(_UTF8.finditer(data))
    odd = [match.start() for match in found if match.lastgroup == "odd"]
    alone = len(odd) * 2 < len(found)  # the file is in UTF-8 but for these
    before = _patched(data, odd[0], odd if alone else None)
    byte = f"byte 0x{data[odd[0]]:02X} is not UTF-8"
    bytes_read = odd if alone else [match.start() for match in _UNDEFINED.finditer(data)]
    undefined = next((at for at in bytes_read if _UNDEFINED.match(data, at)), None)
    if undefined is not None:
        message = f"byte 0x{data[undefined]:02X} is neither UTF-8 nor Windows-1252"
        raise NotTextError(message, _RESAVE, _patched(data, undefined, odd if alone else None))
    text = _patched(data, len(data), odd if alone else None)
    if not alone and not _is_western(text):
        raise NotTextError(f"{byte}, and what else it may be cannot be told", _RESAVE, before)
    how = f"the odd bytes of this file ({len(odd)}) were" if alone else "this file was"
    return Decoded(text, (Remark(len(before), f"{byte}, so {how} read as Windows-1252", _RESAVE),))


def _patched(data: bytes, end: int, odd: Sequence[int] | None) -> str:
    """Read bytes up to `end` as UTF-8 but for the odd ones, or all of them (None), as Windows-1252."""
    if odd is None:
        return data[:end].decode("cp1252", "replace")
    pieces: list[str] = []
    position = 0
    for at in odd:
        if at < end:
            pieces.extend((data[position:at].decode(), data[at : at + 1].decode("cp1252", "replace")))
            position = at + 1
    return "".join((*pieces, data[position:end].decode()))


def _is_western(text: str) -> bool:
    """Whether text that was read as Windows-1252 looks like a Western language: mostly plain letters, signs in their places."""
    letters = sum(character.isalpha() for character in text)
    accented = [character for character in text if character > "\x7f"]
    foreign = sum(character.isalpha() for character in accented)
    return foreign * 4 <= letters and len(_MISPLACED.findall(text)) * 20 <= len(accented)
