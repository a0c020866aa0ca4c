"""The PIN where a site demands it: compared by the card, never kept (cards.md A3, A5)."""

from __future__ import annotations

import logging
from collections.abc import Callable
from contextlib import closing
from typing import Any

import pytest
from msgspec.structs import replace

from card_reader import CardError, CardReaders, CardReading, CardSite, Patience
from card_reader.cards import Inserted
from card_reader.pcsc import Code
from card_reader.pin import NotAPin, judge, pad_code, pad_request, verify_command
from card_reader.watch import CardWatch
from desktop.domain.problems import ProblemCode
from tests.card_reader.script import PERSON
from tests.card_reader.test_faulty_service import FAST, PAD, UNKNOWN_CODE, ServiceOfCards
from tests.card_reader.witness import Witness
from tests.rig.virtual_card import Chip, bank_card, social_security_card

PIN = "246813"


@pytest.mark.parametrize(
    ("digits", "command"),
    [
        ("123456", "0020000003123456"),
        ("1234", "00200000021234"),
        ("12345", "002000000312345f"),
        ("1" * 16, "0020000008" + "11" * 8),
    ],
)
def test_the_command(digits: str, command: str) -> None:
    assert verify_command(digits).hex() == command


@pytest.mark.parametrize("digits", ["", "123", "1" * 17, "12a456", "１２３４", "12 456", "-12345"])
def test_what_is_no_pin_is_not_sent(digits: str) -> None:
    with pytest.raises(NotAPin):
        verify_command(digits)


@pytest.mark.parametrize(
    ("sw", "kind", "detail"),
    [
        (0x63C5, ProblemCode.PIN_WRONG, "R 还可输 5 次"),
        (0x63C1, ProblemCode.PIN_WRONG, "R 还可输 1 次"),
        (0x63C0, ProblemCode.PIN_LOCKED, "R"),
        (0x6983, ProblemCode.PIN_LOCKED, "R"),
        (0x6400, ProblemCode.PIN_NOT_ENTERED, "R 超时"),
        (0x6401, ProblemCode.PIN_NOT_ENTERED, "R 已取消"),
        (0x6403, ProblemCode.PIN_NOT_ENTERED, "R 位数不对"),
        (0x6A88, ProblemCode.CARD_UNREADABLE, "R 6A88"),
    ],
)
def test_what_the_card_says_of_it(sw: int, kind: ProblemCode, detail: str) -> None:
    with pytest.raises(CardError) as error:
        judge(sw, "R")
    assert (error.value.kind, error.value.detail) == (kind, detail)


@pytest.mark.parametrize(
    ("features", "code"),
    [
        (PAD.hex(), 0x42330006),
        ("060442330006", 0x42330006),
        ("0a0442330010", None),
        ("0605423300060000", None),
        ("0604", None),
        ("", None),
    ],
)
def test_the_pad_among_the_readers_features(features: str, code: int | None) -> None:
    assert pad_code(bytes.fromhex(features)) == code


def test_what_the_pad_is_asked() -> None:
    """PC/SC part 10, 2.5.2: six digits as BCD, left, in three bytes after the header."""
    assert pad_request().hex() == "1e0f810300060602ff040800000000080000000020000003ffffff"


def a_card(**behaviour: Any) -> Chip:
    return Chip(social_security_card(**PERSON, pin=PIN, **behaviour))


def asked(service: ServiceOfCards, digits: str | None) -> None:
    """Read the card, then have it compare the PIN, as the window does."""
    witness = Witness()
    watch = CardWatch(witness, FAST, service, site=CardSite(pin=True))
    watch.start()
    try:
        reading = witness.next(Inserted, 3).reading
        assert reading.pin_pad is bool(service.pad_says)
        watch.confirm(reading, digits)
    finally:
        watch.stop()
        assert service.open_links == 0, "every connection is given back"


def problem(ask: Callable[[], object]) -> CardError:
    with pytest.raises(CardError) as error:
        ask()
    return error.value


def test_the_right_digits() -> None:
    asked(ServiceOfCards(chip=a_card()), PIN)


def test_wrong_digits_are_counted_by_the_card_until_it_locks() -> None:
    service = ServiceOfCards(chip=a_card(pin_tries=3))
    told = [problem(lambda: asked(service, "000000")) for _ in range(4)]
    assert [error.detail for error in told[:2]] == ["R 还可输 2 次", "R 还可输 1 次"]
    assert [error.kind for error in told[2:]] == [ProblemCode.PIN_LOCKED] * 2
    assert problem(lambda: asked(service, PIN)).kind is ProblemCode.PIN_LOCKED


def test_digits_that_are_no_pin_cost_no_try() -> None:
    service = ServiceOfCards(chip=a_card())
    with pytest.raises(NotAPin):
        asked(service, "12")


def test_the_pad() -> None:
    asked(ServiceOfCards(chip=a_card(), pad_says="9000"), None)


@pytest.mark.parametrize(
    ("says", "kind"),
    [
        ("63c2", ProblemCode.PIN_WRONG),
        ("6983", ProblemCode.PIN_LOCKED),
        ("6401", ProblemCode.PIN_NOT_ENTERED),
        ("90", ProblemCode.CARD_REMOVED),
    ],
)
def test_the_pad_says_no(says: str, kind: ProblemCode) -> None:
    service = ServiceOfCards(chip=a_card(), pad_says=says)
    assert problem(lambda: asked(service, None)).kind is kind


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        (Code.CANCELLED, ProblemCode.PIN_NOT_ENTERED),
        (Code.REMOVED, ProblemCode.CARD_REMOVED),
        (UNKNOWN_CODE, ProblemCode.CARD_UNREADABLE),
    ],
)
def test_the_pads_call_fails(code: int, kind: ProblemCode) -> None:
    service = ServiceOfCards(chip=a_card(), pad_says="9000", failing={"control": [code]})
    assert problem(lambda: asked(service, None)).kind is kind


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        (Code.REMOVED, ProblemCode.CARD_REMOVED),
        (UNKNOWN_CODE, ProblemCode.CARD_UNREADABLE),
    ],
)
def test_the_question_for_a_pad_fails(code: int, kind: ProblemCode) -> None:
    """The card was pulled between being read and being asked for: no fault of the program."""
    service = ServiceOfCards(chip=a_card(), pad_says="9000", failing={"features": [0, code]})
    assert problem(lambda: asked(service, None)).kind is kind


def test_a_reader_without_a_pad_cannot_be_asked() -> None:
    error = problem(lambda: asked(ServiceOfCards(chip=a_card()), None))
    assert (error.kind, error.detail) == (ProblemCode.PIN_NOT_ENTERED, "R 没有密码键盘")


def reading_of(service: ServiceOfCards, site: CardSite | None = None) -> CardReading:
    with closing(CardReaders(FAST, service, site=site)) as readers:
        return readers.read()


def test_another_card_meanwhile_is_not_asked_for_the_pin() -> None:
    """Nobody's tries are spent on another person's card."""
    before = reading_of(ServiceOfCards(chip=a_card()))
    other = a_card(pin_tries=1, card_sn="990000D15600000500BF7C7A48FB4999")
    service = ServiceOfCards(chip=other)
    watch = CardWatch(Witness(), FAST, service)
    watch.start()
    assert problem(lambda: watch.confirm(before, "000000")).kind is ProblemCode.CARD_REMOVED
    watch.confirm(replace(before, card=None), "000000")
    watch.stop()
    assert other.answer(bytes.fromhex("0020000003" + PIN)).hex() == "9000", "no try was spent"


def test_a_bank_card_meanwhile_is_not_asked_either() -> None:
    before = reading_of(ServiceOfCards(chip=a_card()))
    watch = CardWatch(Witness(), FAST, ServiceOfCards(chip=Chip(bank_card())))
    watch.start()
    assert problem(lambda: watch.confirm(before, PIN)).kind is ProblemCode.CARD_REMOVED
    watch.stop()


def test_without_a_window_only_the_pad_can_ask() -> None:
    site = CardSite(pin=True)
    assert reading_of(ServiceOfCards(chip=a_card(), pad_says="9000"), site).card is not None
    error = problem(lambda: reading_of(ServiceOfCards(chip=a_card()), site))
    assert error.kind is ProblemCode.PIN_NOT_ENTERED


def test_a_site_that_demands_none_asks_for_none() -> None:
    service = ServiceOfCards(chip=a_card(), pad_says="6401")
    assert reading_of(service).pin_pad is False


def test_a_person_at_the_pad_may_take_longer_than_a_card() -> None:
    service = ServiceOfCards(chip=a_card(), pad_says="9000", slow={"control": 0.4})
    site = CardSite(pin=True)
    with closing(CardReaders(Patience(answer=0.15), service, site=site)) as readers:
        assert readers.read().card is not None


def test_the_digits_are_in_no_log(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        asked(ServiceOfCards(chip=a_card()), PIN)
    assert "00200000 -> 9000, 0 bytes" in caplog.text
    assert PIN not in caplog.text
