"""A bill too long for one message is refused in the platform's words, and nothing is booked."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import pytest
from msgspec.structs import replace

from desktop.hospital.charges_file import read_charges
from desktop.services.ending import Ending
from desktop.services.whole_settlement import settle_bill
from tests.services.counter import Counter, bill_of, messages


@pytest.mark.parametrize(("lines", "ending"), [(50, Ending.SETTLED), (70, Ending.REFUSED)])
def test_what_fits_into_one_message(
    counter: Counter, person: Mapping[str, Any], lines: int, ending: Ending
) -> None:
    """``input`` holds 40000 characters, and a batch is whole in one 2204."""
    tree = bill_of(person).document()
    first = tree["lines"][0]
    tree["lines"] = [{**first, "line_no": str(n)} for n in range(1, lines + 1)]
    tree["bill"] = {k: v for k, v in tree["bill"].items() if k != "total"}
    file = counter.folder / "long.json"
    file.write_text(json.dumps(tree), encoding="utf-8")
    order = replace(counter.order(bill_of(person)), bill=read_charges(file))
    finished = settle_bill(counter.desk, order)
    assert finished.ending is ending, messages(finished)
    if ending is Ending.REFUSED:
        assert "40000" in str(messages(finished))
