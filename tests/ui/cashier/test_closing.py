"""The cross while something must finish: the window says what it waits for and begins nothing new.

Where the answer brings what only a person ends, for a patient who stands there, the window stays.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtWidgets import QLabel

from desktop.domain.left import Left
from desktop.domain.visit import State
from desktop.services.identify import from_id_number
from printing.printer import CameOut, Outcome, PrintJob
from tests.rig.desk_printer import NAME, DeskPrinter, jammed
from tests.rig.slot_watch import WatchedApplication
from tests.rig.town import townsman
from tests.services.counter import MEDICINE
from tests.ui.cashier.booth import Booth
from tests.ui.cashier.test_refund import SECOND
from tests.ui.cashier.test_waiting import finish, restarted
from tests.ui.conftest import Wait
from ui.cashier.doing import Doing
from ui.cashier.key_wording import news
from ui.cashier.news import News
from ui.cashier.next_card import CardIn
from ui.cashier.paper_state import PaperAt
from ui.cashier.refund_state import RefundAt
from ui.cashier.shell import CashierShell
from ui.cashier.state import Intent, Page, ShownBy, ViewState
from ui.widgets.busy import BusyStrip

NOW, NEXT = townsman(0), townsman(1)


class SlowPrinter:
    """Holds the paper until the test lets it come."""

    def __init__(self) -> None:
        self.has_paper, self.may_end = threading.Event(), threading.Event()

    def ends(self, _job: PrintJob) -> Outcome:
        self.has_paper.set()
        assert self.may_end.wait(60)
        return CameOut(NAME)


@pytest.fixture
def slow(booth: Booth) -> Iterator[SlowPrinter]:
    made = SlowPrinter()
    booth.printers.to = DeskPrinter((made.ends,))
    booth.printers.how_many = 1
    yield made
    made.may_end.set()


@pytest.fixture
def closing(slow: SlowPrinter, shell: CashierShell, booth: Booth, wait_until: Wait) -> CashierShell:
    """Paid, the slip lies in the printer, and the cross was pressed."""
    presenter = shell.presenter

    def on(page: Page) -> None:
        wait_until(lambda: presenter.state.page is page and not presenter.state.busy, 20)

    booth.drop(NOW)
    shell.window.typed_number.emit(NOW["certno"])
    on(Page.OFFER)
    presenter.confirm_identity()
    wait_until(lambda: presenter.stage.idle, 20)
    presenter.settle()
    on(Page.SETTLED)
    presenter.collect()
    on(Page.DONE)
    wait_until(slow.has_paper.is_set, 20)
    shell.window.close()
    return shell


def strip(shell: CashierShell) -> set[str]:
    """What the busy strip says; the clock of this window stands still, so it does not come up."""
    (found,) = shell.window.findChildren(BusyStrip)
    return {label.text() for label in found.findChildren(QLabel)}


def test_the_window_says_what_it_waits_for_and_offers_nothing_new(
    closing: CashierShell, slow: SlowPrinter, wait_until: Wait
) -> None:
    state = closing.presenter.state
    assert closing.window.isVisible()
    assert state.busy is not None
    assert state.busy.doing is Doing.CLOSING_PRINTS
    assert state.intents == {Intent.HELP, Intent.GIVE_UP}
    assert "正在等打印机，随后关闭窗口" in strip(closing)
    slow.may_end.set()
    wait_until(lambda: not closing.window.isVisible(), 20)


def test_whoever_comes_meanwhile_is_refused_in_words(
    closing: CashierShell, slow: SlowPrinter, wait_until: Wait
) -> None:
    """A number, a card, Esc, and a step that something else begins: none ends in silence."""
    presenter, number = closing.presenter, NEXT["certno"]
    card = CardIn("left", lambda: pytest.fail("the card is not read"), number)
    ways: tuple[Callable[[], None], ...] = (
        lambda: closing.window.typed_number.emit(number),
        lambda: presenter.show_credential(lambda: from_id_number(number), ShownBy.CODE),
        lambda: presenter.cards.put_in(card),
        presenter.stage.give_up,
    )
    for way in ways:
        presenter.stage.change(note=None)
        way()
        assert presenter.state.note is News.CLOSING
    badge = news(presenter.state)
    assert badge is not None
    assert "窗口正在关闭" in badge.word
    presenter.stage.change(note=None)
    presenter.stage.run(Doing.RETRYING, lambda: pytest.fail("begun"), lambda _done: None)
    wait_until(lambda: presenter.state.note is News.CLOSING, 20)
    assert (presenter.state.page, presenter.state.person and presenter.state.person.cert_no) == (
        Page.DONE, NOW["certno"],
    )  # fmt: skip
    slow.may_end.set()
    wait_until(lambda: not closing.window.isVisible(), 20)


def test_what_the_printer_brought_is_in_the_journal_before_the_window_goes(
    closing: CashierShell, slow: SlowPrinter, booth: Booth, wait_until: Wait
) -> None:
    seen: list[ViewState] = []
    closing.presenter.listen(seen.append)
    slow.may_end.set()
    wait_until(lambda: not closing.window.isVisible(), 20)
    (paper,) = booth.record().papers
    assert paper.out == 1
    assert all(state.busy is not None for state in seen)


# --- it stays for the patient who stands there ---------------------------------------------


def busy_free(shell: CashierShell, page: Page, wait_until: Wait) -> ViewState:
    wait_until(lambda: shell.presenter.state.page is page and shell.presenter.stage.idle, 20)
    return shell.presenter.state


def to_offer(shell: CashierShell, booth: Booth, wait_until: Wait, **bill: object) -> None:
    booth.drop(NOW, **bill)
    shell.window.typed_number.emit(NOW["certno"])
    busy_free(shell, Page.OFFER, wait_until)
    shell.presenter.confirm_identity()
    wait_until(lambda: shell.presenter.stage.idle, 20)


def to_paid(shell: CashierShell, booth: Booth, wait_until: Wait) -> None:
    """Two lines, settled and paid, the slip out."""
    to_offer(shell, booth, wait_until, items=(MEDICINE, SECOND))
    shell.presenter.settle()
    busy_free(shell, Page.SETTLED, wait_until)
    shell.presenter.collect()
    wait_until(lambda: slip_is(shell, PaperAt.KEPT), 20)
    wait_until(lambda: not shell.presenter.prints.under_way, 20)


def slip_is(shell: CashierShell, at: PaperAt) -> bool:
    paper = shell.presenter.state.paper
    return paper is not None and paper.at is at


def stays(shell: CashierShell, page: Page, wait_until: Wait) -> ViewState:
    """The cross was pressed in mid-step: the page stands there, and says why it does."""
    wait_until(lambda: shell.presenter.state.note is News.NOT_CLOSED, 20)
    state = shell.presenter.state
    assert (state.page, state.busy) == (page, None)
    assert shell.window.isVisible()
    badge = news(state)
    assert badge is not None
    assert "窗口没有关" in badge.word
    return state


def closes(shell: CashierShell, wait_until: Wait) -> None:
    shell.window.close()
    wait_until(lambda: not shell.window.isVisible(), 20)


def test_the_window_stays_for_the_cash_that_the_answer_asks_for(
    shell: CashierShell, booth: Booth, qt_app: WatchedApplication, wait_until: Wait
) -> None:
    """B28: one booking; closed again it goes, and the next start asks for the cash."""
    to_offer(shell, booth, wait_until)
    with qt_app.watch.off():
        shell.presenter.settle()
        shell.window.close()
        shell.window.close()
        assert Intent.COLLECT in stays(shell, Page.SETTLED, wait_until).intents
        closes(shell, wait_until)
    (booked,) = booth.platform.settlements(NOW["certno"])
    settlement = booth.record().settlement
    assert settlement is not None
    assert settlement.setl_id == booked["setl_id"]
    shell.presenter.stage.let_go()
    again = restarted(booth)
    assert [row.left for row in again.state.desk.open_visits] == [Left.UNPAID]
    finish(again, Left.UNPAID)
    assert again.on(Page.SETTLED)


def test_a_window_that_stayed_goes_on_as_before(
    shell: CashierShell, booth: Booth, qt_app: WatchedApplication, wait_until: Wait
) -> None:
    """The cash is taken, the slip printed, the next patient served; then it closes."""
    to_offer(shell, booth, wait_until)
    with qt_app.watch.off():
        shell.presenter.settle()
        shell.window.close()
        stays(shell, Page.SETTLED, wait_until)
        shell.presenter.collect()
        wait_until(lambda: slip_is(shell, PaperAt.KEPT), 20)
        shell.window.typed_number.emit(NEXT["certno"])
        busy_free(shell, Page.PERSON, wait_until)
        closes(shell, wait_until)
    assert booth.record().cash_taken is not None


def test_it_stays_for_the_yes_to_other_amounts(
    shell: CashierShell, booth: Booth, qt_app: WatchedApplication, wait_until: Wait
) -> None:
    to_offer(shell, booth, wait_until)
    booth.platform.elsewhere(NOW["certno"], "2023-05-02", "99999.00", "1900.00")
    with qt_app.watch.off():
        shell.presenter.settle()
        shell.window.close()
        assert stays(shell, Page.SETTLED, wait_until).awaits_yes
        shell.presenter.amounts_agreed()
        shell.window.close()
        assert not stays(shell, Page.SETTLED, wait_until).awaits_yes
    assert booth.record().others_agreed is not None


def test_it_stays_for_a_slip_that_did_not_come_out(
    shell: CashierShell, booth: Booth, qt_app: WatchedApplication, wait_until: Wait
) -> None:
    """The cash is in the journal; the paper is on the list of the next start."""
    booth.printers.to, booth.printers.how_many = DeskPrinter((jammed,)), 1
    to_offer(shell, booth, wait_until)
    with qt_app.watch.off():
        shell.presenter.settle()
        busy_free(shell, Page.SETTLED, wait_until)
        shell.presenter.collect()
        shell.window.close()
        stays(shell, Page.DONE, wait_until)
        assert slip_is(shell, PaperAt.TROUBLE)
        closes(shell, wait_until)
    assert booth.record().cash_taken is not None
    shell.presenter.stage.let_go()
    assert [row.left for row in restarted(booth).state.desk.open_visits] == [Left.PAPER]


def test_it_stays_for_an_outcome_that_nobody_knows(
    shell: CashierShell, booth: Booth, qt_app: WatchedApplication, wait_until: Wait
) -> None:
    """B28: the patient is asked to wait; the window looks for it as ever."""
    to_offer(shell, booth, wait_until)
    booth.platform.fault("2207", "after", "reset")
    with qt_app.watch.off():
        shell.presenter.settle()
        shell.window.close()
        state = stays(shell, Page.STOPPED, wait_until)
        assert state.lookup is not None
        closes(shell, wait_until)
    assert booth.record().state is State.UNKNOWN


def test_it_stays_half_way_through_a_refund(
    shell: CashierShell, booth: Booth, qt_app: WatchedApplication, wait_until: Wait
) -> None:
    """B39: the 2208 is through, and what came after it was cut off: the step is named."""
    to_paid(shell, booth, wait_until)
    with qt_app.watch.off():
        refund = shell.presenter.refund
        refund.list.today()
        wait_until(lambda: shell.presenter.stage.idle, 20)
        refund.taken(0)
        wait_until(lambda: shell.presenter.stage.idle, 20)
        refund.taken("2")
        refund.agree()
        shell.window.close()
        shown = stays(shell, Page.REFUND, wait_until).refund
        assert shown is not None
        assert (shown.at, shown.next_step) == (RefundAt.HALF_DONE, "2205")
        refund.proceed()
        wait_until(lambda: shell.presenter.stage.idle, 20)
        assert shell.presenter.state.refund is not None
        assert shell.presenter.state.refund.at is RefundAt.AGREE
        closes(shell, wait_until)
    states = sorted(row["state"] for row in booth.platform.settlements(NOW["certno"]))
    assert states == ["cancelled", "negative"]


def test_nobody_is_waited_for_when_the_session_ends(
    shell: CashierShell, booth: Booth, qt_app: WatchedApplication, wait_until: Wait
) -> None:
    """The PC goes down: the answer is waited for, no person is; the next start asks."""
    to_offer(shell, booth, wait_until)
    with qt_app.watch.off():
        shell.presenter.settle()
        shell.session_ends()
        closes(shell, wait_until)
    assert booth.record().state is State.SETTLED


def test_what_the_cashier_saw_before_keeps_no_window_open(
    slow: SlowPrinter,
    shell: CashierShell,
    booth: Booth,
    qt_app: WatchedApplication,
    wait_until: Wait,
) -> None:
    """The cross on the page that asks for the cash, while the slip before it still prints."""
    to_offer(shell, booth, wait_until)
    with qt_app.watch.off():
        shell.presenter.settle()
        busy_free(shell, Page.SETTLED, wait_until)
        shell.presenter.collect()
        wait_until(slow.has_paper.is_set, 20)
        shell.presenter.next_patient()
        booth.bills.clear()
        booth.drop(NEXT)
        shell.window.typed_number.emit(NEXT["certno"])
        busy_free(shell, Page.OFFER, wait_until)
        shell.presenter.confirm_identity()
        wait_until(lambda: shell.presenter.stage.idle, 20)
        shell.presenter.settle()
        busy_free(shell, Page.SETTLED, wait_until)
        shell.window.close()
        assert shell.window.isVisible()
        slow.may_end.set()
        wait_until(lambda: not shell.window.isVisible(), 20)


def test_a_refused_settlement_keeps_no_window_open(
    shell: CashierShell, booth: Booth, qt_app: WatchedApplication, wait_until: Wait
) -> None:
    """Nothing is booked, and nobody is owed anything."""
    to_offer(shell, booth, wait_until)
    body = {name: value for name, value in NOW.items() if name != "note"}
    booth.platform.put_person(NOW["certno"], {**body, "settlement_suspended": True})
    with qt_app.watch.off():
        shell.presenter.settle()
        closes(shell, wait_until)
    assert booth.platform.settlements(NOW["certno"]) == []
