"""Why the platform says no: a closed set of reasons, and the free texts that tell them.

The national interface has no codes for refusals, so a desk must live on texts. Each reason has
several wordings, as provinces and releases have; which one comes depends on the msgid alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from zlib import crc32

from desktop.sandbox.reasons import Reason
from desktop.sandbox.wordings import WORDINGS


class Refused(Exception):
    """A business refusal; the facts fill the wording."""

    def __init__(self, reason: Reason, **facts: object) -> None:
        super().__init__(reason.name)
        self.reason = reason
        self.facts = facts


def wording(refused: Refused, msgid: str) -> str:
    """The text of a refusal, one of its wordings picked by the msgid."""
    return worded(refused.reason, refused.facts, msgid)


def worded(reason: Reason, facts: Mapping[str, object], msgid: str) -> str:
    """The same for a reason that is told without refusing (2001)."""
    wordings = WORDINGS[reason]
    return wordings[crc32(msgid.encode()) % len(wordings)].format_map(facts)


__all__ = ["Reason", "Refused", "worded", "wording"]
