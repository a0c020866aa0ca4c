"""The way of a message between the three parties, as the platform's log tells it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import pytest

from desktop.sandbox.control import bodies
from desktop.sandbox.control import faults as control_faults
from desktop.sandbox.control import surface as control
from desktop.sandbox.control.log import show_log
from desktop.sandbox.exchange.hops import KEPT, Ask, MessageLog
from desktop.sandbox.exchange.parties import CARE_PLACE, EXCHANGE, INSURED_PLACE
from desktop.sandbox.platform import Outcome, read_envelope
from desktop.sandbox.reasons import Reason
from tests.sandbox.asking import AREA, CHANGSHA, No, Patient
from tests.sandbox.conftest import Bench

Way = list[tuple[str, str, str]]
BY_ITSELF: Way = [("就医地", "answered", CHANGSHA)]
TO_AND_FRO: Way = [
    ("就医地", "forwarded", CHANGSHA),
    ("国家", "routed", AREA),
    ("参保地", "answered", AREA),
    ("国家", "returned", AREA),
    ("就医地", "answered", CHANGSHA),
]


def log(bench: Bench, limit: str = "100", msgid: str | None = None) -> list[dict[str, Any]]:
    return show_log(bench.platform.log, msgid, limit)


def way(message: dict[str, Any]) -> Way:
    return [(hop["place"], hop["did"], hop["area"]) for hop in message["hops"]]


def notes(message: dict[str, Any]) -> list[str]:
    return [hop["note"] for hop in message["hops"] if hop["note"]]


def last(bench: Bench) -> dict[str, Any]:
    return log(bench, "1")[0]


def area(bench: Bench, **behaviour: object) -> None:
    body = bodies.read_body(bodies.AreaBody, json.dumps(behaviour).encode())
    control.change_area(bench.state, AREA, body)


def settled(bench: Bench) -> Patient:
    patient = bench.patient().open()
    patient.whole("P1", patient.row("P1", bench.item("A"), "500.00"))
    return patient


@pytest.mark.req("S1-05", "S1-33")
def test_a_settlement_goes_there_and_back(bench: Bench) -> None:
    settled(bench)
    found = last(bench)
    assert (found["infno"], found["institution"]) == ("2207", "H43010000001")
    assert way(found) == [
        *TO_AND_FRO[:2],
        ("参保地", "settled", AREA),
        *TO_AND_FRO[3:],
    ]
    assert notes(found) == []


@pytest.mark.req("S2-08")
@pytest.mark.parametrize("fails", [False, True])
def test_a_real_account_is_a_step_of_its_own(bench: Bench, fails: bool) -> None:
    """After the pool's; 2208 and 2601 return what it paid, and what it did not pay never."""
    area(bench, account_fails=fails)
    patient = bench.patient().open()
    row = patient.row("P1", bench.item("A"), "500.00")
    number = patient.whole("P1", row, use="1")["setlinfo"]["setl_id"]
    assert way(last(bench))[2:4] == [("参保地", "settled", AREA), ("参保地", "account", AREA)]
    assert notes(last(bench)) == ["failed" if fails else "paid"]
    patient.cancel(number)
    assert notes(last(bench)) == ([] if fails else ["returned"])
    again = patient.settle(patient.preview("P1", "500.00", "1"), "P1", "1")["setlinfo"]
    patient.reverse(again["medins_setl_id"])
    assert notes(last(bench)) == ([] if fails else ["returned"])


@pytest.mark.req("S2-08")
def test_a_virtual_account_is_none(bench: Bench) -> None:
    area(bench, real_account=False)
    patient = bench.patient().open()
    patient.whole("P1", patient.row("P1", bench.item("A"), "500.00"), use="1")
    assert notes(last(bench)) == []


@pytest.mark.req("S1-05")
def test_what_each_message_of_a_visit_does(bench: Bench) -> None:
    """Lines are split by the care place alone; the insured area is not asked."""
    settled(bench)
    ways = {message["infno"]: way(message) for message in log(bench)}
    assert ways["2204"] == ways["2203"] == BY_ITSELF
    assert ways["2201"] == ways["2206"] == TO_AND_FRO


@pytest.mark.parametrize(("undo", "did"), [("cancel", "cancelled"), ("reverse", "reversed")])
def test_undoing_has_its_own_word(bench: Bench, undo: str, did: str) -> None:
    patient = settled(bench)
    row = control.settlements(bench.state, patient.certno)[0]
    number = row["setl_id"] if undo == "cancel" else row["medins_setl_id"]
    getattr(patient, undo)(number)
    assert way(last(bench))[2] == ("参保地", did, AREA)


@pytest.mark.req("S0-04", "S1-33")
def test_an_area_that_is_not_connected_is_refused_on_the_way(bench: Bench) -> None:
    patient = bench.patient()
    area(bench, connected=False)
    with pytest.raises(No) as no:
        patient.register()
    assert AREA in no.value.text
    found = last(bench)
    assert way(found) == [TO_AND_FRO[0], ("国家", "refused", AREA), TO_AND_FRO[4]]
    assert notes(found) == ["AREA_NOT_CONNECTED"]


def test_the_insured_area_refuses_at_the_end_of_the_way(bench: Bench) -> None:
    patient = bench.patient(bench.put(settlement_suspended=True))
    with pytest.raises(No):
        patient.register()
    found = last(bench)
    assert way(found) == [*TO_AND_FRO[:2], ("参保地", "refused", AREA), *TO_AND_FRO[3:]]
    assert notes(found) == ["PERSON_SUSPENDED"]


def test_what_the_care_place_refuses_never_leaves_it(bench: Bench) -> None:
    patient = bench.patient().open()
    patient.upload(patient.row("P1", bench.item("A"), "500.00"))
    with pytest.raises(No):
        patient.preview("P1", "499.00")
    found = last(bench)
    assert way(found) == [("就医地", "refused", CHANGSHA)]
    assert notes(found) == ["TOTAL_WRONG"]


def test_nobody_is_refused_by_the_nation(bench: Bench) -> None:
    data = {"mdtrt_cert_type": "02", "mdtrt_cert_no": "990000190001010018"}
    with pytest.raises(No):
        bench.desk.ask("1101", "", data=data)
    assert way(last(bench)) == [TO_AND_FRO[0], ("国家", "refused", ""), TO_AND_FRO[4]]


def test_a_person_is_found_through_the_nation(bench: Bench) -> None:
    """1101 does not know the insured area yet: the way shows the one that answered."""
    certno = bench.put().certno
    bench.desk.ask("1101", "", data={"mdtrt_cert_type": "02", "mdtrt_cert_no": certno})
    assert way(last(bench)) == TO_AND_FRO


@pytest.mark.req("S1-33")
def test_a_delay_is_told(bench: Bench) -> None:
    area(bench, delay_ms=250)
    bench.patient().register()
    assert notes(last(bench)) == ["delay_ms=250"]


def lossy_2207(bench: Bench, where: str) -> Outcome:
    """A whole visit whose 2207 gets lost."""
    patient = bench.patient().open()
    patient.upload(patient.row("P1", bench.item("A"), "500.00"))
    shown = patient.preview("P1", "500.00")
    envelope = bench.desk.envelope("2207", AREA, {"data": patient.settling(shown, "P1")})
    area(bench, **{f"loss_{where}": 1.0})
    body = json.dumps(envelope).encode()
    return bench.platform.handle(read_envelope(body), bench.now, bench.real)


@pytest.mark.req("S1-33")
@pytest.mark.parametrize(
    ("where", "expected", "booked"),
    [
        ("there", [TO_AND_FRO[0], ("国家", "lost", AREA)], 0),
        ("back", [*TO_AND_FRO[:2], ("参保地", "settled", AREA), ("国家", "lost", AREA)], 1),
    ],
)
def test_a_lost_message(bench: Bench, where: str, expected: Way, booked: int) -> None:
    """Lost there: nothing happened. Lost on the way back: booked, and nobody hears of it."""
    assert lossy_2207(bench, where).lost
    assert way(last(bench)) == expected
    assert len(bench.state.settlements) == booked


def losses(bench: Bench, seed: int) -> list[bool]:
    """Which of forty messages get lost on their way back."""
    options = bodies.read_body(bodies.OptionsBody, json.dumps({"seed": seed}).encode())
    control_faults.change_options(bench.state, options)
    who = bench.put()
    area(bench, loss_back=0.5)
    body = json.dumps(bench.desk.envelope("5301", AREA, {"data": {"psn_no": who.psn_no}})).encode()
    return [
        bench.platform.handle(read_envelope(body), bench.now, bench.real).lost for _ in range(40)
    ]


def test_the_same_seed_loses_the_same_messages(bench: Bench) -> None:
    first = losses(bench, 7)
    assert 5 < sum(first) < 35
    assert losses(bench, 7) == first
    assert losses(bench, 8) != first


def test_a_refusal_gets_lost_too(bench: Bench) -> None:
    patient = bench.patient(bench.put(settlement_suspended=True))
    area(bench, loss_back=1.0)
    data = {"psn_no": patient.psn_no, "insutype": "310", "begntime": patient.began, **patient.cert}
    rest = {"ipt_otp_no": "1", "atddr_no": "D", "dr_name": "白", "dept_code": "A03"}
    more = {"dept_name": "内科", "caty": "A03"}
    envelope = bench.desk.envelope("2201", AREA, {"data": {**data, **rest, **more}})
    request = read_envelope(json.dumps(envelope).encode())
    assert bench.platform.handle(request, bench.now, bench.real).lost
    assert way(last(bench))[2:] == [("参保地", "refused", AREA), ("国家", "lost", AREA)]


@pytest.mark.req("S3-25")
def test_a_message_is_found_by_its_number(bench: Bench) -> None:
    """The case id of a problem report is the message's number."""
    settled(bench)
    one = log(bench)[2]
    assert log(bench, msgid=one["msgid"]) == [one]
    assert log(bench, msgid="none") == []


def test_nobody_is_named(bench: Bench) -> None:
    patient = settled(bench)
    with pytest.raises(No):
        patient.register(mdtrt_cert_no="990000190001010018")
    text = json.dumps(log(bench), default=str, ensure_ascii=False)
    for secret in (patient.psn_no, patient.certno, "孔试验", patient.mdtrt_id, "J06.900"):
        assert secret not in text


def asked(number: int) -> Ask:
    now = datetime(2023, 5, 2)  # noqa: DTZ001 - +08:00 always
    return Ask(msgid=str(number), infno="2207", at=now, institution="H", care_area="430100")


def test_the_log_is_bounded() -> None:
    kept = MessageLog()
    for number in range(KEPT + 10):
        kept.add(asked(number), iter(()))
    found = kept.latest(KEPT + 10)
    assert len(found) == KEPT
    assert (found[0].number, found[-1].number) == (11, KEPT + 10)


@pytest.mark.parametrize("limit", ["0", "x", str(KEPT + 1), ""])
def test_a_bad_limit_is_named(limit: str) -> None:
    with pytest.raises(bodies.Malformed) as error:
        show_log(MessageLog(), None, limit)
    assert error.value.field == "limit"


def numbers(messages: Sequence[dict[str, Any]]) -> list[int]:
    return [message["number"] for message in messages]


def test_the_last_ones_are_shown(bench: Bench) -> None:
    settled(bench)
    everything = log(bench)
    assert numbers(everything) == list(range(1, len(everything) + 1))
    assert log(bench, "2") == everything[-2:]
    assert show_log(bench.platform.log, None, None) == everything


def test_a_long_text_is_not_kept(bench: Bench) -> None:
    envelope = {**bench.desk.envelope("9" * 500, AREA, {}), "msgid": "M" * 500}
    bench.platform.handle(read_envelope(json.dumps(envelope).encode()), bench.now, bench.real)
    assert (last(bench)["msgid"], last(bench)["infno"]) == ("M" * 40, "9" * 40)


def test_every_reason_has_its_party() -> None:
    """A new reason must say in ``exchange/parties.py`` whose no it is."""
    parties = (CARE_PLACE, EXCHANGE, INSURED_PLACE)
    assert frozenset().union(*parties) == frozenset(Reason)
    assert sum(map(len, parties)) == len(Reason)
