"""Who stands at the window: the left side of every page."""

from __future__ import annotations

from desktop.knowledge.areas import Areas
from ui.cashier import wording
from ui.cashier.state import ViewState
from ui.cashier.translate import tr
from ui.theme.tokens import SPACE
from ui.widgets.badge import StateBadge
from ui.widgets.basics import text
from ui.widgets.fact_grid import FactGrid
from ui.widgets.panel import Panel

_WIDE = 288


class PersonPanel(Panel):
    """The name large, what to compare with the person, insurance and filing."""

    def __init__(self, areas: Areas) -> None:
        super().__init__()
        self._areas = areas
        self._name = text("heading", wrap=True, selectable=True)
        self._checked = StateBadge()
        self._person = FactGrid()
        self._insurance = FactGrid()
        self.setFixedWidth(_WIDE)
        self.set_title(self.tr("参保人"))
        self.body.setSpacing(SPACE.m)
        for part in (self._name, self._checked, self._person, self._insurance):
            self.body.addWidget(part)
        self.body.addStretch(1)

    def present(self, state: ViewState) -> None:
        """Hidden while nobody is there: no name stays on the screen."""
        person = state.person
        self.setVisible(person is not None)
        if person is None:
            self._name.setText("")
            return
        self._name.setText(person.name)
        self._checked.present(wording.identity_badge(state))
        self._person.present(wording.person_facts(person, tr(state.credential)))
        self._insurance.present(wording.insurance_facts(state, self._areas))
