"""The line that is being typed: price × quantity = amount, with what the catalogue says."""

from __future__ import annotations

from msgspec.structs import replace
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from desktop.hospital.faults import Fault
from ui.cashier import charges_wording as wording
from ui.cashier.draft import LineDraft
from ui.theme.tokens import SPACE
from ui.widgets.basics import RIGHT, column, restyle, row, say, text
from ui.widgets.figures import figure_text
from ui.widgets.segments import Segments

_LONGEST = 20
_WIDE = 104


class LineStrip(QWidget):
    """Quiet while no item is taken. Enter goes from price to quantity, and asks for the line."""

    changed = Signal(object)
    """The :class:`LineDraft` as typed."""
    entered = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._line: LineDraft | None = None
        self._price = _figure_field(self.tr("单价（元）"))
        self._quantity = _figure_field(self.tr("数量"))
        self._facts = text("muted")
        self._sum = text("figure")
        self._fault = text("strong", wrap=True)
        self._approved = Segments(self.tr("医院审批"), wording.approvals())
        self._connect()
        self._build()
        self.present(None, ())

    def present(self, line: LineDraft | None, faults: tuple[Fault, ...]) -> None:
        self._line = line
        self.setEnabled(line is not None)
        self._facts.setText(wording.item_facts(line) if line else "")
        self._approved.setVisible(line is not None and line.item.restricted)
        self._approved.present(line is not None and line.approved)
        _set_text(self._price, line.price if line else "")
        _set_text(self._quantity, line.quantity if line else "")
        self._sum.setText(figure_text(line.amount if line else None))
        self._present_faults({fault.field: fault.message for fault in faults})

    def focus(self) -> None:
        self._price.setFocus()
        self._price.selectAll()

    def focus_fault(self) -> None:
        wrong = self._price if self._price.property("fault") else self._quantity
        wrong.setFocus()

    def _present_faults(self, faults: dict[str, str]) -> None:
        restyle(self._price, "fault", "price" in faults)
        restyle(self._quantity, "fault", "quantity" in faults)
        self._fault.setText("；".join(faults.values()))
        self._fault.setVisible(bool(faults))

    def _connect(self) -> None:
        self._price.textEdited.connect(lambda typed: self._set(price=typed))
        self._quantity.textEdited.connect(lambda typed: self._set(quantity=typed))
        self._approved.chosen.connect(lambda on: self._set(approved=on))
        self._price.returnPressed.connect(self._to_quantity)
        self._quantity.returnPressed.connect(self.entered)

    def _to_quantity(self) -> None:
        self._quantity.setFocus()
        self._quantity.selectAll()

    def _set(self, **facts: object) -> None:
        if self._line is not None:
            self.changed.emit(replace(self._line, **facts))

    def _build(self) -> None:
        self._fault.setProperty("tone", "danger")
        self._approved.setMinimumWidth(2 * _WIDE)
        whole = column(spacing=SPACE.xs)
        whole.addWidget(self._facts)
        whole.addLayout(self._equation())
        whole.addWidget(self._fault)
        self.setLayout(whole)

    def _equation(self) -> QHBoxLayout:
        line = row(spacing=SPACE.s)
        parts = (
            text("body", self.tr("单价")),
            self._price,
            text("muted", "×"),
            text("body", self.tr("数量")),
            self._quantity,
            text("muted", "="),
            self._sum,
        )
        for part in parts:
            line.addWidget(part)
        line.addStretch(1)
        line.addWidget(self._approved)
        return line


def _figure_field(name: str) -> QLineEdit:
    field = QLineEdit()
    field.setAlignment(RIGHT)
    field.setMaxLength(_LONGEST)
    field.setFixedWidth(_WIDE)
    field.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
    say(field, name)
    return field


def _set_text(field: QLineEdit, words: str) -> None:
    """Does not disturb typing."""
    if field.text() != words:
        field.setText(words)
