"""When the Qt thread does what can wait: in a turn of its own, after all that is there to be done."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import chain

from PySide6.QtCore import QObject, QTimer

from ui.cashier.state import ViewState

_PAUSE_MS = 20


class AtRest(QTimer):
    """Calls ``then`` once, when no event waits any more: keys, ends of jobs, painting come first."""

    def __init__(self, then: Callable[[], None], parent: QObject) -> None:
        super().__init__(parent, interval=0, singleShot=True)
        self.timeout.connect(then)


class Moments(QObject):
    """Takes one step after the other, a pause between two, while ``may`` says yes."""

    def __init__(self, may: Callable[[], bool], parent: QObject) -> None:
        super().__init__(parent)
        self._steps: Iterator[object] = iter(())
        self._may = may
        self._rest = AtRest(self._one_more, self)
        self._pause = QTimer(self, interval=_PAUSE_MS, singleShot=True)
        self._pause.timeout.connect(self._rest.start)

    def take(self, steps: Iterator[object]) -> None:
        """These steps, too, when those before are done."""
        self._steps = chain(self._steps, steps)
        self._pause.start()

    def _one_more(self) -> None:
        if not self._may() or next(self._steps, None) is not None:
            self._pause.start()


class Showing(QObject):
    """Has the latest state shown when the slot that changed it has ended.

    A slot that changes the state three times is shown once, and no turn both works and shows.
    """

    def __init__(self, present: Callable[[ViewState], None], parent: QObject) -> None:
        super().__init__(parent)
        self._present = present
        self._state: ViewState | None = None
        self._rest = AtRest(self._show, self)

    def __call__(self, state: ViewState) -> None:
        self._state = state
        self._rest.start()

    def _show(self) -> None:
        if self._state is not None:
            self._present(self._state)
