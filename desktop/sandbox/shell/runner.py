"""uvicorn, told to say when it is ready and to end in peace."""

from __future__ import annotations

import json
import signal
import socket
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn
from starlette.applications import Starlette

from desktop.sandbox.shell.connection import OpenProtocol
from desktop.sandbox.shell.control_routes import control_routes
from desktop.sandbox.shell.failures import internal_error
from desktop.sandbox.shell.platform_routes import platform_routes
from desktop.sandbox.shell.service import Service


class Runner(uvicorn.Server):
    """Serves the given sockets until SIGTERM or SIGINT and lets ``run`` return."""

    def __init__(self, service: Service) -> None:
        super().__init__(_config(service))
        self._service = service

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            host, port = self.servers[0].sockets[0].getsockname()
            _say_ready(f"http://{host}:{port}")

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self._service.later.closing.set()
        self._service.later.forget()
        await super().shutdown(sockets)

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        wanted = (signal.SIGINT, signal.SIGTERM)
        before = {number: signal.signal(number, self.handle_exit) for number in wanted}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)


def _config(service: Service) -> uvicorn.Config:
    routes = [*platform_routes(service), *control_routes(service)]
    return uvicorn.Config(
        Starlette(routes=routes, exception_handlers={Exception: internal_error}),
        http=OpenProtocol,
        loop="asyncio",
        ws="none",
        lifespan="off",
        log_config=None,
        log_level="critical",
        access_log=False,
        timeout_graceful_shutdown=2,
    )


def _say_ready(url: str) -> None:
    line = json.dumps({"url": url}, separators=(",", ":"))
    print(line, flush=True)  # noqa: T201 - the contract of the verb
