"""A raised card with a title."""

from __future__ import annotations

from functools import cached_property

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from ui.theme.tokens import SPACE
from ui.widgets.badge import StateBadge
from ui.widgets.basics import column, row, rule, say, text
from ui.widgets.shown import Badge

_AROUND = (SPACE.l, SPACE.m, SPACE.l, SPACE.l)
_TIGHT = (SPACE.m, SPACE.xs, SPACE.m, SPACE.s)


class Panel(QFrame):
    """Put content into :attr:`body`; :attr:`head` takes what stands right of the title."""

    def __init__(self, title: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.body: QVBoxLayout = column(spacing=SPACE.m)
        self.head: QHBoxLayout = row(spacing=SPACE.s)
        self._badge: StateBadge | None = None
        self._heading = column(spacing=SPACE.s)
        self._whole = column(spacing=SPACE.m, margins=_AROUND)
        self._whole.addLayout(self.body, 1)
        self.setLayout(self._whole)
        self.set_title(title)

    def set_title(self, title: str) -> None:
        if title:
            self._title.setText(title)
        if title or "_header" in vars(self):
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

    def tighten(self, *, low: bool) -> None:
        """In a low window the card keeps less room for itself."""
        self._whole.setContentsMargins(*(_TIGHT if low else _AROUND))
        self._whole.setSpacing(SPACE.xs if low else SPACE.m)
        self._heading.setSpacing(SPACE.xs if low else SPACE.s)

    @cached_property
    def _title(self) -> QLabel:
        return text("title")

    @cached_property
    def _header(self) -> QWidget:
        """Not there in a card that has never had a title."""
        line = row(spacing=SPACE.s)
        line.addWidget(self._title)
        line.addStretch(1)
        line.addLayout(self.head)
        self._heading.addLayout(line)
        self._heading.addWidget(rule())
        header = QWidget()
        header.setLayout(self._heading)
        self._whole.insertWidget(0, header)
        return header
