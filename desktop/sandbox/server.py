"""Starts the practice platform: loopback only, one JSON line when ready, ends on SIGTERM."""

from __future__ import annotations

import socket
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.sandbox.control import demonstration
from desktop.sandbox.insured_place.policy_files import read_policies
from desktop.sandbox.platform import Platform
from desktop.sandbox.state import State

if TYPE_CHECKING:
    from desktop.sandbox.shell.service import Service

LOOPBACK = "127.0.0.1"
"""The platform never listens anywhere else."""


def serve(port: int, data: Path | None) -> None:
    """Serve until SIGTERM or SIGINT; ``port`` 0 takes any free port.

    Prints ``{"url":"http://127.0.0.1:PORT"}`` on stdout when ready. With ``data`` everything is
    kept in that folder over restarts. Raises :class:`~desktop.sandbox.insured_place.policy_files.BadPolicy`
    for a policy file that cannot be trusted, and OSError when the port is taken.
    """
    from desktop.sandbox.shell.runner import Runner

    with socket.create_server((LOOPBACK, port)) as plug:
        plug.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        service = build(data)
        try:
            Runner(service).run([plug])
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
