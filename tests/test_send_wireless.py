"""`bookbuild send --wireless`: a device that speaks calibre's wireless protocol, written from its documents, on loopback."""

import contextlib
import hashlib
import json
import re
import socket
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from bookbuild.deliver import wireless
from bookbuild.deliver.wireless_frames import Line, ProtocolError
from tests.program import make_book, run

EPUB = "the-salt-road.epub"
REPLY = re.compile(r"calibre wireless device client \(on .*?\);\d+,(\d+)")


@dataclass
class KOReader:
    """A device: calls, connects, and answers as KOReader's calibre plugin does."""

    hello_port: int
    password: str = ""
    free: int = 1 << 30
    reads: tuple[str, ...] = ("epub", "pdf")
    refuses: str = ""  # what it says instead of taking the book
    leaves_after: int = -1  # bytes of the book, after which it hangs up
    name: str = "KOReader (Sage)"
    inbox: dict[str, bytes] = field(default_factory=dict)
    offers: list[dict[str, Any]] = field(default_factory=list)
    told: list[tuple[int, dict[str, Any]]] = field(default_factory=list)  # that wants no answer
    was_ejected: bool = False

    def find_server(self) -> int:
        """Call hello until there is a server, and give the port that it tells."""
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as call:
            call.settimeout(0.2)
            for _ in range(100):
                call.sendto(b"hello", ("127.0.0.1", self.hello_port))
                try:
                    reply = call.recv(1024).decode()
                except OSError:
                    continue
                found = REPLY.fullmatch(reply)
                assert found, reply
                return int(found[1])
        raise AssertionError("no server")

    def visit(self) -> None:
        """Find the server, connect, and do as it asks until it is done."""
        with socket.create_connection(("127.0.0.1", self.find_server()), timeout=20) as line:
            read = line.makefile("rb")
            while frame := _frame(read):
                opcode, about = frame
                answer = self._answer(opcode, about)
                if answer is None:
                    return
                _say(line, *answer)
                if opcode == 8 and answer[0] == 0:
                    wanted = about["length"] if self.leaves_after < 0 else self.leaves_after
                    self.inbox[about["lpath"]] = read.read(wanted)
                    if self.leaves_after >= 0:
                        return

    def _answer(self, opcode: int, about: dict[str, Any]) -> tuple[int, dict[str, Any]] | None:
        match opcode:
            case 9:
                assert [type(part) for part in about["calibre_version"]] == [int, int, int]
                challenge = about["passwordChallenge"]
                known = hashlib.sha1((self.password + challenge).encode(), usedforsecurity=False).hexdigest()
                secret = known if self.password else ""
                return 0, {
                    "versionOK": True, "deviceName": self.name, "acceptedExtensions": list(self.reads), "passwordHash": secret,
                }  # fmt: skip
            case 3:
                return 0, {"device_info": {"device_name": self.name}, "version": "2026.01"}
            case 5:
                return 0, {"free_space_on_device": self.free}
            case 8:
                self.offers.append(about)
                return (20, {"message": self.refuses}) if self.refuses else (0, {})
            case 12:
                self.was_ejected = bool(about.get("ejecting"))
                return 0, {}
            case _:
                self.told.append((opcode, about))
                return None


def _frame(read: Any) -> tuple[int, dict[str, Any]] | None:
    digits = b""
    while (byte := read.read(1)) not in {b"[", b""}:
        digits += byte
    if not digits:
        return None
    opcode, about = json.loads(b"[" + read.read(int(digits) - 1))
    return opcode, about


def _say(line: socket.socket, opcode: int, about: dict[str, Any]) -> None:
    content = json.dumps([opcode, about], ensure_ascii=False).encode()
    line.sendall(str(len(content)).encode() + content)


@pytest.fixture
def hello_port() -> int:
    """Give a port that is free to call to."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as ear:
        ear.bind(("127.0.0.1", 0))
        return int(ear.getsockname()[1])


@pytest.fixture
def book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, hello_port: int) -> Path:
    """Make a finished book, and let only loopback be listened to, on a port of our own."""
    make_book(
        tmp_path,
        build_file="title: The Salt Road\nauthors: Ann Onymous\nseries: {name: Roads, position: 2}\n",
    )
    (tmp_path / "build").mkdir()
    (tmp_path / "build" / EPUB).write_bytes(bytes(range(256)) * 2000)
    hearing = wireless.Hearing
    monkeypatch.setattr(
        "bookbuild.cli.sending_far.Hearing",
        lambda seconds, password, book_port: hearing(
            seconds, password, book_port, (hello_port,), "127.0.0.1"
        ),
    )
    monkeypatch.setattr(wireless, "BOOK_PORT", 0)
    return tmp_path


Visits = Callable[..., KOReader]


@pytest.fixture
def visitor(hello_port: int) -> Iterator[Visits]:
    """Give a function that lets a device come."""
    threads: list[threading.Thread] = []
    faults: list[BaseException] = []

    def comes(does: Callable[[KOReader], None] = KOReader.visit, **about: Any) -> KOReader:
        device = KOReader(hello_port, **about)

        def visit() -> None:
            try:
                does(device)
            except (AssertionError, OSError) as fault:
                faults.append(fault)

        threads.append(threading.Thread(target=visit, daemon=True))
        threads[-1].start()
        return device

    yield comes
    for thread in threads:
        thread.join(30)
    assert faults == []


def test_the_book_arrives(book: Path, visitor: Visits) -> None:
    device = visitor()
    said = run(book, "send", "--wireless", "--wait", "60")

    assert (said.code, said.err) == (0, "")
    assert said.out == (
        f"{EPUB}, 512 KB\n"
        "now, in KOReader: Calibre, Connect; Ctrl-C stops waiting\n"
        f"KOReader (Sage) has it, as {EPUB}\n"
    )
    assert device.inbox == {EPUB: (book / "build" / EPUB).read_bytes()}
    assert device.was_ejected


def test_the_device_is_told_what_it_keeps_in_its_list(book: Path, visitor: Visits) -> None:
    device = visitor()
    run(book, "send", "--wireless", "--wait", "60")
    (offer,) = device.offers
    metadata = offer["metadata"]

    assert (offer["lpath"], offer["length"], offer["thisBook"], offer["totalBooks"]) == (EPUB, 512_000, 0, 1)
    assert (metadata["lpath"], metadata["title"], metadata["authors"]) == (
        EPUB,
        "The Salt Road",
        ["Ann Onymous"],
    )
    assert (metadata["series"], metadata["series_index"], metadata["size"]) == ("Roads", 2.0, 512_000)
    assert re.fullmatch(r"[0-9a-f-]{36}", metadata["uuid"])


def test_a_password_is_asked_for_where_one_is_set(
    book: Path, visitor: Visits, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BOOKBUILD_WIRELESS_PASSWORD", "sésame")
    device = visitor(password="sésame")  # noqa: S106 (of this test)

    assert run(book, "send", "--wireless", "--wait", "60").code == 0
    assert device.inbox


@pytest.mark.parametrize("password", ["", "simsalabim"])
def test_a_device_with_another_password_gets_nothing(
    book: Path, visitor: Visits, monkeypatch: pytest.MonkeyPatch, password: str
) -> None:
    monkeypatch.setenv("BOOKBUILD_WIRELESS_PASSWORD", "sesame")
    device = visitor(password=password)
    said = run(book, "send", "--wireless", "--wait", "60")

    assert (said.code, device.inbox, device.offers) == (1, {}, [])
    assert said.err == (
        "error: KOReader (Sage) has another password\n"
        "  hint: set the same one in KOReader: Calibre, Wireless settings, Set password\n"
    )


def test_a_device_that_is_full(book: Path, visitor: Visits) -> None:
    device = visitor(free=1000)
    said = run(book, "send", "--wireless", "--wait", "60")

    assert said.err.startswith("error: KOReader (Sage) is full\n  hint: delete something on it")
    assert device.offers == []


def test_what_a_device_says_is_told_in_one_line(book: Path, visitor: Visits) -> None:
    visitor(refuses="Can't receive file:\nNo \x1b[31mspace left", name="Kobo\x1b]0;\nSage")
    said = run(book, "send", "--wireless", "--wait", "60")

    assert said.err.startswith(
        "error: Kobo ]0; Sage does not take the book: Can't receive file: No [31mspace left\n"
    )


def test_a_device_that_reads_no_epub(book: Path, visitor: Visits) -> None:
    visitor(reads=("txt",))

    assert run(book, "send", "--wireless", "--wait", "60").err == "error: KOReader (Sage) reads no EPUB\n"


def test_a_device_that_goes_away_in_the_middle(book: Path, visitor: Visits) -> None:
    (book / "build" / EPUB).write_bytes(bytes(20_000_000))
    visitor(leaves_after=1000)
    said = run(book, "send", "--wireless", "--wait", "60")

    assert said.code == 1
    assert said.err.startswith("error: KOReader (Sage) went away in the middle\n  hint: connect it again")


@pytest.mark.parametrize(
    "says", [b"GET / HTTP/1.1\r\n\r\n", b"99999999[", b"9999999[0, {}]", b"5[0,1]", b"4[\xff\xff]", b""]
)
def test_anything_else_that_knocks_is_left_standing(book: Path, visitor: Visits, says: bytes) -> None:
    def knock(device: KOReader) -> None:
        with socket.create_connection(("127.0.0.1", device.find_server()), timeout=20) as line:
            line.sendall(says)
            line.shutdown(socket.SHUT_WR)
            while line.recv(4096):
                pass
        device.visit()

    device = visitor(knock)

    assert run(book, "send", "--wireless", "--wait", "60").code == 0
    assert device.inbox


def test_nobody_comes(book: Path) -> None:
    said = run(book, "send", "--wireless", "--wait", "1")

    assert said.code == 1
    assert re.match(
        r"error: no KOReader came in 1 seconds\n  hint: in KOReader: Calibre, Connect; .*\n  Or type .* port \d+ in there",
        said.err,
    )


def test_who_stops_waiting_is_told_so(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("select.select", _stop)
    said = run(book, "send", "--wireless")

    assert (said.code, said.err) == (130, "\nstopped; no file was replaced after that\n")


def test_who_stops_in_the_middle_is_told_that_the_copy_is_not_whole(
    book: Path, visitor: Visits, monkeypatch: pytest.MonkeyPatch
) -> None:
    def visit(device: KOReader) -> None:
        with contextlib.suppress(OSError):
            device.visit()

    monkeypatch.setattr(wireless, "_metadata", _stop)
    visitor(visit)
    said = run(book, "send", "--wireless", "--wait", "60")

    assert said.code == 1
    assert re.match(r"error: stopped while .* took the book in\n  hint: connect it again", said.err)


def _stop(*_arguments: object) -> None:
    raise KeyboardInterrupt


def test_a_dry_run_listens_to_nobody(book: Path) -> None:
    assert run(book, "send", "--wireless", "--dry-run").out == f"{EPUB}, 512 KB\nnothing was sent\n"


def test_a_port_that_is_taken(book: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        said = run(book, "send", "--wireless", "--port", str(port), "--wait", "1")

    assert said.err.startswith(
        f"error: port {port} is taken\n  hint: another program has it; leave --port away"
    )


def test_the_ports_of_calls_are_taken(book: Path, hello_port: int) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as other:
        other.bind(("127.0.0.1", hello_port))
        said = run(book, "send", "--wireless", "--wait", "1")

    assert said.err.startswith(
        f"error: the ports to which devices call are taken: {hello_port}\n  hint: close calibre"
    )


@pytest.mark.parametrize("says", [b"12", b"x[0,{}]", b"[0,{}]", b'8["0",{}]', b"1[", b"40" + b"[" * 40])
def test_what_is_no_frame_is_refused(says: bytes) -> None:
    ours, theirs = socket.socketpair()
    with ours, theirs:
        theirs.sendall(says)
        theirs.shutdown(socket.SHUT_WR)

        with pytest.raises((ProtocolError, ConnectionResetError)):
            Line(ours).hear()
