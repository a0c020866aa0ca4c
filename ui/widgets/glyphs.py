"""Characters of names that no font on this machine has: shown with their number, never as a box only.

What paper does in ``printing.fonts`` this does on the screen; here Qt chooses among the fonts.
"""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct
from PySide6.QtGui import QFontMetrics

from desktop.domain.names import standard

_EVERY_DAY = range(0x4E00, 0x9FA6)
"""What GBK has: in every Chinese font, and asked of none."""
_RARE_FROM = 0x2E80
Has = Callable[[int], bool]


class Readable(Struct, frozen=True):
    """A text as it can be shown; ``missing`` are the characters without a glyph, each once."""

    text: str
    missing: str


def readable(text: str, metrics: QFontMetrics) -> Readable:
    """The text with ``[U+2EBF0]`` behind each character that neither this font nor one that Qt
    falls back on can draw. Asking for a rare one may take 15 ms, once.
    """
    return marked(text, metrics.inFontUcs4)


def marked(text: str, has: Has) -> Readable:
    """The same for whoever knows which characters can be drawn."""
    shown = standard(text)
    missing = "".join(dict.fromkeys(sign for sign in shown if _is_missing(ord(sign), has)))
    if not missing:
        return Readable(shown, "")
    return Readable("".join(_with_number(sign, sign in missing) for sign in shown), missing)


def _is_missing(code: int, has: Has) -> bool:
    return code >= _RARE_FROM and code not in _EVERY_DAY and not has(code)


def _with_number(sign: str, lacking: bool) -> str:
    return f"{sign}[U+{ord(sign):04X}]" if lacking else sign
