"""Starts the practice platform: loopback only, one JSON line when ready, ends on SIGTERM."""

from __future__ import annotations

import socket
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Final

from desktop.sandbox.control.surface import business_time, demonstration
from desktop.sandbox.data_check import check_data
from desktop.sandbox.insured_place.policy_files import read_policies
from desktop.sandbox.platform import Platform
from desktop.sandbox.state import State

if TYPE_CHECKING:
    from desktop.sandbox.play.wish import Wish
    from desktop.sandbox.shell.service import Service

LOOPBACK = "127.0.0.1"
"""The platform never listens anywhere else."""
_TOLD_EVERY: Final = 1000
"""Visits between two words of a month that is played."""


@dataclass(frozen=True, slots=True)
class Playing:
    """A month to be played before anybody is served; ``say`` hears how it goes."""

    wish: Wish
    say: Callable[[str], None]


def serve(port: int, data: Path | None, playing: Playing | None = None) -> None:
    """Serve until SIGTERM or SIGINT; ``port`` 0 takes any free port.

    Prints ``{"url":"http://127.0.0.1:PORT"}`` on stdout when ready. With ``data`` everything is
    kept in that folder over restarts. Raises ``BadData`` for a data file that cannot be
    trusted, ``StoreUnusable`` for the folder, ``NoRules`` for a month that cannot be played, and
    OSError when the port is taken.
    """
    from desktop.sandbox.shell.runner import Runner

    with socket.create_server((LOOPBACK, port)) as plug:
        plug.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        service = build(data, playing.wish.seed if playing else None)
        try:
            if playing is not None:
                play(service, playing)
            Runner(service).run([plug])
        finally:
            service.store.close()


def build(data: Path | None, seed: int | None = None) -> Service:
    """The service with its state loaded, not yet listening; ``seed`` is for a new state."""
    from desktop.sandbox.shell.service import Service
    from desktop.sandbox.shell.store import NoStore, Store

    check_data()
    platform = Platform(State(), read_policies())
    service = Service(platform, demonstration(), Store(data) if data else NoStore())
    service.start(seed)
    return service


def play(service: Service, playing: Playing) -> None:
    """Fill the service with a month; on disk in one piece, so that a kill leaves nothing of it.

    Raises ``NoRules``.
    """
    from desktop.sandbox.play.month import play_month
    from desktop.sandbox.play.tally import summary

    visits = playing.wish.visits

    def told(done: int) -> None:
        if done % _TOLD_EVERY == 0 and done < visits:
            playing.say(f"{done} of {visits} visits")

    begun = perf_counter()
    tally = play_month(service.platform, playing.wish, told)
    service.saved()
    now = business_time(service.state, service.now())
    playing.say(summary(tally, perf_counter() - begun, now))
