"""What is plugged in: drives by their marks, those that mount by MTP, and those that wait for a tap on their screen."""

import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

import psutil

from bookbuild.deliver.devices import DEVICES, FOLDER, Device, DeviceKind, recognise
from bookbuild.deliver.usb import UsbDevice, usb_devices
from bookbuild.errors import DeliveryError, RequestError, error

_MTP_FILE_SYSTEMS = frozenset({"fuse.jmtpfs", "fuse.simple-mtpfs", "fuse.go-mtpfs", "fuse.aft-mtp-mount"})


def _gvfs() -> Path:
    """Give the folder in which GNOME mounts what is no drive."""
    return (
        Path(os.environ.get("XDG_RUNTIME_DIR") or f"/run/user/{os.getuid() if hasattr(os, 'getuid') else 0}")
        / "gvfs"
    )


@dataclass(frozen=True, slots=True)
class OverMtp:
    """A device that is mounted by MTP: files can be put on it, but not beside and then renamed."""

    kind: DeviceKind
    into: Path

    def __str__(self) -> str:
        """Name it as an author would look for it."""
        return f"{self.kind.name} by MTP at {self.into}"

    @property
    def way(self) -> str:
        """What to do with it."""
        return (
            f"copy the {_likes(self.kind)} into {self.into} with the file manager, or use {self.kind.instead}"
        )


@dataclass(frozen=True, slots=True)
class OnCable:
    """A device that is plugged in, and mounted in no way."""

    kind: DeviceKind
    speaks_mtp: bool

    @property
    def way(self) -> str:
        """What to do with it."""
        if not self.speaks_mtp:
            return f"on the cable, but no drive yet: {self.kind.wakes_by}"
        folder = self.kind.folders[0] or "its top folder"
        return (
            f"on the cable by MTP, which is no drive: open it in the file manager, copy the {_likes(self.kind)} into {folder}, "
            f"or use {self.kind.instead}"
        )


def _likes(kind: DeviceKind) -> str:
    """Name the file that it reads best, and how one comes by it."""
    best = kind.takes[0].name
    return best if best == "EPUB" else f"{best} (`bookbuild build -e {best.lower()}`)"


@dataclass(frozen=True, slots=True)
class Plugged:
    """All that was found."""

    devices: tuple[Device, ...]
    over_mtp: tuple[OverMtp, ...] = ()
    on_cable: tuple[OnCable, ...] = ()  # and no drive of the system
    other_drives: tuple[Path, ...] = ()  # with the marks of no e-reader


def look_around() -> Plugged:
    """Find the e-readers that are plugged in."""
    mounts = [(Path(disk.mountpoint), disk.device) for disk in psutil.disk_partitions(all=False)]
    found = {root: _recognised(root, drive) for root, drive in mounts}
    devices = tuple(device for device in found.values() if device)
    over_mtp = tuple(_over_mtp())
    awake = {device.kind for device in devices} | {mounted.kind for mounted in over_mtp}
    on_cable = tuple(one for one in _on_usb() if one.kind not in awake)
    media = ("/media/", "/run/media/", "/mnt/", "/Volumes/")
    others = tuple(root for root, device in found.items() if not device and str(root).startswith(media))
    return Plugged(devices, over_mtp, on_cable, others)


def _recognised(root: Path, drive: str) -> Device | None:
    with suppress(OSError):  # a drive that is being pulled out, or that is not ours to read
        return recognise(root, drive)
    return None


def _over_mtp() -> Iterator[OverMtp]:
    mounts = [
        Path(disk.mountpoint) for disk in psutil.disk_partitions(all=True) if disk.fstype in _MTP_FILE_SYSTEMS
    ]
    with suppress(OSError):
        mounts.extend(mount for mount in _gvfs().iterdir() if mount.name.startswith("mtp:"))
    for mount in mounts:
        for kind in DEVICES:
            if any(name in mount.name.lower() for name in kind.names):
                yield OverMtp(kind, _book_folder(mount, kind))
                break


def _book_folder(mount: Path, kind: DeviceKind) -> Path:
    """Find where books go: in the storage, which is one folder below the mount."""
    with suppress(OSError):
        for storage in sorted(mount.iterdir()):
            if (storage / kind.folders[0]).is_dir():
                return storage / kind.folders[0]
    return mount


def _on_usb() -> Iterator[OnCable]:
    found = {kind: one.speaks_mtp for one in usb_devices() if (kind := _kind_of(one))}
    return (OnCable(kind, speaks_mtp) for kind, speaks_mtp in found.items())


def _kind_of(one: UsbDevice) -> DeviceKind | None:
    """Tell what an e-reader calls itself, or whose ids it has."""
    by_name = (kind for kind in DEVICES if any(name in one.name.lower() for name in kind.names))
    by_id = (kind for kind in DEVICES if any(map(one.has_id, kind.usb_ids)))
    return next(by_name, None) or next(by_id, None)


# ---------------------------------------------------------------- which one


def choose(plugged: Plugged, wanted: str = "") -> Device:
    """Choose the device: the one that is plugged in, or of several the one that `wanted` names.

    Raises:
        RequestError: there are several, or none is called so.
        DeliveryError: none is plugged in that can be written to.

    """
    devices = [device for device in plugged.devices if not wanted or _is_called(device, wanted)]
    if len(devices) == 1:
        return devices[0]
    if devices:
        named = ", ".join(str(device) for device in devices)
        hint = f"--device says which, by its name or its drive's: --device {_short_name(devices)}"
        raise RequestError(error(f"{len(devices)} e-readers are plugged in: {named}", hint=hint))
    if wanted and plugged.devices:
        named = ", ".join(str(device) for device in plugged.devices)
        raise RequestError(error(f"no e-reader is called '{wanted}'", hint=f"plugged in: {named}"))
    raise DeliveryError(error("no e-reader is plugged in that can be written to", hint=_way_out(plugged)))


def _is_called(device: Device, wanted: str) -> bool:
    return wanted.lower() in {device.kind.name.lower(), device.root.name.lower(), str(device.root).lower()}


def _short_name(devices: Iterable[Device]) -> str:
    """Give the shortest name that tells the first of several from the others."""
    first, *rest = devices
    kinds, roots = {device.kind for device in rest}, {device.root.name for device in rest}
    if first.kind not in kinds:
        return first.kind.name.lower()
    return first.root.name if first.root.name not in roots else str(first.root)


def _way_out(plugged: Plugged) -> str:
    for mounted in plugged.over_mtp:
        return f"the {mounted.kind.name} is mounted by MTP: {mounted.way}"
    for one in plugged.on_cable:
        return f"{one.kind.name}: {one.way}"
    if plugged.other_drives:
        drives = ", ".join(str(root) for root in plugged.other_drives)
        return (
            f"{drives}: the marks of no e-reader that is known; --to FOLDER puts the book there all the same"
        )
    return "plug one in and let it connect, name its folder with --to, or use --wireless or --mail"


def device_at(path: Path) -> Device:
    """Tell what stands at a path: the top of an e-reader, a folder on one, or a folder like any other.

    Raises:
        RequestError: there is no such folder.
        DeliveryError: what it is on does not answer.

    """
    try:
        return _device_at(path.resolve())
    except OSError as fault:  # it was pulled out, and the system has not noticed yet
        hint = "it was perhaps pulled out: plug it in, and send again"
        raise DeliveryError(error(f"{path} does not answer: {fault.strerror}", hint=hint)) from fault


def _device_at(path: Path) -> Device:
    if not path.is_dir():
        raise RequestError(
            error(f"there is no folder {path}", hint="plug the e-reader in, and see `bookbuild send --list`")
        )
    drives = {Path(disk.mountpoint): disk.device for disk in psutil.disk_partitions(all=False)}
    for root in (path, *path.parents):
        device = _recognised(root, drives.get(root, ""))
        if device:
            return device if root == path else replace(device, into=path)
        if root.is_mount():
            break
    return Device(FOLDER, path, path, path.stat().st_dev, drives.get(path, ""))
