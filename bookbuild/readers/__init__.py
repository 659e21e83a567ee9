"""One file a format of manuscript; `READERS` maps a suffix to its function."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from bookbuild.draft import Draft
from bookbuild.readers.plain_text import read_plain_text
from bookbuild.source import Source

READERS: Mapping[str, Callable[[Source], Draft]] = MappingProxyType(
    {".txt": read_plain_text, ".text": read_plain_text}
)
"""Every format that a manuscript may have, by the suffix of its files."""
