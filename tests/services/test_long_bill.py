"""A long bill is settled whole: its lines are one batch, and a batch is one 2204."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from msgspec.structs import replace

from desktop.hospital.charges_file import read_charges
from desktop.services.ending import Ending
from desktop.services.whole_settlement import settle_bill
from tests.services.counter import Counter, bill_of, messages

LINES = 250
"""Their 2204 has four times the 40000 characters that the envelope's table gives to ``input``."""


def test_a_bill_of_250_lines_is_settled(counter: Counter, person: Mapping[str, Any]) -> None:
    tree = bill_of(person).document()
    first = tree["lines"][0]
    tree["lines"] = [{**first, "line_no": str(n)} for n in range(1, LINES + 1)]
    tree["bill"] = {k: v for k, v in tree["bill"].items() if k != "total"}
    file = counter.folder / "long.json"
    file.write_text(json.dumps(tree), encoding="utf-8")
    order = replace(counter.order(bill_of(person)), bill=read_charges(file))
    finished = settle_bill(counter.desk, order)
    assert finished.ending is Ending.SETTLED, messages(finished)
    assert len(finished.record.lines) == LINES
