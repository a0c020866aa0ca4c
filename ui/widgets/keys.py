"""Buttons with their keys, and the bar of keys."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QSize, Qt, Signal, SignalInstance
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ui.theme.tokens import SPACE
from ui.widgets.badge import StateBadge
from ui.widgets.basics import column, hug, restyle, row, say, text
from ui.widgets.shown import Badge, Offer

SCROLLING = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)
_BEFORE_PRIMARY = 2
"""Place of the news among the other keys, what is free, and the primary keys."""
_OTHERS, _PRIMARY = 8, 2
"""So many keys has a page that offers much: the split."""
_PASSED_ON = (Qt.Key.Key_Return, Qt.Key.Key_Enter, *SCROLLING)
"""No button's business: a scanner ends every code with Enter."""


class KeyButton(QPushButton):
    """An offer as a button. Enter never presses it: a scanner ends every code with Enter."""

    taken = Signal(object)
    """The intent of the offer."""

    def __init__(self, offer: Offer, *, flat: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._label = text("body")
        self._cap = keycap("")
        self._offer = offer
        self.setProperty("flat", flat)
        self.setAutoDefault(False)
        if flat:
            self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setLayout(self._arranged(flat))
        self.clicked.connect(lambda: self.taken.emit(self._offer.intent))
        self.present(offer)

    @property
    def offer(self) -> Offer:
        return self._offer

    def present(self, offer: Offer) -> None:
        """A press that began on another offer never takes this one."""
        if offer.intent != self._offer.intent:
            self.setDown(False)
        self._offer = offer
        self._label.setText(offer.label)
        self._cap.setText(offer.key)
        self._cap.setVisible(bool(offer.key))
        self.setEnabled(offer.enabled)
        self.setToolTip("" if offer.enabled else offer.why_not)
        restyle(self, "primary", offer.primary)
        say(self, f"{offer.label} {offer.key}".strip(), self.toolTip())

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        layout = self.layout()
        assert layout is not None
        return layout.sizeHint().expandedTo(QSize(0, 40))

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        if event.key() in _PASSED_ON:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def _arranged(self, flat: bool) -> QHBoxLayout:
        side = SPACE.s if flat else SPACE.m
        layout = row(spacing=SPACE.s, margins=(side, 0, side, 0))
        parts = (self._cap, self._label) if flat else (self._label, self._cap)
        layout.addStretch(1)
        for part in parts:
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            layout.addWidget(part)
        layout.addStretch(1)
        return layout


class KeyBar(QFrame):
    """The bar at the window's foot: every key that does something now, the primary ones right.

    News stand beside the primary keys, where the cashier looks for the next step.
    """

    taken = Signal(object)

    def __init__(self, offers: tuple[Offer, ...] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._others = _Keys(row(spacing=SPACE.xs), self.taken)
        self._primary = _Keys(row(spacing=SPACE.s), self.taken)
        self._news = StateBadge()
        self._news.hide()
        self._above = False
        self._line = row(spacing=SPACE.l)
        self._whole = column(spacing=SPACE.xs)
        self.tighten(low=False)
        self.setLayout(self._arranged())
        say(self, self.tr("按键"))
        self.present(offers)

    def rehearse(self) -> Iterator[KeyButton]:
        """Have the buttons of an ordinary offer ready, before the first one."""
        yield from self._others.rehearse(_OTHERS)
        yield from self._primary.rehearse(_PRIMARY)

    def present(self, offers: tuple[Offer, ...]) -> None:
        """Buttons stay where they are while the keys are the same ones."""
        self._others.present([offer for offer in offers if not offer.primary])
        self._primary.present([offer for offer in offers if offer.primary])
        self._place_news()

    def tell(self, news: Badge | None) -> None:
        """One line about what was just done or cannot be done now."""
        self._news.setVisible(news is not None)
        if news is not None:
            self._news.present(news)
        self._place_news()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        self._place_news()

    def _place_news(self) -> None:
        """Where they have no room beside the keys they stand above them; no key is cut."""
        parts = (self._others.line, self._primary.line, self._news)
        needed = sum(part.sizeHint().width() for part in parts) + 5 * SPACE.l
        above = not self._news.isHidden() and needed > self.width()
        if above is not self._above:
            self._above = above
            if above:
                self._whole.insertWidget(0, self._news, 0, Qt.AlignmentFlag.AlignRight)
            else:
                self._line.insertWidget(_BEFORE_PRIMARY, self._news)

    def tighten(self, *, low: bool) -> None:
        """In a low window the bar is no higher than its keys need."""
        down = SPACE.hair if low else SPACE.s
        self._whole.setContentsMargins(SPACE.s, down, SPACE.l, down)

    def _arranged(self) -> QVBoxLayout:
        self._line.addLayout(self._others.line)
        self._line.addStretch(1)
        self._line.addWidget(self._news)
        self._line.addLayout(self._primary.line)
        self._whole.addLayout(self._line)
        return self._whole


class _Keys:
    """Buttons beside each other, kept for the next keys: one more costs a millisecond."""

    def __init__(self, line: QHBoxLayout, taken: SignalInstance) -> None:
        self.line = line
        self._taken = taken
        self._buttons: list[KeyButton] = []

    def rehearse(self, count: int) -> Iterator[KeyButton]:
        """Have so many buttons ready, one at each step."""
        while len(self._buttons) < count:
            yield self._add(Offer("", "", ""))

    def present(self, offers: list[Offer]) -> None:
        while len(self._buttons) < len(offers):
            self._add(offers[len(self._buttons)])
        for button, offer in zip(self._buttons, offers, strict=False):
            button.present(offer)
        for at, button in enumerate(self._buttons):
            button.setVisible(at < len(offers))

    def _add(self, offer: Offer) -> KeyButton:
        button = KeyButton(offer, flat=True)
        button.taken.connect(self._taken)
        self._buttons.append(button)
        button.hide()
        self.line.addWidget(button)
        return button


def keycap(key: str) -> QLabel:
    """A key as it looks on the keyboard."""
    cap = text("caption", key)
    cap.setObjectName("keycap")
    cap.setAlignment(Qt.AlignmentFlag.AlignCenter)
    hug(cap)
    return cap
