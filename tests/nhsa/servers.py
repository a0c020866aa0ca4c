"""Real sockets that answer as told: the ways in which a line fails."""

from __future__ import annotations

import json
import socket
import ssl
import struct
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

Script = Callable[[socket.socket, "Server"], None]
"""What to do with a connection after its request was read."""


@dataclass
class Server:
    """A listening loopback socket, what it was sent, and how often it was connected to."""

    listener: socket.socket
    over: threading.Event = field(default_factory=threading.Event)
    requests: list[bytes] = field(default_factory=list)
    connections: int = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.listener.getsockname()[1]}"


@contextmanager
def serving(script: Script, tls: ssl.SSLContext | None = None) -> Iterator[Server]:
    """Answer every request by ``script`` until the block ends."""
    listener = socket.create_server(("127.0.0.1", 0))
    server = Server(listener)
    workers: list[threading.Thread] = []
    acceptor = threading.Thread(target=_accept, args=(server, script, workers, tls))
    acceptor.start()
    try:
        yield server
    finally:
        server.over.set()
        with suppress(OSError):
            listener.shutdown(socket.SHUT_RDWR)
        acceptor.join()
        listener.close()
        for worker in workers:
            worker.join()


def _accept(
    server: Server, script: Script, workers: list[threading.Thread], tls: ssl.SSLContext | None
) -> None:
    while not server.over.is_set():
        try:
            connection, _ = server.listener.accept()
        except OSError:
            return
        server.connections += 1
        worker = threading.Thread(target=_serve, args=(connection, server, script, tls))
        workers.append(worker)
        worker.start()


def _serve(
    plain: socket.socket, server: Server, script: Script, tls: ssl.SSLContext | None
) -> None:
    with plain, suppress(OSError):
        plain.settimeout(1)
        connection = tls.wrap_socket(plain, server_side=True) if tls else plain
        _answer(connection, server, script)


def _answer(connection: socket.socket, server: Server, script: Script) -> None:
    connection.settimeout(0.05)
    with connection:
        while not server.over.is_set():
            request = _request(connection, server)
            if not request:
                return
            server.requests.append(request)
            script(connection, server)


def _request(connection: socket.socket, server: Server) -> bytes:
    """One whole request, or nothing when the other side or the test is done."""
    found = b""
    while not server.over.is_set() and not _is_whole(found):
        try:
            piece = connection.recv(65536)
        except TimeoutError:
            continue
        if not piece:
            return b""
        found += piece
    return found if _is_whole(found) else b""


def _is_whole(request: bytes) -> bool:
    head, _, body = request.partition(b"\r\n\r\n")
    lengths = [
        int(line.split(b":")[1])
        for line in head.split(b"\r\n")
        if line.lower().startswith(b"content-length:")
    ]
    return bool(lengths) and len(body) >= lengths[0]


def body_of(request: bytes) -> bytes:
    return request.partition(b"\r\n\r\n")[2]


def http(
    body: bytes, *, status: str = "200 OK", length: int | None = None, more: str = ""
) -> bytes:
    """A whole HTTP answer; ``length`` may lie."""
    size = len(body) if length is None else length
    head = f"HTTP/1.1 {status}\r\nContent-Length: {size}\r\n{more}\r\n"
    return head.encode() + body


def sending(answer: bytes) -> Script:
    return lambda connection, _server: connection.sendall(answer)


def sending_json(tree: object) -> Script:
    return sending(http(json.dumps(tree).encode()))


def breaking_off(answer: bytes) -> Script:
    """Send this much, then close."""

    def script(connection: socket.socket, _server: Server) -> None:
        connection.sendall(answer)
        connection.shutdown(socket.SHUT_RDWR)

    return script


def resetting(connection: socket.socket, _server: Server) -> None:
    """Close with RST, as a firewall does."""
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    connection.close()


def silent(_connection: socket.socket, server: Server) -> None:
    """Never answer."""
    server.over.wait(10)


def dripping(first: bytes) -> Script:
    """Send ``first``, then a byte now and then, always in time for the next read."""

    def script(connection: socket.socket, server: Server) -> None:
        connection.sendall(first)
        while not server.over.wait(0.05):
            connection.sendall(b"a")

    return script


@contextmanager
def refusing() -> Iterator[str]:
    """The address of a port on which nobody listens, kept from anybody else."""
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        yield f"http://127.0.0.1:{holder.getsockname()[1]}"


@contextmanager
def never_accepting() -> Iterator[str]:
    """The address of a listener whose queue is full: a connection is never made."""
    with socket.create_server(("127.0.0.1", 0), backlog=0) as listener:
        address = listener.getsockname()
        crowd = [socket.socket() for _ in range(4)]
        for one in crowd:
            one.setblocking(False)
            one.connect_ex(address)
        try:
            yield f"http://127.0.0.1:{address[1]}"
        finally:
            for one in crowd:
                one.close()
