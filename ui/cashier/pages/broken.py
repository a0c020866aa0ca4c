"""Charges files of the drop folder that have faults: every one, with its line and field."""

from __future__ import annotations

from desktop.hospital.drop_folder import Broken
from ui.cashier import charges_wording as wording
from ui.theme.tokens import SPACE
from ui.widgets.basics import Page, column, text
from ui.widgets.choices import ChoiceList
from ui.widgets.panel import Panel


class BrokenFilesPage(Page):
    """A list to read, Up and Down scroll it."""

    def __init__(self) -> None:
        super().__init__()
        self._panel = Panel()
        self._list = ChoiceList(name=self.tr("有误的收费文件"), fits=True)
        hint = self.tr("这些文件没有被采用。请在医院系统改正后重新导出，改好的会自动从这里消失")
        self._panel.body.addWidget(text("muted", hint, wrap=True))
        self._panel.body.addWidget(self._list)
        self._panel.body.addStretch(1)
        whole = column(spacing=SPACE.m)
        whole.addWidget(self._panel, 1)
        self.setLayout(whole)

    def present(self, files: tuple[Broken, ...]) -> None:
        self._panel.set_title(wording.broken_title(files))
        self._list.present(wording.broken_faults(files))

    def focus(self) -> None:
        self._list.setFocus()
