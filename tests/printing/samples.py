"""Slips of invented people, built as the services will build them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

from msgspec import structs

from desktop.domain.charges import Diagnosis, Trauma
from desktop.domain.credential import CredentialKind
from desktop.domain.identifiers import AreaCode, MdtrtId, Msgid, PsnNo, SetlId, id_check_digit
from desktop.domain.money import ZERO, Money
from desktop.domain.person import Filing, FilingKind, Insurance, Person
from desktop.domain.quantities import Rate
from desktop.domain.split import FundShare, LineSplit, Settlement, Split
from desktop.domain.times import CHINA
from desktop.services.eligibility import ordinary_visit
from printing.forms.f1_settlement_slip import SettlementSlip
from printing.issue import Hospital, Issue, Reprint

SETTLED_AT = datetime(2023, 5, 2, 9, 41, 7, tzinfo=CHINA)
MSGID = Msgid("H43010000112202305020941070101")
ID_NUMBER = "99000019690317421" + id_check_digit("99000019690317421")


def yuan(text: str) -> Money:
    return Money.parse(text)


def line(
    number: int,
    kind: str,
    item_class: str,
    amount: str,
    *,
    own: str = "0",
    over: str = "0",
    first: str = "0",
) -> LineSplit:
    """One line, whose parts add up to the amount."""
    total, full, limit, pre = (yuan(text) for text in (amount, own, over, first))
    return LineSplit(
        line_no=str(number),
        amount=total,
        quantity=None,
        price=None,
        price_limit=None,
        self_pay_rate=None,
        full_self_pay=full,
        over_limit=limit,
        pre_self_pay=pre,
        in_scope=total - full - limit - pre,
        item_class=item_class,
        charge_kind=kind,
        note="",
    )


def split(
    lines: Iterable[LineSplit],
    *,
    fund: str,
    account: str = "0",
    deductible: str = "0",
    rate: str | None = None,
    first_pay: str = "0",
    balance: str | None = None,
    shares: tuple[FundShare, ...] = (),
) -> Split:
    """A split that adds up, of these lines, in which the fund pays ``fund``."""
    every = tuple(lines)
    total = Money.total(each.amount for each in every)
    temporary, paid, from_account = yuan(first_pay), yuan(fund), yuan(account)
    return Split(
        total=total,
        full_self_pay=Money.total(each.full_self_pay or ZERO for each in every),
        over_limit=Money.total(each.over_limit or ZERO for each in every),
        pre_self_pay=Money.total(each.pre_self_pay or ZERO for each in every) + temporary,
        in_scope=Money.total(each.in_scope or ZERO for each in every) - temporary,
        deductible=yuan(deductible),
        pooled_fund=shares[0].paid if shares else paid,
        pooled_rate=Rate(Decimal(rate)) if rate else None,
        civil_servant_fund=ZERO,
        company_fund=ZERO,
        critical_illness_fund=ZERO,
        large_amount_fund=ZERO,
        disabled_fund=None,
        medical_aid=ZERO,
        other_funds=paid - shares[0].paid if shares else ZERO,
        fund_total=paid,
        personal_part=total - paid,
        account=from_account,
        family_account=ZERO,
        cash=total - paid - from_account,
        hospital_part=ZERO,
        account_balance=yuan(balance) if balance else None,
        shares=shares,
    )


def share(fund: str, name: str, paid: str) -> FundShare:
    return FundShare(fund, name, yuan(paid), None, None, "")


def settlement(of: Split) -> Settlement:
    return Settlement(
        split=of,
        psn_no=PsnNo("37080000000000000001234567"),
        mdtrt_id=MdtrtId("430100202305020001234"),
        setl_id=SetlId("430100G0000012345678"),
        msgid=MSGID,
        settled_at=SETTLED_AT,
        person_name="",
        insurance="310",
        person_class="11",
        care_kind="11",
        clearing_agency="430100",
    )


def person(name: str) -> Person:
    return Person(
        psn_no=PsnNo("37080000000000000001234567"),
        name=name,
        cert_type="01",
        cert_no=ID_NUMBER,
        sex="1",
        birth=date(1969, 3, 17),
        nation="01",
        age="54",
        insurances=(EMPLOYEE,),
    )


EMPLOYEE = Insurance("310", AreaCode("370800"), "11", "1", None, civil_servant=False, employer="")

VISIT = replace(
    ordinary_visit(SETTLED_AT.replace(hour=9, minute=2)),
    visit_no="MZ20230502000137",
    department_code="A03",
    department="呼吸内科",
    caty="A03",
    doctor_code="D430100000001",
    doctor_name="李思远",
    diagnoses=(Diagnosis("J06.900", "急性上呼吸道感染"),),
)

HOSPITAL = Hospital(
    "长沙星湖综合医院", "H43010000112", "三级甲等", AreaCode("430100"), "湖南省长沙市"
)


COMPLAINTS = "0731-0000000（医院医保办）"
ISSUE = Issue(HOSPITAL, "0731 王敏", SETTLED_AT.replace(second=19), practice=False)


def slip(name: str, lines: tuple[LineSplit, ...], of: Split) -> SettlementSlip:
    return SettlementSlip(
        issue=ISSUE,
        person=person(name),
        insurance=EMPLOYEE,
        credential=CredentialKind.SOCIAL_SECURITY_CARD,
        visit=VISIT,
        lines=lines,
        uploaded=Money.total(each.amount for each in lines),
        settlement=settlement(of),
    )


def simple(name: str = "张建国") -> SettlementSlip:
    """E13: level 1, in work, the first visit of the year."""
    lines = (
        line(1, "13", "01", "10.00"),
        line(2, "09", "01", "186.00"),
        line(3, "04", "01", "64.00"),
    )
    of = split(lines, fund="112.00", deductible="100.00", rate="0.7", balance="1382.40")
    told = slip(name, lines, of)
    return structs.replace(
        told,
        insured_area_name="山东省济宁市",
        receipt_no="43010123000000456",
        filing=Filing(FilingKind.LONG_RESIDENT, AreaCode("430100"), date(2023, 1, 1), None),
        issue=structs.replace(ISSUE, complaints=COMPLAINTS),
        explanation=(
            "按参保地职工医保门诊共济规则：本年起付标准 100.00 元，本次全部由起付线以内费用抵扣。",
            "起付线以上 160.00 元，由统筹基金按 70% 支付 112.00 元；本年剩余额度 1888.00 元。",
        ),
    )


def mixed() -> SettlementSlip:
    """E27 with a price over its limit, an account, a second fund and a trial mark."""
    lines = (
        line(1, "13", "01", "12.00"),
        line(2, "03", "01", "480.00"),
        line(3, "04", "01", "326.50"),
        line(4, "05", "02", "400.00", first="40.00"),
        line(5, "08", "01", "144.00", over="31.50"),
        line(6, "09", "02", "837.50", first="83.75"),
        line(7, "09", "03", "60.00", own="60.00"),
    )
    shares = (
        share("310100", "", "904.20"),
        share("330100", "职工大额医疗费用补助", "120.00"),
        share("999997", "", "36.40"),
    )
    of = split(
        lines,
        fund="1060.60",
        account="300.00",
        deductible="300.00",
        rate="0.5",
        first_pay="204.48",
        balance="0.00",
        shares=shares,
    )
    told = slip("阿布都热合曼·买买提依明", lines, of)
    return structs.replace(
        told,
        insured_area_name="山东省济宁市",
        filing=Filing(FilingKind.EMERGENCY, AreaCode("430100"), date(2023, 5, 1), None),
        visit=replace(
            VISIT,
            kind="13",
            emergency=True,
            trauma=Trauma.NO_THIRD_PARTY,
            department="急诊医学科",
            diagnoses=(Diagnosis("S52.500", "桡骨下端骨折"), Diagnosis("S60.200", "腕部挫伤")),
        ),
        explanation=(
            "急诊抢救视同已备案，按临时外出就医标准：符合政策范围费用先由个人首先自付 10%。",
            "本年起付标准 300.00 元，本次支付 300.00 元；起付线以上由统筹基金按 50% 支付。",
            "其余基金按参保地规则支付，明细见支付构成。",
        ),
        issue=structs.replace(
            ISSUE, practice=True, complaints=COMPLAINTS, reprint=Reprint(1, "打印机缺纸")
        ),
    )


def long_fund_names() -> SettlementSlip:
    """Names as areas send them, some of which do not fit their column."""
    lines = (line(1, "09", "01", "1000.00"),)
    shares = (
        share("310100", "城镇职工基本医疗保险统筹基金", "300.00"),
        share("330100", "职工大额医疗费用补助基金", "200.00"),
        share("610100", "城乡居民大病保险和医疗救助资金", "100.00"),
        share("630199", "湖南省重特大疾病医疗保险和救助制度倾斜保障专项基金", "50.00"),
    )
    of = split(lines, fund="650.00", rate="0.65", shares=shares)
    return slip("张建国", lines, of)


def every_kind() -> SettlementSlip:
    """Fourteen kinds of charge, millions, many funds, a long name."""
    lines = tuple(
        line(kind, f"{kind:02d}", "02", f"{98765 + 7777 * kind}.43", first="1234.56", over="10.00")
        for kind in range(1, 15)
    )
    shares = (
        share("310100", "职工基本医疗保险统筹基金", "900000.00"),
        share("330100", "", "500000.00"),
        share("320100", "", "123456.78"),
        share("370100", "", "50000.00"),
        share("610100", "", "20000.00"),
        share("620100", "疾病应急救助基金", "10000.00"),
        share("630199", "湖南省重特大疾病医疗保险和救助制度倾斜保障专项基金", "8000.00"),
        share("999997", "", "7000.00"),
    )
    of = split(
        lines,
        fund="1618456.78",
        deductible="300.00",
        rate="0.55",
        shares=shares,
        account="2000.00",
        balance="12345.67",
        first_pay="100000.00",
    )
    name = "买买提依明·阿布都热合曼·吐尔逊江·艾合买提·库尔班尼亚孜"[:30]
    told = slip(name, lines, of)
    return structs.replace(
        told,
        insurance=replace(EMPLOYEE, area=AreaCode("653100")),
        insured_area_name="新疆维吾尔自治区喀什地区",
        explanation=("按参保地规则。",) * 3,
    )
