"""A card put in early: kept while somebody is at the window, read when nobody is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from desktop.domain.credential import Credential, CredentialKind
from desktop.services.identify import from_id_number
from tests.rig.town import townsman
from tests.ui.cashier.booth import Booth
from ui.cashier.doing import Doing
from ui.cashier.news import News
from ui.cashier.next_card import CardIn
from ui.cashier.state import Page, ShownBy

NOW, NEXT = townsman(0), townsman(1)


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
