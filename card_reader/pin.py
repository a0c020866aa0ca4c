"""The PIN of a social security card, where a site demands it (cards.md A3, A5).

Nothing here keeps, logs or repeats what was entered.
"""

from __future__ import annotations

import struct
from typing import NoReturn

from card_reader.faults import CardError
from desktop.domain.problems import ProblemCode

_VERIFY = bytes((0x00, 0x20, 0x00, 0x00))
_SHORTEST, _LONGEST = 4, 16
_ON_PAD = 6
"""Digits that a pad asks for: every card is issued with six."""
_COUNTED = range(0x63C0, 0x63D0)
_LOCKED = frozenset((0x6983, 0x63C0))
_NOT_ENTERED = {0x6400: "超时", 0x6401: "已取消", 0x6402: "两次不一致", 0x6403: "位数不对"}
"""What a pad says itself (PC/SC part 10, 2.5.2)."""

PAD_SECONDS = 45.0
"""So long a person may take at the pad; the pad itself gives up after :data:`_PAD_TIMES`."""
_PAD_TIMES = (30, 15)
"""Seconds until the first key, and between keys."""
_VERIFY_DIRECT = 0x06
_BYTES_BCD_LEFT = 0x81
_WHEN_CONFIRMED = 0x02
_ALL_MESSAGES = 0xFF
_CHINESE = 0x0804


class NotAPin(Exception):
    """It cannot be a PIN: 4 to 16 digits."""


def verify_command(digits: str) -> bytes:
    """VERIFY with the digits as BCD. Raises :class:`NotAPin`."""
    if not (digits.isascii() and digits.isdecimal() and _SHORTEST <= len(digits) <= _LONGEST):
        raise NotAPin
    block = bytes.fromhex(digits + "F" * (len(digits) % 2))
    return _VERIFY + bytes((len(block),)) + block


def judge(sw: int, reader: str) -> None:
    """What became of the PIN. Raises :class:`CardError` unless it was right."""
    if sw != 0x9000:
        _refused(sw, reader)


def _refused(sw: int, reader: str) -> NoReturn:
    if sw in _LOCKED:
        raise CardError(ProblemCode.PIN_LOCKED, reader)
    if sw in _COUNTED:
        raise CardError(ProblemCode.PIN_WRONG, f"{reader} 还可输 {sw & 0xF} 次")
    if sw in _NOT_ENTERED:
        raise CardError(ProblemCode.PIN_NOT_ENTERED, f"{reader} {_NOT_ENTERED[sw]}")
    raise CardError(ProblemCode.CARD_UNREADABLE, f"{reader} {sw:04X}")


def pad_code(features: bytes) -> int | None:
    """The control code of FEATURE_VERIFY_PIN_DIRECT among a reader's features; None without pad.

    ``features``: ``tag 04 code`` again and again, the code as four bytes, highest first.
    """
    for at in range(0, len(features) - 5, 6):
        if features[at] == _VERIFY_DIRECT and features[at + 1] == 4:
            return int.from_bytes(features[at + 2 : at + 6], "big")
    return None


def pad_request() -> bytes:
    """PIN_VERIFY_STRUCTURE: have six digits entered, put as BCD into VERIFY, sent to the card."""
    size = _ON_PAD // 2
    command = _VERIFY + bytes((size,)) + b"\xff" * size
    head = struct.pack(
        "=5BHBBHB3sI",
        *_PAD_TIMES,
        _BYTES_BCD_LEFT,
        size,
        0,
        _ON_PAD << 8 | _ON_PAD,
        _WHEN_CONFIRMED,
        _ALL_MESSAGES,
        _CHINESE,
        0,
        bytes(3),
        len(command),
    )
    return head + command
