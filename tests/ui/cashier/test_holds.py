"""The window shows each state of a visit in less than 50 ms, whoever tells it (house rule 7).

In Chinese the ways of ``test_looks.py`` are timed there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from desktop.domain.money import Money
from desktop.knowledge.areas import load_areas
from tests.rig.slot_watch import WatchedApplication
from tests.rig.translations import CHINESE
from tests.ui.cashier import test_looks as walks
from tests.ui.cashier.booth import Booth
from tests.ui.cashier.cut_off import settle
from ui.cashier.state import Page, ViewState
from ui.cashier.window import CashierWindow
from ui.language import Language, english

Walk = Callable[[Booth], None]
IN_ENGLISH: tuple[Walk, ...] = (
    *(walks.no_bill, walks.typed_item, walks.stood_in, walks.done, walks.line_down),
    *(walks.unfiled, walks.faulty_files, walks.queue, walks.refunds),
)


@pytest.fixture
def shown() -> list[ViewState]:
    return []


@pytest.fixture
def language(request: pytest.FixtureRequest, qt_app: WatchedApplication) -> Iterator[Language]:
    """Chinese, unless the test says otherwise."""
    wanted: Language = getattr(request, "param", Language.CHINESE)
    if wanted is Language.CHINESE:
        yield wanted
        return
    translator = english(qt_app)
    with qt_app.watch.off():
        qt_app.installTranslator(translator)
    yield wanted
    with qt_app.watch.off():
        qt_app.removeTranslator(translator)
        translator.deleteLater()


@pytest.fixture
def window(
    qt_app: WatchedApplication, booth: Booth, shown: list[ViewState], language: Language
) -> Iterator[CashierWindow]:
    """Furnished as in its first idle moments; from then on every state is timed."""
    assert language in Language
    with qt_app.watch.off():
        made = CashierWindow(load_areas, lambda: 0.0)
        made.attach(booth.presenter)
        made.present(booth.state)
        made.show()
        settle(qt_app)
        assert all(made.furnish())
        settle(qt_app)

    def present(state: ViewState) -> None:
        shown.append(state)
        made.present(state)

    booth.presenter.listen(qt_app.watch.listening(present))
    yield made
    with qt_app.watch.off():
        made.let_close()


@pytest.mark.parametrize("language", [Language.ENGLISH], indirect=True)
@pytest.mark.parametrize("walk", IN_ENGLISH, ids=lambda walk: walk.__name__)
def test_no_state_holds_the_thread_in_english(
    walk: Walk,
    window: CashierWindow,
    booth: Booth,
    qt_app: WatchedApplication,
    shown: list[ViewState],
) -> None:
    """Longer words, looked up and broken into lines: every page of an ordinary visit, and those
    with the most words.
    """
    walk(booth)
    settle(qt_app)
    assert shown
    assert not CHINESE.search(window.windowTitle())


@pytest.mark.usefixtures("window")
@pytest.mark.parametrize("language", Language, indirect=True)
def test_a_second_patient_is_shown_as_quickly(booth: Booth, qt_app: WatchedApplication) -> None:
    for person in (walks.ORDINARY, walks.LONG_NAMED):
        booth.bills.clear()
        booth.to_offer(person)
        settle(qt_app)
        booth.presenter.settle()
        booth.work.run_all()
        booth.presenter.give_cash(Money(500_00))
        booth.presenter.collect()
        booth.work.run_all()
        settle(qt_app)
        assert booth.on(Page.DONE)
        booth.presenter.next_patient()
