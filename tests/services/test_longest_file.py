"""A charges file that the desk takes is never refused by the platform for the form of a field."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import pytest
from msgspec.structs import replace

from desktop.hospital.charges_file import read_charges
from desktop.hospital.faults import ChargesInvalid
from desktop.services.ending import Ending
from desktop.services.whole_settlement import settle_bill
from tests.services.counter import Counter, bill_of, messages

LONGEST: dict[str, dict[str, Any]] = {
    "visit": {
        "visit_no": "门" * 30,
        "department_code": "K" * 30,
        "department": "科" * 50,
        "caty": "A50.01.01",
        "doctor_code": "D" * 30,
        "doctor_name": "医" * 50,
        "diagnoses": [{"code": "J" * 20, "name": "病" * 100}] * 3,
    },
    "bill": {"bill_no": "单" * 30, "receipt_no": "票" * 20},
}
"""Every text of the head that goes to the platform, as long as a file may have it."""
OF_HUNAN = {
    "doctor_code": "D430100000001",
    "diagnoses": [{"code": "I63.900x001", "name": "病" * 100}] * 3,
}
"""What Hunan's platform looks into: a text of no code is refused there, and taken elsewhere."""
LINE = {"line_no": "行" * 30, "hospital_code": "H" * 150}


def document(person: Mapping[str, Any]) -> dict[str, Any]:
    tree = bill_of(person).document()
    for section, fields in LONGEST.items():
        tree[section] = {**tree[section], **fields}
    tree["lines"] = [{**line, **LINE} for line in tree["lines"]]
    return tree


@pytest.mark.req("S1-57")
def test_the_longest_of_everything_is_taken(counter: Counter, person: Mapping[str, Any]) -> None:
    file = counter.folder / "longest.json"
    tree = document(person)
    tree["visit"].update(OF_HUNAN)
    file.write_text(json.dumps(tree), encoding="utf-8")
    order = replace(counter.order(bill_of(person)), bill=read_charges(file))
    finished = settle_bill(counter.desk, order)
    assert finished.ending is Ending.SETTLED, messages(finished)


@pytest.mark.parametrize(
    ("section", "field"),
    [(section, field) for section, fields in LONGEST.items() for field in fields],
)
def test_one_more_is_told_before_anything_is_sent(
    counter: Counter, person: Mapping[str, Any], section: str, field: str
) -> None:
    """Else the first test would not be the longest."""
    tree = document(person)
    value = tree[section][field]
    longer = [{**value[0], "name": value[0]["name"] + "病"}] if isinstance(value, list) else value
    tree[section][field] = longer if isinstance(value, list) else value + value[-3:]
    file = counter.folder / "longer.json"
    file.write_text(json.dumps(tree), encoding="utf-8")
    with pytest.raises(ChargesInvalid):
        read_charges(file)
