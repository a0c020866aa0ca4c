"""An 80 mm printer without hardware: takes ESC/POS, answers its status, remembers what it printed.

::

    with NetworkPrinter(Roll()) as printer:
        NetworkLink("127.0.0.1", printer.port)
        printer.roll.paper = False

:class:`Roll` is the printer itself: a state that a test changes, and the text that came out of it,
decoded back from the bytes. It stops where a real one stops: without paper nothing is printed, and
what asks for the end of the printing is not answered.
"""

from __future__ import annotations

import os
import socket
import threading
import tty
from dataclasses import dataclass, field
from typing import Self

_ESC, _FS, _GS, _DLE = 0x1B, 0x1C, 0x1D, 0x10
_ALL_DONE = b"\x00"


@dataclass
class Roll:
    """``paper_for``: lines until the paper ends; None for a full roll."""

    paper: bool = True
    cover_open: bool = False
    offline: bool = False
    cutter_stuck: bool = False
    mute: bool = False
    """Answers nothing at all."""
    paper_for: int | None = None
    lines: list[str] = field(default_factory=list)
    codes: list[str] = field(default_factory=list)
    """QR codes that it drew."""
    cuts: int = 0
    raw: bytes = b""
    large: list[str] = field(default_factory=list)
    _buffer: bytes = b""
    _line: bytes = b""
    _stored: str = ""
    _is_large: bool = False

    @property
    def text(self) -> str:
        return "\n".join(self.lines)

    def feed(self, data: bytes) -> bytes:
        """Take bytes; what it answers to them."""
        self.raw += data
        self._buffer += data
        answers = b""
        while (taken := self._next()) is not None:
            answers += taken
        return b"" if self.mute else answers

    def _next(self) -> bytes | None:
        """One command, or one byte of text; None while more must come."""
        at = self._buffer
        if not at:
            return None
        size = _size(at)
        if size is None or len(at) < size:
            return None
        command, self._buffer = at[:size], at[size:]
        return self._do(command)

    def _do(self, command: bytes) -> bytes:
        if command[0] == _DLE:
            return bytes([self._status(command[2])])
        if command[:2] == b"\x1dr":
            return _ALL_DONE if self._prints() else b""
        if not self._prints():
            return b""
        if command[:2] == b"\x1dV":
            self.cuts += 1
        elif command[:3] == b"\x1d(k":
            self._code(command[5:])
        elif command[:2] == b"\x1d!":
            self._is_large = command[2] != 0
        elif command == b"\n":
            self._end_line()
        elif command[0] not in (_ESC, _FS, _GS):
            self._line += command
        return b""

    def _prints(self) -> bool:
        return self.paper and not (self.cover_open or self.offline or self.cutter_stuck)

    def _end_line(self) -> None:
        line = self._line.decode("gb18030")
        self._line = b""
        self.lines.append(line)
        if self._is_large:
            self.large.append(line)
        if self.paper_for is not None:
            self.paper_for -= 1
            self.paper = self.paper_for > 0

    def _code(self, told: bytes) -> None:
        if told[1] == 0x50:
            self._stored = told[3:].decode("ascii")
        elif told[1] == 0x51:
            self.codes.append(self._stored)

    def _status(self, which: int) -> int:
        stopped = not self._prints()
        told = {
            1: 0x08 * stopped,
            2: 0x04 * self.cover_open | 0x20 * (not self.paper) | 0x40 * self.cutter_stuck,
            3: 0x08 * self.cutter_stuck,
            4: 0x60 * (not self.paper),
        }
        return 0x12 | told[which]


def _size(data: bytes) -> int | None:
    """Bytes of the command that begins here; None while that cannot be told."""
    match data[0]:
        case 0x1B:
            return 2 if data[1:2] == b"@" else 3
        case 0x1C:
            return 2
        case 0x10:
            return 3
        case 0x1D if data[1:3] == b"(k":
            return 5 + int.from_bytes(data[3:5], "little") if len(data) >= 5 else None
        case 0x1D if data[1:2] == b"(":
            return None
        case 0x1D:
            return 4 if data[1:2] == b"V" else 3
        case _:
            return 1


class NetworkPrinter:
    """A roll on a port of this machine; ``hang_up_after``: bytes until it lets go of the wire."""

    def __init__(self, roll: Roll, hang_up_after: int | None = None) -> None:
        self.roll = roll
        self._hang_up_after = hang_up_after

    def __enter__(self) -> Self:
        self._server = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._server.getsockname()[1]
        self._thread = threading.Thread(target=self._serve, name="thermal printer")
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown(socket.SHUT_RDWR)
        self._server.close()
        self._thread.join()

    def _serve(self) -> None:
        while True:
            try:
                wire, _ = self._server.accept()
            except OSError:
                return
            with wire:
                self._talk(wire)

    def _talk(self, wire: socket.socket) -> None:
        taken = 0
        try:
            while data := wire.recv(4096):
                taken += len(data)
                if self._hang_up_after is not None and taken > self._hang_up_after:
                    return
                if answers := self.roll.feed(data):
                    wire.sendall(answers)
        except ConnectionError:
            return


class SerialPrinter:
    """A roll behind a pty."""

    def __init__(self, roll: Roll) -> None:
        self.roll = roll

    def __enter__(self) -> Self:
        self._own, theirs = os.openpty()
        tty.setraw(theirs)
        self.port = os.ttyname(theirs)
        self._theirs = theirs
        self._thread = threading.Thread(target=self._serve, name="serial printer")
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        os.close(self._theirs)  # the last holder: reading ends
        self._thread.join()
        os.close(self._own)

    def _serve(self) -> None:
        try:
            while data := os.read(self._own, 4096):
                if answers := self.roll.feed(data):
                    os.write(self._own, answers)
        except OSError:
            return
