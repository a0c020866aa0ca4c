"""The practice platform as a process of its own, with a typed client of its control surface."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

_PATIENCE = 15.0
_FRESH = httpx.Limits(max_keepalive_connections=0)
"""A connection for each call, so that one spoilt by a fault is never used again."""


@dataclass(frozen=True, slots=True)
class Practice:
    """A running practice platform."""

    url: str
    http: httpx.Client
    process: subprocess.Popen[str]

    def call(self, method: str, path: str, body: object = None) -> Any:
        """One control call; raises :class:`httpx.HTTPStatusError` unless it is answered 200."""
        content = None if body is None else json.dumps(body).encode()
        answer = self.http.request(method, f"{self.url}/practice/{path}", content=content)
        answer.raise_for_status()
        return answer.json()

    def reset(self) -> None:
        self.call("POST", "reset")

    def options(self, **options: object) -> Mapping[str, Any]:
        return dict(self.call("PUT", "options", options))

    def clock(self, now: str | None) -> Mapping[str, Any]:
        """Move business time to ``yyyy-mm-ddThh:mm:ss``; None lets it run again."""
        return dict(self.call("PUT", "clock", {"now": now}))

    def area(self, area: str, **behaviour: object) -> Mapping[str, Any]:
        return dict(self.call("PUT", f"areas/{area}", behaviour))

    def institution(self, code: str, **facts: object) -> Mapping[str, Any]:
        return dict(self.call("PUT", f"institutions/{code}", facts))

    def put_person(self, certno: str, person: Mapping[str, Any]) -> Mapping[str, Any]:
        return dict(self.call("PUT", f"people/{certno}", person))

    def person(self, certno: str) -> Mapping[str, Any]:
        return dict(self.call("GET", f"people/{certno}"))

    def file(self, certno: str, filing: Mapping[str, Any]) -> Mapping[str, Any]:
        return dict(self.call("POST", f"people/{certno}/filings", filing))

    def elsewhere(
        self, certno: str, date: str, fund: str, deductible: str = "0.00"
    ) -> Mapping[str, Any]:
        body = {"date": date, "fund": fund, "deductible": deductible}
        return dict(self.call("POST", f"people/{certno}/elsewhere", body))

    def catalogue(self, code: str, item: Mapping[str, Any]) -> Mapping[str, Any]:
        return dict(self.call("PUT", f"catalogue/{code}", item))

    def voucher(self, certno: str) -> str:
        """A fresh QR code of 28 digits."""
        return str(self.call("POST", "vouchers", {"certno": certno})["qr"])

    def terminal(self, certno: str | None, result: str = "ok") -> Mapping[str, Any]:
        """Who stands before the face terminal, and what it makes of them."""
        return dict(self.call("PUT", "terminal", {"certno": certno, "result": result}))

    def fault(self, infno: str, when: str, what: str, seconds: float = 0, times: int = 1) -> None:
        body = {"infno": infno, "when": when, "what": what, "seconds": seconds, "times": times}
        self.call("POST", "faults", body)

    def clear_faults(self) -> None:
        self.call("DELETE", "faults")

    def settlements(self, certno: str | None = None) -> list[Mapping[str, Any]]:
        query = f"?certno={certno}" if certno else ""
        return list(self.call("GET", f"settlements{query}"))

    def log(self, msgid: str | None = None, limit: int = 100) -> list[Mapping[str, Any]]:
        """The last messages with their hops, oldest first."""
        named = f"&msgid={msgid}" if msgid else ""
        return list(self.call("GET", f"log?limit={limit}{named}"))


@contextmanager
def practice(data: Path | None = None, port: int = 0) -> Iterator[Practice]:
    """Run the platform in its own process; it ends with the block.

    By the front door, ``kuasheng practice``.
    """
    program = [sys.executable, "-m", "desktop", "practice", "--port", str(port)]
    kept = [] if data is None else ["--data", str(data)]
    process = subprocess.Popen([*program, *kept], stdout=subprocess.PIPE, text=True)
    try:
        url = _url(process)
        with httpx.Client(trust_env=False, timeout=10, limits=_FRESH) as http:
            yield Practice(url, http, process)
    finally:
        stop(process)


def _url(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    line = process.stdout.readline()
    assert line, "the practice platform did not start"
    return str(json.loads(line)["url"])


def stop(process: subprocess.Popen[str]) -> int:
    """SIGTERM, and the exit code."""
    process.terminate()
    try:
        return process.wait(_PATIENCE)
    except subprocess.TimeoutExpired:
        process.kill()
        raise
    finally:
        if process.stdout is not None:
            process.stdout.close()
