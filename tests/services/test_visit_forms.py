"""Every form of forms.md from the real journal of a real desk: what is on the paper, and its number."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Mapping
from dataclasses import replace as changed
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from desktop.domain.identifiers import AreaCode
from desktop.domain.money import Money
from desktop.domain.prints import ReprintReason
from desktop.domain.problems import DeskError, Problem, ProblemCode
from desktop.knowledge.guidance import load_guidance
from desktop.ledger.journal import VisitId
from desktop.ledger.papers import Search
from desktop.nhsa.questions.reconciliation import Period
from desktop.services.archive import month_of
from desktop.services.desk_forms import DeskForms, DeskPaper
from desktop.services.desk_visit import DeskVisit
from desktop.services.paper_desk import Ordered, PaperDesk
from desktop.services.reconcile import reconcile
from desktop.services.refund import Refund
from desktop.services.visit_forms import forms_of
from desktop.services.visits import visits
from desktop.services.whole_refund import RefundOrder, refund
from desktop.services.whole_settlement import settle_bill
from printing.escpos import to_bytes
from printing.issue import TRIAL
from printing.sheets import pages_of
from tests.rig.bills import BillOf
from tests.rig.desk_printer import DeskPrinter, OnePrinter, jammed
from tests.rig.examples import examples
from tests.rig.thermal import Roll
from tests.rig.town import townsman
from tests.services.counter import Counter, bill_of
from tests.services.lost import lost_settlement
from tests.services.wire import Tree, setlinfo

Line = Problem(ProblemCode.NO_USABLE_ANSWER)


@pytest.fixture
def forms(counter: Counter) -> DeskForms:
    return DeskForms(counter.desk, counter.opened.letterhead, counter.opened.pen)


def text(pdf: bytes) -> str:
    told = subprocess.run(
        ("pdftotext", "-layout", "-", "-"), input=pdf, capture_output=True, check=True
    )
    return told.stdout.decode()


def words(pdf: bytes) -> str:
    return " ".join(text(pdf).split())


def offered(counter: Counter, visit: VisitId) -> list[str]:
    return [each.form for each in forms_of(counter.desk.told(visit))]


def out(papers: PaperDesk, ordered: Ordered) -> str:
    """Printed; what stands on it."""
    papers.ended(ordered, papers.send(ordered))
    return words(ordered.pdf)


def settled(counter: Counter, person: Mapping[str, Any], **changes: Any) -> VisitId:
    finished = counter.settle(bill_of(person, **changes))
    assert finished.ending == "settled", finished.problems
    return VisitId(finished.visit)


def paid(counter: Counter, visit: VisitId) -> VisitId:
    held = DeskVisit(counter.desk, visit)
    cash = held.record.settlement.split.cash  # type: ignore[union-attr]
    assert cash is not None
    held.collect(cash)
    held.release()
    return visit


@pytest.mark.req("S1-41", "S1-42")
def test_a_settled_visit_has_its_slip_its_roll_and_its_invoice_block(
    counter: Counter, papers: PaperDesk, person: Mapping[str, Any], printer: DeskPrinter
) -> None:
    visit = settled(counter, person)
    assert offered(counter, visit)[:3] == ["F1", "F6", "F10-invoice"]
    record = counter.desk.record(visit)
    assert record.settlement is not None
    setl_id, cash = str(record.settlement.setl_id), str(record.settlement.split.cash)
    for form in ("F1", "F10-invoice"):
        ordered = papers.order(visit, form=form)
        printed = out(papers, ordered)
        assert setl_id in printed
        assert cash in printed
        assert TRIAL in printed
    ordered = papers.order(visit, form="F6")
    assert ordered.slip is not None
    assert setl_id[-8:] in words(ordered.pdf)
    assert person["name"] not in words(ordered.pdf), "masked on a roll"


def test_each_copy_says_whose_it_is(
    counter: Counter, papers: PaperDesk, person: Mapping[str, Any], printer: DeskPrinter
) -> None:
    """Two copies stay two: one sheet for the patient, one for the archive."""
    ordered = papers.order(settled(counter, person))
    out(papers, ordered)
    first, second = (words(job.pdf) for job in printer.jobs)
    assert ("患者联" in first, "存档联" in first) == (True, False)
    assert ("患者联" in second, "存档联" in second) == (False, True)


def test_settings_may_want_more_copies_than_the_layout_names(
    counter: Counter, person: Mapping[str, Any], printer: DeskPrinter
) -> None:
    papers = counter.opened.papers(OnePrinter(printer, how_many=3))
    out(papers, papers.order(settled(counter, person)))
    assert "第3联" in words(printer.jobs[2].pdf)
    one = counter.opened.papers(OnePrinter(printer, how_many=1))
    assert one.preview(VisitId(counter.opened.journal.visits()[0])).copies == 1


@pytest.mark.req("S1-41")
def test_a_reprint_says_its_number_its_time_and_why(
    counter: Counter, papers: PaperDesk, person: Mapping[str, Any]
) -> None:
    """B36, B37."""
    visit = settled(counter, person)
    assert "补打" not in out(papers, papers.order(visit))
    again = out(papers, papers.order(visit, ReprintReason.LOST))
    assert "补打 第1次" in again
    assert f"补打原因：{ReprintReason.LOST.words}" in again
    assert f"{counter.desk.clock():%Y-%m-%d}" in again


def test_a_slip_for_a_roll_survives_a_restart(
    counter: Counter, papers: PaperDesk, person: Mapping[str, Any], printer: DeskPrinter
) -> None:
    """The order itself is in the journal, not only its picture."""
    visit = settled(counter, person)
    printer.then = (jammed,)
    ordered = papers.order(visit, form="F6")
    papers.ended(ordered, papers.send(ordered))
    counter.desk.memory.forget(visit)
    later = counter.opened.papers(OnePrinter(printer)).again(visit, ordered.job)
    assert later.slip == ordered.slip
    roll = Roll()
    assert later.slip is not None
    roll.feed(to_bytes(later.slip))
    assert "个人现金" in roll.text


@pytest.fixture
def e39(counter: Counter) -> VisitId:
    """300.00 and 150.00, of which the patient paid 300.00."""
    return VisitId(counter.settle(bill_of_e39(counter)).visit)


def bill_of_e39(counter: Counter) -> BillOf:
    example = next(example for example in examples() if example.id == "E39")
    example.prepare(counter.platform)
    return example.bill()


def settled_here(counter: Counter) -> VisitId:
    """The same, of which this desk takes the cash."""
    order = counter.order(bill_of_e39(counter))
    here = replace(order, agreement=replace(order.agreement, pays_here=True))
    return VisitId(settle_bill(counter.desk, here).visit)


def test_a_partial_refund_has_old_turned_and_new_beside_each_other(
    counter: Counter, papers: PaperDesk, e39: VisitId
) -> None:
    old = counter.desk.record(paid(counter, e39)).settlement
    assert old is not None
    assert "F10-money-back" not in offered(counter, e39)
    refund(counter.desk, RefundOrder(str(old.setl_id), ("2",)), None)
    new = counter.desk.record(e39).settlement
    assert new is not None
    first = papers.order(e39, form="F10-money-back")
    voucher = out(papers, first)
    for number in (old.setl_id, new.setl_id):
        assert str(number) in voucher
    assert "退费凭证" in voucher
    assert "退还现金 60.00" in voucher
    assert "退回 1 项" in voucher
    refund(counter.desk, RefundOrder(str(new.setl_id)), None)
    second = papers.order(e39, form="F10-money-back")
    assert "整单退回" in out(papers, second)
    told = counter.desk.record(e39).papers
    assert [paper.reprint for paper in told] == [0, 0], "each taking back has its own voucher"
    assert len({paper.about for paper in told}) == 2


def test_a_settlement_that_was_never_paid_is_reversed(counter: Counter, papers: PaperDesk) -> None:
    """No cash goes back that never came to the desk that takes it."""
    visit = settled_here(counter)
    Refund(counter.desk, visit).cancel((), "0001")
    voucher = out(papers, papers.order(visit, form="F10-money-back"))
    assert "冲正凭证" in voucher
    assert "退还现金 0.00" in voucher


def test_what_was_paid_at_the_till_goes_back_there(
    counter: Counter, papers: PaperDesk, e39: VisitId
) -> None:
    """B38: the paper says the sum that the page and the command line say, and where it is."""
    settlement = counter.desk.record(e39).settlement
    assert settlement is not None
    done = refund(counter.desk, RefundOrder(str(settlement.setl_id)), None)
    assert (done.money_back, done.elsewhere) == (Money.parse("300.00"), True)
    voucher = out(papers, papers.order(e39, form="F10-money-back"))
    assert "退费凭证" in voucher
    assert "退还现金 300.00" in voucher
    assert "现金是医院收费处收的，请到收费处退补" in voucher


def test_a_rest_that_costs_more_is_paid_by_the_voucher(counter: Counter, papers: PaperDesk) -> None:
    """What was paid before is told where it is not the cash part that was booked."""
    visit = settled_here(counter)
    DeskVisit(counter.desk, visit).collect(Money.parse("200.00"))
    settlement = counter.desk.record(visit).settlement
    assert settlement is not None
    done = refund(counter.desk, RefundOrder(str(settlement.setl_id), ("2",)), None)
    assert done.money_back == Money.parse("-40.00")
    voucher = out(papers, papers.order(visit, form="F10-money-back"))
    assert "已付现金 200.00 元" in voucher
    assert "补收现金 40.00" in voucher


@pytest.mark.req("S3-15")
def test_an_injury_has_a_letter_whose_number_is_the_visits(
    counter: Counter, papers: PaperDesk, person: Mapping[str, Any]
) -> None:
    """B17: printed before anything is asked; a second print is the same letter."""
    hurt = bill_of(person, changed={"trauma": "no-third-party"})
    visit = VisitId(counter.settle(hurt).visit)
    letter = papers.order(visit, form="F4")
    printed = out(papers, letter)
    number = counter.desk.record(visit).papers[0].about
    today = counter.desk.clock()
    assert number == f"F4-{counter.desk.institution}-{today:%Y%m%d}-01001"
    assert number in printed
    assert person["name"] in printed
    assert person["certno"] not in printed
    again = out(papers, papers.order(visit, ReprintReason.ANOTHER, "F4"))
    assert number in again
    assert "补打 第1次" in again
    (one, two) = counter.opened.journal.papers(Search(setl_id=number))
    assert (one.reprint, two.reprint) == (0, 1)
    other = VisitId(counter.settle(changed(hurt, bill_no="B0002", visit_no="V2")).visit)
    out(papers, papers.order(other, form="F4"))
    assert counter.desk.record(other).papers[0].about.endswith("-01002")


@pytest.mark.req("S3-20", "S4-26")
def test_who_is_refused_takes_home_why_and_what_was_tried(
    counter: Counter, papers: PaperDesk, person: Mapping[str, Any]
) -> None:
    counter.wire.refuse("2001", "参保地拒绝：待遇暂停")
    finished = counter.settle(bill_of(person))
    visit = VisitId(finished.visit)
    sheet = out(papers, papers.order(visit, form="F7"))
    assert "参保地拒绝：待遇暂停" in sheet
    assert "待遇检查 2001" in sheet
    assert person["name"] in sheet
    assert "“济宁医保”小程序“异地就医手工报销申报”" in sheet
    assert offered(counter, visit).count("F7") == 1


def test_who_waits_for_the_line_has_a_slip_with_the_last_day(
    counter: Counter, papers: PaperDesk, person: Mapping[str, Any]
) -> None:
    """B22: what was paid meanwhile, and until when."""
    visit = before_upload(counter, person)
    visit.defer(Line, Money.parse("617.00"))
    record = counter.desk.record(visit.id)
    assert record.deferred is not None
    slip = out(papers, papers.order(visit.id, form="F8"))
    assert "已收押金 617.00" in slip
    assert record.deferred.until.isoformat() in slip
    DeskVisit(counter.desk, visit.id).pay_self(Line)
    sheet = out(papers, papers.order(visit.id, form="F7"))
    assert ProblemCode.NO_USABLE_ANSWER.message in sheet
    assert "F8" not in offered(counter, visit.id)


def before_upload(counter: Counter, person: Mapping[str, Any]) -> DeskVisit:
    order = counter.order(bill_of(person))
    visit = DeskVisit(counter.desk)
    visit.show(order.credential())
    visit.insure(None)
    visit.take_bill(order.bill)
    visit.check()
    visit.save()
    return visit


def test_the_five_items_of_a_filing_are_read_out_in_full(
    counter: Counter, papers: PaperDesk, person: Mapping[str, Any]
) -> None:
    """S2-27."""
    counter.wire.refuse("2001", "异地备案信息不存在")
    visit = VisitId(counter.settle(bill_of(person)).visit)
    sheet = out(papers, papers.order(visit, form="F10-filing"))
    assert person["certno"] in sheet
    assert "12393" in sheet or "0000-99" in sheet


@pytest.mark.req("S4-21")
def test_lines_that_no_fund_pays_are_listed_to_be_signed(
    counter: Counter, papers: PaperDesk, person: Mapping[str, Any]
) -> None:
    def all_own(tree: Tree) -> None:
        row = tree["output"]["result"][0]
        row["fulamt_ownpay_amt"] = row["det_item_fee_sumamt"]
        row["preselfpay_amt"] = row["overlmt_amt"] = row["inscp_scp_amt"] = 0

    counter.wire.answer("2204", all_own)
    visit = before_upload(counter, person)
    visit.upload()
    visit.save()
    assert "F10-self-pay" in offered(counter, visit.id)
    notice = out(papers, papers.order(visit.id, form="F10-self-pay"))
    assert "阿莫西林胶囊 0.25g*24粒" in notice
    assert "自费合计 600.00" in notice
    assert "陆佰元整" in notice


def test_an_unknown_outcome_has_a_slip_and_a_case_for_the_office(
    counter: Counter, papers: PaperDesk, person: Mapping[str, Any]
) -> None:
    """B29, B30; the office reads no name."""
    visit = VisitId(lost_settlement(counter, person, "after").visit)
    msgid = str(counter.desk.record(visit).msgid)
    assert [form for form in offered(counter, visit) if form in ("F9", "F10-case", "F7", "F1")] == [
        "F9",
        "F10-case",
    ]
    slip = out(papers, papers.order(visit, form="F9"))
    assert "请勿在其他窗口重复结算" in slip
    assert msgid in slip
    case = out(papers, papers.order(visit, form="F10-case"))
    assert msgid in case
    assert person["name"] not in case
    assert person["certno"][:6] not in case


def test_a_form_that_does_not_fit_is_no_paper(
    counter: Counter, papers: PaperDesk, person: Mapping[str, Any]
) -> None:
    visit = settled(counter, person)
    for form in ("F8", "F11"):
        with pytest.raises(DeskError) as refused:
            papers.order(visit, form=form)
        assert refused.value.problems[0].kind is ProblemCode.NO_SUCH_FORM
    assert counter.desk.record(visit).papers == ()


# --- the desk's own -----------------------------------------------------------------------------


def of_desk(papers: PaperDesk, paper: DeskPaper, reason: ReprintReason | None = None) -> Ordered:
    return papers.order_of_desk(paper.form, paper.about, paper.draw, reason)


@pytest.mark.req("S1-39", "S1-40", "S1-46")
def test_a_month_is_told_from_the_journal(
    counter: Counter, papers: PaperDesk, forms: DeskForms, e39: VisitId, person: Mapping[str, Any]
) -> None:
    """F2 and F3: every settlement, its reversal, and the one of the rest; the same sums."""
    old = counter.desk.record(paid(counter, e39)).settlement
    assert old is not None
    refund(counter.desk, RefundOrder(str(old.setl_id), ("2",)), None)
    new = counter.desk.record(e39).settlement
    assert new is not None
    other = settled(counter, person, bill_no="B9", visit_no="V9")
    month = Period(*month_of(f"{new.settled_at:%Y-%m}"))
    detail, summary = forms.detail(month), forms.summary(month)
    printed = out(papers, of_desk(papers, detail))
    another = counter.desk.record(other).settlement
    assert another is not None
    for settlement in (old, new, another):
        assert str(settlement.setl_id) in printed
    assert "退费" in printed
    assert detail.sheet is not None
    assert summary.sheet is not None
    rows = list(detail.sheet().rows())
    assert len(rows) == 4
    whole = Money.total(cell for row in rows for cell in row[14:15] if isinstance(cell, Money))
    split_total = new.split.total
    assert split_total is not None
    assert another.split.total is not None
    assert whole == split_total + another.split.total
    assert f"{whole}" in out(papers, of_desk(papers, summary))
    visits_there = Money.total(
        row[5] for row in summary.sheet().rows() if isinstance(row[5], Money)
    )
    assert visits_there == whole
    again = of_desk(papers, detail, ReprintReason.ARCHIVE)
    assert "补打 第1次" in words(again.pdf)


def test_a_month_without_a_settlement_is_an_empty_one(
    papers: PaperDesk, forms: DeskForms, counter: Counter
) -> None:
    month = Period(*month_of(f"{counter.desk.clock():%Y-%m}"))
    for paper in (forms.detail(month), forms.summary(month)):
        assert "合计" in out(papers, of_desk(papers, paper))


def test_a_settlement_that_does_not_add_up_keeps_its_month_in(
    counter: Counter, papers: PaperDesk, forms: DeskForms, person: Mapping[str, Any]
) -> None:
    counter.wire.answer("2207", setlinfo(hifp_pay="0.01"))
    finished = counter.settle(bill_of(person))
    at = finished.record.settlement.settled_at  # type: ignore[union-attr]
    month = Period(*month_of(f"{at:%Y-%m}"))
    for paper in (forms.detail(month), forms.summary(month)):
        with pytest.raises(DeskError) as refused:
            of_desk(papers, paper)
        assert refused.value.problems[0].kind is ProblemCode.RECEIPT_NOT_PRINTED
        assert paper.sheet is not None
        with pytest.raises(DeskError):
            paper.sheet()


def test_a_shift_hands_over_what_was_taken_and_what_is_open(
    counter: Counter, papers: PaperDesk, forms: DeskForms, e39: VisitId, person: Mapping[str, Any]
) -> None:
    began = counter.desk.clock() - timedelta(minutes=5)
    old = counter.desk.record(paid(counter, e39)).settlement
    assert old is not None
    refund(counter.desk, RefundOrder(str(old.setl_id), ("2",)), None)
    waits = before_upload(counter, person)
    waits.defer(Line, Money.parse("617.00"))
    ended = counter.desk.clock() + timedelta(minutes=5)
    sheet = out(papers, of_desk(papers, forms.shift(began, ended, "白班")))
    assert "收现金 1 " in sheet
    assert "收押金 1 " in sheet
    assert "结算 2 " in sheet
    assert "退费（冲正） 1 " in sheet
    assert "延后结算" in sheet, "open items go to who comes next"
    assert person["name"] not in sheet
    DeskVisit(counter.desk, waits.id).pay_self(Line)
    before = forms.shift(began - timedelta(days=1), began, "夜班")
    assert "应交现金 0.00" in out(papers, of_desk(papers, before))
    again = of_desk(papers, forms.shift(began, ended, "白班"), ReprintReason.SPOILED)
    assert "补打 第1次" in words(again.pdf)
    assert "押金转出 1 " in words(again.pdf)


def test_a_day_is_laid_beside_the_platforms(
    counter: Counter, papers: PaperDesk, forms: DeskForms, person: Mapping[str, Any]
) -> None:
    settlement = counter.desk.record(settled(counter, person, bill_no="B9")).settlement
    assert settlement is not None
    assert settlement.settled_at is not None
    day = settlement.settled_at.date()
    equal = reconcile(counter.desk, Period.of(day))
    sheet = out(papers, of_desk(papers, forms.day(day, equal)))
    assert "一致，无差异" in sheet
    assert str(settlement.split.total) in sheet
    lost_settlement(counter, townsman(3), "after")
    found = reconcile(counter.desk, Period.of(day))
    unequal = of_desk(papers, forms.day(day, found), ReprintReason.ANOTHER)
    told = words(unequal.pdf)
    assert "不一致" in told
    assert "平台有、本机没有" in told


@pytest.mark.req("S0-31", "S0-35", "S3-23")
@pytest.mark.parametrize(
    ("area", "poster", "told"),
    [(None, True, "国家医保服务平台APP"), ("370800", False, "济宁医保小程序")],
)
def test_the_guide_is_for_everybody_or_for_an_area(
    papers: PaperDesk, forms: DeskForms, area: str | None, poster: bool, told: str
) -> None:
    code = AreaCode(area) if area else None
    paper = forms.guide(code, load_guidance(), poster=poster)
    assert told in out(papers, of_desk(papers, paper)).replace(" ", "")


def test_a_paper_of_the_desk_is_in_queue_and_archive_but_no_visit(
    counter: Counter, papers: PaperDesk, forms: DeskForms, printer: DeskPrinter
) -> None:
    printer.then = (jammed,)
    ordered = of_desk(papers, forms.guide(None, load_guidance(), poster=False))
    paper = papers.ended(ordered, papers.send(ordered))
    assert paper.missing == 1
    assert visits(counter.opened.journal, None, None) == ()
    (kept,) = counter.opened.journal.papers(Search(setl_id=paper.about))
    assert kept.form == "F5"
    again = papers.again(ordered.visit, ordered.job)
    assert papers.ended(again, papers.send(again)).out == 1


# --- the site's layouts -------------------------------------------------------------------------


@pytest.fixture
def site(counter: Counter) -> Callable[[str, str], None]:
    """Lays a file of the hospital's own beside the profile."""
    folder = counter.opened.profile.folder / "layouts"

    def write(stem: str, content: str) -> None:
        folder.mkdir(exist_ok=True)
        (folder / f"{stem}.toml").write_text(content, encoding="utf-8")

    return write


def test_a_hospital_changes_its_papers_without_touching_python(
    counter: Counter,
    papers: PaperDesk,
    person: Mapping[str, Any],
    site: Callable[[str, str], None],
) -> None:
    visit = settled(counter, person)
    site("f1_settlement_slip", 'copies = ["收执"]\n[head]\nhospital = "东院区"\n')
    ordered = papers.order(visit)
    assert ordered.copies == 1
    assert "东院区" in words(ordered.pdf)
    assert "收执" in words(ordered.pdf)


def test_a_faulty_layout_is_named_and_nothing_is_lost(
    counter: Counter,
    papers: PaperDesk,
    person: Mapping[str, Any],
    site: Callable[[str, str], None],
    tmp_path: Path,
) -> None:
    """The file, the place, what is wrong, what to do; the slip is owed, and comes when it is mended."""
    visit = paid(counter, settled(counter, person))
    site("f1_settlement_slip", 'title = "结算单"\npaper = A4\n')
    with pytest.raises(DeskError) as refused:
        papers.order(visit)
    (problem,) = refused.value.problems
    assert problem.kind is ProblemCode.LAYOUT_UNUSABLE
    assert "f1_settlement_slip.toml：第 2 行" in problem.message
    assert counter.desk.record(visit).papers == ()
    site("f1_settlement_slip", 'paper = "A4"\n')
    mended = papers.order(visit)
    assert pages_of(mended.pdf, 0, 1)
    assert papers.ended(mended, papers.send(mended)).out == 2


def test_the_folder_of_layouts_is_a_setting(
    counter: Counter, person: Mapping[str, Any], tmp_path: Path
) -> None:
    visit = settled(counter, person)
    (tmp_path / "f1_settlement_slip.toml").write_text('title = "本院结算单"', encoding="utf-8")
    settings = counter.opened.settings
    told = replace(settings, desk=replace(settings.desk, layouts=str(tmp_path)))
    opened = replace(counter.opened, settings=told)
    assert "本院结算单" in words(opened.papers(OnePrinter()).preview(visit).pdf)
