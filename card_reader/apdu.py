"""Command and response APDUs over a channel that knows nothing of readers (cards.md A3, A5)."""

from __future__ import annotations

import logging
from typing import Protocol

from msgspec import Struct

from desktop.domain.discreet import Discreet

_log = logging.getLogger(__name__)

OK = 0x9000
END_OF_RECORD = 0x6282
"""Fewer bytes than Le asked for: a warning, the data is good."""
WRONG_LENGTH = 0x6700
NOT_ALLOWED = 0x6982
"""Security condition not met: EF06 of a 3.0 card without its PSAM."""

_MOST_FOLLOW_UPS = 8


class Channel(Protocol):
    """A powered card. Raises :class:`card_reader.faults.CardError` when the reader fails."""

    @property
    def is_t1(self) -> bool:
        """Its protocol is T=1, as without contacts: Le may follow data, and fetches the answer."""
        ...

    def transmit(self, apdu: bytes, /) -> bytes:
        """Send one command; the answer as the card gave it, its two status bytes last."""
        ...


class ChipGone(Exception):
    """An answer without status word: the card was pulled during the command (cards.md B4.9)."""


class Response(Discreet, Struct, frozen=True):
    """What the card answered."""

    said = ("sw",)

    data: bytes
    sw: int

    @property
    def ok(self) -> bool:
        return self.sw in (OK, END_OF_RECORD)

    @property
    def waiting(self) -> int:
        """Bytes that GET RESPONSE would fetch, 0 for none (``61xx``; 00 means 256)."""
        return (self.sw & 0xFF or 256) if self.sw >> 8 == 0x61 else 0

    @property
    def right_length(self) -> int | None:
        """Le as the card wants it (``6Cxx``), None when it did not complain."""
        return self.sw & 0xFF if self.sw >> 8 == 0x6C else None


class CountingChannel(Struct):
    """Counts the round trips, for the benchmark and for reports about slow cards."""

    inner: Channel
    round_trips: int = 0

    @property
    def is_t1(self) -> bool:
        return self.inner.is_t1

    def transmit(self, apdu: bytes) -> bytes:
        self.round_trips += 1
        return self.inner.transmit(apdu)


def send(channel: Channel, apdu: bytes) -> Response:
    """One round trip. The log holds header, status and length only, never data.

    Raises :class:`ChipGone` for an answer of fewer than two bytes.
    """
    answer = channel.transmit(apdu)
    if len(answer) < 2:
        raise ChipGone
    response = Response(answer[:-2], int.from_bytes(answer[-2:], "big"))
    _log.debug("%s -> %04X, %d bytes", apdu[:4].hex(), response.sw, len(response.data))
    return response


def exchange(channel: Channel, apdu: bytes) -> Response:
    """One command with all that T=0 asks for: ``6Cxx`` repeats it, ``61xx`` fetches the rest.

    ``6Cxx`` is about the command just sent, which may be a GET RESPONSE: repeating READ RECORD
    there would fetch the record's beginning twice. ``apdu`` must end in Le. The number of
    follow-ups is bounded, so that a card which asks for ever ends with its last status word.
    """
    response, data = send(channel, apdu), b""
    for _ in range(_MOST_FOLLOW_UPS):
        if response.right_length is not None:
            apdu = apdu[:-1] + bytes([response.right_length])
        elif response.waiting:
            data += response.data
            apdu = _get_response(response.waiting)
        else:
            break
        response = send(channel, apdu)
    return Response(data + response.data, response.sw)


def ask(channel: Channel, command: bytes) -> Response:
    """A command that carries data and wants some back.

    ``command`` ends with its data: a T=0 card announces the answer by ``61xx``, a T=1 card sends it
    only when Le asks for it.
    """
    if channel.is_t1:
        return exchange(channel, command + b"\x00")
    response = send(channel, command)
    if response.waiting:
        return exchange(channel, _get_response(response.waiting))
    return exchange(channel, command + b"\x00") if response.ok and not response.data else response


def select_application(channel: Channel, name: bytes) -> Response:
    """SELECT by name. ``61xx`` counts as success: the FCI is not needed, so it is not fetched."""
    return tell(channel, _select_by_name(name))


def application_told(channel: Channel, name: bytes) -> Response:
    """SELECT by name, and what the application tells of itself (FCI)."""
    return ask(channel, _select_by_name(name))


def select_file(channel: Channel, file_id: int) -> Response:
    """SELECT an EF in either of the two ways that are in production (cards.md A3)."""
    response = Response(b"", 0)
    for p1 in (0x02, 0x00):
        apdu = bytes((0x00, 0xA4, p1, 0x00, 0x02)) + file_id.to_bytes(2, "big")
        response = tell(channel, apdu)
        if response.ok:
            break
    return response


def tell(channel: Channel, command: bytes) -> Response:
    """A command whose answer, if there is any, is not needed: ``61xx`` counts as success."""
    response = send(channel, command)
    return Response(response.data, OK) if response.waiting else response


def _select_by_name(name: bytes) -> bytes:
    return bytes((0x00, 0xA4, 0x04, 0x00, len(name))) + name


def _get_response(length: int) -> bytes:
    return bytes((0x00, 0xC0, 0x00, 0x00, length & 0xFF))
