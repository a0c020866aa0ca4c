"""The gateway in front of the platform: who may call at all (1.3)."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from desktop.domain.times import in_china


class Gateway(Protocol):
    """One kind of gateway authentication; the body is not signed."""

    def sign(self, now: datetime, nonce: str) -> dict[str, str]:
        """The HTTP headers that prove the caller; ``nonce`` is never used twice."""
        ...


@dataclass(frozen=True, slots=True)
class TifGateway:
    """``x-tif-*`` (1.3 variant 1): SHA-256 of timestamp + token + nonce + timestamp."""

    paasid: str
    token: str = field(repr=False)
    """The secret of the paasid; never logged."""

    def sign(self, now: datetime, nonce: str) -> dict[str, str]:
        seconds = str(int(in_china(now).timestamp()))
        text = seconds + self.token + nonce + seconds
        return {
            "x-tif-paasid": self.paasid,
            "x-tif-timestamp": seconds,
            "x-tif-nonce": nonce,
            "x-tif-signature": hashlib.sha256(text.encode()).hexdigest(),
        }
