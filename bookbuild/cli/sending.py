"""`bookbuild send`: the finished book onto an e-reader, by cable, by mail, or over the local network."""

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bookbuild.cli.console import Voice, size_shown
from bookbuild.cli.requests import Request, load_request
from bookbuild.config.keys import Edition
from bookbuild.config.load import BUILD_FILE, Config
from bookbuild.config.values import Format
from bookbuild.errors import DeliveryError, RequestError, error

if TYPE_CHECKING:
    from bookbuild.deliver.finished import Finished


def send(
    to: Annotated[
        Path | None, typer.Option("--to", metavar="FOLDER", help="The e-reader, or any folder, by its path.")
    ] = None,
    device: Annotated[
        str,
        typer.Option("--device", metavar="NAME", help="Which, where several are plugged in: kobo, kindle …"),
    ] = "",
    eject: Annotated[
        bool, typer.Option("--eject", help="Eject the e-reader when the book is on it.")
    ] = False,
    listed: Annotated[bool, typer.Option("--list", help="List what is plugged in; send nothing.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would be done; do nothing.")] = False,
    build: Annotated[bool, typer.Option("--build", help="Build the book first.")] = False,
    edition: Annotated[
        list[str] | None, typer.Option("-e", "--edition", metavar="EDITION", help="Only this edition.")
    ] = None,
    config: Annotated[Path, typer.Option("-c", "--config", metavar="FILE", help="The build file.")] = Path(
        BUILD_FILE
    ),
    out: Annotated[
        Path | None, typer.Option("-o", "--out", metavar="DIR", help="Where the finished files are.")
    ] = None,
) -> None:
    """Put the finished book onto an e-reader; by cable, when nothing else is asked for."""
    voice = Voice()
    if listed:
        _list_devices(voice)
        return
    desk = Desk.at(voice, Request(config, tuple(edition or ()), None), out)
    _by_cable(desk, Cable(to, device, eject, dry_run), build=build)


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

    def files(self) -> "list[Finished]":
        """Give the finished files."""
        from bookbuild.deliver.finished import finished_files

        return finished_files(self.editions, self.out, also_pdf=self.is_by_name)

    def see_to_files(self, *, build: bool, may_build: bool) -> None:
        """See that there is a finished book; where there is none, offer to build it.

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
            self._build()

    def _build(self) -> None:
        from bookbuild.pipeline import build

        wanted = [one for one in self.editions if self.is_by_name or one.format is not Format.PDF]
        with self.voice.progress() as tell:
            report = build(self.config, wanted, self.out, tell)
        self.voice.report(report)


# ---------------------------------------------------------------- by cable


@dataclass(frozen=True, slots=True)
class Cable:
    """What was asked for."""

    to: Path | None
    device: str
    eject: bool
    dry_run: bool


def _by_cable(desk: Desk, asked: Cable, *, build: bool) -> None:
    from bookbuild.deliver.copying import copy, plan_copy
    from bookbuild.deliver.ejecting import eject
    from bookbuild.deliver.finished import best_for, outdated
    from bookbuild.deliver.plugged import choose, device_at, look_around

    if asked.to and asked.device:
        raise RequestError(error("--to and --device both say where to; give one of them"))
    device = device_at(asked.to) if asked.to else choose(look_around(), asked.device)
    desk.see_to_files(build=build, may_build=not asked.dry_run)
    file = best_for(device, desk.files())
    desk.voice.findings(outdated(file, desk.files()))
    plan = plan_copy(file.path, device)
    desk.voice.say(f"{file.path.name}, {size_shown(file.size)} → {plan.target.parent}", "bold")
    if asked.dry_run:
        desk.voice.say(f"{device}: {plan.outcome.value}; nothing was done")
        return
    with desk.voice.progress() as tell:
        copy(plan, tell)
    desk.voice.say(f"{device}: {plan.outcome.value}", "green")
    if asked.eject:
        with desk.voice.progress() as tell:
            tell("ejecting")
            eject(device)
        desk.voice.say("ejected; you can unplug it")
    elif device.drive:
        after = f"; {device.kind.after}" if device.kind.after else ""
        desk.voice.say(f"eject it before you unplug it, or use --eject{after}")


def _list_devices(voice: Voice) -> None:
    from bookbuild.deliver.plugged import look_around

    plugged = look_around()
    for device in plugged.devices:
        takes = ", ".join(kind.name for kind in device.takes)
        voice.say(f"{device}: reads {takes}; books go into {device.into}")
    for mounted in plugged.over_mtp:
        voice.say(f"{mounted}: copy the book there with the file manager, or use --mail")
    for kind in plugged.asleep:
        voice.say(f"{kind.name}: on the cable, but no drive yet: {kind.wakes_by}")
    for root in plugged.other_drives:
        voice.say(f"{root}: has the marks of no e-reader that is known; --to {root} puts a book there")
    if plugged == type(plugged)(()):
        voice.say("no e-reader is plugged in")
