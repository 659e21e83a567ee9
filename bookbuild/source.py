"""The manuscript's files as text that remembers where it came from."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import pairwise
from pathlib import Path

from bookbuild.decoding import NotTextError, decode
from bookbuild.errors import BookError, Finding, Place, Severity, error

SIZE_LIMIT = 16_000_000
"""The largest manuscript file, in bytes. The longest novels in English have about 3,300,000."""

# the line ends of Unicode 16, section 5.8, with the form feed of old transcriptions
_LINE_END = re.compile("\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]")
# U+0085 ends the lines of a few old systems; beside other line ends it is an ellipsis that was read in a wrong encoding
_USUAL_LINE_END = re.compile("\r\n|[\n\r\x0b\x0c\u2028\u2029]")


@dataclass(frozen=True, slots=True, eq=False)
class Source:
    """One decoded file. Offsets into `text` (characters, from 0) are the coin in which all places are kept."""

    path: str  # as the author would type it: relative to the book's folder, with forward slashes
    text: str
    findings: tuple[Finding, ...] = field(default=(), repr=False)  # what had to be guessed to read it
    starts: tuple[int, ...] = field(init=False, repr=False)  # the offset of every line's first character

    def __post_init__(self) -> None:
        """Find the lines once; every message asks for them."""
        ends = _line_end(self.text).finditer(self.text)
        object.__setattr__(self, "starts", (0, *(match.end() for match in ends)))

    def place(self, offset: int) -> Place:
        """Say which line and column (from 1, in characters) an offset stands in."""
        line = bisect_right(self.starts, offset)
        return Place(self.path, line, offset - self.starts[line - 1] + 1)

    def lines(self) -> Iterator[tuple[int, str]]:
        """Give each line's offset and its text without the line end, untouched otherwise."""
        pattern = _line_end(self.text)
        for start, end in pairwise((*self.starts, len(self.text) + 1)):
            line = self.text[start:end]
            ends = [match.start() for match in pattern.finditer(line)]
            yield start, line[: ends[-1]] if ends else line


def _line_end(text: str) -> re.Pattern[str]:
    return _USUAL_LINE_END if "\n" in text else _LINE_END


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of one source, from `start` up to `end`, in characters."""

    source: Source
    start: int
    end: int

    @property
    def place(self) -> Place:
        """Where the stretch begins."""
        return self.source.place(self.start)

    @property
    def text(self) -> str:
        """The stretch as the author typed it."""
        return self.source.text[self.start : self.end]


def read_source(path: Path, name: str) -> Source:
    """Read and decode one manuscript file; `name` is what messages call it.

    Raises:
        BookError: it is missing, not a file, too large, or not text, with the place of the first odd byte.

    """
    try:
        if not path.is_file():
            fault = "is a folder, not a file" if path.is_dir() else "there is no such file"
            raise BookError(error(fault, Place(name)))
        if path.stat().st_size > SIZE_LIMIT:
            raise BookError(
                error(f"larger than {SIZE_LIMIT // 1_000_000} MB", Place(name), hint="split it into chapters")
            )
        data = path.read_bytes()
    except OSError as fault:
        raise BookError(error(f"cannot be read: {fault.strerror}", Place(name))) from fault
    return source_from(data, name)


def source_from(data: bytes, name: str) -> Source:
    """Decode a manuscript's bytes; what had to be guessed stands in the source's findings.

    Raises:
        BookError: they are not text, or in an encoding that cannot be told, with the place of the first odd byte.

    """
    try:
        decoded = decode(data)
    except NotTextError as fault:
        place = Source(name, fault.before).place(len(fault.before))
        raise BookError(error(fault.message, place, hint=fault.hint)) from fault
    bare = Source(name, decoded.text)
    told = tuple(
        Finding(Severity.DOUBT, remark.message, bare.place(remark.offset), remark.hint)
        for remark in decoded.remarks
    )
    return replace(bare, findings=told) if told else bare
