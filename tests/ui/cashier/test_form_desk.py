"""Papers beside the slip at the window: those that a step brings with it, and the list of all."""

from __future__ import annotations

from typing import Any

import pytest

from desktop.domain.left import Left
from desktop.domain.prints import PaperStanding
from desktop.ledger.journal import VisitId
from desktop.ledger.papers import Search
from tests.rig.desk_printer import DeskPrinter, jammed, silent
from tests.rig.town import townsman
from tests.ui.cashier.booth import Booth
from ui.cashier.news import News
from ui.cashier.paper_wording import forms
from ui.cashier.state import Intent, Page

ORDINARY = townsman(0)


def printed(booth: Booth) -> list[str]:
    """Every form that was kept, oldest first."""
    return [paper.form for paper in booth.opened.journal.papers(Search())]


def choose(booth: Booth, form: str) -> None:
    booth.presenter.forms.offer()
    booth.work.run_all()
    place = [each.form for each in booth.state.forms].index(form)
    booth.presenter.forms.take(place)
    booth.work.run_all()


def test_who_waits_for_the_line_takes_a_slip_home(booth: Booth) -> None:
    """B22: printed beside the next patient."""
    booth.printers.to = printer = DeskPrinter()
    booth.defer(ORDINARY)
    assert booth.state.note is News.DEFERRED
    assert printed(booth) == ["F8"]
    assert len(printer.jobs) == 2, "one for the patient, one for the archive"
    booth.presenter.queue.look()
    booth.work.run_all()
    booth.presenter.queue.show()
    booth.presenter.queue.pay_self()
    booth.work.run_all()
    assert printed(booth) == ["F8", "F7"], "why it could not be settled, and where to claim"


def test_who_pays_everything_takes_the_reason_home(booth: Booth) -> None:
    booth.pay_alone(ORDINARY)
    assert printed(booth) == ["F7"]


def test_without_a_person_there_is_no_sheet_and_no_fuss(booth: Booth) -> None:
    booth.presenter.forms.arises(VisitId("nobody"), "F7")
    booth.work.run_all()
    assert (booth.state.trouble, printed(booth)) == (None, [])


def test_who_does_not_wait_for_an_unknown_outcome_has_its_number(booth: Booth) -> None:
    """B30."""
    booth.platform.fault("2207", "after", "reset")
    booth.settle(ORDINARY)
    booth.presenter.unknown.not_waiting()
    booth.work.run_all()
    assert printed(booth) == ["F9"]


def test_money_that_goes_back_has_its_voucher(booth: Booth) -> None:
    """B38."""
    booth.pay(ORDINARY)
    booth.presenter.next_patient()
    booth.presenter.refund.list.today()
    booth.work.run_all()
    booth.presenter.refund.taken(0)
    booth.work.run_all()
    booth.presenter.refund.agree()
    booth.work.run_all()
    booth.presenter.refund.give_back()
    booth.work.run_all()
    assert printed(booth) == ["F1", "F10-money-back"]


def test_the_other_papers_of_a_visit_are_chosen_from_a_list(booth: Booth) -> None:
    booth.printers.to = printer = DeskPrinter()
    booth.pay(ORDINARY)
    slip = booth.state.paper
    assert Intent.FORMS in booth.state.intents
    booth.presenter.forms.offer()
    booth.work.run_all()
    offered = [each.form for each in booth.state.forms]
    assert "F1" not in offered, "it has keys of its own"
    assert [choice.title for choice in forms(booth.state.forms)][:2] == ["结算小票", "电子票据信息"]
    assert booth.state.intents == {Intent.HELP, Intent.BACK}
    booth.presenter.back()
    assert booth.state.forms == ()
    choose(booth, "F10-invoice")
    assert printed(booth) == ["F1", "F10-invoice"]
    assert len(printer.jobs) == 3
    assert booth.state.paper == slip, "the slip stays on the window"
    choose(booth, "F10-invoice")
    assert [paper.reprint for paper in booth.record().papers] == [0, 0, 1]


def test_a_visit_of_nobody_offers_no_paper(booth: Booth) -> None:
    booth.presenter.forms.offer()
    booth.presenter.forms.take(0)
    assert Intent.FORMS not in booth.state.intents
    assert not booth.presenter.forms.back()
    assert booth.state.forms == ()


def test_of_a_person_who_is_filed_nothing_can_be_printed_yet(booth: Booth) -> None:
    booth.show(ORDINARY)
    assert booth.on(Page.PERSON)
    booth.presenter.forms.offer()
    booth.work.run_all()
    assert booth.state.note is News.NO_FORMS


@pytest.mark.parametrize(
    ("then", "standing"), [(jammed, PaperStanding.WAITING), (silent, PaperStanding.DOUBTED)]
)
def test_a_paper_that_did_not_come_out_waits_in_the_list(
    booth: Booth, then: Any, standing: PaperStanding
) -> None:
    """Its visit stays at rest; from the list it is printed again, in doubt as a reprint."""
    printer = DeskPrinter()
    booth.printers.to = printer
    booth.pay(ORDINARY)
    printer.then = (then,)
    choose(booth, "F10-invoice")
    assert booth.state.note is News.FORM_LEFT
    assert booth.record().papers[-1].standing is standing
    booth.presenter.next_patient()
    booth.presenter.queue.look()
    booth.work.run_all()
    assert [row.left for row in booth.state.desk.open_visits] == [Left.PAPER]
    booth.presenter.queue.show()
    booth.presenter.queue.finish()
    booth.work.run_all()
    last = booth.record().papers[-1]
    assert (last.standing, last.form) == (PaperStanding.OUT, "F10-invoice")
    assert last.reprint == (1 if standing is PaperStanding.DOUBTED else 0)
    booth.presenter.queue.look()
    booth.work.run_all()
    assert booth.state.desk.open_visits == ()


def test_a_layout_that_is_wrong_is_told_and_nothing_is_printed(booth: Booth) -> None:
    booth.pay(ORDINARY)
    folder = booth.opened.profile.folder / "layouts"
    folder.mkdir()
    (folder / "f10_invoice_block.toml").write_text("paper = A4", encoding="utf-8")
    choose(booth, "F10-invoice")
    assert booth.state.trouble is not None
    assert "f10_invoice_block.toml：第 1 行" in booth.state.trouble.message
    assert printed(booth) == ["F1"]
