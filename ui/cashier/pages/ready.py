"""Nobody at the window yet: three ways to show a credential."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QLineEdit, QVBoxLayout

from ui.cashier.charges_wording import broken_badge
from ui.cashier.state import ViewState
from ui.input.credential_text import ID_LENGTH
from ui.theme.tokens import SPACE, Tone
from ui.widgets.badge import StateBadge
from ui.widgets.basics import Page, column, row, say, text
from ui.widgets.panel import Panel
from ui.widgets.shown import Badge

_WIDE = 560


class ReadyPage(Page):
    """Card, code or number; the field takes a typed number, a scan needs no field."""

    typed = Signal(str)
    """An ID number, as typed, after Enter."""

    def __init__(self) -> None:
        super().__init__()
        self._number = QLineEdit()
        self._count: QLabel = text("muted")
        self._reader = StateBadge()
        self._files = StateBadge()
        self._build()

    def present(self, state: ViewState) -> None:
        """What the reader says, and how many charges files have faults."""
        files = broken_badge(state.desk.broken_files)
        self._files.setVisible(files is not None)
        if files is not None:
            self._files.present(files)
        reader = state.desk.reader
        self._reader.setVisible(bool(reader))
        if reader:
            self._reader.present(Badge(reader, Tone.WARNING))

    def focus(self) -> None:
        self._number.clear()
        self._number.setFocus()

    def _build(self) -> None:
        middle = column(spacing=SPACE.xl)
        middle.addStretch(1)
        middle.addWidget(self._card(), 0, Qt.AlignmentFlag.AlignHCenter)
        middle.addStretch(2)
        self.setLayout(middle)

    def _card(self) -> Panel:
        card = Panel()
        card.setFixedWidth(_WIDE)
        card.body.setSpacing(SPACE.l)
        card.body.addWidget(text("heading", self.tr("请出示医保凭证")))
        for way in (
            self.tr("扫医保码：对准扫码枪，哪个页面都可以"),
            self.tr("插社会保障卡：芯片朝上插入读卡器，自动读取"),
            self.tr("没有卡和码：在下面输入身份证号，按回车"),
        ):
            card.body.addWidget(text("body", way, wrap=True))
        card.body.addLayout(self._field())
        card.body.addWidget(self._reader)
        card.body.addWidget(self._files)
        return card

    def _field(self) -> QVBoxLayout:
        self._number.setMaxLength(2 * ID_LENGTH)
        self._number.setPlaceholderText(self.tr("居民身份证号"))
        self._number.setProperty("size", "large")
        say(self._number, self.tr("居民身份证号"), self.tr("输入十八位号码后按回车"))
        self._number.textChanged.connect(self._counted)
        self._number.returnPressed.connect(lambda: self.typed.emit(self._number.text()))
        line = row(spacing=SPACE.m)
        line.addWidget(self._number, 1)
        line.addWidget(self._count)
        whole = column()
        whole.addLayout(line)
        self._counted("")
        return whole

    def _counted(self, typed: str) -> None:
        self._count.setText(f"{len(typed.strip())} / {ID_LENGTH}")
