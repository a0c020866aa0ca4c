"""The settlement slip F1: the platform's figures, only they, once, in a sound PDF."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import structs

from desktop.domain.balance import Identity
from desktop.domain.identifiers import Msgid, SetlId
from desktop.domain.money import ZERO, Money, in_words
from desktop.domain.split import LineSplit, Split
from printing.composer import write_whole
from printing.elements import A5_LANDSCAPE, CaseCode, Text
from printing.fonts import Fonts
from printing.forms.f1_settlement_slip import SettlementSlip, YearFigure
from printing.issue import TRIAL
from printing.sound import CannotPrint, Untold
from printing.words import CHARGE_KINDS
from tests.printing import samples
from tests.printing.conftest import Printed, compose, poppler, render

Print = Callable[[SettlementSlip], Printed]


TITLE = "基本医疗保险跨省异地就医门诊医疗费用结算单"
LONG = "库尔班尼亚孜·买买提依明" * 4
SAMPLES = (
    samples.simple(),
    samples.simple("王"),
    samples.simple(LONG),
    samples.simple("Jean-Pierre Müller of a very long Latin name that must be broken"),
    samples.mixed(),
    samples.every_kind(),
    samples.long_fund_names(),
)


def with_split(slip: SettlementSlip, of: Split) -> SettlementSlip:
    return structs.replace(slip, settlement=replace(slip.settlement, split=of))


def test_the_amounts_are_those_of_the_platform(printed: Print) -> None:
    slip = samples.mixed()
    paper, split = printed(slip), slip.settlement.split
    told = {
        "全自费": "60.00",
        "先行自付": "328.23",
        "其中 乙类先行自付": "123.75",
        "其中 临时外出首先自付": "204.48",
        "符合政策范围": "1840.27",
        "本次起付": "300.00",
        "统筹支付比例": "50%",
        "职工医保统筹基金": "904.20",
        "职工大额医疗费用补助": "120.00",
        "个人负担合计": "1199.40",
        "个人账户余额": "0.00",
        "个人现金支付": "899.40",
        "大写": "捌佰玖拾玖元肆角整",
    }
    columns = ("全自费", "先行自付")  # these words are also heads of the table
    assert {label: paper.figure(label) for label in told if label not in columns} == {
        label: text for label, text in told.items() if label not in columns
    }
    for label in columns:
        assert re.search(rf"{label} +{told[label]}", paper.text)
    for amount in (split.total, split.fund_total, split.account):
        assert amount is not None
        assert amount.yuan() in paper.words


def test_fees_by_kind_add_up_over_the_lines(printed: Print) -> None:
    rows = {
        words[0]: words[1:7]
        for words in map(str.split, printed(samples.mixed()).text.splitlines())
        if words
    }
    assert rows["西药费"] == ["897.50", "0.00", "837.50", "60.00", "0.00", "83.75"]
    assert rows["合计"] == ["2260.00", "962.50", "1237.50", "60.00", "31.50", "123.75"]


@pytest.mark.req("S1-34")
def test_an_unknown_fund_is_shown_by_its_code(printed: Print) -> None:
    """House rule 5: codes are open sets."""
    assert printed(samples.mixed()).figure("999997") == "36.40"


def test_funds_that_do_not_add_up_give_way_to_the_fund_fields(printed: Print) -> None:
    """C7 only warns; then the platform's own sums are printed."""
    slip = samples.simple()
    odd = (samples.share("310100", "统筹甲", "1.00"),)
    paper = printed(with_split(slip, replace(slip.settlement.split, shares=odd)))
    assert paper.figure("统筹基金") == "112.00"
    assert "统筹甲" not in paper.text


def test_nothing_stands_on_the_paper_twice(printed: Print) -> None:
    slip = structs.replace(samples.mixed(), explanation=())
    paper = printed(slip)
    once = (
        TITLE,
        TRIAL,
        "个人现金支付",
        "医疗费总额",
        "医保基金支付",
        "个人账户支付",
        "大写",
        "姓名",
        "符合政策范围",
        "本次起付",
        "个人负担合计",
        slip.person.name,
        "结算单号",
        "补打 第1次",
        "补打原因",
        "收费员",
    )
    assert {word: paper.text.count(word) for word in once} == dict.fromkeys(once, 1)


def test_a_long_fund_name_is_set_smaller_or_broken_in_halves(printed: Print) -> None:
    """Never a last character by itself."""
    slip = samples.long_fund_names()
    paper = printed(slip)
    halves = ("湖南省重特大疾病医疗保险和", "救助制度倾斜保障专项基金")
    whole = [share.name for share in slip.settlement.split.shares if share.name != "".join(halves)]
    assert len(whole) == 3
    for share in slip.settlement.split.shares:
        if share.name in whole:
            assert paper.figure(share.name) == share.paid.yuan()
    assert halves[0] in paper.words
    assert paper.figure(halves[1]) == "50.00"


def test_a_fund_name_of_any_length_is_printed_whole(printed: Print) -> None:
    name = "湖南省城乡居民重特大疾病医疗保险和救助制度倾斜保障专项基金" * 3
    slip = samples.long_fund_names()
    first, *others = slip.settlement.split.shares
    shares = (replace(first, name=name), *others)
    text = printed(with_split(slip, replace(slip.settlement.split, shares=shares))).text
    assert sum(name[at : at + 5] in text for at in range(0, len(name), 5)) > 8


def test_zero_cash_is_printed_as_zero(printed: Print) -> None:
    lines = (samples.line(1, "09", "01", "80.00"),)
    paper = printed(samples.slip("张建国", lines, samples.split(lines, fund="50", account="30")))
    assert paper.figure("个人现金支付") == "0.00"
    assert paper.figure("大写") == "零元整"


def test_what_was_not_told_is_left_out(printed: Print) -> None:
    """A null amount is not zero (what-the-desk-knows)."""
    lines = tuple(replace(each, over_limit=None, item_class="") for each in samples.simple().lines)
    of = replace(
        samples.simple().settlement.split,
        over_limit=None,
        deductible=None,
        pooled_rate=None,
        account_balance=None,
        hospital_part=None,
        pre_self_pay=None,
    )
    slip = samples.slip("张建国", lines, of)
    bare = structs.replace(slip, settlement=replace(slip.settlement, msgid=None, settled_at=None))
    text = printed(bare).text
    absent = (
        "超限价",
        "甲类",
        "乙类",
        "本次起付",
        "起付标准",
        "支付比例",
        "余额",
        "备案类型",
        "票据号",
        "慢特病",
        "就诊标志",
        "医院负担",
        "共济",
        "说明",
        "咨询",
        "报文号",
        "结算时间",
        "本年",
        "None",
        TRIAL,
        "补打",
        "首先自付",
    )
    assert [word for word in absent if word in text] == []


def test_signs_stand_only_between_figures_that_make_the_sum(printed: Print) -> None:
    slip = samples.simple()
    assert "=" in printed(slip).words
    untold = replace(slip.settlement.split, account=None)
    assert "=" not in printed(with_split(slip, untold)).words


def test_without_an_age_the_birth_date_is_shown(printed: Print) -> None:
    slip = samples.simple()
    assert "1969-03-17" in printed(structs.replace(slip, person=replace(slip.person, age=""))).text


def test_a_word_longer_than_the_page_is_broken(printed: Print) -> None:
    word = "https://example.invalid/" + "x" * 300
    text = printed(structs.replace(samples.simple(), explanation=(word,))).text
    assert word in "".join(text.split())


@pytest.mark.req("S0-10")
def test_optional_things_are_shown_when_told(printed: Print) -> None:
    slip = samples.simple()
    split = replace(slip.settlement.split, family_account=ZERO, hospital_part=Money(500))
    split = replace(split, personal_part=Money(14300), cash=Money(14300))
    told = structs.replace(
        with_split(slip, split),
        year=(YearFigure("统筹支付", Money(123456)),),
        deductible_standard=Money(10000),
        visit=replace(slip.visit, disease="M03900"),
        disease_name="高血压",
    )
    text = printed(told).text
    shown = (
        "本年此前统筹支付",
        "1234.56",
        "起付标准",
        "M03900 高血压",
        "医院负担",
        "5.00",
        "备案类型",
        "长期居住（异地长期居住人员）",
        "43010123000000456",
        "三级甲等",
        "山东省济宁市 370800",
    )
    assert [word for word in shown if word not in text] == []


def test_numbers_of_a_person_are_masked(printed: Print) -> None:
    text = printed(samples.simple()).text
    assert "990000********421" in text
    assert samples.ID_NUMBER not in text


def test_a_crowded_slip_goes_on_with_its_head_on_page_two(printed: Print) -> None:
    practice = structs.replace(samples.ISSUE, practice=True)
    slip = structs.replace(samples.every_kind(), issue=practice)
    paper = printed(slip)
    first, second = paper.text.split("\f")[:2]
    assert paper.rendered.pages == 2
    assert [kind for kind in CHARGE_KINDS.values() if kind not in paper.text] == []
    assert [s.paid.yuan() for s in slip.settlement.split.shares if s.paid.yuan() not in first] == []
    assert "第1页/共2页" in first.replace(" ", "")
    assert "第2页/共2页" in second.replace(" ", "")
    for part in (first, second):
        assert TITLE in part
        assert slip.person.name in part
        assert TRIAL in part
    assert "2199301.02" in first
    assert "参保人（或家属）签字" in second


def test_what_stands_alone_on_page_two_stands_at_its_head(fonts: Fonts) -> None:
    """The places to sign sink to the foot only below something else."""
    second = compose(samples.every_kind(), fonts)[1]
    explained = next(y for e, y in second if isinstance(e, Text) and e.line.text == "说明")
    assert explained < 100


def test_a_very_long_explanation_breaks_over_pages(printed: Print) -> None:
    sentences = tuple(f"第{number}条说明，" + "按参保地规则支付。" * 9 for number in range(60))
    text = printed(structs.replace(samples.simple(), explanation=sentences)).text
    assert [s for s in sentences if s[:8] not in text] == []


def test_nothing_runs_off_the_page(fonts: Fonts) -> None:
    for slip in SAMPLES:
        for page in compose(slip, fonts):
            for element, y in page:
                if isinstance(element, Text) and not element.angle:
                    end = element.x + element.line.width * element.size / 1000
                    assert 0 < element.x < end < A5_LANDSCAPE.width - 28, element.line.text
                    assert 0 < y < A5_LANDSCAPE.height - 10, element.line.text


def test_texts_do_not_overlap(fonts: Fonts) -> None:
    """No two texts of a line cover each other, whatever is printed."""
    for slip in SAMPLES:
        for page in compose(slip, fonts):
            lines: dict[float, list[tuple[float, float, str]]] = {}
            for text, y in page:
                if isinstance(text, Text) and not text.angle and text.line.text:
                    end = text.x + text.line.width * text.size / 1000
                    lines.setdefault(round(y, 1), []).append((text.x, end, text.line.text))
            for line in map(sorted, lines.values()):
                for (_x, end, left), (start, _e, right) in pairwise(line):
                    assert end <= start, (left, right)


def read_codes(page: Path) -> list[str]:
    """Every QR code on the first page of a PDF, as a scanner reads it from paper."""
    poppler("pdftoppm", "-r", "200", "-png", "-singlefile", str(page), str(page.with_suffix("")))
    picture = str(page.with_suffix(".png"))
    return poppler("zbarimg", "--raw", "--quiet", "--nodbus", picture).splitlines()


@pytest.mark.parametrize("msgid", [samples.MSGID, "H4301000011220230502094107010a"])
def test_the_case_code_is_the_msgid_and_nothing_else(printed: Print, msgid: str) -> None:
    """In either alphabet of a QR code: capitals and figures, or any bytes."""
    slip = samples.simple()
    paper = printed(structs.replace(slip, settlement=replace(slip.settlement, msgid=Msgid(msgid))))
    assert read_codes(paper.path) == [msgid]


def test_without_a_msgid_there_is_no_code(fonts: Fonts) -> None:
    slip = samples.simple()
    untold = structs.replace(slip, settlement=replace(slip.settlement, msgid=None))
    (page,) = compose(untold, fonts)
    assert not any(isinstance(element, CaseCode) for element, _y in page)


@pytest.mark.req("S0-06")
def test_a_practice_slip_is_marked_and_a_real_one_is_not(printed: Print) -> None:
    assert TRIAL in printed(samples.mixed()).text
    assert TRIAL not in printed(samples.simple()).text


BROKEN = {
    "full_self_pay": (Identity.C1,),
    "fund_total": (Identity.C2,),
    "account": (Identity.C3,),
    "deductible": (Identity.C6,),
}


def _changed(split: Split, field: str) -> Split:
    changes: dict[str, Any] = {field: Money(26001)}
    return replace(split, **changes)


@pytest.mark.req("S1-34")
@pytest.mark.parametrize("field", BROKEN)
def test_a_split_that_does_not_add_up_is_refused(field: str, fonts: Fonts, tmp_path: Path) -> None:
    """House rule 2, before anything is written."""
    slip = samples.simple()
    wrong = with_split(slip, _changed(slip.settlement.split, field))
    out = tmp_path / "slip.pdf"
    with pytest.raises(CannotPrint) as refused:
        render(wrong, fonts, out)
    assert refused.value.broken == BROKEN[field]
    assert list(tmp_path.iterdir()) == []


def test_lines_that_are_not_the_bill_are_refused(fonts: Fonts, tmp_path: Path) -> None:
    slip = samples.simple()
    with pytest.raises(CannotPrint) as refused:
        render(structs.replace(slip, lines=slip.lines[1:]), fonts, tmp_path / "slip.pdf")
    assert refused.value.broken == (Identity.C5,)


def test_the_platforms_total_is_held_against_the_hospitals_bill(
    fonts: Fonts, tmp_path: Path
) -> None:
    """C5: a platform that changed a line and the total with it agrees with itself alone."""
    slip = samples.simple()
    ours = structs.replace(slip, uploaded=slip.uploaded + Money(1))
    with pytest.raises(CannotPrint, match="总额 = 上传明细之和") as refused:
        render(ours, fonts, tmp_path / "slip.pdf")
    assert refused.value.broken == (Identity.C5,)


def test_without_cash_or_settlement_number_there_is_no_receipt(
    fonts: Fonts, tmp_path: Path
) -> None:
    slip = with_split(samples.simple(), replace(samples.simple().settlement.split, cash=None))
    untold = structs.replace(slip, settlement=replace(slip.settlement, setl_id=None))
    with pytest.raises(CannotPrint) as refused:
        render(untold, fonts, tmp_path / "slip.pdf")
    assert refused.value.untold == (Untold.CASH, Untold.SETTLEMENT_NUMBER)
    assert str(refused.value) == "没有个人现金支付；没有结算单号"
    blank = replace(samples.simple().settlement, setl_id=SetlId(""))
    with pytest.raises(CannotPrint):
        render(structs.replace(samples.simple(), settlement=blank), fonts, tmp_path / "slip.pdf")


def test_every_font_is_embedded_as_a_subset(printed: Print) -> None:
    paper = printed(samples.simple("王䶮𠮷𬀩"))
    rows = poppler("pdffonts", str(paper.path)).splitlines()[2:]
    assert len(rows) >= 4
    for row in rows:
        assert row.split()[-5:-2] == ["yes", "yes", "yes"], row
        assert re.match(r"[A-Z]{6}\+", row)


def test_the_file_names_the_document_but_no_person(printed: Print) -> None:
    paper = printed(samples.simple())
    about = poppler("pdfinfo", str(paper.path))
    data = paper.path.read_bytes()
    assert f"Title:           {TITLE}" in about
    assert "Producer:        Kuasheng Desk" in about
    assert "595.28 x 419.53" in about
    assert b"/Lang (zh-CN)" in data
    assert b"D:20230502094119+08'00'" in data
    assert "张建国" not in about


def test_the_same_slip_gives_the_same_bytes(fonts: Fonts, tmp_path: Path) -> None:
    one, other = tmp_path / "one.pdf", tmp_path / "other.pdf"
    render(samples.mixed(), fonts, one)
    render(samples.simple("王𠮷"), fonts, other)
    render(samples.mixed(), fonts, other)
    assert one.read_bytes() == other.read_bytes()


def test_a_file_that_cannot_be_written_leaves_nothing_behind(tmp_path: Path) -> None:
    out = tmp_path / "slip.pdf"
    out.mkdir()
    with pytest.raises(OSError):
        write_whole(out, b"slip")
    assert list(tmp_path.iterdir()) == [out]


def test_a_new_slip_takes_the_place_of_the_old_one(tmp_path: Path) -> None:
    out = tmp_path / "slip.pdf"
    out.write_bytes(b"old")
    write_whole(out, b"new")
    assert out.read_bytes() == b"new"
    assert list(tmp_path.iterdir()) == [out]


def test_reportlab_is_loaded_only_when_something_is_printed() -> None:
    """House: heavy imports where they are used."""
    program = "import printing.composer, printing.forms.f1_settlement_slip, sys; print('reportlab' in sys.modules)"
    assert poppler(sys.executable, "-c", program).strip() == "False"


_FEN = st.integers(0, 999_999_999)


@st.composite
def _lines(draw: st.DrawFn) -> tuple[LineSplit, ...]:
    def one(number: int) -> LineSplit:
        kind = f"{draw(st.integers(1, 16)):02d}"
        parts = [Money(draw(_FEN)).yuan() for _ in range(4)]
        amount = Money.total(map(Money.parse, parts)).yuan()
        return samples.line(
            number,
            kind,
            draw(st.sampled_from(("01", "02", "03", ""))),
            amount,
            own=parts[0],
            over=parts[1],
            first=parts[2],
        )

    return tuple(one(number) for number in range(draw(st.integers(1, 20))))


@settings(max_examples=15)
@given(
    lines=_lines(), part=st.integers(0, 100), msgid=st.from_regex(r"H[0-9A-Z]{29}", fullmatch=True)
)
def test_any_sound_split_is_printed_whole(
    lines: tuple[LineSplit, ...],
    part: int,
    msgid: str,
    fonts: Fonts,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    """The figures of any bill, up to millions, stand on the paper to the fen."""
    total = Money.total(each.amount for each in lines)
    of = samples.split(lines, fund=Money(total.fen * part // 100).yuan())
    slip = samples.slip("张建国", lines, of)
    named = structs.replace(slip, settlement=replace(slip.settlement, msgid=Msgid(msgid)))
    out = tmp_path_factory.mktemp("any") / "slip.pdf"
    render(named, fonts, out)
    words = set(poppler("pdftotext", "-layout", str(out), "-").split())
    cash = of.cash or ZERO
    parts = (
        of.total,
        of.fund_total,
        of.full_self_pay,
        of.over_limit,
        of.in_scope,
        of.personal_part,
    )
    assert {amount.yuan() for amount in (*parts, cash) if amount is not None} <= words
    assert {in_words(cash), msgid} <= words
