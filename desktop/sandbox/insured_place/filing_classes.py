"""The classes of people who may file, as the insured areas name them, and their groups by date.

Seed 000 has six classes and seed 001 five, each for itself; from 2022-01-01 Shandong merges them
into two groups (seed 002, K2). The national kind stays behind every class.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from desktop.domain.person import FilingGroup, FilingKind
from desktop.sandbox.insured_place.policy import Period, area_matches


@dataclass(frozen=True, slots=True)
class FilingClass:
    """One class of one area in one time."""

    words: str
    kind: FilingKind
    areas: str
    """Six characters, trailing ``x`` for any digit."""
    period: Period
    grouped: bool
    """False before the merge: the class stands for itself."""
    source: str

    @property
    def group(self) -> FilingGroup | None:
        return self.kind.group if self.grouped else None


_K = FilingKind
_BEFORE = Period(date(2021, 4, 1), date(2021, 12, 31))
_MERGED = Period(date(2022, 1, 1), None)
_HUNAN = Period(date(2021, 5, 14), None)
_JINING = (
    ("异地安置退休人员", _K.RETIRED_SETTLED),
    ("异地长期居住人员", _K.LONG_RESIDENT),
    ("常驻异地工作人员", _K.POSTED_WORKER),
    ("转诊转院人员", _K.REFERRED),
    ("出差、探亲等异地发生急诊人员", _K.EMERGENCY),
    ("其他符合医保规定支付的门诊医疗费用", _K.OTHER),
)
_SHANDONG = (
    ("异地安置退休人员", _K.RETIRED_SETTLED),
    ("常驻异地工作人员", _K.POSTED_WORKER),
    ("长期异地居住人员", _K.LONG_RESIDENT),
    ("外出务工人员", _K.LONG_RESIDENT),
    ("外来就业创业人员", _K.LONG_RESIDENT),
    ("转诊转院人员", _K.REFERRED),
    ("自行外出就医人员", _K.OTHER),
    ("因出差、探亲、旅游等临时在外就医人员", _K.OTHER),
    (FilingGroup.LONG.words, _K.LONG_RESIDENT),
    (FilingGroup.TEMP.words, _K.OTHER),
)
_HUNAN_CLASSES = (
    ("异地安置退休人员", _K.RETIRED_SETTLED),
    ("异地长期居住人员", _K.LONG_RESIDENT),
    ("常驻异地工作人员", _K.POSTED_WORKER),
    ("转诊转院人员", _K.REFERRED),
    ("其他人员", _K.OTHER),
)
CLASSES: Final = (
    *(FilingClass(w, k, "3708xx", _BEFORE, False, "济医保发〔2021〕4号 三") for w, k in _JINING),
    *(
        FilingClass(w, k, "37xxxx", _MERGED, True, "山东 2021-11-18 七大变化 一")
        for w, k in _SHANDONG
    ),
    FilingClass(
        "异地急诊抢救人员",
        _K.EMERGENCY,
        "37xxxx",
        _MERGED,
        True,
        "济宁 2023-11-09 五(一) 「因急诊抢救」; the word for the class is ours",
    ),
    *(
        FilingClass(w, k, "43xxxx", _HUNAN, False, "湘医保发〔2021〕19号 第六条")
        for w, k in _HUNAN_CLASSES
    ),
)


def classes_on(area: str, day: date) -> Iterator[FilingClass]:
    """What an insured area files on that day."""
    return (each for each in CLASSES if area_matches(each.areas, area) and each.period.holds(day))


def class_of(words: str, kind: FilingKind, area: str, day: date) -> FilingClass | None:
    """The class of these words; None when the area has none of that kind on that day."""
    named = (each for each in classes_on(area, day) if each.words == words)
    return next((each for each in named if each.kind is kind), None)


def group_on(kind: FilingKind, area: str, day: date) -> FilingGroup | None:
    """The group of a kind, None while the area still has its classes apart (S0-12, K2)."""
    return next((each.group for each in classes_on(area, day) if each.kind is kind), None)
