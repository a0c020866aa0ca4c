"""The end of a visit on paper: the slip drawn for the screen, sent to a printer, never money."""

from __future__ import annotations

from hashlib import sha256

import pytest

from desktop.domain.left import Left
from desktop.domain.money import Money
from desktop.domain.prints import PaperStanding, ReprintReason
from desktop.domain.problems import Problem, ProblemCode
from desktop.domain.visit import State
from desktop.services.identify import from_id_number
from printing.sheets import NotReadable, Sheet, sheets_within
from tests.rig.desk_printer import DeskPrinter, jammed, silent, well
from tests.rig.town import townsman
from tests.ui.cashier.booth import Booth
from tests.ui.inline_work import InlineWork
from ui.cashier.news import News
from ui.cashier.paper_state import PaperAt, PaperShown
from ui.cashier.paper_wording import badge
from ui.cashier.presenter import CashierPresenter
from ui.cashier.print_desk import REASONS
from ui.cashier.slip_desk import SlipDesk
from ui.cashier.state import Intent, Page, Quota, ShownBy

ORDINARY = townsman(0)


def pay(booth: Booth) -> None:
    booth.to_offer(ORDINARY)
    booth.presenter.settle()
    booth.work.run_all()
    booth.presenter.collect()
    booth.work.run_all()


def to_paper(booth: Booth) -> None:
    """The cash is taken and the slip is kept; the printer has not begun."""
    booth.to_offer(ORDINARY)
    booth.presenter.settle()
    booth.work.run_all()
    booth.presenter.collect()
    booth.work.run_one()


def in_the_list(booth: Booth) -> None:
    """The next patient comes, and the cashier looks at what is left of the one before."""
    booth.presenter.next_patient()
    booth.presenter.queue.look()
    booth.work.run_all()
    booth.presenter.queue.show()


def shown(booth: Booth) -> PaperShown:
    assert booth.state.paper is not None
    return booth.state.paper


def state_on_disk(booth: Booth) -> State:
    return booth.opened.desk.record(booth.opened.journal.visits()[0]).state


def test_the_slip_is_drawn_as_large_as_the_window_shows_it(booth: Booth) -> None:
    booth.presenter.slip.room(680, 900)
    pay(booth)
    assert booth.state.slip is not None
    assert [sheet.width for sheet in booth.state.slip] == [680]
    booth.presenter.slip.room(1360, 1800)
    booth.work.run_all()
    assert booth.state.slip is not None
    assert booth.state.slip[0].width == 1360


def test_the_next_patient_does_not_see_the_slip_before(booth: Booth) -> None:
    booth.presenter.slip.room(680, 900)
    pay(booth)
    booth.presenter.next_patient()
    booth.presenter.slip.room(700, 900)
    booth.work.run_all()
    assert booth.state.slip is None


def test_two_copies_go_to_the_printer_one_by_one(booth: Booth) -> None:
    printer = DeskPrinter()
    booth.printers.to = printer
    pay(booth)
    paper = shown(booth)
    assert (paper.at, paper.printer, paper.copies, booth.state.notes) == (PaperAt.OUT, "HP", 2, ())
    sheets = [sheets_within(job.pdf, 300, 300) for job in printer.jobs]
    assert [len(each) for each in sheets] == [1, 1]
    assert sheets[0] != sheets[1], "each says whose it is"
    assert paper.pages == 1, "each copy is a page of its own"
    assert len(printer.jobs) == 2
    assert len({job.name for job in printer.jobs}) == 2
    assert state_on_disk(booth) is State.PRINTED


def test_without_a_printer_the_archive_is_the_paper(booth: Booth) -> None:
    pay(booth)
    paper = shown(booth)
    assert (paper.at, paper.printer, booth.state.notes) == (PaperAt.KEPT, "", ())
    assert booth.opened.journal.paper(paper.job) == paper.pdf
    assert state_on_disk(booth) is State.PRINTED


def test_the_next_patient_does_not_wait_for_the_printer(booth: Booth) -> None:
    """The copy is on its way; its end is written down whoever is at the window then."""
    booth.printers.to = DeskPrinter()
    to_paper(booth)
    assert shown(booth).at is PaperAt.PRINTING
    assert Intent.PRINT_AGAIN not in booth.state.intents
    booth.presenter.next_patient()
    assert booth.on(Page.READY)
    booth.work.run_all()
    assert state_on_disk(booth) is State.PRINTED
    assert booth.state.paper is None


def test_a_printer_that_fails_behind_the_next_patient_is_told(booth: Booth) -> None:
    booth.printers.to = DeskPrinter(then=(jammed,))
    to_paper(booth)
    booth.presenter.next_patient()
    booth.work.run_all()
    assert booth.state.note == News.PAPER_LEFT
    assert [row.left for row in booth.state.desk.open_visits] == [Left.PAPER]


def test_what_is_being_printed_waits_for_nobody(booth: Booth) -> None:
    booth.printers.to = DeskPrinter()
    to_paper(booth)
    booth.presenter.next_patient()
    printing = booth.work.waiting.popleft()
    booth.presenter.queue.look()
    booth.work.run_all()
    assert booth.state.desk.open_visits == ()
    printing.end()
    booth.work.run_all()


def test_a_jam_changes_no_money_and_the_same_paper_goes_on(booth: Booth) -> None:
    """B35: paper out, jam, off; F11 prints the very same slip, still the original."""
    printer = DeskPrinter(then=(jammed,))
    booth.printers.to = printer
    pay(booth)
    paper = shown(booth)
    assert (booth.state.page, paper.at) == (Page.DONE, PaperAt.TROUBLE)
    assert [note.kind for note in booth.state.notes] == [ProblemCode.PRINTER_JAM]
    assert state_on_disk(booth) is State.PRINT_PENDING
    assert Intent.PRINT_AGAIN not in booth.state.intents
    booth.presenter.prints.retry()
    booth.work.run_all()
    assert (shown(booth).at, booth.state.notes) == (PaperAt.OUT, ())
    assert state_on_disk(booth) is State.PRINTED
    assert {paper.sha256 for paper in booth.record().papers} == {sha256(paper.pdf).hexdigest()}
    assert len(printer.jobs) == 3
    assert len(booth.platform.settlements(ORDINARY["certno"])) == 1


def test_of_a_pair_only_the_missing_copy_is_printed(booth: Booth) -> None:
    """B36: the first came out, the second did not."""
    printer = DeskPrinter(then=(well, jammed))
    booth.printers.to = printer
    pay(booth)
    paper = shown(booth)
    assert (paper.at, paper.out, paper.copies) == (PaperAt.TROUBLE, 1, 2)
    assert badge(paper).word == "2 份里打出 1 份"
    booth.presenter.prints.retry()
    booth.work.run_all()
    assert (shown(booth).at, shown(booth).out) == (PaperAt.OUT, 2)
    assert [job.name[-2:] for job in printer.jobs] == ["-1", "-2", "-2"]


def test_a_printer_that_goes_silent_has_somebody_look(booth: Booth) -> None:
    """Never a second original by itself: the first copy may lie in the tray."""
    booth.printers.to = DeskPrinter(then=(silent,))
    pay(booth)
    paper = shown(booth)
    assert (paper.at, paper.doubted) == (PaperAt.DOUBTED, 1)
    assert (paper.problem, paper.cause) == (
        Problem(ProblemCode.PRINT_DOUBTED),
        Problem(ProblemCode.PRINTER_OUT_OF_PAPER),
    )
    assert state_on_disk(booth) is State.PRINT_PENDING
    assert {Intent.PAPER_CAME, Intent.PAPER_DID_NOT_COME} <= booth.state.intents
    assert Intent.PRINT_REST not in booth.state.intents
    booth.presenter.prints.all_came_out()
    booth.work.run_all()
    assert (shown(booth).at, shown(booth).out) == (PaperAt.TROUBLE, 1)
    booth.presenter.prints.retry()
    booth.work.run_all()
    assert shown(booth).at is PaperAt.OUT


def test_what_surely_did_not_come_is_printed_at_once(booth: Booth) -> None:
    printer = DeskPrinter(then=(silent,))
    booth.printers.to = printer
    pay(booth)
    booth.presenter.prints.none_came_out()
    booth.work.run_all()
    assert (shown(booth).at, len(printer.jobs)) == (PaperAt.OUT, 3)
    assert booth.record().papers[0].reprint == 0


def test_a_reprint_has_a_reason_and_a_number(booth: Booth) -> None:
    """B37: 补打 第n次, with why, in the journal and in the archive."""
    pay(booth)
    first = shown(booth)
    for number in (1, 2):
        booth.presenter.prints.ask_reason()
        booth.presenter.prints.reprint(REASONS.index(ReprintReason.LOST))
        booth.work.run_all()
        assert booth.state.shows_reasons is False
        assert shown(booth).reprint == number
    papers = booth.record().papers
    assert [(paper.reprint, paper.reason) for paper in papers] == [
        (0, ""),
        (1, ReprintReason.LOST),
        (2, ReprintReason.LOST),
    ]
    assert booth.opened.journal.paper(first.job) == first.pdf
    assert shown(booth).pdf != first.pdf


def test_a_reason_can_be_left_unsaid(booth: Booth) -> None:
    pay(booth)
    booth.presenter.prints.ask_reason()
    booth.presenter.back()
    assert not booth.state.shows_reasons
    assert len(booth.record().papers) == 1


def test_the_slip_can_be_looked_at_before_the_cash(booth: Booth) -> None:
    """Preview: nothing is kept, nothing is printed."""
    booth.settle(ORDINARY)
    booth.presenter.money.large_slip.room(900, 900)
    booth.presenter.money.preview()
    booth.work.run_all()
    assert booth.state.large_slip
    assert Intent.NEXT_PATIENT not in booth.state.intents
    assert booth.record().papers == ()
    booth.presenter.back()
    assert booth.on(Page.SETTLED)


def test_what_waits_in_the_list_is_printed_from_there(booth: Booth) -> None:
    printer = DeskPrinter(then=(jammed,))
    booth.printers.to = printer
    pay(booth)
    in_the_list(booth)
    booth.presenter.queue.finish()
    booth.work.run_all()
    assert (booth.state.page, shown(booth).at) == (Page.DONE, PaperAt.OUT)
    assert state_on_disk(booth) is State.PRINTED


def test_what_is_in_doubt_is_only_shown_from_the_list(booth: Booth) -> None:
    printer = DeskPrinter(then=(silent,))
    booth.printers.to = printer
    pay(booth)
    in_the_list(booth)
    booth.presenter.queue.finish()
    booth.work.run_all()
    assert (shown(booth).at, len(printer.jobs)) == (PaperAt.DOUBTED, 1)
    assert shown(booth).pdf


def test_a_paper_that_nobody_wants_leaves_the_list(booth: Booth) -> None:
    booth.printers.to = DeskPrinter(then=(jammed,))
    pay(booth)
    in_the_list(booth)
    assert Intent.GIVE_UP_PAPER in booth.state.intents
    booth.presenter.queue.give_up_paper()
    booth.work.run_all()
    assert booth.state.desk.open_visits == ()
    assert booth.record().papers[0].standing is PaperStanding.OVER


def test_keys_that_are_not_offered_print_nothing(booth: Booth) -> None:
    prints, queue = booth.presenter.prints, booth.presenter.queue
    acts = (prints.retry, prints.ask_reason, prints.all_came_out, prints.one_came_out)
    for act in (
        *acts,
        lambda: prints.reprint(0),
        queue.give_up_paper,
        booth.presenter.money.preview,
    ):
        act()
    assert not booth.work.waiting
    pay(booth)
    prints.retry()
    prints.none_came_out()
    assert not booth.work.waiting


def test_one_of_two_came_out(booth: Booth) -> None:
    """A program that ended while both copies were on their way knows of neither."""
    booth.printers.to = DeskPrinter()
    to_paper(booth)
    booth.work.waiting.clear()  # killed here
    booth.presenter.next_patient()
    again = CashierPresenter(
        booth.counter, booth.work, lambda: booth.later, booth.state.desk, booth.shown.append
    )
    again.queue.start()
    booth.work.run_all()
    again.queue.choose(again.state.desk.open_visits[0].visit)
    again.queue.finish()
    booth.work.run_all()
    assert again.state.paper is not None
    assert (again.state.paper.at, again.state.paper.doubted) == (PaperAt.DOUBTED, 2)
    assert again.state.notes[0].kind is ProblemCode.PRINT_DOUBTED
    again.prints.one_came_out()
    booth.work.run_all()
    assert (again.state.paper.at, again.state.paper.out) == (PaperAt.TROUBLE, 1)


@pytest.mark.parametrize("pdf", [b"", b"%PDF"])
def test_a_slip_that_cannot_be_drawn_is_said(pdf: bytes) -> None:
    told: list[object] = []

    def torn(_pdf: bytes, _width: int, _height: int) -> tuple[Sheet, ...]:
        raise NotReadable("torn")

    work = InlineWork()
    desk = SlipDesk(torn, work, told.append)
    desk.room(10, 10)
    desk.printed(pdf)
    work.run_all()
    assert told == ([()] if pdf else [])


def test_only_the_newest_wish_is_told() -> None:
    told: list[object] = []
    work = InlineWork()
    desk = SlipDesk(lambda _pdf, width, height: (Sheet(width, height, b""),), work, told.append)
    desk.printed(b"%PDF")
    for width in (10, 20, 20, 30):
        desk.room(width, 10)
    work.run_all()
    assert told == [(Sheet(30, 10, b""),)]


def test_what_is_left_is_an_estimate_until_the_platform_tells(booth: Booth) -> None:
    booth.platform.elsewhere(ORDINARY["certno"], "2023-03-01", "150.00")
    booth.drop(ORDINARY)
    booth.presenter.show_credential(lambda: from_id_number(ORDINARY["certno"]), ShownBy.NUMBER)
    booth.work.run_one()
    booth.work.run_one()
    assert booth.state.quota == Quota(Money.parse("1850.00"), estimated=True)
    booth.work.run_all()
    offered, quota = booth.state.offer, booth.state.quota
    assert offered is not None
    assert quota is not None
    assert offered.split.pooled_fund is not None
    assert (quota.left + offered.split.pooled_fund, quota.estimated) == (
        Money.parse("1850.00"),
        False,
    )


def test_a_failed_query_of_the_year_stops_nobody(booth: Booth) -> None:
    booth.platform.fault("5206", "after", "reset")
    booth.show(ORDINARY)
    assert (booth.state.page, booth.state.quota) == (Page.PERSON, None)
