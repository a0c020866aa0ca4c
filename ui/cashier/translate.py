"""Chinese is the source; English comes from ``ui/translations`` under the context ``Cashier``."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication


def tr(text: str) -> str:
    """The text in the language of the window."""
    return QCoreApplication.translate("Cashier", text)
