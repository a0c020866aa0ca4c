"""Opening the holder file of a 3.0 card by a security module (cards.md A3, A6).

The order: SELECT once more, for the algorithm that the application names; two random numbers and
INTERNAL AUTHENTICATE; two more, which the card keeps for EXTERNAL AUTHENTICATE. Selecting again
afterwards would close the file.
"""

from __future__ import annotations

import re

from card_reader.apdu import Channel, Response, application_told, ask, exchange, send
from card_reader.faults import CardError
from card_reader.security_module import (
    BLOCK,
    Challenge,
    ChipId,
    ModuleFailed,
    Proof,
    SecurityModule,
)
from desktop.domain.problems import Problem, ProblemCode

_TRIPLE_DES = 1
_ALGORITHM = re.compile(rb"\x9f\x0c\x03\x86\x01(.)", re.DOTALL)
_GET_CHALLENGE = bytes((0x00, 0x84, 0x00, 0x00, BLOCK))
_INTERNAL_AUTHENTICATE = bytes((0x00, 0x88, 0x00, 0x00, 2 * BLOCK))
_EXTERNAL_AUTHENTICATE = bytes((0x00, 0x82, 0x00, 0x0A, 2 * BLOCK))
"""0A names the key RKSSSE, which opens EF06 for reading."""
_COUNTED = range(0x63C0, 0x63D0)
"""Refused, and x more tries before the card locks the key for good."""


class NotOpened(Exception):
    """The holder file stays closed; says why, for the IT department."""


class Openings:
    """Remembers the cards that refused the module: another try would bring them nearer to a lock."""

    def __init__(self) -> None:
        self._refused: set[bytes] = set()

    def open(
        self, channel: Channel, application: bytes, chip: ChipId, module: SecurityModule
    ) -> Problem | None:
        """Open the file of the card that has this application; None, or why it stays closed.

        Raises :class:`CardError` (CARD_NOT_GENUINE) when the card fails its own proof.
        """
        if chip.card_sn in self._refused:
            return Problem(ProblemCode.CARD_NOT_OPENED, "这张卡拒绝过本机的安全模块")
        try:
            self._authenticate(channel, application, chip, module)
        except (NotOpened, ModuleFailed) as why:
            return Problem(ProblemCode.CARD_NOT_OPENED, str(why))
        return None

    def _authenticate(
        self, channel: Channel, application: bytes, chip: ChipId, module: SecurityModule
    ) -> None:
        from hmac import compare_digest  # brings OpenSSL, 4 MiB: not before there is such a card

        challenge, proved = _challenge(channel, application, chip)
        proof = module.answer(challenge)
        if not _fits(proof):
            raise NotOpened("安全模块的回答长度不对")
        if not compare_digest(proof.internal[:BLOCK], proved):
            raise CardError(ProblemCode.CARD_NOT_GENUINE)
        opened = send(channel, _EXTERNAL_AUTHENTICATE + proof.external)
        if opened.sw in _COUNTED:
            self._refused.add(chip.card_sn)
        if not opened.ok:
            raise NotOpened(f"外部认证 {opened.sw:04X}")


def _challenge(channel: Channel, application: bytes, chip: ChipId) -> tuple[Challenge, bytes]:
    """The card's challenge, and what the card itself made of its first half."""
    told = _expect(application_told(channel, application), "选择应用")
    internal_data, internal_factor = _random(channel), _random(channel)
    internal = ask(channel, _INTERNAL_AUTHENTICATE + internal_factor + internal_data)
    proved = _expect(internal, "内部认证").data[:BLOCK]
    if len(proved) < BLOCK:
        raise NotOpened("内部认证没有结果")
    external_data, external_factor = _random(channel), _random(channel)
    random = (internal_factor, internal_data, external_factor, external_data)
    return Challenge(chip, _algorithm(told.data), *random), proved


def _random(channel: Channel) -> bytes:
    number = _expect(exchange(channel, _GET_CHALLENGE), "取随机数").data
    if len(number) != BLOCK:
        raise NotOpened("取随机数长度不对")
    return number


def _expect(response: Response, step: str) -> Response:
    if not response.ok:
        raise NotOpened(f"{step} {response.sw:04X}")
    return response


def _algorithm(told: bytes) -> int:
    """A card that names none is one of 3DES (cards.md A3)."""
    found = _ALGORITHM.search(told)
    return found[1][0] if found else _TRIPLE_DES


def _fits(proof: Proof) -> bool:
    return len(proof.internal) >= BLOCK and len(proof.external) == 2 * BLOCK
