"""Frames between PC and the police security module (SAM) of an ID card reader (cards.md A7).

``AA AA AA 96 69 | length | command or status … | xor``: pure, no port, no clock.
"""

from __future__ import annotations

from enum import Enum
from functools import reduce
from operator import xor

from msgspec import Struct

from desktop.domain.discreet import Discreet

PREAMBLE = bytes.fromhex("AAAAAA9669")
_LENGTH = 2
_STATUS = 3
_LONGEST = 4096
"""Bytes; text, photo and fingerprints together have 2321."""


class Command(Enum):
    """What the desk asks: the command's bytes, and the last byte of a good status."""

    STATUS = (b"\x11\xff", 0x90)
    FIND = (b"\x20\x01", 0x9F)
    SELECT = (b"\x20\x02", 0x90)
    READ = (b"\x30\x01", 0x90)

    def __init__(self, code: bytes, good: int) -> None:
        self.code = code
        self.good = good

    @property
    def frame(self) -> bytes:
        """The whole frame as it is sent."""
        return framed(self.code)


BAD_CHECKSUM, BAD_LENGTH = 0x10, 0x11
"""Statuses of a module that did not understand our frame: the line was disturbed."""


class Reply(Discreet, Struct, frozen=True):
    """What the module answered; ``data`` may hold a person, and is never shown."""

    said = ("status",)

    status: int
    """Of the three bytes the last, which tells all; the others are 00."""
    data: bytes

    def good(self, command: Command) -> bool:
        return self.status == command.good


class BadFrame(Exception):
    """A frame came whose check byte or length is false: nothing of it is used."""


def framed(body: bytes) -> bytes:
    """The frame around a command, or around status and data."""
    counted = (len(body) + 1).to_bytes(_LENGTH, "big") + body
    return PREAMBLE + counted + bytes((_check(counted),))


class FrameReader:
    """Puts bytes together, however they are cut; what stands before a preamble is noise."""

    def __init__(self) -> None:
        self._bytes = bytearray()

    def feed(self, more: bytes) -> Reply | None:
        """The first whole reply, None while it is not complete. Raises :class:`BadFrame`."""
        self._bytes += more
        begin = self._bytes.find(PREAMBLE)
        if begin < 0:
            del self._bytes[: -len(PREAMBLE) + 1]
            return None
        del self._bytes[:begin]
        counted = bytes(self._bytes[len(PREAMBLE) :])
        return _reply(counted) if len(counted) >= _LENGTH else None


def _reply(counted: bytes) -> Reply | None:
    """``counted``: everything behind the preamble so far."""
    length = int.from_bytes(counted[:_LENGTH], "big")
    if not _STATUS < length <= _LONGEST:
        raise BadFrame
    whole = counted[: _LENGTH + length]
    if len(whole) < _LENGTH + length:
        return None
    if _check(whole):
        raise BadFrame
    status = whole[_LENGTH : _LENGTH + _STATUS]
    return Reply(status[-1], whole[_LENGTH + _STATUS : -1])


def _check(counted: bytes) -> int:
    """0 for counted bytes with their right check byte."""
    return reduce(xor, counted, 0)
