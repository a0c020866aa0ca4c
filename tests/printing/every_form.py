"""Every form with an invented case, as the services will fill them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace as changed
from datetime import date, datetime, timedelta
from types import MappingProxyType
from typing import Any

from msgspec.structs import replace

from desktop.domain.identifiers import AreaCode, SetlId
from desktop.domain.identity import Document as IdDocument
from desktop.domain.identity import Relation, StandIn
from desktop.domain.money import ZERO, Money
from desktop.domain.split import Settlement, Split
from printing.composer import Rendered, to_pdf
from printing.document import Document
from printing.fonts import Fonts
from printing.forms import (
    f1_settlement_slip,
    f2_month_summary,
    f3_month_detail,
    f4_trauma_letter,
    f5_guide,
    f6_kiosk_slip,
    f7_not_settled,
    f8_deferred,
    f9_unconfirmed,
    f10_case,
    f10_day,
    f10_filing,
    f10_invoice_block,
    f10_money_back,
    f10_self_pay_notice,
    f10_shift,
)
from printing.forms.f2_month_summary import MonthSummary, SummaryLine
from printing.forms.f3_month_detail import DetailLine, MonthDetail
from printing.forms.f4_trauma_letter import TraumaLetter, letter_number
from printing.forms.f5_guide import Guide
from printing.forms.f6_kiosk_slip import KioskSlip
from printing.forms.f7_not_settled import Attempt, NotSettled
from printing.forms.f10_case import CaseSheet
from printing.forms.f10_day import Day, DayDifference, DaySum
from printing.forms.f10_filing import FilingSheet
from printing.forms.f10_invoice_block import InvoiceBlock
from printing.forms.f10_money_back import MoneyBack
from printing.forms.f10_self_pay_notice import SelfPayItem, SelfPayNotice
from printing.forms.f10_shift import Counted, OpenItem, Shift
from printing.forms.waiting import Waiting
from printing.layout import Layouts
from printing.roll import roll_pdf
from tests.printing import samples
from tests.printing.samples import ID_NUMBER, ISSUE, SETTLED_AT, yuan

NAME = "欧阳𬀩"
JINING = "山东省济宁市"
TELLING = replace(ISSUE, complaints=samples.COMPLAINTS)
MOTHER = StandIn("曾小满", IdDocument.ID_CARD, "990000199005201064", Relation.PARENT)


def trauma_letter() -> TraumaLetter:
    return TraumaLetter(
        issue=TELLING,
        number=letter_number("H43010000112", SETTLED_AT.date(), 7),
        name=NAME,
        sex="男",
        id_number=ID_NUMBER,
        insured_area=JINING,
        visit_no="MZ20230502000137",
        visited_at=SETTLED_AT,
        phone="13800000000",
        diagnosis="桡骨下端骨折（S52.500）",
        injured_at="2023年5月1日20时许",
        injured_where="家中楼梯",
        stand_in=MOTHER,
    )


def not_settled() -> NotSettled:
    return NotSettled(
        issue=TELLING,
        number="F7-H43010000112-20230502-003",
        name=NAME,
        id_number=ID_NUMBER,
        insured_area=JINING,
        insurance="职工基本医疗保险",
        visit_no="MZ20230502000137",
        visited_at=SETTLED_AT,
        code="filed-elsewhere",
        reason="参保地登记的备案就医地是“湖南省岳阳市”，不是本院所在地“湖南省长沙市”；参保地没有在今天完成变更。",
        tried=(
            Attempt(SETTLED_AT, "待遇检查 2001", "备案的就医地不是这里", samples.MSGID),
            Attempt(
                SETTLED_AT + timedelta(minutes=34),
                "患者变更备案后重新查询 2001",
                "FSI-异地备案信息不存在[3708][biz_admdvs=430100]，请核实后重试",
                "H43010000112202305021015410204",
            ),
        ),
        claim=(
            "参保地医保经办窗口，或“济宁医保”小程序“异地就医手工报销申报”模块。",
            "需要提交：本单、票据、费用清单、病历（处方）、本人医保码或身份证、银行卡。",
        ),
        total=yuan("617.00"),
        receipt_no="43010123000000456",
        phone="0731-0000000",
    )


def waiting() -> Waiting:
    return Waiting(
        issue=TELLING,
        number="MZ20230502000137-1",
        name=NAME,
        insured_area=JINING,
        visit_no="MZ20230502000137",
        visited_at=SETTLED_AT,
        last_day=date(2023, 5, 9),
        told_how="短信",
        hospital_phone="0731-0000000",
        total=yuan("617.00"),
        deposit=yuan("617.00"),
        phone="138****0000",
        msgid=samples.MSGID,
    )


def summary_line(city: str, kind: str, of_class: str, visits: int, total: str) -> SummaryLine:
    """A group that adds up: the pooled fund pays half, the account a tenth."""
    whole = yuan(total)
    pooled, large = Money(whole.fen // 2), Money(whole.fen // 20)
    account = Money(whole.fen // 10)
    funds = pooled + large
    return SummaryLine(
        batch="202305-430100-01",
        province="山东省",
        city=city,
        insurance=kind,
        person_class=of_class,
        visits=visits,
        total=whole,
        recognised=whole - Money(whole.fen // 50),
        pooled_fund=pooled,
        large_amount=large,
        civil_servant_fund=ZERO,
        medical_aid=ZERO,
        other_funds=ZERO,
        fund_total=funds,
        account=account,
        cash=whole - funds - account,
        refunds=Money(-12345),
        bond=Money(funds.fen // 20),
        claimed=funds - Money(funds.fen // 20),
    )


def month_summary() -> MonthSummary:
    lines = (
        summary_line("济宁市", "职工基本医疗保险", "在职", 214, "128734.56"),
        summary_line("济宁市", "职工基本医疗保险", "退休", 402, "301288.12"),
        summary_line("济宁市", "城乡居民基本医疗保险", "居民（成年）", 187, "77123.45"),
        summary_line("青岛市", "职工基本医疗保险", "退休", 31, "20450.00"),
        replace(
            summary_line("上海市", "职工基本医疗保险", "在职", 12, "9120.80"),
            province="上海市",
            city="",
        ),
    )
    return MonthSummary(TELLING, date(2023, 5, 1), date(2023, 5, 31), lines)


def detail_line(number: int, *, reversed_: bool = False) -> DetailLine:
    """A settlement that adds up, or its reversal."""
    total = 10000 + 731 * number % 90000
    own, over, first = total // 20, total // 50, total // 10
    pooled, other, account = total // 2, total // 30, total // 15
    sign = -1 if reversed_ else 1

    def money(fen: int) -> Money:
        return Money(sign * fen)

    cities = ("济宁市", "青岛市", "烟台市")
    return DetailLine(
        day=date(2023, 5, 1 + number % 28),
        setl_id=f"430100G{number:013d}",
        mdtrt_id=f"4301002023050200{number:06d}",
        receipt_no=f"43010123{number:09d}",
        name=("孔令和", NAME, "阿布都热合曼·买买提依明", "王䶮")[number % 4],
        cert_no=ID_NUMBER,
        province="山东省",
        city=cities[number % 3],
        insurance="职工",
        person_class="退休",
        filing="长期居住",
        care_kind="普通门诊",
        diagnosis=("急性上呼吸道感染", "高血压 M03900", "2型糖尿病性周围神经病 M01600")[number % 3],
        department="A03/D430100000001",
        total=money(total),
        full_self_pay=money(own),
        over_limit=money(over),
        pre_self_pay=money(first),
        in_scope=money(total - own - over - first),
        deductible=money(total // 40),
        pooled_fund=money(pooled),
        other_funds=money(other),
        fund_total=money(pooled + other),
        account=money(account),
        cash=money(total - pooled - other - account),
        marks="急诊" if number % 7 == 0 else "",
        letter="",
        note="退费" if reversed_ else "",
    )


def month_detail(count: int = 60) -> MonthDetail:
    lines = [detail_line(number) for number in range(1, count + 1)]
    lines.append(detail_line(5, reversed_=True))
    return MonthDetail(TELLING, date(2023, 5, 1), lines)


def kiosk_slip() -> KioskSlip:
    slip = samples.simple(NAME)
    return KioskSlip(
        issue=replace(TELLING, operator="自助机03"),
        name=NAME,
        insured_area=JINING,
        settlement=slip.settlement,
        uploaded=slip.uploaded,
        paid_by="微信扫码",
        receipt_no="43010123000000456",
        left_this_year=yuan("1888.00"),
        left_is_estimate=True,
    )


def self_pay_notice() -> SelfPayNotice:
    items = (
        SelfPayItem("人血白蛋白", yuan("428.00"), "10g:50ml", "1", "428.00", "限制使用范围外"),
        SelfPayItem(
            "一次性使用可降解外科补片", yuan("1860.00"), "10×15cm", "1", "1860.00", "全自费"
        ),
        SelfPayItem("特需门诊诊查费", yuan("300.00"), "", "1", "300.00", "目录外"),
    )
    return SelfPayNotice(
        TELLING, "ZF20230502-018", NAME, ID_NUMBER, JINING, "MZ20230502000137", items, "男", "外科"
    )


def turned(settlement: Settlement) -> Settlement:
    """As 2208 answers it."""

    def negative(amount: Money | None) -> Money | None:
        return None if amount is None else -amount

    split = settlement.split
    names = (
        "total", "full_self_pay", "over_limit", "pre_self_pay", "in_scope", "deductible",
        "pooled_fund", "civil_servant_fund", "company_fund", "critical_illness_fund",
        "large_amount_fund", "disabled_fund", "medical_aid", "other_funds", "fund_total",
        "personal_part", "account", "family_account", "cash", "hospital_part",
    )  # fmt: skip
    amounts: dict[str, Any] = {name: negative(getattr(split, name)) for name in names}
    minus: Split = changed(split, **amounts, shares=())
    return changed(settlement, split=minus, setl_id=SetlId("430100G0000012345690"))


def money_back() -> MoneyBack:
    old, new = samples.mixed(), samples.simple()
    cash = (old.settlement.split.cash or ZERO) - (new.settlement.split.cash or ZERO)
    return MoneyBack(
        issue=TELLING,
        number="TF20230503-002",
        name=NAME,
        id_number=ID_NUMBER,
        insured_area=JINING,
        visit_no="MZ20230502000137",
        old=old.settlement,
        old_uploaded=old.uploaded,
        cancelled=turned(old.settlement),
        paid=old.settlement.split.cash or ZERO,
        back=cash,
        reason="检查未做，患者申请退费；其余项目重新结算。",
        new=new.settlement,
        new_uploaded=new.uploaded,
        receipt_no="43010123000000456",
    )


def shift() -> Shift:
    at = datetime(2023, 5, 2, 8, 0, tzinfo=SETTLED_AT.tzinfo)
    return Shift(
        TELLING,
        "白班",
        at,
        at + timedelta(hours=8, minutes=2),
        (
            Counted(
                "结算", 41, yuan("25310.22"), yuan("13722.10"), yuan("2001.00"), yuan("9587.12")
            ),
            Counted("退费", 2, yuan("-617.00"), yuan("-88.79"), ZERO, yuan("-528.21")),
            Counted("押金", 1, ZERO, ZERO, ZERO, yuan("617.00")),
        ),
        (OpenItem("MZ20230502000201", "孔*和", "结算结果待确认", at, "等平台回复，不要重复结算"),),
    )


def day(*, different: bool = True) -> Day:
    sums = (
        DaySum("山东省济宁市", "职工", 30, 30, yuan("18000.00"), yuan("18000.00"), yuan("9000.00"),
               yuan("9000.00")),
        DaySum("山东省济宁市", "居民", 12, 13, yuan("7310.22"), yuan("7520.22"), yuan("4722.10"),
               yuan("4832.10")),
        DaySum("上海市", "职工", 1, None, yuan("99.00"), None, yuan("50.00"), None),
    )  # fmt: skip
    differences = (
        DayDifference(
            "430100G0000012345699", samples.MSGID, "平台有，本院无", "确认无此收费后请平台撤销",
            None, yuan("210.00"),
        ),
    )  # fmt: skip
    if different:
        return Day(TELLING, SETTLED_AT.date(), sums, differences)
    return Day(TELLING, SETTLED_AT.date(), sums[:1])


def filing() -> FilingSheet:
    items = (
        ("本人姓名", NAME),
        ("身份证号", ID_NUMBER),
        ("联系电话", ""),
        ("备案类型", "临时外出就医人员"),
        ("备案城市", "湖南省长沙市"),
    )
    return FilingSheet(TELLING, items, "0537-0000000")


def case() -> CaseSheet:
    facts = (
        ("医疗机构编码", "H43010000112"),
        ("报文号", samples.MSGID),
        ("起于", "2023-05-02 09:41:19"),
        ("中断原因", "超时"),
        ("已经尝试", "7 次"),
        ("最近一次", "没有查到"),
        ("经办人", "0731"),
        ("下次尝试", "2023-05-02 09:52:19"),
        ("期限", "不限，直到查清"),
    )
    return CaseSheet(
        TELLING, "DB-H43010000112-20230502-01001", "结算结果待确认", facts, samples.MSGID
    )


def invoice() -> InvoiceBlock:
    slip = samples.mixed()
    return InvoiceBlock(
        TELLING, slip.settlement, slip.uploaded, "20230502094107000137", "MZ20230502000137",
        SETTLED_AT.date(), "综合医院", "男", "职工基本医疗保险", "37080000000000000001234567",
        "43010123000000456",
    )  # fmt: skip


def guide() -> Guide:
    return Guide(
        TELLING, AreaCode("370800"), JINING, "门诊楼一层6号窗口 0731-0000000", "0537-0000000"
    )


def documents(layouts: Layouts) -> Mapping[str, Document]:
    """Every form that is set on sheets, by the name of its picture."""
    of = layouts.of
    f1 = of(f1_settlement_slip.LAYOUT)
    return MappingProxyType(
        {
            "f1-a5": f1_settlement_slip.settlement_slip(samples.simple(NAME), f1),
            "f1-a5-trial": f1_settlement_slip.settlement_slip(samples.mixed(), f1),
            "f1-a4": f1_settlement_slip.settlement_slip(samples.mixed(), replace(f1, paper="A4")),
            "f2": f2_month_summary.month_summary(month_summary(), of(f2_month_summary.LAYOUT)),
            "f3": f3_month_detail.month_detail(month_detail(), of(f3_month_detail.LAYOUT)),
            "f4": f4_trauma_letter.trauma_letter(trauma_letter(), of(f4_trauma_letter.LAYOUT)),
            "f5-sheet": f5_guide.guide(guide(), of(f5_guide.LAYOUT)),
            "f5-poster": f5_guide.guide(Guide(TELLING, poster=True), of(f5_guide.LAYOUT)),
            "f7": f7_not_settled.not_settled(not_settled(), of(f7_not_settled.LAYOUT)),
            "f8": f8_deferred.deferred_slip(waiting(), of(f8_deferred.LAYOUT)),
            "f9": f9_unconfirmed.unconfirmed_slip(
                replace(waiting(), deposit=None), of(f9_unconfirmed.LAYOUT)
            ),
            "f10-self-pay": f10_self_pay_notice.self_pay_notice(
                self_pay_notice(), of(f10_self_pay_notice.LAYOUT)
            ),
            "f10-money-back": f10_money_back.money_back(money_back(), of(f10_money_back.LAYOUT)),
            "f10-shift": f10_shift.shift_sheet(shift(), of(f10_shift.LAYOUT)),
            "f10-day": f10_day.day_sheet(day(), of(f10_day.LAYOUT)),
            "f10-case": f10_case.case_sheet(case(), of(f10_case.LAYOUT)),
            "f10-filing": f10_filing.filing_sheet(filing(), of(f10_filing.LAYOUT)),
            "f10-invoice": f10_invoice_block.invoice_block(invoice(), of(f10_invoice_block.LAYOUT)),
        }
    )


def papers(layouts: Layouts, fonts: Fonts) -> Mapping[str, Callable[[], Rendered]]:
    """Every form as a PDF, one copy each."""

    def roll() -> Rendered:
        slip = kiosk_slip()
        layout = layouts.of(f6_kiosk_slip.LAYOUT)
        return roll_pdf(f6_kiosk_slip.kiosk_slip(slip, layout), slip.issue, fonts)

    sheets = {
        name: lambda document=document: to_pdf(document, fonts, document.layout.copies[:1])
        for name, document in documents(layouts).items()
    }
    return MappingProxyType({**sheets, "f6": roll})
