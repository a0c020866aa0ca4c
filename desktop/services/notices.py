"""What a patient hears although the settlement goes on (visit.md B16, B17, B20)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from typing import Final, Protocol

from msgspec import Struct
from msgspec.structs import replace

from desktop.domain.charges import EMERGENCY, CareVisit, Trauma
from desktop.domain.identifiers import AreaCode
from desktop.domain.person import Filing, FilingGroup, Person
from desktop.domain.record import VisitRecord
from desktop.knowledge.guidance import Guidance, Guide
from desktop.ledger.journal import VisitId
from desktop.ledger.papers import PaperFacts, Search
from desktop.services.filing_help import BY_THE_AREA, filing_lock
from desktop.services.ports import Desk
from desktop.services.stumbling import readable

_INJURY = ("S", "T")
"""ICD-10 chapters of injuries (B17)."""
_LOCK: Final = (
    "长期备案下第一次结算后，在{0}之前（备案满{1}个月）不能变更或取消这项备案，以参保地规定为准。"
)
_LOCK_BUT_HOME: Final = (
    "长期备案下第一次结算后，在{0}之前（备案满{1}个月）不能变更或取消这项备案，以参保地规定为准。"
    "备案期间回参保地就医，不用取消备案。"
)
_DEEMED: Final = "急诊抢救未备案的视同已备案，按临时外出就医人员待遇标准结算。"
_DEEMED_BY_THE_AREA: Final = (
    f"急诊抢救未备案的视同已备案，按临时外出就医人员待遇标准结算（{BY_THE_AREA}）。"
)
_TEMPORARY: Final = "按临时外出就医人员待遇结算，个人先多付一部分（首先自付或降低支付比例）。"
_TRAUMA: Final = "诊断是外伤，请医生确认有无第三方责任并在医院系统标明。"
SENTENCES: Final = (_LOCK, _LOCK_BUT_HOME, _DEEMED, _DEEMED_BY_THE_AREA, _TEMPORARY, _TRAUMA)
"""Everything that a notice may say, with gaps; a window may say it otherwise."""


class Tells(StrEnum):
    """The closed set of notices."""

    LOCK = "lock"
    DEEMED_FILED = "deemed-filed"
    TEMPORARY = "temporary"
    MAYBE_TRAUMA = "maybe-trauma"


class Notice(Struct, frozen=True):
    """One thing to say."""

    tells: Tells
    said: str
    """One of :data:`SENTENCES`."""
    values: tuple[str, ...] = ()
    """What its gaps hold."""

    @property
    def words(self) -> str:
        return self.said.format(*self.values)


class Told(Struct, frozen=True):
    """What 2001 and the bill told."""

    visit: CareVisit
    filing: Filing | None
    """From the site's extension of 2001; None where it is not told."""
    insured: AreaCode
    place: AreaCode
    settled_before: bool
    """This hospital has settled under the filing already."""


class Hears(Struct, frozen=True):
    """Whose visit, as it stands now: not all of it needs to be on disk yet."""

    visit: VisitId
    record: VisitRecord
    assumed: CareVisit | None = None
    """Stands in while there is no bill."""


class Archive(Protocol):
    """The part of the journal that keeps papers."""

    def papers(self, search: Search) -> Sequence[PaperFacts]: ...


def notices_of(
    desk: Desk, archive: Archive, guidance: Guidance, hears: Hears
) -> tuple[Notice, ...]:
    """What the person of a visit hears; () before they, their insurance and a bill are known."""
    record = hears.record
    care = record.bill.visit if record.bill else hears.assumed
    if care is None or record.person is None or record.insurance is None:
        return ()
    told = Told(care, record.filing, record.insurance.area, desk.place, settled_before=False)
    found = notices(told, desk.clock().date(), guidance)
    if any(notice.tells is Tells.LOCK for notice in found):
        before = _settled_before(desk, archive, hears, record.person)
        found = notices(replace(told, settled_before=before), desk.clock().date(), guidance)
    return found


def _settled_before(desk: Desk, archive: Archive, hears: Hears, person: Person) -> bool:
    """By the papers of this person: a settlement without any, or that nobody can read, is told of once
    more.
    """
    filing = hears.record.filing
    assert filing is not None
    papers = archive.papers(Search(id_number=person.cert_no, first=filing.begins))
    others = {VisitId(paper.visit) for paper in papers} - {hears.visit}
    read = (readable(desk, other) for other in others)
    records = (told.record for told in read if told is not None)
    return any(seen.effectively_settled and seen.filing == filing for seen in records)


def notices(told: Told, today: date, guidance: Guidance) -> tuple[Notice, ...]:
    """What is to be said before the first key is pressed; () most of the time."""
    guide = guidance.of(told.insured, today)
    then = guidance.of(told.insured, told.visit.began.date())
    found = (_lock(told, today, guide), _deemed(told, guide), _temporary(told, then), _trauma(told))
    return tuple(notice for notice in found if notice)


def _lock(told: Told, today: date, guide: Guide) -> Notice | None:
    covering = told.filing if _covers(told) else None
    lock = filing_lock(covering, today, guide, settled_before=told.settled_before)
    if lock is None:
        return None
    said = _LOCK_BUT_HOME if lock.both_places else _LOCK
    return Notice(Tells.LOCK, said, (lock.free_from.isoformat(), str(lock.months)))


def _covers(told: Told) -> bool:
    return told.filing is not None and told.filing.holds(told.place, told.visit.began.date())


def _deemed(told: Told, guide: Guide) -> Notice | None:
    """S3-13: no filing is needed, and the benefit is that of temporary stays (A15)."""
    if not (_is_emergency(told.visit) and told.visit.emergency) or _covers(told):
        return None
    sure = guide.emergency_deemed_filed
    return Notice(Tells.DEEMED_FILED, _DEEMED if sure else _DEEMED_BY_THE_AREA)


def _temporary(told: Told, then: Guide) -> Notice | None:
    """S2-23: temporary stays pay a share first, or at a lower ratio, as the area has it.

    ``then`` is what is known of the day of the visit, whose rules count (A12).
    """
    if not _covers(told) or told.filing is None or then.temporary_pays_more is False:
        return None
    if told.filing.kind.group is not FilingGroup.TEMP:
        return None
    return Notice(Tells.TEMPORARY, _TEMPORARY)


def _trauma(told: Told) -> Notice | None:
    """S3-16: the doctor confirms; the cashier only asks that somebody does."""
    if told.visit.trauma is not Trauma.NONE or not _is_injury(told.visit):
        return None
    return Notice(Tells.MAYBE_TRAUMA, _TRAUMA)


def _is_injury(visit: CareVisit) -> bool:
    return any(diagnosis.code.startswith(_INJURY) for diagnosis in visit.diagnoses)


def _is_emergency(visit: CareVisit) -> bool:
    return visit.kind.startswith(EMERGENCY)
