"""Cash given, cash back: typed in yuan, reckoned in fen."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QValidator
from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from desktop.domain.money import Money, NotAnAmount
from ui.theme.tokens import SPACE
from ui.widgets.basics import RIGHT, grid, restyle, say, text
from ui.widgets.figures import figure_text

_NARROW = str.maketrans("０１２３４５６７８９．。", "0123456789..")
"""What a Chinese input method makes of digits and points."""
_LONGEST = 8
"""Digits of whole yuan."""


class YuanText(QValidator):
    """Lets through what can become an amount with at most two decimals."""

    def validate(self, typed: str, at: int) -> tuple[QValidator.State, str, int]:
        """Full-width signs are taken as the plain ones."""
        plain = typed.translate(_NARROW)
        whole, point, decimals = plain.partition(".")
        digits = (whole + decimals).isascii() and (whole + decimals or "0").isdigit()
        if not digits or len(whole) > _LONGEST or len(decimals) > 2:
            return QValidator.State.Invalid, plain, at
        complete = bool(whole) and not (point and not decimals)
        state = QValidator.State.Acceptable if complete else QValidator.State.Intermediate
        return state, plain, at


class MoneyInput(QLineEdit):
    """An amount in yuan; :attr:`changed` tells it in exact fen, None while there is none.

    Enter is not handled: it goes on to the window.
    """

    changed = Signal(object)
    """``Money``, or None when nothing is typed."""

    def __init__(self, name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setValidator(YuanText(self))
        self.setAlignment(RIGHT)
        self.setPlaceholderText("0.00")
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.textChanged.connect(lambda _text: self.changed.emit(self.amount))
        say(self, name or self.tr("金额（元）"))

    @property
    def amount(self) -> Money | None:
        """None only while nothing is typed: a lone point is no fen yet, and not "exactly"."""
        try:
            return Money.parse(f"0{self.text().rstrip('.')}") if self.text() else None
        except NotAnAmount:
            return None

    def present(self, amount: Money | None) -> None:
        """Does not disturb typing: the same amount in other words stays as it was typed."""
        if amount != self.amount:
            self.setText("" if amount is None else amount.yuan())


class CashPad(QWidget):
    """Given and back under each other; the field is :attr:`given`. The due sum stands above it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._due = Money(0)
        self._back_label = text("body")
        self._back = text("change")
        self.given = MoneyInput(self.tr("实收现金（元）"))
        self.given.changed.connect(lambda _amount: self._show_back())
        self.setFocusProxy(self.given)
        self.setLayout(self._arranged())
        self.present(Money(0))

    def present(self, due: Money, given: Money | None = None) -> None:
        self._due = due
        self.given.present(given)
        self._show_back()

    @property
    def back(self) -> Money | None:
        """Cash to hand back, in fen; negative while too little was given, None while none was.

        What is due less than nothing goes back anyway.
        """
        given = self.given.amount
        if given is None:
            return -self._due if self._due.fen < 0 else None
        return given - self._due

    def _show_back(self) -> None:
        back = self.back
        short = back is not None and back.fen < 0
        self._back_label.setText(self.tr("还差") if short else self.tr("找零"))
        self._back.setText(figure_text(None if back is None else abs(back)))
        restyle(self._back, "tone", "danger" if short else "positive" if back else "")
        say(self._back, f"{self._back_label.text()} {self._back.text()}")

    def _arranged(self) -> QGridLayout:
        lines = grid(across=SPACE.l, down=SPACE.m)
        rows = ((text("body", self.tr("实收")), self.given), (self._back_label, self._back))
        for at, (name, value) in enumerate(rows):
            lines.addWidget(name, at, 0)
            lines.addWidget(value, at, 1)
        self._back.setAlignment(RIGHT)
        self._back.setContentsMargins(0, 0, SPACE.m, 0)
        lines.setColumnStretch(1, 1)
        return lines
