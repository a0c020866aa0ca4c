"""Insurances and filings (S0-09 … S0-14, S0-27)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from desktop.domain.identifiers import AreaCode
from desktop.domain.person import (
    EMPLOYEE,
    Filing,
    FilingGroup,
    FilingKind,
    Insurance,
)

CHANGSHA = AreaCode("430100")
DAY = date(2023, 5, 2)


@pytest.mark.req("S0-14", "S2-15", "S2-16")
@pytest.mark.parametrize(
    ("kind", "group"),
    [
        (FilingKind.RETIRED_SETTLED, FilingGroup.LONG),
        (FilingKind.LONG_RESIDENT, FilingGroup.LONG),
        (FilingKind.POSTED_WORKER, FilingGroup.LONG),
        (FilingKind.REFERRED, FilingGroup.TEMP),
        (FilingKind.EMERGENCY, FilingGroup.TEMP),
        (FilingKind.OTHER, FilingGroup.TEMP),
    ],
)
def test_groups_of_filings(kind: FilingKind, group: FilingGroup) -> None:
    """S0-09, S0-10, S0-11 are long-term; S0-12, S0-13, S0-14 temporary (S2-15, S2-16)."""
    assert kind.group is group


@pytest.mark.req("S0-09", "S0-10", "S0-11", "S1-10", "S1-11", "S1-12")
def test_every_kind_has_words_of_its_own() -> None:
    """S0-09: the class is shown in words."""
    words = [kind.words for kind in FilingKind]
    assert len(set(words)) == len(FilingKind)
    assert all(word.endswith("人员") for word in words)


@pytest.mark.req("S3-09")
@pytest.mark.parametrize(
    ("begins", "ends", "holds"),
    [
        (DAY, None, True),
        (DAY, DAY, True),
        (DAY - timedelta(1), DAY - timedelta(1), False),
        (DAY + timedelta(1), None, False),
        (date(2020, 1, 1), date(2023, 12, 31), True),
    ],
)
def test_a_filing_holds_between_its_days(begins: date, ends: date | None, holds: bool) -> None:
    """S3-07, S3-09: a filing without an end is valid; B15: one that begins later is not."""
    filing = Filing(FilingKind.OTHER, AreaCode("430000"), begins, ends)
    assert filing.holds(CHANGSHA, DAY) is holds


@pytest.mark.req("S0-27")
def test_a_filing_holds_in_its_area_only() -> None:
    """S0-27, B14: filed for another area."""
    filing = Filing(FilingKind.LONG_RESIDENT, AreaCode("430200"), DAY, None)
    assert not filing.holds(CHANGSHA, DAY)
    assert filing.holds(AreaCode("430202"), DAY)


@pytest.mark.parametrize(
    ("status", "active"), [("", True), ("1", True), ("2", False), ("9", False)]
)
def test_an_insurance_is_active_unless_told_otherwise(status: str, active: bool) -> None:
    """B10: paused and ended insurances do not settle."""
    insurance = Insurance(EMPLOYEE, AreaCode("370800"), "1101", status, None, False, "")
    assert insurance.active is active
