"""Esc while a question is under way: the window is free at once, the old answer is nobody's."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Mapping
from queue import Empty, Queue
from typing import Any, cast

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from desktop.domain.credential import Credential
from desktop.domain.open_work import what_is_open
from desktop.domain.visit import State
from desktop.knowledge.areas import load_areas
from desktop.nhsa.questions.question import Question
from desktop.services.identify import from_id_number
from desktop.services.ports import Platform
from desktop.services.watched_line import WatchedLine
from tests.rig.slot_watch import WatchedApplication
from tests.rig.town import townsman
from tests.ui.cashier.booth import Booth
from tests.ui.cashier.test_identity import with_terminal
from tests.ui.cashier.test_refund import chosen, paid
from tests.ui.cashier.test_unknown import lose_and_rule
from tests.ui.conftest import Wait
from ui.cashier.doing import Doing
from ui.cashier.news import News
from ui.cashier.presenter import CashierPresenter
from ui.cashier.shell import CashierShell, Facts
from ui.cashier.state import Desk, Intent, Page, ShownBy, ViewState
from ui.cashier.window import CashierWindow
from ui.lanes import ThreadWork
from ui.widgets.busy import BusyStrip

FIRST, NEXT = townsman(0), townsman(1)
SLOW = 60.0
"""Seconds that the platform keeps an answer back; no test waits so long."""
PATIENCE = 20.0
QUESTIONS = ("1101", "2001", "2201", "2204", "2206")


class Overheard:
    """The platform; says that it is being asked a transaction."""

    def __init__(self, platform: Platform) -> None:
        self._platform = platform
        self.asked: list[str] = []

    def query(self, question: Question[Any, Any, Any]) -> object:
        self.asked.append(question.infno)
        return self._platform.query(question)

    def ask(self, question: Question[Any, Any, Any], *rest: Any) -> object:
        self.asked.append(question.infno)
        return self._platform.ask(question, *rest)

    def __getattr__(self, name: str) -> object:
        return getattr(self._platform, name)


class Counter:
    """A presenter on real threads; the test is its home thread."""

    def __init__(self, booth: Booth) -> None:
        self.booth = booth
        self.line = Overheard(booth.opened.desk.platform)
        self.watched = WatchedLine(cast(Platform, self.line), booth.clock)
        self.shown: list[ViewState] = []
        self._calls: Queue[Callable[[], None]] = Queue()
        self.work = ThreadWork(self._calls.put)
        desk = replace(booth.desk, platform=cast(Platform, self.watched))
        counter = replace(booth.counter, desk=desk, line_news=lambda: self.watched.news)
        facts = Desk("演练医院", "0007", practice=True)
        self.presenter = CashierPresenter(
            counter, self.work, time.monotonic, facts, self.shown.append
        )

    @property
    def state(self) -> ViewState:
        return self.presenter.state

    def show(self, person: Mapping[str, Any]) -> None:
        number = str(person["certno"])
        self.presenter.show_credential(lambda: from_id_number(number), ShownBy.NUMBER)

    def until(self, reached: Callable[[], bool]) -> None:
        """Hear what the threads tell until that is so."""
        end = time.monotonic() + PATIENCE
        while not reached():
            assert time.monotonic() < end, (self.state.page, self.state.busy, self.state.stop)
            try:
                self._calls.get(timeout=0.01)()
            except Empty:
                continue

    def on(self, page: Page) -> None:
        self.until(lambda: self.state.page is page and self.state.busy is None)

    def give_up_while(self, infno: str) -> None:
        """The platform is being asked that, and does not answer; then Esc."""
        self.until(lambda: infno in self.line.asked)
        assert Intent.GIVE_UP in self.state.intents
        self.presenter.stage.give_up()
        self.until(lambda: self.state.busy is None)
        self.booth.platform.clear_faults()  # the question may not have left yet


@pytest.fixture
def counter(patient: Booth) -> Iterator[Counter]:
    made = Counter(patient)
    yield made
    patient.platform.clear_faults()
    made.work.close(lambda: None)
    made.work.leave(5.0)


@pytest.mark.parametrize("infno", QUESTIONS)
def test_a_question_is_given_up_and_the_next_patient_served_at_once(
    counter: Counter, infno: str
) -> None:
    counter.booth.drop(FIRST)
    counter.booth.drop(NEXT)
    counter.booth.platform.fault(infno, "before", "delay", seconds=SLOW)
    counter.show(FIRST)
    counter.give_up_while(infno)
    assert (counter.state.page, counter.state.person) == (Page.READY, None)
    assert counter.state.note in (News.GIVEN_UP, News.GIVEN_UP_BEHIND)
    seen = len(counter.shown)
    counter.show(NEXT)
    counter.on(Page.OFFER)
    people = {state.person.cert_no for state in counter.shown[seen:] if state.person}
    assert people == {NEXT["certno"]}
    assert counter.watched.news is not None
    assert counter.watched.news.down_since is None


def test_the_same_patient_may_come_again(counter: Counter) -> None:
    """Their visit is let go by the thread that had it (B49)."""
    counter.booth.drop(FIRST)
    counter.booth.platform.fault("2206", "before", "delay", seconds=SLOW)
    counter.show(FIRST)
    counter.give_up_while("2206")
    counter.show(FIRST)
    counter.on(Page.OFFER)


def test_what_was_left_at_the_platform_is_told_and_taken_back(counter: Counter) -> None:
    """B25: the registration of a visit that was given up is the queue's."""
    counter.booth.drop(FIRST)
    counter.booth.platform.fault("2204", "before", "delay", seconds=SLOW)
    counter.show(FIRST)
    counter.give_up_while("2204")
    counter.until(lambda: counter.state.note is News.GIVEN_UP_BEHIND)
    assert what_is_open(counter.booth.record()) is not None
    counter.booth.later += 60.0
    counter.presenter.queue.look()
    counter.until(lambda: what_is_open(counter.booth.record()) is None)
    assert counter.booth.platform.settlements(FIRST["certno"]) == []


def test_what_cannot_be_cut_off_is_waited_for_in_the_open(counter: Counter) -> None:
    """A card that hangs in its reader: its credential comes too late, and is nobody's."""
    begun, go = threading.Event(), threading.Event()

    def hanging() -> Credential:
        begun.set()
        assert go.wait(PATIENCE)
        return from_id_number(str(FIRST["certno"]))

    counter.presenter.show_credential(hanging, ShownBy.CARD)
    assert begun.wait(PATIENCE)
    counter.presenter.stage.give_up()
    counter.until(lambda: counter.state.busy is None)
    assert (counter.state.page, counter.state.note) == (Page.READY, News.GIVEN_UP)
    counter.booth.drop(NEXT)
    counter.show(NEXT)
    assert counter.state.busy is not None
    assert counter.state.busy.doing is Doing.BEHIND
    go.set()
    counter.until(
        lambda: counter.state.busy is None or counter.state.busy.doing is not Doing.BEHIND
    )
    counter.on(Page.OFFER)
    people = {state.person.cert_no for state in counter.shown if state.person}
    assert people == {NEXT["certno"]}


def test_a_settlement_under_way_is_never_given_up_and_says_so(counter: Counter) -> None:
    counter.booth.drop(FIRST)
    counter.show(FIRST)
    counter.on(Page.OFFER)
    counter.presenter.confirm_identity()
    counter.booth.platform.fault("2207", "after", "delay", seconds=1.0)
    counter.presenter.settle()
    counter.until(lambda: "2207" in counter.line.asked)
    counter.presenter.stage.give_up()
    assert counter.state.note is News.BOOKING_GOES_ON
    busy = counter.state.busy
    assert busy is not None
    assert not busy.may_give_up
    counter.on(Page.SETTLED)
    assert News.BOOKING_GOES_ON not in {state.note for state in counter.shown[-1:]}
    assert counter.booth.record().state is State.SETTLED


def test_closing_cuts_a_question_off(counter: Counter) -> None:
    """No thread waits a minute for an answer that nobody hears."""
    counter.booth.platform.fault("1101", "before", "delay", seconds=SLOW)
    counter.show(FIRST)
    counter.until(lambda: "1101" in counter.line.asked)
    counter.work.close(lambda: None)
    counter.presenter.closing.begins(waits=False)
    began = time.monotonic()
    counter.work.leave(SLOW)
    assert time.monotonic() - began < PATIENCE


# --- every place that may be given up, without threads ------------------------------------


def give_up(booth: Booth) -> None:
    assert booth.state.busy is not None
    assert booth.state.busy.may_give_up
    booth.presenter.stage.give_up()
    booth.work.run_all()
    assert booth.state.busy is None


def test_nothing_to_give_up_is_nothing(booth: Booth) -> None:
    booth.presenter.stage.give_up()
    assert booth.state.note is None
    assert Intent.GIVE_UP not in booth.state.intents


def test_a_step_that_has_just_ended_is_not_given_up_any_more(booth: Booth) -> None:
    booth.drop(FIRST)
    number = str(FIRST["certno"])
    booth.presenter.show_credential(lambda: from_id_number(number), ShownBy.NUMBER)
    assert booth.work.waiting[0].cancel()
    booth.presenter.stage.give_up()
    booth.work.run_all()
    assert booth.state.note is None
    assert booth.on(Page.READY)


def test_a_step_of_the_desk_itself_says_that_it_goes_on(booth: Booth) -> None:
    booth.settle(FIRST)
    booth.presenter.collect()
    booth.presenter.stage.give_up()
    assert booth.state.note is News.STEP_GOES_ON
    booth.work.run_all()
    assert booth.on(Page.DONE)


def test_a_face_check_given_up_leaves_it_to_the_cashier(booth: Booth) -> None:
    with_terminal(booth, FIRST["certno"])
    booth.drop(FIRST)
    booth.show(FIRST)
    booth.presenter.identity.look()
    give_up(booth)
    assert (booth.state.page, booth.state.note) == (Page.OFFER, News.FACE_GIVEN_UP)
    assert Intent.CONFIRM_IDENTITY in booth.state.intents


def test_a_stand_ins_document_given_up_leaves_the_fields(booth: Booth) -> None:
    booth.drop(FIRST)
    booth.show(FIRST)
    booth.presenter.identity.open_stand_in()
    number = str(NEXT["certno"])
    booth.presenter.show_credential(lambda: from_id_number(number), ShownBy.NUMBER)
    give_up(booth)
    assert booth.state.stand_in_draft is not None
    assert booth.state.note is News.GIVEN_UP


def test_taking_back_may_be_left_to_the_queue(booth: Booth) -> None:
    booth.to_offer(FIRST)
    booth.presenter.leave()
    give_up(booth)
    assert (booth.state.page, booth.state.note) == (Page.READY, News.GIVEN_UP_BEHIND)


def test_a_half_done_refund_that_is_given_up_stays_on_the_list(booth: Booth) -> None:
    paid(booth)
    chosen(booth)
    booth.presenter.refund.taken("2")
    booth.presenter.refund.agree()
    while booth.state.busy is None or not booth.state.busy.may_give_up:
        booth.work.run_one()
    give_up(booth)
    assert (booth.state.page, booth.state.note) == (Page.READY, News.REFUND_STAYS)
    booth.presenter.queue.look()
    booth.work.run_all()
    assert booth.state.desk.waiting == 1


def test_cleaning_up_before_the_bill_is_settled_anew_may_be_given_up(hasty: Booth) -> None:
    lose_and_rule(hasty)
    hasty.presenter.unknown.settle_anew()
    give_up(hasty)
    assert (hasty.state.page, hasty.state.note) == (Page.READY, News.GIVEN_UP)


# --- at the window ------------------------------------------------------------------------


@pytest.fixture
def shell(qt_app: WatchedApplication, patient: Booth) -> Iterator[CashierShell]:
    with qt_app.watch.off():
        window = CashierWindow(load_areas, time.monotonic)
        facts = Facts(Desk("", "0007", practice=True))
        made = CashierShell(window, patient.counter, facts, lambda: None)
        assert all(window.furnish())
        window.show()
        window.activateWindow()
        qt_app.processEvents()
    yield made
    with qt_app.watch.off():
        patient.platform.clear_faults()
        window.close()
        qt_app.processEvents()
        made.leave()


def test_esc_frees_the_window_and_the_strip_says_so(
    shell: CashierShell, patient: Booth, wait_until: Wait
) -> None:
    patient.drop(NEXT)
    patient.platform.fault("1101", "before", "delay", seconds=SLOW)
    window, presenter = shell.window, shell.presenter
    window.typed_number.emit(FIRST["certno"])
    strip = window.findChild(BusyStrip)
    assert isinstance(strip, BusyStrip)
    wait_until(lambda: strip.is_seen)
    assert "放弃" in strip._cancel.offer.label
    QTest.keyClick(window, Qt.Key.Key_Escape)
    wait_until(lambda: presenter.state.busy is None)
    assert (presenter.state.page, presenter.state.note) == (Page.READY, News.GIVEN_UP)
    window.typed_number.emit(NEXT["certno"])
    wait_until(lambda: presenter.state.page is Page.OFFER, seconds=PATIENCE)
    assert presenter.state.person is not None
    assert presenter.state.person.cert_no == NEXT["certno"]
