"""A desk over a real socket."""

from __future__ import annotations

import json
import time
import uuid
from collections.abc import Mapping
from decimal import Decimal
from hashlib import sha256
from typing import Any

import httpx

from tests.rig.practice import Practice
from tests.sandbox.asking import Desk


def gateway(
    stamp: int | None = None, secret: str = "practice-secret", paasid: str = "practice"
) -> dict[str, str]:
    at = str(int(time.time()) if stamp is None else stamp)
    nonce = uuid.uuid4().hex
    return {
        "x-tif-paasid": paasid,
        "x-tif-timestamp": at,
        "x-tif-nonce": nonce,
        "x-tif-signature": sha256(f"{at}{secret}{nonce}{at}".encode()).hexdigest(),
        "content-type": "application/json",
    }


def post(
    practice: Practice,
    body: bytes,
    path: str = "/fsi/api/rsfComIfsService/callService",
    headers: Mapping[str, str] | None = None,
    wait: float = 10,
) -> httpx.Response:
    """On a connection of its own."""
    chosen = gateway() if headers is None else headers
    return practice.http.post(
        f"{practice.url}{path}", content=body, headers=dict(chosen), timeout=wait
    )


def told(answer: httpx.Response) -> Mapping[str, Any]:
    found: Mapping[str, Any] = json.loads(answer.content, parse_float=Decimal)
    return found


def http_desk(practice: Practice) -> Desk:
    return Desk(lambda _infno, body: told(post(practice, body)))
