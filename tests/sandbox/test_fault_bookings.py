"""Every fault on every transaction and voucher call: what the client meets, what is booked.

Each question is asked of the real shell over a real socket, in the state in which it gets a yes.
What the platform keeps afterwards is compared with the same question carried out in peace: not at
all, once or twice, as the fault says.
"""

from __future__ import annotations

import asyncio
import json
import socket
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import cache
from itertools import count, product
from typing import Any, get_args

import pytest
from msgspec.structs import replace

from desktop.domain.times import CHINA
from desktop.nhsa.messages.verification import FACE_AUTHORISATION, FACE_CHECK, SETTLEMENT_NOTICE
from desktop.nhsa.messages.voucher import TRANSACTION_TYPE, VOUCHER_PATH
from desktop.sandbox.control import bodies, people
from desktop.sandbox.control.faults import add_fault, change_options
from desktop.sandbox.exchange.voucher_calls import VOUCHER_CALLS
from desktop.sandbox.exchange.vouchers import issue
from desktop.sandbox.model import Repeat2207
from desktop.sandbox.offered import HANDLERS
from desktop.sandbox.platform import Platform, read_envelope
from desktop.sandbox.shell.faults import RUBBISH
from desktop.sandbox.shell.runner import Runner
from desktop.sandbox.shell.service import Service
from desktop.sandbox.shell.store import NoStore
from desktop.sandbox.state import THE_ONE, State
from tests.sandbox.asking import HOSPITAL, business
from tests.sandbox.conftest import POLICIES, WORLD, Bench, new_bench
from tests.sandbox.every_transaction import Tour, go_round
from tests.sandbox.http_side import gateway
from tests.sandbox.test_terminal import OPERATOR, WHO, authorised, notice, stands

ENVELOPE = "/fsi/api/rsfComIfsService/callService"
NOW = business()
STAMP = int(NOW.replace(tzinfo=CHINA).timestamp())
KINDS = sorted(HANDLERS.keys() | VOUCHER_CALLS.keys())
LATE = 0.03
FAULTS = [
    (what, when)
    for what, when in product(get_args(bodies.What), ("before", "after"))
    if (what, when) != ("late", "after")
]
MET = {
    "drop": "silence",
    "late": "silence",
    "reset": "reset",
    "truncate": "half an answer",
    "http500": "500",
    "garble": "rubbish",
    "delay": "yes",
    "duplicate": "yes",
}
BOOKING = {
    *("9001", "9002", "2201", "2202", "2203", "2204", "2205", "2206", "2207", "2208", "2601"),
    *("3202", "9101", "2505", "1301", "1302", "1305", "1306", "1307", "1309"),
    *(TRANSACTION_TYPE, FACE_AUTHORISATION, FACE_CHECK, SETTLEMENT_NOTICE),
}
"""What leaves something at the platform, if only a file to fetch; the others ask."""


@dataclass(frozen=True, slots=True)
class Scene:
    """A question, and the state of the platform in which it gets a yes."""

    state: State
    body: bytes
    work: Callable[[Platform], None]
    """Carries the question out in peace."""
    path: str = ENVELOPE


class Scenes(Tour):
    """The round of every transaction, with the state before the last question of each."""

    def __init__(self, bench: Bench) -> None:
        super().__init__(bench)
        self.of: dict[str, Scene] = {}

    def ask(self, infno: str, area: str, **nodes: Any) -> Any:
        before = self.bench.state.copied()
        envelope = self.bench.desk.envelope(infno, area, nodes)
        body = json.dumps(envelope, ensure_ascii=False).encode()
        self.of[infno] = Scene(before, body, lambda at: _handled(at, body))
        return super().ask(infno, area, **nodes)


def _handled(platform: Platform, body: bytes) -> None:
    outcome = platform.handle(read_envelope(body), NOW, NOW)
    assert not outcome.lost


def voucher_scenes() -> Mapping[str, Scene]:
    """The decode of a fresh code, and the three calls of the face terminal."""
    decoded, looked, checked, shown = (new_bench() for _ in range(4))
    holder = people.find_person(decoded.state, decoded.put(WHO).certno)
    qr = issue(decoded.state, holder, NOW).qr
    stands(looked)
    for bench in (checked, shown):
        stands(bench)
    check = {"authNo": authorised(checked), "outBizNo": "B1", **OPERATOR}
    return {
        TRANSACTION_TYPE: _voucher(decoded, TRANSACTION_TYPE, {"ecQrCode": qr, **OPERATOR}),
        FACE_AUTHORISATION: _voucher(looked, FACE_AUTHORISATION, {"outBizNo": "B1", **OPERATOR}),
        FACE_CHECK: _voucher(checked, FACE_CHECK, check),
        SETTLEMENT_NOTICE: _voucher(shown, SETTLEMENT_NOTICE, notice(authorised(shown))),
    }


def _voucher(bench: Bench, kind: str, data: Mapping[str, Any]) -> Scene:
    asked = {"orgId": HOSPITAL, "transType": kind, "data": data, "extra": {}}
    body = json.dumps(asked).encode()
    return Scene(bench.state, body, lambda at: _told_of(at, asked), VOUCHER_PATH)


def _told_of(platform: Platform, asked: Mapping[str, Any]) -> None:
    platform.voucher(asked, NOW, NOW)


@cache
def scenes() -> Mapping[str, Scene]:
    bench = new_bench()
    change_options(bench.state, bodies.OptionsBody(repeat_2207=Repeat2207.BOOK))
    round_made = Scenes(bench)
    go_round(round_made)
    return {**round_made.of, **voucher_scenes()}


def kept(state: State) -> Mapping[str, object]:
    """Everything at the platform but what counts messages and what is to go wrong."""
    tables = {name: dict(table.items()) for name, table in state.tables() if name != "faults"}
    return {**tables, "settings": replace(state.settings[THE_ONE], serial=0, drawn=0)}


def after(scene: Scene, state: State, times: int) -> Mapping[str, object]:
    """What the platform keeps when the question was carried out so often."""
    platform = Platform(state.copied(), POLICIES)
    for _ in range(times):
        scene.work(platform)
    return kept(platform.state)


@asynccontextmanager
async def served(platform: Platform) -> AsyncIterator[int]:
    """The real shell on a port of this machine, its clock stopped."""
    with socket.create_server(("127.0.0.1", 0)) as plug:
        runner = Runner(Service(platform, WORLD, NoStore(), lambda: NOW))
        serving = asyncio.create_task(runner.serve([plug]))
        yield plug.getsockname()[1]
        runner.should_exit = True
        await serving


@asynccontextmanager
async def asked(port: int, scene: Scene) -> AsyncIterator[asyncio.StreamReader]:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    length = {"host": "127.0.0.1", "content-length": str(len(scene.body))}
    head = [f"{name}: {value}" for name, value in {**gateway(STAMP), **length}.items()]
    lines = "\r\n".join([f"POST {scene.path} HTTP/1.1", *head, "connection: close"])
    writer.write(f"{lines}\r\n\r\n".encode() + scene.body)
    yield reader
    writer.close()


async def met(reader: asyncio.StreamReader) -> str:
    """What a client meets, in a word."""
    try:
        heard = await asyncio.wait_for(reader.read(), 10)
    except ConnectionResetError:
        return "reset"
    head, _, body = heard.partition(b"\r\n\r\n")
    status, *named = head.decode().lower().split("\r\n")
    promised = dict(line.split(": ", 1) for line in named)["content-length"]
    if len(body) < int(promised):
        return "half an answer"
    if " 200 " not in status:
        return status.split()[1]
    return "rubbish" if body == RUBBISH else _yes(body)


def _yes(body: bytes) -> str:
    """A file of 9102 is a yes."""
    try:
        answer = json.loads(body)
    except ValueError:
        return "yes" if body[:2] == b"PK" else "no json"
    return "yes" if str(answer.get("infcode", answer.get("code"))) == "0" else str(answer)


async def until(holds: Callable[[], bool], pause: float = 0) -> None:
    for _ in count():
        if holds():
            return
        await asyncio.sleep(pause)


async def play(kind: str, what: str, when: str, port: int, platform: Platform) -> None:
    scene = scenes()[kind]
    state = platform.state = scene.state.copied()
    wish = {"infno": kind, "when": when, "what": what, "seconds": LATE}
    add_fault(state, bodies.read_body(bodies.FaultBody, json.dumps(wish).encode()))
    times = 2 if what == "duplicate" else 1
    worked = when == "after" or what in ("delay", "duplicate")
    first, last = (after(scene, state, often) for often in (times if worked else 0, times))
    async with asked(port, scene) as reader:
        await until(lambda: not len(state.faults))
        if MET[what] == "silence":
            assert kept(state) == first, (what, when)
            with pytest.raises(TimeoutError):
                await asyncio.wait_for(reader.read(1), 0.02)
        else:
            assert await met(reader) == MET[what], (what, when)
    if what == "late":
        await until(lambda: kept(state) == last, LATE / 10)
    else:
        assert kept(state) == first, (what, when)


@pytest.mark.req("S3-28")
@pytest.mark.parametrize("kind", KINDS)
def test_every_fault_on_every_transaction(kind: str) -> None:
    """What is met and what is booked, each before and after the work."""

    async def every_fault() -> None:
        platform = Platform(State(), POLICIES)
        async with served(platform) as port:
            for what, when in FAULTS:
                await play(kind, what, when, port, platform)

    asyncio.run(every_fault())


def test_what_books_and_what_only_asks() -> None:
    """Else a comparison with nothing would prove nothing."""
    booking = {
        kind
        for kind, scene in scenes().items()
        if after(scene, scene.state, 1) != after(scene, scene.state, 0)
    }
    assert booking == BOOKING
    assert scenes().keys() == set(KINDS)


def test_a_2207_is_booked_twice_where_it_says_so() -> None:
    scene = scenes()["2207"]
    twice, once = (after(scene, scene.state, times) for times in (2, 1))
    assert twice != once
