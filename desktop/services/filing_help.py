"""What a filing allows and how one is still made: late, in words, by telephone (S3-07…S3-13).

Words from what is known of the insured area, never a decision: the platform decides.
"""

from __future__ import annotations

from datetime import date, timedelta

from msgspec import Struct

from desktop.domain.identifiers import AreaCode
from desktop.domain.person import Filing, FilingGroup, FilingKind
from desktop.domain.times import months_later
from desktop.knowledge.areas import Areas
from desktop.knowledge.guidance import Guidance, Guide

BY_THE_AREA = "以参保地规定为准"


class LateFiling(Struct, frozen=True):
    """Whether a filing made today still covers the fees of a day (S3-10, S3-11)."""

    fee_day: date
    temporary_from: date
    """The start date to choose for a TEMP filing."""
    temporary_known: bool
    """The area is known to take it, whatever the day."""
    long_earliest: date | None
    """The first start date of a LONG filing made today; None: not known."""
    long_covers: bool | None
    words: tuple[str, ...]


def late_filing(fee_day: date, today: date, guide: Guide) -> LateFiling:
    """Compute it and say so; ``fee_day`` is the visit's."""
    earliest = _earliest(today, guide)
    covers = None if earliest is None else earliest <= fee_day
    known = bool(guide.late_temp_any) or fee_day == today
    return LateFiling(
        fee_day=fee_day,
        temporary_from=fee_day,
        temporary_known=known,
        long_earliest=earliest,
        long_covers=covers,
        words=(_temporary(fee_day, today, known), _long(fee_day, earliest, guide)),
    )


def _earliest(today: date, guide: Guide) -> date | None:
    if guide.late_long_days is None:
        return None
    return today - timedelta(days=guide.late_long_days)


def _temporary(fee_day: date, today: date, known: bool) -> str:
    day = f"今天（{fee_day}）" if fee_day == today else f"就诊当天（{fee_day}）"
    rest = "" if known else f"；能否补办{BY_THE_AREA}"
    return f"临时外出就医备案：现在就可以办，开始日期选{day}{rest}。"


def _long(fee_day: date, earliest: date | None, guide: Guide) -> str:
    if earliest is None:
        return f"异地长期居住备案：能否补办、最多往前几日，{BY_THE_AREA}。"
    rule = f"补办最多往前{guide.late_long_days}日，最早{earliest}"
    if earliest <= fee_day:
        return f"异地长期居住备案：开始日期可以选{fee_day}（{rule}）。"
    return f"异地长期居住备案：{rule}，不能覆盖{fee_day}的费用，请改办临时外出就医备案。"


class FilingLock(Struct, frozen=True):
    """Costs under a LONG filing lock it (S3-08); shown once, before the first settlement."""

    free_from: date
    """The first day on which it may be changed again, counted from its start (A14)."""
    months: int
    both_places: bool
    """Whoever filed may settle at home too, without giving the filing up (S3-04)."""


def filing_lock(
    filing: Filing | None, day: date, guide: Guide, *, settled_before: bool
) -> FilingLock | None:
    """The warning that is due on ``day``; None where nothing would be locked anew.

    ``settled_before``: this hospital has settled under the filing already. Costs elsewhere are
    not known here.
    """
    if filing is None or filing.kind.group is not FilingGroup.LONG or settled_before:
        return None
    if guide.lock_months is None:
        return None
    free = months_later(filing.begins, guide.lock_months)
    if free <= day:
        return None
    return FilingLock(free, guide.lock_months, bool(guide.both_places))


def filing_words(filing: Filing, insured: AreaCode, day: date, guidance: Guidance) -> str:
    """The filing as the patient knows it: group, class, since when and how long (S2-15, S3-07)."""
    until = f"至{filing.ends}" if filing.ends else "长期"
    return f"{kind_words(filing.kind, insured, day, guidance)}，{filing.begins}起，{until}"


def kind_words(kind: FilingKind, insured: AreaCode, day: date, guidance: Guidance) -> str:
    """The group where the area has groups by then, with the national class behind it."""
    if not guidance.of(insured, day).grouped:
        return kind.words
    group = kind.group.words
    return kind.words if group in kind.words else f"{group}（{kind.words}）"


def area_mismatch(filing: Filing, place: AreaCode, areas: Areas) -> str:
    """The filed place beside the own one (S0-27); a code where the name is not known."""
    filed = areas.name(filing.area) or str(filing.area)
    return f"备案就医地：{filed}；本院所在地：{areas.name(place) or place}"


class PhoneFiling(Struct, frozen=True):
    """The five data items that a filing by telephone or fax needs, and no more (S2-27)."""

    name: str
    id_number: str
    phone: str
    """"" where the patient has still to tell it."""
    kind: str
    city: str

    def __repr__(self) -> str:
        return "PhoneFiling(…)"

    @property
    def items(self) -> tuple[tuple[str, str], ...]:
        """Label and value, in the order in which they are read out."""
        return (
            ("本人姓名", self.name),
            ("身份证号", self.id_number),
            ("联系电话", self.phone),
            ("备案类型", self.kind),
            ("备案城市", self.city),
        )
