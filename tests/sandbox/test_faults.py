"""Every fault of the control surface by a real socket: what the client meets, what is booked."""

from __future__ import annotations

import json
import time

import httpx
import pytest

from tests.rig.practice import Practice
from tests.sandbox.asking import HOSPITAL, Desk, No, Patient
from tests.sandbox.http_side import http_desk, post, told

PERSON = "990000198503121038"


@pytest.fixture
def patient(running: Practice) -> Patient:
    """Presettled: a 2207 is the next thing."""
    desk: Desk = http_desk(running)
    ready = Patient(desk, running.person(PERSON)["psn_no"], PERSON).open()
    ready.upload(ready.row("P1", "A", "500.00"))
    return ready


def body_of_2207(patient: Patient) -> bytes:
    shown = patient.preview("P1", "500.00")
    data = {"data": patient.settling(shown, "P1")}
    return json.dumps(patient.desk.envelope("2207", "370800", data)).encode()


def booked(running: Practice) -> list[str]:
    return [str(row["state"]) for row in running.settlements(PERSON)]


SILENT = (httpx.ReadTimeout, httpx.ReadError, httpx.RemoteProtocolError)
BREAKS = [
    ("drop", httpx.ReadTimeout),
    ("reset", httpx.ReadError),
    ("truncate", httpx.RemoteProtocolError),
]


@pytest.mark.req("S3-28")
@pytest.mark.parametrize(("when", "effect"), [("before", []), ("after", ["effective"])])
@pytest.mark.parametrize(("what", "met"), BREAKS)
def test_a_broken_answer(
    running: Practice,
    patient: Patient,
    what: str,
    met: type[Exception],
    when: str,
    effect: list[str],
) -> None:
    body = body_of_2207(patient)
    running.fault("2207", when, what)
    with pytest.raises(met):
        post(running, body, wait=0.5)
    assert booked(running) == effect


@pytest.mark.parametrize(("when", "effect"), [("before", []), ("after", ["effective"])])
def test_http_500_is_a_page(
    running: Practice, patient: Patient, when: str, effect: list[str]
) -> None:
    body = body_of_2207(patient)
    running.fault("2207", when, "http500")
    answer = post(running, body)
    assert answer.status_code == 500
    assert "text/html" in answer.headers["content-type"]
    assert booked(running) == effect


@pytest.mark.parametrize(("when", "effect"), [("before", []), ("after", ["effective"])])
def test_a_garbled_answer_is_no_json(
    running: Practice, patient: Patient, when: str, effect: list[str]
) -> None:
    body = body_of_2207(patient)
    running.fault("2207", when, "garble")
    with pytest.raises(ValueError):
        told(post(running, body))
    assert booked(running) == effect


@pytest.mark.parametrize("when", ["before", "after"])
def test_a_delayed_answer_is_a_good_one(running: Practice, patient: Patient, when: str) -> None:
    body = body_of_2207(patient)
    running.fault("2207", when, "delay", seconds=0.3)
    began = time.monotonic()
    assert told(post(running, body))["infcode"] == 0
    assert time.monotonic() - began >= 0.3
    assert booked(running) == ["effective"]


@pytest.mark.parametrize(("when", "effect"), [("before", []), ("after", ["effective"])])
def test_who_leaves_during_a_delay_finds_it_as_told(
    running: Practice, patient: Patient, when: str, effect: list[str]
) -> None:
    body = body_of_2207(patient)
    running.fault("2207", when, "delay", seconds=0.6)
    with pytest.raises(httpx.ReadTimeout):
        post(running, body, wait=0.2)
    time.sleep(0.6)
    assert booked(running) == effect


def test_duplicate_is_refused_by_a_careful_platform(running: Practice, patient: Patient) -> None:
    body = body_of_2207(patient)
    running.fault("2207", "after", "duplicate")
    assert told(post(running, body))["infcode"] == 0
    assert booked(running) == ["effective"]


def test_duplicate_books_twice_on_a_careless_platform(running: Practice, patient: Patient) -> None:
    running.options(repeat_2207="book")
    body = body_of_2207(patient)
    running.fault("2207", "before", "duplicate")
    assert told(post(running, body))["infcode"] == 0
    assert booked(running) == ["effective", "effective"]
    rows = running.settlements(PERSON)
    assert rows[0]["medins_setl_id"] == rows[1]["medins_setl_id"]
    assert rows[0]["setl_id"] != rows[1]["setl_id"]


def test_duplicate_books_twice_with_an_e_voucher(running: Practice, patient: Patient) -> None:
    running.options(repeat_2207="book")
    patient.credential = ("01", ec_token(running))
    body = body_of_2207(patient)
    running.fault("2207", "after", "duplicate")
    assert told(post(running, body))["infcode"] == 0
    assert booked(running) == ["effective", "effective"]


def ec_token(running: Practice) -> str:
    operator = {"operatorId": "001", "operatorName": "操作员"}
    data = {"ecQrCode": running.voucher(PERSON), "businessType": "01301", **operator}
    asked = {"orgId": HOSPITAL, "transType": "ec.query", "data": data, "extra": {}}
    path = "/localcfc/api/hsecfc/localQrCodeQuery"
    return str(told(post(running, json.dumps(asked).encode(), path, headers={}))["data"]["ecToken"])


def test_late_books_without_an_answer(running: Practice, patient: Patient) -> None:
    body = body_of_2207(patient)
    running.fault("2207", "before", "late", seconds=0.5)
    with pytest.raises(httpx.ReadTimeout):
        post(running, body, wait=0.2)
    assert booked(running) == []
    time.sleep(0.6)
    assert booked(running) == ["effective"]


def test_first_in_first_used(running: Practice, patient: Patient) -> None:
    body = body_of_2207(patient)
    running.fault("2207", "before", "http500", times=2)
    running.fault("*", "before", "reset")
    assert post(running, body).status_code == 500
    assert post(running, body).status_code == 500
    with pytest.raises(httpx.ReadError):
        post(running, body)
    assert told(post(running, body))["infcode"] == 0


def test_a_fault_waits_for_its_own_transaction(running: Practice, patient: Patient) -> None:
    running.fault("2208", "before", "http500")
    patient.settle(patient.preview("P1", "500.00"), "P1")
    assert len(running.call("GET", "faults")["faults"]) == 1
    running.clear_faults()
    assert running.call("GET", "faults")["faults"] == []


def test_the_voucher_has_faults_of_its_own(running: Practice) -> None:
    running.fault("ec.query", "before", "http500")
    path = "/localcfc/api/hsecfc/localQrCodeQuery"
    assert post(running, b"{}", path, headers={}).status_code == 500
    assert told(post(running, b"{}", path, headers={}))["success"] is False


def test_gateway_refusals_use_no_fault_up(running: Practice, patient: Patient) -> None:
    body = body_of_2207(patient)
    running.fault("2207", "before", "http500")
    assert post(running, body, headers={}).json()["code"] == 401
    assert post(running, body).status_code == 500


def test_reset_forgets_late_bookings_and_faults(running: Practice, patient: Patient) -> None:
    body = body_of_2207(patient)
    running.fault("2207", "before", "late", seconds=0.3)
    with pytest.raises(httpx.ReadTimeout):
        post(running, body, wait=0.1)
    running.fault("1101", "before", "drop")
    running.reset()
    time.sleep(0.4)
    assert running.settlements() == []
    assert running.call("GET", "faults")["faults"] == []


def test_late_comes_before_booking_only(running: Practice) -> None:
    with pytest.raises(httpx.HTTPStatusError) as error:
        running.fault("2207", "after", "late")
    assert error.value.response.status_code == 422
    assert error.value.response.json()["field"] == "when"


def test_a_refusal_may_be_followed_by_the_late_booking(running: Practice, patient: Patient) -> None:
    """A 2208 cannot find what is not booked yet; then it is."""
    body = body_of_2207(patient)
    running.fault("2207", "before", "late", seconds=0.4)
    with pytest.raises(httpx.ReadTimeout):
        post(running, body, wait=0.1)
    with pytest.raises(No):
        patient.cancel("430100000000000000000000")
    time.sleep(0.5)
    assert booked(running) == ["effective"]
