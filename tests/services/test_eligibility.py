"""Will the funds pay: 2001, the filing, trauma (visit.md B10–B21), against the real platform."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import pytest

from desktop.domain.times import CHINA
from desktop.domain.visit import State
from desktop.services.eligibility import lacking, ordinary_visit
from desktop.services.ending import Ending
from tests.rig.bills import BillOf
from tests.rig.town import townsman
from tests.services.counter import Counter, bill_of, codes, messages
from tests.services.wire import Tree, refusing

UNFILED = 7
TRAUMA = "no-third-party"


def _body(person: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in person.items() if key != "note"}


def _refusing_funds(text: str) -> Any:
    """2001 says no to every fund, with a sentence of its own."""

    def edit(tree: Tree) -> None:
        for row in tree["output"]["trtinfo"]:
            row.update(trt_enjymnt_flag="0", trt_chk_rslt=text)

    return edit


@pytest.mark.parametrize(
    ("place", "code", "state"),
    [
        pytest.param(
            7,
            "not-filed",
            State.NEEDS_FILING,
            id="not filed (B13)",
            marks=pytest.mark.req("S0-15", "S1-09"),
        ),
        pytest.param(8, "filed-elsewhere", State.NEEDS_FILING, id="filed elsewhere (B14)"),
        pytest.param(9, "not-filed", State.NEEDS_FILING, id="filed later (B15)"),
        pytest.param(10, "not-filed", State.NEEDS_FILING, id="filing ended"),
        pytest.param(
            12,
            "inpatient",
            State.REFUSED,
            id="inpatient (B12)",
            marks=pytest.mark.req("S3-17"),
        ),
        pytest.param(13, "suspended", State.REFUSED, id="suspended (B11)"),
    ],
)
def test_a_no_of_2001_ends_before_anything_is_registered(
    counter: Counter, place: int, code: str, state: State
) -> None:
    finished = counter.settle(bill_of(townsman(place)))
    assert (finished.ending, codes(finished)) == (Ending.REFUSED, [code])
    assert counter.wire.infnos == ["1101", "2001"]
    assert counter.on_disk(finished).state is state


@pytest.mark.req("S3-12")
def test_whoever_files_meanwhile_settles_the_same_bill(counter: Counter) -> None:
    """B13: 重新查询; the bill that was refused is a new attempt."""
    person = townsman(UNFILED)
    assert counter.settle(bill_of(person)).ending is Ending.REFUSED
    filing = {"kind": "OTHER", "area": "430100", "from": "2023-05-01", "to": None}
    counter.platform.file(person["certno"], filing)
    finished = counter.settle(bill_of(person))
    assert finished.ending is Ending.SETTLED
    assert finished.record.filing is not None


def test_an_emergency_without_a_filing_counts_as_filed(counter: Counter) -> None:
    """B16, S3-13."""
    bill = bill_of(townsman(UNFILED), kind="13", emergency=True)
    assert counter.settle(bill).ending is Ending.SETTLED


@pytest.mark.req("S2-04")
def test_an_area_without_pool_goes_on_with_the_account_and_says_so(
    counter: Counter, person: Mapping[str, Any]
) -> None:
    """B19."""
    counter.platform.area("370800", pooled=False)
    finished = counter.settle(bill_of(person))
    assert (finished.ending, codes(finished)) == (Ending.SETTLED, ["account-only"])
    assert counter.effective(bill_of(person))[0]["fund_pay_sumamt"] == "0.00"


def _answering(*rows: tuple[str, str]) -> Any:
    """2001 with these funds: a code with why it does not pay, "" where it does."""

    def edit(tree: Tree) -> None:
        like = tree["output"]["trtinfo"][0]
        tree["output"]["trtinfo"] = [
            {**like, "fund_pay_type": fund, "trt_enjymnt_flag": "0" if no else "1"}
            | {"trt_chk_rslt": no or None}
            for fund, no in rows
        ]

    return edit


USED_UP, NO_AID, CLOSED = "本年度支付限额已用完", "非救助对象", "本周系统盘点，统筹暂停"


@pytest.mark.req("S0-24", "S2-04")
@pytest.mark.parametrize(
    ("rows", "told"),
    [
        pytest.param((("310100", USED_UP), ("310200", "")), ["quota-used"], id="the account pays"),
        pytest.param((("310100", USED_UP), ("330100", "")), ["quota-used"], id="another fund pays"),
        pytest.param(
            (("310100", CLOSED), ("310200", "")), ["no-benefit"], id="a reason nobody knows"
        ),
        pytest.param((("310100", ""), ("610100", NO_AID)), [], id="the pool pays"),
        pytest.param(
            (("310100", ""), ("330100", USED_UP)), [], id="the limit of another fund is no year"
        ),
        pytest.param((("310101", ""), ("310100", USED_UP)), [], id="one of two pools pays"),
    ],
)
def test_why_the_pool_does_not_pay_is_told_although_it_goes_on(
    counter: Counter,
    person: Mapping[str, Any],
    rows: tuple[tuple[str, str], ...],
    told: list[str],
) -> None:
    """B19, B21: a row that pays, such as the account's, silences nobody."""
    counter.wire.answer("2001", _answering(*rows))
    finished = counter.settle(bill_of(person))
    assert (finished.ending, codes(finished)) == (Ending.SETTLED, told)


@pytest.mark.req("S2-04")
def test_only_account_rows_that_pay_nothing_are_noted(
    counter: Counter, person: Mapping[str, Any]
) -> None:
    counter.platform.area("370800", pooled=False)
    counter.wire.answer("2001", _refusing_funds("FSI-该参保地无门诊统筹待遇"))
    finished = counter.settle(bill_of(person))
    assert (finished.ending, codes(finished)[0]) == (Ending.SETTLED, "account-only")


@pytest.mark.req("S0-24")
def test_a_used_up_year_goes_on_with_nothing_from_the_fund(
    counter: Counter, person: Mapping[str, Any]
) -> None:
    """B21: it is settled all the same, and recorded."""
    used = {"2023": {"deductible_paid": "5000.00", "fund_used": "99999.00"}}
    counter.platform.put_person(person["certno"], _body(person) | {"year": used})
    finished = counter.settle(bill_of(person))
    assert finished.ending is Ending.SETTLED
    booked = counter.effective(bill_of(person))[0]
    assert (booked["fund_pay_sumamt"], booked["psn_cash_pay"]) == ("0.00", "600.00")


@pytest.mark.req("S0-24")
def test_a_quota_told_by_2001_is_a_note_and_no_stop(
    counter: Counter, person: Mapping[str, Any]
) -> None:
    counter.wire.answer("2001", _refusing_funds("本年度支付限额已用完"))
    finished = counter.settle(bill_of(person))
    assert (finished.ending, codes(finished)) == (Ending.SETTLED, ["quota-used"])


def test_a_reason_that_no_pattern_knows_waits_for_a_person_word_for_word(
    counter: Counter, person: Mapping[str, Any]
) -> None:
    text = "FSI-本月十五日前不予受理，详见鲁医保发〔2023〕7号[x_1]"
    counter.wire.answer("2001", _refusing_funds(text))
    finished = counter.settle(bill_of(person))
    assert (finished.ending, codes(finished)) == (Ending.NEEDS_PERSON, ["no-benefit"])
    assert text in messages(finished)
    assert "2201" not in counter.wire.infnos


def test_a_platform_without_2001_is_asked_by_the_transactions_themselves(
    counter: Counter, person: Mapping[str, Any]
) -> None:
    counter.wire.answer("2001", refusing("FSI-本平台暂未开放交易[2001][fsiRouteBO_2010]"))
    assert counter.settle(bill_of(person)).ending is Ending.SETTLED


def test_without_2001_the_preview_tells_the_missing_filing_and_all_is_undone(
    counter: Counter,
) -> None:
    person = townsman(UNFILED)
    counter.wire.answer("2001", refusing("FSI-交易编号[2001]不存在[fsiRouteBO_2001]"))
    finished = counter.settle(bill_of(person))
    assert (finished.ending, codes(finished)) == (Ending.REFUSED, ["not-filed"])
    assert counter.wire.infnos[-3:] == ["2206", "2205", "2202"]
    assert counter.on_disk(finished).unanswered == ()


def test_a_lost_answer_of_2001_is_a_failure_without_traces(
    counter: Counter, person: Mapping[str, Any]
) -> None:
    counter.platform.fault("2001", "before", "http500")
    finished = counter.settle(bill_of(person))
    assert (finished.ending, codes(finished)) == (Ending.FAILED, ["no-usable-answer"])
    assert counter.wire.infnos == ["1101", "2001"]


@pytest.mark.req("S0-04")
def test_an_area_that_is_not_connected_says_so(counter: Counter, person: Mapping[str, Any]) -> None:
    counter.platform.area("370800", connected=False)
    finished = counter.settle(bill_of(person))
    assert (finished.ending, codes(finished)) == (Ending.REFUSED, ["area-not-connected"])


def _hurt(person: Mapping[str, Any], trauma: str, letter: str | None = None) -> BillOf:
    return bill_of(person, changed={"trauma": trauma, "trauma_letter": letter})


@pytest.mark.req("S3-14")
def test_trauma_with_a_third_party_never_settles_here(
    counter: Counter, person: Mapping[str, Any]
) -> None:
    """B17: nothing is even asked."""
    finished = counter.settle(_hurt(person, "third-party"))
    assert (finished.ending, codes(finished)) == (Ending.REFUSED, ["third-party"])
    assert counter.wire.sent == []


def test_trauma_without_its_letter_waits_for_a_person(
    counter: Counter, person: Mapping[str, Any]
) -> None:
    finished = counter.settle(_hurt(person, TRAUMA))
    assert (finished.ending, codes(finished)) == (Ending.NEEDS_PERSON, ["trauma-letter-needed"])
    assert counter.wire.infnos == ["1101", "2001"]


@pytest.mark.req("S3-14")
def test_trauma_with_its_letter_settles_and_carries_the_flags(
    counter: Counter, person: Mapping[str, Any]
) -> None:
    assert counter.settle(_hurt(person, TRAUMA, "F4-1")).ending is Ending.SETTLED
    for infno in ("2206", "2207"):
        flags = counter.wire.of(infno)[0].input["data"]["exp_content"]
        assert flags == '{"TRUM_FLAG":"1","REL_TTP_FLAG":"0"}'


def test_while_there_is_no_bill_an_ordinary_visit_of_now_is_asked_about() -> None:
    began = datetime(2023, 5, 2, 9, tzinfo=CHINA)
    visit = ordinary_visit(began)
    assert (visit.kind, visit.began, visit.disease) == ("11", began, "")
    assert lacking(visit) == ()
