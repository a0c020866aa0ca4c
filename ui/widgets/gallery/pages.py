"""The gallery's pages: widgets beside each other as a window would set them."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from desktop.domain.money import Money
from ui.theme.tokens import SPACE, Tone
from ui.widgets.badge import StateBadge
from ui.widgets.basics import Page, column, row, text
from ui.widgets.busy import BusyStrip
from ui.widgets.choices import ChoiceList, SearchBox
from ui.widgets.fact_grid import FactGrid
from ui.widgets.figures import MoneyFigure, SplitEquation, SumList
from ui.widgets.gallery import samples
from ui.widgets.key_card import KeyCard
from ui.widgets.keys import KeyBar, KeyButton
from ui.widgets.line_table import LineTable
from ui.widgets.money_input import CashPad
from ui.widgets.panel import Panel
from ui.widgets.problem_panel import ProblemPanel
from ui.widgets.shown import Badge, Busy, Offer, ProblemShown, Sum, Trail
from ui.widgets.split_bar import SplitBar
from ui.widgets.trail import StepTrail

SIZE = (1366, 768)
_STEPS = ("凭证", "参保", "费用", "结算", "收款", "打印")


def settlement() -> QWidget:
    """A whole window: the split of a bill."""
    page = Page()
    body = column(spacing=SPACE.m, margins=(SPACE.l, SPACE.m, SPACE.l, SPACE.m))
    body.addLayout(_top())
    middle = row(spacing=SPACE.m)
    middle.addWidget(_person())
    middle.addWidget(_bill(), 1)
    body.addLayout(middle, 1)
    equation = SplitEquation()
    equation.present(samples.EQUATION)
    body.addWidget(equation)
    whole = column()
    whole.addLayout(body, 1)
    whole.addWidget(_strip("正在向参保地查询待遇", 4.2))
    whole.addWidget(KeyBar(samples.KEYS))
    page.setLayout(whole)
    return page


def problems() -> QWidget:
    left = (_problem(samples.NOT_FILED), _problem(samples.UNKNOWN))
    return _columns(left, (_problem(samples.FAULTS), _cash()))


def lists() -> QWidget:
    chooser = Panel("请选择一项参保")
    chooser.body.addWidget(ChoiceList(samples.CHOICES))
    search = SearchBox("找项目", "拼音首字母、编码或名称")
    search.field.setText("amxl")
    search.present(samples.FOUND)
    finder = Panel("录入费用")
    finder.body.addWidget(search)
    return _columns((chooser, finder), (_funds(), _states(), _fields()))


def keys() -> QWidget:
    page = Page()
    card = KeyCard()
    card.present(samples.CARD)
    card.setFixedWidth(720)
    layout = row(margins=(0, SPACE.xxl, 0, SPACE.xxl))
    layout.addStretch(1)
    layout.addWidget(card)
    layout.addStretch(1)
    page.setLayout(layout)
    return page


PAGES: Mapping[str, Callable[[], QWidget]] = {
    "settlement": settlement,
    "problems": problems,
    "lists": lists,
    "keys": keys,
}


def _columns(*sides: tuple[QWidget, ...]) -> QWidget:
    page = Page()
    layout = row(spacing=SPACE.l, margins=(SPACE.l, SPACE.l, SPACE.l, SPACE.l))
    for side in sides:
        inner = column(spacing=SPACE.l)
        for widget in side:
            inner.addWidget(widget)
        inner.addStretch(1)
        layout.addLayout(inner, 1)
    page.setLayout(layout)
    return page


def _top() -> QHBoxLayout:
    line = row(spacing=SPACE.m)
    line.addWidget(text("heading", "演练医院"))
    line.addWidget(StateBadge(Badge("演练模式", Tone.INFO)))
    line.addSpacing(SPACE.xl)
    line.addWidget(StepTrail(Trail(_STEPS, 3)), 1)
    return line


def _person() -> Panel:
    panel = Panel("患者")
    panel.set_badge(Badge("人证已核对", samples.BADGES[2].tone))
    panel.body.addWidget(FactGrid(samples.PERSON))
    panel.body.addStretch(1)
    panel.setFixedWidth(340)
    return panel


def _bill() -> Panel:
    panel = Panel("费用明细")
    panel.head.addWidget(text("muted", "门诊号 MZ20261122001 · 内科 · 7 项"))
    table = LineTable()
    table.present(samples.LINES, samples.TOTAL)
    table.choose(2)
    panel.body.addWidget(table, 1)
    panel.body.addWidget(SplitBar(samples.PARTS))
    return panel


def _strip(doing: str, seconds: float) -> BusyStrip:
    strip = BusyStrip(lambda: seconds)
    strip.present(Busy(doing, 0.0, Offer("cancel", "停下", "Esc")))
    return strip


def _problem(shown: ProblemShown) -> Panel:
    panel = ProblemPanel()
    panel.present(shown)
    return panel


def _cash() -> Panel:
    panel = Panel("收款")
    pad = CashPad()
    pad.present(samples.CASH, Money(60000))
    panel.body.addWidget(pad)
    return panel


def _funds() -> Panel:
    panel = Panel("支付构成")
    panel.body.addWidget(SumList(samples.FUNDS))
    return panel


def _states() -> Panel:
    panel = Panel("状态")
    line = row(spacing=SPACE.s)
    for badge in samples.BADGES:
        line.addWidget(StateBadge(badge))
    line.addStretch(1)
    panel.body.addLayout(line)
    panel.body.addWidget(MoneyFigure(Sum("本年还可报销", Money(191121), "今年已报 88.79")))
    return panel


def _fields() -> Panel:
    panel = Panel("字段与按钮")
    field, wrong = QLineEdit("990000198505071038"), QLineEdit("990000198505071030")
    wrong.setProperty("fault", True)
    off = QLineEdit("不可用")
    off.setEnabled(False)
    line = row(spacing=SPACE.s)
    line.addWidget(KeyButton(Offer(1, "结算", "F12", primary=True)))
    line.addWidget(KeyButton(Offer(1, "重新查询", "F5")))
    line.addWidget(KeyButton(Offer(1, "转自费", "F8", enabled=False)))
    line.addWidget(KeyButton(Offer(1, "结算", "F12", enabled=False, primary=True)))
    line.addStretch(1)
    for widget in (field, wrong, off):
        panel.body.addWidget(widget)
    panel.body.addLayout(line)
    return panel
