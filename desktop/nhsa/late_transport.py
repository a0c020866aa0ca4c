"""A transport that is made when something is sent: httpx takes 15 MB and 0.1 s of the start."""

from __future__ import annotations

from collections.abc import Mapping
from threading import Lock
from typing import TYPE_CHECKING, Self

from desktop.nhsa.transport import Reply, Timeouts
from desktop.nhsa.waits import Waits

if TYPE_CHECKING:
    from desktop.nhsa.http_transport import HttpTransport


class LateTransport:
    """:class:`~desktop.nhsa.http_transport.HttpTransport` from its first request on."""

    def __init__(self, timeouts: Timeouts, waits: Waits) -> None:
        self._timeouts = timeouts
        self._waits = waits
        self._lock = Lock()
        self._made: HttpTransport | None = None

    def post(self, url: str, headers: Mapping[str, str], body: bytes, *, fresh: bool) -> Reply:
        """See :class:`~desktop.nhsa.transport.Transport`."""
        return self._transport().post(url, headers, body, fresh=fresh)

    def close(self) -> None:
        if self._made is not None:
            self._made.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _transport(self) -> HttpTransport:
        with self._lock:
            if self._made is None:
                from desktop.nhsa.http_transport import HttpTransport

                self._made = HttpTransport(self._timeouts, waits=self._waits)
            return self._made
