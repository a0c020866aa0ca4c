"""A question is given up at the socket; a settling transaction never is."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from desktop.nhsa.http_transport import HttpTransport
from desktop.nhsa.outcome import Accepted, NotSent, Outcome, Refused, Unknown, WhyUnknown
from desktop.nhsa.questions.identify import identify
from desktop.nhsa.transport import Timeouts, WhyNotSent
from desktop.nhsa.waits import Wait, Waits
from tests.nhsa import samples
from tests.nhsa.samples import answer
from tests.nhsa.servers import Server, http, serving
from tests.nhsa.test_line_faults import YES, client, settle_at

PATIENCE = 10.0
"""Seconds; without being cut off the question would wait for a minute."""
NO = http(json.dumps(answer(None, infcode=-1, err_msg="查不到")).encode())


class Late:
    """Answers nothing until it is let go; says when it was asked."""

    def __init__(self, said: bytes) -> None:
        self.asked, self.go = threading.Event(), threading.Event()
        self._said = said

    def __call__(self, connection: socket.socket, server: Server) -> None:
        self.asked.set()
        while not (self.go.wait(0.01) or server.over.is_set()):
            pass
        connection.sendall(self._said)


@pytest.fixture
def waits() -> Waits:
    return Waits()


@pytest.fixture
def transport(waits: Waits) -> Iterator[HttpTransport]:
    with HttpTransport(Timeouts(connect=5, read=60), waits=waits) as opened:
        yield opened


@pytest.fixture
def lane() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(1) as threads:
        yield threads


def under(wait: Wait, ask: Callable[[], Outcome[Any]]) -> Callable[[], Outcome[Any]]:
    def asked() -> Outcome[Any]:
        with wait.on_this_thread():
            return ask()

    return asked


def query(transport: HttpTransport, url: str) -> Outcome[Any]:
    return client(transport, url).query(identify(samples.CREDENTIAL))


def test_a_question_under_way_ends_at_once_when_it_is_given_up(
    transport: HttpTransport, waits: Waits, lane: ThreadPoolExecutor
) -> None:
    late, wait = Late(NO), waits.begin()
    with serving(late) as server:
        asked = lane.submit(under(wait, lambda: query(transport, server.url)))
        assert late.asked.wait(PATIENCE)
        wait.give_up()
        outcome = asked.result(PATIENCE)
        assert isinstance(outcome, Unknown)
        assert outcome.why is WhyUnknown.GIVEN_UP
        late.go.set()
        assert isinstance(lane.submit(query, transport, server.url).result(PATIENCE), Refused)
        assert server.connections == 2


def test_nothing_of_the_step_is_asked_afterwards(transport: HttpTransport, waits: Waits) -> None:
    wait = waits.begin()
    wait.give_up()
    with serving(Late(NO)) as server:
        outcome = under(wait, lambda: query(transport, server.url))()
        assert server.connections == 0
    assert outcome == NotSent(WhyNotSent.GIVEN_UP)


def test_a_settling_transaction_is_waited_for_whatever_is_given_up(
    transport: HttpTransport, waits: Waits, lane: ThreadPoolExecutor
) -> None:
    """Even if somebody put it under a wait."""
    late, wait = Late(http(YES)), waits.begin()
    with serving(late) as server:
        asked = lane.submit(under(wait, lambda: settle_at(transport, server.url)))
        assert late.asked.wait(PATIENCE)
        wait.give_up()
        late.go.set()
        assert isinstance(asked.result(PATIENCE), Accepted)


def test_who_gives_up_before_the_answer_is_waited_for_cuts_it_off_too(waits: Waits) -> None:
    """Between the sending and the first read."""
    wait, cuts = waits.begin(), list[str]()
    wait.give_up()
    with wait.cut_by(lambda: cuts.append("cut")):
        assert cuts == ["cut"]
    wait.give_up()
    assert cuts == ["cut"]


def test_each_thread_has_its_own(waits: Waits, lane: ThreadPoolExecutor) -> None:
    wait = waits.begin()
    with wait.on_this_thread():
        assert waits.current is wait
        assert lane.submit(lambda: waits.current).result(PATIENCE) is None
    assert waits.current is None
