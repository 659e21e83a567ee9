"""The e-readers that are known: by what they are told, what they read, and where books go. A new one is a row here.

Sources: calibre's drivers (`src/calibre/devices/`: kobo, kindle, eb600), which have met the devices; KOReader's
installation notes for where it lies on each.
"""

from dataclasses import dataclass
from enum import Enum
from pathlib import Path


class Kind(Enum):
    """The kinds of finished file, by how their names end."""

    KEPUB = "kepub.epub"
    EPUB = "epub"
    AZW3 = "azw3"
    PDF = "pdf"


def kind_of(name: str) -> Kind | None:
    """Say what a file is by its name; None where no device is asked to read it."""
    return next((kind for kind in Kind if name.lower().endswith(f".{kind.value}")), None)


@dataclass(frozen=True, slots=True)
class DeviceKind:
    """A family of e-readers."""

    name: str
    marks: tuple[tuple[str, ...], ...]  # it is one when of each group a file or folder is there
    takes: tuple[Kind, ...]  # what it reads of ours, the best first
    folders: tuple[str, ...] = ("",)  # books go into the first that is there, or else into the first
    labels: tuple[
        str, ...
    ] = ()  # the drive's name contains one of them: for those whose folders tell nothing
    vendors: tuple[str, ...] = ()  # USB ids by which one is known that is not mounted
    mtp_names: tuple[str, ...] = ()  # part of the name under which it is mounted by MTP
    after: str = ""  # what to know once the book is there
    wakes_by: str = ""  # what makes a device that is plugged in a drive
    koreader: tuple[str, ...] = ()  # where KOReader lies on it

    def is_at(self, root: Path) -> bool:
        """Whether a folder is the top of such a device."""
        if any(label in root.name.lower() for label in self.labels):
            return True
        return bool(self.marks) and all(any((root / mark).exists() for mark in group) for group in self.marks)


KOBO = DeviceKind(
    name="Kobo",
    marks=((".kobo",), (".kobo/version", ".kobo/KoboReader.sqlite")),
    takes=(Kind.KEPUB, Kind.EPUB, Kind.PDF),
    vendors=("2237",),
    after="the Kobo takes it in when it is ejected",
    wakes_by="tap Connect on its screen",
    koreader=(".adds/koreader",),
)
KINDLE = DeviceKind(
    name="Kindle",
    marks=(
        ("documents",),
        ("system/version.txt", "system/thumbnails", "system/com.amazon.ebook.booklet.reader"),
    ),
    takes=(
        Kind.AZW3,
        Kind.PDF,
    ),  # an EPUB that comes by cable is not shown; Send to Kindle turns one into its own format
    folders=("documents",),
    vendors=("1949",),
    mtp_names=("kindle", "amazon"),
    wakes_by="unlock its screen; one of 2024 or later needs a program that speaks MTP",
    koreader=("koreader",),
)
POCKETBOOK = DeviceKind(
    name="PocketBook",
    marks=(("system/config", "system/profiles"),),
    takes=(Kind.EPUB, Kind.PDF),
    folders=("Books", "books", ""),
    wakes_by="tap Connect to PC on its screen",
    koreader=("applications/koreader",),
)
TOLINO = DeviceKind(
    name="Tolino",
    marks=(),
    takes=(Kind.EPUB, Kind.PDF),
    folders=("Books",),
    labels=("tolino",),
    vendors=("1f85", "4173"),
    wakes_by="tap Connect on its screen",
)
KOREADER = DeviceKind(
    name="KOReader",
    marks=(
        ("koreader", ".adds/koreader", "applications/koreader"),
        (
            "koreader/reader.lua",
            "koreader/settings.reader.lua",
            ".adds/koreader/reader.lua",
            "applications/koreader/reader.lua",
        ),
    ),
    takes=(Kind.EPUB, Kind.PDF),
    folders=("Books", "books", "ebooks", ""),
)
FOLDER = DeviceKind(name="folder", marks=(), takes=(Kind.EPUB, Kind.KEPUB, Kind.AZW3, Kind.PDF))
"""Any place that was asked for by its path, and that has the marks of none."""

DEVICES = (TOLINO, KOBO, KINDLE, POCKETBOOK, KOREADER)
"""The first whose marks are there is the one: a Tolino may be a Kobo outside, and KOReader lives on any of them."""


@dataclass(frozen=True, slots=True)
class Device:
    """One that is plugged in, or a folder that was asked for."""

    kind: DeviceKind
    root: Path  # its top folder
    into: Path  # where books go
    volume: int  # the file system's number
    drive: str = ""  # what the system calls the drive, for ejecting it

    @property
    def takes(self) -> tuple[Kind, ...]:
        """What it reads, the best first; where KOReader lies on it, EPUB as well."""
        has_koreader = any((self.root / place).is_dir() for place in self.kind.koreader)
        extra = (Kind.EPUB,) if has_koreader and Kind.EPUB not in self.kind.takes else ()
        return (*self.kind.takes, *extra)

    @property
    def is_here(self) -> bool:
        """Whether it is still plugged in: its folder may stay when it goes, and would then be one of this machine's disc."""
        return self.root.is_dir() and self.root.stat().st_dev == self.volume

    def __str__(self) -> str:
        """Name it as an author would look for it."""
        return str(self.root) if self.kind is FOLDER else f"{self.kind.name} at {self.root}"


def recognise(root: Path, drive: str = "") -> Device | None:
    """Tell what e-reader a drive is by its marks; None where it is none that is known."""
    for kind in DEVICES:
        if kind.is_at(root):
            there = [folder for folder in kind.folders if _is_spelt_so(root, folder)]
            return Device(kind, root, root / (there or kind.folders)[0], root.stat().st_dev, drive)
    return None


def _is_spelt_so(root: Path, folder: str) -> bool:
    """Whether a folder is there in this very case: FAT would take `books` for `Books`, and list it as it was made."""
    return not folder or any(entry.name == folder and entry.is_dir() for entry in root.iterdir())
