"""The visit's facts beside the typed lines: a compact form, every fault at its field."""

from __future__ import annotations

from collections.abc import Callable

from msgspec.structs import replace
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from desktop.domain.charges import CHRONIC, EMERGENCY, Trauma
from ui.cashier import charges_wording as wording
from ui.cashier.detail_words import told
from ui.cashier.draft import Typing, VisitDraft
from ui.theme.tokens import SPACE
from ui.widgets.basics import column, say, scrolling
from ui.widgets.form import FormField
from ui.widgets.panel import Panel
from ui.widgets.segments import Segments


class VisitForm(Panel):
    """Enter goes to the next field."""

    changed = Signal(object)
    """The :class:`VisitDraft` as it is typed now."""

    def __init__(self) -> None:
        super().__init__()
        self._visit = VisitDraft("")
        self._texts: dict[str, QLineEdit] = {}
        self._fields: list[tuple[FormField, tuple[str, ...]]] = []
        self._kind = Segments(self.tr("医疗类别"), wording.kinds())
        self._trauma = Segments(self.tr("外伤"), wording.traumas())
        self._emergency = Segments(self.tr("急诊标志"), wording.emergencies())
        self._stack = column(spacing=SPACE.s)
        self._build()

    def present(self, typing: Typing) -> None:
        """What is typed already stays under the cursor."""
        visit = self._visit = typing.visit
        for name, edit in self._texts.items():
            if edit.text() != getattr(visit, name):
                edit.setText(getattr(visit, name))
                edit.setCursorPosition(0)
        self._kind.present(visit.kind)
        self._trauma.present(visit.trauma)
        self._emergency.present(visit.emergency)
        self._mark.setVisible(visit.kind == EMERGENCY)
        self._disease.setVisible(visit.kind == CHRONIC)
        self._letter.setVisible(visit.trauma is Trauma.NO_THIRD_PARTY)
        for field, names in self._fields:
            field.present(*(told(typing.fault(name)) for name in names))

    def focus_fault(self) -> bool:
        """To the first input that has a fault; False when there is none."""
        shown = (field for field, _names in self._fields if field.isVisibleTo(self))
        faulty = next((at for field in shown if (at := field.first_fault())), None)
        if faulty is not None:
            faulty.setFocus()
            self._area.ensureWidgetVisible(faulty)
        return faulty is not None

    def _build(self) -> None:
        self.set_title(self.tr("就诊信息"))
        self._kind.chosen.connect(lambda kind: self._set(kind=kind))
        self._trauma.chosen.connect(lambda trauma: self._set(trauma=trauma))
        self._emergency.chosen.connect(lambda on: self._set(emergency=on))
        self._add(FormField(self.tr("医疗类别"), self._kind), "visit.kind")
        self._mark = self._add(
            FormField(self.tr("急诊标志"), self._emergency, named=False), "visit.emergency"
        )
        self._disease = self._line(self.tr("病种编码"), ("disease", "M03900", "visit.dise_codg"))
        self._line(
            self.tr("科室"),
            ("department_code", self.tr("编码"), "visit.department_code"),
            ("department", self.tr("名称"), "visit.department"),
        )
        self._line(
            self.tr("医生"),
            ("doctor_code", self.tr("编码"), "visit.doctor_code"),
            ("doctor_name", self.tr("姓名"), "visit.doctor_name"),
        )
        self._line(
            self.tr("诊断"),
            ("diagnosis_code", self.tr("编码"), "visit.diagnoses[1].code"),
            ("diagnosis", self.tr("名称"), "visit.diagnoses[1].name"),
        )
        self._add(FormField(self.tr("外伤"), self._trauma), "visit.trauma")
        letter = self._text("trauma_letter", self.tr("承诺书编号"), self.tr("外伤"))
        self._letter = self._add(
            FormField(self.tr("承诺书"), letter, named=False), "visit.trauma_letter"
        )
        self._line(self.tr("单据号"), ("bill_no", self.tr("单据号"), "bill.bill_no"))
        self._line(self.tr("门诊号"), ("visit_no", self.tr("空着同单据号"), "visit.visit_no"))
        self._stack.addStretch(1)
        self._area = scrolling(self._stack_widget())
        self.body.addWidget(self._area, 1)

    def _stack_widget(self) -> QWidget:
        inner = QWidget()
        inner.setLayout(self._stack)
        return inner

    def _line(self, label: str, *parts: tuple[str, str, str]) -> FormField:
        """A field of texts: each the draft's name, its hint, and the name that faults give it."""
        edits = [self._text(name, hint, label) for name, hint, _fault in parts]
        field = FormField(label, *edits)
        return self._add(field, *(fault for _name, _hint, fault in parts))

    def _add(self, field: FormField, *faults: str) -> FormField:
        self._fields.append((field, faults))
        self._stack.addWidget(field)
        return field

    def _text(self, name: str, hint: str, label: str) -> QLineEdit:
        edit = QLineEdit()
        edit.setPlaceholderText(hint)
        say(edit, f"{label} {hint}")
        edit.textEdited.connect(self._setter(name))
        edit.returnPressed.connect(self.focusNextChild)
        self._texts[name] = edit
        return edit

    def _setter(self, name: str) -> Callable[[str], None]:
        return lambda typed: self._set(**{name: typed})

    def _set(self, **facts: object) -> None:
        self.changed.emit(replace(self._visit, **facts))
