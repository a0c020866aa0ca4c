"""Buttons with their keys, the bar of keys, and the card that F1 shows."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QSize, Qt, Signal, SignalInstance
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from ui.theme.tokens import SPACE
from ui.widgets.badge import StateBadge
from ui.widgets.basics import clear, column, grid, hug, restyle, row, rule, say, scrolling, text
from ui.widgets.key_list import KeyList
from ui.widgets.shown import Badge, KeyGroup, Offer

_ACROSS = (3, 5, 3)
"""Groups beside each other on the card of keys: as is best, in a low window, and scrolled."""
_SCROLLING = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)
_BEFORE_PRIMARY = 2
"""Place of the news among the other keys, what is free, and the primary keys."""
_OTHERS, _PRIMARY = 8, 2
"""So many keys has a page that offers much: the split."""
_EDGES = 4
"""The hairline around the card, on both sides."""
_PASSED_ON = (Qt.Key.Key_Return, Qt.Key.Key_Enter, *_SCROLLING)
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


class KeyCard(QFrame):
    """What F1 shows over the window: every key, in groups beside each other."""

    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._groups: QGridLayout = grid(down=SPACE.xl)
        self._lists: list[KeyList] = []
        self._shown: tuple[KeyGroup, ...] = ()
        self._close = KeyButton(Offer("close", self.tr("知道了"), "Esc", primary=True))
        self._close.taken.connect(lambda _intent: self.closed.emit())
        self._area = scrolling(self._holding())
        self._area.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        self.setFocusProxy(self._close)
        self.setLayout(self._arranged())
        say(self, self.tr("按键一览"))

    def present(self, groups: tuple[KeyGroup, ...]) -> None:
        if groups == self._shown:
            return
        self._shown = groups
        clear(self._groups)
        self._lists = [KeyList(group) for group in groups]
        self._place(_ACROSS[0])

    def fit(self, room: QSize) -> None:
        """As large as its keys need; in a window that is too small they are scrolled to."""
        for across in _ACROSS:
            self._place(across)
            needed = self.sizeHint()
            if needed.boundedTo(room) == needed:
                break
        else:
            needed += QSize(self._area.verticalScrollBar().sizeHint().width(), 0)
        self.resize(needed.boundedTo(room))

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        layout = self.layout()
        assert layout is not None
        around, keys = layout.sizeHint(), self._groups.sizeHint()
        sides = layout.contentsMargins()
        wide = max(around.width(), keys.width() + sides.left() + sides.right())
        return QSize(wide, around.height() + keys.height()) + QSize(_EDGES, _EDGES)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        if event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_F1):
            self.closed.emit()
        elif event.key() in _SCROLLING:
            self._area.verticalScrollBar().event(event)
        else:
            super().keyPressEvent(event)

    def _place(self, across: int) -> None:
        self._groups.setHorizontalSpacing(2 * SPACE.xl if across == _ACROSS[0] else SPACE.xl)
        for at, keys in enumerate(self._lists):
            self._groups.addWidget(keys, *divmod(at, across), Qt.AlignmentFlag.AlignTop)

    def _holding(self) -> QWidget:
        inner = QWidget()
        inner.setLayout(self._groups)
        return inner

    def _arranged(self) -> QVBoxLayout:
        foot = row(spacing=SPACE.m)
        foot.addWidget(
            text("caption", self.tr("随时可以扫医保码、插社保卡；扫码枪的回车不会按下任何按钮"))
        )
        foot.addStretch(1)
        foot.addWidget(self._close)
        layout = column(spacing=SPACE.l, margins=(SPACE.xl, SPACE.xl, SPACE.xl, SPACE.xl))
        layout.addWidget(text("heading", self.tr("按键一览")))
        layout.addWidget(rule("head-rule"))
        layout.addWidget(self._area, 1)
        layout.addLayout(foot)
        return layout


def keycap(key: str) -> QLabel:
    """A key as it looks on the keyboard."""
    cap = text("caption", key)
    cap.setObjectName("keycap")
    cap.setAlignment(Qt.AlignmentFlag.AlignCenter)
    hug(cap)
    return cap
