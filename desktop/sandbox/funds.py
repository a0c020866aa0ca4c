"""The funds that the platform pays from, with their codes (``fund_pay_type``)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from desktop.domain.person import EMPLOYEE


@dataclass(frozen=True, slots=True)
class Fund:
    code: str
    name: str


EMPLOYEE_POOL: Final = Fund("310100", "城镇职工基本医疗保险统筹基金")
RESIDENT_POOL: Final = Fund("390100", "城乡居民基本医疗保险基金")
EMPLOYEE_ACCOUNT: Final = Fund("310200", "城镇职工基本医疗保险个人账户基金")
RESIDENT_ACCOUNT: Final = Fund("390500", "居民家庭账户金")


def pooled_fund(insutype: str) -> Fund:
    return EMPLOYEE_POOL if insutype == EMPLOYEE else RESIDENT_POOL


def account_fund(insutype: str) -> Fund:
    return EMPLOYEE_ACCOUNT if insutype == EMPLOYEE else RESIDENT_ACCOUNT
