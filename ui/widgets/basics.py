"""What every widget is made of: labels with a role, tinted frames, layouts on the spacing scale."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Literal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLayout,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from ui.theme.tokens import Tone

Role = Literal[
    "body", "caption", "muted", "strong", "title", "heading", "display",
    "figure", "change", "operator", "money", "code", "quote", "tone",
]  # fmt: skip
"""Roles of text; ``desk.qss`` gives each its size, weight and ink."""

RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
CENTRE = Qt.AlignmentFlag.AlignCenter
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class Page(QWidget):
    """A plain area on the surface colour."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)

    def fit(self, *, low: bool) -> None:
        """What a page does otherwise in a low window: a small screen, or one at 150 or 200 %."""

    def focus(self) -> None:
        """Give the keyboard to what is typed into or chosen from."""


class Tinted(QFrame):
    """A frame filled with the pale colour of a tone."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("tone", Tone.NEUTRAL.value)

    def set_tone(self, tone: Tone) -> None:
        restyle(self, "tone", tone.value)


def text(role: Role, words: str = "", *, wrap: bool = False, selectable: bool = False) -> QLabel:
    """A label; never rich text, since what it shows may come from the platform."""
    label = QLabel(words)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setProperty("role", role)
    label.setWordWrap(wrap)
    if selectable:
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label


def set_role(label: QLabel, role: Role) -> None:
    restyle(label, "role", role)


def restyle(widget: QWidget, name: str, value: object) -> None:
    """Change a property that the style sheet asks for, and let it look again.

    It has not looked yet at a widget that was never seen: that is left to come by itself.
    """
    if widget.property(name) == value:
        return
    widget.setProperty(name, value)
    if not widget.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):
        return
    for styled in (widget, *widget.findChildren(QWidget)):
        styled.style().unpolish(styled)
        styled.style().polish(styled)
    widget.update()


@contextmanager
def laid_out_once(widget: QWidget) -> Iterator[None]:
    """Whatever is shown and hidden in it within the block, it is laid out once, after the block.

    Else Qt lays out every ancestor at once for each child that it shows: 1.4 ms of a whole window.
    """
    layout = widget.layout()
    assert layout is not None
    layout.setEnabled(False)
    try:
        yield
    finally:
        layout.setEnabled(True)
        layout.update()


def rule(name: str = "rule") -> QFrame:
    """A hairline across; ``head-rule`` is the strong one under a title."""
    line = QFrame()
    line.setObjectName(name)
    return line


def row(*, spacing: int = 0, margins: tuple[int, int, int, int] = (0, 0, 0, 0)) -> QHBoxLayout:
    layout = QHBoxLayout()
    layout.setSpacing(spacing)
    layout.setContentsMargins(*margins)
    return layout


def column(*, spacing: int = 0, margins: tuple[int, int, int, int] = (0, 0, 0, 0)) -> QVBoxLayout:
    layout = QVBoxLayout()
    layout.setSpacing(spacing)
    layout.setContentsMargins(*margins)
    return layout


def grid(*, across: int = 0, down: int = 0) -> QGridLayout:
    layout = QGridLayout()
    layout.setHorizontalSpacing(across)
    layout.setVerticalSpacing(down)
    layout.setContentsMargins(0, 0, 0, 0)
    return layout


def scrolling(inner: QWidget) -> QScrollArea:
    """The widget, with a bar at its right when there is no room for all of it."""
    area = QScrollArea()
    area.setWidget(inner)
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return area


def scrolled(layout: QLayout, name: str) -> QScrollArea:
    """What is told beside a list, never squeezed; by Tab the arrows scroll it. ``name`` is said."""
    inner = QWidget()
    inner.setLayout(layout)
    area = scrolling(inner)
    area.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    say(area, name)
    return area


def hug(widget: QWidget) -> None:
    """As large as its content wants, no larger."""
    widget.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)


def clear(layout: QLayout) -> None:
    """Take everything out of a layout, hidden at once so that nothing flickers."""
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.setParent(None)
            widget.deleteLater()
        elif (inner := item.layout()) is not None:
            clear(inner)


def say(widget: QWidget, name: str, description: str = "") -> None:
    """What a screen reader says of the widget."""
    widget.setAccessibleName(name)
    widget.setAccessibleDescription(description)
