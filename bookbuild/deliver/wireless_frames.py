"""The words of calibre's wireless protocol: `<length>[opcode, {…}]`, the length in decimal digits, both ways.

As KOReader's plugin speaks it (plugins/calibre.koplugin/wireless.lua); it is taken from any device on the network, so
that every length is bounded, and nothing that is said is believed further than it must be.
"""

import json
import socket
from enum import IntEnum
from typing import Any

LONGEST = 1 << 20  # bytes of one frame: a device tells of itself in some hundred
_DIGITS = 7


class Opcode(IntEnum):
    """What a frame asks; those that are used here."""

    OK = 0
    GET_DEVICE_INFORMATION = 3
    FREE_SPACE = 5
    SEND_BOOK = 8
    GET_INITIALIZATION_INFO = 9
    NOOP = 12
    DISPLAY_MESSAGE = 17
    ERROR = 20


class ProtocolError(Exception):
    """What came is not the protocol."""


def encode(opcode: Opcode, about: dict[str, Any]) -> bytes:
    """Make a frame."""
    content = json.dumps([opcode, about]).encode()  # ASCII: a device counts bytes
    return str(len(content)).encode() + content


class Line:
    """One connection to a device, on which one asks and the other answers."""

    def __init__(self, connection: socket.socket) -> None:
        self.connection = connection
        self.waiting = b""  # read, and not yet looked at

    def tell(self, opcode: Opcode, about: dict[str, Any]) -> None:
        """Send a frame that is not answered."""
        self.connection.sendall(encode(opcode, about))

    def ask(self, opcode: Opcode, about: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        """Send a frame, and give what is answered.

        Raises:
            ProtocolError: it is no answer.
            OSError: the device is gone, or is silent too long.

        """
        self.tell(opcode, about)
        return self.hear()

    def hear(self) -> tuple[int, dict[str, Any]]:
        """Read one frame."""
        digits = b""
        while (byte := self._take(1)) != b"[":
            digits += byte
            if not byte.isdigit() or len(digits) > _DIGITS:
                raise ProtocolError("no length")
        length = int(digits or b"0")
        if not 2 <= length <= LONGEST:
            raise ProtocolError("a length that cannot be")
        try:
            opcode, about = json.loads(b"[" + self._take(length - 1))
        except (ValueError, RecursionError) as fault:
            raise ProtocolError("no JSON of two") from fault
        if not isinstance(opcode, int) or not isinstance(about, dict):
            raise ProtocolError("no opcode with its values")
        return opcode, about

    def _take(self, count: int) -> bytes:
        while len(self.waiting) < count:
            more = self.connection.recv(1 << 16)
            if not more:
                raise ConnectionResetError
            self.waiting += more
        taken, self.waiting = self.waiting[:count], self.waiting[count:]
        return taken
