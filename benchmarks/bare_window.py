"""The least a window can be: as many widgets of the same Qt kinds, in plain PySide6.

``python -m benchmarks.bare_window '{"shown": {"QLabel": 40, …}, "hidden": {…}}'``; the kinds are
those of the cashier's window: what it shows first, and what it keeps for later. The text is Chinese
as there, nothing is styled; F1 shows a card over the middle, and nothing else happens.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping

from PySide6 import QtCore, QtGui, QtWidgets

COLUMNS = 8
CARD = (480, 360)


def page(kinds: Mapping[str, int]) -> QtWidgets.QWidget:
    ground = QtWidgets.QWidget()
    places = QtWidgets.QGridLayout(ground)
    for place, kind in enumerate(kind for kind, count in kinds.items() for _ in range(count)):
        widget = getattr(QtWidgets, kind)()
        if isinstance(widget, QtWidgets.QLabel | QtWidgets.QPushButton | QtWidgets.QLineEdit):
            widget.setText("跨省")
        places.addWidget(widget, place // COLUMNS, place % COLUMNS)
    return ground


def card_over(window: QtWidgets.QWidget) -> QtWidgets.QFrame:
    card = QtWidgets.QFrame(window)
    card.setAutoFillBackground(True)
    card.setFrameShape(QtWidgets.QFrame.Shape.Box)
    QtWidgets.QLabel("按键一览", card)
    card.resize(*CARD)
    card.hide()
    key = QtGui.QShortcut(QtGui.QKeySequence("F1"), window)
    key.activated.connect(lambda: _show(card))
    return card


def _show(card: QtWidgets.QFrame) -> None:
    card.move(_corner(card.parentWidget()))
    card.show()
    card.raise_()


def _corner(window: QtWidgets.QWidget | None) -> QtCore.QPoint:
    assert window is not None
    return window.rect().center() - QtCore.QPoint(CARD[0] // 2, CARD[1] // 2)


def main() -> None:
    kinds = json.loads(sys.argv[1])
    app = QtWidgets.QApplication(["bare"])
    window = QtWidgets.QMainWindow()
    window.setWindowTitle("跨省直结前台")
    stack = QtWidgets.QStackedWidget()
    for some in ("shown", "hidden"):
        stack.addWidget(page(kinds[some]))
    window.setCentralWidget(stack)
    window.setFixedSize(1366, 768)
    card_over(window)
    window.show()
    app.exec()


if __name__ == "__main__":
    main()
