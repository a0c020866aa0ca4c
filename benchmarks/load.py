"""A load generator: recorded settlements over kept connections, by bytes.

It reads of an answer where it ends, whether it is a yes, and the number of the visit; nothing
else, so that it asks faster than any platform answers. Its own ceiling is measured beside it,
against a server that answers without looking (:mod:`benchmarks.trivial_server`).
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import count
from time import perf_counter, process_time
from typing import Final
from urllib.parse import urlsplit

from benchmarks.bare_httpx import NO_VISIT, NO_VISIT_NUMBER, REGISTRATION, Sent, headers
from benchmarks.counter import visit_number

_FIRST_VISIT: Final = 600_000
_LENGTH: Final = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
_VISIT: Final = re.compile(rb'"mdtrt_id": *"([^"]+)"')
_YES: Final = re.compile(rb'"infcode": *"?0"?[,}]')
_END: Final = b"\r\n\r\n"


@dataclass(frozen=True, slots=True)
class Load:
    """What a run came to."""

    messages: int
    refused: int
    """Answers that were no yes: a run with any is worth nothing."""
    seconds: float
    latencies: tuple[float, ...]
    """Seconds from the question to the end of its answer, ascending."""
    busy: float
    """Share of a processor that the generator itself took."""

    @property
    def rate(self) -> float:
        """Messages a second."""
        return self.messages / self.seconds

    def within(self, share: float) -> float:
        """Milliseconds within which this share of the answers came."""
        return self.latencies[int(share * (len(self.latencies) - 1))] * 1000


@dataclass(slots=True)
class _Score:
    latencies: list[float] = field(default_factory=list)
    refused: int = 0
    numbers: Iterator[int] = field(default_factory=lambda: count(_FIRST_VISIT))


class _Window(asyncio.Protocol):
    """One connection that settles one visit after the other until it is told to stop."""

    def __init__(
        self, requests: Sequence[tuple[bytes, bytes]], score: _Score, ended: asyncio.Future[None]
    ) -> None:
        self.ended = ended
        self._requests = requests
        self._score = score
        self._place = 0
        self._visit = self._number = b""
        self._answer = b""
        self._sent = 0.0
        self.stopping = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        self._ask()

    def data_received(self, data: bytes) -> None:
        self._answer += data
        head = self._answer.find(_END)
        length = _LENGTH.search(self._answer, 0, head) if head > 0 else None
        if length is not None and len(self._answer) >= head + len(_END) + int(length[1]):
            self._answered()

    def connection_lost(self, exc: Exception | None) -> None:
        if exc is None and self.stopping:
            self.ended.set_result(None)
        else:
            self.ended.set_exception(exc or ConnectionError("the platform closed the connection"))

    def _answered(self) -> None:
        self._score.latencies.append(perf_counter() - self._sent)
        self._score.refused += _YES.search(self._answer) is None
        if self._place == REGISTRATION and (found := _VISIT.search(self._answer)):
            self._visit = found[1]
        self._place = (self._place + 1) % len(self._requests)
        if self.stopping:
            self._transport.close()
        else:
            self._ask()

    def _ask(self) -> None:
        if self._place == 0:
            self._number = visit_number(next(self._score.numbers)).encode()
        head, body = self._requests[self._place]
        body = body.replace(NO_VISIT_NUMBER, self._number).replace(NO_VISIT, self._visit)
        self._answer = b""
        self._sent = perf_counter()
        self._transport.write(b"%scontent-length: %d\r\n\r\n%s" % (head, len(body), body))


def load(url: str, sent: Sequence[Sent], windows: int, seconds: float) -> Load:
    """Settle over ``windows`` connections for so long; ``url`` stands for the recorded one."""
    return asyncio.run(_load(url, [_raw(request) for request in sent], windows, seconds))


async def _load(
    url: str, requests: Sequence[tuple[bytes, bytes]], windows: int, seconds: float
) -> Load:
    score, loop = _Score(), asyncio.get_running_loop()
    begun, worked = perf_counter(), process_time()
    made = [_Window(requests, score, loop.create_future()) for _ in range(windows)]
    for window in made:
        await _connect(window, url)
    await asyncio.sleep(seconds)
    spent, busy = perf_counter() - begun, process_time() - worked
    done = len(score.latencies)
    for window in made:
        window.stopping = True
    await asyncio.gather(*(window.ended for window in made))
    return Load(done, score.refused, spent, tuple(sorted(score.latencies)), busy / spent)


async def _connect(window: _Window, url: str) -> None:
    parts = urlsplit(url)
    loop = asyncio.get_running_loop()
    await loop.create_connection(lambda: window, parts.hostname or "", parts.port or 0)


def _raw(request: Sent) -> tuple[bytes, bytes]:
    """The head up to the length, signed once: the stamp serves five minutes."""
    path = urlsplit(request.url).path
    lines = [f"POST {path} HTTP/1.1", "host: 127.0.0.1"]
    lines += [f"{name}: {value}" for name, value in headers().items()]
    return ("\r\n".join(lines) + "\r\n").encode(), request.body
