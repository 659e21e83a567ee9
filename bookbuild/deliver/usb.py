"""What is on the USB, mounted or not: what each device calls itself, and whether it speaks MTP (Linux alone tells, in /sys)."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

USB_DEVICES = Path("/sys/bus/usb/devices")
"""A folder for each device (`1-4`), and one for each thing that it can do, its interfaces (`1-4:1.0`)."""
_STILL_IMAGE = ("06", "01", "01")
"""The class of an interface for MTP, which cameras began: class, subclass, protocol."""


@dataclass(frozen=True, slots=True)
class UsbDevice:
    """One that is on the cable."""

    vendor: str  # four hexadecimal digits
    product: str  # the same
    name: str  # as it calls itself: maker and model; may be empty
    speaks_mtp: bool

    def has_id(self, wanted: str) -> bool:
        """Whether it is of a vendor (`2237`), or one product of theirs (`18d1:0001`)."""
        return wanted in {self.vendor, f"{self.vendor}:{self.product}"}


def usb_devices() -> Iterator[UsbDevice]:
    """Give what is on the USB; nothing where the system does not tell."""
    with suppress(OSError):
        for device in sorted(USB_DEVICES.iterdir()):
            vendor = _said(device / "idVendor")
            if vendor:
                named = (_said(device / "manufacturer"), _said(device / "product"))
                speaks_mtp = any(map(_is_mtp, USB_DEVICES.glob(f"{device.name}:*")))
                yield UsbDevice(
                    vendor, _said(device / "idProduct"), " ".join(filter(None, named)), speaks_mtp
                )


def _is_mtp(interface: Path) -> bool:
    """Whether an interface is for MTP: by its class, or by its name, as Android has it under a class of its own."""
    parts = ("bInterfaceClass", "bInterfaceSubClass", "bInterfaceProtocol")
    return (
        tuple(_said(interface / part) for part in parts) == _STILL_IMAGE
        or _said(interface / "interface") == "MTP"
    )


def _said(file: Path) -> str:
    try:
        return " ".join(file.read_text("utf-8", "replace").split())
    except OSError:
        return ""
