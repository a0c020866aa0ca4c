"""What the window says of the drop folder."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ui.cashier.translate import tr
from ui.theme.tokens import Tone
from ui.widgets.shown import Badge

if TYPE_CHECKING:
    from desktop.hospital.drop_folder import Broken


def broken_badge(files: tuple[Broken, ...]) -> Badge | None:
    """How many charges files cannot be used."""
    if not files:
        return None
    return Badge(tr("{0} 个收费文件有误，按 F6 查看").format(len(files)), Tone.WARNING)
