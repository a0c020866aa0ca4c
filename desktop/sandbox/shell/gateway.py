"""The x-tif gateway in front of the platform (interface document 1.3, variant 1); pure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from hashlib import sha256
from hmac import compare_digest
from typing import Final

from desktop.domain.times import CHINA

PAASID: Final = "practice"
TOKEN: Final = "practice-secret"  # noqa: S105 - in the contract for everybody to know
TOLERANCE: Final = timedelta(minutes=5)
_HEADERS = ("x-tif-paasid", "x-tif-timestamp", "x-tif-nonce", "x-tif-signature")


def complaint(headers: Mapping[str, str], now: datetime) -> str | None:
    """What the gateway has against a request; None lets it pass. ``now`` is the real clock."""
    paasid, stamp, nonce, signature = (headers.get(name, "") for name in _HEADERS)
    if not (paasid and stamp and nonce and signature):
        return "缺少服务网关的请求头!"
    if paasid != PAASID:
        return "非法用户!"
    moment = _moment(stamp)
    if moment is None or abs(now - moment) > TOLERANCE:
        return "签名时间戳超时!"
    if not compare_digest(signature.encode(), sign(stamp, nonce).encode()):
        return "签名不一致!"
    return None


def sign(stamp: str, nonce: str) -> str:
    """Lower-case hex of SHA-256 over stamp, token, nonce, stamp."""
    return sha256(f"{stamp}{TOKEN}{nonce}{stamp}".encode()).hexdigest()


def _moment(stamp: str) -> datetime | None:
    """Unix seconds as +08:00 without zone."""
    if not (stamp.isascii() and stamp.isdecimal() and len(stamp) <= 10):
        return None
    return datetime.fromtimestamp(int(stamp), CHINA).replace(tzinfo=None)
