"""``kuasheng`` itself, with an ear inside its own process: what is on the window, what held it.

The program is the product's own front door, and its event loop is watched from the moment that its
window is shown: nothing may hold it. On standard input stands
one question a line, on standard output its answer as JSON:

* ``held`` what held the Qt thread so far, for a program that will be killed;
* ``words`` every text that is on the window now;
* ``cut`` what of the window cannot be read or reached, or is beyond the screen;
* ``state`` which of :mod:`tests.window.naming` it is;
* ``slip`` what a screen reader says of the slip on the window, and of each page of it the width,
  the height and the darkest grey (0 is black);
* ``keys`` what a screen reader says of the input that has the keys now, "" for none;
* ``dark``, ``light`` wear this theme;
* at the end, unasked: what held the Qt thread.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator

from PySide6.QtCore import QObject, QSocketNotifier
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit

from desktop.__main__ import main as kuasheng
from tests.rig.slot_watch import SlotWatch
from tests.ui.cashier.cut_off import cut_off, keys_out_of_reach, settle
from tests.window.naming import named
from ui.cashier.window import CashierWindow
from ui.scale import application
from ui.theme.stylesheet import STYLE, ThemeSwitch
from ui.theme.tokens import Mode
from ui.widgets.sheet_view import SheetView


class Spy(QObject):
    """Answers questions in the program's own event loop."""

    def __init__(self, app: QApplication, watch: SlotWatch) -> None:
        super().__init__(app)
        self._app = app
        self._watch = watch
        self._asked = QSocketNotifier(sys.stdin.fileno(), QSocketNotifier.Type.Read, self)
        self._asked.activated.connect(self._answer)

    def _answer(self) -> None:
        """Asking is the test's own work: its slot is not judged."""
        with self._watch.off():
            question = sys.stdin.readline().strip()
            if not question:
                self._asked.setEnabled(False)
            else:
                tell(self._answer_to(question))

    def _answer_to(self, question: str) -> object:
        match question:
            case "held":
                return [str(hold) for hold in self._watch.take()]
            case "cut":
                return list(self._cut())
            case "state":
                return self._state()
            case "slip":
                return list(self._slip())
            case "keys":
                there = self._app.focusWidget()
                return there.accessibleName() if there else ""
            case "words":
                return list(self._words())
            case _:
                self._wear(Mode(question))
        return None

    def _words(self) -> Iterator[str]:
        """What lies outside of the window is not on it, whatever Qt calls visible."""
        for widget in self._app.allWidgets():
            told = widget.text() if isinstance(widget, QLabel | QLineEdit) else ""
            if told and widget.isVisible() and not widget.visibleRegion().isEmpty():
                yield told

    def _state(self) -> str:
        """Of the window that stands."""
        windows = (one for one in self._app.topLevelWidgets() if isinstance(one, CashierWindow))
        state = next(windows)._state
        assert state is not None
        return named(state)

    def _cut(self) -> Iterator[str]:
        settle(self._app)
        for window in self._app.topLevelWidgets():
            if isinstance(window, CashierWindow):
                yield from cut_off(window)
                yield from keys_out_of_reach(window)
                if not window.screen().geometry().contains(window.frameGeometry()):
                    yield f"{window.frameGeometry()} beyond {window.screen().geometry()}"

    def _slip(self) -> Iterator[object]:
        for view in self._app.allWidgets():
            if isinstance(view, SheetView) and not view.visibleRegion().isEmpty():
                pages = (label.pixmap() for label in view.findChildren(QLabel))
                drawn = [_drawn(page.toImage()) for page in pages if not page.isNull()]
                yield view.accessibleName(), drawn

    def _wear(self, mode: Mode) -> None:
        switch = self._app.findChild(ThemeSwitch)
        assert isinstance(switch, ThemeSwitch)
        switch.choose(mode)


def _drawn(page: QImage) -> tuple[int, int, int]:
    grey = page.convertToFormat(QImage.Format.Format_Grayscale8)
    return grey.width(), grey.height(), min(bytes(grey.constBits()))


def tell(answer: object) -> None:
    sys.stdout.write(json.dumps(answer) + "\n")
    sys.stdout.flush()


def main() -> int:
    app = application(["kuasheng", *STYLE], os.environ)
    watch = SlotWatch(at_once=False)
    spy = Spy(app, watch)
    code = kuasheng(sys.argv[1:])
    spy.deleteLater()
    tell([str(hold) for hold in watch.take()])
    return code


if __name__ == "__main__":
    sys.exit(main())
