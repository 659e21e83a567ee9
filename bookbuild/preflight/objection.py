"""What an objection is: a function that finds what a store or a reader takes amiss, with who it is, the reason and its source."""

import inspect
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial

from bookbuild.preflight.opened import Opened

KINDLE = "Kindle"
KOBO = "Kobo"
APPLE = "Apple Books"
GOOGLE = "Google Play"
DRAFT2DIGITAL = "Draft2Digital"
SEND_TO_KINDLE = "Send to Kindle"
ADOBE = "Adobe's engine"  # in older Kobo, Tolino and PocketBook readers, and in Digital Editions
KOREADER = "KOReader"
THORIUM = "Thorium"
SCREEN_READERS = "screen readers"
ALL = "every store"


@dataclass(frozen=True, slots=True)
class Concern:
    """One place that an objection is about.

    `file` is a path in the EPUB, empty for the book as a whole; `line` counts from 1, 0 is the file as a whole. `key` is the
    key of build.yaml that it comes from, where there is one.
    """

    what: str
    file: str = ""
    line: int = 0
    key: str = ""
    by: tuple[str, ...] = ()  # who objects, where it is not all that the objection names


Find = Callable[[Opened], Iterable[Concern]]


@dataclass(frozen=True, slots=True)
class Objection:
    """Something for which a store refuses a book, or a reader spoils it. It looks, and changes nothing.

    `name` is the fault, in kebab case. `refuses` says that somebody does not take the book at all. `in_files_of` says whose
    devices have it too in their own kind of file, which no store sees: KOBO in a KEPUB, KINDLE in an AZW3.
    """

    name: str
    by: tuple[str, ...]
    why: str
    remedy: str
    source: str  # where that stands, with its date
    find: Find
    refuses: bool
    in_files_of: tuple[str, ...]


def objection(
    *by: str, remedy: str, source: str, refuses: bool = False, in_files_of: tuple[str, ...] = ()
) -> Callable[[Find], Objection]:
    """Make an objection of a function; its docstring is the reason."""

    def made(function: Find) -> Objection:
        name = getattr(function, "__name__", "").replace("_", "-")
        why = inspect.cleandoc(function.__doc__ or "")
        return Objection(name, by, why, remedy, source, function, refuses, in_files_of)

    return made


def objections_of(device: str, objections: Iterable[Objection]) -> tuple[Objection, ...]:
    """Give the objections that a maker's devices have to a file of their own kind, in that maker's name alone."""
    return tuple(
        replace(one, by=(device,), find=partial(_find_of, device, one.find))
        for one in objections
        if device in one.in_files_of
    )


def _find_of(device: str, find: Find, epub: Opened) -> Iterator[Concern]:
    for concern in find(epub):
        if not concern.by or device in concern.by or ALL in concern.by:
            yield replace(concern, by=())
