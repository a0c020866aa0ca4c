"""Identifiers are types of their own, checked once at the edge (house rule 4)."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.identifiers import (
    AreaCode,
    BadIdentifier,
    IdNumber,
    id_check_digit,
    masked_number,
)

GOOD = "990000197001010018"


@pytest.mark.parametrize(
    "text",
    [GOOD, " 990000 19700101 0018\n", "９９００００１９７００１０１００１８"],
)
def test_an_id_number_is_folded_as_typed_or_scanned(text: str) -> None:
    assert IdNumber.parse(text) == IdNumber(GOOD)


def test_the_check_character_may_be_x_in_any_form() -> None:
    first_17 = next(
        stem
        for serial in range(1000)
        if id_check_digit(stem := f"99000019700101{serial:03d}") == "X"
    )
    for last in "Xxｘ\uff38":
        assert IdNumber.parse(first_17 + last).number == first_17 + "X"


@pytest.mark.parametrize(
    "text",
    ["", GOOD[:-1] + "9", GOOD[:-1], GOOD + "1", "X" * 18, "990000197002300018"]
    + [f"99000019700230001{d}" for d in range(10)]
    + ["٩٩٠٠٠٠١٩٧٠٠١٠١٠٠١٨"],
)
def test_a_wrong_id_number_is_refused_and_never_repeated(text: str) -> None:
    with pytest.raises(BadIdentifier) as caught:
        IdNumber.parse(text)
    assert caught.value.kind == "ID number"
    assert not text or text not in str(caught.value)


@given(st.dates(date(1900, 1, 1), date(2029, 12, 31)), st.integers(0, 999))
def test_birth_comes_from_the_number(birth: date, serial: int) -> None:
    first_17 = f"990000{birth:%Y%m%d}{serial:03d}"
    number = IdNumber.parse(first_17 + id_check_digit(first_17))
    assert number.birth == birth


@given(st.integers(0, 16), st.integers(1, 9))
def test_one_wrong_digit_is_always_caught(at: int, by: int) -> None:
    changed = GOOD[:at] + str((int(GOOD[at]) + by) % 10) + GOOD[at + 1 :]
    with pytest.raises(BadIdentifier):
        IdNumber.parse(changed)


def test_a_number_made_by_force_has_no_birth() -> None:
    with pytest.raises(BadIdentifier):
        _ = IdNumber("990000197013010018").birth


def test_an_id_number_shows_itself_masked() -> None:
    """House rule 8: first six and last four."""
    assert IdNumber(GOOD).masked == "990000********0018"
    assert repr(IdNumber(GOOD)) == "IdNumber(990000********0018)"


@pytest.mark.parametrize(
    ("number", "masked"),
    [
        ("", ""),
        ("1", "1"),
        ("12", "12"),
        ("1234567890", "********90"),
        ("12345678901", "123456*8901"),
    ],
)
def test_short_numbers_show_less(number: str, masked: str) -> None:
    assert masked_number(number) == masked


@pytest.mark.parametrize("code", ["", "43010", "4301000", "43010a", "４３０１００"])
def test_an_area_code_is_six_digits(code: str) -> None:
    with pytest.raises(BadIdentifier):
        AreaCode(code)


@pytest.mark.req("S2-24")
def test_same_province() -> None:
    """B07, S2-24: the first two digits tell the province."""
    assert AreaCode("430100").same_province(AreaCode("439900"))
    assert not AreaCode("430100").same_province(AreaCode("370800"))
    assert AreaCode("430100").province == "43"
    assert str(AreaCode("430100")) == "430100"


@pytest.mark.req("S0-27", "S1-14")
@pytest.mark.parametrize(
    ("filed", "place", "covers"),
    [
        ("430000", "430100", True),
        ("430000", "430104", True),
        ("430000", "440100", False),
        ("430100", "430100", True),
        ("430100", "430104", True),
        ("430100", "430200", False),
        ("431000", "431003", True),
        ("431000", "431100", False),
        ("430104", "430104", True),
        ("430104", "430105", False),
        ("430120", "430121", False),
        ("500000", "500103", True),
        ("500000", "510100", False),
        ("430100", "430000", False),
    ],
)
def test_a_filing_covers_its_province_or_city(filed: str, place: str, covers: bool) -> None:
    """S0-27, S1-14: by province (2 digits) or city (4); 重庆 500000 is not 四川 510000."""
    assert AreaCode(filed).covers(AreaCode(place)) is covers
