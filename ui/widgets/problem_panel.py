"""A problem as a page: what happened, what to do next, what the platform said, what is offered."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from ui.theme.tokens import SPACE
from ui.widgets.basics import Tinted, clear, column, row, rule, say, text
from ui.widgets.fact_grid import FactGrid
from ui.widgets.glyphs import readable
from ui.widgets.keys import KeyButton
from ui.widgets.panel import Panel
from ui.widgets.shapes import Mark
from ui.widgets.shown import Offer, ProblemShown


class ProblemPanel(Panel):
    """The tone's band says what happened; below stand the next step and the buttons."""

    taken = Signal(object)
    """The intent of an offer."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._mark = Mark(28)
        self._happened = text("tone", wrap=True)
        self._next = text("heading", wrap=True)
        self._quote = _Quote()
        self._facts = FactGrid(columns=4)
        self._details = column(spacing=6)
        self._told: list[QLabel] = []
        self._code = text("code", selectable=True)
        self._offers: QHBoxLayout = row(spacing=SPACE.s)
        self._band = self._banded()
        self._fill()

    def present(self, shown: ProblemShown) -> None:
        self._band.set_tone(shown.tone)
        self._mark.set_tone(shown.tone)
        self._happened.setText(shown.happened)
        self._next.setText(shown.next_step)
        self._quote.present(shown.quoted, shown.quoted_from)
        self._code.setText(self.tr("问题代码 {0}").format(shown.code) if shown.code else "")
        self._facts.present(shown.facts)
        self._facts.setVisible(bool(shown.facts))
        self._show_details(shown.details)
        self._show_offers(shown.offers)
        say(self, shown.happened, shown.next_step)

    def _banded(self) -> Tinted:
        band = Tinted()
        line = row(spacing=SPACE.m, margins=(SPACE.l, SPACE.m, SPACE.l, SPACE.m))
        line.addWidget(self._mark)
        line.addWidget(self._happened, 1)
        line.addWidget(self._code)
        band.setLayout(line)
        return band

    def _fill(self) -> None:
        self.body.setSpacing(SPACE.l)
        self.body.addWidget(self._band)
        self.body.addLayout(_labelled(self.tr("下一步"), self._next))
        self.body.addWidget(self._quote)
        self.body.addWidget(self._facts)
        self.body.addLayout(self._details)
        self.body.addLayout(self._offers)
        self.body.addStretch(1)

    def _show_details(self, details: tuple[str, ...]) -> None:
        """As many as before get their new words only: a count-down comes every second."""
        metrics = self._next.fontMetrics()
        details = tuple(readable(detail, metrics).text for detail in details)
        if len(details) == len(self._told):
            for label, detail in zip(self._told, details, strict=True):
                label.setText(detail)
            return
        clear(self._details)
        self._told = [text("body", detail, wrap=True, selectable=True) for detail in details]
        for at, label in enumerate(self._told):
            if at:
                self._details.addWidget(rule())
            self._details.addWidget(label)

    def _show_offers(self, offers: tuple[Offer, ...]) -> None:
        clear(self._offers)
        for offer in offers:
            button = KeyButton(offer)
            button.taken.connect(self.taken)
            self._offers.addWidget(button)
        self._offers.addStretch(1)


class _Quote(Tinted):
    """Somebody else's words, unchanged."""

    def __init__(self) -> None:
        super().__init__()
        self._source = text("caption")
        self._words = text("quote", wrap=True, selectable=True)
        layout = column(spacing=SPACE.xs, margins=(SPACE.l, SPACE.m, SPACE.l, SPACE.m))
        layout.addWidget(self._source)
        layout.addWidget(self._words)
        self.setLayout(layout)

    def present(self, words: str, source: str) -> None:
        self._source.setText(source or self.tr("平台的原话"))
        self._words.setText(f"“{words}”")
        self.setVisible(bool(words))


def _labelled(label: str, widget: QWidget) -> QVBoxLayout:
    layout = column(spacing=SPACE.hair)
    layout.addWidget(text("caption", label))
    layout.addWidget(widget)
    return layout
