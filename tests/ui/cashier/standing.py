"""A cashier's window that shows what the booth's presenter tells."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from desktop.knowledge.areas import Areas, load_areas
from tests.rig.slot_watch import WatchedApplication
from tests.ui.cashier.booth import Booth
from ui.cashier.shell import CashierShell, Facts
from ui.cashier.window import CashierWindow


@contextmanager
def standing(
    qt_app: WatchedApplication,
    booth: Booth,
    clock: Callable[[], float] = lambda: 0.0,
    *,
    furnished: bool = True,
) -> Iterator[CashierWindow]:
    """Made untimed; what the block does with it is timed."""
    with qt_app.watch.off():
        made = CashierWindow(load_areas, clock)
        made.attach(booth.presenter)
        assert not furnished or all(made.furnish())
        booth.presenter.listen(qt_app.watch.listening(made.present))
        made.present(booth.state)
        made.show()
    yield made
    with qt_app.watch.off():
        made.let_close()


@contextmanager
def timed(
    qt_app: WatchedApplication,
    booth: Booth,
    begin: Callable[[], None] = lambda: None,
    areas: Callable[[], Areas] = load_areas,
) -> Iterator[CashierWindow]:
    """Furnished, ``begin`` done and the window active; what the block makes it show is timed."""
    with qt_app.watch.off():
        made = CashierWindow(areas, lambda: 0.0)
        made.attach(booth.presenter)
        assert all(made.furnish())
        booth.presenter.listen(qt_app.watch.listening(made.present))
        made.present(booth.state)
        begin()
        made.show()
        made.activateWindow()
        qt_app.processEvents()
    yield made
    with qt_app.watch.off():
        made.let_close()


@contextmanager
def shell_of(booth: Booth, qt_app: WatchedApplication, prefix: str = "") -> Iterator[CashierShell]:
    """The window with all that drives it, at the booth's counter; ``prefix``: of its scanners."""
    with qt_app.watch.off():
        window = CashierWindow(load_areas, lambda: 0.0)
        gone: list[str] = []
        facts = Facts(booth.state.desk, prefix)
        made = CashierShell(window, booth.counter, facts, lambda: gone.append("gone"))
        assert all(window.furnish())
        window.show()
        await_focus(window, qt_app)
    yield made
    with qt_app.watch.off():
        made.presenter.listen(lambda _state: None)
        made.session_ends()  # else it may stay for a patient who is owed something
        window.close()
        while not gone:
            qt_app.processEvents()
        made.leave()


def await_focus(window: CashierWindow, qt_app: WatchedApplication) -> None:
    """The state is shown when the slot that made it has ended."""
    while window.focusWidget() is None:
        qt_app.processEvents()
