"""A book to KOReader without a cable: its calibre plugin looks for a server on the local network, and takes what that sends.

The device speaks first: it calls "hello" to five UDP ports, one after the other, hears where the server is, and
connects. Nothing is sent before it has said that it reads the format, and given the password where one was set.
"""

import datetime as dt
import hashlib
import hmac
import secrets
import select
import socket
import time
import uuid
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from typing import Any

from bookbuild.deliver.copying import fat_name
from bookbuild.deliver.finished import Finished
from bookbuild.deliver.hearsay import one_line
from bookbuild.deliver.wireless_frames import Line, Opcode, ProtocolError
from bookbuild.errors import DeliveryError, Finding, error
from bookbuild.reading import Tell

HELLO_PORTS = (54982, 48123, 39001, 44044, 59678)
"""UDP ports to which a device calls (calibre, devices/smart_device_app; KOReader, wireless.lua)."""
BOOK_PORT = 9090
"""TCP port to which it connects; calibre's own."""
_CALIBRE = [
    5,
    0,
    0,
]  # the version whose protocol is spoken: from 4.18 on a device says when a book does not fit
_PATIENCE = 20  # seconds for each answer
_CHUNK = 1 << 16
_ROOM = 1 << 17  # bytes: KOReader refuses a book that leaves less free
_PASSWORD_WRONG = 1  # what DISPLAY_MESSAGE is about


@dataclass(frozen=True, slots=True)
class Hearing:
    """Where to listen, and for how long."""

    seconds: float
    password: str = ""
    book_port: int = 0  # 0: calibre's, or any other that is free
    hello_ports: Sequence[int] = HELLO_PORTS
    address: str = ""  # of this machine; empty: all it has


@dataclass(frozen=True, slots=True)
class Received:
    """What became of the book."""

    device: str
    lpath: str  # its path in the device's inbox


def send_wireless(file: Finished, hearing: Hearing, tell: Tell) -> Received:
    """Wait for a device, and send it the book.

    Raises:
        DeliveryError: none came in time, the ports are taken, or the device refused or went away.

    """
    with ExitStack() as stack:
        door = stack.enter_context(_book_door(hearing))
        port = door.getsockname()[1]
        ears = [stack.enter_context(ear) for ear in _ears(hearing)]
        tell(f"waiting for KOReader, {hearing.seconds:.0f} s at most (port {port})")
        for connection, host in _callers(door, ears, hearing.seconds):
            with connection:
                received = _serve(connection, host, file, hearing.password, tell)
            if received:
                return received
    raise DeliveryError(_nobody(hearing, port, are_all_heard=len(ears) == len(hearing.hello_ports)))


# ---------------------------------------------------------------- being found


def _book_door(hearing: Hearing) -> socket.socket:
    """Open the port to which the device connects."""
    ports = [hearing.book_port] if hearing.book_port else [BOOK_PORT, 0]
    for port in ports:
        with suppress(OSError):
            return socket.create_server((hearing.address, port))
    hint = "another program has it; leave --port away, and one that is free is taken"
    raise DeliveryError(error(f"port {hearing.book_port} is taken", hint=hint))


def _ears(hearing: Hearing) -> Iterator[socket.socket]:
    heard = 0
    for port in hearing.hello_ports:
        ear = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        try:
            ear.bind((hearing.address, port))
        except OSError:  # calibre itself listens there
            ear.close()
            continue
        heard += 1
        yield ear
    if not heard:
        ports = ", ".join(str(port) for port in hearing.hello_ports)
        hint = "close calibre, or another `bookbuild send --wireless`"
        raise DeliveryError(error(f"the ports to which devices call are taken: {ports}", hint=hint))


def _callers(
    door: socket.socket, ears: Sequence[socket.socket], seconds: float
) -> Iterator[tuple[socket.socket, str]]:
    """Answer every hello, and give those who connect, until the time is over."""
    end = time.monotonic() + seconds
    reply = f"calibre wireless device client (on {socket.gethostname()});0,{door.getsockname()[1]}".encode()
    while (left := end - time.monotonic()) > 0:
        ready, _, _ = select.select([door, *ears], [], [], left)
        for one in ready:
            if one is door:
                connection, (host, *_) = door.accept()
                yield connection, host
            else:
                with suppress(OSError):  # the device has gone again
                    _, caller = one.recvfrom(1024)
                    one.sendto(reply, caller)


def _nobody(hearing: Hearing, port: int, *, are_all_heard: bool) -> Finding:
    calibre = "" if are_all_heard else "close calibre, which KOReader finds first; "
    hint = calibre + (
        "in KOReader: Calibre, Connect; it must be in the same network as this machine.\n"
        f"  Or type {_own_address()} and port {port} in there, under Wireless settings, Server address"
    )
    return error(f"no KOReader came in {hearing.seconds:.0f} seconds", hint=hint)


def _own_address() -> str:
    """Give the address of this machine in its network; nothing is sent for that."""
    with suppress(OSError), socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as call:
        call.connect(
            ("192.0.2.1", 9)
        )  # an address of nobody (RFC 5737): it only shows which way would be taken
        return str(call.getsockname()[0])
    return "this machine's address"


# ---------------------------------------------------------------- sending


def _serve(
    connection: socket.socket, host: str, file: Finished, password: str, tell: Tell
) -> Received | None:
    """Speak with one who has connected; None where it is no device, for anything may knock at a port."""
    connection.settimeout(_PATIENCE)
    line = Line(connection)
    challenge = secrets.token_hex(16) if password else ""
    try:
        about = _greet(line, challenge)
    except (ProtocolError, OSError):
        tell(f"{host} is no KOReader; waiting on")
        return None
    device = one_line(str(about.get("deviceName") or host))
    if password and not _knows(about, password + challenge):
        line.tell(Opcode.DISPLAY_MESSAGE, {"messageKind": _PASSWORD_WRONG, **_LIBRARY})
        hint = "set the same one in KOReader: Calibre, Wireless settings, Set password"
        raise DeliveryError(error(f"{device} has another password", hint=hint))
    with _failures(device):
        lpath = _send_book(line, device, about, file, tell)
        line.ask(Opcode.NOOP, {"ejecting": True})  # answered when all before it has been taken in
    return Received(device, lpath)


_LIBRARY = {
    "currentLibraryName": "bookbuild",
    "currentLibraryUUID": str(uuid.uuid5(uuid.NAMESPACE_URL, "bookbuild")),
}


def _greet(line: Line, challenge: str) -> dict[str, Any]:
    """Ask a device what it is.

    Raises:
        ProtocolError: it is none, or of another kind.

    """
    question = {
        "serverProtocolVersion": 1,
        "calibre_version": _CALIBRE,
        "validExtensions": ["epub", "pdf"],
        "passwordChallenge": challenge,
        "canSupportUpdateBooks": True,
        "canSupportLpathChanges": False,
        **_LIBRARY,
    }
    opcode, about = line.ask(Opcode.GET_INITIALIZATION_INFO, question)
    if opcode != Opcode.OK or not about.get("versionOK"):
        raise ProtocolError("a device that does not know this protocol")
    return about


def _knows(about: dict[str, Any], secret: str) -> bool:
    wanted = hashlib.sha1(secret.encode(), usedforsecurity=False).hexdigest()  # the protocol asks for SHA-1
    return hmac.compare_digest(str(about.get("passwordHash", "")).encode(), wanted.encode())


def _send_book(line: Line, device: str, about: dict[str, Any], file: Finished, tell: Tell) -> str:
    suffix = file.kind.value
    if suffix not in (about.get("acceptedExtensions") or ()):
        raise DeliveryError(error(f"{device} reads no {file.kind.name}"))
    line.ask(Opcode.GET_DEVICE_INFORMATION, {})
    _, space = line.ask(Opcode.FREE_SPACE, {})
    free = space.get("free_space_on_device")
    size = file.size
    if isinstance(free, int | float) and free < size + _ROOM:
        raise DeliveryError(_full(device, ""))
    metadata = _metadata(file, size)
    lpath = metadata["lpath"]
    offer = {"lpath": lpath, "length": size, "metadata": metadata, "thisBook": 0, "totalBooks": 1}
    streams = {"willStreamBooks": True, "willStreamBinary": True, "wantsSendOkToSendbook": True}
    opcode, answer = line.ask(Opcode.SEND_BOOK, {**offer, **streams, "canSupportLpathChanges": False})
    if opcode != Opcode.OK:
        raise DeliveryError(_full(device, one_line(str(answer.get("message", "")))))
    done = 0
    with file.path.open("rb") as book:
        while chunk := book.read(_CHUNK):
            line.connection.sendall(chunk)
            done += len(chunk)
            tell(f"sending to {device}: {100 * done // size} %")
    return str(lpath)


def _metadata(file: Finished, size: int) -> dict[str, Any]:
    """Tell of the book what KOReader keeps in its list."""
    settings = file.edition.settings
    modified = dt.datetime.fromtimestamp(file.path.stat().st_mtime, dt.UTC).isoformat(timespec="seconds")
    series = settings.series
    return {
        "title": settings.title,
        "authors": [person.name for person in settings.authors],
        "uuid": str(uuid.uuid5(uuid.NAMESPACE_URL, settings.unique_identifier)),
        "lpath": fat_name(file.path.name),  # one name without a folder: it cannot lead out of the inbox
        "size": size,
        "last_modified": modified,
        "tags": list(settings.subjects),
        "series": series.name if series else None,
        "series_index": float(series.position) if series and series.position else None,
    }


@contextmanager
def _failures(device: str) -> Iterator[None]:
    try:
        yield
    except TimeoutError as fault:
        raise DeliveryError(error(f"{device} does not answer any more", hint=_AGAIN)) from fault
    except (OSError, ProtocolError) as fault:
        raise DeliveryError(error(f"{device} went away in the middle", hint=_AGAIN)) from fault
    except KeyboardInterrupt as stop:
        raise DeliveryError(error(f"stopped while {device} took the book in", hint=_AGAIN)) from stop


_AGAIN = "connect it again, and send again: KOReader writes over the old copy as the book comes in, so that one is not whole"


def _full(device: str, said: str) -> Finding:
    hint = "delete something on it and send again; the books on it are as they were"
    return error(f"{device} does not take the book: {said}" if said else f"{device} is full", hint=hint)
