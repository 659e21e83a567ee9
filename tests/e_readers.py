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
        _make_fat(folder / "image")
        options = ["-o", "loop", str(folder / "image")]
    else:
        options = ["-o", f"size={DRIVE_SIZE}", "none"]
    mounted = subprocess.run(
        ["mount", "-t", file_system, *options, str(root)], check=False, capture_output=True, text=True
    )
    if mounted.returncode:
        pytest.skip(f"{file_system} cannot be mounted here: {mounted.stderr.strip()}")
    try:
        yield mark(root, "Kobo")
    finally:
        if root.is_mount():
            subprocess.run(["umount", "-l", str(root)], check=True)


def _make_fat(image: Path) -> None:
    if "vfat" not in Path("/proc/filesystems").read_text("ascii"):
        pytest.skip("this kernel does not know FAT")
    if not shutil.which("mkfs.vfat"):
        pytest.skip("mkfs.vfat is not installed")
    image.write_bytes(bytes(DRIVE_SIZE))
    subprocess.run(["mkfs.vfat", str(image)], check=True, capture_output=True)
