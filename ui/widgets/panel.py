"""A raised card with a title."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from ui.theme.tokens import SPACE
from ui.widgets.badge import StateBadge
from ui.widgets.basics import column, row, rule, say, text
from ui.widgets.shown import Badge


class Panel(QFrame):
    """Put content into :attr:`body`; :attr:`head` takes what stands right of the title."""

    def __init__(self, title: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.body: QVBoxLayout = column(spacing=SPACE.m)
        self.head: QHBoxLayout = row(spacing=SPACE.s)
        self._title: QLabel = text("title")
        self._badge: StateBadge | None = None
        self._header = QWidget()
        self._fill_header()
        layout = column(spacing=SPACE.m, margins=(SPACE.l, SPACE.m, SPACE.l, SPACE.l))
        layout.addWidget(self._header)
        layout.addLayout(self.body, 1)
        self.setLayout(layout)
        self.set_title(title)

    def set_title(self, title: str) -> None:
        self._title.setText(title)
        self._header.setVisible(bool(title))
        say(self, title)

    def set_badge(self, badge: Badge | None) -> None:
        """The state of what the card is about, right of its title."""
        if self._badge is None:
            if badge is None:
                return
            self._badge = StateBadge()
            self.head.addWidget(self._badge)
        self._badge.setVisible(badge is not None)
        if badge is not None:
            self._badge.present(badge)

    def _fill_header(self) -> None:
        line = row(spacing=SPACE.s)
        line.addWidget(self._title)
        line.addStretch(1)
        line.addLayout(self.head)
        whole = column(spacing=SPACE.s)
        whole.addLayout(line)
        whole.addWidget(rule())
        self._header.setLayout(whole)
