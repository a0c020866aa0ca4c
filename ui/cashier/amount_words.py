"""Amounts within text, grouped as the figures beside them: ``3,208.45 元``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ui.cashier.translate import tr
from ui.widgets.figures import figure_text

if TYPE_CHECKING:
    from desktop.domain.money import Money


def in_yuan(amount: Money | None) -> str:
    """The amount with its unit; a dash when it was not told."""
    return f"{figure_text(amount)} {tr('元')}"
