"""How every page looks on the smallest screen, 1366 x 768: nothing cut off, nothing stretched.

Pictures of the same states are made by ``tests/window/screens.py``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import fields, replace

import pytest
from msgspec import structs
from PySide6.QtCore import QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel

from desktop.domain.money import Money
from desktop.domain.problems import Problem, ProblemCode
from desktop.domain.split import Settlement
from desktop.hospital.drop_folder import Broken
from desktop.hospital.faults import Fault
from tests.journey.journey import BILL
from tests.rig.desk_printer import DeskPrinter, jammed, silent, well
from tests.rig.slot_watch import WatchedApplication
from tests.rig.town import townsman
from tests.ui.cashier.booth import Booth, seen
from tests.ui.cashier.cut_off import cut_off, keys_out_of_reach, settle, whole_rows
from tests.ui.cashier.standing import timed
from ui.cashier.state import Desk, Halt, Intent, Page, Quota, Stop, ViewState
from ui.cashier.window import CashierWindow
from ui.scale import LEAST, fitting
from ui.widgets.basics import Tinted
from ui.widgets.keys import KeyBar
from ui.widgets.line_table import LineTable
from ui.widgets.problem_panel import ProblemPanel
from ui.widgets.ways import WayCard

WIDE, HIGH = 1366, 768
SCALED = (960, 540)
"""What 1920 x 1080 has left at 200 %."""
LEAST_ROOM = (LEAST.width(), LEAST.height())
SMALL = (LEAST_ROOM, SCALED)
SIZES = (LEAST_ROOM, (911, 512), SCALED, (1093, 614), (WIDE, HIGH))
"""1366 x 768 at 175 and 200 % (``ui.scale``), at 150, 1920 x 1080 at 200, 1366 x 768 at 125, 100."""
ORDINARY, TWO_INSURANCES, UNFILED, LONG_NAMED, CHILD = (
    townsman(place) for place in (0, 5, 7, 28, 43)
)
UNGROUPED = re.compile(r"[0-9]{4,}[.][0-9]{2}")
_BAND = 60
"""The most that the coloured band over a problem of one line takes."""

Walk = Callable[[Booth], None]


@pytest.fixture
def window(qt_app: WatchedApplication, booth: Booth) -> Iterator[CashierWindow]:
    """Furnished as in its first idle moments; from then on every slot is timed."""
    with timed(qt_app, booth, lambda: None) as made:
        made.resize(WIDE, HIGH)
        yield made


def ready(booth: Booth) -> None:
    booth.presenter.reader_says("读卡器正被别的程序占用")
    booth.presenter.warn(Problem(ProblemCode.NOT_A_VOUCHER, "像是健康码或网页"))


def choose(booth: Booth) -> None:
    booth.show(TWO_INSURANCES)


def stand_in(booth: Booth) -> None:
    """Both fields faulty, the longest fault."""
    booth.to_offer(CHILD)
    booth.presenter.identity.open_stand_in()
    draft = booth.state.stand_in_draft
    assert draft is not None
    booth.presenter.identity.edit(structs.replace(draft, number="12"))
    booth.presenter.identity.hand_over()


def stood_in(booth: Booth) -> None:
    """Who stands in beside the amounts, with the longest of names."""
    stand_in(booth)
    draft = booth.state.stand_in_draft
    assert draft is not None
    typed = structs.replace(draft, name=LONG_NAMED["name"], number=LONG_NAMED["certno"])
    booth.presenter.identity.edit(typed)
    booth.presenter.identity.hand_over()
    booth.work.run_all()
    booth.presenter.stage.tell_desk(face_terminal=True)


def doubts(booth: Booth) -> None:
    booth.to_offer(LONG_NAMED)
    booth.presenter.identity.open_doubts()


def doubted(booth: Booth) -> None:
    doubts(booth)
    booth.presenter.identity.doubt(1)
    booth.work.run_all()


def no_bill(booth: Booth) -> None:
    booth.show(LONG_NAMED)


def typed(booth: Booth) -> None:
    booth.show(LONG_NAMED)
    booth.presenter.type_charges()
    booth.work.run_all()
    booth.presenter.hand_over()


def typed_lines(booth: Booth) -> None:
    typed(booth)
    desk = booth.presenter.charges
    for item in ("amxl", "blf", "xcg"):
        desk.search(item)
        desk.take(desk.typing.entry.found[0])
        assert desk.typing.entry.line is not None
        desk.set_line(structs.replace(desk.typing.entry.line, price="12345.5", quantity="12"))
        desk.add()


def typed_search(booth: Booth) -> None:
    typed_lines(booth)
    booth.presenter.charges.search("x")


def typed_item(booth: Booth) -> None:
    typed_search(booth)
    booth.presenter.charges.take(booth.presenter.charges.typing.entry.found[0])
    booth.presenter.hand_over()


def unfiled(booth: Booth) -> None:
    booth.show(UNFILED)


def faulty_files(booth: Booth) -> None:
    faults = tuple(Fault(f"第{n}行", "quantity", "数量要大于零，最多四位小数") for n in range(40))
    booth.presenter.folder_looked_at(seen(Broken("a.json", faults)))
    booth.presenter.show_broken()


def offer(booth: Booth) -> None:
    booth.drop(LONG_NAMED)
    booth.show(LONG_NAMED)
    booth.presenter.settle()  # not yet: nobody looked at the person


def settled(booth: Booth) -> None:
    booth.to_offer(ORDINARY)
    booth.presenter.settle()
    booth.work.run_all()
    booth.presenter.give_cash(Money(10000))
    booth.presenter.collect()  # not yet: it is too little


def done(booth: Booth) -> None:
    settled(booth)
    booth.presenter.give_cash(None)
    booth.presenter.collect()
    booth.work.run_all()


def large_slip(booth: Booth) -> None:
    done(booth)
    booth.presenter.slip.room(400, 400)
    booth.work.run_all()
    booth.presenter.money.enlarge()
    booth.presenter.money.large_slip.room(880, 4000)
    booth.work.run_all()


def half_printed(booth: Booth) -> None:
    booth.printers.to = DeskPrinter(then=(well, jammed))
    done(booth)
    assert Intent.PRINT_REST in booth.state.intents


def in_doubt(booth: Booth) -> None:
    booth.printers.to = DeskPrinter(then=(silent,))
    done(booth)
    assert Intent.PAPER_CAME in booth.state.intents


def reasons(booth: Booth) -> None:
    done(booth)
    booth.presenter.prints.ask_reason()


def paper_row(booth: Booth) -> None:
    in_doubt(booth)
    booth.presenter.next_patient()
    booth.presenter.queue.look()
    booth.work.run_all()
    booth.presenter.queue.show()
    assert Intent.GIVE_UP_PAPER in booth.state.intents


def line_down(booth: Booth) -> None:
    """With a bill: four ways to go on."""
    booth.line_down(LONG_NAMED)
    assert Intent.DEFER_SIGNED in booth.state.intents


def queue(booth: Booth) -> None:
    line_down(booth)
    booth.presenter.outage.defer_with_deposit()
    booth.work.run_all()
    booth.presenter.queue.show()
    booth.work.run_all()


def refunds(booth: Booth) -> None:
    done(booth)
    booth.presenter.next_patient()
    booth.presenter.refund.list.today()
    booth.work.run_all()


_AT_THE_COUNTER = (ready, choose, no_bill, unfiled, faulty_files, line_down, offer, settled, done)
_TYPED = (typed, typed_lines, typed_search, typed_item)
_WHO = (stand_in, stood_in, doubts, doubted)
_PAPER = (large_slip, half_printed, in_doubt, reasons, paper_row)
WALKS = (*_AT_THE_COUNTER, *_WHO, *_TYPED, *_PAPER, queue, refunds)


@pytest.mark.parametrize("walk", WALKS, ids=lambda walk: walk.__name__)
def test_nothing_is_cut_off_on_any_screen(
    walk: Walk, window: CashierWindow, booth: Booth, qt_app: WatchedApplication
) -> None:
    """What has no room is scrolled to; no name and no amount is pressed flat; every key is there.

    Every state on the way, and every size, is shown in less than 50 ms (house rule 7).
    """
    walk(booth)
    settle(qt_app)
    for size in SIZES:
        window.resize(*size)
        settle(qt_app)
        assert (window.width(), window.height()) == size
        assert cut_off(window) == [], size
        assert keys_out_of_reach(window) == [], size


@pytest.mark.parametrize("size", SMALL)
def test_the_split_per_line_is_seen_where_the_screen_is_scaled(
    size: tuple[int, int], window: CashierWindow, booth: Booth, qt_app: WatchedApplication
) -> None:
    """Three lines at least, with every column, whoever stands there; arrows go to the others."""
    window.resize(*size)
    window.activateWindow()
    for person in (ORDINARY, LONG_NAMED):
        booth.drop(person, items=BILL)
        booth.show(person)
        booth.presenter.settle()  # not yet: the note takes its room too
        settle(qt_app)
        assert cut_off(window) == []
        (rows,) = whole_rows(window)
        assert rows >= 3
        (table,) = (t for t in window.findChildren(LineTable) if t.isVisible())
        assert not table.horizontalScrollBar().maximum()
        assert table.hasFocus()
        booth.presenter.leave()
        booth.work.run_all()


@pytest.mark.parametrize(
    ("screen", "percent", "smaller"),
    [
        ((1366, 768), 100, 1.0),
        ((1366, 768), 125, 1.0),
        ((1366, 768), 150, 0.96),
        ((1366, 728), 150, 0.9),
        ((1366, 768), 175, 0.81),
        ((1366, 768), 200, 0.7),
        ((1920, 1080), 200, 1.0),
    ],
)
def test_what_has_no_room_is_drawn_smaller(
    screen: tuple[int, int], percent: int, smaller: float
) -> None:
    """With the frame around it the window fits; where it fits already nothing is changed."""
    room = QSize(*screen) * 100 / percent
    assert fitting(room) == smaller
    whole = room / smaller
    assert LEAST.width() <= whole.width()
    assert LEAST.height() + 32 <= whole.height() or smaller == 1


def test_the_cashier_is_named_from_the_first_page_on(
    window: CashierWindow, booth: Booth, qt_app: WatchedApplication
) -> None:
    """Whose drawer it is stands in the head before anybody is settled."""
    settle(qt_app)
    (named,) = (label for label in window.findChildren(QLabel) if "0007" in label.text())
    assert (named.text(), named.isVisible()) == ("收费员 0007", True)
    window.present(structs.replace(booth.state, desk=Desk("演练医院", "", practice=True)))
    assert named.text() == ""


def test_the_window_comes_back_from_a_small_screen(
    window: CashierWindow, booth: Booth, qt_app: WatchedApplication
) -> None:
    """Dragged to a larger screen it looks as if it had always been there."""
    offer(booth)
    settle(qt_app)
    large = window.grab().toImage()
    for size in (SCALED, (WIDE, HIGH)):
        window.resize(*size)
        settle(qt_app)
    assert window.grab().toImage() == large


def test_the_arrows_scroll_to_the_last_way(
    window: CashierWindow, booth: Booth, qt_app: WatchedApplication
) -> None:
    """On the low screen not all four ways have room: no mouse is needed to read the last."""
    window.resize(*SCALED)
    window.activateWindow()
    line_down(booth)
    settle(qt_app)
    last = window.findChildren(WayCard)[-1]
    hidden = last.height() - last.visibleRegion().boundingRect().height()
    reading = QApplication.focusWidget()
    assert reading is not None
    for _press in range(40):
        QTest.keyClick(reading, Qt.Key.Key_Down)
    settle(qt_app)
    assert hidden > 0
    assert last.visibleRegion().boundingRect().height() == last.height()
    booth.presenter.next_patient()
    window.present(stopped(booth, Halt.NEEDS_CHECK))
    settle(qt_app)
    (panel,) = (each for each in window.findChildren(ProblemPanel) if each.isVisible())
    (band, *_rest) = panel.findChildren(Tinted)
    assert not band.visibleRegion().isEmpty()


@pytest.mark.parametrize("size", [SCALED, (WIDE, HIGH)])
@pytest.mark.parametrize("walk", [offer, settled], ids=lambda walk: walk.__name__)
def test_large_amounts_are_whole_and_written_alike(
    walk: Walk,
    size: tuple[int, int],
    window: CashierWindow,
    booth: Booth,
    qt_app: WatchedApplication,
) -> None:
    """An amount that lacks its last figure is another amount; 12345.67 is not read at a glance."""
    window.resize(*size)
    walk(booth)
    window.present(_dear(booth.state))
    settle(qt_app)
    assert (window.width(), window.height()) == size
    assert cut_off(window) == []
    words = [label.text() for label in window.findChildren(QLabel) if label.isVisible()]
    assert [text for text in words if UNGROUPED.search(text)] == []
    assert sum("12,345.67" in text for text in words) >= 4


@pytest.mark.parametrize("halt", Halt)
def test_every_problem_is_told_whole_where_the_screen_is_scaled(
    halt: Halt, window: CashierWindow, booth: Booth, qt_app: WatchedApplication
) -> None:
    window.resize(*SCALED)
    window.present(stopped(booth, halt))
    settle(qt_app)
    assert cut_off(window) == []


@pytest.mark.parametrize("halt", Halt)
def test_every_problem_is_told_whole_and_its_band_stays_a_band(
    halt: Halt, window: CashierWindow, booth: Booth, qt_app: WatchedApplication
) -> None:
    """The page is as high as the window; its parts are not pulled apart over it."""
    window.present(stopped(booth, halt))
    settle(qt_app)
    assert (window.width(), window.height()) == (WIDE, HIGH)
    assert cut_off(window) == []
    bands = [band for band in window.findChildren(Tinted) if band.width() > WIDE // 2]
    assert all(band.height() <= 2 * _BAND for band in bands if band.isVisible())
    assert any(band.height() <= _BAND for band in bands if band.isVisible())


def test_every_key_can_be_pressed_with_the_mouse(
    window: CashierWindow, booth: Booth, qt_app: WatchedApplication
) -> None:
    """The bar of keys lies within the window, and nothing lies over it."""
    offer(booth)
    settle(qt_app)
    (bar,) = window.findChildren(KeyBar)
    assert len([key for key in bar.findChildren(QAbstractButton) if key.isVisible()]) >= 4
    assert keys_out_of_reach(window) == []


def _dear(state: ViewState) -> ViewState:
    """The same visit, every amount of it large."""
    dear = Money.parse("12345.67")

    def priced(settlement: Settlement | None) -> Settlement | None:
        if settlement is None:
            return None
        split = settlement.split
        amounts = {f.name: dear for f in fields(split) if isinstance(getattr(split, f.name), Money)}
        return replace(settlement, split=replace(split, **amounts))  # type: ignore[arg-type]

    assert state.insurance is not None
    return structs.replace(
        state,
        offer=priced(state.offer),
        settlement=priced(state.settlement),
        insurance=replace(state.insurance, account_balance=dear),
        quota=Quota(dear, estimated=False),
        cash=structs.replace(state.cash, due=dear) if state.cash else None,
    )


def stopped(booth: Booth, halt: Halt) -> ViewState:
    problems = (
        Problem(ProblemCode.NOT_FILED, "FSI-未查询到有效的异地就医备案信息[outMedRecordBO_901]"),
        Problem(ProblemCode.CASH_NOT_TOLD),
        Problem(ProblemCode.IDENTITY_UNCHECKED, "C2 总额 = 基金支付 + 个人负担 + 医院负担"),
    )
    booth.show(LONG_NAMED)
    return structs.replace(booth.state, page=Page.STOPPED, stop=Stop(halt, problems))
