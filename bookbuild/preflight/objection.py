"""What an objection is: a function that finds what a store or a reader takes amiss, with who it is, the reason and its source."""

import inspect
from collections.abc import Callable, Iterable
from dataclasses import dataclass

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

    `name` is the fault, in kebab case. `refuses` says that somebody does not take the book at all.
    """

    name: str
    by: tuple[str, ...]
    why: str
    remedy: str
    source: str  # where that stands, with its date
    find: Find
    refuses: bool


def objection(*by: str, remedy: str, source: str, refuses: bool = False) -> Callable[[Find], Objection]:
    """Make an objection of a function; its docstring is the reason."""

    def made(function: Find) -> Objection:
        name = getattr(function, "__name__", "").replace("_", "-")
        return Objection(
            name, by, inspect.cleandoc(function.__doc__ or ""), remedy, source, function, refuses
        )

    return made
