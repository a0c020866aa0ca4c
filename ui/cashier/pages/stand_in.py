"""Who came in the patient's place: three fields, filled by their card or by hand (代办)."""

from __future__ import annotations

from msgspec.structs import replace
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit

from desktop.domain.identity import Relation
from ui.cashier import identity_wording as wording
from ui.cashier.identity_desk import StandInDraft
from ui.theme.tokens import SPACE
from ui.widgets.basics import Page, column, row, say, text
from ui.widgets.form import FormField
from ui.widgets.panel import Panel
from ui.widgets.segments import Segments

_WIDE = 560


class StandInPage(Page):
    """Enter goes to the next field, and from the last one it takes them down."""

    changed = Signal(object)
    """The :class:`StandInDraft` as it is typed now."""
    finished = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._draft = StandInDraft(Relation.CHILD)
        self._relation = Segments(self.tr("与患者关系"), wording.relations())
        self._name = QLineEdit()
        self._number = QLineEdit()
        self._named = FormField(self.tr("代办人姓名"), self._name)
        self._numbered = FormField(self.tr("代办人证件号"), self._number)
        self._build()

    def present(self, draft: StandInDraft) -> None:
        """What is typed already stays under the cursor."""
        self._draft = draft
        self._relation.present(draft.relation)
        for edit, told in ((self._name, draft.name), (self._number, draft.number)):
            if edit.text() != told:
                edit.setText(told)
        self._named.present(wording.fault(draft, "name"))
        self._numbered.present(wording.fault(draft, "number"))
        if draft.faults:
            (self._name if "name" in draft.faults else self._number).setFocus()

    def focus(self) -> None:
        """To the first field that is empty."""
        (self._name if not self._draft.name else self._number).setFocus()

    def _build(self) -> None:
        self._number.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self._number.setPlaceholderText(self.tr("身份证、社保卡或其他证件"))
        self._relation.chosen.connect(lambda relation: self._set(relation=relation))
        self._name.textEdited.connect(lambda typed: self._set(name=typed))
        self._number.textEdited.connect(lambda typed: self._set(number=typed))
        self._name.returnPressed.connect(self._number.setFocus)
        self._number.returnPressed.connect(self.finished)
        say(self._name, self.tr("代办人姓名"))
        say(self._number, self.tr("代办人证件号"))
        card = Panel(self.tr("代办人"))
        card.setMaximumWidth(_WIDE)
        told = self.tr("刷代办人的身份证或社保卡，或者输入；结算的仍是参保人")
        card.body.addWidget(text("muted", told, wrap=True))
        card.body.addWidget(FormField(self.tr("代办人是患者的"), self._relation))
        card.body.addWidget(self._named)
        card.body.addWidget(self._numbered)
        self._place(card)

    def _place(self, card: Panel) -> None:
        across = row()
        across.addStretch(1)
        across.addWidget(card, _WIDE)
        across.addStretch(1)
        whole = column(spacing=SPACE.m)
        whole.addLayout(across)
        whole.addStretch(1)
        self.setLayout(whole)

    def _set(self, **facts: object) -> None:
        self.changed.emit(replace(self._draft, **facts))
