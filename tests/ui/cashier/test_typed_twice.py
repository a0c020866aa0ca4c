"""Charges typed again while nobody knows what became of the first settlement."""

from __future__ import annotations

from desktop.domain.problems import ProblemCode
from tests.ui.cashier.booth import Booth
from tests.ui.cashier.test_typed_charges import ORDINARY, OTHER, add, fill, open_page
from ui.cashier.state import Page


def typed_to_the_end(booth: Booth) -> None:
    """One line of 25.00 for the person of the town, handed over."""
    desk = open_page(booth)
    fill(desk)
    add(desk, "amxl", "12.50", "2")
    booth.presenter.hand_over()
    booth.work.run_all()


def test_charges_typed_again_after_an_unknown_settlement_are_not_sent(booth: Booth) -> None:
    """The draft went with another patient's: the bill has a new number, the person the same."""
    booth.platform.options(repeat_2207="book")
    typed_to_the_end(booth)
    assert booth.on(Page.OFFER), booth.state.stop
    booth.presenter.confirm_identity()
    booth.platform.fault("2207", "after", "reset")
    booth.presenter.settle()
    booth.work.run_all()
    first = booth.state.bill
    assert first is not None
    booth.presenter.next_patient()
    booth.show(OTHER)
    booth.presenter.type_charges()
    booth.work.run_all()
    booth.presenter.back()
    booth.presenter.leave()
    booth.work.run_all()
    booth.later += 1
    typed_to_the_end(booth)
    assert booth.on(Page.STOPPED)
    assert booth.state.stop is not None
    (problem,) = booth.state.stop.problems
    assert problem.kind is ProblemCode.OUTCOME_UNKNOWN
    assert first.key.bill_no in problem.detail
    assert len(booth.platform.settlements(ORDINARY["certno"])) == 1
