"""What need not be done again: results under the name of all that they were made of, in the user's own cache.

Nothing of a book's folder is trusted to be such a result: the folder may come from anyone.
"""

import hashlib
import os
import sys
from contextlib import suppress
from pathlib import Path

from bookbuild.errors import BookError
from bookbuild.replacing import replace_file

MOST_BYTES = 400_000_000
"""What the cache may hold; what was not used for the longest time goes first."""
_DIGEST = hashlib.sha256().digest_size


class Cache:
    """Keeps results in a folder; in none, where None is given."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder

    def get(self, key: str) -> bytes | None:
        """Give what was kept under a key; None where there is nothing, or where it was damaged."""
        if self._folder is None:
            return None
        file = self._folder / key
        with suppress(OSError):
            kept = file.read_bytes()
            if hashlib.sha256(kept[_DIGEST:]).digest() == kept[:_DIGEST]:
                file.touch()
                return kept[_DIGEST:]
        return None

    def keep(self, key: str, data: bytes) -> None:
        """Keep a result; where that cannot be, it will be made again."""
        if self._folder is not None:
            with suppress(BookError, OSError):
                self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
                replace_file(self._folder / key, hashlib.sha256(data).digest() + data)

    def tidy(self) -> None:
        """Let go of the oldest where there is too much."""
        if self._folder is None:
            return
        with suppress(OSError):
            files = sorted(
                ((file.stat(), file) for file in self._folder.iterdir()), key=lambda pair: -pair[0].st_mtime
            )
            total = 0
            for status, file in files:
                total += status.st_size
                if total > MOST_BYTES:
                    file.unlink(missing_ok=True)


def user_cache() -> Cache:
    """Give the cache of whoever runs the program, where their system keeps such: a library for one path is not worth its keep.

    XDG Base Directory Specification 0.8; Apple, File System Programming Guide; Microsoft, KNOWNFOLDERID (LocalAppData).
    """
    named = os.environ.get("LOCALAPPDATA" if sys.platform == "win32" else "XDG_CACHE_HOME", "")
    usual = {"darwin": "Library/Caches", "win32": "AppData/Local"}.get(sys.platform, ".cache")
    try:
        folder = Path(named) if Path(named).is_absolute() else Path.home() / usual
    except RuntimeError:  # a user without a home
        return NO_CACHE
    return Cache(folder / "bookbuild")


NO_CACHE = Cache(None)
