"""Rows to choose from: insurances (B06), or the bills of this person."""

from __future__ import annotations

from PySide6.QtCore import Signal

from ui.theme.tokens import SPACE
from ui.widgets.basics import Page, column, text
from ui.widgets.choices import ChoiceList
from ui.widgets.panel import Panel
from ui.widgets.shown import Badge, Choice


class ChoosePage(Page):
    """A question and its answers; Up, Down and Enter work."""

    taken = Signal(object)
    """The place of the answer."""

    def __init__(self) -> None:
        super().__init__()
        self._panel = Panel()
        self._hint = text("muted", wrap=True)
        self._list = ChoiceList()
        self._list.taken.connect(self.taken)
        self._panel.body.addWidget(self._hint)
        self._panel.body.addWidget(self._list, 1)
        self._panel.body.addStretch()
        whole = column(spacing=SPACE.m)
        whole.addWidget(self._panel, 1)
        self.setLayout(whole)

    def present(
        self, title: str, hint: str, choices: tuple[Choice, ...], badge: Badge | None = None
    ) -> None:
        """``badge``: news beside the title."""
        self._panel.set_title(title)
        self._panel.set_badge(badge)
        self._hint.setText(hint)
        self._list.present(choices)
        self._list.setVisible(bool(choices))

    def focus(self) -> None:
        (self._list if self._list.isVisibleTo(self) else self).setFocus()
