"""A serial port (RS-232, or USB that shows as one): bounded, exclusive, with one kind of failure."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Protocol

from msgspec import Struct

from card_reader.faults import DeviceGone

if TYPE_CHECKING:
    from serial import Serial

_SLICE = 0.1
"""Seconds of one wait for bytes."""
_WRITING = 1.0
_TAKEN = frozenset((errno.EBUSY, errno.EAGAIN, errno.EWOULDBLOCK))


class PortAddress(Struct, frozen=True):
    """Where a device is plugged in: ``COM3`` or ``/dev/ttyACM0``, and its bits per second."""

    name: str
    speed: int


class Port(Protocol):
    """An open port. Each call is bounded, and raises :class:`DeviceGone`."""

    @property
    def name(self) -> str: ...

    def receive(self) -> bytes:
        """What has come; waits a tenth of a second for it, and is empty when nothing did."""
        ...

    def send(self, data: bytes) -> None: ...

    def forget(self) -> None:
        """Drop what has come and was not received: late answers of what was given up."""
        ...

    def close(self) -> None:
        """Never raises: what is closed is broken as often as not."""
        ...


class SerialPort:
    """The port by pyserial, for this program alone. Raises :class:`DeviceGone` when made."""

    def __init__(self, address: PortAddress) -> None:
        self.name = address.name
        with self._told():
            self._serial = _opened(address)

    def receive(self) -> bytes:
        with self._told():
            first = self._serial.read(1)
            return first + self._serial.read(self._serial.in_waiting) if first else b""

    def send(self, data: bytes) -> None:
        with self._told():
            self._serial.write(data)

    def forget(self) -> None:
        with self._told():
            self._serial.reset_input_buffer()

    def close(self) -> None:
        with suppress(OSError):
            self._serial.close()

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except Exception as error:
            # OSError, termios.error, ValueError: every driver has its own way to be gone
            raise DeviceGone(self.name, busy=_is_taken(error)) from error


def _opened(address: PortAddress) -> Serial:
    import serial  # 30 ms, and absent where no port is ever opened

    return serial.Serial(
        address.name, address.speed, timeout=_SLICE, write_timeout=_WRITING, exclusive=True
    )


def _is_taken(error: Exception) -> bool:
    """Windows says of a port in use that it is not permitted."""
    refused = isinstance(error, PermissionError) or "PermissionError" in str(error)
    return refused or getattr(error, "errno", None) in _TAKEN
