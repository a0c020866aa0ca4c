"""Which encoding a CSV is in: UTF-8, or the GB18030 that hospital systems and Excel write.

GB18030 accepts almost any bytes, so that a damaged UTF-8 file would pass for one and give other
names; and two Chinese characters of GB18030 can pass for Cyrillic in UTF-8. Either is refused.
"""

from __future__ import annotations

import codecs

from desktop.domain.names import standard

_FIRST_CJK = "\u0800"
"""Above it UTF-8 takes three bytes, which GB18030 text almost never imitates."""

_REPLACEMENT = "\N{REPLACEMENT CHARACTER}"


def decoded(data: bytes) -> str | None:
    """The text, or None when the encoding cannot be told for sure."""
    if data.startswith(codecs.BOM_UTF8):
        return _strictly(data, "utf-8-sig")
    as_utf8, as_gb = _strictly(data, "utf-8"), _strictly(data, "gb18030")
    if as_utf8 is not None:
        return None if as_gb is not None and _might_be_gb(as_utf8) else as_utf8
    return None if as_gb is None or _was_utf8(data) else standard(as_gb)


def _strictly(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _might_be_gb(text: str) -> bool:
    return not text.isascii() and max(text) < _FIRST_CJK


def _was_utf8(data: bytes) -> bool:
    """True when most of what is not ASCII still reads as UTF-8: a damaged file, no GB18030."""
    text = data.decode("utf-8", "replace")
    damaged = text.count(_REPLACEMENT)
    return sum(character >= _FIRST_CJK for character in text) - damaged > damaged
