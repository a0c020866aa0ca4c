"""A card put in early: kept while somebody is at the window, read when nobody is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pytest

from desktop.domain.credential import Credential, CredentialKind
from desktop.services.identify import from_id_number
from tests.rig.town import townsman
from tests.ui.cashier.booth import Booth
from ui.cashier.doing import Doing
from ui.cashier.key_wording import news
from ui.cashier.news import News
from ui.cashier.next_card import CardIn
from ui.cashier.state import Halt, Page, ShownBy
from ui.theme.tokens import Tone
from ui.widgets.shown import Badge

NOW, NEXT, UNFILED = townsman(0), townsman(1), townsman(7)


def put_in(booth: Booth, person: Mapping[str, Any], reader: str = "left") -> None:
    number = person["certno"]

    def show() -> None:
        booth.presenter.show_credential(lambda: from_id_number(number), ShownBy.CARD)

    booth.presenter.cards.put_in(CardIn(reader, show, number))
    booth.work.run_all()


def test_a_card_that_tells_its_number_alone_is_known_again_by_its_chip(booth: Booth) -> None:
    """A 3.0 card, pulled and put in while its holder is served, is no next patient's."""
    kind = CredentialKind.SOCIAL_SECURITY_CARD
    credential = Credential(kind, NOW["card_no"], NOW["card_sn"])

    def show() -> None:
        booth.presenter.show_credential(lambda: credential, ShownBy.CARD)

    card = CardIn("left", show, chip=NOW["card_sn"])
    booth.presenter.cards.put_in(card)
    booth.work.run_all()
    assert name(booth) == NOW["name"]
    booth.presenter.cards.taken_out("left")
    booth.presenter.cards.put_in(card)
    notes = [booth.state.note]
    booth.presenter.cards.put_in(CardIn("left", show, chip=NEXT["card_sn"]))
    notes.append(booth.state.note)
    assert notes == [None, News.NEXT_CARD]


def done(booth: Booth) -> None:
    booth.presenter.leave()
    booth.work.run_all()


def name(booth: Booth) -> str:
    return booth.state.person.name if booth.state.person else ""


def test_at_a_free_window_a_card_is_read_at_once(booth: Booth) -> None:
    put_in(booth, NOW)
    assert name(booth) == NOW["name"]


def test_the_next_card_is_read_when_the_window_is_free(booth: Booth) -> None:
    booth.to_offer(NOW)
    put_in(booth, NEXT)
    assert booth.on(Page.OFFER)
    assert (name(booth), booth.state.note) == (NOW["name"], News.NEXT_CARD)
    done(booth)
    assert name(booth) == NEXT["name"]


def test_a_card_that_was_pulled_is_forgotten(booth: Booth) -> None:
    booth.to_offer(NOW)
    put_in(booth, NEXT)
    booth.presenter.cards.taken_out("right")
    booth.presenter.cards.taken_out("left")
    done(booth)
    assert booth.on(Page.READY)
    assert booth.state.person is None


def test_another_readers_card_is_another_card(booth: Booth) -> None:
    booth.to_offer(NOW)
    put_in(booth, NEXT)
    booth.presenter.cards.taken_out("right")
    done(booth)
    assert name(booth) == NEXT["name"]


def test_the_patients_own_card_comes_too_late_to_be_the_next(booth: Booth) -> None:
    """Identified by the code; then the card is put in as well."""
    booth.to_offer(NOW)
    put_in(booth, NOW)
    done(booth)
    assert booth.state.person is None


def test_closing_in_the_middle_of_a_settlement_is_heard(booth: Booth) -> None:
    booth.to_offer(NOW)
    booth.presenter.settle()
    booth.presenter.closing.begins(waits=True)
    assert booth.state.busy is not None
    assert booth.state.busy.doing is Doing.CLOSING
    booth.presenter.stage.give_up()
    assert booth.state.note is News.BOOKING_GOES_ON
    booth.work.run_all()
    assert booth.on(Page.SETTLED)


def test_a_window_that_waits_for_nothing_is_not_busy_with_closing(booth: Booth) -> None:
    booth.presenter.closing.begins(waits=False)
    assert booth.state.busy is None
    assert not booth.presenter.closing.stays


def test_a_card_put_in_anew_while_it_is_read_is_no_next_patients(booth: Booth) -> None:
    """Pulled and put in before it was known whose it is."""
    number = NOW["certno"]

    def show() -> None:
        booth.presenter.show_credential(lambda: from_id_number(number), ShownBy.CARD)

    card = CardIn("left", show, number)
    booth.presenter.cards.put_in(card)
    booth.presenter.cards.taken_out("left")
    booth.presenter.cards.put_in(card)
    booth.work.run_all()
    assert name(booth) == NOW["name"]
    done(booth)
    booth.work.run_all()
    assert booth.on(Page.READY)


def lose(booth: Booth, person: Mapping[str, Any]) -> None:
    """Settled, the answer lost: the patient waits at the window."""
    booth.to_offer(person)
    booth.platform.fault("2207", "after", "reset")
    booth.presenter.settle()
    booth.work.run_all()


def halt(booth: Booth) -> Halt | None:
    return booth.state.stop.halt if booth.state.stop else None


@pytest.mark.parametrize("stop", [lose, Booth.line_down], ids=["unknown", "line down"])
def test_no_card_ends_the_page_of_a_patient_who_waits(
    booth: Booth, stop: Callable[[Booth, Mapping[str, Any]], object]
) -> None:
    """B28, 3.3: not the patient's own, pulled and put in again, and not the next one's."""
    stop(booth, NOW)
    before, visits = booth.state, booth.opened.journal.visits()
    put_in(booth, NOW)
    assert booth.state == before
    put_in(booth, NEXT, reader="right")
    assert (name(booth), booth.state.note) == (NOW["name"], News.NEXT_CARD)
    assert booth.state.lookup == before.lookup
    assert booth.opened.journal.visits() == visits, "none was begun for either card"
    booth.presenter.next_patient()
    booth.work.run_all()
    assert name(booth) == NEXT["name"]


def test_the_receipt_stays_for_the_patients_own_card_and_goes_for_the_next(booth: Booth) -> None:
    booth.pay(NOW)
    put_in(booth, NOW)
    assert (booth.on(Page.DONE), len(booth.opened.journal.visits())) == (True, 1)
    put_in(booth, NEXT)
    assert name(booth) == NEXT["name"]


def test_whoever_must_file_first_is_asked_about_again_by_the_card(booth: Booth) -> None:
    """Refused, needs filing: there the card, put in once more, is another try."""
    booth.show(UNFILED)
    assert halt(booth) is Halt.NEEDS_FILING
    put_in(booth, UNFILED)
    assert (name(booth), halt(booth)) == (UNFILED["name"], Halt.NEEDS_FILING)
    assert booth.state.credential is ShownBy.CARD


def test_a_card_that_nobody_could_be_found_by_is_tried_again(booth: Booth) -> None:
    booth.platform.fault("1101", "before", "reset")
    put_in(booth, NOW)
    assert (halt(booth), booth.state.person) == (Halt.LINE_DOWN, None)
    put_in(booth, NOW)
    assert name(booth) == NOW["name"]


def test_what_was_decided_is_told_beside_the_patient_whose_card_waited(booth: Booth) -> None:
    """The window turns to the next card at once: nobody has read it before."""
    booth.line_down(NOW)
    put_in(booth, NEXT)
    booth.presenter.outage.pay_self()
    booth.work.run_all()
    assert name(booth) == NEXT["name"]
    told = news(booth.state)
    assert told is not None
    assert told.word.startswith("刚才 孔*和：已登记自费：请按全额收费")


def test_what_was_decided_is_no_news_of_the_next_settlement(booth: Booth) -> None:
    booth.to_offer(NOW)
    put_in(booth, NEXT)
    booth.drop(NEXT)
    done(booth)
    assert (booth.on(Page.OFFER), name(booth)) == (True, NEXT["name"])
    assert news(booth.state) == Badge("刚才 孔*和：已撤销，没有结算", Tone.INFO)
    booth.presenter.confirm_identity()
    booth.presenter.settle()
    booth.work.run_all()
    assert (booth.on(Page.SETTLED), news(booth.state)) == (True, None)


def test_traces_that_were_found_late_are_told_beside_the_next_patient(booth: Booth) -> None:
    """Esc in the middle of a question, the next card already there (B25)."""
    booth.to_offer(NOW)
    put_in(booth, NEXT)
    booth.presenter.change_account_use()
    booth.presenter.stage.give_up()
    booth.work.run_all()
    assert name(booth) == NEXT["name"]
    told = news(booth.state)
    assert told is not None
    assert told.word.startswith("刚才 孔*和：已放弃查询，没有结算")
