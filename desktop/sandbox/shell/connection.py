"""A connection that may be spoilt: uvicorn's own protocol, with its transport within reach."""

from __future__ import annotations

import asyncio
import socket
import struct
import sys
from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send
from uvicorn.protocols.http.h11_impl import H11Protocol

_TRANSPORT: Final = "transport"
_RESET_ON_CLOSE: Final = struct.pack("hh" if sys.platform == "win32" else "ii", 1, 0)


class OpenProtocol(H11Protocol):
    """Hands the transport on in the scope's state."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        self.app_state = {**self.app_state, _TRANSPORT: transport}
        super().connection_made(transport)


class NoResponse(Response):
    """Sends nothing: the connection was dealt with by hand."""

    async def __call__(self, _scope: Scope, _receive: Receive, _send: Send) -> None:
        return None


def _transport(request: Request) -> asyncio.Transport:
    found = request.scope["state"][_TRANSPORT]
    assert isinstance(found, asyncio.Transport)
    return found


async def gone(request: Request) -> None:
    """Waits until the client has left."""
    while (await request.receive())["type"] != "http.disconnect":
        pass


async def reset(request: Request) -> NoResponse:
    """Close the connection with RST."""
    transport = _transport(request)
    plug: socket.socket = transport.get_extra_info("socket")
    plug.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET_ON_CLOSE)
    transport.abort()
    await gone(request)
    return NoResponse()


async def close(request: Request) -> NoResponse:
    transport = _transport(request)
    transport.abort()
    await gone(request)
    return NoResponse()


async def half(request: Request, head: bytes, body: bytes) -> NoResponse:
    """Promise the whole body, send half of it, close."""
    transport = _transport(request)
    transport.write(head + body[: len(body) // 2])
    transport.close()
    await gone(request)
    return NoResponse()
