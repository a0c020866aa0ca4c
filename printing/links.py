"""The wire to an 80 mm printer: network or serial, bounded in every call."""

from __future__ import annotations

import socket
from collections.abc import Callable
from contextlib import suppress
from typing import Protocol

_OPENING = 5.0
_SENDING = 10.0
"""Seconds; a printer without paper stops reading in the middle."""


class Link(Protocol):
    """An open wire. Each call is bounded, and raises ``OSError``."""

    def send(self, data: bytes) -> None: ...

    def receive(self, seconds: float) -> bytes:
        """What came within the time; b"" when nothing did."""
        ...

    def close(self) -> None:
        """Never raises."""
        ...


Dial = Callable[[], Link]
"""Opens the wire; raises ``OSError``."""


class NetworkLink:
    """A printer on the network, port 9100 as a rule."""

    def __init__(self, host: str, port: int) -> None:
        self._socket = socket.create_connection((host, port), _OPENING)

    def send(self, data: bytes) -> None:
        self._socket.settimeout(_SENDING)
        self._socket.sendall(data)

    def receive(self, seconds: float) -> bytes:
        self._socket.settimeout(seconds)
        try:
            data = self._socket.recv(64)
        except TimeoutError:
            return b""
        if not data:
            raise ConnectionResetError("the printer hung up")
        return data

    def close(self) -> None:
        self._socket.close()


class SerialLink:
    """A printer on a serial port, by pyserial."""

    def __init__(self, port: str, speed: int) -> None:
        import serial  # 30 ms, and absent where no port is ever opened

        try:
            self._serial = serial.Serial(port, speed, write_timeout=_SENDING, exclusive=True)
        except ValueError as fault:
            raise OSError(str(fault)) from fault

    def send(self, data: bytes) -> None:
        self._serial.write(data)
        self._serial.flush()

    def receive(self, seconds: float) -> bytes:
        self._serial.timeout = seconds
        first: bytes = self._serial.read(1)
        rest: bytes = self._serial.read(self._serial.in_waiting) if first else b""
        return first + rest

    def close(self) -> None:
        with suppress(OSError):
            self._serial.close()
