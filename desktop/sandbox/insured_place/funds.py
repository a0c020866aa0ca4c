"""The funds that an insured area pays from, with their codes (``fund_pay_type``)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from desktop.domain.person import EMPLOYEE


@dataclass(frozen=True, slots=True)
class Fund:
    """An open set: an area may pay from funds that no dictionary has, and leave them nameless."""

    code: str
    name: str


class FundField(StrEnum):
    """Where ``setlinfo`` tells a fund after the pool, in the order in which they pay.

    Large costs and critical illness, then civil servants and companies, then medical aid
    (benefits.md 2.2); what belongs to none of them comes last.
    """

    LARGE_AMOUNT = "hifob_pay"
    CRITICAL_ILLNESS = "hifmi_pay"
    CIVIL_SERVANT = "cvlserv_pay"
    COMPANY = "hifes_pay"
    DISABLED = "hifdm_pay"
    MEDICAL_AID = "maf_pay"
    OTHER = "oth_pay"

    @property
    def rank(self) -> int:
        return tuple(FundField).index(self)


class Entitled(StrEnum):
    """Whom a fund after the pool pays for."""

    EVERYBODY = "everybody"
    CIVIL_SERVANTS = "civil_servants"
    """``cvlserv_flag`` 1."""
    AIDED = "aided"
    """医疗救助人员, ``psn_idet_type`` 23."""


EMPLOYEE_POOL: Final = Fund("310100", "城镇职工基本医疗保险统筹基金")
RESIDENT_POOL: Final = Fund("390100", "城乡居民基本医疗保险基金")
EMPLOYEE_ACCOUNT: Final = Fund("310200", "城镇职工基本医疗保险个人账户基金")
RESIDENT_ACCOUNT: Final = Fund("390500", "居民家庭账户金")

HOSPITAL: Final = Fund("999996", "医院垫付基金")
"""No fund: what the hospital bears stands among them all the same (C7)."""


def pooled_fund(insutype: str) -> Fund:
    return EMPLOYEE_POOL if insutype == EMPLOYEE else RESIDENT_POOL


def account_fund(insutype: str) -> Fund:
    return EMPLOYEE_ACCOUNT if insutype == EMPLOYEE else RESIDENT_ACCOUNT


def sum_code(code: str) -> str:
    """``cum_type_code`` of what the fund paid this year: D310101, D330101, …"""
    return f"D{code[:5]}1"
