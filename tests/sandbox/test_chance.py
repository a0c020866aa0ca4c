"""Faults on every transaction, and faults by chance: same seed, same faults."""

from __future__ import annotations

import json
from typing import Any, get_args

import httpx
import pytest

from desktop.sandbox.control import bodies
from desktop.sandbox.control.faults import (
    KINDS,
    add_fault,
    change_options,
    take_fault,
    waiting_faults,
)
from desktop.sandbox.exchange.voucher_calls import VOUCHER_CALLS
from desktop.sandbox.offered import HANDLERS, KNOWN
from desktop.sandbox.state import State
from tests.rig.practice import Practice
from tests.sandbox.asking import AREA, HOSPITAL, Desk
from tests.sandbox.http_side import http_desk, post

PERSON = "990000198503121038"
VOUCHER = "/localcfc/api/hsecfc/localQrCodeQuery"
ENVELOPE = "/fsi/api/rsfComIfsService/callService"
WHATS = get_args(bodies.What)


@pytest.fixture
def desk(running: Practice) -> Desk:
    return http_desk(running)


def message(desk: Desk, kind: str) -> tuple[bytes, str]:
    """Some question of this kind, whatever the platform thinks of it, and its address."""
    if kind in VOUCHER_CALLS:
        asked: Any = {"orgId": HOSPITAL, "transType": kind, "data": {}, "extra": {}}
        return json.dumps(asked).encode(), VOUCHER
    envelope = desk.envelope(kind, AREA, {"data": {"psn_no": "0"}})
    return json.dumps(envelope).encode(), ENVELOPE


@pytest.mark.parametrize("kind", sorted(KNOWN))
def test_a_fault_on_what_is_only_known(process: Practice, kind: str) -> None:
    """By its own name it meets no other; then everything is well again."""
    process.clear_faults()
    body, path = message(http_desk(process), kind)
    process.fault("9101", "after", "http500")
    process.fault(kind, "after", "http500")
    assert post(process, body, path).status_code == 500
    assert post(process, body, path).status_code == 200


def test_a_fault_for_whatever_comes(running: Practice, desk: Desk) -> None:
    running.fault("*", "after", "garble", times=3)
    for kind in ("1101", "2203A", "ec.query"):
        assert answered(running, *message(desk, kind)) == "no json"
    assert running.call("GET", "faults") == {"faults": []}


def answered(running: Practice, body: bytes, path: str) -> str:
    """What a client meets, in a word."""
    try:
        answer = post(running, body, path, wait=0.25)
        return f"{answer.status_code} {'infcode' in answer.json()}"
    except httpx.HTTPError as error:
        return type(error).__name__
    except ValueError:
        return "no json"


SILENT = "ReadTimeout"


@pytest.mark.parametrize("kind", ["1101", "9102", "2203A", "ec.query"])
@pytest.mark.parametrize(
    ("what", "when"), [("drop", "before"), ("drop", "after"), ("late", "before")]
)
def test_a_fault_that_never_answers(
    running: Practice, desk: Desk, kind: str, what: str, when: str
) -> None:
    """The real program is silent until the client leaves; of every kind: test_fault_bookings."""
    running.fault(kind, when, what)
    assert answered(running, *message(desk, kind)) == SILENT


def chances(count: int, **facts: Any) -> list[str]:
    """The faults that befall a row of messages after an option was set."""
    state = State()
    options = {"seed": 11, "random_faults": {"share": 0.5, **facts}}
    change_options(state, bodies.read_body(bodies.OptionsBody, json.dumps(options).encode()))
    found = (take_fault(state, "2207") for _ in range(count))
    return [f"{fault.what}/{fault.when}" if fault else "" for fault in found]


def test_every_fault_comes_by_chance() -> None:
    """Both times, and late only before booking."""
    found = set(chances(400))
    both = {f"{what}/{when}" for what in WHATS for when in ("before", "after")}
    assert found == {"", *both} - {"late/after"}


def test_the_share_is_kept() -> None:
    found = chances(1000, share=0.2)
    assert 150 < sum(map(bool, found)) < 250
    assert not any(chances(50, share=0))
    assert all(chances(50, share=1))


def test_same_seed_same_faults() -> None:
    assert chances(60) == chances(60)


def test_a_seed_set_again_begins_anew() -> None:
    state = State()
    seed = bodies.read_body(bodies.OptionsBody, b'{"seed": 3, "random_faults": {"share": 0.4}}')
    rows = []
    for _ in range(2):
        change_options(state, seed)
        rows.append([take_fault(state, "2206") for _ in range(40)])
    assert rows[0] == rows[1]
    change_options(state, bodies.OptionsBody(seed=4))
    assert [take_fault(state, "2206") for _ in range(40)] != rows[0]


def test_only_the_transactions_named() -> None:
    assert any(chances(40, infno=["2207", "2601"]))
    assert not any(chances(40, infno=["2206"]))


def test_others_take_no_chance_away() -> None:
    """A message that cannot be befallen changes nothing in the row of the others."""
    state = State()
    text = b'{"seed": 11, "random_faults": {"share": 0.5, "infno": ["2207"]}}'
    change_options(state, bodies.read_body(bodies.OptionsBody, text))
    found = []
    for _ in range(30):
        assert take_fault(state, "1101") is None
        fault = take_fault(state, "2207")
        found.append(f"{fault.what}/{fault.when}" if fault else "")
    assert found == chances(30, infno=["2207"])


@pytest.mark.parametrize("kind", ["2207", "*"])
def test_a_waiting_fault_comes_first(kind: str) -> None:
    """Then chance again; one that waits for another transaction waits on."""
    state = State()
    text = b'{"random_faults": {"share": 1, "what": ["delay"]}}'
    change_options(state, bodies.read_body(bodies.OptionsBody, text))
    add_fault(state, bodies.FaultBody(infno="2208", when="before", what="garble"))
    add_fault(state, bodies.FaultBody(infno=kind, when="before", what="reset"))
    found = [take_fault(state, "2207") for _ in range(3)]
    assert [fault.what for fault in found if fault] == ["reset", "delay", "delay"]
    assert [fault.infno for fault in waiting_faults(state)] == ["2208"]


def test_a_fault_may_name_everything_that_may_be_asked() -> None:
    asked = {*HANDLERS, *KNOWN, *VOUCHER_CALLS}
    assert {*KINDS} == {*asked, "*"}
    assert len(asked) == len(HANDLERS) + len(KNOWN) + len(VOUCHER_CALLS)
    with pytest.raises(bodies.Malformed):
        add_fault(State(), bodies.FaultBody(infno="1234", when="before", what="drop"))


def stream(running: Practice, desk: Desk) -> list[str]:
    options = {"share": 0.6, "what": ["http500", "garble", "reset"]}
    running.options(seed=22, random_faults=options)
    return [answered(running, *message(desk, kind)) for kind in ("1101", "2207", "5301") * 6]


def test_a_desk_meets_the_same_faults_again(running: Practice, desk: Desk) -> None:
    first = stream(running, desk)
    assert len(set(first)) > 2
    assert stream(running, desk) == first


def test_faults_by_chance_end(running: Practice, desk: Desk) -> None:
    running.options(random_faults={"share": 1, "what": ["http500"]})
    assert answered(running, *message(desk, "1101")) == "no json"
    assert running.options(random_faults=None)["random_faults"] is None
    assert answered(running, *message(desk, "1101")) == "200 True"


def test_a_fault_stands_in_the_log(running: Practice, desk: Desk) -> None:
    body, path = message(desk, "5301")
    running.fault("5301", "after", "garble")
    answered(running, body, path)
    msgid = json.loads(body)["msgid"]
    spoilt, carried = running.log(msgid)
    assert [hop["note"] for hop in spoilt["hops"]] == ["garble/after"]
    assert carried["hops"][-1]["did"] == "answered"


@pytest.mark.req("S1-33")
def test_a_lost_message_is_never_answered(running: Practice, desk: Desk) -> None:
    """On the way there nothing is done; both ways the client waits in vain."""
    body = json.dumps(
        desk.envelope("5301", AREA, {"data": {"psn_no": running.person(PERSON)["psn_no"]}})
    ).encode()
    assert answered(running, body, ENVELOPE) == "200 True"
    for loss in ("loss_there", "loss_back"):
        running.area(AREA, **{loss: 1})
        assert answered(running, body, ENVELOPE) == SILENT
        running.fault("5301", "after", "http500")
        assert answered(running, body, ENVELOPE) == SILENT
        running.fault("5301", "before", "duplicate")
        assert answered(running, body, ENVELOPE) == SILENT
        running.fault("5301", "after", "delay", seconds=0.01)
        assert answered(running, body, ENVELOPE) == SILENT
        running.area(AREA, **{loss: 0})
    assert answered(running, body, ENVELOPE) == "200 True"


def test_the_voucher_desk_stands_in_the_log(running: Practice, desk: Desk) -> None:
    """By no number: its questions have none."""
    qr = running.voucher(PERSON)
    operator = {"businessType": "01301", "operatorId": "001", "operatorName": "操作员"}
    data = {"ecQrCode": qr, **operator}
    asked = {"orgId": HOSPITAL, "transType": "ec.query", "data": data}
    for _ in range(2):
        post(running, json.dumps(asked).encode(), VOUCHER)
    good, used = running.log(limit=2)
    assert [(hop["place"], hop["did"]) for hop in good["hops"]] == [
        ("就医地", "forwarded"),
        ("国家", "answered"),
        ("就医地", "answered"),
    ]
    assert (used["hops"][1]["did"], used["hops"][1]["note"]) == ("refused", "500162")
    assert qr not in json.dumps(running.log())


def test_a_reset_empties_the_log(running: Practice, desk: Desk) -> None:
    answered(running, *message(desk, "1101"))
    assert running.log()
    running.reset()
    assert running.log() == []
