"""The desk at which a finished book is sent off: its files, and what is said about them."""

import sys
from dataclasses import dataclass
from pathlib import Path

import typer

from bookbuild.cli.console import Voice
from bookbuild.cli.requests import Request, load_request
from bookbuild.config.keys import Edition
from bookbuild.config.load import Config
from bookbuild.deliver.devices import Device
from bookbuild.deliver.finished import Finished, best_for, editions_for, finished_files
from bookbuild.deliver.freshness import superseded_by
from bookbuild.errors import DeliveryError, error
from bookbuild.means import user_means
from bookbuild.pipeline import build as build_book


@dataclass(frozen=True, slots=True)
class Desk:
    """The book that is sent, and what is said about it."""

    voice: Voice
    config: Config
    editions: tuple[Edition, ...]
    out: Path
    is_by_name: bool  # whether the editions were asked for by name

    @classmethod
    def at(cls, voice: Voice, request: Request, out: Path | None) -> "Desk":
        """Open the book that was asked for."""
        config, editions = load_request(request)
        return cls(voice, config, tuple(editions), out or config.folder / "build", bool(request.editions))

    def files(self) -> list[Finished]:
        """Give the finished files."""
        return finished_files(self.editions, self.out, also_pdf=self.is_by_name, by_name=self.is_by_name)

    def see_to_files(self, device: Device | None = None, *, build: bool, may_build: bool) -> None:
        """See that there is a finished book; where there is none, offer to build it, in the kind that suits the device.

        Raises:
            DeliveryError: there is none, and nobody to ask.

        """
        if not self.files() and not (build and may_build):
            asks = may_build and sys.stdin.isatty()
            build = asks and typer.confirm("There is no finished book yet. Build it now?", default=True)
            if not build:
                hint = "`bookbuild send --build` builds it first"
                raise DeliveryError(error(f"no finished book is in {self.out}", hint=hint))
        if build and may_build:
            self._build(device)

    def choose(self, device: Device, *, build: bool, may_build: bool) -> Finished:
        """Choose the file for a device: never one that is older than the EPUB that it is a form of.

        Raises:
            DeliveryError: the device reads none, or the one that is for it is old, and nobody wants it made anew.

        """
        self.see_to_files(device, build=build, may_build=may_build)
        file = best_for(device, self.files())
        epub = superseded_by(file, self.config)
        if not epub:
            return file
        told = f"{file.path.name} is older than {epub.name}"
        if not (build and may_build):  # what was built in its place is not old
            asks = may_build and sys.stdin.isatty()
            if not (asks and typer.confirm(f"{told}. Make it anew now?", default=True)):
                hint = "`bookbuild send --build` makes it anew and sends it"
                raise DeliveryError(error(f"{told}, and was not sent", hint=hint))
            self._build(device)
        return best_for(device, [one for one in self.files() if not superseded_by(one, self.config)])

    def _build(self, device: Device | None) -> None:
        wanted = [one for one in self.editions if self.is_by_name or not one.format.is_print]
        if device and not self.is_by_name:
            wanted = editions_for(device, wanted)
        with self.voice.progress() as tell:
            report = build_book(self.config, wanted, self.out, tell, user_means())
        self.voice.report(report)
