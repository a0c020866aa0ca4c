"""Credential → person → insurance (visit.md B01–B09, S0-29), against the real platform."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from msgspec import structs

from desktop.domain.credential import Credential, CredentialKind
from desktop.domain.identifiers import AreaCode
from desktop.domain.names import PUA_TO_STANDARD
from desktop.domain.problems import ProblemCode
from desktop.domain.visit import State
from desktop.nhsa.transport import NotSentError, Reply, WhyNotSent
from desktop.services.ending import Ending, Stopped
from desktop.services.identify import from_id_number, from_qr, identify
from desktop.services.line import Line
from desktop.services.whole_settlement import settle_bill
from tests.rig.practice import Practice
from tests.rig.town import named, townsman
from tests.services.counter import (
    Counter,
    bill_of,
    codes,
    counter_at,
    id_card,
    messages,
    partial_card,
)

NOBODY = "990000197001010026"
BOTH_INSURANCES = 5


def _only_asked(counter: Counter, *infnos: str) -> None:
    assert counter.wire.infnos == list(infnos)


def test_an_unknown_person_is_refused_before_anything_is_registered(
    counter: Counter, person: Mapping[str, Any]
) -> None:
    finished = counter.settle(bill_of(person), from_id_number(NOBODY))
    assert (finished.ending, codes(finished)) == (Ending.REFUSED, ["person-unknown"])
    _only_asked(counter, "1101")
    assert counter.on_disk(finished).state is State.CREDENTIAL


def test_a_typed_number_with_a_wrong_check_digit_is_never_sent(counter: Counter) -> None:
    with pytest.raises(Stopped) as stop:
        from_id_number(NOBODY[:-1] + "X")
    assert stop.value.problems[0].kind is ProblemCode.ID_NUMBER_INVALID
    assert NOBODY[:-1] not in str(stop.value)
    _only_asked(counter)


@pytest.mark.req("S0-29", "S1-23")
def test_a_partial_card_is_asked_for_by_card_number_and_card_sn(
    counter: Counter, person: Mapping[str, Any]
) -> None:
    """S0-29: a 3.0 card tells neither name nor ID number, and still settles."""
    card = partial_card(person["card_no"], person["card_sn"])
    finished = counter.settle(bill_of(person), card)
    assert (finished.ending, codes(finished)) == (Ending.SETTLED, [])
    asked = counter.wire.of("1101")[0].input["data"]
    assert (asked["mdtrt_cert_type"], asked["mdtrt_cert_no"]) == ("03", person["card_no"])
    assert asked["card_sn"] == person["card_sn"]
    assert not asked.get("certno")
    settled = counter.wire.of("2207")[0].input["data"]
    assert (settled["mdtrt_cert_no"], settled["card_sn"]) == (person["card_no"], person["card_sn"])


@pytest.mark.parametrize("card_no", ["X99999999", "E37080001"])
def test_only_the_refusal_of_a_partial_card_asks_for_another_credential(
    counter: Counter, person: Mapping[str, Any], card_no: str
) -> None:
    finished = counter.settle(bill_of(person), partial_card(card_no, "F" * 32))
    assert (finished.ending, codes(finished)) == (Ending.REFUSED, ["other-credential-needed"])
    _only_asked(counter, "1101")


def test_a_whole_card_that_nobody_knows_is_an_unknown_person(
    counter: Counter, person: Mapping[str, Any]
) -> None:
    card = Credential(
        CredentialKind.SOCIAL_SECURITY_CARD, "X99999999", "F" * 32, cert_no=person["certno"]
    )
    assert codes(counter.settle(bill_of(person), card)) == ["person-unknown"]


@pytest.mark.req("S4-18")
def test_the_credential_of_another_person_stops_and_shows_no_whole_name(
    counter: Counter, person: Mapping[str, Any]
) -> None:
    """B09: nothing is overwritten; both names masked."""
    other = townsman(1)
    finished = counter.settle(bill_of(person), id_card(other["certno"]))
    assert (finished.ending, codes(finished)) == (Ending.NEEDS_PERSON, ["patient-mismatch"])
    for hidden in (person["name"], other["name"], person["certno"], other["certno"]):
        assert hidden not in messages(finished)
    _only_asked(counter, "1101")
    assert counter.on_disk(finished).state is State.REFUSED


def test_a_rare_name_in_the_old_coding_of_the_hospital_is_the_same_person(
    counter: Counter,
) -> None:
    """The hospital's system may still write 龴 as a private-use character."""
    person = named("龴")
    old = next(chr(code) for code, char in PUA_TO_STANDARD.items() if char == ord("龴"))
    bill = bill_of({**person, "name": person["name"].replace("龴", old)})
    assert counter.settle(bill).ending is Ending.SETTLED


def test_several_active_insurances_wait_for_a_person(counter: Counter) -> None:
    """B06."""
    person = townsman(BOTH_INSURANCES)
    finished = counter.settle(bill_of(person))
    assert (finished.ending, codes(finished)) == (Ending.NEEDS_PERSON, ["choose-insurance"])
    assert "310@370800" in messages(finished)
    assert "390@370800" in messages(finished)


def test_the_chosen_insurance_is_the_one_that_is_settled(counter: Counter) -> None:
    person = townsman(BOTH_INSURANCES)
    chosen = ("390", AreaCode("370800"))
    finished = counter.settle(bill_of(person), insurance=chosen)
    assert finished.ending is Ending.SETTLED
    assert counter.wire.of("2207")[0].input["data"]["insutype"] == "390"


@pytest.mark.parametrize("wanted", [("340", None), ("310", AreaCode("440300"))])
def test_an_insurance_that_the_person_has_not_is_named(
    counter: Counter, wanted: tuple[str, AreaCode | None]
) -> None:
    finished = counter.settle(bill_of(townsman(BOTH_INSURANCES)), insurance=wanted)
    assert (finished.ending, codes(finished)) == (Ending.NEEDS_PERSON, ["insurance-not-found"])


def test_an_inactive_insurance_is_refused(counter: Counter) -> None:
    """B10."""
    finished = counter.settle(bill_of(townsman(11)))
    assert (finished.ending, codes(finished)) == (Ending.REFUSED, ["insurance-inactive"])
    _only_asked(counter, "1101")


@pytest.mark.req("S2-24")
def test_people_of_this_province_belong_to_another_window(
    counter: Counter, person: Mapping[str, Any]
) -> None:
    """B07."""
    at_home = [{**row, "area": "430300"} for row in person["insured"]]
    told = {key: value for key, value in person.items() if key != "note"}
    counter.platform.put_person(person["certno"], told | {"insured": at_home})
    finished = counter.settle(bill_of(person))
    assert (finished.ending, codes(finished)) == (Ending.REFUSED, ["in-province"])
    assert "2201" not in counter.wire.infnos


def test_a_demanded_sign_in_is_made_silently_and_kept(
    counter: Counter, person: Mapping[str, Any]
) -> None:
    """B51: one 9001 for the day, however many bills follow."""
    counter.platform.options(require_sign_in=True)
    assert counter.settle(bill_of(person)).ending is Ending.SETTLED
    assert counter.wire.infnos[:3] == ["1101", "9001", "1101"]
    again = counter.settle(bill_of(person, bill_no="B0002", visit_no="V0002"))
    assert again.ending is Ending.SETTLED
    assert len(counter.wire.of("9001")) == 1
    assert all(sent.head["sign_no"] for sent in counter.wire.of("2207"))


def test_a_clock_that_is_wrong_stops_before_anything_is_registered(
    counter: Counter, person: Mapping[str, Any]
) -> None:
    """B48: fee dates and tokens hang on it."""
    clock = counter.desk.clock
    slow = structs.replace(counter.desk, clock=lambda: clock() - timedelta(minutes=3))
    finished = settle_bill(slow, counter.order(bill_of(person)))
    assert (finished.ending, codes(finished)) == (Ending.FAILED, ["clock-wrong"])
    _only_asked(counter, "1101")


def test_a_scanned_text_of_another_kind_is_never_sent(counter: Counter) -> None:
    """B01: told by its shape."""
    with pytest.raises(Stopped) as stop:
        from_qr(counter.desk, "134567890123456789")
    (problem,) = stop.value.problems
    assert (problem.kind, problem.detail) == (ProblemCode.NOT_A_VOUCHER, "像是微信付款码")
    _only_asked(counter)


@pytest.mark.req("S0-29", "S1-23")
@pytest.mark.parametrize("as_text", [False, True])
def test_a_voucher_is_decoded_once_and_settles_by_its_token(
    counter: Counter, person: Mapping[str, Any], as_text: bool
) -> None:
    counter.platform.options(voucher_data_as_text=as_text)
    qr = counter.platform.voucher(person["certno"])
    voucher = from_qr(counter.desk, f" {qr}\n")
    assert counter.settle(bill_of(person), voucher).ending is Ending.SETTLED
    assert counter.wire.infnos.count("ec.query") == 1
    settled = counter.wire.of("2207")[0].input["data"]
    assert (settled["mdtrt_cert_type"], settled["mdtrt_cert_no"]) == ("01", voucher.number)
    with pytest.raises(Stopped) as stop:
        from_qr(counter.desk, qr)
    assert stop.value.problems[0].kind is ProblemCode.VOUCHER_USED
    assert counter.wire.infnos.count("ec.query") == 1


def test_a_used_code_stays_used_after_a_restart_for_a_day(
    platform: Practice, profile: Path, tmp_path: Path, person: Mapping[str, Any]
) -> None:
    """B03: kept for a day, as a keyed hash."""
    qr = platform.voucher(person["certno"])
    with counter_at(platform, profile, tmp_path) as counter:
        from_qr(counter.desk, qr)
    with counter_at(platform, profile, tmp_path) as counter:
        assert problem_of_scan(counter, qr) is ProblemCode.VOUCHER_USED
        assert counter.wire.infnos == []
        assert marks(counter).isdisjoint((qr.encode(), hashlib.sha256(qr.encode()).digest()))
        tomorrow = counter.desk.clock() + timedelta(days=1, seconds=1)
        later = replace(counter, desk=structs.replace(counter.desk, clock=lambda: tomorrow))
        assert problem_of_scan(later, qr) is ProblemCode.VOUCHER_REFUSED
        assert len(marks(counter)) == 1


def marks(counter: Counter) -> frozenset[bytes]:
    """What the journal keeps of the used codes."""
    rows = counter.opened.journal._database.rows("SELECT mark FROM used_codes")
    return frozenset(mark for (mark,) in rows)


class TurnedAway:
    """The gateway lets nobody in, or there is none."""

    def __init__(self, body: bytes = b"") -> None:
        self._body = body

    def post(self, *_request: object, **_how: object) -> Reply:
        if not self._body:
            raise NotSentError(WhyNotSent.NOT_CONNECTED)
        return Reply(200, {"content-type": "application/json"}, self._body)


@pytest.mark.parametrize(
    ("gateway", "why"),
    [
        (TurnedAway(), ProblemCode.NOT_CONNECTED),
        (TurnedAway(b'{"code":401,"message":"denied"}'), ProblemCode.GATEWAY_REFUSED),
    ],
)
def test_a_code_that_reached_nobody_may_be_scanned_again(
    counter: Counter, person: Mapping[str, Any], gateway: TurnedAway, why: ProblemCode
) -> None:
    """The voucher service never saw the code (B03)."""
    qr = counter.platform.voucher(person["certno"])
    line = counter.desk.platform
    assert isinstance(line, Line)
    astray = structs.replace(
        counter.desk, platform=Line(structs.replace(line._client, transport=gateway))
    )
    assert problem_of_scan(replace(counter, desk=astray), qr) is why
    assert from_qr(counter.desk, qr).cert_no == person["certno"]


def test_a_code_whose_answer_was_lost_is_used(counter: Counter, person: Mapping[str, Any]) -> None:
    """It may be spent: only a new one helps (B03)."""
    qr = counter.platform.voucher(person["certno"])
    counter.platform.fault("ec.query", "after", "reset")
    assert problem_of_scan(counter, qr) is ProblemCode.NO_USABLE_ANSWER
    assert problem_of_scan(counter, qr) is ProblemCode.VOUCHER_USED


def problem_of_scan(counter: Counter, qr: str) -> ProblemCode:
    with pytest.raises(Stopped) as stop:
        from_qr(counter.desk, qr)
    (problem,) = stop.value.problems
    return problem.kind


def test_a_token_that_has_settled_once_asks_for_a_fresh_code(
    counter: Counter, person: Mapping[str, Any]
) -> None:
    """B03."""
    voucher = from_qr(counter.desk, counter.platform.voucher(person["certno"]))
    assert counter.settle(bill_of(person), voucher).ending is Ending.SETTLED
    again = counter.settle(bill_of(person, bill_no="B0002", visit_no="V0002"), voucher)
    assert (again.ending, codes(again)) == (Ending.REFUSED, ["voucher-refused"])


def test_a_lost_answer_to_the_first_question_is_a_failure_without_traces(
    counter: Counter, person: Mapping[str, Any]
) -> None:
    counter.platform.fault("1101", "after", "reset")
    finished = counter.settle(bill_of(person))
    assert (finished.ending, codes(finished)) == (Ending.FAILED, ["no-usable-answer"])
    _only_asked(counter, "1101")


def test_who_is_asked_for_is_told_as_the_centre_knows_them(
    counter: Counter, person: Mapping[str, Any]
) -> None:
    found = identify(counter.desk, id_card(person["certno"]))
    assert (found.name, found.cert_no) == (person["name"], person["certno"])
    assert [row.kind for row in found.insurances] == ["310"]
