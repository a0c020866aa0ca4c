"""Who pays how much of the bill, as lengths of one bar with a key beside it."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme.tokens import RADIUS, SPACE
from ui.widgets.basics import clear, row, say, text
from ui.widgets.figures import figure_text
from ui.widgets.shown import Part

_HEIGHT = 12
_LEAST = 4.0
"""Logical pixels that the smallest part keeps, so that it is seen."""
_GAP = 2.0
"""The surface between two parts, which are too much alike to stand side by side."""
_PALER = (0.0, 0.45, 0.72, 1.0)
"""The share of grey in each part: the person's own stands off from the others."""


class SplitBar(QWidget):
    """The first part is the person's and has the accent; the others fade. Parts of 0 are left out.

    The key beside the bar carries the words and amounts, so nothing is told by colour alone.
    """

    def __init__(self, parts: tuple[Part, ...] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bar = _Bar()
        self._key = row(spacing=SPACE.l)
        self._shown: tuple[Part, ...] = ()
        layout = row(spacing=SPACE.l)
        layout.addWidget(self._bar, 1, Qt.AlignmentFlag.AlignVCenter)
        layout.addLayout(self._key)
        self.setLayout(layout)
        self.present(parts)

    def present(self, parts: tuple[Part, ...]) -> None:
        if parts == self._shown:
            return
        self._shown = parts
        self._bar.present(parts)
        clear(self._key)
        for at, part in enumerate(parts):
            if part.amount:
                self._add_key(at, part)
        say(self, "；".join(f"{part.label} {figure_text(part.amount)}" for part in parts))

    def _add_key(self, at: int, part: Part) -> None:
        entry = row(spacing=6)
        entry.addWidget(_Swatch(at))
        entry.addWidget(text("caption", part.label))
        entry.addWidget(text("body", figure_text(part.amount)))
        self._key.addLayout(entry)


def part_colour(widget: QWidget, at: int) -> QColor:
    """The accent's ink, then mixtures with the outlines' grey: each is seen on the surface (3:1)."""
    palette = widget.palette()
    accent, edge = palette.color(palette.ColorRole.Link), palette.color(palette.ColorRole.Dark)
    return _mixed(accent, edge, _PALER[min(at, len(_PALER) - 1)])


def _mixed(one: QColor, other: QColor, share: float) -> QColor:
    inks = ((c.red(), c.green(), c.blue()) for c in (one, other))
    return QColor(*(round(a + (b - a) * share) for a, b in zip(*inks, strict=True)))


def widths(parts: tuple[Part, ...], whole: float) -> tuple[float, ...]:
    """Logical pixels of each part along a bar; parts of nothing get none."""
    amounts = [max(part.amount.fen, 0) for part in parts]
    shown = sum(1 for amount in amounts if amount)
    total, free = sum(amounts), max(whole - _LEAST * shown, 0.0)
    return tuple(_LEAST + free * amount / total if amount else 0.0 for amount in amounts)


class _Bar(QWidget):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._parts: tuple[Part, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(200, _HEIGHT)

    def present(self, parts: tuple[Part, ...]) -> None:
        self._parts = parts
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            outline = QPainterPath()
            outline.addRoundedRect(QRectF(self.rect()), RADIUS.small, RADIUS.small)
            painter.setClipPath(outline)
            self._paint_parts(painter)

    def _paint_parts(self, painter: QPainter) -> None:
        left = 0.0
        for at, width in enumerate(widths(self._parts, self.width())):
            if width:
                painter.fillRect(QRectF(left, 0, width - _GAP, _HEIGHT), part_colour(self, at))
                left += width


class _Swatch(QWidget):
    def __init__(self, at: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._at = at
        self.setFixedSize(12, 12)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(part_colour(self, self._at))
            painter.drawRoundedRect(self.rect(), 3, 3)
