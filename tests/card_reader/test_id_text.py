"""The 256 bytes of an ID card: whose they are, or nobody's (S0-29, cards.md A7)."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from card_reader.id_text import BadIdText, id_card_of
from desktop.domain.credential import CertKind
from tests.rig.id_card import CITIZEN, NEW_FOREIGNER, foreigner, new_foreigner, resident

pytestmark = pytest.mark.windows


@pytest.mark.req("S0-29")
def test_a_citizens_card() -> None:
    card = id_card_of(resident())
    assert (card.kind, card.name, card.sex, card.nation) == (
        CertKind.RESIDENT_ID,
        "张三",
        "1",
        "01",
    )
    assert (card.birth, card.number) == (date(1985, 3, 12), CITIZEN["number"])
    assert (card.begins, card.expires) == (date(2018, 5, 1), date(2038, 5, 1))
    assert (card.address, card.authority) == (CITIZEN["address"], CITIZEN["authority"])
    assert card.nationality == ""


def test_a_card_without_end_and_without_beginning() -> None:
    card = id_card_of(resident(expires="长期", begins=""))
    assert (card.begins, card.expires) == (None, None)


def test_a_resident_of_hong_kong_macao_or_taiwan_has_no_nation() -> None:
    card = id_card_of(resident(type="J", nation="", pass_number="H00000000", times="01"))
    assert (card.kind, card.nation, card.name) == (CertKind.HMT_RESIDENT, "", "张三")


def test_a_foreigner() -> None:
    card = id_card_of(foreigner())
    assert (card.kind, card.name, card.number) == (
        CertKind.FOREIGNER, "DOE, JANE", "USA990085031201",
    )  # fmt: skip
    assert (card.nationality, card.sex, card.birth) == ("USA", "2", date(1985, 3, 12))
    assert card.expires == date(2030, 1, 1)
    assert id_card_of(foreigner(name="多简")).name == "多简"


def test_a_foreigner_with_the_card_of_2023() -> None:
    card = id_card_of(new_foreigner())
    assert (card.kind, card.name, card.number) == (
        CertKind.FOREIGNER, "DOE, JANE", NEW_FOREIGNER["number"],
    )  # fmt: skip
    assert (card.nationality, card.sex, card.birth) == ("840", "2", date(1985, 3, 12))
    assert (card.begins, card.expires) == (date(2024, 1, 1), date(2034, 1, 1))
    assert (card.nation, card.address, card.authority) == ("", "", "")
    assert id_card_of(new_foreigner(name="多简")).name == "多简"


def test_a_latin_name_goes_on_in_its_second_place() -> None:
    first, more = "WOLFESCHLEGELSTEINHAUSENBERGERDORFF", ", JOHN"
    card = id_card_of(new_foreigner(latin_name=first, latin_name_more=more))
    assert card.name == first + more
    cut = "VAN DER BERG, MARIA CATHARINA ELSA "
    assert id_card_of(new_foreigner(latin_name=cut, latin_name_more="ANNA")).name == f"{cut}ANNA"


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"number": "990000198503121047"}, "NUMBER"),
        ({"number": "0" + NEW_FOREIGNER["number"][1:]}, "NUMBER"),
        ({"birth": "19850313"}, "BIRTH"),
        ({"latin_name": ""}, "NAME"),
        ({"latin_name": "DOE\0JANE"}, "LATIN_NAME"),
        ({"type": "Z"}, "type"),
    ],
)
def test_a_card_of_2023_that_contradicts_itself_is_nobodys(
    fields: dict[str, str], field: str
) -> None:
    with pytest.raises(BadIdText) as bad:
        id_card_of(new_foreigner(**fields))
    assert str(bad.value) == field


def test_rare_characters_of_old_and_new_cards() -> None:
    """Beyond the first plane, and one that old tables keep in private use (names-and-fonts)."""
    assert id_card_of(resident(name="王\U00020087\U0002298f")).name == "王\U00020087\U0002298f"
    assert id_card_of(resident(name="王\ue81e")).name == "王龴"


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"name": ""}, "NAME"),
        ({"name": "张\0三"}, "NAME"),
        ({"birth": "19850231"}, "BIRTH"),
        ({"birth": ""}, "BIRTH"),
        ({"birth": "19850313"}, "BIRTH"),
        ({"number": "990000198503121039"}, "NUMBER"),
        ({"number": ""}, "NUMBER"),
        ({"begins": "2018050"}, "BEGINS"),
        ({"expires": ""}, "EXPIRES"),
        ({"expires": "永久"}, "EXPIRES"),
        ({"type": "K"}, "type"),
    ],
)
def test_a_text_that_contradicts_itself_is_nobodys(fields: dict[str, str], field: str) -> None:
    """No half-read person: one field that cannot be, and nothing is used."""
    with pytest.raises(BadIdText) as bad:
        id_card_of(resident(**fields))
    assert str(bad.value) == field


@pytest.mark.parametrize("number", ["", "USA 9900850312", "ＵＳＡ"])
def test_a_foreigners_number_that_is_none(number: str) -> None:
    with pytest.raises(BadIdText, match="NUMBER"):
        id_card_of(foreigner(number=number))


def test_a_sex_that_is_not_told_is_left_empty() -> None:
    assert id_card_of(resident(sex="9")).sex == ""


def test_a_torn_character_is_no_name() -> None:
    torn = bytearray(resident())
    torn[0:2] = b"\x42\xd8"  # half of a character of the second plane
    with pytest.raises(BadIdText, match="NAME"):
        id_card_of(bytes(torn))


@pytest.mark.parametrize("length", [0, 255, 257])
def test_another_length_is_no_text(length: int) -> None:
    with pytest.raises(BadIdText):
        id_card_of(bytes(length))


@given(st.binary(min_size=256, max_size=256))
def test_any_bytes_are_a_card_or_none(block: bytes) -> None:
    try:
        id_card_of(block)
    except BadIdText:
        return


@given(st.integers(0, 255), st.integers(1, 255))
def test_a_spoilt_byte_never_makes_another_number(place: int, change: int) -> None:
    spoilt = bytearray(resident())
    spoilt[place] ^= change
    try:
        card = id_card_of(bytes(spoilt))
    except BadIdText:
        return
    assert card.number == CITIZEN["number"] or card.kind is CertKind.FOREIGNER


def test_it_shows_nobody() -> None:
    """House rule 8."""
    shown = repr(id_card_of(resident()))
    assert shown == "IdCard(kind=<CertKind.RESIDENT_ID: '01'>)"
