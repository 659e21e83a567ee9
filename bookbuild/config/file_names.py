"""What finished files are called."""

import re
import unicodedata

from bookbuild.config.keys import Edition

_LONGEST_NAME = 80  # characters of the title in a file's name; devices' lists cut what is longer


def file_name(edition: Edition) -> str:
    """Name an edition's file after the book, in plain ASCII, which every device and shop takes."""
    plain = unicodedata.normalize("NFKD", edition.settings.title).encode("ascii", "ignore").decode().lower()
    title = re.sub(r"[^a-z0-9]+", "-", plain)[:_LONGEST_NAME].strip("-") or "book"
    name = "" if edition.name == edition.format.value else f"-{edition.name}"
    return f"{title}{name}.{edition.format.suffix}"
