"""``kuasheng card`` through a real pcscd (cards.md, contracts)."""

from __future__ import annotations

import pytest

from tests.rig.kuasheng import Ran, kuasheng
from tests.rig.pcsc import PcscStack
from tests.rig.virtual_card import CardDescription, bank_card, other_card, social_security_card

NAME, NUMBER = "欧阳㼆彧", "990000198503121038"
KEYS = {
    "reader", "atr", "kind", "version", "card_sn", "card_no", "issued", "expires", "area", "name",
    "id_number", "sex", "birth", "partial", "problems",
}  # fmt: skip


def _read(readers: PcscStack, card: CardDescription | None, *more: str) -> Ran:
    if card is not None:
        readers.insert(0, card)
    return kuasheng("card", "--wait", "2", *more, environment=readers.environment)


def test_a_card_is_read_and_what_is_personal_is_masked(readers: PcscStack) -> None:
    ran = _read(readers, social_security_card(name=NAME, id_number=NUMBER))
    assert (ran.exit, set(ran.body)) == (0, KEYS)
    body = ran.body
    assert (body["kind"], body["version"], body["partial"]) == ("social-security", "2.00", False)
    assert (body["issued"], body["expires"], body["sex"]) == ("2018-05-01", "2038-05-01", "1")
    assert (body["name"], body["id_number"]) == ("欧**彧", "990000********1038")
    assert body["birth"] == "1985-**-**"
    assert body["reader"] == readers.reader_name(0)
    for hidden in (NAME, NUMBER, "19850312"):
        assert hidden not in ran.words


def test_full_shows_everything(readers: PcscStack) -> None:
    ran = _read(readers, social_security_card(name=NAME, id_number=NUMBER), "--full")
    assert ran.exit == 0
    assert (ran.body["name"], ran.body["id_number"]) == (NAME, NUMBER)
    assert ran.body["birth"] == "1985-03-12"


def test_a_third_generation_card_is_partial_and_read_all_the_same(readers: PcscStack) -> None:
    card = social_security_card(name=NAME, id_number=NUMBER, version="3.00")
    ran = _read(readers, card)
    assert (ran.exit, ran.body["partial"], ran.body["name"]) == (0, True, "")
    assert ran.codes == ["card-partial"]
    assert len(ran.body["card_sn"]) == 32


def test_a_record_that_lies_is_empty_and_named(readers: PcscStack) -> None:
    card = social_security_card(name=NAME, id_number=NUMBER, said_lengths={"09": 99})
    ran = _read(readers, card)
    assert (ran.exit, ran.body["name"]) == (0, "")
    assert ran.codes == ["card-record-false"]


@pytest.mark.parametrize(
    ("card", "kind", "code"),
    [
        (bank_card(), "bank", "bank-card"),
        (other_card(), "other", "not-social-security-card"),
    ],
    ids=["bank", "other"],
)
def test_another_card_is_exit_ten_with_the_whole_shape(
    readers: PcscStack, card: CardDescription, kind: str, code: str
) -> None:
    ran = _read(readers, card)
    assert (ran.exit, ran.body["kind"], ran.codes) == (10, kind, [code])
    assert set(ran.body) == KEYS


def test_an_empty_reader(readers: PcscStack) -> None:
    ran = kuasheng("card", environment=readers.environment)
    assert (ran.exit, ran.codes) == (1, ["no-card"])


def test_a_reader_that_is_not_there(readers: PcscStack) -> None:
    ran = kuasheng("card", "--reader", "Nowhere", environment=readers.environment)
    assert (ran.exit, ran.codes) == (1, ["no-reader"])


def test_no_reader_service() -> None:
    ran = kuasheng("card", environment={"PCSCLITE_CSOCK_NAME": "/nonexistent/pcscd.comm"})
    assert (ran.exit, ran.codes) == (1, ["reader-service-down"])


@pytest.mark.parametrize("seconds", ["-1", "x", "nan", "4000"])
def test_a_wait_is_a_number_of_seconds(seconds: str) -> None:
    assert kuasheng("card", "--wait", seconds).exit == 2
