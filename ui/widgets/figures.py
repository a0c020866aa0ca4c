"""Amounts: one large figure, the equation of the slip, sums in a column."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QWidget

from desktop.domain.money import Money
from ui.theme.tokens import SPACE, Tone
from ui.widgets.badge import StateBadge
from ui.widgets.basics import RIGHT, Role, column, grid, row, rule, say, set_role, text
from ui.widgets.shown import Badge, Equation, Sum

_SIZES: tuple[tuple[Role, Role], ...] = (
    ("figure", "money"),
    ("body", "change"),
    ("body", "figure"),
)
"""Of the terms and of the result, the largest first."""
_LOW_SIZES: tuple[tuple[Role, Role], ...] = (("figure", "change"), *_SIZES[1:])
"""In a low window."""


def figure_text(amount: Money | None) -> str:
    """``1,234.50``: grouped for the eye, with a real minus; a dash when it was not told."""
    if amount is None:
        return "—"
    yuan, fen = divmod(abs(amount.fen), 100)
    return f"{'−' if amount.fen < 0 else ''}{yuan:,}.{fen:02d}"


class MoneyFigure(QFrame):
    """A label over an amount; ``role`` gives the size."""

    def __init__(
        self, shown: Sum | None = None, role: Role = "figure", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._label = text("caption")
        self._amount = text(role)
        self._note = text("caption")
        layout = column(spacing=SPACE.hair)
        for part in (self._label, self._amount, self._note):
            layout.addWidget(part)
        self.setLayout(layout)
        self.present(shown or Sum("", None))

    def resize_amount(self, role: Role) -> None:
        set_role(self._amount, role)

    def present(self, shown: Sum) -> None:
        self._label.setText(shown.label)
        self._amount.setText(figure_text(shown.amount))
        self._note.setText(shown.note)
        self._note.setVisible(bool(shown.note))
        say(self, f"{shown.label} {figure_text(shown.amount)}", shown.note)


class Hero(QFrame):
    """The one amount that matters, on the accent: label and 大写 left, figure right."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._label = text("strong")
        self._words = text("caption", wrap=True)
        self._amount = text("money")
        self._amount.setAlignment(RIGHT)
        self._badge = StateBadge(Badge(self.tr("估算"), Tone.WARNING))
        self._badge.hide()
        self._whole = row(spacing=SPACE.l)
        self.tighten(low=False)
        self.setLayout(self._arranged())

    def resize_amount(self, role: Role) -> None:
        set_role(self._amount, role)

    def present(self, result: Sum, words: str = "", *, estimate: bool = False) -> None:
        self._label.setText(result.label)
        self._amount.setText(figure_text(result.amount))
        self._words.setText(words or result.note)
        self._words.setVisible(bool(words or result.note))
        self._badge.setVisible(estimate)
        marked = self.tr("估算") if estimate else ""
        say(self, f"{result.label} {figure_text(result.amount)} {marked}".strip(), words)

    def least_width(self) -> int:
        return _least_width(self)

    def tighten(self, *, low: bool) -> None:
        down = SPACE.xs if low else SPACE.s
        self._whole.setContentsMargins(SPACE.l, down, SPACE.l, down)

    def _arranged(self) -> QHBoxLayout:
        name = row(spacing=SPACE.s)
        name.addWidget(self._label)
        name.addWidget(self._badge)
        name.addStretch(1)
        left = column(spacing=SPACE.xs)
        left.addStretch(1)
        left.addLayout(name)
        left.addWidget(self._words)
        left.addStretch(1)
        self._whole.addLayout(left, 1)
        self._whole.addWidget(self._amount)
        return self._whole


class LoneHero(Hero):
    """A hero that makes its amount as large as its own width has room for."""

    _sizes = _SIZES

    def tighten(self, *, low: bool) -> None:
        super().tighten(low=low)
        self._sizes = _LOW_SIZES if low else _SIZES

    def present(self, result: Sum, words: str = "", *, estimate: bool = False) -> None:
        super().present(result, words, estimate=estimate)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        for _terms, size in self._sizes:
            self.resize_amount(size)
            if self.least_width() <= self.width():
                return


class EquationTerms(QFrame):
    """The quiet half of the equation: what the result is reckoned from."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._line = row(spacing=SPACE.m)
        self.tighten(low=False)
        self._terms: list[tuple[MoneyFigure, QLabel]] = []
        self._role: Role = "figure"
        self.setLayout(self._line)

    def resize_amounts(self, role: Role) -> None:
        self._role = role
        self._line.setSpacing(SPACE.m if role == "figure" else SPACE.xs)
        for figure, _sign in self._terms:
            figure.resize_amount(role)

    def present(self, terms: tuple[Sum, ...], *, signs: bool = True) -> None:
        """Figures are kept for other terms: making them anew takes a frame."""
        while len(self._terms) < len(terms):
            self._add()
        for at, (figure, sign) in enumerate(self._terms):
            figure.setVisible(at < len(terms))
            sign.setVisible(signs and at < len(terms))
            sign.setText("=" if at + 1 == len(terms) else "−")
            if at < len(terms):
                figure.present(terms[at])

    def tighten(self, *, low: bool) -> None:
        down = SPACE.xs if low else SPACE.m
        self._line.setContentsMargins(SPACE.l, down, SPACE.l, down)

    def least_width(self) -> int:
        for figure, _sign in self._terms:
            _least_width(figure)
        return _least_width(self)

    def _add(self) -> None:
        figure, sign = MoneyFigure(role=self._role), text("operator")
        sign.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignBottom)
        self._line.addWidget(figure, 1)
        self._line.addWidget(sign)
        self._terms.append((figure, sign))


class SplitEquation(QWidget):
    """total − funds − account = cash, as on the slip; as large as there is room for whole amounts."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._terms = EquationTerms()
        self._result = Hero()
        self._sizes = _SIZES
        layout = row()
        layout.addWidget(self._terms, 3)
        layout.addWidget(self._result, 2)
        self.setLayout(layout)

    def present(self, shown: Equation) -> None:
        self._terms.present(shown.terms, signs=shown.holds)
        self._result.present(shown.result, shown.words, estimate=shown.estimate)
        self._fit()
        minus, equals = (" − ", " = ") if shown.holds else ("；", "；")
        terms = minus.join(_said(term) for term in shown.terms)
        say(self, f"{terms}{equals}{_said(shown.result)}", shown.words)

    def tighten(self, *, low: bool) -> None:
        """In a low window the amounts leave room for the lines that they come from."""
        self._sizes = _LOW_SIZES if low else _SIZES
        self._terms.tighten(low=low)
        self._result.tighten(low=low)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """A narrow window has smaller amounts, never a cut one."""
        for terms, result in self._sizes:
            self._terms.resize_amounts(terms)
            self._result.resize_amount(result)
            if self._terms.least_width() + self._result.least_width() <= self.width():
                return


class SumList(QWidget):
    """Names and amounts under each other with hairlines, like 支付构成 on the slip."""

    def __init__(self, sums: tuple[Sum, ...] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid: QGridLayout = grid(across=SPACE.l, down=6)
        self._grid.setColumnStretch(0, 1)
        self._shown: tuple[Sum, ...] = ()
        self._rows: list[_SumRow] = []
        self.setLayout(self._grid)
        self.present(sums)

    def present(self, sums: tuple[Sum, ...]) -> None:
        """Rows are kept for other sums: making them anew takes a frame."""
        if sums == self._shown:
            return
        self._shown = sums
        for at in range(len(self._rows), len(sums)):
            self._rows.append(_SumRow(self._grid, 2 * at))
        for at, line in enumerate(self._rows):
            line.present(sums[at] if at < len(sums) else None, last=at + 1 == len(sums))
        say(self, "；".join(f"{s.label} {figure_text(s.amount)}" for s in sums))


class _SumRow:
    """A name and an amount in two columns of a grid, and the hairline under them."""

    def __init__(self, into: QGridLayout, at: int) -> None:
        self._name = text("body", wrap=True)
        self._amount = text("body")
        self._rule = rule()
        into.addWidget(self._name, at, 0)
        into.addWidget(self._amount, at, 1, RIGHT)
        into.addWidget(self._rule, at + 1, 0, 1, 2)

    def present(self, shown: Sum | None, *, last: bool) -> None:
        """None: there is no such row."""
        for part in (self._name, self._amount, self._rule):
            part.setVisible(shown is not None)
        if shown is None:
            return
        self._rule.setVisible(not last)
        self._name.setText(shown.label)
        self._amount.setText(figure_text(shown.amount))
        set_role(self._name, "strong" if shown.strong else "body")
        set_role(self._amount, _amount_role(shown))
        for part in (self._name, self._amount):
            part.setToolTip(shown.note)


def _said(shown: Sum) -> str:
    return f"{shown.label} {figure_text(shown.amount)}"


def _least_width(widget: QWidget) -> int:
    """As its labels are now: by itself a layout notices that only later."""
    layout = widget.layout()
    assert layout is not None
    layout.activate()
    return layout.minimumSize().width()


def _amount_role(shown: Sum) -> Role:
    if not shown.amount:
        return "muted"
    return "strong" if shown.strong else "body"
