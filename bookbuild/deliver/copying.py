"""A file onto a device: written beside, synced, renamed. The book that was there stays whole until the new one is."""

import errno
import filecmp
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from bookbuild.deliver.devices import Device
from bookbuild.errors import DeliveryError, Finding, error
from bookbuild.reading import Tell

CHUNK = 1 << 18  # bytes: small enough that progress moves on a slow device, and that Ctrl-C is heard
_ROOM = (
    1 << 17
)  # bytes that are left free: a device keeps a catalogue of its books, and clusters are not filled


class Outcome(Enum):
    """What became of a delivery."""

    NEW = "new"
    REPLACED = "replaces the one that was there"
    UNCHANGED = "is there already, the same to the byte"


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be copied where, and what that will do."""

    source: Path
    device: Device
    target: Path
    outcome: Outcome


def plan_copy(source: Path, device: Device) -> Plan:
    """See what copying a file will do; nothing is written.

    Raises:
        DeliveryError: the device was pulled out, or the book does not fit.

    """
    target = device.into / fat_name(source.name)
    with device_failures(device):
        if not target.exists():
            outcome = Outcome.NEW
        elif filecmp.cmp(source, target, shallow=False):
            return Plan(source, device, target, Outcome.UNCHANGED)
        else:
            outcome = Outcome.REPLACED
        free = shutil.disk_usage(device.root).free
        leftover = _beside(target)
        free += (
            leftover.stat().st_size if leftover.exists() else 0
        )  # of a copy that broke off: it is written over
    need = source.stat().st_size + _ROOM
    if free < need:
        raise DeliveryError(_full(device, need - free))
    return Plan(source, device, target, outcome)


def copy(plan: Plan, tell: Tell) -> None:
    """Copy a file as planned.

    Raises:
        DeliveryError: the device is full, was pulled out, or takes no files; the old book on it is whole.

    """
    if plan.outcome is Outcome.UNCHANGED:
        return
    with device_failures(plan.device):
        if not plan.device.is_here:
            raise DeliveryError(_gone(plan.device))
        plan.target.parent.mkdir(exist_ok=True)
        beside = _beside(plan.target)
        try:
            _write(plan.source, beside, tell)
            beside.replace(plan.target)
        except BaseException:  # Ctrl-C as well
            with suppress(OSError):
                beside.unlink(missing_ok=True)
            raise
        _sync_folder(plan.target.parent)


def _beside(target: Path) -> Path:
    return target.with_name(f"{target.name}.part")


def _write(source: Path, beside: Path, tell: Tell) -> None:
    size, done = source.stat().st_size, 0
    with source.open("rb") as read, beside.open("wb") as write:
        while chunk := read.read(CHUNK):
            write.write(chunk)
            done += len(chunk)
            tell(f"copying {source.name}: {100 * done // size} %")
        write.flush()
        os.fsync(write.fileno())


def _sync_folder(folder: Path) -> None:
    """See the new name onto the device; Windows has no such thing, and does it by itself."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


# ---------------------------------------------------------------- names


_RESERVED = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\..*)?")
_LONGEST = 255  # bytes: ext4 counts so, and FAT's 255 UTF-16 units are never fewer


def fat_name(name: str) -> str:
    """Give a name that FAT takes, Windows too, and Kobo, which opens no book with `!` in its name; always the same one."""
    name = re.sub(r'[\x00-\x1f\x7f<>:"/\\|?*!]+', "-", name).strip(" .") or "book"
    name = f"book-{name}" if _RESERVED.fullmatch(name) else name
    stem, dot, suffix = name.partition(".")
    room = _LONGEST - len((dot + suffix + ".part").encode())
    return stem.encode()[: max(room, 1)].decode(errors="ignore") + dot + suffix


# ---------------------------------------------------------------- what goes wrong


@contextmanager
def device_failures(device: Device) -> Iterator[None]:
    """Turn what the system says of a device into what an author can do."""
    try:
        yield
    except OSError as fault:
        raise DeliveryError(_explained(fault, device)) from fault


def _explained(fault: OSError, device: Device) -> Finding:
    if fault.errno in {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}:
        return _full(device)
    if fault.errno == errno.EROFS:
        hint = "it was perhaps pulled out without ejecting: eject it, plug it in again, and let the system repair it"
        return error(f"{device} is read-only", hint=hint)
    if not _still_here(device) or fault.errno in _GONE:
        return _gone(device)
    if fault.errno in {errno.EACCES, errno.EPERM}:
        return error(
            f"{device} does not let you write to it", hint="mount it as yourself, by the file manager"
        )
    return error(f"{device} cannot be written to: {fault.strerror}", hint="eject it, and plug it in again")


_GONE = {errno.EIO, errno.ENODEV, errno.ENXIO, errno.ENOENT, errno.ENOTCONN, errno.ESTALE}


def _still_here(device: Device) -> bool:
    with suppress(OSError):
        return device.is_here
    return False


def _full(device: Device, missing: int = 0) -> Finding:
    much = f": {max(missing / 1_000_000, 0.1):.1f} MB too little" if missing else ""
    return error(f"{device} is full{much}", hint=f"delete something on it and send again; {_AS_IT_WAS}")


def _gone(device: Device) -> Finding:
    return error(f"{device} was pulled out", hint=f"plug it in and send again; {_AS_IT_WAS}")


_AS_IT_WAS = "the books on it are as they were"
