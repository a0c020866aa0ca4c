"""A request to a spooler, over HTTP on a socket of the file system or of the network.

Apart from what is asked, for ``http.client`` brings OpenSSL along: 6 MiB that a window does without
until something is printed.
"""

from __future__ import annotations

import socket
from http.client import HTTPConnection, HTTPException

_SECONDS = 10.0


def posted(server: str, path: str, body: bytes) -> bytes:
    """What the server answers; raises ``OSError``, also where it does not speak HTTP.

    ``server``: the path of a socket, or host and port.
    """
    connection = connection_to(server)
    try:
        connection.request("POST", path, body, {"Content-Type": "application/ipp"})
        return connection.getresponse().read()
    except HTTPException as fault:
        raise OSError(str(fault)) from fault
    finally:
        connection.close()


def connection_to(server: str) -> HTTPConnection:
    """Not connected yet."""
    if server.startswith("/"):
        return _SocketConnection(server)
    return HTTPConnection(server if ":" in server else f"{server}:631", timeout=_SECONDS)


class _SocketConnection(HTTPConnection):
    """HTTP over a socket of the file system."""

    def __init__(self, path: str) -> None:
        super().__init__("localhost", timeout=_SECONDS)
        self._path = path

    def connect(self) -> None:
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.settimeout(_SECONDS)
        self.sock.connect(self._path)
