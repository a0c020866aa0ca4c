"""The line that is being typed: price × quantity = amount, with what the catalogue says."""

from __future__ import annotations

from msgspec.structs import replace
from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QLineEdit, QWidget

from desktop.hospital.faults import Fault
from ui.cashier import charges_wording as wording
from ui.cashier.detail_words import told
from ui.cashier.draft import LineDraft
from ui.theme.tokens import SPACE
from ui.widgets.basics import RIGHT, column, restyle, row, say, text
from ui.widgets.figures import figure_text
from ui.widgets.segments import Segments

_LONGEST = 20
_WIDE = 104


class LineStrip(QWidget):
    """Quiet while no item is taken. Enter goes from price to quantity, and asks for the line.

    Where there is no room for all of it beside each other the result stands below.
    """

    changed = Signal(object)
    """The :class:`LineDraft` as typed."""
    entered = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._line: LineDraft | None = None
        self._price = _figure_field(self.tr("单价（元）"))
        self._quantity = _figure_field(self.tr("数量"))
        self._facts = text("muted", wrap=True)
        self._sum = text("figure")
        self._fault = text("strong", wrap=True)
        self._approved = Segments(self.tr("医院审批"), wording.approvals())
        self._factors = row(spacing=SPACE.s)
        self._result = row(spacing=SPACE.s)
        self._equation = QBoxLayout(QBoxLayout.Direction.LeftToRight)
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
        self._arrange()

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """As if the result stood below: it goes there when it must."""
        parts = (self._factors.minimumSize(), self._result.minimumSize())
        return QSize(max(part.width() for part in parts), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        self._arrange()

    def focus(self) -> None:
        self._price.setFocus()
        self._price.selectAll()

    def focus_fault(self) -> None:
        wrong = self._price if self._price.property("fault") else self._quantity
        wrong.setFocus()

    def _present_faults(self, faults: dict[str, str]) -> None:
        restyle(self._price, "fault", "price" in faults)
        restyle(self._quantity, "fault", "quantity" in faults)
        self._fault.setText("；".join(map(told, faults.values())))
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

    def _arrange(self) -> None:
        wide = self._factors.minimumSize().width() + self._result.minimumSize().width() + SPACE.s
        way = QBoxLayout.Direction
        beside = wide <= self.width()
        self._equation.setDirection(way.LeftToRight if beside else way.TopToBottom)

    def _build(self) -> None:
        self._fault.setProperty("tone", "danger")
        self._approved.setMinimumWidth(2 * _WIDE)
        self._build_equation()
        whole = column(spacing=SPACE.xs)
        whole.addWidget(self._facts)
        whole.addLayout(self._equation)
        whole.addWidget(self._fault)
        self.setLayout(whole)

    def _build_equation(self) -> None:
        price, quantity = text("body", self.tr("单价")), text("body", self.tr("数量"))
        for part in (price, self._price, text("muted", "×"), quantity, self._quantity):
            self._factors.addWidget(part)
        for part in (text("muted", "="), self._sum):
            self._result.addWidget(part)
        self._result.addStretch(1)
        self._result.addWidget(self._approved)
        self._equation.setSpacing(SPACE.s)
        self._equation.addLayout(self._factors)
        self._equation.addLayout(self._result, 1)


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
