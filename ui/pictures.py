"""Sheets as Qt's pictures."""

from __future__ import annotations

from PySide6.QtGui import QImage

from printing.sheets import Sheet


def image_of(sheet: Sheet) -> QImage:
    """Over the sheet's own dots: good for as long as the sheet is kept."""
    kind = QImage.Format.Format_RGB32
    return QImage(sheet.dots, sheet.width, sheet.height, sheet.stride, kind)
