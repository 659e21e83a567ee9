"""Who comes: a device in words, by what its browser says of itself."""

import re
from dataclasses import dataclass

from bookbuild.deliver.devices import Kind


@dataclass(frozen=True, slots=True)
class Visit:
    """Something that a device did; `device` and `doing` are our own words, never what the device sent."""

    address: str
    device: str
    doing: str
    book: str = ""
    is_fetch: bool = False

    def __str__(self) -> str:
        """Say it in a line."""
        return f"{self.device} at {self.address} {self.doing}{f' {self.book}' * bool(self.book)}"


_DEVICES = (
    # what the User-Agent has → the device; the first that matches counts, so programs come before the machines they run on
    ("KOReader", "KOReader"),
    ("Kobo", "a Kobo"),
    ("Kindle|Silk/", "a Kindle"),
    ("PocketBook", "a PocketBook"),
    ("tolino", "a Tolino"),
    ("calibre", "calibre"),
    ("Thorium", "Thorium Reader"),
    ("Readest|Foliate", "Foliate"),
    ("Aldiko", "Aldiko"),
    ("FBReader", "FBReader"),
    ("Moon", "Moon+ Reader"),
    ("iPad", "an iPad"),
    ("iPhone", "an iPhone"),
    ("Android", "an Android device"),
    ("CrOS", "a Chromebook"),
    ("Macintosh|Mac OS X", "a Mac"),
    ("Windows", "a Windows computer"),
    ("Linux|X11", "a Linux computer"),
)

BEST = {"a Kobo": Kind.KEPUB, "a Kindle": Kind.AZW3}
"""The kind of file that a device is best served with; EPUB for all others."""


def device_in_words(user_agent: str) -> str:
    """Name a device."""
    return next((name for pattern, name in _DEVICES if re.search(pattern, user_agent)), "a device")
