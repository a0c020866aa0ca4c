"""Security modules for tests: the card's own keys, kept by whoever answers."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, HTTPServer

from card_reader.security_module import Challenge, Proof
from tests.rig.virtual_card import EXTERNAL_KEY, INTERNAL_KEY, sealed


@dataclass
class Keys:
    """A module of the process itself: right keys unless told otherwise."""

    internal: str = INTERNAL_KEY
    external: str = EXTERNAL_KEY
    asked: list[Challenge] = field(default_factory=list)

    def answer(self, challenge: Challenge) -> Proof:
        self.asked.append(challenge)
        serial = challenge.chip.card_sn[-8:]
        factor = challenge.external_factor
        proved = sealed(self.internal, serial, challenge.internal_factor, challenge.internal_data)
        opened = sealed(self.external, serial, factor, challenge.external_data)
        return Proof(proved, factor + opened)


@dataclass
class Machine:
    """The central 密码机 as a web server, and every line it was sent."""

    url: str = ""
    lines: list[str] = field(default_factory=list)
    status: int = 200
    body: bytes | None = None
    """Said instead of the right answer."""
    pause: float = 0.0
    """Seconds before each byte of the answer."""

    def answer(self, line: str) -> bytes:
        self.lines.append(line)
        if self.body is not None:
            return self.body
        card_sn, r1, r2, r3, r4 = (bytes.fromhex(part) for part in line.split("|")[3:8])
        serial = card_sn[-8:]
        internal = sealed(INTERNAL_KEY, serial, r1, r2) + r2
        external = r3 + sealed(EXTERNAL_KEY, serial, r3, r4)
        return f"{internal.hex().upper()}|{external.hex().upper()}|".encode()


@contextmanager
def machine() -> Iterator[Machine]:
    """On a loopback port of its own, until the block ends."""
    told, over = Machine(), threading.Event()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            line = self.rfile.read(int(self.headers["Content-Length"])).decode("ascii")
            body = told.answer(line)
            self.send_response(told.status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self._say(body)

        def _say(self, body: bytes) -> None:
            if not told.pause:
                self.wfile.write(body)
                return
            for byte in body:
                if over.wait(told.pause):
                    return
                self.wfile.write(bytes((byte,)))
                self.wfile.flush()

        def log_message(self, *_: object) -> None:
            """Quiet."""

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        told.url = f"http://127.0.0.1:{server.server_address[1]}/"
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        try:
            yield told
        finally:
            over.set()
            server.shutdown()
            thread.join()
