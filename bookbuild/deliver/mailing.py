"""A book by mail: to the address of a Kindle, of a PocketBook, or of a reader."""

import smtplib
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import formatdate, make_msgid

from bookbuild.deliver.copying import fat_name
from bookbuild.deliver.devices import Kind
from bookbuild.deliver.finished import Finished
from bookbuild.deliver.hearsay import one_line
from bookbuild.deliver.mail_account import MailAccount, Smtp
from bookbuild.errors import DeliveryError, Finding, error

_PATIENCE = 60  # seconds for each answer of the server
_MB = 1_000_000


@dataclass(frozen=True, slots=True)
class Service:
    """Who takes books by mail for an e-reader."""

    name: str
    domains: tuple[str, ...]
    takes: tuple[Kind, ...]
    limit: int  # bytes of the attachments together
    after: str


SERVICES = (
    Service(
        "Send to Kindle",
        ("kindle.com", "free.kindle.com"),
        (Kind.EPUB, Kind.PDF),
        50 * _MB,  # amazon.co.uk, help page 201974220
        "Amazon takes mail only from senders that you have approved: Manage Your Content and Devices, Preferences",
    ),
    Service(
        "Send-to-PocketBook",
        ("pbsync.com",),
        (Kind.EPUB, Kind.PDF),
        25 * _MB,  # not published; what most mail servers take
        "confirm the sender in the first answer that PocketBook sends",
    ),
)
ANYBODY = Service("mail", (), (Kind.EPUB, Kind.PDF), 25 * _MB, "")
"""A reader's own mailbox; Gmail and most others take 25 MB."""


def service_of(address: str) -> Service:
    """Tell what service an address belongs to."""
    domain = address.rpartition("@")[2].lower()
    return next((service for service in SERVICES if domain in service.domains), ANYBODY)


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail that is ready to go."""

    account: MailAccount
    to: str
    service: Service
    file: Finished
    message: EmailMessage
    size: int  # bytes as they travel: base64 makes four of three, and lines of 76 end with two more


def write_letter(account: MailAccount, to: str, files: list[Finished]) -> Letter:
    """Write the mail that carries a book; the text is there because some services drop a mail without one.

    Raises:
        DeliveryError: there is no file that the service takes, or it is too large.

    """
    service = service_of(to)
    file = next((one for kind in service.takes for one in files if one.kind is kind), None)
    if file is None:
        takes = " or ".join(kind.name for kind in service.takes)
        raise DeliveryError(
            error(f"{service.name} takes {takes}, and there is none", hint="`bookbuild build`")
        )
    settings = file.edition.settings
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = account.from_, to, " ".join(settings.title.split())
    message["Date"], message["Message-ID"] = formatdate(), make_msgid(domain=account.from_.rpartition("@")[2])
    message.set_content(f"{settings.title}, by {settings.author_line}, is attached.\n")
    subtype = "pdf" if file.kind is Kind.PDF else "epub+zip"
    message.add_attachment(
        file.path.read_bytes(), maintype="application", subtype=subtype, filename=fat_name(file.path.name)
    )
    size = len(message.as_bytes(policy=SMTP))
    if size > service.limit:
        raise DeliveryError(_too_large(service.name, size, service.limit))
    return Letter(account, to, service, file, message, size)


def _too_large(who: str, size: int, limit: int) -> Finding:
    hint = "make the pictures smaller, or take another way: a cable, or the service's web page"
    return error(f"the mail has {size / _MB:.1f} MB, and {who} takes {limit / _MB:.1f}", hint=hint)


# ---------------------------------------------------------------- the server


def send_letter(letter: Letter, password: str) -> None:
    """Send a mail.

    Raises:
        DeliveryError: the server cannot be reached, or refuses the name, the password, the address or the mail.

    """
    smtp = letter.account.smtp
    with _failures(letter), _connected(smtp) as server:
        limit = server.esmtp_features.get("size", "")  # RFC 1870; 0 is none
        if limit.isdecimal() and 0 < int(limit) < letter.size:
            raise DeliveryError(_too_large(smtp.host, letter.size, int(limit)))
        if smtp.user:
            server.login(smtp.user, password)
        server.send_message(letter.message)


@contextmanager
def _connected(smtp: Smtp) -> Iterator[smtplib.SMTP]:
    trust = ssl.create_default_context()
    if smtp.security == "implicit":
        server: smtplib.SMTP = smtplib.SMTP_SSL(smtp.host, smtp.port, timeout=_PATIENCE, context=trust)
    else:
        server = smtplib.SMTP(smtp.host, smtp.port, timeout=_PATIENCE)
    with server:
        if smtp.security == "starttls":
            server.starttls(context=trust)
        server.ehlo()
        yield server


@contextmanager
def _failures(letter: Letter) -> Iterator[None]:
    """Turn what the server says into what an author can do. An answer to the password is never repeated."""
    smtp = letter.account.smtp
    try:
        yield
    except UnicodeEncodeError:  # its text shows a part of the password
        hint = "see the name in mail.yaml, and the password where you keep it"
        raise DeliveryError(
            error("the name or the password has characters beyond ASCII", hint=hint)
        ) from None
    except smtplib.SMTPAuthenticationError as fault:
        hint = "Gmail, iCloud and others want a password that is made for one app; is smtp.user right?"
        hint = _FOR_NOW if _is_for_now(fault.smtp_code) else hint
        raise DeliveryError(error(f"{smtp.host} refuses the name or the password", hint=hint)) from None
    except smtplib.SMTPRecipientsRefused as fault:
        code, said = next(iter(fault.recipients.values()))
        raise DeliveryError(_refused(f"{smtp.host} refuses the address {letter.to}", code, said)) from fault
    except smtplib.SMTPSenderRefused as fault:
        raise DeliveryError(
            _refused(
                f"{smtp.host} refuses the sender {letter.account.from_}", fault.smtp_code, fault.smtp_error
            )
        ) from fault
    except smtplib.SMTPResponseException as fault:
        raise DeliveryError(
            _refused(f"{smtp.host} refuses the mail", fault.smtp_code, fault.smtp_error)
        ) from fault
    except smtplib.SMTPNotSupportedError as fault:
        hint = "try `port: 465` in mail.yaml; the password was not sent"
        raise DeliveryError(error(f"{smtp.host} offers no private line: {fault}", hint=hint)) from fault
    except (smtplib.SMTPException, OSError) as fault:
        raise DeliveryError(_unreached(smtp, fault)) from fault


_FOR_NOW = "for now only: send again in a quarter of an hour"


def _is_for_now(code: int) -> bool:
    """Whether an answer holds for now only (RFC 5321, 4.2.1): some servers send strangers away once, to see who comes back."""
    return 400 <= code < 500


def _refused(what: str, code: int, said: bytes | str) -> Finding:
    hint = _FOR_NOW if _is_for_now(code) else "see to what it says, and send again"
    return error(f"{what}: {code} {one_line(said)}", hint=hint)


def _unreached(smtp: Smtp, fault: Exception) -> Finding:
    place = f"{smtp.host}, port {smtp.port}"
    match fault:
        case ssl.SSLCertVerificationError():
            hint = "smtp.host must be the name that the provider gives; the password was not sent"
            return error(f"{place} is not who it says: {fault.verify_message}", hint=hint)
        case ssl.SSLError():
            return error(f"{place} does not speak TLS so", hint="port 587 is for starttls, 465 for implicit")
        case socket.gaierror():
            return error(f"{smtp.host} is not found", hint="is there a network? is smtp.host spelt right?")
        case ConnectionRefusedError():
            return error(f"{place} takes no mail", hint="is smtp.port right? 587 and 465 are usual")
        case TimeoutError():
            return error(f"{place} does not answer", hint="some networks let no mail out; try another")
        case smtplib.SMTPServerDisconnected():
            return error(f"{place} hung up", hint="send again; if it stays so, see smtp.port and smtp.tls")
        case _:
            return error(f"{place} cannot be reached: {fault}", hint="is there a network?")
