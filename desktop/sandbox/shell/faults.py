"""Carries out the faults of the control surface on a real connection."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from email.utils import formatdate
from typing import Final, NamedTuple

from starlette.requests import Request
from starlette.responses import Response

from desktop.sandbox.model import Fault
from desktop.sandbox.shell import connection
from desktop.sandbox.shell.failures import report


class Sealed(NamedTuple):
    """An answer as it goes out."""

    body: bytes
    media: str


Seal = Callable[[], Sealed]
"""Makes the answer at the moment it goes out."""


class Done(NamedTuple):
    """A transaction that was carried out."""

    seal: Seal | None
    """None: the national exchange lost the message, nobody answers."""
    seconds: float = 0.0
    """How long its answer is on the way."""


Work = Callable[[], Done]
"""Does the transaction and books what there is to book."""

JSON: Final = "application/json;charset=UTF-8"
STREAM: Final = "application/octet-stream"
RUBBISH: Final = b'\x00\xff\xfe{"infcode":0,"output":{"setlinfo":\xd6\xd0\xce\xc4\x80\x00'
SORRY: Final = (
    "<html><head><title>500 Internal Server Error</title></head>"
    "<body><h1>Internal Server Error</h1></body></html>"
)


@dataclass(frozen=True, slots=True)
class Exchange:
    """One request under way; ``empty`` is an answer of the right form that says nothing."""

    request: Request
    work: Work
    empty: Seal


@dataclass(frozen=True, slots=True)
class Later:
    """Bookings that come late, and what holds open connections at the end of the process."""

    closing: asyncio.Event = field(default_factory=asyncio.Event)
    tasks: set[asyncio.Task[None]] = field(default_factory=set)

    def book(self, work: Work, seconds: float) -> None:
        task = asyncio.get_running_loop().create_task(_late(work, seconds))
        self.tasks.add(task)
        task.add_done_callback(self._done)

    def _done(self, task: asyncio.Task[None]) -> None:
        self.tasks.discard(task)
        error = None if task.cancelled() else task.exception()
        if error is not None:
            report(error)

    def forget(self) -> None:
        for task in tuple(self.tasks):
            task.cancel()


async def _late(work: Work, seconds: float) -> None:
    await asyncio.sleep(seconds)
    work()


async def told(exchange: Exchange, later: Later) -> Response:
    """Do the work and answer, or fall silent where the message was lost."""
    return await _answer(exchange.request, exchange.work(), later)


async def _answer(request: Request, done: Done, later: Later) -> Response:
    if done.seal is None:
        return await _silent(request, later)
    if done.seconds and await _wait(request, later, done.seconds):
        return await connection.close(request)
    sealed = done.seal()
    return Response(sealed.body, media_type=sealed.media)


async def spoil(exchange: Exchange, fault: Fault, later: Later) -> Response:
    """Do the work or not, as the fault's ``when`` says, and spoil the answer."""
    if fault.what == "late":
        later.book(exchange.work, fault.seconds)
        return await _silent(exchange.request, later)
    if fault.what == "duplicate":
        done = exchange.work()
        exchange.work()
        return await _answer(exchange.request, done, later)
    if fault.what == "delay":
        return await _delayed(exchange, fault, later)
    seal = exchange.work().seal if fault.when == "after" else exchange.empty
    if seal is None:
        return await _silent(exchange.request, later)
    return await _spoilt(exchange.request, fault.what, seal, later)


async def _spoilt(request: Request, what: str, seal: Seal, later: Later) -> Response:
    if what == "drop":
        return await _silent(request, later)
    if what == "reset":
        return await connection.reset(request)
    if what == "http500":
        return Response(SORRY, 500, media_type="text/html")
    if what == "garble":
        return Response(RUBBISH, media_type=JSON)
    assert what == "truncate", what
    sealed = seal()
    return await connection.half(request, _head(sealed), sealed.body)


async def _delayed(exchange: Exchange, fault: Fault, later: Later) -> Response:
    """Before: a client that leaves meanwhile has booked nothing. After: it is booked at once."""
    done = exchange.work() if fault.when == "after" else None
    left = await _wait(exchange.request, later, fault.seconds)
    if left:
        return await connection.close(exchange.request)
    return await _answer(exchange.request, done or exchange.work(), later)


async def _silent(request: Request, later: Later) -> Response:
    """Never answers; the connection ends with the client or with the process."""
    await _wait(request, later, None)
    return await connection.close(request)


async def _wait(request: Request, later: Later, seconds: float | None) -> bool:
    """True when the client left or the process ends before the time is up."""
    events: tuple[Awaitable[object], ...] = (connection.gone(request), later.closing.wait())
    tasks = [asyncio.ensure_future(event) for event in events]
    done, waiting = await asyncio.wait(tasks, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
    for task in waiting:
        task.cancel()
    await asyncio.gather(*waiting, return_exceptions=True)
    return bool(done)


def _head(sealed: Sealed) -> bytes:
    lines = (
        "HTTP/1.1 200 OK",
        f"date: {formatdate(usegmt=True)}",
        f"content-type: {sealed.media}",
        f"content-length: {len(sealed.body)}",
    )
    return ("\r\n".join(lines) + "\r\n\r\n").encode()
