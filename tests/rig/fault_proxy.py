"""Stands on loopback between a desk and the practice platform, and spoils one exchange at a time."""

from __future__ import annotations

import json
import re
import socket
import struct
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from typing import Self
from urllib.parse import urlsplit

_AT_ONCE = struct.pack("ii", 1, 0)
_NAME = re.compile(rb'"(?:infno|transType)":\s*"([\w.]+)"')
_TICK = 0.02
_PATIENCE = 10.0
_SORRY = b"<html><body><h1>Bad Gateway</h1></body></html>"
_RUBBISH = b'\x00\xff\xfe{"infcode":0,"output":\xd6\xd0\xce\xc4\x80'
_TURNED_AWAY = json.dumps({"code": 401, "message": "签名校验不通过"}).encode()


class Fault(StrEnum):
    """What a network, or a gateway on it, does to one exchange."""

    REFUSED = "connection refused"
    HUNG_UP = "accepted and closed"
    RESET_IN_REQUEST = "reset in mid-request"
    UNAUTHORISED = "401 of the gateway"
    RESET_AFTER_REQUEST = "reset after the request"
    STALLED = "no answer"
    HALF = "half an answer"
    GARBAGE = "garbage"
    SLOW = "byte by byte"
    TWICE = "answered twice"
    HTTP500 = "HTTP 500"
    HTTP502 = "HTTP 502"
    TOO_LONG = "a Content-Length beyond the answer"
    TOO_SHORT = "a Content-Length within the answer"


AT_THE_DOOR = frozenset((Fault.REFUSED, Fault.HUNG_UP))
"""Happen before anything is asked, so that nobody can wait for a transaction to spoil."""
NEVER_ARRIVES = AT_THE_DOOR | {Fault.RESET_IN_REQUEST, Fault.UNAUTHORISED}
"""The platform surely hears nothing of the request."""
SURELY_NOT_SENT = frozenset((Fault.REFUSED, Fault.UNAUTHORISED))
"""And the desk can know that."""


@dataclass(frozen=True, slots=True)
class _Answer:
    """One whole HTTP answer of the platform."""

    head: bytes
    """Status line and headers, without Content-Length and the empty line."""
    body: bytes

    def told(self, length: int | None = None) -> bytes:
        size = len(self.body) if length is None else length
        return self.head + b"\r\ncontent-length: %d\r\n\r\n" % size + self.body


class FaultProxy:
    """Passes everything on but what it was told to spoil; a fault serves once."""

    def __init__(self, upstream: str) -> None:
        parts = urlsplit(upstream)
        assert parts.hostname == "127.0.0.1"
        assert parts.port is not None
        self._upstream = (parts.hostname, parts.port)
        self._faults: dict[str, Fault] = {}
        self._hang_up = False
        self._closing = threading.Event()
        self._lock = threading.Lock()
        self._connections: set[socket.socket] = set()
        self._threads: list[threading.Thread] = []
        self._shut = threading.Event()
        self._door = self._listen(0)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._port}"

    def spoil(self, infno: str, fault: Fault) -> None:
        """Spoil the next exchange of this transaction; those at the door are not for this."""
        assert fault not in AT_THE_DOOR
        self._faults[infno] = fault

    def refuse(self) -> None:
        """Nobody listens any more, and what was open is closed."""
        self._shut.set()
        self._keeper.join(_PATIENCE)
        self._door.close()
        self._drop()

    def hang_up_next(self) -> None:
        """What was open is closed; the next connection is accepted and closed."""
        self._hang_up = True
        self._drop()

    def heal(self) -> None:
        """Everything passes again."""
        self._faults.clear()
        self._hang_up = False
        if self._shut.is_set():
            self._shut.clear()
            self._door = self._listen(self._port)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._closing.set()
        self.refuse()
        for thread in self._threads:
            thread.join(_PATIENCE)

    def _listen(self, port: int) -> socket.socket:
        door = socket.create_server(("127.0.0.1", port))
        door.settimeout(_TICK)
        self._port = door.getsockname()[1]
        self._keeper = self._start(lambda: self._accept(door))
        return door

    def _start(self, work: Callable[[], None]) -> threading.Thread:
        self._threads = [thread for thread in self._threads if thread.is_alive()]
        thread = threading.Thread(target=work, daemon=True)
        self._threads.append(thread)
        thread.start()
        return thread

    def _accept(self, door: socket.socket) -> None:
        while not self._shut.is_set():
            with suppress(TimeoutError):
                self._welcome(door.accept()[0])

    def _welcome(self, client: socket.socket) -> None:
        if self._hang_up:
            self._hang_up = False
            client.close()
            return
        client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        client.settimeout(_TICK)
        with self._lock:
            self._connections.add(client)
        self._start(lambda: self._serve(client))

    def _drop(self) -> None:
        with self._lock:
            open_now, self._connections = self._connections, set()
        for client in open_now:
            with suppress(OSError):
                client.shutdown(socket.SHUT_RDWR)

    def _serve(self, client: socket.socket) -> None:
        with suppress(OSError), client:
            while request := self._request(client):
                if not self._exchange(client, request):
                    return

    def _request(self, client: socket.socket) -> bytes:
        """One whole request; b"" when the client has left."""
        got = b""
        while not _is_whole(got):
            more = self._some(client)
            if not more:
                return b""
            got += more
        return got

    def _some(self, client: socket.socket) -> bytes:
        while not self._closing.is_set():
            with suppress(TimeoutError):
                return client.recv(65536)
        return b""

    def _exchange(self, client: socket.socket, request: bytes) -> bool:
        """True when the connection may serve again."""
        found = _NAME.search(request)
        fault = self._faults.pop(found[1].decode(), None) if found else None
        if fault is Fault.RESET_IN_REQUEST:
            return _reset(client)
        if fault is Fault.UNAUTHORISED:
            client.sendall(_plain(200, _TURNED_AWAY))
            return True
        answer = _forwarded(self._upstream, request)
        if fault is None:
            client.sendall(answer.told())
            return True
        return self._spoilt(client, answer, fault)

    def _spoilt(self, client: socket.socket, answer: _Answer, fault: Fault) -> bool:
        whole = answer.told()
        match fault:
            case Fault.RESET_AFTER_REQUEST:
                return _reset(client)
            case Fault.STALLED:
                self._wait(client)
            case Fault.SLOW:
                self._drip(client, whole)
            case Fault.TOO_LONG:
                client.sendall(answer.told(len(answer.body) + 100))
                self._wait(client)
            case Fault.HALF:
                client.sendall(whole[: -len(answer.body) // 2])
            case _:
                client.sendall(_SPOILT[fault](answer))
                return True
        return False

    def _wait(self, client: socket.socket) -> None:
        """Until the client gives up."""
        while self._some(client):
            pass

    def _drip(self, client: socket.socket, whole: bytes) -> None:
        for place in range(len(whole)):
            if self._closing.wait(_TICK):
                return
            client.sendall(whole[place : place + 1])


_SPOILT: dict[Fault, Callable[[_Answer], bytes]] = {
    Fault.GARBAGE: lambda _: _plain(200, _RUBBISH),
    Fault.TWICE: lambda answer: answer.told() * 2,
    Fault.HTTP500: lambda _: _plain(500, _SORRY),
    Fault.HTTP502: lambda _: _plain(502, _SORRY),
    Fault.TOO_SHORT: lambda answer: answer.told(len(answer.body) - 20),
}


def _plain(status: int, body: bytes) -> bytes:
    return _Answer(b"HTTP/1.1 %d Spoilt\r\ncontent-type: application/json" % status, body).told()


def _reset(client: socket.socket) -> bool:
    client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _AT_ONCE)
    return False


def _is_whole(got: bytes) -> bool:
    """Is this a whole message, by its own Content-Length?"""
    head, end, body = got.partition(b"\r\n\r\n")
    return bool(end) and len(body) >= _length(head)


def _length(head: bytes) -> int:
    told = re.search(rb"(?i)\r\ncontent-length:\s*(\d+)", head)
    return int(told[1]) if told else 0


def _forwarded(upstream: tuple[str, int], request: bytes) -> _Answer:
    got = b""
    with socket.create_connection(upstream, timeout=_PATIENCE) as platform:
        platform.sendall(request)
        while not _is_whole(got):
            more = platform.recv(65536)
            assert more, "the platform closed before it had answered"
            got += more
    head, _, body = got.partition(b"\r\n\r\n")
    return _Answer(re.sub(rb"(?i)\r\ncontent-length:[^\r]*", b"", head), body)
