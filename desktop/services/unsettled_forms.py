"""What a visit without a settlement says on paper: F4, F7, F8, F9, and the notices of F10."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from desktop.domain.charges import Bill, ChargeLine, Trauma
from desktop.domain.deferral import settle_until
from desktop.domain.events import (
    BenefitsRefused,
    Entry,
    FilingMissing,
    IdentityDoubted,
    LineRefused,
    PaidBySelf,
    PreviewRefused,
    SettlementRefused,
)
from desktop.domain.money import Money
from desktop.domain.notes import REFUSED, RequestAnswered
from desktop.domain.person import FilingGroup, Person
from desktop.domain.problems import ProblemCode
from desktop.domain.record import VisitRecord
from desktop.domain.split import LineSplit
from desktop.domain.visit import State
from desktop.services.case_text import plain_words
from desktop.services.deposits import amount
from desktop.services.filing_help import PhoneFiling
from desktop.services.filling import Filling
from printing.forms.f4_trauma_letter import TraumaLetter
from printing.forms.f7_not_settled import Attempt, NotSettled
from printing.forms.f10_filing import FilingSheet
from printing.forms.f10_self_pay_notice import SelfPayItem, SelfPayNotice
from printing.forms.waiting import Waiting
from printing.words import INSURANCES, SEXES

_NO = (
    *(BenefitsRefused, FilingMissing, IdentityDoubted, LineRefused, PaidBySelf),
    *(PreviewRefused, SettlementRefused),
)
_UNDECIDED = frozenset((State.UNKNOWN, State.DEFERRED_UNKNOWN, State.REVERSING))
_PAYS_ALONE = frozenset((State.SELF_PAY, State.REFUSED, State.NEEDS_FILING, State.DEFERRED))
_TOLD_HOW = "电话"
_TO_WRITE_ON = "＿" * 10
_TRANSACTIONS = {
    "1101": "查询参保信息",
    "2001": "待遇检查",
    "2201": "挂号",
    "2203": "上传就诊信息",
    "2204": "上传费用明细",
    "2206": "预结算",
    "2207": "结算",
    "5301": "查询慢特病备案",
}


def wants_letter(record: VisitRecord) -> bool:
    """An injury of which the hospital says that no third party is liable (B17)."""
    bill = record.bill
    return bill is not None and bill.visit.trauma is Trauma.NO_THIRD_PARTY


def letter_of(filling: Filling) -> TraumaLetter:
    """Signed before anything is asked: where the centre named nobody yet, as the hospital knows
    the patient.
    """
    person, bill = filling.record.person, _bill(filling)
    visit, patient = bill.visit, bill.patient
    sex = person.sex if person else patient.sex
    return TraumaLetter(
        issue=filling.issue,
        number=filling.number,
        name=person.name if person else patient.name,
        sex=SEXES.get(sex, sex),
        id_number=person.cert_no if person else patient.id_number,
        insured_area=filling.insured_area,
        visit_no=visit.visit_no,
        visited_at=visit.began,
        diagnosis="；".join(f"{each.name}（{each.code}）" for each in visit.diagnoses),
        doctor=visit.doctor_name,
        stand_in=filling.record.stand_in,
    )


def is_not_settled(record: VisitRecord) -> bool:
    """Somebody is known who has to pay for themselves, or whom the platform refused."""
    if record.person is None or record.effectively_settled or record.state in _UNDECIDED:
        return False
    return record.state in _PAYS_ALONE


def not_settled_of(filling: Filling) -> NotSettled:
    """The reason in the platform's own words where it gave some; every request as it was tried."""
    record, person = filling.record, _person(filling)
    bill, insurance = record.bill, record.insurance
    code, reason = _why(filling)
    return NotSettled(
        issue=filling.issue,
        number=filling.number,
        name=person.name,
        id_number=person.cert_no,
        insured_area=filling.insured_area,
        insurance=INSURANCES.get(insurance.kind, insurance.kind) if insurance else "",
        visit_no=filling.visit_no,
        visited_at=filling.visited_at,
        code=code,
        reason=reason,
        tried=tuple(_tried(filling)),
        documents=_documents(bill),
        claim=tuple(_claim(filling)),
        total=bill.total if bill else None,
        receipt_no=bill.receipt_no if bill else "",
        phone=filling.letterhead.phone,
    )


def is_deferred(record: VisitRecord) -> bool:
    return record.state is State.DEFERRED and record.deferred is not None and _known(record)


def is_undecided(record: VisitRecord) -> bool:
    """Sent, and nobody knows what became of it (B29, B30)."""
    return record.state in _UNDECIDED and _known(record)


def waiting_of(filling: Filling) -> Waiting:
    """F8 and F9: the patient goes before the settlement is there."""
    record, person, bill = filling.record, _person(filling), _bill(filling)
    deferred = record.deferred
    return Waiting(
        issue=filling.issue,
        number=filling.number,
        name=person.name,
        insured_area=filling.insured_area,
        visit_no=bill.visit.visit_no,
        visited_at=bill.visit.began,
        last_day=deferred.until if deferred else _last_day(filling, bill),
        told_how=_TOLD_HOW,
        hospital_phone=filling.letterhead.phone or _TO_WRITE_ON,
        total=bill.total,
        deposit=record.deposit or amount(record.counted),
        msgid=record.msgid or "",
    )


def has_self_pay(record: VisitRecord) -> bool:
    """The platform told of lines that no fund pays (2204)."""
    return record.person is not None and bool(list(_self_pay(record)))


def self_pay_of(filling: Filling) -> SelfPayNotice:
    person, bill = _person(filling), _bill(filling)
    return SelfPayNotice(
        issue=filling.issue,
        number=filling.number,
        name=person.name,
        id_number=person.cert_no,
        insured_area=filling.insured_area,
        visit_no=bill.visit.visit_no,
        items=tuple(_item(line, split, own) for line, split, own in _self_pay(filling.record)),
        sex=SEXES.get(person.sex, person.sex),
        department=bill.visit.department,
    )


def may_file(record: VisitRecord) -> bool:
    """Known, and no filing holds here (S2-27)."""
    return record.person is not None and record.insurance is not None and record.filing is None


def filing_of(filling: Filling) -> FilingSheet:
    """The five data items, read out on the telephone."""
    person, hospital = _person(filling), filling.issue.hospital
    data = PhoneFiling(
        name=person.name,
        id_number=person.cert_no,
        phone="",
        kind=FilingGroup.TEMP.words,
        city=hospital.area_name or str(hospital.area),
    )
    return FilingSheet(filling.issue, data.items, filling.guide.phone)


def _known(record: VisitRecord) -> bool:
    return record.person is not None and record.bill is not None


def _person(filling: Filling) -> Person:
    assert filling.record.person is not None
    return filling.record.person


def _bill(filling: Filling) -> Bill:
    assert filling.record.bill is not None
    return filling.record.bill


def _last_day(filling: Filling, bill: Bill) -> date:
    """As of a bill that is deferred now, should nothing turn out to be booked."""
    return settle_until(filling.issue.printed_at.date(), bill.visit.began.date())


def _why(filling: Filling) -> tuple[str, str]:
    """Code and words of the last no."""
    record = filling.record
    said = [each.entry for each in filling.told.entries if isinstance(each.entry, _NO)]
    reasons = [_reason(entry) for entry in said]
    code = next((code for code, _words in reversed(reasons) if code), "")
    words = next((words for _code, words in reversed(reasons) if words), "")
    if not code and record.deferred:
        code = record.deferred.outage
    return code or "self-pay", words or _message(code) or (
        record.deferred.reason if record.deferred else "患者自费结算"
    )


def _reason(entry: Entry) -> tuple[str, str]:
    match entry:
        case PaidBySelf(reason):
            return "", reason
        case LineRefused(text):
            return "line-refused", text
        case IdentityDoubted(problem):
            return problem, _message(problem)
        case (
            BenefitsRefused(problem, text)
            | FilingMissing(problem, text)
            | PreviewRefused(problem, text)
            | SettlementRefused(problem, text)
        ):
            message = _message(problem)
            return problem, f"{message}：{text}" if message and text else message or text
        case _:
            return "", ""


def _message(code: str) -> str:
    kind = ProblemCode.of(code)
    return kind.message if kind else ""


def _tried(filling: Filling) -> Iterator[Attempt]:
    """What the journal has of requests, and what the platform said before it was asked to book."""
    for recorded in filling.told.entries:
        entry = recorded.entry
        if isinstance(entry, RequestAnswered):
            what = " ".join(filter(None, (_TRANSACTIONS.get(entry.infno, ""), entry.infno)))
            yield Attempt(recorded.at, what, _answer(entry), entry.msgid)
        elif isinstance(entry, BenefitsRefused | FilingMissing):
            yield Attempt(recorded.at, "待遇检查 2001", _reason(entry)[1])
        elif isinstance(entry, PreviewRefused):
            yield Attempt(recorded.at, "预结算 2206", _reason(entry)[1])
        elif isinstance(entry, SettlementRefused):
            yield Attempt(recorded.at, "结算 2207", _reason(entry)[1])


def _answer(entry: RequestAnswered) -> str:
    word = "平台不受理" if entry.outcome == REFUSED else _OUTCOMES.get(entry.outcome, entry.outcome)
    text = " ".join(plain_words(entry.text))
    return f"{word}：{text}" if text else word


_OUTCOMES = {
    "accepted": "成功",
    "not-sent": "没有发出去",
    "unknown": "没有回答",
    "undone": "已撤销",
}


def _documents(bill: Bill | None) -> tuple[tuple[str, bool], ...]:
    """What the hospital hands over: a receipt only where it has a number."""
    receipt = bool(bill and bill.receipt_no)
    emergency = bool(bill and bill.visit.emergency)
    return (("票据", receipt), ("费用清单", False), ("病历/处方", False), ("急诊证明", emergency))


def _claim(filling: Filling) -> Iterator[str]:
    guide = filling.guide
    yield (
        f"{guide.manual_claim}。"
        if guide.manual_claim
        else (f"{filling.insured_area or '参保地'}医保经办窗口，或按参保地规定的其他途径。")
    )
    yield "需要提交：本单、票据、费用清单、病历（处方）、本人医保码或身份证、银行卡；以参保地规定为准。"
    if guide.phone:
        yield f"参保地医保电话：{guide.phone}。"


def _self_pay(record: VisitRecord) -> Iterator[tuple[ChargeLine, LineSplit, Money]]:
    """Lines of which something is paid by nobody else, as the platform split them."""
    lines = {line.line_no: line for line in record.bill.lines} if record.bill else {}
    for split in record.lines:
        line, own = lines.get(split.line_no), split.full_self_pay
        if line is not None and own:
            yield line, split, own


def _item(line: ChargeLine, split: LineSplit, own: Money) -> SelfPayItem:
    part = "" if own == line.amount else f"（总额 {line.amount} 元中的自费部分）"
    return SelfPayItem(
        name=line.name,
        amount=own,
        quantity=f"{line.quantity.value.normalize():f}",
        price=f"{line.price.value.normalize():.2f}",
        reason=(split.note or "全自费") + part,
    )
