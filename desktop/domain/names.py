"""People's names: rare characters, comparison, masks (design: names and fonts).

Python's ``gb18030`` codec follows the table of 2000, so that 24 two-byte codes land in the
private-use area; GB 18030-2022 gives them real characters.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

PUA_TO_STANDARD: dict[int, int] = {
    0xE81E: 0x9FB4,
    0xE826: 0x9FB5,
    0xE82B: 0x9FB6,
    0xE82C: 0x9FB7,
    0xE832: 0x9FB8,
    0xE843: 0x9FB9,
    0xE854: 0x9FBA,
    0xE864: 0x9FBB,
    0xE816: 0x20087,
    0xE817: 0x20089,
    0xE818: 0x200CC,
    0xE831: 0x215D7,
    0xE83B: 0x2298F,
    0xE855: 0x241FE,
    0xE78D: 0xFE10,
    0xE78E: 0xFE12,
    0xE78F: 0xFE11,
    0xE790: 0xFE13,
    0xE791: 0xFE14,
    0xE792: 0xFE15,
    0xE793: 0xFE16,
    0xE794: 0xFE17,
    0xE795: 0xFE18,
    0xE796: 0xFE19,
}
"""Private-use code points of the codec → GB 18030-2022, for :meth:`str.translate`."""

_PRIVATE_USE = re.compile("[\ue000-\uf8ff]")
_FE_TRAILS = (*range(0x50, 0x7F), *range(0x80, 0xA1))
_GBK_FE50 = 0xE815


@cache
def _to_standard() -> Mapping[int, int]:
    """With every one of FE50 … FEA0, which systems of before 2000 hold in the private-use area, in
    order. The codec is a quarter of a MiB: not before there is a name.
    """
    signs = (bytes((0xFE, trail)).decode("gb18030") for trail in _FE_TRAILS)
    real = (PUA_TO_STANDARD.get(ord(sign), ord(sign)) for sign in signs)
    return PUA_TO_STANDARD | dict(enumerate(real, _GBK_FE50))


_MIDDLE_DOTS = dict.fromkeys((0x2022, 0x30FB, 0x2027, 0x22C5, 0xFF65, 0x2E, 0xFF0E), 0xB7)


def folded(text: str) -> str:
    """Full-width letters and digits made narrow, ligatures taken apart (NFKC)."""
    import unicodedata  # 1 MiB of tables: not before there is a text

    return unicodedata.normalize("NFKC", text)


def standard(text: str) -> str:
    """The text with the private-use characters of old GB tables made standard."""
    return text.translate(_to_standard()) if _PRIVATE_USE.search(text) else text


def has_control_characters(text: str) -> bool:
    """No name and no number has them: a text that does was put together wrongly."""
    return any(character < " " or "\x7f" <= character < "\xa0" for character in text)


def is_torn(name: str) -> bool:
    """A character was lost when it was decoded: such a name is shown, and never sent."""
    return "\N{REPLACEMENT CHARACTER}" in name


def normalised(name: str) -> str:
    """The form in which two spellings of one person's name are compared.

    Private use → standard, middle dots and full-width letters folded, spaces dropped.
    """
    plain = folded(standard(name).translate(_MIDDLE_DOTS))
    return "".join(plain.translate(_MIDDLE_DOTS).split()).casefold()


def same_name(one: str, other: str) -> bool:
    return normalised(one) == normalised(other)


def masked_name(name: str) -> str:
    """Family name and last character: ``张*三``; two characters keep the first (forms.md)."""
    if len(name) <= 1:
        return "*" * len(name)
    return name[0] + "*" * max(1, len(name) - 2) + (name[-1] if len(name) > 2 else "")
