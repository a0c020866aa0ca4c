"""The ``Work`` port for windows: jobs on threads, their ends on the Qt thread by a signal."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal, Slot

if TYPE_CHECKING:
    from ui.lanes import ThreadWork


class QtPost(QObject):
    """Has calls made on the thread that this object was made on, until it is closed.

    Close it before Qt's objects go: a thread that hung in a card or a line may come back just then,
    and a signal of an object that is being taken down ends the process with SIGSEGV.
    """

    _called = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._open = True
        self._one_at_a_time = threading.Lock()
        self._called.connect(self._call, Qt.ConnectionType.QueuedConnection)

    def __call__(self, call: Callable[[], None]) -> None:
        with self._one_at_a_time:
            if self._open:
                self._called.emit(call)

    def close(self) -> None:
        """Drop every later call; no thread touches this object once this has returned."""
        with self._one_at_a_time:
            self._open = False

    @Slot(object)
    def _call(self, call: Callable[[], None]) -> None:
        call()


def qt_work(post: QtPost) -> ThreadWork:
    """Work whose ends arrive in the event loop of the thread that ``post`` was made on."""
    from ui.lanes import ThreadWork

    return ThreadWork(post)
