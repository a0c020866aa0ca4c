"""Why the platform says no: a closed set of reasons, and the free texts that tell them.

The national interface has no codes for refusals, so a desk must live on texts. Each reason has
several wordings, as provinces and releases have; which one comes depends on the msgid and, for
what the insured area says, on that area's dialect.
"""

from __future__ import annotations

from collections.abc import Mapping
from zlib import crc32

from desktop.sandbox.reasons import Reason
from desktop.sandbox.wordings.dialects import around, in_dialect
from desktop.sandbox.wordings.texts import WORDINGS


class Refused(Exception):
    """A business refusal; the facts fill the wording."""

    def __init__(self, reason: Reason, **facts: object) -> None:
        super().__init__(reason.name)
        self.reason = reason
        self.facts = facts


def wording(refused: Refused, msgid: str, area: str = "") -> str:
    """The text of a refusal, one of its wordings picked by the msgid.

    ``area`` is the insured area that says it; "" leaves every wording as it is written.
    """
    return worded(refused.reason, refused.facts, msgid, area)


def worded(reason: Reason, facts: Mapping[str, object], msgid: str, area: str = "") -> str:
    """The same for a reason that is told without refusing (2001)."""
    wordings = in_dialect(reason, WORDINGS[reason], area)
    text = wordings[crc32(msgid.encode()) % len(wordings)].format_map(facts)
    return around(reason, text, area, msgid)


__all__ = ["Reason", "Refused", "worded", "wording"]
