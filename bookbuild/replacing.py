"""Outputs are replaced whole or not at all: written beside, synced, renamed."""

import os
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from bookbuild.errors import BookError, Place, error


@contextmanager
def replacing(path: Path, data: bytes | Iterable[bytes]) -> Iterator[Path]:
    """Write beside a file, whole or in pieces, and take its place only when what is done within finds no fault.

    Raises:
        BookError: it cannot be written.

    """
    beside = path
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.stem}-", suffix=path.suffix)
        beside = Path(name)
        with os.fdopen(descriptor, "wb") as file:
            file.writelines([data] if isinstance(data, bytes) else data)
            file.flush()
            os.fsync(file.fileno())
        yield beside
        beside.chmod(0o644)
        beside.replace(path)
    except OSError as fault:
        raise BookError(error(f"cannot be written: {fault.strerror}", Place(str(path)))) from fault
    finally:
        if beside != path:
            beside.unlink(missing_ok=True)


def replace_file(path: Path, data: bytes | Iterable[bytes]) -> None:
    """Replace a file, or make it.

    Raises:
        BookError: it cannot be written.

    """
    with replacing(path, data):
        pass
