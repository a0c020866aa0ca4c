"""F2 and F3: a month of settlements and their reversals, as the journal has them.

What no transaction tells stays empty: the batch number comes with the declaration (3203), the
reserved deposit (预留保证金) is the agency's. 医保认可费用 is the sum within the policy's scope.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import groupby

from msgspec import Struct
from msgspec.structs import replace

from desktop.domain.charges import Bill, CareVisit
from desktop.domain.discreet import Discreet
from desktop.domain.events import Cancelled, Settled, SettledUnbalanced
from desktop.domain.money import ZERO, Money
from desktop.domain.person import Insurance
from desktop.domain.record import VisitRecord
from desktop.domain.split import Settlement, Split
from desktop.knowledge.areas import Areas
from desktop.ledger.journal import Recorded
from desktop.nhsa.questions.reconciliation import Period
from desktop.services.day_book import visits_of
from desktop.services.form_numbers import TRAUMA_LETTER
from desktop.services.ports import Desk
from printing.forms.f2_month_summary import MonthSummary, SummaryLine
from printing.forms.f3_month_detail import DetailLine, MonthDetail
from printing.issue import Issue
from printing.words import CARE_KINDS, FILING_GROUPS, INSURANCES, TRAUMA, person_class


class Line(Discreet, Struct, frozen=True):
    """A settlement of the month, or the negative one that took it back; amounts in fen."""

    said = ("reversal",)

    detail: DetailLine
    split: Split
    reversal: bool


def month_lines(desk: Desk, period: Period, areas: Areas) -> tuple[Line, ...]:
    """Every settlement of the days, reversals as lines of their own, oldest visit first."""
    told = (desk.told(visit).entries for visit in visits_of(desk, period))
    return tuple(line for entries in told for line in _lines(entries, period, areas))


def detail_of(issue: Issue, month: date, lines: Iterable[Line]) -> MonthDetail:
    """F3."""
    return MonthDetail(issue, month, tuple(line.detail for line in lines))


def summary_of(issue: Issue, period: Period, lines: Iterable[Line]) -> MonthSummary:
    """F2: the same lines by insured area, insurance and kind of person."""
    ordered = sorted(lines, key=_group)
    groups = (tuple(group) for _key, group in groupby(ordered, _group))
    return MonthSummary(issue, period.first, period.last, tuple(map(_summary, groups)))


def _group(line: Line) -> tuple[str, str, str, str]:
    detail = line.detail
    return detail.province, detail.city, detail.insurance, detail.person_class


def _summary(group: Sequence[Line]) -> SummaryLine:
    first = group[0].detail
    splits = [line.split for line in group]
    funds = _sum(split.fund_total for split in splits)
    return SummaryLine(
        batch="",
        province=first.province,
        city=first.city,
        insurance=first.insurance,
        person_class=first.person_class,
        visits=sum(-1 if line.reversal else 1 for line in group),
        total=_sum(split.total for split in splits),
        recognised=_sum(split.in_scope for split in splits),
        pooled_fund=_sum(split.pooled_fund for split in splits),
        large_amount=_sum(_large(split) for split in splits),
        civil_servant_fund=_sum(split.civil_servant_fund for split in splits),
        medical_aid=_sum(split.medical_aid for split in splits),
        other_funds=_sum(_rest(split) for split in splits),
        fund_total=funds,
        account=_sum(split.account for split in splits),
        cash=_sum(split.cash for split in splits),
        refunds=_sum(line.split.total for line in group if line.reversal),
        bond=ZERO,
        claimed=funds,
        hospital_part=_sum(split.hospital_part for split in splits),
    )


def _sum(amounts: Iterable[Money | None]) -> Money:
    return Money.total(amount for amount in amounts if amount is not None)


def _large(split: Split) -> Money:
    return _sum((split.large_amount_fund, split.critical_illness_fund))


def _rest(split: Split) -> Money:
    return _sum((split.company_fund, split.disabled_fund, split.other_funds))


def _lines(entries: Sequence[Recorded], period: Period, areas: Areas) -> Iterator[Line]:
    """The visit as it stood at each of its settlements: a partial refund leaves a smaller bill."""
    record = VisitRecord()
    for recorded in entries:
        before, record = record, record.after(recorded.entry)
        match recorded.entry:
            case Settled(settlement) | SettledUnbalanced(settlement):
                yield from _line(record, settlement, period, areas)
            case Cancelled(Settlement() as negative):
                yield from _line(before, negative, period, areas, reversal=True)


def _line(
    record: VisitRecord,
    settlement: Settlement,
    period: Period,
    areas: Areas,
    *,
    reversal: bool = False,
) -> Iterator[Line]:
    at, bill, insurance = settlement.settled_at, record.bill, record.insurance
    if at is None or not period.holds(at) or bill is None or insurance is None:
        return
    detail = _detail(record, bill, insurance, settlement, areas)
    marked = replace(detail, note="退费") if reversal else detail
    yield Line(marked, settlement.split, reversal)


def _detail(
    record: VisitRecord, bill: Bill, insurance: Insurance, settlement: Settlement, areas: Areas
) -> DetailLine:
    split, visit, person, filing = settlement.split, bill.visit, record.person, record.filing
    assert person is not None
    assert settlement.settled_at is not None
    area, funds = insurance.area, split.fund_total or ZERO
    province = areas.provinces.get(area.province, "")
    pooled = split.pooled_fund or ZERO
    return DetailLine(
        day=settlement.settled_at.date(),
        setl_id=settlement.setl_id or "",
        mdtrt_id=settlement.mdtrt_id or "",
        receipt_no=bill.receipt_no,
        name=person.name,
        cert_no=person.cert_no,
        province=province or area.province,
        city=areas.cities.get(area.code, "") or ("" if province else area.code),
        insurance=INSURANCES.get(insurance.kind, insurance.kind),
        person_class=person_class(insurance.person_class),
        filing=FILING_GROUPS[filing.kind.group] if filing else "",
        care_kind=CARE_KINDS.get(visit.kind, visit.kind),
        diagnosis=_diagnosis(visit),
        department="/".join(filter(None, (visit.department_code, visit.doctor_code))),
        total=split.total or ZERO,
        full_self_pay=split.full_self_pay or ZERO,
        over_limit=split.over_limit or ZERO,
        pre_self_pay=split.pre_self_pay or ZERO,
        in_scope=split.in_scope or ZERO,
        deductible=split.deductible or ZERO,
        pooled_fund=pooled,
        other_funds=_other_funds(split),
        fund_total=funds,
        account=split.account or ZERO,
        cash=split.cash or ZERO,
        hospital_part=split.hospital_part or ZERO,
        marks=_marks(visit),
        letter=visit.trauma_letter or _letter(record),
    )


def _other_funds(split: Split) -> Money:
    """Every fund that was told but the pooled one; a total that is another fails C4."""
    return _sum((split.civil_servant_fund, split.medical_aid, _large(split), _rest(split)))


def _diagnosis(visit: CareVisit) -> str:
    names = "；".join(each.name for each in visit.diagnoses)
    return " ".join(filter(None, (names, visit.disease)))


def _marks(visit: CareVisit) -> str:
    injured = "外伤" if visit.trauma in TRAUMA else ""
    return " ".join(filter(None, ("急诊" if visit.emergency else "", injured)))


def _letter(record: VisitRecord) -> str:
    """The number of the letter that was printed for the visit here."""
    return next((paper.about for paper in record.papers if paper.form == TRAUMA_LETTER), "")
