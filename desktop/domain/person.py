"""Who is insured, where, and what was filed for them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from desktop.domain.fund_codes import is_pooled
from desktop.domain.identifiers import AreaCode, PsnNo
from desktop.domain.money import Money

EMPLOYEE = "310"
"""险种 310 职工基本医疗保险 (S0-08)."""

RESIDENT = "390"
"""险种 390 城乡居民基本医疗保险 (S0-08)."""

INSURED_NORMALLY = "1"
"""``psn_insu_stas`` 1 正常参保."""


@dataclass(frozen=True, slots=True)
class Insurance:
    """One row of 1101 ``insuinfo``: an insurance of a person in an area."""

    kind: str
    """``insutype``, an open set (310, 390, …)."""
    area: AreaCode
    """参保地 ``insuplc_admdvs``."""
    person_class: str
    """``psn_type``: 11xx in work, 12xx retired, 14–16 residents; open set."""
    status: str
    """``psn_insu_stas``: 1 normal, 2 paused, 4 ended; open set, "" when not told."""
    account_balance: Money | None
    """``balc``; None when not told."""
    civil_servant: bool
    """``cvlserv_flag``."""
    employer: str
    """``emp_name``, "" when not told."""

    @property
    def active(self) -> bool:
        return self.status in ("", INSURED_NORMALLY)


@dataclass(frozen=True, slots=True)
class Person:
    """1101 ``baseinfo`` with every insurance: the centre's word on who this is."""

    psn_no: PsnNo
    name: str = field(repr=False)
    cert_type: str
    """``psn_cert_type``: 01 ID card …; open set."""
    cert_no: str = field(repr=False)
    sex: str
    """``gend``: 1 male, 2 female; open set."""
    birth: date | None = field(repr=False)
    nation: str
    age: str
    """Years as the platform writes them, ``"53"`` or ``"53.0"``; "" when not told."""
    insurances: tuple[Insurance, ...]


class PersonGroup(StrEnum):
    """人员类别 as far as benefits tell them apart (``psn_type``)."""

    ACTIVE = "active"
    RETIRED = "retired"
    RESIDENT = "resident"

    @staticmethod
    def of(person_class: str) -> PersonGroup | None:
        """11xx in work, 12xx retired, 14 to 16 residents; None for any other of the open set."""
        return _PERSON_GROUPS.get(person_class[:2])


_PERSON_GROUPS = {
    "11": PersonGroup.ACTIVE,
    "12": PersonGroup.RETIRED,
    "14": PersonGroup.RESIDENT,
    "15": PersonGroup.RESIDENT,
    "16": PersonGroup.RESIDENT,
}


class FilingGroup(StrEnum):
    """Long-term or temporary: decides the first pay (benefits.md 2.3)."""

    LONG = "LONG"
    TEMP = "TEMP"

    @property
    def words(self) -> str:
        """The group into which the classes were merged, as the patient knows it (S2-15, S2-16)."""
        return _GROUP_WORDS[self]


class FilingKind(StrEnum):
    """备案类型 (S0-09 … S0-14)."""

    RETIRED_SETTLED = "RETIRED_SETTLED"
    LONG_RESIDENT = "LONG_RESIDENT"
    POSTED_WORKER = "POSTED_WORKER"
    REFERRED = "REFERRED"
    EMERGENCY = "EMERGENCY"
    OTHER = "OTHER"

    @property
    def group(self) -> FilingGroup:
        return FilingGroup.LONG if self in _LONG else FilingGroup.TEMP

    @property
    def words(self) -> str:
        """The kind as the patient knows it."""
        return _WORDS[self]


_LONG = frozenset((FilingKind.RETIRED_SETTLED, FilingKind.LONG_RESIDENT, FilingKind.POSTED_WORKER))
_GROUP_WORDS = {FilingGroup.LONG: "异地长期居住人员", FilingGroup.TEMP: "临时外出就医人员"}
_WORDS = {
    FilingKind.RETIRED_SETTLED: "异地安置退休人员",
    FilingKind.LONG_RESIDENT: "异地长期居住人员",
    FilingKind.POSTED_WORKER: "常驻异地工作人员",
    FilingKind.REFERRED: "异地转诊人员",
    FilingKind.EMERGENCY: "异地急诊抢救人员",
    FilingKind.OTHER: "其他临时外出就医人员",
}


@dataclass(frozen=True, slots=True)
class Filing:
    """备案: where a person may be treated on their insured area's account."""

    kind: FilingKind
    area: AreaCode
    begins: date
    ends: date | None

    def holds(self, place: AreaCode, day: date) -> bool:
        """True when the filing covers the care place on that day (S0-27)."""
        in_time = self.begins <= day and (self.ends is None or day <= self.ends)
        return in_time and self.area.covers(place)


@dataclass(frozen=True, slots=True)
class FundAnswer:
    """One row of 2001 ``trtinfo``: will this fund pay, and if not why."""

    fund: str
    """``fund_pay_type``; open set."""
    pays: bool
    """``trt_enjymnt_flag``."""
    reason: str
    """``trt_chk_rslt``: free text, shown word for word when no pattern knows it."""
    filing: Filing | None
    """From the optional ``exp_content`` of sites that send it; None means not told."""

    @property
    def is_pooled(self) -> bool:
        return is_pooled(self.fund)


@dataclass(frozen=True, slots=True)
class ChronicRecognition:
    """One row of 5301: a chronic disease recognised at home."""

    code: str
    name: str
    begins: date | None
    ends: date | None


@dataclass(frozen=True, slots=True)
class YearSum:
    """One row of 5206 ``cuminfo``; ``value`` in fen for sums, whole visits × 100 for counts."""

    insurance: str
    year: str
    code: str
    """``cum_type_code``: D310101 pooled fund, F0000_… costs, C0000_… visits; open set."""
    value: Money
