"""The door: who is let in, and the headers that every answer carries."""

import asyncio
import ipaddress
import secrets

import h11
from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from uvicorn.protocols.http.h11_impl import H11Protocol

_ALPHABET = (
    "abcdefghjkmnpqrstuvwxyz23456789"  # nothing that is easily misread: it may be typed on an e-reader
)
_LENGTH = 12  # of a token: 59 bits, which cannot be guessed over a network

_HEADERS = {
    "content-security-policy": "default-src 'none'; img-src 'self'; style-src 'self'; font-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",  # the token stands in the address
    "cross-origin-resource-policy": "same-origin",
    "x-robots-tag": "noindex",
    "cache-control": "private, no-cache",  # kept, but asked for again: a book that was built anew is seen at once
}


def make_token() -> str:
    """Make the part of the address that nobody can guess."""
    return "".join(secrets.choice(_ALPHABET) for _ in range(_LENGTH))


class Door:
    """Lets in who asks by an address of this machine, and has the token where there is one.

    A Host header that is a name from elsewhere is a web page's attempt to read what is served here through its reader's browser
    (DNS rebinding); a bare IP address cannot be one.
    """

    def __init__(self, app: ASGIApp, token: str, names: frozenset[str]) -> None:
        self.app = app
        self.token = token
        self.names = names | {"localhost"}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or let the site answer; the headers are the same."""

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        answer = self._refusal(scope) or self.app
        root = f"/{self.token}" if self.token else ""
        await answer({**scope, "root_path": root}, receive, send_with_headers)

    def _refusal(self, scope: Scope) -> ASGIApp | None:
        if not self._is_ours(Headers(scope=scope).get("host", "")):
            return PlainTextResponse("There is no such host here.\n", 421)
        _, _, rest = scope["path"].partition("/")
        given = rest.partition("/")[0].encode("utf-8", "replace")
        if self.token and not secrets.compare_digest(given, self.token.encode()):
            return PlainTextResponse("There is nothing here. Is the address complete?\n", 404)
        return None

    def _is_ours(self, host: str) -> bool:
        name = host.partition("]")[0].removeprefix("[") if host.startswith("[") else host.partition(":")[0]
        try:
            ipaddress.ip_address(name)
        except ValueError:
            return name.lower().rstrip(".") in self.names
        return True


class ImpatientProtocol(H11Protocol):
    """Hangs up on a client that takes too long to say what it wants; one that reads slowly has all the time it needs."""

    PATIENCE = 20.0  # seconds, for the head of a request
    _timer: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as in uvicorn's own
        """Begin to wait."""
        super().connection_made(transport)
        self._wait()

    def data_received(self, data: bytes) -> None:
        """Wait on as long as no request is whole."""
        super().data_received(data)
        if self.conn.their_state in {h11.IDLE, h11.SEND_BODY}:
            self._wait()
        else:
            self._stop()

    def connection_lost(self, exc: Exception | None) -> None:
        """Wait no more."""
        self._stop()
        super().connection_lost(exc)

    def _wait(self) -> None:
        if not self._timer:
            self._timer = self.loop.call_later(self.PATIENCE, self.transport.close)

    def _stop(self) -> None:
        if self._timer:
            self._timer.cancel()
            self._timer = None
