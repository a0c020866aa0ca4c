"""What the tests of refusals share."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import msgspec
import pytest

from desktop.sandbox.control import bodies
from desktop.sandbox.reasons import Reason
from desktop.sandbox.state import State
from desktop.sandbox.wordings.dialects import bare
from desktop.sandbox.wordings.texts import WORDINGS
from tests.sandbox.asking import No, Patient
from tests.sandbox.conftest import Bench


def kept(state: State) -> bytes:
    """Everything but the serial, which every answer moves."""
    tables = {name: dict(table.items()) for name, table in state.tables() if name != "settings"}
    return msgspec.json.encode(tables)


def says(text: str, reason: Reason) -> bool:
    """True when the text is one of the reason's wordings, whatever its facts and its dialect."""
    return any(_worded(text, wording) for wording in WORDINGS[reason])


def _worded(text: str, wording: str) -> bool:
    """What a dialect leaves of a wording, with anything in place of the facts."""
    core = bare(wording)
    parts = [part for part in re.split(r"\{\w+\}", core) if part]
    return all(part in text for part in parts)


@contextmanager
def refused(bench: Bench, reason: Reason) -> Iterator[None]:
    before = kept(bench.state)
    with pytest.raises(No) as no:
        yield
    assert says(no.value.text, reason), f"{no.value.text} is not {reason.name}"
    assert kept(bench.state) == before


def query(bench: Bench, **data: str) -> Any:
    asked = {"mdtrt_cert_type": "02", "mdtrt_cert_no": "990000198001010017", **data}
    return bench.desk.ask("1101", "", data=asked)


def benefits(bench: Bench, who: bodies.PersonBody, **changes: Any) -> list[dict[str, Any]]:
    data = {
        "psn_no": who.psn_no,
        "insutype": "310",
        "fixmedins_code": bench.desk.hospital,
        "med_type": "11",
        "begntime": "2023-05-02 09:00:00",
        **changes,
    }
    return list(bench.desk.ask("2001", "370800", data=data)["trtinfo"])


def presettled(bench: Bench) -> tuple[Patient, Any]:
    patient = bench.patient().open()
    patient.upload(patient.row("P1", bench.item("A"), "100.00"))
    return patient, patient.preview("P1", "100.00")
