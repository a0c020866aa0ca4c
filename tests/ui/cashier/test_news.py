"""News beside the keys: told once, gone as soon as they are no longer true."""

from __future__ import annotations

from desktop.domain.money import Money
from tests.rig.town import townsman
from tests.ui.cashier.booth import Booth
from ui.cashier.key_wording import news, offers
from ui.cashier.state import Intent, Page, ShownBy
from ui.theme.tokens import Tone
from ui.widgets.shown import Badge

ORDINARY, UNFILED = townsman(0), townsman(7)


def primary(booth: Booth) -> set[object]:
    return {offer.intent for offer in offers(booth.state) if offer.primary}


def test_once_the_person_was_looked_at_nobody_is_reminded(booth: Booth) -> None:
    booth.drop(ORDINARY)
    booth.show(ORDINARY)
    booth.presenter.settle()
    assert news(booth.state) == Badge("请先核对人证（F8），再结算", Tone.WARNING)
    booth.presenter.confirm_identity()
    assert news(booth.state) is None


def test_once_more_cash_was_given_nothing_is_lacking(booth: Booth) -> None:
    booth.to_offer(ORDINARY)
    booth.presenter.settle()
    booth.work.run_all()
    booth.presenter.give_cash(Money(1))
    booth.presenter.collect()
    assert news(booth.state) == Badge("收到的现金不够", Tone.WARNING)
    booth.presenter.give_cash(Money(100000))
    assert news(booth.state) is None


def test_change_of_a_whole_note_is_asked_about_once(booth: Booth) -> None:
    """450 is due: 549.99 is ordinary, 550 gives a note straight back."""
    booth.settle(ORDINARY)
    booth.presenter.give_cash(Money(550_00))
    booth.presenter.collect()
    assert booth.on(Page.SETTLED)
    assert not booth.work.waiting
    assert news(booth.state) == Badge("找零很多，请核对实收；没有输错就再按 F10", Tone.WARNING)
    booth.presenter.give_cash(Money(549_99))
    assert news(booth.state) is None
    booth.presenter.collect()
    booth.work.run_all()
    assert booth.on(Page.DONE)


def test_asked_once_more_the_change_is_the_cashiers_word(booth: Booth) -> None:
    booth.settle(ORDINARY)
    booth.presenter.give_cash(Money(100_000))
    booth.presenter.collect()
    assert not booth.work.waiting
    booth.presenter.collect()
    booth.work.run_all()
    assert booth.on(Page.DONE)


def test_that_nothing_was_settled_is_no_warning(booth: Booth) -> None:
    booth.to_offer(ORDINARY)
    booth.presenter.leave()
    booth.work.run_all()
    assert booth.on(Page.READY)
    assert news(booth.state) == Badge("已撤销，没有结算", Tone.INFO)


def test_the_primary_keys_are_the_next_ones(booth: Booth) -> None:
    booth.show(UNFILED)
    assert primary(booth) == {Intent.ASK_AGAIN}
    booth.drop(ORDINARY)
    booth.show(ORDINARY)
    assert primary(booth) == {Intent.CONFIRM_IDENTITY}
    booth.presenter.confirm_identity()
    assert primary(booth) == {Intent.SETTLE}


def test_what_the_person_was_shown_by_stays_beside_the_name(booth: Booth) -> None:
    booth.to_offer(ORDINARY)
    assert booth.state.credential is ShownBy.NUMBER
    assert news(booth.state) is None
