"""The deductible's standard (起付标准), where the answer tells it or a known rule has it."""

from __future__ import annotations

import re

from msgspec import Struct

from desktop.domain.money import Money
from desktop.domain.split import Split

_TOLD = re.compile(r"起付(?:标准|线)(?:为|是|[:：])?\s*(\d{1,9}(?:\.\d{1,2})?)\s*元")
"""In ``setl_proc_info``, which is free text: areas that word it otherwise tell nothing."""


class Standard(Struct, frozen=True):
    """起付标准 of this hospital for this person."""

    amount: Money
    """In fen."""
    estimated: bool = False
    """It is a known rule's, not the answer's."""
    by_year: bool = False
    """It is topped up over the year (累计补差, S4-05): only a known rule says so."""


def standard_told(split: Split) -> Money | None:
    """What the pooled fund's own words tell (``setl_proc_info``), in fen; None for silence."""
    words = next((share.process for share in split.shares if share.is_pooled), "")
    found = _TOLD.search(words)
    return Money.parse(found[1]) if found else None


def standard_of(split: Split, known: Standard | None = None) -> Standard | None:
    """The answer's own word before what is known beside it; whether it counts by the year no answer
    tells, so that is said of a known rule's standard only, as 估算.
    """
    told = standard_told(split)
    return known if told is None else Standard(told)
