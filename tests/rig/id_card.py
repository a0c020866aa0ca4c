"""The text that a resident ID card holds: 256 bytes of UTF-16LE (cards.md A7), invented people."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

_RESIDENT = (
    ("name", 30),
    ("sex", 2),
    ("nation", 4),
    ("birth", 16),
    ("address", 70),
    ("number", 36),
    ("authority", 30),
    ("begins", 16),
    ("expires", 16),
    ("pass_number", 18),
    ("times", 4),
    ("reserved", 6),
    ("type", 2),
    ("rest", 6),
)
_FOREIGNER = (
    ("latin_name", 120),
    ("sex", 2),
    ("number", 30),
    ("nationality", 6),
    ("name", 30),
    ("begins", 16),
    ("expires", 16),
    ("birth", 16),
    ("version", 4),
    ("applied_at", 8),
    ("type", 2),
    ("rest", 6),
)
_NEW_FOREIGNER = (
    ("name", 30),
    ("sex", 2),
    ("times", 4),
    ("birth", 16),
    ("latin_name", 70),
    ("number", 36),
    ("reserved", 30),
    ("begins", 16),
    ("expires", 16),
    ("latin_name_more", 22),
    ("nationality", 6),
    ("type", 2),
    ("number_before", 6),
)
CITIZEN = {
    "name": "张三",
    "sex": "1",
    "nation": "01",
    "birth": "19850312",
    "address": "某省某市某路1号",
    "number": "990000198503121038",
    "authority": "某市公安局",
    "begins": "20180501",
    "expires": "20380501",
}
FOREIGNER = {
    "latin_name": "DOE, JANE",
    "sex": "2",
    "number": "USA990085031201",
    "nationality": "USA",
    "name": "",
    "begins": "20200101",
    "expires": "20300101",
    "birth": "19850312",
    "type": "I",
}
NEW_FOREIGNER = {
    "latin_name": "DOE, JANE",
    "sex": "2",
    "times": "00",
    "birth": "19850312",
    "number": "990000198503121046",
    "begins": "20240101",
    "expires": "20340101",
    "nationality": "840",
    "type": "Y",
    "number_before": "000",
}


def resident(**fields: str) -> bytes:
    """A citizen's card, or with ``type="J"`` that of a resident of Hong Kong, Macao or Taiwan."""
    return _block(_RESIDENT, CITIZEN | fields)


def foreigner(**fields: str) -> bytes:
    return _block(_FOREIGNER, FOREIGNER | fields)


def new_foreigner(**fields: str) -> bytes:
    """A foreigner's card of 2023."""
    return _block(_NEW_FOREIGNER, NEW_FOREIGNER | fields)


def card_of(person: Mapping[str, Any], **fields: str) -> bytes:
    """The ID card of somebody of the practice platform's town."""
    number = str(person["certno"])
    told = {"name": str(person["name"]), "number": number, "birth": number[6:14]}
    return resident(**(told | fields))


def _block(layout: tuple[tuple[str, int], ...], fields: Mapping[str, str]) -> bytes:
    parts = (fields.get(name, "").encode("utf-16-le")[:size] for name, size in layout)
    pairs = zip(layout, parts, strict=True)
    block = b"".join(part + b"\x20\x00" * ((size - len(part)) // 2) for (_, size), part in pairs)
    assert len(block) == 256
    return block
