"""What WeasyPrint may read: files of the book, its style and its fonts, and nothing else.

Left to itself it follows links out of the folder and over the network, and puts what it finds into the PDF
(CVE-2025-68616, CVE-2026-55073). Import this module late: it loads WeasyPrint.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from urllib.request import url2pathname

from weasyprint.urls import FatalURLFetchingError, URLFetcher

from bookbuild.writers.weasyprint_log import Sheet

SIZE_LIMIT = 50_000_000
"""The largest file that a style sheet may ask for, in bytes; fonts for Chinese have about 20,000,000."""


class RefusedError(FatalURLFetchingError):  # type: ignore[misc]  # WeasyPrint has no types
    """A style sheet asks for what it may not have. WeasyPrint logs other errors and goes on; this one stops it."""

    def __init__(self, url: str, reason: str) -> None:
        super().__init__(f"'{url}' {reason}")
        self.url = url
        self.reason = reason


class ProjectFetcher(URLFetcher):  # type: ignore[misc]  # WeasyPrint has no types
    """Fetches `data:` addresses, and files inside the given folders."""

    def __init__(self, *folders: Path) -> None:
        super().__init__(allowed_protocols=("file", "data"), allow_redirects=False, fail_on_errors=True)
        self._folders = tuple(folder.resolve() for folder in folders)
        self.refused: list[RefusedError] = []  # inside pictures, WeasyPrint goes on even so
        self._fetched: dict[Path, None] = {}

    def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> Any:
        """Fetch an address, links followed before judging.

        Raises:
            RefusedError: it is of another kind, or the file lies outside, is missing, is no file, or is too large.

        """
        if url.startswith("data:"):
            return super().fetch(url, headers)
        try:
            path = self._file(url)
        except RefusedError as refused:
            self.refused.append(refused)
            raise
        self._fetched[path] = None
        return super().fetch(path.as_uri(), headers)

    def check(self) -> None:
        """Raise what was refused, if WeasyPrint went on."""
        if self.refused:
            raise self.refused[0]

    def sheets(self) -> list[Sheet]:
        """Give the style sheets and drawings that were fetched: faults may stand in them too."""
        return [
            Sheet(self._name(path), path.read_text(encoding="utf-8", errors="replace"), path)
            for path in self._fetched
            if path.suffix.lower() in {".css", ".svg"}
        ]

    def _name(self, path: Path) -> str:
        folder = next(folder for folder in self._folders if path.is_relative_to(folder))
        return path.relative_to(folder).as_posix()

    def _file(self, url: str) -> Path:
        try:
            parts = urlsplit(url)
            if parts.scheme != "file" or parts.netloc not in {"", "localhost"}:
                raise RefusedError(url, "is not a file of the book: nothing is fetched over the network")
            path = Path(url2pathname(parts.path)).resolve()
            if not any(path.is_relative_to(folder) for folder in self._folders):
                raise RefusedError(url, "lies outside the book's folder")
            if not path.is_file():
                raise RefusedError(url, "is not there, or is no file")
            if path.stat().st_size > SIZE_LIMIT:
                raise RefusedError(url, f"is larger than {SIZE_LIMIT // 1_000_000} MB")
        except (OSError, ValueError) as fault:
            raise RefusedError(url, f"cannot be read: {fault}") from fault
        return path
