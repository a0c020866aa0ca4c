"""What binds a visit, a batch and an answer together: terms that must be the same."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from desktop.domain.identifiers import AreaCode
from desktop.domain.problems import ProblemCode
from desktop.domain.visit import State
from desktop.services.ending import Ending, Stopped
from desktop.services.identify import from_qr
from tests.rig.town import townsman
from tests.services.counter import Counter, bill_of, codes, messages, partial_card

BOTH_INSURANCES = 5
AREA = AreaCode("370800")


def test_a_registration_under_another_insurance_is_not_joined(counter: Counter) -> None:
    """2201 binds a visit to one insurance: a failed try under 310 does not block 390."""
    person = townsman(BOTH_INSURANCES)
    counter.platform.fault("2203", "before", "reset")
    counter.platform.fault("2202", "before", "reset")
    first = counter.settle(bill_of(person), insurance=("310", AREA))
    assert codes(first) == ["no-usable-answer", "undo-pending"]
    second = counter.settle(bill_of(person), insurance=("390", AREA))
    assert second.ending is Ending.SETTLED
    assert counter.wire.infnos.count("2201") == 2


def test_no_fund_pays_and_no_reason_is_told(counter: Counter, person: Mapping[str, Any]) -> None:
    """Silence is no consent: a person must look before anything is registered."""

    def silent(tree: dict[str, Any]) -> None:
        for row in tree["output"]["trtinfo"]:
            row.update(trt_enjymnt_flag="0", trt_chk_rslt="")

    counter.wire.answer("2001", silent)
    finished = counter.settle(bill_of(person))
    assert (finished.ending, codes(finished)) == (Ending.NEEDS_PERSON, ["no-benefit"])
    assert "2201" not in counter.wire.infnos


def test_a_line_split_with_another_amount_is_not_understood(
    counter: Counter, person: Mapping[str, Any]
) -> None:
    """C5 begins with the lines: nothing is settled on them, and they are taken back."""

    def dearer(tree: dict[str, Any]) -> None:
        tree["output"]["result"][0]["det_item_fee_sumamt"] = "601.00"

    counter.wire.answer("2204", dearer)
    finished = counter.settle(bill_of(person))
    assert (finished.ending, codes(finished)) == (Ending.FAILED, ["no-usable-answer"])
    assert counter.wire.infnos[-2:] == ["2205", "2202"]
    assert counter.on_disk(finished).state is State.ELIGIBLE


def test_the_batch_is_named_in_the_intent_of_its_upload(
    counter: Counter, person: Mapping[str, Any]
) -> None:
    assert counter.settle(bill_of(person)).ending is Ending.SETTLED
    upload = counter.wire.of("2204")[0]
    assert upload.input["feedetail"][0]["chrg_bchno"] == upload.msgid


def test_a_lost_upload_of_a_joined_visit_removes_its_own_batch_only(
    counter: Counter, person: Mapping[str, Any]
) -> None:
    """Another window may have lines in the same visit: "0000" would take them too."""
    assert counter.settle(bill_of(person)).ending is Ending.SETTLED
    counter.platform.fault("2204", "after", "reset")
    finished = counter.settle(bill_of(person, bill_no="B0002"))
    assert codes(finished) == ["no-usable-answer"]
    removal, upload = counter.wire.of("2205")[-1], counter.wire.of("2204")[-1]
    assert removal.input["data"]["chrg_bchno"] == upload.msgid


def test_a_gateway_that_refuses_the_scan_does_not_blame_the_code(counter: Counter) -> None:
    person = townsman(0)
    code = counter.platform.voucher(person["certno"])

    def not_let_through(tree: dict[str, Any]) -> None:
        tree.clear()
        tree.update(code=401, message="签名不一致!")

    counter.wire.answer("ec.query", not_let_through)
    with pytest.raises(Stopped) as stop:
        from_qr(counter.desk, code)
    assert stop.value.problems[0].kind is ProblemCode.GATEWAY_REFUSED


def test_a_partial_card_refused_for_another_reason_keeps_its_own_words(
    counter: Counter, person: Mapping[str, Any]
) -> None:
    """Another credential would not help a suspended hospital."""

    def suspended(tree: dict[str, Any]) -> None:
        tree.update(infcode=-1, err_msg="FSI-该定点医药机构已被暂停医保结算[x_1]", output=None)

    counter.wire.answer("1101", suspended)
    card = partial_card(person["card_no"], person["card_sn"])
    finished = counter.settle(bill_of(person), card)
    assert (finished.ending, codes(finished)) == (Ending.REFUSED, ["institution-refused"])
    assert "暂停" in messages(finished)
