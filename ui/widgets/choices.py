"""A list to choose one of: insurances, search results, readers."""

from __future__ import annotations

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QPainter, QPalette
from PySide6.QtWidgets import (
    QAbstractItemView,
    QLineEdit,
    QListView,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from ui.theme.tokens import SPACE, TYPE
from ui.widgets.basics import LEFT, RIGHT, column, say, text
from ui.widgets.glyphs import readable
from ui.widgets.line_painter import paint_ground, paint_mark
from ui.widgets.shapes import tone_ink
from ui.widgets.shown import Choice

Index = QModelIndex | QPersistentModelIndex
_CHOICE = Qt.ItemDataRole.UserRole + 1
_ENTERS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_Role = QPalette.ColorRole
_HEIGHT = 52
_FLAT_HEIGHT = 36


class ChoiceList(QListView):
    """Rows of title, detail and what stands at the right edge. Enter, Space and double click take."""

    taken = Signal(object)
    """The intent of the choice."""

    def __init__(
        self, choices: tuple[Choice, ...] = (), name: str = "", *, fits: bool = False
    ) -> None:
        """``fits``: as high as its rows, while there is room for them."""
        super().__init__()
        self._model = _ChoiceModel(self)
        self.setModel(self._model)
        self.setItemDelegate(_ChoicePainter(self))
        self.setMouseTracking(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        if fits:
            self.setSizeAdjustPolicy(QAbstractItemView.SizeAdjustPolicy.AdjustToContents)
            self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self.doubleClicked.connect(self._take)
        say(self, name or self.tr("可选项"))
        self.present(choices)

    def present(self, choices: tuple[Choice, ...], *, anew: bool = False) -> None:
        """The row that was chosen stays chosen, wherever it stands now: others come and go.

        Without it, or ``anew``, the first that can be taken is chosen. The same rows shown again
        change nothing.
        """
        self.setUniformItemSizes(len({bool(choice.detail) for choice in choices}) < 2)
        before = None if anew else self.currentIndex().data(_CHOICE)
        if not self._model.present(choices):
            return
        at = _place_of(before, choices)
        if at is None:
            at = next((n for n, choice in enumerate(choices) if choice.enabled), 0)
        self.setCurrentIndex(self._model.index(at, 0))

    def take_current(self) -> None:
        """As Enter does."""
        self._take(self.currentIndex())

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        if event.key() in (*_ENTERS, Qt.Key.Key_Space):
            self.take_current()
        else:
            super().keyPressEvent(event)

    def _take(self, index: QModelIndex) -> None:
        choice = index.data(_CHOICE)
        if isinstance(choice, Choice) and choice.enabled:
            self.taken.emit(choice.intent)


class SearchBox(QWidget):
    """A field over a list of what was found; Down, Up and Enter work from the field.

    The window searches: it hears :attr:`asked` and presents the choices; :attr:`between` takes
    what stands between field and list.
    """

    asked = Signal(str)
    taken = Signal(object)

    def __init__(self, name: str, hint: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field = _SearchField()
        self.field.setPlaceholderText(hint)
        self.between = column(spacing=SPACE.s)
        self.found = ChoiceList(name=self.tr("找到的项目"))
        self.found.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._nothing = text("muted")
        self._connect()
        layout = column(spacing=SPACE.s)
        layout.addWidget(self.field)
        layout.addLayout(self.between)
        layout.addWidget(self._nothing)
        layout.addWidget(self.found, 1)
        self.setLayout(layout)
        self.setFocusProxy(self.field)
        say(self.field, name, hint)

    def present(self, choices: tuple[Choice, ...], nothing: str = "") -> None:
        """``nothing``: what to say when there are none."""
        self.found.present(choices, anew=True)
        self.found.setVisible(bool(choices))
        self._nothing.setText(nothing)
        self._nothing.setVisible(bool(nothing) and not choices)

    def _connect(self) -> None:
        self.field.textEdited.connect(self.asked)
        self.field.stepped.connect(self._step)
        self.field.entered.connect(self.found.take_current)
        self.found.taken.connect(self.taken)

    def _step(self, rows: int) -> None:
        model = self.found.model()
        at = min(max(self.found.currentIndex().row() + rows, 0), model.rowCount() - 1)
        self.found.setCurrentIndex(model.index(at, 0))


class _SearchField(QLineEdit):
    stepped = Signal(int)
    entered = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.stepped.emit(1 if event.key() == Qt.Key.Key_Down else -1)
        elif event.key() in _ENTERS:
            self.entered.emit()
        else:
            super().keyPressEvent(event)


class _ChoiceModel(QAbstractListModel):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._list = parent
        self._choices: tuple[Choice, ...] = ()

    def present(self, choices: tuple[Choice, ...]) -> bool:
        if choices == self._choices:
            return False
        self.beginResetModel()
        self._choices = choices
        self.endResetModel()
        return True

    def rowCount(self, parent: Index | None = None) -> int:  # noqa: N802 - Qt's name
        return 0 if parent is not None and parent.isValid() else len(self._choices)

    def flags(self, index: Index) -> Qt.ItemFlag:
        enabled = index.isValid() and self._choices[index.row()].enabled
        able = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return able if enabled else Qt.ItemFlag.NoItemFlags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        choice = self._choices[index.row()]
        if role == _CHOICE:
            return choice
        badge = choice.badge.word if choice.badge else ""
        words = " ".join(w for w in (choice.title, choice.detail, badge, choice.aside) if w)
        asked = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole)
        return readable(words, self._list.fontMetrics()).text if role in asked else None


class _ChoicePainter(QStyledItemDelegate):
    def sizeHint(  # noqa: N802 - Qt's name
        self, _option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        choice = index.data(_CHOICE)
        return QSize(120, _HEIGHT if choice.detail else _FLAT_HEIGHT)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        choice: Choice = index.data(_CHOICE)
        palette: QPalette = option.palette
        painter.save()
        paint_ground(painter, option, option.rect, palette)
        if option.state & QStyle.StateFlag.State_Selected:
            edge = QRect(option.rect.topLeft(), QSize(3, option.rect.height()))
            painter.fillRect(edge, palette.link())
        area = option.rect.adjusted(SPACE.m, SPACE.xs, -SPACE.m, -SPACE.xs)
        painter.setFont(option.font)
        area = self._paint_badge(painter, area, choice, palette)
        area = self._paint_aside(painter, area, choice, palette)
        self._paint_words(painter, area, choice, palette)
        painter.restore()

    def _paint_badge(
        self, painter: QPainter, area: QRect, choice: Choice, palette: QPalette
    ) -> QRect:
        if choice.badge is None:
            return area
        ink = tone_ink(choice.badge.tone, palette)
        width = painter.fontMetrics().horizontalAdvance(choice.badge.word)
        painter.setPen(ink)
        painter.drawText(area, RIGHT, choice.badge.word)
        left = area.right() - width - 16 - SPACE.xs
        paint_mark(painter, left, area.center().y(), choice.badge.tone, palette)
        return area.adjusted(0, 0, left - SPACE.m - area.right(), 0)

    def _paint_aside(
        self, painter: QPainter, area: QRect, choice: Choice, palette: QPalette
    ) -> QRect:
        if not choice.aside:
            return area
        painter.setPen(palette.color(_ink_role(choice, _Role.Text)))
        painter.drawText(area, RIGHT, choice.aside)
        width = painter.fontMetrics().horizontalAdvance(choice.aside)
        return area.adjusted(0, 0, -width - SPACE.m, 0)

    def _paint_words(
        self, painter: QPainter, area: QRect, choice: Choice, palette: QPalette
    ) -> None:
        half = area.height() // 2
        upper = QRect(area.topLeft(), QSize(area.width(), half)) if choice.detail else area
        self._paint_line(painter, upper, choice.title, palette, _ink_role(choice, _Role.Text))
        if choice.detail:
            small = painter.font()
            small.setPixelSize(TYPE.caption)
            painter.setFont(small)
            lower = area.adjusted(0, half, 0, 0)
            self._paint_line(painter, lower, choice.detail, palette, _Role.PlaceholderText)

    def _paint_line(
        self, painter: QPainter, area: QRect, words: str, palette: QPalette, ink: QPalette.ColorRole
    ) -> None:
        painter.setPen(palette.color(ink))
        metrics = painter.fontMetrics()
        told = readable(words, metrics).text
        fitting = metrics.elidedText(told, Qt.TextElideMode.ElideRight, area.width())
        painter.drawText(area, LEFT, fitting)


def _place_of(row: object, choices: tuple[Choice, ...]) -> int | None:
    """Where the row stands now. Its words tell which one it is: its intent may be a mere place."""
    if not isinstance(row, Choice):
        return None
    words = row.title, row.detail
    return next((n for n, one in enumerate(choices) if (one.title, one.detail) == words), None)


def _ink_role(choice: Choice, ink: QPalette.ColorRole) -> QPalette.ColorRole:
    return ink if choice.enabled else _Role.PlaceholderText
