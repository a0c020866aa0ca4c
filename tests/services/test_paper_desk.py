"""Papers from their drawing to the tray: no second original by itself, and never a word of money."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from desktop.commands.queue_item import item_as_json
from desktop.domain.money import Money
from desktop.domain.prints import (
    PaperStanding,
    PrintEnded,
    PrintIntended,
    ReprintReason,
    with_print,
)
from desktop.domain.problems import DeskError, Problem, ProblemCode, desk_error
from desktop.domain.visit import State
from desktop.ledger.journal import VisitId
from desktop.ledger.papers import Search
from desktop.services.desk_visit import DeskVisit
from desktop.services.drawing import DrawnForm
from desktop.services.filling import Filling
from desktop.services.paper_desk import PaperDesk, Wanted, slip_on
from desktop.services.queue import items, tidy_all
from desktop.services.receipt import slip_of
from desktop.services.refund import Refund
from printing.forms.f1_settlement_slip import SettlementSlip
from printing.sheets import sheets_within
from tests.rig.desk_printer import DeskPrinter, OnePrinter, jammed, silent, well
from tests.rig.paper import ink, pdf
from tests.services.counter import Counter, bill_of
from tests.services.wire import setlinfo

CASH = Money.parse("450.00")
LETTER = DrawnForm("F4", "外伤承诺书", b"%PDF letter", 1)


@pytest.fixture
def paid(counter: Counter, person: Mapping[str, Any]) -> VisitId:
    """A visit that waits for its slip."""
    finished = counter.settle(bill_of(person))
    visit = DeskVisit(counter.desk, VisitId(finished.visit))
    visit.collect(CASH)
    visit.release()
    return visit.id


def state(counter: Counter, visit: VisitId) -> State:
    return counter.desk.record(visit).state


def waiting(counter: Counter) -> list[tuple[str, str, str]]:
    tidy_all(counter.desk)
    rows = [item_as_json(counter.desk, item) for item in items(counter.desk)]
    return [(str(row["kind"]), str(row["state"]), str(row["reason"])) for row in rows]


def test_a_visit_that_waits_for_its_slip_is_in_the_queue(counter: Counter, paid: VisitId) -> None:
    """Killed between the cash and the paper: nothing was sent, nobody has to look."""
    assert waiting(counter) == [("print", "waiting", "")]


def test_a_slip_that_came_out_leaves_the_queue(
    counter: Counter, papers: PaperDesk, paid: VisitId
) -> None:
    ordered = papers.order(paid)
    paper = papers.ended(ordered, papers.send(ordered))
    assert (paper.standing, paper.out, paper.printer) == (PaperStanding.OUT, 2, "HP")
    assert state(counter, paid) is State.PRINTED
    assert waiting(counter) == []


def test_who_has_gone_with_his_slip_is_not_kept_in_mind(
    counter: Counter, papers: PaperDesk, paid: VisitId
) -> None:
    """The paper ends after the window let go of the visit: a day holds what is open only."""
    ordered = papers.order(paid)
    counter.desk.memory.forget(paid)
    papers.ended(ordered, papers.send(ordered))
    assert len(counter.desk.memory) == 0
    assert state(counter, paid) is State.PRINTED


def test_killed_while_it_was_being_sent_it_may_have_come_out(
    counter: Counter, papers: PaperDesk, paid: VisitId, printer: DeskPrinter
) -> None:
    """The intent is on disk before the first byte: the next start asks, and prints nothing."""
    ordered = papers.order(paid)
    assert waiting(counter) == [("print", "needs-person", "print-doubted")]
    with pytest.raises(DeskError):
        papers.again(paid, ordered.job)
    assert printer.jobs == []
    papers.looked(paid, ordered.job, 1)
    assert waiting(counter) == [("print", "waiting", "printer-failed")]
    again = papers.again(paid, ordered.job)
    assert (again.copies, again.first, again.pdf) == (1, 2, ordered.pdf)
    papers.ended(again, papers.send(again))
    assert [job.name for job in printer.jobs] == [f"F1-{ordered.job}-2"]
    assert state(counter, paid) is State.PRINTED


def test_all_of_them_came_out(counter: Counter, papers: PaperDesk, paid: VisitId) -> None:
    ordered = papers.order(paid)
    assert papers.looked(paid, ordered.job, 2).standing is PaperStanding.OUT
    assert state(counter, paid) is State.PRINTED


@pytest.mark.parametrize("out", [-1, 3])
def test_more_than_were_sent_did_not_come_out(papers: PaperDesk, paid: VisitId, out: int) -> None:
    ordered = papers.order(paid)
    with pytest.raises(DeskError):
        papers.looked(paid, ordered.job, out)


def test_of_a_paper_that_is_not_there_nothing_is_known(papers: PaperDesk, paid: VisitId) -> None:
    for act in (papers.again, papers.give_up):
        with pytest.raises(DeskError) as refused:
            act(paid, "nothing")
        assert refused.value.problems[0].kind is ProblemCode.NO_SUCH_ITEM


@pytest.mark.parametrize(
    ("then", "told", "sent"),
    [
        ((jammed,), ("waiting", "printer-jam"), 0),
        ((well, jammed), ("waiting", "printer-jam"), 1),
        ((silent,), ("needs-person", "printer-out-of-paper"), 0),
        ((well, silent), ("needs-person", "printer-out-of-paper"), 1),
    ],
)
def test_trouble_stays_in_the_queue_by_its_name(
    counter: Counter,
    papers: PaperDesk,
    paid: VisitId,
    printer: DeskPrinter,
    then: tuple[Any, ...],
    told: tuple[str, str],
    sent: int,
) -> None:
    """B35: the money stays as it is; a half printed pair is known as one."""
    printer.then = then
    ordered = papers.order(paid)
    paper = papers.ended(ordered, papers.send(ordered))
    assert (paper.out, paper.copies) == (sent, 2)
    assert state(counter, paid) is State.PRINT_PENDING
    assert waiting(counter) == [("print", *told)]


def test_the_first_of_a_pair_in_doubt_leaves_the_second_surely_missing(
    papers: PaperDesk, paid: VisitId, printer: DeskPrinter
) -> None:
    printer.then = (silent,)
    ordered = papers.order(paid)
    paper = papers.ended(ordered, papers.send(ordered))
    assert (paper.sent, paper.missing) == (1, 1)
    seen = papers.looked(paid, ordered.job, 1)
    assert (seen.standing, seen.out, seen.missing) == (PaperStanding.WAITING, 1, 1)


def test_reprints_are_numbered_and_say_why(
    counter: Counter, papers: PaperDesk, paid: VisitId, drawn: list[int]
) -> None:
    """B36, B37: the spoiled sheet is noted, the paper says 补打."""
    for reason in (None, ReprintReason.SPOILED, ReprintReason.LOST):
        ordered = papers.order(paid, reason)
        papers.ended(ordered, papers.send(ordered))
    told = counter.desk.record(paid).papers
    assert [(paper.reprint, paper.reason) for paper in told] == [
        (0, ""),
        (1, "spoiled"),
        (2, "lost"),
    ]
    assert drawn == [0, 1, 2]
    assert [kept.reprint for kept in counter.opened.journal.papers(Search(visit=paid))] == [0, 1, 2]


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Which 补打 each slip was drawn as."""
    numbers: list[int] = []

    def noted(filling: Filling) -> SettlementSlip:
        again = filling.issue.reprint
        numbers.append(again.number if again else 0)
        return slip_of(filling)

    monkeypatch.setattr("desktop.services.receipt.slip_of", noted)
    return numbers


def test_what_did_not_come_out_is_no_first_print(
    counter: Counter, papers: PaperDesk, paid: VisitId, printer: DeskPrinter
) -> None:
    """A slip that surely never was on paper is drawn anew as the original."""
    printer.then = (jammed,)
    first = papers.order(paid)
    papers.ended(first, papers.send(first))
    papers.order(paid)
    assert [paper.reprint for paper in counter.desk.record(paid).papers] == [0, 0]


def test_a_visit_of_before_papers_were_kept_knows_its_prints(
    counter: Counter, papers: PaperDesk, paid: VisitId, drawn: list[int]
) -> None:
    from desktop.domain.events import Printed

    counter.desk.journal.append(paid, (Printed("F1", 1),), counter.desk.clock())
    papers.order(paid, ReprintReason.ANOTHER)
    assert drawn == [1]


def test_a_visit_that_was_taken_back_meanwhile_waits_for_no_paper(
    counter: Counter, papers: PaperDesk, paid: VisitId
) -> None:
    """The printer comes to its end after the 2208: the note is written, the visit does not move."""
    ordered = papers.order(paid)
    Refund(counter.desk, paid).cancel((), "0001")
    paper = papers.ended(ordered, papers.send(ordered))
    assert paper.standing is PaperStanding.OUT
    assert state(counter, paid) is State.REVERSED


def test_a_paper_that_nobody_wants_is_given_up(
    counter: Counter, papers: PaperDesk, paid: VisitId, printer: DeskPrinter
) -> None:
    printer.then = (jammed,)
    ordered = papers.order(paid)
    papers.ended(ordered, papers.send(ordered))
    assert papers.give_up(paid, ordered.job).standing is PaperStanding.OVER
    assert state(counter, paid) is State.PRINTED
    assert waiting(counter) == []


def test_a_reprint_that_is_given_up_was_no_print(
    counter: Counter, papers: PaperDesk, paid: VisitId, printer: DeskPrinter
) -> None:
    ordered = papers.order(paid)
    papers.ended(ordered, papers.send(ordered))
    printer.then = (jammed,)
    again = papers.order(paid, ReprintReason.LOST)
    papers.ended(again, papers.send(again))
    assert waiting(counter) == [("print", "waiting", "printer-jam")]
    papers.give_up(paid, again.job)
    assert counter.desk.record(paid).printed == 1
    assert waiting(counter) == []


def test_a_slip_that_cannot_be_drawn_is_owed(
    counter: Counter, papers: PaperDesk, paid: VisitId
) -> None:
    def no_fonts(_wanted: Wanted) -> DrawnForm:
        raise desk_error(ProblemCode.RECEIPT_NOT_PRINTED, "没有中文字体")

    with pytest.raises(DeskError):
        replace(papers, draw=no_fonts).order(paid)
    assert state(counter, paid) is State.PRINT_PENDING
    assert waiting(counter) == [("print", "waiting", "")]


def test_a_slip_that_does_not_add_up_is_neither_kept_nor_previewed(
    counter: Counter, papers: PaperDesk, person: Mapping[str, Any]
) -> None:
    """B31."""
    counter.wire.answer("2207", setlinfo(psn_cash_pay="0.01"))
    visit = VisitId(counter.settle(bill_of(person)).visit)
    for act in (papers.order, papers.preview):
        with pytest.raises(DeskError):
            act(visit)
    assert counter.opened.journal.papers(Search()) == ()


def test_a_preview_keeps_nothing(counter: Counter, papers: PaperDesk, paid: VisitId) -> None:
    assert papers.preview(paid).pdf.startswith(b"%PDF")
    assert counter.desk.record(paid).papers == ()


def test_any_form_of_a_visit_is_kept_and_printed_without_moving_it(
    counter: Counter, papers: PaperDesk, paid: VisitId, printer: DeskPrinter
) -> None:
    """F4 … F10: their trouble is in the queue like any other, the visit waits for its slip."""
    printer.then = (jammed,)
    letter = papers.keep(paid, LETTER, 0, None)
    papers.ended(letter, papers.send(letter))
    assert state(counter, paid) is State.COLLECTED
    slip = papers.order(paid)
    papers.ended(slip, papers.send(slip))
    assert state(counter, paid) is State.PRINTED
    assert waiting(counter) == [("print", "waiting", "printer-jam")]
    again = papers.again(paid, letter.job)
    papers.ended(again, papers.send(again))
    assert waiting(counter) == []


def test_copies_with_pages_of_their_own_go_out_one_by_one(
    counter: Counter, papers: PaperDesk, paid: VisitId, printer: DeskPrinter, tmp_path: Path
) -> None:
    """One for the patient, one for the archive: each says whose it is, and both are kept."""
    whole = pdf(tmp_path / "pair.pdf", pages=2).read_bytes()
    printer.then = (well, jammed)
    ordered = papers.keep(paid, DrawnForm("F1", "结算单", whole, 2, pages=1), 0, None)
    papers.ended(ordered, papers.send(ordered))
    again = papers.again(paid, ordered.job)
    papers.ended(again, papers.send(again))
    seen = [ink(sheets_within(job.pdf, 600, 600)[0], 0.05, 0.05) for job in printer.jobs]
    assert seen == [(0, 0, 0), (255, 255, 255), (255, 255, 255)]
    assert counter.opened.journal.paper(ordered.job) == whole


def test_the_settings_say_how_many_copies(
    counter: Counter, paid: VisitId, printer: DeskPrinter
) -> None:
    papers = counter.opened.papers(OnePrinter(printer, how_many=3))
    ordered = papers.order(paid)
    assert papers.ended(ordered, papers.send(ordered)).out == 3
    assert len(printer.jobs) == 3


def test_without_a_printer_the_archive_is_the_paper(counter: Counter, paid: VisitId) -> None:
    papers = counter.opened.papers(OnePrinter())
    ordered = papers.order(paid)
    paper = papers.ended(ordered, papers.send(ordered))
    assert (paper.standing, paper.printer) == (PaperStanding.OUT, "")
    assert state(counter, paid) is State.PRINTED


def test_a_visit_without_a_slip_has_none(counter: Counter, paid: VisitId) -> None:
    assert slip_on(counter.desk.record(paid)) is None


def test_an_end_without_a_beginning_tells_nothing() -> None:
    assert with_print((), PrintEnded("j", 1)) == ()
    (paper,) = with_print((), PrintIntended("j", "F1", 1, ""))
    assert paper.standing is PaperStanding.DOUBTED


def test_what_a_paper_lacks_is_told_with_it(
    counter: Counter, papers: PaperDesk, paid: VisitId
) -> None:
    amiss = (Problem(ProblemCode.GLYPH_MISSING, "U+20BB7"),)
    document = DrawnForm("F1", "结算单", b"%PDF", 1, problems=amiss)
    assert papers.keep(paid, document, 0, None).problems == amiss


def test_the_paper_stays_when_the_desk_is_opened_again(
    counter: Counter, papers: PaperDesk, paid: VisitId, tmp_path: Path
) -> None:
    ordered = papers.order(paid)
    assert counter.opened.journal.paper(ordered.job) == ordered.pdf
    assert not list(counter.opened.profile.folder.rglob("*.pdf"))


def test_a_visit_in_hand_hears_of_its_papers(
    counter: Counter, papers: PaperDesk, paid: VisitId
) -> None:
    """What it remembers and has not written yet is not forgotten over it."""
    visit = DeskVisit(counter.desk, paid)
    ordered = papers.order(paid)
    papers.ended(ordered, papers.send(ordered))
    assert not visit.record.papers
    visit.reread()
    assert visit.record == counter.desk.record(paid)
    visit.close()
    assert state(counter, paid) is State.CLOSED
