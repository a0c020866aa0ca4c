"""A field of a form: its name above, and in the name's place what is wrong with it."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from ui.theme.tokens import SPACE
from ui.widgets.basics import column, restyle, row, say, text


class FormField(QWidget):
    """One or more inputs beside each other under one name.

    ``named`` False: the name is shown with a fault only, for inputs that tell their own name.
    """

    def __init__(self, name: str, *inputs: QWidget, named: bool = True) -> None:
        super().__init__()
        self._name = name
        self._named = named
        self._label = text("caption", name, wrap=True)
        self._inputs = inputs
        line = row(spacing=SPACE.s)
        for given in inputs:
            line.addWidget(given, 1)
        layout = column(spacing=SPACE.hair)
        layout.addWidget(self._label)
        layout.addLayout(line)
        self.setLayout(layout)

    def present(self, *faults: str) -> None:
        """What is wrong with each input, "" for one that is well."""
        told = next((fault for fault in faults if fault), "")
        self._label.setText(f"{self._name}：{told}" if told else self._name)
        self._label.setVisible(self._named or bool(told))
        restyle(self._label, "tone", "danger" if told else "")
        for given, fault in zip(self._inputs, faults, strict=False):
            restyle(given, "fault", bool(fault))
            say(given, given.accessibleName() or self._name, fault)

    def first_fault(self) -> QWidget | None:
        """The first faulty input."""
        return next((given for given in self._inputs if given.property("fault")), None)
