"""Several presses at once: quires planned and printed ahead by other processes, on as many cores as there are.

What comes of it is what one press would have printed; where a process is lost, that press prints.
"""

import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import ClassVar, Self, TypeVar
from xml.etree.ElementTree import Element

from bookbuild.errors import BookbuildError
from bookbuild.writers.composing.compositor import Composition
from bookbuild.writers.printing_press import Copy, Plan, Press, Print
from bookbuild.writers.stock import Stock

LEAST_JOBS = 4
"""Documents below which it does not pay to start processes: each loads WeasyPrint first."""

_INTERRUPTED = 130
"""The exit code of what Ctrl-C ended, as shells have it."""

Made = TypeVar("Made")


class Crew:
    """Some processes that work on one book; to be used in a `with`. Each has documents of its own from plan to print."""

    def __init__(self, stock: Stock, workers: int) -> None:
        context = multiprocessing.get_context("spawn")  # a fork would copy Pango's locks
        self._pools = [
            ProcessPoolExecutor(1, mp_context=context, initializer=_Worker.set_up, initargs=(stock,))
            for _ in range(workers)
        ]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for pool in self._pools:
            pool.shutdown(wait=False, cancel_futures=True)

    def plan(self, documents: Iterable[tuple[int, Element]]) -> Iterator[Plan]:
        """Plan documents, each with a number; fewer than asked for where a process was lost, or met a fault."""
        return _results(
            self._pool(number).submit(_Worker.plan, number, document) for number, document in documents
        )

    def print_quires(self, copies: Iterable[tuple[int, Copy]]) -> Iterator[Print]:
        """Print documents, by the numbers they were planned under; fewer than asked for where a process was lost, or met a fault."""
        return _results(
            self._pool(number).submit(_Worker.print_quire, number, copy) for number, copy in copies
        )

    def _pool(self, number: int) -> ProcessPoolExecutor:
        return self._pools[number % len(self._pools)]


def _results(futures: Iterable[Future[Made]]) -> Iterator[Made]:
    for future in list(futures):
        try:
            yield future.result()
        except (
            BookbuildError,
            BrokenProcessPool,
            OSError,
        ):  # the press of this process will say it, or do without
            return


def _leave_with(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(1)
    os._exit(_INTERRUPTED)


class _Worker:
    """What a process of the crew has: its press, and the documents that it has begun."""

    press: ClassVar[Press]
    begun: ClassVar[dict[int, Composition | None]] = {}

    @classmethod
    def set_up(cls, stock: Stock) -> None:
        """Begin to work: until Ctrl-C, or until the process that asked for the work is gone."""
        signal.signal(signal.SIGINT, lambda *_: os._exit(_INTERRUPTED))
        threading.Thread(target=_leave_with, args=(os.getppid(),), daemon=True).start()
        cls.press = Press(stock)

    @classmethod
    def plan(cls, number: int, document: Element) -> Plan:
        composition = cls.begun[number] = cls.press.begin(document)
        return Plan(*composition.plan()) if composition else Plan("page", None)

    @classmethod
    def print_quire(cls, number: int, copy: Copy) -> Print:
        return cls.press.print_quire(copy, cls.begun.pop(number, None))
