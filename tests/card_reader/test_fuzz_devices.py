"""What devices send, spoilt a great many times: no crash, no hang, no half-read person.

Seeded, so that a failure is found again; the short run of each is in ``make test``. A hang is caught
by the test's own limit.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from unicodedata import category

import pytest

from card_reader.code_lines import CodeLines
from card_reader.id_reader import text_of
from card_reader.id_text import BadIdText, IdCard, id_card_of
from card_reader.sam_frames import BadFrame, Command, FrameReader
from desktop.domain.credential import CertKind
from desktop.domain.identifiers import IdNumber
from desktop.domain.scanned import ScannedKind, as_sent, classify_scan
from tests.rig.id_card import foreigner, new_foreigner, resident
from tests.rig.serial_device import framed

TEXTS = (
    resident(), resident(expires="长期"), resident(type="J", nation=""), foreigner(),
    new_foreigner(), new_foreigner(name="多简"),
)  # fmt: skip
CODES = (
    "4241234567890123456789430000",
    "opcAbCdEfGhIjKlMnOpQrStUvWxY",
    "990000198503121038",
    "134567890123456789",
    "https://example.invalid/健康码",
    "~]Q14241234567890123456789430000",
)
SHORT, LONG = 3_000, 150_000
Trial = Callable[[random.Random], None]


def spoilt(dice: random.Random, data: bytes) -> bytes:
    """Bytes changed, lost, doubled, inserted, cut: a few of it, or nothing."""
    changed = bytearray(data)
    for _ in range(dice.randrange(4)):
        place, kind = dice.randrange(len(changed) + 1), dice.randrange(4)
        if kind == 0:
            changed[place : place + 1] = bytes([dice.randrange(256)])
        elif kind == 1:
            del changed[place : place + dice.randrange(9)]
        elif kind == 2:
            changed[place:place] = changed[place : place + dice.randrange(40)]
        else:
            changed[place:place] = dice.randbytes(dice.randrange(9))
    return bytes(changed)


def whole_or_nobody(card: IdCard) -> None:
    """No half-read person: all that names somebody is there, of one piece, and agrees."""
    assert card.name
    assert card.number
    assert not card.nation or not card.nationality
    for told in (card.name, card.number, card.address, card.authority, card.nationality):
        assert not [sign for sign in told if category(sign) in ("Cc", "Cs")], "torn"
    if len(card.number) == 18:
        assert IdNumber.parse(card.number).birth == card.birth
    else:
        assert card.kind is CertKind.FOREIGNER


def frames(dice: random.Random) -> None:
    """A whole read: what the frame lets through is a card or none."""
    text = dice.choice(TEXTS)
    lengths = len(text).to_bytes(2, "big") + (64).to_bytes(2, "big")
    whole = framed(b"\x00\x00\x90" + lengths + text + bytes(64))
    sent = spoilt(dice, whole)
    reader = FrameReader()
    try:
        for at in range(0, len(sent), 97):
            reply = reader.feed(sent[at : at + 97])
            if reply is not None and reply.good(Command.READ):
                card = id_card_of(text_of(reply.data))
                whole_or_nobody(card)
                assert sent != whole or card == id_card_of(text)
    except (BadFrame, BadIdText):
        return


def texts(dice: random.Random) -> None:
    """A module whose frame is right and whose text is not."""
    try:
        whole_or_nobody(id_card_of(spoilt(dice, dice.choice(TEXTS)).ljust(256)[:256]))
    except BadIdText:
        return


def codes(dice: random.Random) -> None:
    """Codes through a disturbed line: each is something, and a credential is one as it stands."""
    lines = CodeLines("~")
    sent = spoilt(dice, b"".join(f"{dice.choice(CODES)}\r\n".encode() for _ in range(3)))
    for at in range(0, len(sent), 7):
        for code in lines.feed(sent[at : at + 7], at * 0.01):
            kind = classify_scan(code)
            assert kind is not ScannedKind.VOUCHER or len(as_sent(code)) == 28
            assert kind is not ScannedKind.ID_NUMBER or IdNumber.parse(as_sent(code)).number


@pytest.mark.parametrize("trial", [frames, texts, codes])
@pytest.mark.parametrize("times", [SHORT, pytest.param(LONG, marks=pytest.mark.slow)])
def test_nothing_that_is_spoilt_harms(trial: Trial, times: int) -> None:
    dice = random.Random(20261122)  # noqa: S311 - to be found again, not to be secret
    for _ in range(times):
        trial(dice)
