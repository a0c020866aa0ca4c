"""What the window says of the drop folder."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ui.cashier.translate import tr
from ui.theme.tokens import Tone
from ui.widgets.shown import Badge

if TYPE_CHECKING:
    from ui.cashier.state import Desk


def broken_badge(desk: Desk) -> Badge | None:
    """How many charges files cannot be used."""
    if not desk.broken_files:
        return None
    told = tr("{0} 个收费文件有误，按 F6 查看").format(len(desk.broken_files))
    return Badge(told, Tone.WARNING)


def lost_folder(desk: Desk) -> str:
    """Which folder cannot be read, and what to do; "" while it can."""
    if not desk.lost_folder:
        return ""
    told = tr(
        "收费文件夹打不开：{0}。新单据暂时收不到，已读到的还在。"
        "请检查网络，或请信息科看共享；恢复后自动接着读"
    )
    return told.format(breakable(desk.lost_folder))


def breakable(path: str) -> str:
    """A path is one long word: it may go on in the next line after each folder."""
    return path.replace("\\", "\\\u200b").replace("/", "/\u200b")
