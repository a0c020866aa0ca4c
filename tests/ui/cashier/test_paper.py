"""The end of a visit on paper: the slip drawn for the screen, sent to a printer, never money."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.domain.money import Money
from desktop.domain.problems import ProblemCode, desk_error
from desktop.domain.visit import State
from desktop.services.identify import from_id_number
from printing.sheets import NotReadable, Sheet
from tests.rig.town import townsman
from tests.ui.cashier.booth import Booth
from tests.ui.inline_work import InlineWork
from ui.cashier.slip_desk import SlipDesk
from ui.cashier.state import Intent, Page, Quota, ShownBy

ORDINARY = townsman(0)


def pay(booth: Booth) -> None:
    booth.to_offer(ORDINARY)
    booth.presenter.settle()
    booth.work.run_all()
    booth.presenter.collect()
    booth.work.run_all()


def state_on_disk(booth: Booth) -> State:
    return booth.opened.desk.record(booth.opened.journal.visits()[0]).state


def jammed(_pdf: Path) -> str:
    raise desk_error(ProblemCode.PRINTER_FAILED, "HP")


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


def test_the_printer_is_named(booth: Booth) -> None:
    printed: list[Path] = []

    def printer(pdf: Path) -> str:
        printed.append(pdf)
        return "HP"

    booth.printer = printer
    pay(booth)
    assert (booth.state.printer, booth.state.notes) == ("HP", ())
    assert printed == [Path(booth.state.receipt)]
    assert state_on_disk(booth) is State.PRINTED


def test_without_a_printer_the_file_is_the_paper(booth: Booth) -> None:
    pay(booth)
    assert (booth.state.printer, booth.state.notes) == ("", ())
    assert Path(booth.state.receipt).is_file()
    assert state_on_disk(booth) is State.PRINTED


def test_a_jam_changes_no_money_and_is_printed_again(booth: Booth) -> None:
    """B35: paper out, jam, off; 补打 prints the same slip, still the first one on paper."""
    booth.printer = jammed
    pay(booth)
    assert booth.on(Page.DONE)
    assert [note.kind for note in booth.state.notes] == [ProblemCode.PRINTER_FAILED]
    assert Path(booth.state.receipt).is_file()
    assert state_on_disk(booth) is State.PRINT_PENDING
    assert Intent.PRINT_AGAIN in booth.state.intents
    booth.printer = lambda _pdf: "HP"
    booth.presenter.print_again()
    booth.work.run_all()
    assert (booth.state.printer, booth.state.notes) == ("HP", ())
    assert state_on_disk(booth) is State.PRINTED
    assert len(booth.platform.settlements(ORDINARY["certno"])) == 1


@pytest.mark.parametrize("place", ["", "slip.pdf"])
def test_a_slip_that_cannot_be_drawn_is_said(place: str) -> None:
    told: list[object] = []

    def torn(_pdf: Path, _width: int, _height: int) -> tuple[Sheet, ...]:
        raise NotReadable("torn")

    work = InlineWork()
    desk = SlipDesk(torn, work, told.append)
    desk.room(10, 10)
    desk.printed(place)
    work.run_all()
    assert told == ([()] if place else [])


def test_only_the_newest_wish_is_told() -> None:
    told: list[object] = []
    work = InlineWork()
    desk = SlipDesk(lambda _pdf, width, height: (Sheet(width, height, b""),), work, told.append)
    desk.printed("slip.pdf")
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
