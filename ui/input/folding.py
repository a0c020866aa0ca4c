"""Undoes what a Chinese input method and CapsLock do to a scanner's text (cards.md A8)."""

from __future__ import annotations

_TO_ASCII = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
_CAPITAL_VOUCHER = "OPC"


def half_width(text: str) -> str:
    """Full-width digits, letters and signs as the plain ones that the scanner sent."""
    return text.translate(_TO_ASCII)


def as_sent(text: str) -> str:
    """The text as the scanner sent it: half width, trimmed, CapsLock undone.

    CapsLock turns every letter round, so that an ``opc`` voucher arrives as ``OPC``; turning all
    of them round again restores it exactly. An ID number's X is folded by its own type.
    """
    plain = half_width(text).strip()
    return plain.swapcase() if plain.startswith(_CAPITAL_VOUCHER) else plain
