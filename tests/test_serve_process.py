"""`bookbuild serve` as it runs: a real server on a real port, bad clients, a book replaced under a reader, Ctrl-C."""

import contextlib
import io
import os
import re
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest
import segno
from rich.console import Console

from bookbuild.cli.console import Voice
from bookbuild.cli.serving import _show_code
from bookbuild.deliver import serving
from bookbuild.deliver.door import ImpatientProtocol, make_token
from bookbuild.deliver.serving import FIRST_PORT, open_port
from bookbuild.errors import RequestError
from tests.program import make_book, run
from tests.serving import PATIENCE, server


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """Give a book whose finished file is large and says nothing."""
    folder = tmp_path / "novel"
    (folder / "build").mkdir(parents=True)
    make_book(folder)
    (folder / "build" / "the-salt-road.epub").write_bytes(b"old " * 3_000_000)
    return folder


def connect(port: int) -> socket.socket:
    return socket.create_connection(("127.0.0.1", port), timeout=PATIENCE)


def ask(port: int, request: bytes) -> bytes:
    """Send bytes as they are, and read until the server hangs up."""
    answer = b""
    with connect(port) as client, contextlib.suppress(ConnectionError):  # it may do so in the middle
        client.sendall(request)
        for piece in iter(lambda: client.recv(65536), b""):
            answer += piece
    return answer


def get(path: str, *headers: str) -> bytes:
    return "\r\n".join(
        [f"GET {path} HTTP/1.1", "Host: 127.0.0.1", "Connection: close", *headers, "", ""]
    ).encode()


ODD_PATHS = [
    "/books/novel/files/../../../build.yaml",
    "/books/novel/files/..%2f..%2fbuild.yaml",
    "/books/novel/files/%2e%2e/%2e%2e/build.yaml",
    "/books/novel/read/../../../../../etc/passwd",
    "//etc/passwd",
    "/books/../build.yaml",
    "/books/novel/files/%ff%fe",
    "/books/novel/files/" + "a" * 5000,
    "http://127.0.0.1/build.yaml",
    "/\\..\\build.yaml",
]


def test_no_odd_path_leads_out(book: Path) -> None:
    with server(book) as port:
        answers = [ask(port, get(path)).split(b"\r\n")[0] for path in ODD_PATHS]

    assert set(answers) == {b"HTTP/1.1 404 Not Found"}


def test_what_is_no_request_or_too_long_is_refused(book: Path) -> None:
    with server(book) as port:
        for request in (b"\x16\x03\x01\x02\x00\x01\r\n\r\n", b"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n"):
            assert ask(port, request).startswith(b"HTTP/1.1 400 "), request
        assert b" 200 " not in ask(port, get("/", "X: " + "x" * 1_000_000))
        assert ask(port, get("/")).startswith(b"HTTP/1.1 200 ")


def test_who_says_nothing_or_never_ends_is_hung_up_on(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ImpatientProtocol, "PATIENCE", 0.2)
    with server(book) as port:
        for beginning in (
            b"",
            b"GET / HTT",
            get("/")[:-2],
            b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n",
        ):
            assert ask(port, beginning) == b"", beginning


def test_a_reader_who_reads_slowly_gets_the_book_as_it_was(
    book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The file is replaced in the middle of the download, and the client takes longer than a request may."""
    monkeypatch.setattr(ImpatientProtocol, "PATIENCE", 0.1)
    path = book / "build" / "the-salt-road.epub"
    with server(book) as port, connect(port) as client:
        client.sendall(get("/books/novel/files/the-salt-road.epub"))
        data = b""
        while not data.partition(b"\r\n\r\n")[2]:
            data += client.recv(1000)
        beside = path.with_name("beside")
        beside.write_bytes(b"new " * 10)
        beside.replace(path)
        time.sleep(0.3)
        data += b"".join(iter(lambda: client.recv(65536), b""))
        again = ask(port, get("/books/novel/files/the-salt-road.epub"))

    assert data.partition(b"\r\n\r\n")[2] == b"old " * 3_000_000
    assert again.partition(b"\r\n\r\n")[2] == b"new " * 10


# ---------------------------------------------------------------- ports and addresses


def test_a_port_that_is_taken_is_told_and_passed_over_when_none_was_asked_for() -> None:
    first = open_port(None, "", lan=False)
    number = first.socket.getsockname()[1]
    try:
        with pytest.raises(RequestError, match=f"port {number} is taken\n  hint: name another with --port"):
            open_port(number, "", lan=False)
        second = open_port(None, "", lan=False)
        assert second.here != first.here
        assert number >= FIRST_PORT
        second.socket.close()
    finally:
        first.socket.close()


def test_only_this_machine_is_let_in_unless_it_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serving, "network_address", lambda: "192.168.1.7")
    here, everywhere = open_port(0, "", lan=False), open_port(0, "secret", lan=True)
    try:
        assert (here.socket.getsockname()[0], here.network) == ("127.0.0.1", "")
        assert everywhere.socket.getsockname()[0] == "0.0.0.0"  # noqa: S104
        assert re.fullmatch(r"http://192\.168\.1\.7:\d+/secret/", everywhere.network)
    finally:
        here.socket.close()
        everywhere.socket.close()


def test_tokens_are_long_different_and_easy_to_type() -> None:
    tokens = {make_token() for _ in range(100)}

    assert len(tokens) == 100
    assert all(re.fullmatch("[a-hjkmnp-z2-9]{12}", token) for token in tokens)


def test_the_code_fits_a_terminal_and_is_left_out_where_it_cannot() -> None:
    address = f"http://192.168.178.123:65535/{make_token()}/"
    for width, is_shown in ((80, True), (40, True), (20, False)):
        out = io.StringIO()
        _show_code(Voice(out=Console(file=out, width=width, force_terminal=True, color_system=None)), address)
        lines = out.getvalue().splitlines()
        assert bool(lines) is is_shown
        assert all(len(line) <= width for line in lines)
    assert segno.make(address, error="l", micro=False).version == 3


def test_the_code_in_the_terminal_is_that_of_the_address() -> None:
    address = f"http://192.168.178.123:65535/{make_token()}/"
    out = io.StringIO()
    _show_code(Voice(out=Console(file=out, width=80, force_terminal=True, color_system=None)), address)
    halves = [("█▀", "█▄")[half] for half in (0, 1)]
    drawn = [[sign not in lit for sign in line] for line in out.getvalue().splitlines() for lit in halves]
    code = segno.make(address, error="l", micro=False)
    meant = [[bool(dark) for dark in row] for row in code.matrix_iter(border=4)]

    assert drawn[: len(meant)] == meant  # dark on light, with the margin that cameras look for


# ---------------------------------------------------------------- the command


def start(folder: Path, *arguments: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "bookbuild", "serve", *arguments]
    environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
    return subprocess.Popen(
        command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment
    )


def test_the_command_says_where_who_and_ends_with_ctrl_c(book: Path) -> None:
    with start(book) as process:
        assert process.stdout
        begun = [process.stdout.readline() for _ in range(4)]
        port = int(re.findall(r":(\d+)/$", begun[1])[0])
        slow = connect(port)  # and a client that says nothing does not keep it from ending
        answer = ask(port, get("/books/novel/files/the-salt-road.epub", "User-Agent: Kobo\x1b[31m"))
        told = process.stdout.readline()
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=PATIENCE)
        slow.close()

    assert answer.startswith(b"HTTP/1.1 200 OK")
    assert begun == [
        "The Salt Road: EPUB\n",
        f"http://127.0.0.1:{port}/\n",
        f"for KOReader and other reading programs, the catalogue: http://127.0.0.1:{port}/opds\n",
        "Ctrl-C ends it\n",
    ]
    assert re.fullmatch(r"\d\d:\d\d  a Kobo at 127\.0\.0\.1 fetched the EPUB of The Salt Road\n", told)
    assert (out, err, process.returncode) == ("\nstopped\n", "", 0)


def test_what_was_asked_wrongly_is_told(tmp_path: Path) -> None:
    assert run(tmp_path, "serve").code == 2
    assert "there is no build.yaml here" in run(tmp_path, "serve").err
    assert run(tmp_path, "serve", "novle").err.startswith("novle: error: there is no such folder\n  hint: ")
    (tmp_path / "build.yaml").write_text("titel: x\n")
    assert "build.yaml:1:1: error: unknown key 'titel'" in run(tmp_path, "serve", "--lan").err
    assert run(tmp_path, "serve", "--port", "99999").code == 2
