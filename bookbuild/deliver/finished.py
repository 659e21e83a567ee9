"""The finished files of a book, and the one that a device reads best."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from bookbuild.config.file_names import file_name
from bookbuild.config.keys import Edition
from bookbuild.config.values import Format
from bookbuild.deliver.copying import device_failures
from bookbuild.deliver.devices import Device, Kind, kind_of
from bookbuild.errors import DeliveryError, Finding, error
from bookbuild.writers.kindle import converter


@dataclass(frozen=True, slots=True)
class Finished:
    """One finished file."""

    path: Path
    kind: Kind
    edition: Edition

    @property
    def size(self) -> int:
        """Its size in bytes."""
        return self.path.stat().st_size


def finished_files(
    editions: Iterable[Edition], out: Path, *, also_pdf: bool, by_name: bool = False
) -> list[Finished]:
    """Find what was built of these editions, and what was made on request beside it: a KEPUB or an AZW3 beside its EPUB.

    A page of print is no pleasure on an e-reader, so a PDF counts only when it was asked for. An edition that was asked for by the
    name of its kind, as in `-e epub`, is that kind alone.
    """
    found: list[Finished] = []
    for edition in editions:
        name = file_name(edition)
        own = kind_of(name)
        if own is None or (own is Kind.PDF and not also_pdf):
            continue
        stem = name.removesuffix(f".{own.value}")
        is_alone = own is Kind.PDF or (by_name and edition.name == edition.format.value)
        kinds = (own,) if is_alone else (own, *(kind for kind in Kind if kind not in {own, Kind.PDF}))
        paths = ((out / f"{stem}.{kind.value}", kind) for kind in kinds)
        found.extend(Finished(path, kind, edition) for path, kind in paths if path.is_file())
    return list({file.path: file for file in found}.values())


def editions_for(device: Device, editions: Iterable[Edition]) -> list[Edition]:
    """Choose what to build for a device: the kind that is on it already, whose reading position is kept, or else the best.

    The book's own editions of that kind are built; where it has none, its first one for screens is made in that kind.

    Raises:
        DeliveryError: the device was pulled out.

    """
    ebooks = [edition for edition in editions if not edition.format.is_print]
    with device_failures(device):
        formats = [Format[kind.name] for kind in device.takes if kind is not Kind.PDF]
        if not ebooks or not formats:
            return ebooks
        of = {format_: _of_format(format_, ebooks) for format_ in formats}
        there = [
            one for one in formats if any((device.into / file_name(edition)).is_file() for edition in of[one])
        ]
    makable = [one for one in formats if one is not Format.AZW3 or converter()]
    return of[(there or makable or formats)[0]]


def _of_format(format_: Format, ebooks: Sequence[Edition]) -> list[Edition]:
    first = ebooks[0]
    name = format_.value if first.name == first.format.value else first.name
    made = first.model_copy(update={"name": name, "format": format_})
    return [edition for edition in ebooks if edition.format is format_] or [made]


def best_for(device: Device, files: Sequence[Finished]) -> Finished:
    """Choose the file for a device: the one that is on it already, whose reading position is kept, or else the best.

    Raises:
        DeliveryError: it reads none of them, or was pulled out.

    """
    with device_failures(device):
        takes = device.takes
        readable = sorted(
            (file for file in files if file.kind in takes), key=lambda file: takes.index(file.kind)
        )
        there = [file for file in readable if (device.into / file.path.name).is_file()]
        if not readable:
            raise DeliveryError(_unreadable(device, files))
        return (there or readable)[0]


def _unreadable(device: Device, files: Sequence[Finished]) -> Finding:
    has = " and ".join(dict.fromkeys(file.kind.name for file in files))
    if Kind.AZW3 in device.kind.takes:
        hint = (
            "`bookbuild send --mail` sends the EPUB through Send to Kindle;\n"
            "  `bookbuild send --build` makes an AZW3 and sends that, where calibre is installed"
        )
        return error(f"a {device.kind.name} shows no {has} that comes by cable", hint=hint)
    takes = " or ".join(kind.name for kind in device.takes)
    return error(
        f"{device} reads {takes}, and there is only {has}",
        hint="`bookbuild send --build` builds an EPUB first",
    )
