"""E-readers for tests: folders with the real marks, and small drives of this machine that can be full or pulled out."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

MARKS = {
    "Kobo": (".kobo/version", ".kobo/KoboReader.sqlite"),
    "Kindle": ("documents/", "system/version.txt"),
    "PocketBook": ("system/config/", "books/"),
    "Tolino": ("Digital Editions/",),
    "KOReader": ("koreader/settings.reader.lua",),
}
NEVER_DRIVES = {"Android e-reader"}
LABELS = {
    "Kobo": "KOBOeReader",
    "Kindle": "Kindle",
    "PocketBook": "PB740",
    "Tolino": "tolino",
    "KOReader": "sdcard",
}


def mark(root: Path, kind: str) -> Path:
    """Put the marks of an e-reader into a folder."""
    for name in MARKS[kind]:
        path = root / name
        (path if name.endswith("/") else path.parent).mkdir(parents=True, exist_ok=True)
        if not name.endswith("/"):
            path.touch()
    return root


def e_reader(folder: Path, kind: str, label: str = "") -> Path:
    """Make an e-reader: a folder with its name and its marks."""
    root = folder / (label or LABELS[kind])
    root.mkdir(parents=True)
    return mark(root, kind)


FILE_SYSTEMS = ("vfat", "tmpfs")
DRIVE_SIZE = 2 << 20  # bytes


@contextmanager
def drive(folder: Path, file_system: str) -> Iterator[Path]:
    """Mount a small drive with the marks of a Kobo; skips, with the reason, where this machine does not let us."""
    root = folder / LABELS["Kobo"]
    root.mkdir()
    if os.name != "posix" or os.geteuid() != 0:
        pytest.skip("only root may mount a drive")
    if file_system == "vfat":
        command = _fat(folder / "image", root)
    else:
        command = ["mount", "-t", file_system, "-o", f"size={DRIVE_SIZE}", "none", str(root)]
    mounted = subprocess.run(command, check=False, capture_output=True, text=True)
    if mounted.returncode or not root.is_mount():
        pytest.skip(f"{file_system} cannot be mounted here: {mounted.stderr.strip()}")
    try:
        yield mark(root, "Kobo")
    finally:
        if root.is_mount():
            subprocess.run(["umount", "-l", str(root)], check=True)


def _fat(image: Path, root: Path) -> list[str]:
    """Make an image with FAT; gives what mounts it: the kernel, or a program where the kernel does not know FAT."""
    if not shutil.which("mkfs.vfat"):
        pytest.skip("mkfs.vfat is not installed (Debian: apt-get install dosfstools)")
    image.write_bytes(bytes(DRIVE_SIZE))
    subprocess.run(["mkfs.vfat", str(image)], check=True, capture_output=True)
    if "vfat" in Path("/proc/filesystems").read_text("ascii"):
        return ["mount", "-t", "vfat", "-o", "loop", str(image), str(root)]
    if not shutil.which("fusefat"):
        pytest.skip(
            "this kernel does not know FAT, and fusefat is not installed (Debian: apt-get install fusefat)"
        )
    return ["fusefat", "-o", "rw+", str(image), str(root)]


def is_fusefat(root: Path) -> bool:
    """Whether a drive is mounted by fusefat, which says some things otherwise than a kernel does."""
    return any(f" {root} fuse.fusefat " in line for line in Path("/proc/mounts").read_text().splitlines())
