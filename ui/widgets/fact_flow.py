"""Facts one after the other, as many in a line as have room; painted as a whole."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace
from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme.tokens import SPACE, TYPE, Tone
from ui.widgets.basics import say
from ui.widgets.glyphs import readable
from ui.widgets.shapes import tone_ink
from ui.widgets.shown import Fact

_LINE = 20
_LEAST = 240
_Role = QPalette.ColorRole


class _Word(Struct, frozen=True):
    """A part of a fact: what it says, how large, and in which ink."""

    words: str
    size: int
    role: QPalette.ColorRole = _Role.Text
    tone: Tone | None = None


class FactFlow(QWidget):
    """Where a column of facts has no room: no fact is broken, the next one stands below."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._facts: tuple[Fact, ...] = ()
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def present(self, facts: tuple[Fact, ...]) -> None:
        metrics = self._metrics(TYPE.body)
        shown = tuple(replace(fact, value=readable(fact.value, metrics).text) for fact in facts)
        if shown == self._facts:
            return
        self._facts = shown
        said = "；".join(f"{fact.label} {fact.value}" for fact in facts)
        say(self, said)
        self.setToolTip(said)
        self._claim()
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        self._claim()

    def _claim(self) -> None:
        """The height of all its lines: a layout that was laid out for fewer does not ask again."""
        self.setMinimumHeight(self.heightForWidth(max(self.width(), _LEAST)))
        self.updateGeometry()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(_LEAST, self.heightForWidth(max(self.width(), _LEAST)))

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(max(map(self._wide, self._facts), default=0), _LINE)

    def heightForWidth(self, width: int) -> int:  # noqa: N802 - Qt's name
        return max((line for _fact, _left, line in self._placed(width)), default=0) * _LINE + _LINE

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        with QPainter(self) as painter:
            for fact, left, line in self._placed(self.width()):
                self._paint(painter, fact, QPointF(left, line * _LINE + _LINE - SPACE.xs))

    def _placed(self, width: int) -> Iterator[tuple[Fact, int, int]]:
        """Each fact, where it begins, and in which line."""
        left = line = 0
        for fact in self._facts:
            wide = self._wide(fact)
            if left and left + wide > width:
                left, line = 0, line + 1
            yield fact, left, line
            left += wide + SPACE.xl

    def _wide(self, fact: Fact) -> int:
        words = [self._metrics(word.size).horizontalAdvance(word.words) for word in _words(fact)]
        return sum(words) + SPACE.s * (len(words) - 1)

    def _paint(self, painter: QPainter, fact: Fact, at: QPointF) -> None:
        for word in _words(fact):
            metrics = self._metrics(word.size)
            room = max(self.width() - int(at.x()), 0)
            painter.setFont(self._font(word.size))
            painter.setPen(self._ink(word))
            painter.drawText(at, metrics.elidedText(word.words, Qt.TextElideMode.ElideRight, room))
            at += QPointF(metrics.horizontalAdvance(word.words) + SPACE.s, 0)

    def _ink(self, word: _Word) -> QColor:
        palette = self.palette()
        return tone_ink(word.tone, palette) if word.tone else palette.color(word.role)

    def _font(self, size: int) -> QFont:
        font = QFont(self.font())
        font.setPixelSize(size)
        return font

    def _metrics(self, size: int) -> QFontMetrics:
        return QFontMetrics(self._font(size))


def _words(fact: Fact) -> Iterator[_Word]:
    yield _Word(fact.label, TYPE.caption, _Role.PlaceholderText)
    yield _Word(fact.value, TYPE.body)
    if fact.badge is not None:
        yield _Word(fact.badge.word, TYPE.caption, tone=fact.badge.tone)
