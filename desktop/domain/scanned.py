"""A text that a scanner or camera read: what was meant, and what kind of code it is (B01).

Everything here goes by shape: no code is asked about anywhere before it is known for a voucher.
"""

from __future__ import annotations

import re
from enum import Enum

from desktop.domain.identifiers import BadIdentifier, IdNumber

_TO_ASCII = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
_CAPITAL_VOUCHER = "OPC"
_SYMBOLOGY = re.compile(r"\A\][A-Za-z][0-9A-Za-z]", re.ASCII)
"""AIM's mark of the kind of code: ``]Q1``."""


FUNCTION_KEYS = tuple(f"F{number}" for number in range(1, 25))
"""What keyboards have, and scanners can send before a code (cards.md A8)."""


class ScannedKind(Enum):
    """What a code looks like; the value and the words for a code that cannot serve, "" for none."""

    VOUCHER = ("voucher", "")
    """医保码: 28 characters, 424 and digits, or opc from apps of the open platform."""
    ID_NUMBER = ("id-number", "像是身份证号")
    TORN_VOUCHER = ("torn-voucher", "像是医保码，但没有扫全")
    WECHAT_PAY = ("wechat-pay", "像是微信付款码")
    ALIPAY = ("alipay", "像是支付宝付款码")
    UNIONPAY = ("unionpay", "像是云闪付付款码或银行卡号")
    BANK_CARD = ("bank-card", "像是银行卡号")
    CARD_NUMBER = ("card-number", "像是社会保障卡号")
    HEALTH_CARD = ("health-card", "像是电子健康卡")
    LINK = ("link", "像是健康码或网页")
    UNKNOWN = ("unknown", "")

    def __init__(self, code: str, words: str) -> None:
        self.code = code
        self.words = words


_SHAPES: tuple[tuple[ScannedKind, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(shape, re.ASCII))
    for kind, shape in (
        (ScannedKind.TORN_VOUCHER, r"424\d*|opc\w*"),
        (ScannedKind.WECHAT_PAY, r"1[0-5]\d{16}"),
        (ScannedKind.ALIPAY, r"(2[5-9]|30)\d{14,22}"),
        (ScannedKind.UNIONPAY, r"62\d{17}"),
        (ScannedKind.BANK_CARD, r"62\d{14,16}"),
        (ScannedKind.CARD_NUMBER, r"[A-Z]\d{8}"),
        (ScannedKind.HEALTH_CARD, r"[0-9A-Fa-f]{64}(:.*)?"),
        (ScannedKind.LINK, r"[A-Za-z][A-Za-z0-9+.-]*://.*"),
    )
)
"""What patients show by mistake: payment codes have 18 digits (微信), 16 to 24 (支付宝), 19 (云闪付)."""

_VOUCHER = re.compile(r"(424\d{25}|opc\w{25})", re.ASCII)
BIRTH_YEARS = range(1900, 2100)
"""Of the living: one payment code in a hundred thousand has such a date and the right last digit."""


def as_sent(text: str) -> str:
    """The code as it was scanned: half width, trimmed, CapsLock undone (cards.md A8), and without
    the kind of code that some scanners name before it.

    CapsLock turns every letter round, so that an ``opc`` voucher arrives as ``OPC``; turning all
    of them round again restores it exactly. An ID number's X is folded by its own type.
    """
    plain = _SYMBOLOGY.sub("", text.translate(_TO_ASCII).strip(), count=1)
    return plain.swapcase() if plain.startswith(_CAPITAL_VOUCHER) else plain


def classify_scan(text: str) -> ScannedKind:
    """What the code is by its shape; ``text`` may still be as a wedge or input method left it."""
    sent = as_sent(text)
    if _VOUCHER.fullmatch(sent):
        return ScannedKind.VOUCHER
    if _is_id_number(sent):
        return ScannedKind.ID_NUMBER
    return next((kind for kind, shape in _SHAPES if shape.fullmatch(sent)), ScannedKind.UNKNOWN)


def _is_id_number(sent: str) -> bool:
    try:
        return IdNumber.parse(sent).birth.year in BIRTH_YEARS
    except BadIdentifier:
        return False
