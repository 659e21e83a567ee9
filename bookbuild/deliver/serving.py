"""Serving: a port of this machine, and the server that listens on it until it is stopped."""

import errno
import os
import socket
from dataclasses import dataclass

import uvicorn
from starlette.types import ASGIApp

from bookbuild.deliver.door import ImpatientProtocol
from bookbuild.errors import RequestError, error

FIRST_PORT = 8017  # taken by no common program
_TRIED = 20  # ports, when none was asked for
_HEAD_LIMIT = 16_384  # bytes of the head of a request; browsers send 2,000
_CLIENTS = 100  # at a time


@dataclass(frozen=True, slots=True)
class Opening:
    """An open port, and the addresses by which it is reached."""

    socket: socket.socket
    here: str  # on this machine
    network: str  # from others; empty where only this machine is to come in


def open_port(port: int | None, token: str, *, lan: bool) -> Opening:
    """Open a port: the one that was asked for, or else the first that is free.

    Raises:
        RequestError: it is taken or not allowed, or there is no network.

    """
    host = "0.0.0.0" if lan else "127.0.0.1"  # noqa: S104 (that is what was asked for; a token guards it)
    address = network_address() if lan else ""
    opened = _listen(host, port) if port is not None else _first_free(host)
    number = opened.getsockname()[1]
    end = f":{number}/{token}{'/' * bool(token)}"
    return Opening(opened, f"http://127.0.0.1{end}", f"http://{address}{end}" if lan else "")


def _first_free(host: str) -> socket.socket:
    for port in range(FIRST_PORT, FIRST_PORT + _TRIED):
        try:
            return _listen(host, port)
        except RequestError:
            continue
    return _listen(host, 0)  # any that the system has


def _listen(host: str, port: int) -> socket.socket:
    opened = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    if os.name == "posix":  # where it does not mean that two may share a port
        opened.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        opened.bind((host, port))
        opened.listen()
    except (OSError, OverflowError) as fault:
        opened.close()
        hint = "name another with --port, or leave it out: the first that is free is taken"
        told = "is taken" if getattr(fault, "errno", 0) in _TAKEN else "cannot be opened"
        raise RequestError(error(f"port {port} {told}", hint=hint)) from fault
    return opened


_TAKEN = {errno.EADDRINUSE, 10048}  # and Windows’ own


def network_address() -> str:
    """Find this machine's address in its network; nothing is sent.

    Raises:
        RequestError: it is in none.

    """
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(
                ("192.0.2.1", 9)
            )  # an address of nobody (RFC 5737): only the way to it is looked up
            return str(probe.getsockname()[0])
        except OSError as fault:
            hint = "join the Wi-Fi that the device is in; without --lan, only this computer can read it"
            raise RequestError(error("this computer is in no network", hint=hint)) from fault


def machine_names() -> frozenset[str]:
    """Give what this machine may be called in its network."""
    name = socket.gethostname().lower()
    short = name.partition(".")[0]
    return frozenset(found for found in (name, short, f"{short}.local") if found)


def serve(site: ASGIApp, opening: Opening) -> None:
    """Serve until it is stopped.

    Raises:
        KeyboardInterrupt: it was stopped by hand.

    """
    make_server(site).run(sockets=[opening.socket])


def make_server(site: ASGIApp) -> uvicorn.Server:
    """Make the server; it says nothing by itself, and gives nobody more of the machine than a reader needs."""
    config = uvicorn.Config(
        site,
        http=ImpatientProtocol,
        ws="none",
        lifespan="off",
        log_config=None,
        log_level="critical",  # the site tells of its own faults
        access_log=False,
        proxy_headers=False,
        server_header=False,
        limit_concurrency=_CLIENTS,
        h11_max_incomplete_event_size=_HEAD_LIMIT,
        timeout_keep_alive=15,
        timeout_graceful_shutdown=1,
    )
    return uvicorn.Server(config)
