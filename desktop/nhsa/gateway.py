"""The gateway in front of the platform: who may call at all (1.3)."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from msgspec import Struct

from desktop.domain.discreet import Discreet
from desktop.domain.times import in_china


class Gateway(Protocol):
    """One kind of gateway authentication; the body is not signed."""

    def sign(self, now: datetime, nonce: str) -> dict[str, str]:
        """The HTTP headers that prove the caller; ``nonce`` is never used twice."""
        ...


class TifGateway(Discreet, Struct, frozen=True):
    """``x-tif-*`` (1.3 variant 1): SHA-256 of timestamp + token + nonce + timestamp."""

    said = ("paasid",)

    paasid: str
    token: str
    """The secret of the paasid; never logged."""

    def sign(self, now: datetime, nonce: str) -> dict[str, str]:
        import hashlib

        seconds = str(int(in_china(now).timestamp()))
        text = seconds + self.token + nonce + seconds
        return {
            "x-tif-paasid": self.paasid,
            "x-tif-timestamp": seconds,
            "x-tif-nonce": nonce,
            "x-tif-signature": hashlib.sha256(text.encode()).hexdigest(),
        }
