"""Who was treated where, as labelled cells (F1 blocks 1, 2 and 3); what is not told is absent."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from desktop.domain.discreet import Discreet
from desktop.domain.identifiers import AreaCode, masked_number
from desktop.domain.person import Person
from printing.issue import moment
from printing.slip import SettlementSlip
from printing.words import (
    CARE_KINDS,
    CREDENTIALS,
    FILING_GROUPS,
    INSURANCES,
    SEXES,
    TRAUMA,
    person_class,
)

_ID_CARD = "01"


class Cell(Discreet, Struct, frozen=True):
    """A label over a value; ``span`` is the width it would like, in twelfths of the page."""

    said = ("label", "span", "strong")

    label: str
    value: str
    span: int = 3
    strong: bool = False


def cell_groups(slip: SettlementSlip) -> tuple[tuple[Cell, ...], ...]:
    """Person, insurance, visit, hospital and year: a row each, without the empty cells.

    Who stands in for the person has a row below theirs.
    """
    groups = (
        _person(slip),
        _stand_in(slip),
        _insurance(slip),
        _visit(slip),
        _hospital(slip),
        _year(slip),
    )
    told = (tuple(cell for cell in group if cell.value) for group in groups)
    return tuple(group for group in told if group)


def head_facts(slip: SettlementSlip) -> tuple[Cell, ...]:
    """The names and times of the document, beside the title."""
    settlement = slip.settlement
    facts = (
        Cell("结算单号", settlement.setl_id or ""),
        Cell("票据号", slip.receipt_no),
        Cell("报文号", settlement.msgid or ""),
        Cell("结算时间", moment(settlement.settled_at) if settlement.settled_at else ""),
        Cell("打印时间", moment(slip.printed_at)),
    )
    return tuple(fact for fact in facts if fact.value)


def _person(slip: SettlementSlip) -> Iterator[Cell]:
    person = slip.person
    sex = SEXES.get(person.sex, person.sex)
    id_card = person.cert_type == _ID_CARD
    yield Cell("姓名", person.name, strong=True)
    yield Cell("性别 / 年龄", "  ".join(filter(None, (sex, _age(person)))), 2)
    yield Cell("身份证号" if id_card else "证件号码", masked_number(person.cert_no))
    yield Cell("人员编号", person.psn_no)


def _stand_in(slip: SettlementSlip) -> Iterator[Cell]:
    stand_in = slip.stand_in
    if stand_in is not None:
        yield Cell("代办人", stand_in.name, strong=True)
        yield Cell("与患者关系", stand_in.relation.words, 2)
        yield Cell(f"代办人{stand_in.document.words}号", stand_in.masked)


def _age(person: Person) -> str:
    """Age as told, else the birth date."""
    if person.age:
        return f"{person.age.removesuffix('.0')} 岁"
    return person.birth.isoformat() if person.birth else ""


def _insurance(slip: SettlementSlip) -> Iterator[Cell]:
    insurance = slip.insurance
    yield Cell("参保地", _area(insurance.area, slip.insured_area_name))
    yield Cell("险种", INSURANCES.get(insurance.kind, insurance.kind), 2)
    if slip.filing:
        kind = slip.filing.kind
        yield Cell("备案类型", f"{FILING_GROUPS[kind.group]}（{kind.words}）")
    yield Cell("人员类别", person_class(insurance.person_class), 2)
    yield Cell("就诊凭证", CREDENTIALS[slip.credential], 2)


def _visit(slip: SettlementSlip) -> Iterator[Cell]:
    visit = slip.visit
    marks = ("急诊" if visit.emergency else "", TRAUMA.get(visit.trauma, ""))
    yield Cell("医疗类别", CARE_KINDS.get(visit.kind, visit.kind))
    yield Cell("就诊科室", visit.department, 2)
    yield Cell("诊断", "；".join(diagnosis.name for diagnosis in visit.diagnoses))
    yield Cell("慢特病病种", " ".join(filter(None, (visit.disease, slip.disease_name))))
    yield Cell("就诊标志", "、".join(filter(None, marks)))


def _hospital(slip: SettlementSlip) -> Iterator[Cell]:
    hospital = slip.hospital
    yield Cell("医疗机构编码", hospital.code)
    yield Cell("医院级别", hospital.level, 2)
    yield Cell("就医地", _area(hospital.area, hospital.area_name))
    yield Cell("就诊ID", slip.settlement.mdtrt_id or "")


def _year(slip: SettlementSlip) -> Iterator[Cell]:
    for figure in slip.year:
        yield Cell(f"本年此前{figure.label}", figure.amount.yuan())


def _area(area: AreaCode, name: str) -> str:
    return f"{name} {area}".strip()
