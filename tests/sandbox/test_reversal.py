"""2601: what it undoes, whom it refuses, and that it puts every sum back (visit.md B28)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.domain.money import ZERO, Money
from desktop.sandbox.control import bodies
from desktop.sandbox.control import faults as control_faults
from desktop.sandbox.control import surface as control
from desktop.sandbox.insured_place.benefit import AccountUse
from desktop.sandbox.model import Repeat2207
from desktop.sandbox.reasons import Reason
from desktop.sandbox.state import sums_key
from tests.sandbox.asking import Patient
from tests.sandbox.conftest import Bench
from tests.sandbox.refusing import presettled, refused
from tests.sandbox.test_properties import people, town_of_one, wire_lines


def settled(bench: Bench) -> tuple[Patient, Mapping[str, Any]]:
    patient, shown = presettled(bench)
    return patient, patient.settle(shown, "P1", use="1")["setlinfo"]


def states(bench: Bench) -> list[str]:
    return [str(row["state"]) for row in control.settlements(bench.state, None)]


def booked_again(bench: Bench, patient: Patient, shown: Mapping[str, Any], times: int) -> str:
    """One 2207 that reaches the platform ``times`` times; its msgid."""
    data = {"data": patient.settling(shown, "P1")}
    envelope = patient.desk.envelope("2207", "370800", data)
    for _ in range(times):
        assert str(patient.desk.send(envelope)["infcode"]) == "0"
    return str(envelope["msgid"])


def test_a_reversal_needs_the_msgid_only(bench: Bench) -> None:
    patient, info = settled(bench)
    patient.reverse(info["medins_setl_id"])
    assert states(bench) == ["reversed"]


def test_what_is_reversed_can_be_settled_anew_after_another_preview(bench: Bench) -> None:
    patient, info = settled(bench)
    patient.reverse(info["medins_setl_id"])
    with refused(bench, Reason.PREVIEW_MISSING):
        patient.settle({"setlinfo": info}, "P1")
    patient.settle(patient.preview("P1", "100.00"), "P1")
    assert states(bench) == ["reversed", "effective"]


def test_lines_of_a_reversed_batch_can_be_removed(bench: Bench) -> None:
    patient, info = settled(bench)
    patient.reverse(info["medins_setl_id"])
    patient.remove("P1")
    patient.withdraw()


@pytest.mark.parametrize("omsgid", ["H43010000001202305020900009999", "1"])
def test_a_msgid_never_seen_is_no_such_transaction(bench: Bench, omsgid: str) -> None:
    patient, _ = settled(bench)
    with refused(bench, Reason.REVERSAL_UNKNOWN):
        patient.reverse(omsgid)


def test_a_late_booking_may_follow_a_refusal(bench: Bench) -> None:
    """Why "not found" counts only after the horizon; then the reversal finds it."""
    patient, shown = presettled(bench)
    late = patient.desk.envelope("2207", "370800", {"data": patient.settling(shown, "P1")})
    with refused(bench, Reason.REVERSAL_UNKNOWN):
        patient.reverse(str(late["msgid"]))
    patient.desk.send(late)
    assert states(bench) == ["effective"]
    patient.reverse(str(late["msgid"]))
    assert states(bench) == ["reversed"]


def test_after_a_2208_it_is_refused(bench: Bench) -> None:
    patient, info = settled(bench)
    patient.cancel(info["setl_id"])
    with refused(bench, Reason.REVERSAL_REFUNDED):
        patient.reverse(info["medins_setl_id"])


def test_a_2208_itself_is_never_reversed(bench: Bench) -> None:
    patient, info = settled(bench)
    negative = patient.cancel(info["setl_id"])["setlinfo"]
    with refused(bench, Reason.REVERSAL_UNKNOWN):
        patient.reverse(negative["medins_setl_id"])
    with refused(bench, Reason.REVERSAL_NOT_POSSIBLE):
        patient.reverse(negative["medins_setl_id"], "2208")


def test_done_twice_it_is_refused(bench: Bench) -> None:
    patient, info = settled(bench)
    patient.reverse(info["medins_setl_id"])
    with refused(bench, Reason.REVERSAL_REPEATED):
        patient.reverse(info["medins_setl_id"])


def test_after_a_reversal_a_2208_is_refused(bench: Bench) -> None:
    patient, info = settled(bench)
    patient.reverse(info["medins_setl_id"])
    with refused(bench, Reason.SETTLEMENT_UNDONE):
        patient.cancel(info["setl_id"])


def test_booked_twice_by_the_platform_both_are_undone(bench: Bench) -> None:
    control_faults.change_options(bench.state, bodies.OptionsBody(repeat_2207=Repeat2207.BOOK))
    patient, shown = presettled(bench)
    patient.reverse(booked_again(bench, patient, shown, 2))
    assert states(bench) == ["reversed", "reversed"]
    sums = bench.state.sums[sums_key(patient.psn_no, "310", 2023)]
    assert (sums.deductible, sums.costs, sums.visits) == (ZERO, ZERO, 0)


def test_of_two_the_cancelled_one_stays_cancelled(bench: Bench) -> None:
    control_faults.change_options(bench.state, bodies.OptionsBody(repeat_2207=Repeat2207.BOOK))
    patient, shown = presettled(bench)
    msgid = booked_again(bench, patient, shown, 2)
    patient.cancel(str(control.settlements(bench.state, None)[0]["setl_id"]))
    patient.reverse(msgid)
    assert states(bench) == ["cancelled", "reversed", "negative"]


def test_another_person_or_hospital_reverses_nothing(bench: Bench) -> None:
    patient, info = settled(bench)
    other = bench.patient(bench.put("990000199001010018"))
    with refused(bench, Reason.REVERSAL_UNKNOWN):
        other.reverse(info["medins_setl_id"])
    neighbour = bodies.InstitutionBody(name="邻院", area="430100", level=2)
    control.change_institution(bench.state, "H43010000002", neighbour)
    patient.desk.hospital = "H43010000002"
    with refused(bench, Reason.REVERSAL_UNKNOWN):
        patient.reverse(info["medins_setl_id"])


def test_an_area_that_does_not_open_it(bench: Bench) -> None:
    """Some areas do not for cross-province care (B28): the setting ``reversal``."""
    patient, info = settled(bench)
    control.change_area(bench.state, "370800", bodies.AreaBody(reversal_2601=False))
    with refused(bench, Reason.REVERSAL_NOT_OPEN):
        patient.reverse(info["medins_setl_id"])


@pytest.mark.parametrize("infno", ["2102", "2304", "2401", "2207A"])
def test_what_the_platform_does_not_have_is_refused_by_name(bench: Bench, infno: str) -> None:
    patient, info = settled(bench)
    with refused(bench, Reason.NOT_OFFERED):
        patient.reverse(info["medins_setl_id"], infno)


@pytest.mark.parametrize("infno", ["2201", "2204", "2206", "1101", "0000"])
def test_what_cannot_be_reversed_at_all(bench: Bench, infno: str) -> None:
    patient, info = settled(bench)
    with refused(bench, Reason.REVERSAL_NOT_POSSIBLE):
        patient.reverse(info["medins_setl_id"], infno)


@settings(max_examples=40)
@given(
    st.lists(wire_lines, min_size=1, max_size=3),
    people,
    st.sampled_from(("LONG_RESIDENT", "OTHER")),
    st.sampled_from(AccountUse),
    st.randoms(use_true_random=False),
)
def test_2601_restores_every_sum(
    bills: list[list[tuple[str, str, str, str]]],
    person: dict[str, str],
    kind: str,
    use: AccountUse,
    chance: Any,
) -> None:
    """Year sums, counts, accounts, the visit's deductible and the cap, in any order (A13)."""
    bench, who = town_of_one(person, kind)
    patient = bench.patient(who).open()
    msgids, shown = [], []
    for index, bill in enumerate(bills):
        rows = [patient.row(f"P{index}", i, p, q, hosp_appr_flag=f) for p, q, i, f in bill]
        answer = patient.whole(f"P{index}", *rows, use=use.value)
        msgids.append(answer["setlinfo"]["medins_setl_id"])
        shown.append(_told(answer))
    chance.shuffle(msgids)
    for msgid in msgids:
        patient.reverse(msgid)
    sums = bench.state.sums.get(sums_key(who.psn_no, "310", 2023))
    assert sums is not None
    assert (sums.deductible, sums.fund, sums.costs, sums.account, sums.visits) == (*[ZERO] * 4, 0)
    assert bench.person(who).insured == who.insured
    assert next(iter(bench.state.visits)).deductible == ZERO
    assert _settled_again(bench, patient, use) == shown


def _settled_again(bench: Bench, patient: Patient, use: AccountUse) -> list[str]:
    """The same bills in the same order pay what they paid before."""
    told = []
    for batch in bench.state.batches_of(bench.state.visits[patient.mdtrt_id]):
        total = Money.total(line.total for line in batch.lines).yuan()
        shown = patient.preview(batch.number, total, use.value)
        told.append(_told(patient.settle(shown, batch.number, use.value)))
    return told


def _told(answer: Mapping[str, Any]) -> str:
    info = answer["setlinfo"]
    names = ("fund_pay_sumamt", "act_pay_dedc", "acct_pay", "psn_cash_pay", "balc")
    return json.dumps([str(info[name]) for name in names])
