"""The historical bytes of an ATR (ISO 7816-3); nothing is recognised by them."""

from __future__ import annotations


def historical_bytes(atr: bytes) -> bytes:
    """What stands after the interface bytes, without the check byte; b"" for no well-formed ATR."""
    if len(atr) < 2:
        return b""
    count, more, at = atr[1] & 0x0F, atr[1] >> 4, 2
    while more:
        at += more.bit_count()
        if not more & 0x8:
            break
        if at > len(atr):
            return b""
        more = atr[at - 1] >> 4
    historical = atr[at : at + count]
    return historical if len(historical) == count else b""
