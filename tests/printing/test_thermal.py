"""The kiosk slip F6 as lines for a roll: what stands on it, masked, and never too wide."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from desktop.domain.balance import Identity
from desktop.domain.money import Money
from printing.forms.f6_kiosk_slip import LAYOUT, KioskSlip
from printing.forms.f6_kiosk_slip import kiosk_slip as form
from printing.issue import TRIAL, Issue, Reprint
from printing.layout import Layouts
from printing.sound import CannotPrint
from printing.thermal_slip import (
    COLUMNS,
    Code,
    Cut,
    Divider,
    Pair,
    Side,
    TextLine,
    ThermalSlip,
    Words,
    cells,
    in_columns,
)
from tests.printing import samples


def sample(**changes: object) -> KioskSlip:
    slip = samples.mixed()
    issue = Issue(samples.HOSPITAL, "自助机03", samples.ISSUE.printed_at, practice=False)
    told: dict[str, object] = {
        "issue": issue,
        "name": "张小三",
        "insured_area": "山东省济宁市",
        "settlement": slip.settlement,
        "uploaded": slip.uploaded,
        **changes,
    }
    return KioskSlip(**told)  # type: ignore[arg-type]


def kiosk_slip(slip: KioskSlip) -> ThermalSlip:
    return form(slip, Layouts().of(LAYOUT))


def texts(slip: KioskSlip) -> list[str]:
    return [line.text for line in in_columns(kiosk_slip(slip)) if isinstance(line, TextLine)]


def test_the_slip_as_it_comes_out_of_the_printer() -> None:
    lines = texts(sample(paid_by="微信扫码", left_this_year=Money(123456)))
    assert lines == [
        "长沙星湖综合医院",
        "跨省异地就医门诊结算",
        "时间                   2023-05-02 09:41:07",
        "姓名                                 张*三",
        "参保地                        山东省济宁市",
        "结算单号（后八位）                12345678",
        "-" * 42,
        "医疗费总额                         2260.00",
        "医保基金支付                       1060.60",
        "个人账户支付                        300.00",
        "个人现金支付                        899.40",
        "付款方式                          微信扫码",
        "-" * 42,
        "其中 自费                            60.00",
        "其中 先行自付                       328.23",
        "其中 起付                           300.00",
        "本年剩余额度                       1234.56",
        "正式票据请到窗口或电子票据查询",
        "打印 2023-05-02 09:41:19  操作员 自助机03",
    ]


def test_marks_code_and_cut() -> None:
    issue = Issue(
        samples.HOSPITAL,
        "自助机03",
        samples.SETTLED_AT,
        practice=True,
        reprint=Reprint(2, "缺纸"),
        complaints="0731-0000000",
    )
    slip = kiosk_slip(sample(issue=issue, left_this_year=Money(1), left_is_estimate=True))
    printed = in_columns(slip)
    words = [line.text for line in printed if isinstance(line, TextLine)]
    assert words.count(TRIAL) == 2
    assert words.count("补打 第2次（缺纸）") == 2
    assert "咨询投诉：0731-0000000" in words
    assert any(line.startswith("本年剩余额度（估算）") for line in words)
    assert [line.content for line in printed if isinstance(line, Code)] == [samples.MSGID]
    assert isinstance(printed[-1], Cut)


def test_a_slip_without_a_message_id_has_no_code() -> None:
    settlement = replace(samples.mixed().settlement, msgid=None, settled_at=None)
    slip = kiosk_slip(sample(settlement=settlement))
    assert not any(isinstance(command, Code) for command in slip.commands)


def test_a_site_may_leave_out_the_closing_sentence() -> None:
    layout = Layouts().of(LAYOUT)
    silent = structs.replace(layout, foot=structs.replace(layout.foot, closing=""))
    words = [c.text for c in form(sample(), silent).commands if isinstance(c, Words)]
    assert not any("正式票据" in text for text in words)


def test_what_does_not_add_up_is_not_printed() -> None:
    with pytest.raises(CannotPrint) as refused:
        kiosk_slip(sample(uploaded=Money(1)))
    assert refused.value.broken == (Identity.C5,)


def test_nothing_of_a_person_stands_in_a_report_of_a_fault() -> None:
    slip = sample(name="孔令和")
    assert "孔令和" not in repr(slip) + repr(kiosk_slip(slip)) + repr(in_columns(kiosk_slip(slip)))


_TEXT = st.text(st.characters(codec="gb18030", exclude_categories=("C", "Z")), max_size=80)
_SIDES = st.sampled_from(Side)


@given(_TEXT, _TEXT, _SIDES, st.booleans())
def test_no_line_is_too_wide_and_nothing_is_lost(
    one: str, other: str, side: Side, large: bool
) -> None:
    slip = ThermalSlip("T", (Words(one, side, large=large), Divider(), Pair(one, other), Cut()))
    printed = in_columns(slip)
    lines = [line for line in printed if isinstance(line, TextLine)]
    for line in lines:
        assert cells(line.text) <= (COLUMNS // 2 if line.large else COLUMNS)
    said = "".join("".join(line.text.split()) for line in lines)
    assert said == one + "-" * COLUMNS + one + other
