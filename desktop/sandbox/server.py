"""Starts the practice platform: loopback only, one JSON line when ready, ends on SIGTERM."""

from __future__ import annotations

import json
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.sandbox.control import demonstration
from desktop.sandbox.platform import Platform
from desktop.sandbox.policy_files import read_policies
from desktop.sandbox.state import State

if TYPE_CHECKING:
    import socket

    import uvicorn

    from desktop.sandbox.shell.service import Service

LOOPBACK = "127.0.0.1"


def serve(port: int, data: Path | None) -> None:
    """Serve until SIGTERM or SIGINT; ``port`` 0 takes any free port.

    Prints ``{"url":"http://127.0.0.1:PORT"}`` on stdout when ready. With ``data`` everything is
    kept in that folder over restarts. Raises :class:`~desktop.sandbox.policy_files.BadPolicy`
    for a policy file that cannot be trusted.
    """
    service = build(data)
    try:
        _server(service, port).run()
    finally:
        service.store.close()


def build(data: Path | None) -> Service:
    """The service with its state loaded, not yet listening."""
    from desktop.sandbox.shell.service import Service
    from desktop.sandbox.shell.store import NoStore, Store

    platform = Platform(State(), read_policies())
    service = Service(platform, demonstration(), Store(data) if data else NoStore())
    service.start()
    return service


def _server(service: Service, port: int) -> uvicorn.Server:
    import uvicorn
    from starlette.applications import Starlette

    from desktop.sandbox.shell.connection import OpenProtocol
    from desktop.sandbox.shell.control_routes import control_routes
    from desktop.sandbox.shell.platform_routes import platform_routes

    class Server(uvicorn.Server):
        """Says when it is ready; a signal ends it in peace."""

        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            await super().startup(sockets)
            if self.started:
                _say_ready(self.servers[0].sockets[0].getsockname()[1])

        async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
            service.later.closing.set()
            service.later.forget()
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

    app = Starlette(routes=[*platform_routes(service), *control_routes(service)])
    return Server(
        uvicorn.Config(
            app,
            host=LOOPBACK,
            port=port,
            http=OpenProtocol,
            loop="asyncio",
            ws="none",
            lifespan="off",
            log_config=None,
            log_level="critical",
            access_log=False,
            timeout_graceful_shutdown=2,
        )
    )


def _say_ready(port: int) -> None:
    line = json.dumps({"url": f"http://{LOOPBACK}:{port}"}, separators=(",", ":"))
    print(line, flush=True)  # noqa: T201 - the contract of the verb
