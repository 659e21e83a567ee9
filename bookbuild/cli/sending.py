"""`bookbuild send`: the finished book onto an e-reader, by cable, by mail, or over the local network."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bookbuild.cli.console import Voice, size_shown
from bookbuild.cli.options import HERE, BuildFileOption
from bookbuild.cli.requests import Request
from bookbuild.errors import RequestError, error

if TYPE_CHECKING:
    from bookbuild.cli.sending_desk import Desk


Address = Annotated[
    str | None,
    typer.Argument(metavar="ADDRESS", help="With --mail: where to; as in mail.yaml when not given."),
]
To = Annotated[
    Path | None, typer.Option("--to", metavar="FOLDER", help="The e-reader, or any folder, by its path.")
]
DeviceName = Annotated[
    str, typer.Option("--device", metavar="NAME", help="Which, where several are plugged in: kobo, kindle …")
]
Eject = Annotated[bool, typer.Option("--eject", help="Eject the e-reader when the book is on it.")]
Mail = Annotated[bool, typer.Option("--mail", help="Send it by mail, to a Kindle, a PocketBook or a reader.")]
Wireless = Annotated[bool, typer.Option("--wireless", help="Send it to KOReader in the same network.")]
Wait = Annotated[
    int,
    typer.Option("--wait", metavar="SECONDS", min=1, help="With --wireless: how long to wait for KOReader."),
]
Port = Annotated[
    int,
    typer.Option(
        "--port", metavar="PORT", min=0, max=65535, help="With --wireless: where KOReader connects to."
    ),
]
Listed = Annotated[bool, typer.Option("--list", help="List what is plugged in; send nothing.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Say what would be done; do nothing.")]
Build = Annotated[
    bool,
    typer.Option(
        "--build", help="Build the book first; without -e, in the kind of file that the e-reader likes best."
    ),
]
Editions = Annotated[
    list[str] | None, typer.Option("-e", "--edition", metavar="EDITION", help="Only this edition.")
]
Out = Annotated[Path | None, typer.Option("-o", "--out", metavar="DIR", help="Where the finished files are.")]


def send(
    address: Address = None,
    to: To = None,
    device: DeviceName = "",
    eject: Eject = False,
    mail: Mail = False,
    wireless: Wireless = False,
    wait: Wait = 120,
    port: Port = 0,
    listed: Listed = False,
    dry_run: DryRun = False,
    build: Build = False,
    edition: Editions = None,
    config: BuildFileOption = HERE,
    out: Out = None,
) -> None:
    """Put the finished book onto an e-reader: by cable, by mail, or over the local network."""
    voice = Voice()
    _check_one_way(address=address, cable=bool(to or device or eject), mail=mail, wireless=wireless)
    if listed:
        _list_devices(voice)
        return
    from bookbuild.cli.sending_desk import Desk
    from bookbuild.cli.sending_far import Waiting, by_air, by_mail

    desk = Desk.at(voice, Request(config, tuple(edition or ()), None), out)
    if mail:
        by_mail(desk, address, build=build, dry_run=dry_run)
    elif wireless:
        by_air(desk, Waiting(wait, port, dry_run), build=build)
    else:
        _by_cable(desk, Cable(to, device, eject, dry_run), build=build)


def _check_one_way(*, address: str | None, cable: bool, mail: bool, wireless: bool) -> None:
    if cable + mail + wireless > 1:
        raise RequestError(
            error("a book goes one way at a time", hint="by cable, by --mail, or by --wireless")
        )
    if address and not mail:
        hint = f"--mail {address} sends it by mail, --to {address} puts it into a folder"
        raise RequestError(error(f"'{address}' says not which way", hint=hint))


# ---------------------------------------------------------------- by cable


@dataclass(frozen=True, slots=True)
class Cable:
    """What was asked for."""

    to: Path | None
    device: str
    eject: bool
    dry_run: bool


def _by_cable(desk: "Desk", asked: Cable, *, build: bool) -> None:
    from bookbuild.deliver.copying import copy, plan_copy
    from bookbuild.deliver.ejecting import eject
    from bookbuild.deliver.freshness import changed_since
    from bookbuild.deliver.plugged import choose, device_at, look_around

    if asked.to and asked.device:
        raise RequestError(error("--to and --device both say where to; give one of them"))
    device = device_at(asked.to) if asked.to else choose(look_around(), asked.device)
    file = desk.choose(device, build=build, may_build=not asked.dry_run)
    desk.voice.findings(changed_since(file, desk.config))
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
        voice.say(f"{mounted}: {mounted.way}")
    for one in plugged.on_cable:
        voice.say(f"{one.kind.name}: {one.way}")
    for root in plugged.other_drives:
        voice.say(f"{root}: has the marks of no e-reader that is known; --to {root} puts a book there")
    if not (plugged.devices or plugged.over_mtp or plugged.on_cable or plugged.other_drives):
        voice.say("no e-reader is plugged in")
