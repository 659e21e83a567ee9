"""`bookbuild send --mail`: what is sent, over which line, and what an author reads when it is refused."""

import os
import shutil
import socket
import ssl
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import ModuleType
from typing import Any
from unittest.mock import patch

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword

from bookbuild.deliver import mailing
from tests.program import Said, make_book, run

EPUB = "the-salt-road.epub"
PASSWORD = "sesame-street-7"  # noqa: S105 (of a server in this test)
KINDLE = "ann_123@kindle.com"


@dataclass
class Post:
    """A mail server's staff: keeps what comes, or says what a test asks of it."""

    kept: list[Any] = field(default_factory=list)
    to_recipient: str = ""
    to_sender: str = ""
    to_data: str = ""
    signed_in: list[bytes] = field(default_factory=list)

    async def handle_MAIL(  # noqa: N802 (aiosmtpd calls it so)
        self, _server: Any, _session: Any, envelope: Any, address: str, options: list[str]
    ) -> str:
        if not self.to_sender:
            envelope.mail_from, envelope.mail_options = address, options
        return self.to_sender or "250 OK"

    async def handle_RCPT(  # noqa: N802 (aiosmtpd calls it so)
        self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any
    ) -> str:
        if not self.to_recipient:
            envelope.rcpt_tos.append(address)
        return self.to_recipient or "250 OK"

    async def handle_DATA(  # noqa: N802 (aiosmtpd calls it so)
        self, _server: Any, _session: Any, envelope: Any
    ) -> str:
        if not self.to_data:
            self.kept.append(envelope)
        return self.to_data or "250 OK"

    def authenticate(
        self, _server: Any, _session: Any, _envelope: Any, _mechanism: str, given: Any
    ) -> AuthResult:
        assert isinstance(given, LoginPassword)
        self.signed_in.append(given.login)
        return AuthResult(success=given.password == PASSWORD.encode(), handled=False)


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Make a certificate for localhost, and its key."""
    if not shutil.which("openssl"):
        pytest.skip("openssl is not installed")
    folder = tmp_path_factory.mktemp("certificate")
    names = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"]
    files = ["-keyout", str(folder / "key.pem"), "-out", str(folder / "certificate.pem")]
    made = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", *names, *files]
    subprocess.run(made, check=True, capture_output=True)
    return folder / "certificate.pem", folder / "key.pem"


@dataclass
class Office:
    """An author's desk: a book, an account, and a mail server on this machine."""

    post: Post
    book: Path
    settings: Path
    port: int
    trust: ssl.SSLContext

    def account(self, smtp: str, to: str = KINDLE) -> None:
        """Write mail.yaml."""
        self.settings.parent.mkdir(parents=True, exist_ok=True)
        self.settings.write_text(f"from: ann@example.com\n{f'to: {to}' if to else ''}\nsmtp: {smtp}\n")

    def send(self, *arguments: str) -> Said:
        """Run `bookbuild send --mail`, believing the certificate of the test."""
        with patch("bookbuild.deliver.mailing.ssl.create_default_context", lambda: self.trust):
            return run(self.book, "send", "--mail", *arguments)


Start = Callable[..., Office]


@pytest.fixture
def start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, certificate: tuple[Path, Path]) -> Iterator[Start]:
    """Give a function that starts a mail server."""
    running: list[Controller] = []
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("BOOKBUILD_MAIL_PASSWORD", PASSWORD)
    book = tmp_path / "novel"
    book.mkdir()
    make_book(book)
    (book / "build").mkdir()
    (book / "build" / EPUB).write_bytes(b"an EPUB" * 1000)
    serving = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    serving.load_cert_chain(*certificate)

    def start(*, tls: str = "starttls", limit: int = 0) -> Office:
        post = Post()
        line = {"starttls": {"tls_context": serving}, "implicit": {"ssl_context": serving}, "none": {}}[tls]
        controller = Controller(
            post,
            hostname="localhost",
            port=_free_port(),
            authenticator=post.authenticate,
            auth_require_tls=tls == "starttls",
            data_size_limit=limit or 100_000_000,
            **line,
        )
        trust = ssl.create_default_context(cafile=str(certificate[0]))
        if tls == "implicit":  # the first word to it, which aiosmtpd would say with the server's side of TLS
            controller._trigger_server = lambda: _knock(controller.port, trust)
        controller.start()
        running.append(controller)
        office = Office(post, book, tmp_path / "config" / "bookbuild" / "mail.yaml", controller.port, trust)
        office.account(f"{{host: localhost, port: {controller.port}, user: ann, tls: {tls}}}")
        return office

    yield start
    for controller in running:
        controller.stop()


def _knock(port: int, trust: ssl.SSLContext) -> None:
    with (
        socket.create_connection(("localhost", port), timeout=10) as plain,
        trust.wrap_socket(plain, server_hostname="localhost") as line,
    ):
        line.recv(1024)


def _free_port() -> int:
    with socket.create_server(("localhost", 0)) as server:
        return int(server.getsockname()[1])


# ---------------------------------------------------------------- what is sent


@pytest.mark.parametrize("tls", ["starttls", "implicit"])
def test_the_book_goes_to_the_kindle(start: Start, tls: str) -> None:
    import email

    office = start(tls=tls)
    said = office.send()

    assert (said.code, said.err) == (0, "")
    assert said.out.splitlines()[:3] == [
        f"{EPUB}, 7 KB",
        "  from  ann@example.com",
        f"  to    {KINDLE} (Send to Kindle)",
    ]
    assert said.out.splitlines()[4] == "sent"
    (envelope,) = office.post.kept
    message: Any = email.message_from_bytes(envelope.content)
    text, attached = message.get_payload()
    assert (envelope.mail_from, envelope.rcpt_tos) == ("ann@example.com", [KINDLE])
    assert text.get_payload() == "The Salt Road, by Ann Onymous, is attached.\r\n"
    assert (attached.get_content_type(), attached.get_filename()) == ("application/epub+zip", EPUB)
    assert attached.get_payload(decode=True) == (office.book / "build" / EPUB).read_bytes()
    assert office.post.signed_in == [b"ann"]


def test_a_dry_run_shows_the_mail_and_sends_nothing(start: Start) -> None:
    office = start()
    said = office.send("--dry-run")

    assert said.out.endswith("nothing was sent\n")
    assert (office.post.kept, office.post.signed_in) == ([], [])


def test_another_address_may_be_given(start: Start) -> None:
    office = start()

    assert "to    ann@pbsync.com (Send-to-PocketBook)" in office.send("ann@pbsync.com").out
    assert office.post.kept[0].rcpt_tos == ["ann@pbsync.com"]


def test_without_an_address_none_is_guessed(start: Start) -> None:
    office = start()
    office.account(f"{{host: localhost, port: {office.port}, user: ann}}", to="")

    assert office.send().err.startswith(
        "error: there is no address to send to\n  hint: `bookbuild send --mail ADDRESS`"
    )


def test_an_address_alone_says_not_which_way(start: Start) -> None:
    office = start()

    assert run(office.book, "send", KINDLE).err.startswith(f"error: '{KINDLE}' says not which way\n")
    assert run(office.book, "send", "--mail", "--wireless").code == 2


@pytest.mark.parametrize(
    "address", ["ann", "ann@kindle", "a b@kindle.com", "ann@kindle.com\nBcc: eve@example.com"]
)
def test_what_is_no_address_is_refused(start: Start, address: str) -> None:
    office = start()
    said = office.send(address)

    assert (said.code, office.post.kept) == (2, [])
    assert said.err.endswith("is not a mail address\n")


# ---------------------------------------------------------------- the size


def test_a_mail_that_the_service_does_not_take_is_not_sent(
    start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    office = start()
    (office.book / "build" / EPUB).write_bytes(bytes(740_000))
    monkeypatch.setattr(mailing, "SERVICES", (replace(mailing.SERVICES[0], limit=1_000_000),))
    said = office.send()

    assert said.err.startswith("error: the mail has 1.0 MB, and Send to Kindle takes 1.0\n")
    assert office.post.signed_in == []


def test_a_mail_that_the_server_does_not_take_is_not_sent(start: Start) -> None:
    office = start(limit=5000)

    assert office.send().err.startswith("error: the mail has 0.0 MB, and localhost takes 0.0\n")
    assert office.post.kept == []


# ---------------------------------------------------------------- refusals


@pytest.mark.parametrize(
    ("who", "answer", "told"),
    [
        (
            "to_recipient",
            "550 no such user",
            f"refuses the address {KINDLE}: 550 no such user\n  hint: see to what it says",
        ),
        (
            "to_recipient",
            "451 greylisted, come back",
            f"refuses the address {KINDLE}: 451 greylisted, come back\n  hint: for now only",
        ),
        ("to_sender", "553 not yours", "refuses the sender ann@example.com: 553 not yours\n"),
        ("to_data", "554 looks \x1b[31mlike spam", "refuses the mail: 554 looks [31mlike spam\n"),
    ],
)
def test_what_the_server_says_is_told(start: Start, who: str, answer: str, told: str) -> None:
    office = start()
    setattr(office.post, who, answer)
    said = office.send()

    assert said.code == 1
    assert said.err.startswith(f"error: localhost {told}")


def test_a_wrong_password_is_never_shown(start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    office = start()
    monkeypatch.setenv("BOOKBUILD_MAIL_PASSWORD", "wrong-and-secret")
    said = office.send()

    assert said.err.startswith("error: localhost refuses the name or the password\n")
    assert "wrong-and-secret" not in said.err + said.out


def test_a_password_beyond_ascii_is_never_shown(start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    office = start()
    monkeypatch.setenv("BOOKBUILD_MAIL_PASSWORD", "schlüssel")
    said = office.send()

    assert said.err.startswith("error: the name or the password has characters beyond ASCII\n")
    assert "ü" not in said.err


def test_without_a_private_line_nothing_is_said(start: Start) -> None:
    office = start(tls="none")
    office.account(f"{{host: localhost, port: {office.port}, user: ann}}")

    assert office.send().err.startswith("error: localhost offers no private line: STARTTLS")
    assert office.post.signed_in == []


def test_a_server_that_is_not_who_it_says(start: Start) -> None:
    office = start()
    office.trust = ssl.create_default_context()

    assert f"error: localhost, port {office.port} is not who it says: " in office.send().err
    assert office.post.signed_in == []


def test_tls_of_the_wrong_kind(start: Start) -> None:
    office = start()
    office.account(f"{{host: localhost, port: {office.port}, user: ann, tls: implicit}}")

    assert f"error: localhost, port {office.port} does not speak TLS so\n" in office.send().err


def test_a_server_that_is_not_there(start: Start) -> None:
    office = start()
    office.account(f"{{host: localhost, port: {_free_port()}, user: ann}}")

    assert " takes no mail\n  hint: is smtp.port right?" in office.send().err


@pytest.mark.parametrize(
    ("fault", "told"),
    [
        (
            socket.gaierror(-2, "Name or service not known"),
            "localhost is not found\n  hint: is there a network?",
        ),
        (TimeoutError("timed out"), " does not answer\n"),
        (OSError(101, "Network is unreachable"), " cannot be reached: [Errno 101] Network is unreachable\n"),
    ],
)
def test_no_network(start: Start, monkeypatch: pytest.MonkeyPatch, fault: OSError, told: str) -> None:
    office = start()

    def fails(*_arguments: object, **_more: object) -> None:
        raise fault

    monkeypatch.setattr("smtplib.SMTP._get_socket", fails)

    assert told in office.send().err


# ---------------------------------------------------------------- the account


def test_without_an_account_it_says_what_to_write(start: Start) -> None:
    office = start()
    office.settings.unlink()
    said = office.send()

    assert said.code == 2
    assert said.err == (
        f"{office.settings}: error: there is no mail account yet\n"
        "  hint: write into it:\n"
        "    from: ann@example.com\n"
        "    to: ann_123@kindle.com\n"
        "    smtp: {host: smtp.example.com, user: ann@example.com}\n"
    )


@pytest.mark.parametrize(
    ("smtp", "told"),
    [
        (
            "{host: localhost, password: sesame}",
            ":3:25: error: unknown key 'password'; a password stands in no file",
        ),
        ("{user: ann}", ":3:7: error: the key 'host' is missing"),
        (
            "{host: smtp.example.com, tls: none}",
            ":3:7: error: tls: none is only for a server on this machine",
        ),
        ("{host: localhost, port: many}", ":3:25: error: 'port' should be a valid integer\n"),
    ],
)
def test_faults_of_the_account_have_their_place(start: Start, smtp: str, told: str) -> None:
    office = start()
    office.account(smtp)
    said = office.send()

    assert said.code == 2
    assert told in said.err
    assert "sesame" not in said.err


def test_without_a_password_it_says_how_one_is_given(start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    office = start()
    monkeypatch.delenv("BOOKBUILD_MAIL_PASSWORD")
    monkeypatch.setitem(sys.modules, "keyring", None)
    said = office.send()

    assert said.code == 1
    assert said.err.startswith("error: there is no password for ann\n  hint: set BOOKBUILD_MAIL_PASSWORD")


class _KeyringError(Exception):
    pass


def _keyring(monkeypatch: pytest.MonkeyPatch, give: Callable[[str, str], str]) -> None:
    keyring, errors = ModuleType("keyring"), ModuleType("keyring.errors")
    keyring.get_password = give  # type: ignore[attr-defined]
    errors.KeyringError = _KeyringError  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "keyring", keyring)
    monkeypatch.setitem(sys.modules, "keyring.errors", errors)
    monkeypatch.delenv("BOOKBUILD_MAIL_PASSWORD")


def test_the_password_may_lie_in_the_keyring(start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    office = start()
    _keyring(monkeypatch, lambda service, user: {("bookbuild", "ann"): PASSWORD}[service, user])

    assert office.send().code == 0


def test_a_keyring_that_is_locked_is_as_none(start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    office = start()

    def locked(_service: str, _user: str) -> str:
        raise _KeyringError

    _keyring(monkeypatch, locked)

    assert office.send().err.startswith("error: there is no password for ann\n")


def test_the_password_is_on_no_disc(start: Start) -> None:
    office = start()
    office.send()
    written = [path for path in office.book.parent.rglob("*") if path.is_file()]

    assert written
    assert not any(PASSWORD.encode() in path.read_bytes() for path in written)
    assert os.environ["BOOKBUILD_MAIL_PASSWORD"] == PASSWORD
