"""The e-readers that are known: by what they are told, what they read, and where books go. A new one is a row here.

Sources: calibre's drivers (`src/calibre/devices/`: kobo, kindle, eb600), which have met the devices; KOReader's
installation notes for where it lies on each. USB ids: the same, and what owners reported: libmtp#29 (Boox), #82 (Supernote),
#128 (Tolino Vision 6), #322 (Kindles of 2024); wold5/calibre-pocketbook-tools#3 (PocketBook); koreader#12047 and
kobopatch-webui#22 (Tolinos with Kobo's software); all read November 2026.
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
    serials: tuple[str, ...] = ()  # `.kobo/version` begins with one of them
    usb_ids: tuple[str, ...] = ()  # by which one is known that is not mounted: a vendor's, or a product's
    names: tuple[str, ...] = ()  # part of what it calls itself on the USB, and is mounted as by MTP
    after: str = ""  # what to know once the book is there
    wakes_by: str = "unlock its screen"  # what makes a device that is plugged in a drive
    instead: str = "--mail"  # the way that needs no drive
    koreader: tuple[str, ...] = ()  # where KOReader lies on it

    def is_at(self, root: Path) -> bool:
        """Whether a folder is the top of such a device."""
        if any(label in root.name.lower() for label in self.labels):
            return True
        if self.serials and _serial(root).startswith(self.serials):
            return True
        return bool(self.marks) and all(any((root / mark).exists() for mark in group) for group in self.marks)


def _serial(root: Path) -> str:
    """Read the serial number that Kobo's software keeps; empty where there is none."""
    try:
        with (root / ".kobo" / "version").open(encoding="ascii", errors="replace") as file:
            return file.read(20)
    except OSError:
        return ""


KOBO = DeviceKind(
    name="Kobo",
    marks=((".kobo",), (".kobo/version", ".kobo/KoboReader.sqlite")),
    takes=(Kind.KEPUB, Kind.EPUB, Kind.PDF),
    usb_ids=("2237",),
    names=("kobo ereader", "koboereader"),
    after="the Kobo takes it in when it is ejected",
    wakes_by="tap Connect on its screen",
    instead="--wireless where KOReader is on it",
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
    usb_ids=("1949",),
    names=("kindle", "amazon"),
    koreader=("koreader",),
)
POCKETBOOK = DeviceKind(
    name="PocketBook",
    marks=(("system/config", "system/profiles"),),
    takes=(Kind.EPUB, Kind.PDF),
    folders=("Books", "books", ""),
    usb_ids=("fffe", "18d1:0001", "0489:e107", "0489:cff1"),  # the Color 3 has one that many machines have
    names=("pocketbook",),
    wakes_by="tap Connect to PC on its screen",
    koreader=("applications/koreader",),
)
TOLINO = DeviceKind(
    name="Tolino",
    marks=(),
    takes=(Kind.EPUB, Kind.PDF),
    folders=("Books",),
    labels=("tolino",),
    serials=("T",),  # from the Shine 5 of 2023 on they have Kobo's software, and take no KEPUB all the same
    usb_ids=("1f85", "4173"),
    names=("tolino",),
    wakes_by="tap Connect on its screen",
    instead="the upload in your bookshop's Tolino web reader",
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
ANDROID = DeviceKind(
    name="Android e-reader",
    marks=(),
    takes=(Kind.EPUB, Kind.PDF),
    folders=("Books",),
    names=("boox", "onyx", "supernote", "bigme", "meebook", "likebook"),
    instead="--wireless where KOReader is on it",
)
"""A Boox or another that speaks MTP alone: it is never a drive, and so has no marks."""
FOLDER = DeviceKind(name="folder", marks=(), takes=(Kind.EPUB, Kind.KEPUB, Kind.AZW3, Kind.PDF))
"""Any place that was asked for by its path, and that has the marks of none."""

DEVICES = (TOLINO, KOBO, KINDLE, POCKETBOOK, KOREADER, ANDROID)
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
        return f"the folder {self.root}" if self.kind is FOLDER else f"{self.kind.name} at {self.root}"


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
