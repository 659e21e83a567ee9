"""`bookbuild send` without a cable: by mail, and over the local network."""

import os
import sys
from dataclasses import dataclass
from pathlib import Path

import typer

from bookbuild.cli.console import size_shown
from bookbuild.cli.sending_desk import Desk
from bookbuild.deliver.devices import Kind
from bookbuild.deliver.freshness import changed_since
from bookbuild.deliver.mail_account import (
    MAIL_FILE,
    MailAccount,
    find_password,
    load_account,
    mail_address,
    no_password,
)
from bookbuild.deliver.mailing import Letter, send_letter, write_letter
from bookbuild.deliver.wireless import Hearing, send_wireless
from bookbuild.errors import DeliveryError, RequestError, error

WIRELESS_PASSWORD = "BOOKBUILD_WIRELESS_PASSWORD"  # noqa: S105 (the variable's name)


def by_mail(desk: Desk, address: str | None, *, build: bool, dry_run: bool) -> None:
    """Show the mail, and send it.

    Raises:
        RequestError: there is no account or no address.
        DeliveryError: it was not sent.

    """
    path = Path(typer.get_app_dir("bookbuild")) / MAIL_FILE
    account = load_account(path)
    to = _recipient(address or account.to, path)
    desk.see_to_files(build=build, may_build=not dry_run)
    letter = write_letter(account, to, desk.files())
    desk.voice.findings(changed_since(letter.file, desk.config))
    _show(desk, letter)
    if dry_run:
        desk.voice.say("nothing was sent")
        return
    password = _password(account)
    with desk.voice.progress() as tell:
        tell("sending")
        send_letter(letter, password)
    desk.voice.say("sent", "green")
    if letter.service.after:
        desk.voice.say(letter.service.after)


def _recipient(address: str | None, path: Path) -> str:
    if address is None:
        hint = f"`bookbuild send --mail ADDRESS`, or the key `to` in {path}"
        raise RequestError(error("there is no address to send to", hint=hint))
    try:
        return mail_address(address)
    except ValueError as fault:
        raise RequestError(error(str(fault))) from fault


def _show(desk: Desk, letter: Letter) -> None:
    smtp = letter.account.smtp
    desk.voice.say(f"{letter.file.path.name}, {size_shown(letter.file.size)}", "bold")
    desk.voice.say(f"  from  {letter.account.from_}")
    desk.voice.say(f"  to    {letter.to} ({letter.service.name})")
    desk.voice.say(f"  by    {smtp.host}, port {smtp.port}, as a mail of {size_shown(letter.size)}")


def _password(account: MailAccount) -> str:
    user = account.smtp.user
    if not user:
        return ""
    password = find_password(user)
    if password is None and sys.stdin.isatty():
        password = typer.prompt(f"Password of {user}", hide_input=True)
    if password is None:
        raise DeliveryError(no_password(user))
    return password


@dataclass(frozen=True, slots=True)
class Waiting:
    """What was asked for."""

    seconds: int
    port: int
    dry_run: bool


def by_air(desk: Desk, asked: Waiting, *, build: bool) -> None:
    """Wait for KOReader, and send it the book.

    Raises:
        DeliveryError: it was not sent.

    """
    desk.see_to_files(build=build, may_build=not asked.dry_run)
    file = next((one for kind in (Kind.EPUB, Kind.PDF) for one in desk.files() if one.kind is kind), None)
    if file is None:
        raise DeliveryError(error("there is no EPUB to send", hint="`bookbuild build` builds all editions"))
    desk.voice.findings(changed_since(file, desk.config))
    desk.voice.say(f"{file.path.name}, {size_shown(file.size)}", "bold")
    if asked.dry_run:
        desk.voice.say("nothing was sent")
        return
    desk.voice.say("now, in KOReader: Calibre, Connect; Ctrl-C stops waiting")
    hearing = Hearing(asked.seconds, os.environ.get(WIRELESS_PASSWORD, ""), asked.port)
    with desk.voice.progress() as tell:
        received = send_wireless(file, hearing, tell)
    desk.voice.say(f"{received.device} has it, as {received.lpath}", "green")
