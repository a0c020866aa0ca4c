"""The card of every key, which F1 lays over the window."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QVBoxLayout, QWidget

from ui.theme.tokens import SPACE
from ui.widgets.basics import clear, column, row, rule, say, scrolling, text
from ui.widgets.key_list import KeyList
from ui.widgets.keys import SCROLLING, KeyButton
from ui.widgets.shown import KeyGroup, Offer

_ACROSS = (4, 5, 3)
"""Columns of groups: as is best, in a low window, and scrolled."""
_EDGES = 4
"""The hairline around the card, on both sides."""


class KeyCard(QFrame):
    """What F1 shows over the window: every key, in groups beside each other."""

    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._groups = row()
        self._columns = [column(spacing=SPACE.xl) for _ in range(max(_ACROSS))]
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
        for keys in self._columns:
            clear(keys)
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
        elif event.key() in SCROLLING:
            self._area.verticalScrollBar().event(event)
        else:
            super().keyPressEvent(event)

    def _place(self, across: int) -> None:
        self._groups.setSpacing(2 * SPACE.xl if across == _ACROSS[0] else SPACE.xl)
        heights = [keys.sizeHint().height() + SPACE.xl for keys in self._lists]
        for keys, into in zip(self._lists, shared_out(heights, across), strict=True):
            self._columns[into].addWidget(keys)
        self._groups.activate()

    def _holding(self) -> QWidget:
        for keys in self._columns:
            outer = column()
            outer.addLayout(keys)
            outer.addStretch(1)
            self._groups.addLayout(outer)
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


def shared_out(heights: Sequence[int], across: int) -> list[int]:
    """Which column each of the parts stands in, in their order; the highest column is the least."""
    ends = list(accumulate(heights, initial=0))
    limits = sorted({end - start for at, start in enumerate(ends) for end in ends[at + 1 :]})
    shares = (list(_filled(heights, limit)) for limit in limits if limit >= max(heights))
    return next((share for share in shares if share[-1] < across), [])


def _filled(heights: Sequence[int], limit: int) -> Iterator[int]:
    """Each column filled up to ``limit`` before the next one begins."""
    into = high = 0
    for height in heights:
        if high + height > limit:
            into, high = into + 1, 0
        high += height
        yield into
