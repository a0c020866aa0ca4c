"""What the window says as 估算, before the bill and beside the platform's answer (ideas 1, 2, 18)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from desktop.knowledge.areas import load_areas
from desktop.services.identify import from_id_number
from tests.services.counter import MEDICINE
from tests.ui.cashier.booth import Booth
from tests.ui.cashier.rare_states import HOSPITAL, ORDINARY
from ui.cashier.estimate_words import differences
from ui.cashier.money_words import explanation
from ui.cashier.state import Page, ShownBy
from ui.cashier.wording import insurance_facts


@pytest.mark.req("S0-23", "S4-04", "S4-05", "S4-24")
def test_what_is_due_and_what_a_round_sum_would_bring_is_told_before_treatment(
    booth: Booth,
) -> None:
    """Idea 2, every figure of it 估算; gone once the platform itself has told."""
    _admitted(booth)
    assert _insured(booth)[-4:] == [
        ("今年还可报", "2,000.00 元", "估算"),
        ("今年起付还差", "300.00 元", "估算"),
        ("范围内 500.00 元，本院报", "100.00 元", "估算"),
        ("同样费用，一级医院报", "280.00 元", "估算"),
    ]
    booth.work.run_all()
    assert booth.on(Page.OFFER)
    assert not any(mark for _label, _value, mark in _insured(booth))
    assert "估算：同样费用今天在一级医院，统筹基金可支付350.00 元。" in explanation(booth.state)


@pytest.mark.req("S4-05")
def test_what_nobody_told_of_the_deductible_is_at_most(booth: Booth) -> None:
    booth.pay(ORDINARY)
    booth.bills.clear()
    _admitted(booth)
    facts = {label: value for label, value, _mark in _insured(booth)}
    assert facts["今年起付还差"] == "最多 300.00 元"
    assert facts["范围内 500.00 元，本院至少报"] == "100.00 元"
    assert facts["同样费用，一级医院至少报"] == "280.00 元"


def _admitted(booth: Booth) -> None:
    """The year is the bill's; the bill is not uploaded yet."""
    booth.drop(ORDINARY)
    booth.presenter.show_credential(lambda: from_id_number(ORDINARY["certno"]), ShownBy.NUMBER)
    while booth.state.outlook is None:
        booth.work.run_one()


def _insured(booth: Booth) -> list[tuple[str, str, str]]:
    facts = insurance_facts(booth.state, load_areas())
    return [(fact.label, fact.value, fact.badge.word if fact.badge else "") for fact in facts]


@pytest.mark.req("S4-04", "S2-23")
def test_a_level_that_differs_is_said_and_stops_nothing(booth: Booth) -> None:
    """Idea 18: the platform has the hospital at another level than the desk."""
    booth.platform.institution(HOSPITAL, level=2)
    booth.to_offer(ORDINARY)
    assert differences(booth.state).splitlines() == [
        "估算：与参保地公布的规定不一样，先问清再结算；金额以平台为准。",
        "起付标准200.00元是二级医院的；本院是三级，应为300.00元。请核对医院等级。",
    ]
    assert "一级医院" not in explanation(booth.state)
    booth.presenter.settle()
    booth.work.run_all()
    assert booth.state.page is Page.SETTLED


def test_a_right_offer_has_nothing_to_say_of_it(booth: Booth) -> None:
    assert differences(booth.state) == ""
    booth.to_offer(ORDINARY)
    assert differences(booth.state) == ""


@pytest.mark.req("S1-34", "S4-05")
def test_the_split_in_one_breath(booth: Booth) -> None:
    """Idea 1, in the very figures of its example (E15): 260 paid before, 40 now."""
    booth.platform.elsewhere(ORDINARY["certno"], "2023-03-01", "0.00", "260.00")
    booth.drop(ORDINARY, items=(replace(MEDICINE, quantity="6"),))
    booth.show(ORDINARY)
    assert explanation(booth.state).splitlines()[1:3] == [
        (
            "起付标准300.00元、此前已付260.00元，本次再付40.00元；"
            "其余140.00元按50%由统筹基金支付70.00元。"
        ),
        "本年度统筹基金还可支付1,930.00元。",
    ]
