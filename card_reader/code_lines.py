"""Codes out of the bytes of a serial scanner, however they are cut and ended (cards.md A8)."""

from __future__ import annotations

import re

_ENDS = re.compile(rb"[\x00\x02\x03\t\r\n]+")
"""Line ends and the marks of start and end: scanners add what the office has configured."""
_SILENCE = 0.3
"""Seconds after which a code without an end is whole; at 1200 bits a sign takes 8 ms."""
_SHORTEST = 6
_LONGEST = 4096
"""Bytes; no code of a patient has more, so it is noise: a wrong speed, or another device."""


class CodeLines:
    """The bytes not yet decided on. Pure: it is told the time.

    ``prefix``: what the office's scanners send first, or "".
    """

    def __init__(self, prefix: str = "") -> None:
        self._prefix = prefix
        self._pending = b""
        self._last = 0.0

    def feed(self, more: bytes, now: float) -> tuple[str, ...]:
        """The codes that are whole now, in order; call it with no bytes to let time pass."""
        if more:
            self._last = now
        *whole, self._pending = _ENDS.split(self._pending + more)
        if self._pending and now - self._last >= _SILENCE:
            whole, self._pending = [*whole, self._pending], b""
        if len(self._pending) > _LONGEST:
            self._pending = self._pending[:_LONGEST] + b"\xff"
        codes = (self._code(line) for line in whole if len(line) <= _LONGEST)
        return tuple(code for code in codes if len(code) >= _SHORTEST)

    def _code(self, line: bytes) -> str:
        return _decoded(line).strip().removeprefix(self._prefix)


def _decoded(line: bytes) -> str:
    """UTF-8 as phones write it, GB 18030 as older codes hold it; never a failure."""
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError:
        return line.decode("gb18030", "replace")
