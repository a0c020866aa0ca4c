"""Charges typed at the window, over a real desk and platform with its own catalogue."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace

from desktop.domain.charges import CHRONIC, EMERGENCY, Trauma
from desktop.domain.money import Money
from desktop.domain.problems import ProblemCode, desk_error
from desktop.domain.times import CHINA
from desktop.hospital.drop_folder import Broken
from desktop.hospital.faults import Fault
from desktop.services.catalogue import CatalogueItem, read_csv_items
from desktop.services.catalogue_places import LoadedCatalogue, catalogue_file
from tests.rig.town import townsman
from tests.services.counter import TODAY
from tests.ui.cashier.booth import Booth, seen
from ui.cashier.charges_desk import ChargesDesk
from ui.cashier.draft import Shelf, Typing, VisitDraft
from ui.cashier.state import Intent, Page

ORDINARY, OTHER = townsman(0), townsman(1)
BROKEN = Broken("a.json", (Fault("第2条明细", "amount", "不是单价 × 数量，应为 25.00"),))


def typing(booth: Booth) -> Typing:
    assert booth.state.typing is not None
    return booth.state.typing


def practice_items() -> tuple[CatalogueItem, ...]:
    file = Path(__file__).parents[3] / "desktop" / "sandbox" / "data" / "catalogue.csv"
    return read_csv_items(file.read_bytes).items


def open_page(booth: Booth) -> ChargesDesk:
    """The person of the town is known, has no bill, and F4 was pressed."""
    booth.show(ORDINARY)
    assert booth.on(Page.PERSON), booth.state.stop
    booth.presenter.type_charges()
    booth.work.run_all()
    return booth.presenter.charges


def fill(desk: ChargesDesk, **facts: object) -> None:
    known = {
        "department_code": "A03",
        "department": "内科",
        "doctor_code": "D430102000001",
        "doctor_name": "演练医师",
        "diagnosis_code": "J06.900",
        "diagnosis": "急性上呼吸道感染",
    }
    desk.set_visit(replace(desk.typing.visit, **(known | facts)))


def add(desk: ChargesDesk, text: str, price: str, quantity: str = "1") -> None:
    """As the cashier types: find, Enter, price, Enter, quantity, Enter."""
    desk.search(text)
    desk.take(desk.typing.entry.found[0])
    line = desk.typing.entry.line
    assert line is not None
    desk.set_line(replace(line, price=price, quantity=quantity))
    desk.add()


@pytest.mark.req("S1-57")
def test_a_typed_bill_goes_all_the_way_to_the_split(booth: Booth) -> None:
    desk = open_page(booth)
    fill(desk)
    add(desk, "amxl", "12.50", "3")
    add(desk, "XJ01DCA002A001010100002", "０.３３３３３３", "3")
    assert typing(booth).total == Money(3750 + 100)
    booth.presenter.hand_over()
    booth.work.run_all()
    assert booth.on(Page.OFFER), booth.state.stop
    bill = booth.state.bill
    assert bill is not None
    assert [line.amount for line in bill.lines] == [Money(3750), Money(100)]
    assert bill.visit.began == TODAY.replace(tzinfo=CHINA)
    assert booth.state.offer is not None
    assert booth.state.offer.split.total == Money(3850)
    assert bill.visit.visit_no == bill.key.bill_no


def test_the_catalogue_is_fetched_by_a_job_once(booth: Booth) -> None:
    booth.show(ORDINARY)
    booth.presenter.type_charges()
    assert typing(booth).shelf is Shelf.LOADING
    assert booth.state.busy is None
    assert len(booth.work.waiting) == 1
    booth.presenter.charges.search("amxl")
    assert typing(booth).entry.found == ()
    booth.work.run_all()
    assert typing(booth).shelf is Shelf.OPEN
    assert typing(booth).entry.found[0].name.startswith("阿莫西林")
    booth.presenter.back()
    booth.presenter.type_charges()
    assert not booth.work.waiting


def test_esc_goes_back_and_loses_nothing(booth: Booth) -> None:
    desk = open_page(booth)
    fill(desk)
    add(desk, "amxl", "12.50")
    desk.search("tou")
    before = typing(booth)
    booth.presenter.back()
    assert booth.on(Page.PERSON)
    booth.presenter.type_charges()
    assert typing(booth) == before


def test_a_patient_who_left_finds_the_draft_and_another_does_not(booth: Booth) -> None:
    desk = open_page(booth)
    fill(desk)
    add(desk, "amxl", "12.50")
    booth.presenter.hand_over()
    booth.work.run_all()
    booth.presenter.leave()
    booth.work.run_all()
    booth.show(ORDINARY)
    booth.presenter.type_charges()
    assert len(typing(booth).lines) == 1
    booth.presenter.back()
    booth.presenter.leave()
    booth.work.run_all()
    booth.show(OTHER)
    booth.presenter.type_charges()
    fresh = typing(booth).visit
    assert typing(booth).lines == ()
    assert (fresh.department, fresh.doctor_name) == ("内科", "演练医师")
    assert (fresh.diagnosis_code, fresh.diagnosis) == ("", "")


def test_a_changed_bill_is_a_new_revision(booth: Booth) -> None:
    """contracts: bill_no + revision is one bill, one settlement."""
    desk = open_page(booth)
    fill(desk)
    add(desk, "amxl", "12.50")
    first = desk.hand_over()
    again = desk.hand_over()
    add(desk, "amxl", "1")
    changed = desk.hand_over()
    assert first is not None
    assert changed is not None
    assert (first.key.revision, again, changed.key.revision) == (1, first, 2)


def test_a_settled_bill_is_forgotten(booth: Booth) -> None:
    desk = open_page(booth)
    fill(desk)
    add(desk, "amxl", "12.50")
    booth.presenter.hand_over()
    booth.work.run_all()
    booth.presenter.confirm_identity()
    booth.presenter.settle()
    booth.work.run_all()
    assert booth.on(Page.SETTLED), booth.state.stop
    assert desk.typing.lines == ()


@pytest.mark.parametrize(
    ("price", "quantity", "field"),
    [
        ("", "1", "price"),
        ("1.2345678", "1", "price"),
        ("2", "0", "quantity"),
        ("2", "x", "quantity"),
    ],
)
def test_a_line_with_a_fault_is_not_added(
    booth: Booth, price: str, quantity: str, field: str
) -> None:
    desk = open_page(booth)
    add(desk, "amxl", price, quantity)
    assert typing(booth).lines == ()
    assert [fault.field for fault in typing(booth).entry.faults] == [field]


def test_a_line_still_being_typed_is_not_left_out(booth: Booth) -> None:
    desk = open_page(booth)
    fill(desk)
    desk.search("amxl")
    desk.take(desk.typing.entry.found[0])
    booth.presenter.hand_over()
    assert booth.on(Page.CHARGES)
    assert [fault.field for fault in typing(booth).entry.faults] == ["price"]
    assert desk.typing.entry.line is not None
    desk.set_line(replace(desk.typing.entry.line, price="2"))
    booth.presenter.hand_over()
    booth.work.run_all()
    assert booth.state.bill is not None
    assert booth.state.bill.total == Money(200)


def test_a_removed_line_is_gone_and_a_wrong_place_removes_none(booth: Booth) -> None:
    desk = open_page(booth)
    add(desk, "amxl", "1")
    add(desk, "amxl", "2")
    desk.remove(5)
    desk.remove(0)
    assert [line.price for line in typing(booth).lines] == ["2"]
    assert typing(booth).total == Money(200)


def test_every_fault_at_once_and_gone_when_mended(booth: Booth) -> None:
    desk = open_page(booth)
    fill(desk, doctor_name="", diagnosis_code="", kind=EMERGENCY, trauma=Trauma.NO_THIRD_PARTY)
    assert typing(booth).faults == ()
    booth.presenter.hand_over()
    assert booth.on(Page.CHARGES)
    assert {fault.field for fault in typing(booth).faults} == {
        "visit.doctor_name",
        "visit.diagnoses[1].code",
        "visit.emergency",
        "visit.trauma_letter",
        "lines",
    }
    assert "还没有明细" in typing(booth).fault("lines")
    fill(desk, kind=CHRONIC, trauma=Trauma.NONE)
    assert [fault.field for fault in typing(booth).faults] == ["visit.dise_codg", "lines"]
    add(desk, "amxl", "1")
    fill(desk, kind="11")
    assert typing(booth).faults == ()


def test_an_items_last_price_comes_back(booth: Booth) -> None:
    desk = open_page(booth)
    add(desk, "amxl", "12.50")
    desk.search("amxl")
    desk.take(desk.typing.entry.found[0])
    assert desk.typing.entry.line is not None
    assert desk.typing.entry.line.price == "12.50"


def test_a_diagnosis_that_was_named_names_itself(booth: Booth) -> None:
    desk = open_page(booth)
    fill(desk)
    add(desk, "amxl", "1")
    assert desk.hand_over() is not None
    desk.set_visit(VisitDraft("B2", diagnosis_code="J06.90"))
    desk.set_visit(replace(desk.typing.visit, diagnosis_code="J06.900"))
    assert desk.typing.visit.diagnosis == "急性上呼吸道感染"
    desk.set_visit(replace(desk.typing.visit, diagnosis_code="J06.9001"))
    assert desk.typing.visit.diagnosis == ""


def test_an_item_of_limited_use_is_approved_by_nobody_but_the_cashier(booth: Booth) -> None:
    """``hosp_appr_flag``: the window never claims an approval by itself."""
    desk = open_page(booth)
    restricted = next(item for item in practice_items() if item.restricted)
    desk.take(restricted)
    assert desk.typing.entry.line is not None
    assert not desk.typing.entry.line.approved


def test_without_a_catalogue_the_page_says_what_to_do_and_reads_again(
    booth: Booth, tmp_path: Path
) -> None:
    file = tmp_path / "catalogue.csv"
    booth.presenter.charges._load = lambda: catalogue_file(file)
    open_page(booth)
    assert typing(booth).shelf is Shelf.FAILED
    problem = typing(booth).shelf_problem
    assert problem is not None
    assert problem.kind is ProblemCode.CATALOGUE_MISSING
    assert Intent.RELOAD_CATALOGUE in booth.state.intents
    file.write_bytes(b"\xff\xff\xff")
    booth.presenter.charges.reload()
    booth.work.run_all()
    problem = typing(booth).shelf_problem
    assert problem is not None
    assert problem.kind is ProblemCode.CATALOGUE_UNREADABLE
    head = "code,name,class,kind,selfpay,limit,restricted\n"
    file.write_text(head + "A1,甲药,01,09,0.0000,,0\nA2,,01,09,0.0000,,0\n", encoding="utf-8")
    booth.presenter.charges.reload()
    booth.work.run_all()
    assert typing(booth).shelf is Shelf.OPEN
    assert typing(booth).left_out == 1
    assert Intent.RELOAD_CATALOGUE not in booth.state.intents


def test_anything_that_goes_wrong_with_the_catalogue_is_told(booth: Booth) -> None:
    def fails() -> LoadedCatalogue:
        raise desk_error(ProblemCode.PRACTICE_CATALOGUE_MISSING, "ReadTimeout")

    booth.presenter.charges._load = fails
    open_page(booth)
    problem = typing(booth).shelf_problem
    assert problem is not None
    assert problem.kind is ProblemCode.PRACTICE_CATALOGUE_MISSING


def test_a_refused_bill_can_be_mended_and_handed_over_again(booth: Booth) -> None:
    """B23: nothing that was typed is lost with a refusal."""
    desk = open_page(booth)
    fill(desk)
    add(desk, "amxl", "12.50")
    desk._typing = replace(
        desk.typing,
        lines=tuple(
            replace(line, item=replace(line.item, code="NOBODYKNOWSTHIS"))
            for line in desk.typing.lines
        ),
    )
    booth.presenter.hand_over()
    booth.work.run_all()
    assert booth.on(Page.STOPPED)
    assert Intent.TYPE_CHARGES in booth.state.intents
    booth.presenter.type_charges()
    assert booth.on(Page.CHARGES)
    desk.remove(0)
    add(desk, "amxl", "12.50")
    booth.presenter.hand_over()
    booth.work.run_all()
    assert booth.on(Page.OFFER), booth.state.stop


def test_faulty_files_are_told_and_listed(booth: Booth) -> None:
    booth.presenter.show_broken()
    assert not booth.state.shows_broken
    booth.presenter.folder_looked_at(seen(BROKEN))
    assert Intent.BROKEN_FILES in booth.state.intents
    booth.presenter.show_broken()
    assert booth.state.intents == {Intent.HELP, Intent.BACK}
    booth.presenter.back()
    booth.show(ORDINARY)
    assert booth.on(Page.PERSON)
    assert Intent.BROKEN_FILES in booth.state.intents
    booth.presenter.show_broken()
    booth.presenter.folder_looked_at(seen())
    assert not booth.state.shows_broken
    assert Intent.BROKEN_FILES not in booth.state.intents


def test_the_next_patient_comes_before_the_list_of_files(booth: Booth) -> None:
    booth.presenter.folder_looked_at(seen(BROKEN))
    booth.presenter.show_broken()
    booth.show(ORDINARY)
    assert not booth.state.shows_broken
