"""The dialects of insured areas: which wordings one uses, and what its systems put around them.

An area words its answers in the same way at every visit; another area in another way. The texts
that the care place says itself have no dialect.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final
from zlib import crc32

from desktop.sandbox.reasons import Reason
from desktop.sandbox.wordings.people import PEOPLE_WORDINGS

AROUND: Final = (
    "{text}",
    "{text},异常流水号:{number}",
    "MBS-cn.hsa.ais.common.exception.HygeiaException: 请求失败,错误原因：{bare}null",
    "FSI-调用参保地业务子系统返回：{bare}",
    "{bare}({hash}@10.70.130.148)",
    "[{number}] {bare} 。",
)
"""Section 5.2 of the interface document shows each of these around a text."""
_TECHNICAL = re.compile(r"^(FSI|MBS)-|\[\w+BO_\d+\]")


def in_dialect(reason: Reason, wordings: tuple[str, ...], area: str) -> tuple[str, ...]:
    """The wordings that the area uses: of three or more it leaves one out."""
    if not area or reason not in PEOPLE_WORDINGS or len(wordings) < 3:
        return wordings
    unused = crc32(area.encode()) % len(wordings)
    return wordings[:unused] + wordings[unused + 1 :]


def around(reason: Reason, text: str, area: str, msgid: str) -> str:
    """The text as the area's systems hand it on."""
    if not area or reason not in PEOPLE_WORDINGS:
        return text
    number = crc32(msgid.encode())
    facts: Mapping[str, str] = {
        "text": text,
        "bare": bare(text),
        "number": str(number),
        "hash": f"{number:08x}" * 4,
    }
    return AROUND[sum(area.encode()) % len(AROUND)].format_map(facts)


def bare(text: str) -> str:
    """The text without the names of the layers and business objects."""
    return _TECHNICAL.sub("", text)
