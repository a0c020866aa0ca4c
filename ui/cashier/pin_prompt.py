"""The PIN of a patient's card, typed behind a mask where the reader has no keys of its own."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QWidget

from ui.cashier.scanner import Scanner
from ui.input.wedge import Scan, Timing
from ui.theme.tokens import SPACE, Tone
from ui.widgets.badge import StateBadge
from ui.widgets.basics import column, row, say, text
from ui.widgets.keys import keycap
from ui.widgets.panel import Panel
from ui.widgets.shown import Badge

_SHORTEST, _LONGEST = 4, 16
"""Digits of a card's PIN (cards.md A5)."""
_WIDE = 440
_TAKEN = 64
"""Characters that the field takes: a code longer than any PIN is seen to be none."""
_TIMING = Timing(shortest=_SHORTEST)
"""Nobody types four digits as quickly as a scanner; who did would lose no try by it."""


class PinPrompt(QDialog):
    """Enter hands the digits to one listener; then, and with Esc, nothing of them is left here.

    A code that is scanned into it (of a ware, a bank card, a payment) is told and goes nowhere: as a
    PIN it would cost a try, and three lock the card.
    """

    entered = Signal(str)

    def __init__(self, parent: QWidget, prefix: str, clock: Callable[[], float]) -> None:
        """``prefix`` and ``clock`` as of the window's :class:`~ui.cashier.scanner.Scanner`."""
        super().__init__(parent)
        self._window = parent
        self._told = StateBadge()
        self._told.present(Badge(self.tr("扫到的码不是密码，没有送给卡：请按键输入"), Tone.WARNING))
        self._told.hide()
        self.setWindowTitle(self.tr("社会保障卡密码"))
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self._field = QLineEdit(echoMode=QLineEdit.EchoMode.Password, maxLength=_TAKEN)
        self._field.setInputMethodHints(
            Qt.InputMethodHint.ImhDigitsOnly | Qt.InputMethodHint.ImhSensitiveData
        )
        self._field.returnPressed.connect(self._enter)
        say(self._field, self.tr("社会保障卡密码"), "")
        asked = Panel(self.tr("社会保障卡密码"))
        self._field.setProperty("large", True)
        asked.body.addWidget(text("body", self.tr("请患者输入社会保障卡密码"), wrap=True))
        asked.body.addWidget(self._field)
        asked.body.addWidget(self._told)
        asked.body.addLayout(self._keys())
        layout = column()
        layout.addWidget(asked)
        self.setLayout(layout)
        self.setMinimumWidth(_WIDE)
        self._scanner = Scanner(self, prefix, clock, self._scanned, _TIMING)

    def _keys(self) -> QHBoxLayout:
        """What ends it; said beside the field, since the bar of keys lies under the mask."""
        line = row(spacing=SPACE.s)
        for key, means in (("Esc", self.tr("不输")), ("Enter", self.tr("确定"))):
            line.addWidget(keycap(key))
            line.addWidget(text("body", means))
            line.addSpacing(SPACE.m)
        line.addStretch(1)
        return line

    def ask(self) -> None:
        self._field.clear()
        self._told.hide()
        self.open()
        self._field.setFocus()

    def done(self, result: int) -> None:
        """However it ends; the keys are the window's again, also where nothing manages windows."""
        self._field.clear()
        super().done(result)
        self._window.activateWindow()

    def _scanned(self, _scan: Scan | None = None) -> None:
        self._field.clear()
        self._told.show()

    def _enter(self) -> None:
        """What cannot be a PIN costs the patient no try; too long it was scanned, and goes."""
        digits = self._field.text()
        if len(digits) > _LONGEST:
            self._scanned()
        elif digits.isascii() and digits.isdecimal() and len(digits) >= _SHORTEST:
            self.accept()
            self.entered.emit(digits)
