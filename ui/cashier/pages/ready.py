"""Nobody at the window yet: three ways to show a credential."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit

from desktop.domain.identifiers import ID_LENGTH
from ui.cashier.folder_wording import broken_badge, lost_folder
from ui.cashier.state import ViewState
from ui.theme.tokens import SPACE, Tone
from ui.widgets.badge import StateBadge
from ui.widgets.basics import CENTRE, Page, column, row, say, text
from ui.widgets.panel import Panel
from ui.widgets.pictograms import Pictogram, Thing
from ui.widgets.shown import Badge
from ui.widgets.tinted_note import TintedNote

_WIDE = 880


class ReadyPage(Page):
    """Card, code or number; the field takes a typed number, a scan needs no field."""

    typed = Signal(str)
    """An ID number, as typed, after Enter."""
    typing = Signal()
    """One more digit, or one less."""

    def __init__(self) -> None:
        super().__init__()
        self._number = QLineEdit()
        self._count = text("muted")
        self._reader = StateBadge()
        self._files = StateBadge()
        self._errand = StateBadge()
        self._folder = TintedNote()
        self._build()

    def present(self, state: ViewState) -> None:
        """What the reader says, and how the drop folder and its files are."""
        self._folder.present(lost_folder(state.desk))
        files = broken_badge(state.desk)
        self._files.setVisible(files is not None)
        if files is not None:
            self._files.present(files)
        self._errand.setVisible(state.errand is not None)
        if state.errand is not None:
            asked = self.tr("补办单据 {0}，请出示凭证").format(state.errand.bill.key.bill_no)
            self._errand.present(Badge(asked, Tone.INFO))
        reader = state.desk.reader
        self._reader.setVisible(bool(reader))
        if reader:
            self._reader.present(Badge(reader, Tone.WARNING))

    def focus(self) -> None:
        self._number.clear()
        self._number.setFocus()

    def _build(self) -> None:
        across = row()
        across.addStretch(1)
        across.addWidget(self._card(), _WIDE)
        across.addStretch(1)
        middle = column()
        middle.addStretch(2)
        middle.addLayout(across)
        middle.addStretch(3)
        self.setLayout(middle)

    def _card(self) -> Panel:
        card = Panel()
        card.setMaximumWidth(_WIDE)
        card.body.setSpacing(SPACE.xl)
        card.body.setContentsMargins(SPACE.l, SPACE.l, SPACE.l, SPACE.l)
        title = text("display", self.tr("请出示医保凭证"))
        title.setAlignment(CENTRE)
        card.body.addWidget(title)
        card.body.addLayout(self._ways())
        card.body.addLayout(self._field())
        card.body.addLayout(self._news())
        card.body.addWidget(self._folder)
        return card

    def _ways(self) -> QHBoxLayout:
        ways = (
            (Thing.CODE, self.tr("扫医保码"), self.tr("对准扫码枪，哪个页面都可以")),
            (Thing.CARD, self.tr("插社会保障卡"), self.tr("芯片朝上插入读卡器，自动读取")),
            (Thing.KEYS, self.tr("输入身份证号"), self.tr("没有卡和码时，输完按回车")),
        )
        line = row(spacing=SPACE.m)
        for thing, name, how in ways:
            line.addWidget(Way(thing, name, how), 1)
        return line

    def _field(self) -> QHBoxLayout:
        self._number.setMaxLength(2 * ID_LENGTH)
        self._number.setPlaceholderText(self.tr("居民身份证号"))
        self._number.setProperty("large", True)
        self._number.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        say(self._number, self.tr("居民身份证号"), self.tr("输入十八位号码后按回车"))
        self._number.textChanged.connect(self._counted)
        self._number.textEdited.connect(lambda _text: self.typing.emit())
        self._number.returnPressed.connect(lambda: self.typed.emit(self._number.text()))
        line = row(spacing=SPACE.m)
        line.addWidget(self._number, 1)
        line.addWidget(self._count)
        self._counted("")
        return line

    def _news(self) -> QHBoxLayout:
        line = row(spacing=SPACE.m)
        for badge in (self._errand, self._reader, self._files):
            line.addWidget(badge)
        line.addStretch(1)
        return line

    def _counted(self, typed: str) -> None:
        self._count.setText(f"{len(typed.strip())} / {ID_LENGTH}")


class Way(QFrame):
    """One way to show a credential."""

    def __init__(self, thing: Thing, name: str, how: str) -> None:
        super().__init__()
        middle = Qt.AlignmentFlag.AlignHCenter
        whole = column(spacing=SPACE.s, margins=(SPACE.m, SPACE.l, SPACE.m, SPACE.l))
        whole.addWidget(Pictogram(thing), 0, middle)
        whole.addWidget(text("title", name), 0, middle)
        told = text("muted", how, wrap=True)
        told.setAlignment(CENTRE)
        whole.addWidget(told)
        whole.addStretch(1)
        self.setLayout(whole)
        say(self, name, how)
