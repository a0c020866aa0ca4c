"""Who stands at the window: the left side of every page."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from desktop.knowledge.areas import Areas
from ui.cashier import identity_wording, money_words, wording
from ui.cashier.state import ViewState
from ui.theme.tokens import SPACE, Tone
from ui.widgets.badge import StateBadge
from ui.widgets.basics import Role, column, row, say, scrolling, set_role, text
from ui.widgets.fact_flow import FactFlow
from ui.widgets.fact_grid import FactGrid
from ui.widgets.glyphs import readable
from ui.widgets.panel import Panel
from ui.widgets.shown import Badge, Fact
from ui.widgets.tinted_note import TintedNote

_WIDE, _NARROW = 288, 224
_ANY = 16_777_215
"""QWIDGETSIZE_MAX: as wide as there is room."""
_NAME_WIDE = 300
"""The most that a name takes of the strip."""
_NAMES: tuple[Role, ...] = ("heading", "title")
_ROOMY = 1080
"""A window as wide as this has room for the wide one beside the amounts."""


class PersonPanel(Panel):
    """The name large, what to compare with the person, insurance and filing.

    In a low window it is a strip across, which leaves the width to the amounts.
    """

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
        self._brief = FactFlow()
        self._told: tuple[Fact, ...] = ()
        self._facts = column(spacing=SPACE.m)
        self._strip = row(spacing=SPACE.l)
        self._beside = column(spacing=SPACE.xs)
        self._tall = scrolling(self._column())
        self._strip.addLayout(self._beside)
        self._strip.addWidget(self._brief, 1)
        self.body.addLayout(self._strip)
        self.body.addWidget(self._tall, 1)
        self.fit(_ROOMY, low=False)

    def _column(self) -> QWidget:
        """What has no room is scrolled to, not pressed flat."""
        self._facts.addWidget(self._person)
        self._facts.addWidget(self._insurance)
        self._facts.addStretch(1)
        inner = QWidget()
        inner.setLayout(self._facts)
        return inner

    def fit(self, window: int, *, low: bool) -> None:
        """Take no room from the amounts of a window that is so wide, or so low."""
        for at, part in enumerate((self._name, self._lacking, self._checked, self._notes)):
            (self._beside if low else self._facts).insertWidget(at, part)
        self._low = low
        self._fit_name()
        if low:
            self._brief.present(self._told)
        self._brief.setVisible(low)
        self._tall.setHidden(low)
        self.tighten(low=low)
        self.set_title("" if low else self.tr("参保人"))
        say(self, self.tr("参保人"))
        self.setMinimumWidth(0 if low else self._column_width(window))
        self.setMaximumWidth(_ANY if low else self._column_width(window))

    def _fit_name(self) -> None:
        """In the strip a long name is smaller, and in two lines at most."""
        self._name.setMinimumWidth(0)
        for role in _NAMES if self._low else _NAMES[:1]:
            set_role(self._name, role)
            self._name.ensurePolished()
            needed = self._name.fontMetrics().horizontalAdvance(self._name.text()) + SPACE.xs
            if self._low:
                self._name.setMinimumWidth(min(needed, _NAME_WIDE))
            if needed <= _NAME_WIDE:
                return

    @staticmethod
    def _column_width(window: int) -> int:
        return _WIDE if window >= _ROOMY else _NARROW

    def rehearse(self) -> None:
        """Have the facts of an ordinary person ready, before the first one."""
        blank = Fact("", "")
        self._person.present((blank,) * 3)
        self._insurance.present((blank,) * 5)

    def present(self, state: ViewState) -> None:
        """Hidden while nobody is there: no name stays on the screen; the large slip has its own."""
        person = state.person
        self.setVisible(person is not None and not state.shows_slip)
        if person is None:
            self._name.setText("")
            self._notes.present("")
            return
        name = readable(person.name, self._name.fontMetrics())
        self._name.setText(name.text)
        self._fit_name()
        self._lacking.setVisible(bool(name.missing))
        if name.missing:
            self._lacking.present(Badge(self.tr("缺字，按编码核对"), Tone.WARNING))
        self._checked.present(identity_wording.badge(state))
        self._notes.present(money_words.benefit_notes(state))
        facts = wording.person_facts(person, state.credential)
        known = (*facts, *identity_wording.facts(state))
        insured = wording.insurance_facts(state, self._areas)
        self._person.present(known)
        self._insurance.present(insured)
        self._told = (*known, *insured)
        if self._low:
            self._brief.present(self._told)
