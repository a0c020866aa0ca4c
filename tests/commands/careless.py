"""A careless platform: the practice platform behind a server that changes some of its answers."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import httpx

Edit = Callable[[dict[str, Any]], None]
"""Changes the answer's tree in place."""


@contextmanager
def careless(url: str, infno: str, edit: Edit) -> Iterator[str]:
    """The address of a server that passes everything on to ``url`` and edits ``infno``."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            answer = _passed_on(url + self.path, dict(self.headers), body)
            if json.loads(body).get("infno") == infno:
                tree = json.loads(answer)
                edit(tree)
                answer = json.dumps(tree).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json;charset=UTF-8")
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *_: object) -> None:
            """Quiet."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}"
        finally:
            server.shutdown()
            thread.join()


def _passed_on(url: str, headers: dict[str, str], body: bytes) -> bytes:
    kept = {name: value for name, value in headers.items() if name.lower() != "host"}
    return httpx.post(url, headers=kept, content=body, trust_env=False).content
