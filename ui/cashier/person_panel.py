"""Who stands at the window: the left side of every page."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from desktop.knowledge.areas import Areas
from ui.cashier import identity_wording, money_words, wording
from ui.cashier.state import ViewState
from ui.cashier.translate import tr
from ui.theme.tokens import SPACE, Tone
from ui.widgets.badge import StateBadge
from ui.widgets.basics import column, scrolling, text
from ui.widgets.fact_grid import FactGrid
from ui.widgets.glyphs import readable
from ui.widgets.panel import Panel
from ui.widgets.shown import Badge, Fact
from ui.widgets.tinted_note import TintedNote

_WIDE, _NARROW = 288, 224
_ROOMY = 1080
"""A window as wide as this has room for the wide one beside the amounts."""


class PersonPanel(Panel):
    """The name large, what to compare with the person, insurance and filing."""

    def __init__(self, areas: Areas) -> None:
        super().__init__()
        self._areas = areas
        self._name = text("heading", wrap=True, selectable=True)
        self._lacking = StateBadge()
        self._lacking.hide()
        self._checked = StateBadge()
        self._notes = TintedNote()
        self._person = FactGrid()
        self._insurance = FactGrid()
        self.fit(_ROOMY)
        self.set_title(self.tr("参保人"))
        self.body.addWidget(scrolling(self._facts()), 1)

    def _facts(self) -> QWidget:
        """On a low screen, or one at 200 %, what has no room is scrolled to, not pressed flat."""
        facts = column(spacing=SPACE.m)
        top = (self._name, self._lacking, self._checked, self._notes)
        for part in (*top, self._person, self._insurance):
            facts.addWidget(part)
        facts.addStretch(1)
        inner = QWidget()
        inner.setLayout(facts)
        return inner

    def fit(self, window: int) -> None:
        """Take no room from the amounts of a window that is so wide."""
        self.setFixedWidth(_WIDE if window >= _ROOMY else _NARROW)

    def rehearse(self) -> None:
        """Have the facts of an ordinary person ready, before the first one."""
        blank = Fact("", "")
        self._person.present((blank,) * 3)
        self._insurance.present((blank,) * 5)

    def present(self, state: ViewState) -> None:
        """Hidden while nobody is there: no name stays on the screen."""
        person = state.person
        self.setVisible(person is not None)
        if person is None:
            self._name.setText("")
            self._notes.present("")
            return
        name = readable(person.name, self._name.fontMetrics())
        self._name.setText(name.text)
        self._lacking.setVisible(bool(name.missing))
        if name.missing:
            self._lacking.present(Badge(self.tr("缺字，按编码核对"), Tone.WARNING))
        self._checked.present(identity_wording.badge(state))
        self._notes.present(money_words.benefit_notes(state))
        facts = wording.person_facts(person, tr(state.credential))
        self._person.present((*facts, *identity_wording.facts(state)))
        self._insurance.present(wording.insurance_facts(state, self._areas))
