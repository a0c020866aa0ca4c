"""Who was treated where, as labelled cells (F1 blocks 1, 2 and 3); what is not told is absent."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from desktop.domain.identifiers import AreaCode, masked_number
from desktop.domain.person import Person
from printing.document import told
from printing.issue import moment
from printing.parts import Fact
from printing.words import (
    CARE_KINDS,
    CREDENTIALS,
    FILING_GROUPS,
    INSURANCES,
    SEXES,
    TRAUMA,
    person_class,
)

if TYPE_CHECKING:
    from printing.forms.f1_settlement_slip import SettlementSlip

_ID_CARD = "01"


def fact_groups(slip: SettlementSlip) -> tuple[tuple[Fact, ...], ...]:
    """Person, insurance, visit, hospital and year: a row each.

    Who stands in for the person has a row below theirs.
    """
    groups = (_person, _stand_in, _insurance, _visit, _hospital, _year)
    return tuple(tuple(group(slip)) for group in groups)


def slip_head(slip: SettlementSlip) -> tuple[Fact, ...]:
    """The names and times of the document, beside the title."""
    settlement = slip.settlement
    facts = (
        Fact("结算单号", settlement.setl_id or ""),
        Fact("票据号", slip.receipt_no),
        Fact("报文号", settlement.msgid or ""),
        Fact("结算时间", moment(settlement.settled_at) if settlement.settled_at else ""),
        Fact("打印时间", moment(slip.issue.printed_at)),
    )
    return told(facts)


def _person(slip: SettlementSlip) -> Iterator[Fact]:
    person = slip.person
    sex = SEXES.get(person.sex, person.sex)
    id_card = person.cert_type == _ID_CARD
    yield Fact("姓名", person.name, strong=True)
    yield Fact("性别 / 年龄", "  ".join(filter(None, (sex, age(person)))), 2)
    label = "身份证号" if id_card else "证件号码"
    yield Fact(label, masked_number(person.cert_no), key="证件号码")
    yield Fact("人员编号", person.psn_no)


def _stand_in(slip: SettlementSlip) -> Iterator[Fact]:
    stand_in = slip.stand_in
    if stand_in is not None:
        yield Fact("代办人", stand_in.name, strong=True)
        yield Fact("与患者关系", stand_in.relation.words, 2)
        yield Fact(f"代办人{stand_in.document.words}号", stand_in.masked, key="代办人证件号")


def age(person: Person) -> str:
    """Age as told, else the birth date."""
    if person.age:
        return f"{person.age.removesuffix('.0')} 岁"
    return person.birth.isoformat() if person.birth else ""


def _insurance(slip: SettlementSlip) -> Iterator[Fact]:
    insurance = slip.insurance
    yield Fact("参保地", place(insurance.area, slip.insured_area_name))
    yield Fact("险种", INSURANCES.get(insurance.kind, insurance.kind), 2)
    if slip.filing:
        kind = slip.filing.kind
        yield Fact("备案类型", f"{FILING_GROUPS[kind.group]}（{kind.words}）")
    yield Fact("人员类别", person_class(insurance.person_class), 2)
    yield Fact("就诊凭证", CREDENTIALS[slip.credential], 2)


def _visit(slip: SettlementSlip) -> Iterator[Fact]:
    visit = slip.visit
    marks = ("急诊" if visit.emergency else "", TRAUMA.get(visit.trauma, ""))
    yield Fact("医疗类别", CARE_KINDS.get(visit.kind, visit.kind))
    yield Fact("就诊科室", visit.department, 2)
    yield Fact("诊断", "；".join(diagnosis.name for diagnosis in visit.diagnoses))
    yield Fact("慢特病病种", " ".join(filter(None, (visit.disease, slip.disease_name))))
    yield Fact("就诊标志", "、".join(filter(None, marks)))


def _hospital(slip: SettlementSlip) -> Iterator[Fact]:
    hospital = slip.issue.hospital
    yield Fact("医疗机构编码", hospital.code)
    yield Fact("医院级别", hospital.level, 2)
    yield Fact("就医地", place(hospital.area, hospital.area_name))
    yield Fact("就诊ID", slip.settlement.mdtrt_id or "")


def _year(slip: SettlementSlip) -> Iterator[Fact]:
    for figure in slip.year:
        mark = "（估算）" if figure.estimated else ""
        yield Fact(f"本年此前{figure.label}{mark}", figure.amount.yuan(), key="本年此前")


def place(area: AreaCode, name: str) -> str:
    """The name with its code, the code alone where nobody knows the name."""
    return f"{name} {area}".strip()
