"""mail.yaml: by which mail server books are sent, and where to. It is the author's own, and lies with no book.

A book's folder is passed on and kept in public; whose mail account it is does not belong there. The password stands
in no file at all.
"""

import os
from pathlib import Path
from typing import Annotated, Literal, cast

from pydantic import AfterValidator, Field, ValidationError

from bookbuild.config.buildfile import read_build_file
from bookbuild.config.values import Keys
from bookbuild.errors import Finding, Place, RequestError, error

MAIL_FILE = "mail.yaml"
PASSWORD_VARIABLE = "BOOKBUILD_MAIL_PASSWORD"  # noqa: S105 (the variable's name)
KEYRING_SERVICE = "bookbuild"

EXAMPLE = """\
from: ann@example.com
to: ann_123@kindle.com
smtp: {host: smtp.example.com, user: ann@example.com}
"""


def mail_address(value: str) -> str:
    """See that a text is the address of one mailbox; ValueError when it is none."""
    name, at, host = value.strip().rpartition("@")
    if not (name and at and "." in host) or any(character in value.strip() for character in " \t\r\n<>,;"):
        raise ValueError(f"'{value}' is not a mail address")
    return value.strip()


Address = Annotated[str, AfterValidator(mail_address)]


class Smtp(Keys):
    """The server that takes the author's mail."""

    host: Annotated[str, Field(min_length=1)]
    """Its name, as the mail provider gives it."""
    port: Annotated[int, Field(ge=1, le=65535)] = 587
    """587 for STARTTLS, 465 for TLS from the first byte (RFC 8314)."""
    user: str = ""
    """The name to sign in with; none for a server that asks for none."""
    tls: Literal["starttls", "implicit", "none"] | None = None
    """Told by the port when not given; `none` only for a server on this machine."""

    @property
    def security(self) -> str:
        """How the line is made private."""
        return self.tls or ("implicit" if self.port == 465 else "starttls")

    @property
    def is_here(self) -> bool:
        """Whether the server is this machine, so that no line is there to listen on."""
        return self.host in {"localhost", "127.0.0.1", "::1"}


class MailAccount(Keys):
    """Whose mail it is, and where books go."""

    from_: Annotated[Address, Field(alias="from")]
    """The sender, whom the e-reader's service must know."""
    to: Address | None = None
    """Where books go when the command names no other address."""
    smtp: Smtp


def load_account(path: Path) -> MailAccount:
    """Read mail.yaml.

    Raises:
        RequestError: it is not there, or has faults.

    """
    if not path.is_file():
        hint = "write into it:\n" + "".join(f"    {line}\n" for line in EXAMPLE.splitlines())
        raise RequestError(error("there is no mail account yet", Place(str(path)), hint=hint.rstrip()))
    file = read_build_file(path, str(path), example=EXAMPLE.replace("\n", "\n    ").rstrip())
    try:
        account = MailAccount.model_validate(file.values)
    except ValidationError as invalid:
        faults = [
            error(_sentence(fault["type"], fault["loc"], fault["msg"]), file.key_place(fault["loc"]))
            for fault in invalid.errors(include_url=False)
        ]
        raise RequestError(*faults) from None  # the fault shows what was typed, which may be a password
    if account.smtp.security == "none" and not account.smtp.is_here:
        hint = "take `tls: none` away: a password must not travel in the open"
        raise RequestError(
            error("tls: none is only for a server on this machine", file.value_place(("smtp",)), hint=hint)
        )
    return account


def _sentence(kind: str, path: tuple[str | int, ...], message: str) -> str:
    key = str(path[-1]) if path else ""
    if kind == "missing":
        return f"the key '{key}' is missing"
    if kind == "extra_forbidden":
        return f"unknown key '{key}'" + ("; a password stands in no file" if "pass" in key.lower() else "")
    if message.startswith("Input should"):
        return f"'{key}' {message.removeprefix('Input ').partition(',')[0]}"
    return message.removeprefix("Value error, ")


def find_password(user: str) -> str | None:
    """Find the password: in the environment, or else in the system's keyring; it is never written anywhere."""
    return os.environ.get(PASSWORD_VARIABLE) or _from_keyring(user)


def _from_keyring(user: str) -> str | None:
    try:
        import keyring  # noqa: PLC0415 (an extra: who has none uses the environment)
        from keyring.errors import KeyringError  # noqa: PLC0415
    except ImportError:
        return None
    try:
        return cast("str | None", keyring.get_password(KEYRING_SERVICE, user))
    except KeyringError:  # locked, or no keyring on this system
        return None


def no_password(user: str) -> Finding:
    """Say how a password is given."""
    hint = (
        f"set {PASSWORD_VARIABLE} in the environment, or keep it in the system's keyring:\n"
        f"    pipx inject --include-apps bookbuild keyring && keyring set {KEYRING_SERVICE} {user}"
    )
    return error(f"there is no password for {user}", hint=hint)
