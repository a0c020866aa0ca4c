"""Rows to choose from: insurances (B06), or the bills of this person."""

from __future__ import annotations

from PySide6.QtCore import Signal

from ui.theme.tokens import SPACE
from ui.widgets.basics import Page, column, text
from ui.widgets.choices import ChoiceList
from ui.widgets.empty_state import EmptyState
from ui.widgets.panel import Panel
from ui.widgets.shown import Badge, Choice
from ui.widgets.tinted_note import TintedNote


class ChoosePage(Page):
    """A question and its answers; Up, Down and Enter work."""

    taken = Signal(object)
    """The place of the answer."""

    def __init__(self) -> None:
        super().__init__()
        self._panel = Panel()
        self._warning = TintedNote()
        self._hint = text("muted", wrap=True)
        self._list = ChoiceList(fits=True)
        self._list.taken.connect(self.taken)
        self._empty = EmptyState()
        self._panel.body.addWidget(self._warning)
        self._panel.body.addWidget(self._hint)
        self._panel.body.addWidget(self._list)
        self._panel.body.addWidget(self._empty, 1)
        self._panel.body.addStretch()
        whole = column(spacing=SPACE.m)
        whole.addWidget(self._panel, 1)
        self.setLayout(whole)

    def present(
        self,
        title: str,
        hint: str,
        choices: tuple[Choice, ...],
        badge: Badge | None = None,
        warning: str = "",
    ) -> None:
        """Without choices ``title`` and ``hint`` say what is waited for. ``badge``: news."""
        self._warning.present(warning)
        self._panel.set_title(title if choices else self.tr("收费单据"))
        self._panel.set_badge(badge)
        self._hint.setText(hint)
        self._empty.present(title, hint)
        self._list.present(choices)
        for part in (self._hint, self._list):
            part.setVisible(bool(choices))
        self._empty.setVisible(not choices)

    def focus(self) -> None:
        (self._list if self._list.isVisibleTo(self) else self).setFocus()
