"""Every form on paper: what it says, in which fonts, and that nothing is cut or covered."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import replace as changed
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from desktop.domain.balance import Identity
from desktop.domain.identifiers import AreaCode
from desktop.domain.money import ZERO, Money, in_words
from printing import paper
from printing.composer import Rendered, pages, to_pdf
from printing.document import Document
from printing.elements import Picture, Text
from printing.fonts import Fonts
from printing.forms import (
    f1_settlement_slip,
    f3_month_detail,
    f4_trauma_letter,
    f5_guide,
    f6_kiosk_slip,
    f7_not_settled,
    f8_deferred,
    f9_unconfirmed,
    f10_day,
    f10_filing,
    f10_invoice_block,
    f10_money_back,
    f10_self_pay_notice,
    f10_shift,
)
from printing.forms.f5_guide import Guide
from printing.issue import TRIAL, Reprint
from printing.layout import Layouts
from printing.roll import roll_pdf
from printing.sound import CannotPrint, WrongSum
from printing.thermal_slip import Pair, Side, ThermalSlip, Words
from tests.printing import every_form, samples
from tests.printing.every_form import documents, papers
from tests.printing.golden import FOLDER, read, told

NAMES = tuple(sorted(path.stem for path in FOLDER.glob("*.txt")))
LAYOUTS = Layouts()


@pytest.fixture(scope="session")
def printed(fonts: Fonts) -> Mapping[str, Rendered]:
    """Every form, printed once."""
    return {name: print_() for name, print_ in papers(LAYOUTS, fonts).items()}


def on_paper(document: Document, fonts: Fonts) -> str:
    return read(to_pdf(document, fonts, ("",)).pdf)


def test_every_form_has_its_golden_text(printed: Mapping[str, Rendered]) -> None:
    assert set(printed) == set(NAMES)


@pytest.mark.req("S1-39", "S1-40", "S1-41", "S3-15", "S3-20")
@pytest.mark.parametrize("name", NAMES)
def test_the_form_says_what_it_should(name: str, printed: Mapping[str, Rendered]) -> None:
    """Amounts, names and signs; `python -m tests.printing.golden` after a change that is meant."""
    assert told(printed[name].pdf) == (FOLDER / f"{name}.txt").read_text(encoding="utf-8")
    assert printed[name].missing_characters == ()


@pytest.mark.parametrize("name", NAMES)
def test_every_font_is_embedded_with_its_text_layer(
    name: str, printed: Mapping[str, Rendered]
) -> None:
    listed = subprocess.run(
        ("pdffonts", "-"), input=printed[name].pdf, check=True, capture_output=True
    ).stdout.decode()
    rows = listed.splitlines()[2:]
    assert rows
    for row in rows:
        assert row.split()[-5:-2] == ["yes", "yes", "yes"], row
        assert re.match(r"[A-Z]{6}\+", row)
    assert b"/Lang (zh-CN)" in printed[name].pdf


def _lines(document: Document, fonts: Fonts) -> Iterator[list[tuple[float, float, float, str]]]:
    """The texts of each page: x, end, baseline, words."""
    for page in pages(document, fonts, "患者联"):
        yield [
            (text.x, text.x + text.line.width * text.size / 1000, y, text.line.text)
            for text, y in page
            if isinstance(text, Text) and not text.angle and text.line.text
        ]


@pytest.mark.parametrize("name", [name for name in NAMES if name != "f6"])
def test_nothing_is_cut_and_nothing_covered(name: str, fonts: Fonts) -> None:
    document = documents(LAYOUTS)[name]
    frame = document.layout.frame
    for texts in _lines(document, fonts):
        lines: dict[float, list[tuple[float, float, str]]] = {}
        for x, end, y, words in texts:
            hangs = 11 if words[-1] in "，。；：、" else 0.1
            assert frame.left - 0.1 <= x < end <= frame.right + hangs, words
            assert 0 < y < frame.height - 10, words
            lines.setdefault(round(y, 1), []).append((x, end, words))
        for line in map(sorted, lines.values()):
            for (_x, end, left), (start, _e, right) in pairwise(line):
                assert end <= start + 0.1, (left, right)


@pytest.mark.req("S0-06")
def test_practice_and_reprints_are_marked_on_every_page(fonts: Fonts) -> None:
    detail = every_form.month_detail(40)
    issue = replace(detail.issue, practice=True, reprint=Reprint(2, "打印机缺纸"))
    layout = LAYOUTS.of(f3_month_detail.LAYOUT)
    document = f3_month_detail.month_detail(replace(detail, issue=issue), layout)
    sheets = on_paper(document, fonts).split("\f")[:-1]
    assert len(sheets) > 1
    for sheet in sheets:
        assert TRIAL in sheet
        assert "补打原因：打印机缺纸" in sheet
    assert "补打 第2次" in sheets[0]
    assert all(
        any(t.angle for t, _y in page if isinstance(t, Text)) for page in pages(document, fonts)
    )


def test_a_reprint_is_marked_across_the_page(fonts: Fonts) -> None:
    """B37: in the picture, not in the text, where the head has it once."""
    slip = samples.simple()
    again = replace(slip, issue=replace(slip.issue, reprint=Reprint(1, "卡纸")))
    layout = LAYOUTS.of(f1_settlement_slip.LAYOUT)
    document = f1_settlement_slip.settlement_slip(again, layout)
    (page,) = pages(document, fonts)
    assert [t.line.text for t, _y in page if isinstance(t, Text) and t.angle] == ["补打 第1次"]
    assert on_paper(document, fonts).count("补打 第1次") == 1


def test_two_copies_are_two_with_pages_of_their_own(fonts: Fonts) -> None:
    document = documents(LAYOUTS)["f1-a5"]
    both = to_pdf(document, fonts)
    sheets = read(both.pdf).split("\f")[:-1]
    assert both.pages == both.copies == len(sheets) == 2
    for sheet, label in zip(sheets, ("患者联", "存档联"), strict=True):
        assert label in sheet
        assert "第1页/共1页" in sheet.replace(" ", "")
    assert "存档联" not in sheets[0]


def test_the_same_form_gives_the_same_bytes(fonts: Fonts) -> None:
    one, other = (to_pdf(documents(LAYOUTS)["f7"], fonts).pdf for _ in range(2))
    assert one == other


def test_a_month_of_texts_is_not_kept(fonts: Fonts, monkeypatch: pytest.MonkeyPatch) -> None:
    """However few operators are remembered, the paper is the same."""
    document = documents(LAYOUTS)["f2"]
    usual = to_pdf(document, fonts).pdf
    monkeypatch.setattr(paper, "_MOST_KNOWN", 3)
    assert to_pdf(document, fonts).pdf == usual


# --- F4 … F10: what differs by the case ----------------------------------------------------


def test_a_letter_without_a_stand_in_leaves_the_lines_free(fonts: Fonts) -> None:
    letter = replace(every_form.trauma_letter(), stand_in=None, phone="", injured_at="")
    told_how = replace(letter, injured_how="下楼时踩空滑倒，右手撑地。" * 5, injured_where="")
    document = f4_trauma_letter.trauma_letter(told_how, LAYOUTS.of(f4_trauma_letter.LAYOUT))
    text = on_paper(document, fonts)
    assert "曾小满" not in text
    assert "".join(text.split()).count("踩空滑倒") == 5
    assert samples.ID_NUMBER not in text


@pytest.mark.req("S0-31", "S0-35", "S3-23")
@pytest.mark.parametrize(
    ("area", "says"),
    [
        (None, ""),
        ("110000", ""),
        ("370800", "济宁医保小程序"),
        ("370811", "济宁医保小程序"),
        ("371000", "鲁医保"),
    ],
)
def test_the_guide_speaks_to_the_insured_area(area: str | None, says: str, fonts: Fonts) -> None:
    wanted = Guide(samples.ISSUE, AreaCode(area) if area else None)
    text = on_paper(f5_guide.guide(wanted, LAYOUTS.of(f5_guide.LAYOUT)), fonts)
    assert ("济宁医保" in text) == ("济宁" in says)
    assert ("鲁医保" in text) == bool(says)
    assert says in text
    assert "国家医保服务平台APP" in text


def test_a_sheet_of_which_little_is_known(fonts: Fonts) -> None:
    sheet = replace(every_form.not_settled(), tried=(), claim=(), total=None)
    layout = replace(LAYOUTS.of(f7_not_settled.LAYOUT), signatures=())
    text = on_paper(f7_not_settled.not_settled(sheet, layout), fonts)
    assert "已经做过的尝试" not in text
    assert "到哪里报销" not in text
    assert "医疗费总额" not in text
    assert "filed-elsewhere" in text


def test_more_papers_than_fit_into_a_line(fonts: Fonts) -> None:
    options = tuple((f"第{number}种需要一并交付的证明材料", number % 2 == 0) for number in range(9))
    sheet = replace(every_form.not_settled(), documents=options)
    document = f7_not_settled.not_settled(sheet, LAYOUTS.of(f7_not_settled.LAYOUT))
    text = on_paper(document, fonts)
    assert [words for words, _ticked in options if words not in text] == []
    frame = document.layout.frame
    assert all(end <= frame.right for texts in _lines(document, fonts) for _x, end, _y, _t in texts)


def test_a_waiting_slip_without_a_bill(fonts: Fonts) -> None:
    slip = replace(every_form.waiting(), total=None, deposit=None, msgid="")
    deferred = f8_deferred.deferred_slip(slip, LAYOUTS.of(f8_deferred.LAYOUT))
    assert "医疗费总额" not in on_paper(deferred, fonts)
    assert "已收押金" not in on_paper(deferred, fonts)


def test_the_unconfirmed_slip_warns_in_bold(fonts: Fonts) -> None:
    document = f9_unconfirmed.unconfirmed_slip(
        every_form.waiting(), LAYOUTS.of(f9_unconfirmed.LAYOUT)
    )
    (page,) = pages(document, fonts)
    texts = [text for text, _y in page if isinstance(text, Text)]
    warning = next(text for text in texts if text.line.text == "请勿在其他窗口重复结算")
    assert warning.size > 1.1 * max(t.size for t in texts if t.line.text == document.title)
    assert any(run.thicken for run in warning.line.runs)


def money_back(**changes: object) -> Document:
    voucher = replace(every_form.money_back(), **changes)
    return f10_money_back.money_back(voucher, LAYOUTS.of(f10_money_back.LAYOUT))


def test_a_second_person_signs_for_much_money_only(fonts: Fonts) -> None:
    assert "复核人签字" in on_paper(money_back(), fonts)
    old = samples.simple()
    small = money_back(
        old=old.settlement,
        old_uploaded=old.uploaded,
        cancelled=None,
        new=None,
        paid=old.settlement.split.cash,
        back=old.settlement.split.cash,
    )
    text = on_paper(small, fonts)
    assert "复核人签字" not in text
    assert "退费凭证" in text
    assert "冲销" not in text
    assert "壹佰肆拾捌元整" in text


def test_of_a_settlement_that_was_never_paid_nothing_goes_back(fonts: Fonts) -> None:
    old = samples.simple()
    given: dict[str, object] = {"old": old.settlement, "old_uploaded": old.uploaded}
    unpaid = {**given, "cancelled": None, "new": None, "paid": ZERO, "reversal": True}
    text = on_paper(money_back(**unpaid, back=ZERO), fonts)
    assert "冲正凭证" in text
    assert "退还现金 0.00 大写 零元整" in " ".join(text.split())
    with pytest.raises(WrongSum, match="冲正不退现金"):
        money_back(**unpaid, back=old.settlement.split.cash)


def test_money_back_that_is_not_the_difference_is_refused() -> None:
    with pytest.raises(WrongSum, match=r"给出 1.00，应为 751.40") as refused:
        money_back(back=Money(100))
    assert refused.value.told == Money(100)
    assert refused.value.reckoned == Money(75140)


@pytest.mark.parametrize("which", ["old_uploaded", "new_uploaded"])
def test_a_voucher_of_a_split_that_does_not_add_up_is_refused(which: str) -> None:
    with pytest.raises(CannotPrint) as refused:
        money_back(**{which: Money(1)})
    assert Identity.C5 in refused.value.broken


def test_a_reversal_whose_signs_are_not_turned_is_refused() -> None:
    with pytest.raises(CannotPrint):
        money_back(cancelled=every_form.money_back().old)


def test_the_notice_adds_its_items_up(fonts: Fonts) -> None:
    document = f10_self_pay_notice.self_pay_notice(
        every_form.self_pay_notice(), LAYOUTS.of(f10_self_pay_notice.LAYOUT)
    )
    text = on_paper(document, fonts)
    assert "2588.00" in text
    assert in_words(Money(258800)) in text


def test_a_shift_without_open_items(fonts: Fonts) -> None:
    shift = replace(every_form.shift(), open=())
    text = on_paper(f10_shift.shift_sheet(shift, LAYOUTS.of(f10_shift.LAYOUT)), fonts)
    assert "未完事项" not in text
    assert "9675.91" in text


def test_a_day_without_a_difference(fonts: Fonts) -> None:
    layout = LAYOUTS.of(f10_day.LAYOUT)
    text = on_paper(f10_day.day_sheet(every_form.day(different=False), layout), fonts)
    assert "无差异" in text
    assert "差异明细" not in text


@pytest.mark.req("S2-27")
def test_the_five_data_items_can_be_read_out(fonts: Fonts) -> None:
    """The number in full: it is what the office asks for."""
    layout = LAYOUTS.of(f10_filing.LAYOUT)
    text = on_paper(f10_filing.filing_sheet(every_form.filing(), layout), fonts)
    assert samples.ID_NUMBER in text
    nobody = replace(every_form.filing(), phone="")
    assert "＿＿" in on_paper(f10_filing.filing_sheet(nobody, layout), fonts)


def test_the_invoice_block_divides_the_personal_part(fonts: Fonts) -> None:
    layout = LAYOUTS.of(f10_invoice_block.LAYOUT)
    block = every_form.invoice()
    alone = replace(block, own_includes_over_limit=False)
    text = on_paper(f10_invoice_block.invoice_block(alone, layout), fonts)
    assert re.search(r"个人自费 +60\.00", text)
    assert re.search(r"个人自付 +1139\.40", text)
    split = changed(block.settlement.split, full_self_pay=None, pooled_fund=None)
    untold = replace(block, settlement=changed(block.settlement, split=split, msgid=None))
    text = on_paper(f10_invoice_block.invoice_block(untold, layout), fonts)
    assert not re.search(r"个人自付 +\d", text)
    assert "其他支付" not in text


def test_the_estimates_of_a_slip_are_called_so(fonts: Fonts) -> None:
    """What no transaction tells, but knowledge data has."""
    slip = replace(
        samples.simple(),
        year=(f1_settlement_slip.YearFigure("统筹支付", Money(1234), estimated=True),),
        deductible_standard=Money(10000),
    )
    layout = LAYOUTS.of(f1_settlement_slip.LAYOUT)
    text = on_paper(f1_settlement_slip.settlement_slip(slip, layout), fonts)
    assert "本年此前统筹支付（估算）" in text
    assert "起付标准（估算）" in text


# --- the roll ------------------------------------------------------------------------------


def test_a_slip_for_the_roll_is_as_long_as_it_is(fonts: Fonts) -> None:
    slip, issue = every_form.kiosk_slip(), replace(samples.ISSUE, practice=True)
    thermal = f6_kiosk_slip.kiosk_slip(replace(slip, issue=issue), LAYOUTS.of(f6_kiosk_slip.LAYOUT))
    marked = roll_pdf(thermal, issue, fonts)
    plain = roll_pdf(replace(thermal, commands=thermal.commands[:4]), samples.ISSUE, fonts)
    assert _height(marked.pdf) > 2 * _height(plain.pdf)
    assert read(marked.pdf).count(TRIAL) == 2


def _height(pdf: bytes) -> float:
    about = subprocess.run(("pdfinfo", "-"), input=pdf, check=True, capture_output=True).stdout
    found = re.search(rb"x (\d+\.?\d*) pts", about)
    assert found
    return float(found[1])


def test_long_values_go_below_their_label(fonts: Fonts) -> None:
    long = "阿布都热合曼·买买提依明" * 4
    commands = (Pair("姓名", long), Words("右", Side.RIGHT), Pair("金额", "1.00"))
    pdf = roll_pdf(ThermalSlip("T", commands), samples.ISSUE, fonts).pdf
    assert long in "".join(read(pdf).split())


# --- any case ------------------------------------------------------------------------------

_HAN = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=2, max_size=12)
_FEN = st.integers(1, 99_999_999).map(Money)


@settings(max_examples=10)
@given(cases=st.lists(st.tuples(_HAN, _FEN, _FEN, _FEN, st.booleans()), min_size=1, max_size=6))
def test_any_line_of_a_month_is_found_again(
    cases: list[tuple[str, Money, Money, Money, bool]], fonts: Fonts
) -> None:
    lines = []
    for name, fund, account, cash, back in cases:
        total = fund + account + cash
        line = replace(
            every_form.detail_line(1),
            name=name,
            total=total,
            full_self_pay=cash,
            over_limit=ZERO,
            pre_self_pay=account,
            in_scope=fund,
            pooled_fund=fund,
            other_funds=ZERO,
            fund_total=fund,
            account=account,
            cash=cash,
        )
        amounts = {head: -amount(line) for head, amount in f3_month_detail.AMOUNTS}
        lines.append(_turned(line, amounts) if back else line)
    month = replace(every_form.month_detail(0), lines=lines)
    layout = LAYOUTS.of(f3_month_detail.LAYOUT)
    text = on_paper(f3_month_detail.month_detail(month, layout), fonts)
    words, flat = set(text.split()), "".join(text.split())
    for line in lines:
        assert line.name in flat
        assert {amount(line).yuan() for _head, amount in f3_month_detail.AMOUNTS} <= words
    for _head, amount in f3_month_detail.AMOUNTS:
        assert Money.total(map(amount, lines)).yuan() in words


def _turned(line: f3_month_detail.DetailLine, _amounts: object) -> f3_month_detail.DetailLine:
    fields = (
        "total", "full_self_pay", "over_limit", "pre_self_pay", "in_scope", "deductible",
        "pooled_fund", "other_funds", "fund_total", "account", "cash",
    )  # fmt: skip
    return replace(line, **{name: -getattr(line, name) for name in fields})


@settings(max_examples=10)
@given(name=_HAN, deposit=_FEN, reason=_HAN)
def test_any_name_and_sum_of_a_slip_is_found_again(
    name: str, deposit: Money, reason: str, fonts: Fonts
) -> None:
    issue = replace(samples.ISSUE, reprint=Reprint(3, reason))
    slip = replace(every_form.waiting(), name=name, deposit=deposit, total=deposit, issue=issue)
    text = on_paper(f8_deferred.deferred_slip(slip, LAYOUTS.of(f8_deferred.LAYOUT)), fonts)
    assert name in text
    assert {deposit.yuan(), in_words(deposit)} <= set(text.split())
    assert f"补打原因：{reason}" in text


@settings(max_examples=8)
@given(fund=st.integers(0, 100), name=_HAN)
def test_any_slip_on_a4_is_printed_whole(fund: int, name: str, fonts: Fonts) -> None:
    lines = (samples.line(1, "09", "01", "1234.56"), samples.line(2, "03", "02", "777.77"))
    of = samples.split(lines, fund=Money(201233 * fund // 100).yuan())
    layout = replace(LAYOUTS.of(f1_settlement_slip.LAYOUT), paper="A4")
    slip = samples.slip(name, lines, of)
    text = on_paper(f1_settlement_slip.settlement_slip(slip, layout), fonts)
    amounts = (of.total, of.fund_total, of.personal_part, of.cash)
    assert {amount.yuan() for amount in amounts if amount is not None} <= set(text.split())
    assert name in text


def test_a_logo_stands_in_the_head(fonts: Fonts) -> None:
    from tests.printing.test_layouts import PNG

    layout = replace(LAYOUTS.of(f1_settlement_slip.LAYOUT), picture=PNG)
    document = f1_settlement_slip.settlement_slip(samples.simple(), layout)
    (page,) = pages(document, fonts)
    assert [e.data for e, _y in page if isinstance(e, Picture)] == [PNG]
    assert b"/Subtype /Image" in to_pdf(document, fonts).pdf
    poster = replace(LAYOUTS.of(f5_guide.LAYOUT), picture=PNG)
    (page,) = pages(f5_guide.guide(Guide(samples.ISSUE), poster), fonts)
    assert any(isinstance(element, Picture) for element, _y in page)
