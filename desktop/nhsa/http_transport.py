"""The transport on httpx: one try, no redirects, nothing from the environment.

Import this where it is used: httpx is heavy.
"""

from __future__ import annotations

import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterable, Mapping
from contextlib import AbstractContextManager, nullcontext, suppress
from typing import Self

import httpcore
import httpx

from desktop.nhsa.transport import LostError, NotSentError, Reply, Timeouts, WhyLost, WhyNotSent
from desktop.nhsa.waits import Wait, Waits

LARGEST_ANSWER = 16 * 1024 * 1024
"""Bytes; the document allows 40 000 characters, a list of lines may be longer."""

Clock = Callable[[], float]
SocketOption = (
    tuple[int, int, int] | tuple[int, int, bytes | bytearray] | tuple[int, int, None, int]
)


class HttpTransport:
    """Keeps connections for questions; a settling transaction gets one of its own.

    httpx's transports are used without its client: no redirects, cookies or proxies to turn off.
    """

    def __init__(
        self,
        timeouts: Timeouts,
        clock: Clock = time.monotonic,
        largest: int = LARGEST_ANSWER,
        waits: Waits | None = None,
    ) -> None:
        self._timeouts = timeouts
        self._waits = waits or Waits()
        self._largest = largest
        self._budget = _Budget(clock)
        self._tls = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        self._pool = _pool(self._tls, 4, self._budget)
        self._kept = _transport(self._tls, self._pool)
        self._fresh = _transport(self._tls, _pool(self._tls, 0, self._budget))
        self._addresses: dict[str, httpx.URL] = {}
        """Every address of the platform parsed: a tenth of a request's time."""

    def post(self, url: str, headers: Mapping[str, str], body: bytes, *, fresh: bool) -> Reply:
        """See :class:`~desktop.nhsa.transport.Transport`."""
        wait = None if fresh else self._waits.current
        if wait is not None and wait.given_up:
            raise NotSentError(WhyNotSent.GIVEN_UP)
        request = self._request(url, headers, body)
        self._trust_the_system(url)
        self._budget.start(self._timeouts.overall, wait)
        try:
            return self._exchange(request, fresh=fresh)
        except (httpx.ConnectTimeout, httpx.PoolTimeout) as error:
            raise NotSentError(WhyNotSent.CONNECT_TIMEOUT) from error
        except httpx.ConnectError as error:
            raise NotSentError(WhyNotSent.NOT_CONNECTED) from error
        except httpx.UnsupportedProtocol as error:
            raise NotSentError(WhyNotSent.BAD_ADDRESS) from error
        except httpx.TimeoutException as error:
            raise LostError(WhyLost.TIMED_OUT) from error
        except (httpx.HTTPError, httpx.StreamError, OSError) as error:
            given_up = wait is not None and wait.given_up
            raise LostError(WhyLost.GIVEN_UP if given_up else WhyLost.BROKEN_OFF) from error

    def _request(self, url: str, headers: Mapping[str, str], body: bytes) -> httpx.Request:
        """Raises :class:`NotSentError` for what the settings hold and HTTP cannot carry."""
        told = {"User-Agent": "kuasheng-desk", "Accept-Encoding": "identity", **headers}
        if not all(_is_plain(value) for value in told.values()):
            raise NotSentError(WhyNotSent.BAD_ADDRESS)
        return httpx.Request(
            "POST",
            self._address(url),
            headers=told,
            content=body,
            extensions={"timeout": self._bounds()},
        )

    def _address(self, url: str) -> httpx.URL:
        known = self._addresses.get(url)
        if known is None:
            try:
                known = httpx.URL(url)
                has_host = bool(known.host)
            except (httpx.InvalidURL, ValueError) as error:
                raise NotSentError(WhyNotSent.BAD_ADDRESS) from error
            if not has_host:
                raise NotSentError(WhyNotSent.BAD_ADDRESS)
            self._addresses[url] = known
        return known

    def _bounds(self) -> dict[str, float]:
        times = self._timeouts
        return {
            "connect": times.connect,
            "pool": times.connect,
            "read": times.read,
            "write": times.read,
        }

    def _exchange(self, request: httpx.Request, *, fresh: bool) -> Reply:
        response = (self._fresh if fresh else self._kept).handle_request(request)
        try:
            return self._reply(response)
        finally:
            response.close()
            self._drop_talkative()

    def _drop_talkative(self) -> None:
        """Bytes beyond an answer would be read as the answer to the next question, unasked."""
        for connection in self._pool.connections:
            if connection.is_idle() and _said_more(connection):
                connection.close()

    def _reply(self, response: httpx.Response) -> Reply:
        body = bytearray()
        for chunk in _chunks(response):
            body += chunk
            if len(body) > self._largest:
                raise LostError(WhyLost.TOO_LARGE)
        headers = {
            name.decode("latin-1").lower(): value.decode("latin-1")
            for name, value in response.headers.raw
        }
        return Reply(response.status_code, headers, bytes(body))

    def _trust_the_system(self, url: str) -> None:
        """Verify by the system's own certificates: a hospital's network has its own authority.

        They take 40 ms to load, which most intranet addresses need not pay.
        """
        if url.startswith("https:") and not self._tls.cert_store_stats()["x509_ca"]:
            self._tls.load_default_certs()

    def close(self) -> None:
        self._kept.close()
        self._fresh.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _transport(context: ssl.SSLContext, pool: httpcore.ConnectionPool) -> httpx.HTTPTransport:
    transport = httpx.HTTPTransport(verify=context, trust_env=False, retries=0)
    transport._pool = pool  # noqa: SLF001 - httpx offers no other way in
    return transport


def _pool(context: ssl.SSLContext, kept: int, budget: _Budget) -> httpcore.ConnectionPool:
    return httpcore.ConnectionPool(
        ssl_context=context,
        max_keepalive_connections=kept,
        keepalive_expiry=5,
        network_backend=_BoundedBackend(budget),
    )


def _cut(stream: httpcore.NetworkStream) -> None:
    """Shut down, not closed: another thread reads from it, and hears the end of the stream.

    The plain socket's way also under TLS, whose own would take the session from under the reader.
    """
    with suppress(OSError):
        socket.socket.shutdown(stream.get_extra_info("socket"), socket.SHUT_RDWR)


def _said_more(connection: httpcore.ConnectionInterface) -> bool:
    """httpcore keeps what came after an answer; it sees only what comes later than that."""
    inner = getattr(connection, "_connection", None)
    state = getattr(inner, "_h11_state", None)
    return state is not None and bool(state.trailing_data[0])


def _is_plain(value: str) -> bool:
    """A header that HTTP can carry as it is."""
    return value.isascii() and value.isprintable() and value == value.strip()


def _chunks(response: httpx.Response) -> Iterable[bytes]:
    """The body as httpx receives it; decompressed only where a server did so unasked."""
    if "content-encoding" in response.headers or not isinstance(
        response.stream, httpx.SyncByteStream
    ):
        return response.iter_bytes()
    return response.stream


class _Budget(threading.local):
    """When the request of this thread must be over, or who may end it before."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._ends = 0.0
        self._wait: Wait | None = None

    def start(self, seconds: float, wait: Wait | None) -> None:
        self._ends = self._clock() + seconds
        self._wait = wait

    def cut_by(self, stream: httpcore.NetworkStream) -> AbstractContextManager[None]:
        """Whoever gives this thread's question up closes the stream's mouth within."""
        return nullcontext() if self._wait is None else self._wait.cut_by(lambda: _cut(stream))

    def clamp(self, timeout: float | None) -> float:
        """The shorter of ``timeout`` and what is left; raises when nothing is."""
        left = self._ends - self._clock()
        if left <= 0:
            raise httpcore.ReadTimeout
        return left if timeout is None else min(timeout, left)


class _BoundedBackend(httpcore.NetworkBackend):
    """Time-outs count for each read; this bounds them all together."""

    def __init__(self, budget: _Budget) -> None:
        self._inner = httpcore.SyncBackend()
        self._budget = budget

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[SocketOption] | None = None,
    ) -> httpcore.NetworkStream:
        try:
            stream = self._inner.connect_tcp(host, port, timeout, local_address, socket_options)
        except (ValueError, OverflowError) as error:
            raise httpcore.UnsupportedProtocol from error
        return _BoundedStream(stream, self._budget)


class _BoundedStream(httpcore.NetworkStream):
    """Head and body of a request leave together, when the answer is waited for.

    One packet and one wake-up of the other side instead of two. A failure to send is no end:
    as with httpcore itself the answer is read all the same, for it may be there.
    """

    def __init__(self, inner: httpcore.NetworkStream, budget: _Budget) -> None:
        self._inner = inner
        self._budget = budget
        self._unsent: list[bytes] = []
        self._write_timeout: float | None = None

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        if self._unsent:
            self._send()
        with self._budget.cut_by(self._inner):
            return self._inner.read(max_bytes, self._budget.clamp(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        if buffer:
            self._unsent.append(buffer)
            self._write_timeout = timeout

    def _send(self) -> None:
        whole = b"".join(self._unsent)
        self._unsent.clear()
        with suppress(httpcore.WriteError):
            self._inner.write(whole, self._budget.clamp(self._write_timeout))

    def close(self) -> None:
        self._inner.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        secured = self._inner.start_tls(ssl_context, server_hostname, timeout)
        return _BoundedStream(secured, self._budget)

    def get_extra_info(self, info: str) -> object:
        return self._inner.get_extra_info(info)
