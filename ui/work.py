"""The ``Work`` port for windows: jobs on threads, their ends on the Qt thread by a signal."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal, Slot

if TYPE_CHECKING:
    from ui.lanes import ThreadWork


class QtPost(QObject):
    """Has calls made on the thread that this object was made on."""

    _called = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._called.connect(self._call, Qt.ConnectionType.QueuedConnection)

    def __call__(self, call: Callable[[], None]) -> None:
        self._called.emit(call)

    @Slot(object)
    def _call(self, call: Callable[[], None]) -> None:
        call()


def qt_work(parent: QObject) -> ThreadWork:
    """Work whose ends arrive in the event loop of the thread that calls this; lives with parent."""
    from ui.lanes import ThreadWork

    return ThreadWork(QtPost(parent))
