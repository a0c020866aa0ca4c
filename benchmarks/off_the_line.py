"""What a measurement leaves out: the time that requests spend on the line to the platform."""

from __future__ import annotations

import time
from collections.abc import Mapping

from desktop.nhsa.transport import Reply, Transport


class OffTheLine:
    """The desk's transport with a stop-watch: what was spent on the line is no time of ours."""

    def __init__(self, inner: Transport) -> None:
        self._inner = inner
        self.seconds = 0.0

    def post(self, url: str, headers: Mapping[str, str], body: bytes, *, fresh: bool) -> Reply:
        began = time.perf_counter()
        try:
            return self._inner.post(url, headers, body, fresh=fresh)
        finally:
            self.seconds += time.perf_counter() - began
