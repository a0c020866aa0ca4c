"""A scanner on a serial port or USB that shows as one: no focus, no layout, no input method."""

from __future__ import annotations

from collections.abc import Callable

from card_reader.code_lines import CodeLines
from card_reader.hardware import Pulse
from card_reader.noticed import CodeSeen, Noticed, Source
from card_reader.repeats import Repeats
from card_reader.serial_port import Port

_REPEATED_WITHIN = 1.0
"""Seconds; scanners that need no trigger read a phone over and over while it lies there."""


class SerialScanner:
    """The scanner as a device of a lane; ``prefix`` as :class:`CodeLines` takes it."""

    rest = 0.0

    def __init__(self, port: Port, prefix: str, clock: Callable[[], float]) -> None:
        self._port = port
        self._lines = CodeLines(prefix)
        self._clock = clock
        self._repeats = Repeats(_REPEATED_WITHIN)

    def step(self, _pulse: Pulse) -> tuple[Noticed, ...]:
        """Whatever came within a tenth of a second. Raises ``DeviceGone``."""
        came, now = self._port.receive(), self._clock()
        return tuple(
            CodeSeen(Source.SCANNER, code)
            for code in self._lines.feed(came, now)
            if self._repeats.is_new(code, now)
        )

    def close(self) -> None:
        self._port.close()
