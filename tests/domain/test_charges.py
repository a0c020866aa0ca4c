"""The bill that the hospital's own system hands over."""

from __future__ import annotations

from desktop.domain.charges import BillKey
from desktop.domain.money import Money
from desktop.hospital.json_format import parse_json
from tests.hospital.samples import example


def test_a_bill_is_named_by_its_number_and_revision() -> None:
    assert str(BillKey("SF1", 2)) == "SF1#2"
    assert BillKey("SF1", 1) != BillKey("SF1", 2)


def test_the_total_is_the_sum_of_the_lines() -> None:
    """C5: what medfee_sumamt must be."""
    bill = parse_json(example("json").encode())
    assert bill.total == Money(2500) + Money(800)


def test_a_later_revision_of_the_same_bill_revises_it() -> None:
    """B26."""
    assert BillKey("SF1", 2).revises(BillKey("SF1", 1))
    assert not BillKey("SF1", 1).revises(BillKey("SF1", 1))
    assert not BillKey("SF2", 2).revises(BillKey("SF1", 1))
