"""An EPUB's zip, read with care: it may come from anywhere, and nothing in it is trusted or unpacked to disc."""

import zipfile
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from bookbuild.errors import BookError, Finding, Place, RequestError, error

FILE_LIMIT = 2_000_000_000  # bytes: what the most patient store takes
UNPACKED_LIMIT = 3_000_000_000  # bytes of all members together, as they say themselves
MEMBER_LIMIT = 100_000  # members
RATIO_LIMIT = 200  # unpacked to packed; prose has 3, a bomb 1000
RATIO_MATTERS = 10_000_000  # bytes unpacked, below which a member may be as empty as it likes
READ_LIMIT = 60_000_000  # bytes of a member that are read


@dataclass(frozen=True, slots=True)
class Member:
    """One file in the zip, as its directory names it."""

    name: str
    size: int  # bytes, unpacked
    stored: bool
    extra: bool  # has an extra field


@dataclass(frozen=True, slots=True)
class Archive:
    """The zip: what it is called, how large it is, what is in it."""

    name: str
    size: int
    members: tuple[Member, ...]
    zip: zipfile.ZipFile

    def has(self, path: str) -> bool:
        """Whether a file is in it."""
        return path in self.zip.NameToInfo

    def read(self, path: str) -> bytes:
        """Read a file.

        Raises:
            BookError: it is not there, broken, or too large to be looked into.

        """
        info = self.zip.NameToInfo.get(path)
        if info is None:
            raise BookError(self._fault(f"{path} is missing"))
        if info.file_size > READ_LIMIT:
            raise BookError(self._fault(f"{path} has {info.file_size:,} bytes, too many to be looked into"))
        try:
            return self.zip.read(info)
        except (zipfile.BadZipFile, EOFError, OSError, RuntimeError, NotImplementedError, ValueError, zlib.error) as fault:  # fmt: skip
            raise BookError(self._fault(f"{path} cannot be unpacked: {fault}")) from fault

    def _fault(self, message: str) -> Finding:
        return error(message, Place(self.name), hint=_ANEW)


_ANEW = "make the EPUB anew"


def open_archive(data: bytes | Path, name: str) -> Archive:
    """Open an EPUB's zip, from its bytes or its file; `name` is what messages call it.

    Raises:
        RequestError: there is no such file.
        BookError: it is no zip, or one that is made to do harm.

    """
    size = len(data) if isinstance(data, bytes) else _size_of(data, name)
    if size > FILE_LIMIT:
        raise BookError(error("larger than 2 GB: no store takes that", Place(name)))
    file: BinaryIO | Path = BytesIO(data) if isinstance(data, bytes) else data
    try:
        opened = zipfile.ZipFile(file)
        infos = opened.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, EOFError, NotImplementedError) as fault:
        told = "not an EPUB: it is no zip archive, or a broken one"
        raise BookError(error(told, Place(name), hint="choose a file that ends in .epub")) from fault
    _check_size(infos, name)
    members = tuple(
        Member(info.filename, info.file_size, info.compress_type == zipfile.ZIP_STORED, bool(info.extra))
        for info in infos
    )
    return Archive(name, size, members, opened)


def _size_of(path: Path, name: str) -> int:
    try:
        if not path.is_file():
            message = "is no ordinary file" if path.exists() else "there is no such file"
            raise RequestError(error(message, Place(name), hint="--file wants an EPUB"))
        return path.stat().st_size
    except (OSError, ValueError) as fault:
        raise RequestError(error(f"cannot be opened: {fault}", Place(name))) from fault


def _check_size(infos: Iterable[zipfile.ZipInfo], name: str) -> None:
    """Refuse what unpacks to far more than a book: a bomb."""
    infos = list(infos)
    if len(infos) > MEMBER_LIMIT:
        raise BookError(error(f"has {len(infos):,} files in it: this is no book", Place(name)))
    unpacked = sum(info.file_size for info in infos)
    if unpacked > UNPACKED_LIMIT:
        raise BookError(error(f"unpacks to {unpacked:,} bytes: this is no book", Place(name)))
    for info in infos:
        if info.flag_bits & 1:
            hint = "stores put their own locks on books, and take none that are locked"
            raise BookError(error(f"{info.filename} is locked with a password", Place(name), hint=hint))
        if info.file_size > RATIO_MATTERS and info.file_size > RATIO_LIMIT * max(info.compress_size, 1):
            message = f"{info.filename} unpacks to {info.file_size:,} bytes out of {info.compress_size:,}"
            raise BookError(error(message, Place(name), hint="this is a zip bomb, and no book"))
