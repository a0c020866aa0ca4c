"""Names of the forms as the journal has them, and the numbers that papers bear themselves."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

from desktop.ledger.journal import VisitId

SETTLEMENT_SLIP = "F1"
MONTH_SUMMARY = "F2"
MONTH_DETAIL = "F3"
TRAUMA_LETTER = "F4"
GUIDE = "F5"
KIOSK_SLIP = "F6"
NOT_SETTLED = "F7"
DEFERRED = "F8"
UNCONFIRMED = "F9"
SELF_PAY_NOTICE = "F10-self-pay"
MONEY_BACK = "F10-money-back"
SHIFT = "F10-shift"
DAY = "F10-day"
FILING = "F10-filing"
INVOICE_BLOCK = "F10-invoice"
CASE = "F10-case"

NUMBERED: Mapping[str, str] = MappingProxyType(
    {
        TRAUMA_LETTER: "F4",
        NOT_SETTLED: "F7",
        DEFERRED: "F8",
        UNCONFIRMED: "F9",
        SELF_PAY_NOTICE: "ZF",
        FILING: "BA",
        CASE: "DB",
    }
)
"""Forms that bear a number of their own, with how it begins; the others are of a settlement."""


def paper_number(prefix: str, institution: str, day: date, window: str, serial: int) -> str:
    """``F4-机构码-日期-序号``: the window's number, then ``serial``, which counts its papers of this
    kind on that day from 1; so two windows never give the same.
    """
    return f"{prefix}-{institution}-{day:%Y%m%d}-{window}{serial:03d}"


_OF_DESK = "paper "


def paper_place(form: str, about: str) -> VisitId:
    """Where the journal keeps papers that are of no single visit."""
    return VisitId(f"{_OF_DESK}{form} {about}")


def is_paper_place(visit: str) -> bool:
    """It is no visit of anybody."""
    return visit.startswith(_OF_DESK)
