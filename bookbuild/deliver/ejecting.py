"""Ejecting: all is written, the drive is let go, and the device takes the book in."""

import shutil
import subprocess
import sys
from contextlib import suppress

from bookbuild.deliver.devices import Device
from bookbuild.errors import DeliveryError, error

_PATIENCE = 120  # seconds: a slow card may have much to write still


def eject(device: Device) -> None:
    """Eject a device.

    Raises:
        DeliveryError: it is no drive, something holds it, or the system's program for it is not here.

    """
    if not device.drive:
        raise DeliveryError(error(f"{device} is no drive, and cannot be ejected", hint="the book is on it"))
    if sys.platform == "darwin":
        _run(device, "diskutil", "eject", str(device.root))
    elif sys.platform == "win32":
        hint = "the book is on it; eject it with the icon beside the clock"
        raise DeliveryError(error(f"{device} cannot be ejected from here", hint=hint))
    else:
        _run(device, "udisksctl", "unmount", "--no-user-interaction", "--block-device", device.drive)
        with suppress(
            DeliveryError
        ):  # not every drive can be switched off, and one that is unmounted is safe to unplug
            _run(device, "udisksctl", "power-off", "--no-user-interaction", "--block-device", device.drive)


def _run(device: Device, program: str, *arguments: str) -> None:
    path = shutil.which(program)
    if not path:
        hint = "the book is on it; eject it with the file manager"
        raise DeliveryError(error(f"{device} cannot be ejected: {program} is not installed", hint=hint))
    try:
        done = subprocess.run(  # noqa: S603 (a fixed program, and no shell)
            [path, *arguments], capture_output=True, text=True, timeout=_PATIENCE, check=False
        )
    except subprocess.TimeoutExpired:
        hint = "the book is on it; wait until its light is out, then eject it with the file manager"
        raise DeliveryError(error(f"{device} is still busy", hint=hint)) from None
    if done.returncode:
        said = (done.stderr or done.stdout).strip().splitlines()
        why = f": {said[-1].strip()}" if said else ""
        hint = "the book is on it; close what has files open there, and eject it with the file manager"
        raise DeliveryError(error(f"{device} is not let go{why}", hint=hint))
