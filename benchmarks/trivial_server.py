"""Answers every request alike and at once: the other side of the load generator's ceiling.

``python -m benchmarks.trivial_server`` prints its address and ends with its stdin.
"""

from __future__ import annotations

import asyncio
import re
import sys
from typing import Final

_LENGTH: Final = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
_END: Final = b"\r\n\r\n"
_BODY: Final = b'{"infcode":0,"output":{"data":{"mdtrt_id":"4301000000000000001"}},"pad":"%s"}' % (
    b"x" * 1400
)
"""As long as a settlement's answer."""
_ANSWER: Final = b"HTTP/1.1 200 OK\r\ncontent-length: %d\r\n\r\n%s" % (len(_BODY), _BODY)


class _Answering(asyncio.Protocol):
    def __init__(self) -> None:
        self._asked = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._asked += data
        head = self._asked.find(_END)
        length = _LENGTH.search(self._asked, 0, head) if head > 0 else None
        if length is not None and len(self._asked) >= head + len(_END) + int(length[1]):
            self._asked = b""
            self._transport.write(_ANSWER)


async def _serve() -> None:
    loop = asyncio.get_running_loop()
    server = await loop.create_server(_Answering, "127.0.0.1", 0)
    host, port = server.sockets[0].getsockname()
    print(f"http://{host}:{port}", flush=True)
    await loop.run_in_executor(None, sys.stdin.read)
    server.close()


if __name__ == "__main__":
    asyncio.run(_serve())
