"""A message that the interface's field tables would refuse is refused, and changes nothing."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.sandbox.platform import read_envelope
from desktop.sandbox.reasons import Reason
from tests.sandbox.areas import bench_abroad, insured
from tests.sandbox.asking import Patient
from tests.sandbox.conftest import Bench
from tests.sandbox.refusing import kept, says

TABLES = Path(__file__).parents[1] / "reference" / "fields"
DIFFERENCES = json.loads((TABLES / "differences.json").read_text(encoding="utf-8"))["differences"]
ASKED = ("1101", "2001", "2201", "2203", "2204", "2206", "2207", "2208", "2601", "5203", "5206")
NUMBER = "数值型"


@dataclass(frozen=True, slots=True)
class Wanted:
    """A field that the tables demand, deliberate differences left out."""

    infno: str
    node: str
    name: str
    is_number: bool


def wanted(infno: str) -> list[Wanted]:
    table = json.loads((TABLES / f"{infno}.json").read_text(encoding="utf-8"))
    return [
        Wanted(infno, node["node"], row["name"], row["type"] == NUMBER)
        for node in table["nodes"]
        if node["side"] == "input"
        for row in node["fields"]
        if row["req"] == "Y" and row["name"] not in optional(infno, node["node"])
    ]


def optional(infno: str, node: str) -> set[str]:
    place = f"{infno}/input/{node}"
    rows = [row for row in DIFFERENCES if row["at"] == place and row["what"] == "optional"]
    return {name for row in rows for name in row["fields"]}


FIELDS = [each for infno in ASKED for each in wanted(infno)]
Damage = Callable[[dict[str, Any], str], None]


def leave_out(node: dict[str, Any], name: str) -> None:
    del node[name]


def make_null(node: dict[str, Any], name: str) -> None:
    node[name] = None


def make_a_list(node: dict[str, Any], name: str) -> None:
    node[name] = [node[name]]


def make_words(node: dict[str, Any], name: str) -> None:
    node[name] = "若干"


@dataclass
class Spoiler:
    """Carries every message; before the one of ``wants`` it sends it damaged."""

    bench: Bench
    wants: Wanted
    damage: Damage
    answers: list[str] = field(default_factory=list)

    def __call__(self, infno: str, body: bytes) -> Mapping[str, Any]:
        if infno == self.wants.infno and not self.answers:
            self._send_damaged(json.loads(body))
        return self.bench.carry(infno, body)

    def _send_damaged(self, message: dict[str, Any]) -> None:
        spoilt = deepcopy(message)
        node = spoilt["input"][self.wants.node]
        self.damage(node[0] if isinstance(node, list) else node, self.wants.name)
        before = kept(self.bench.state)
        request = read_envelope(json.dumps(spoilt, ensure_ascii=False).encode())
        outcome = self.bench.platform.handle(request, self.bench.now, self.bench.real)
        assert kept(self.bench.state) == before
        self.answers.append(outcome.refusal)


def play(spoiler: Spoiler) -> None:
    """A settlement that is cancelled, and one that is reversed, asked of whatever can be asked."""
    bench = spoiler.bench
    bench.desk.line = spoiler
    who = insured(bench, "370800")
    patient = bench.patient(who)
    ask_around(patient)
    patient.open()
    first = patient.whole("P1", patient.row("P1", "A", "500.00"), use="1")["setlinfo"]
    patient.find(first["setl_id"])
    patient.cancel(first["setl_id"])
    second = patient.whole("P2", patient.row("P2", "A", "500.00"))["setlinfo"]
    patient.reverse(second["medins_setl_id"])


def ask_around(patient: Patient) -> None:
    cert = {"mdtrt_cert_type": "02", "mdtrt_cert_no": patient.certno}
    patient.ask("1101", data={**cert, "psn_cert_type": "01", "certno": "", "psn_name": ""})
    query = {
        "psn_no": patient.psn_no,
        "insutype": "310",
        "fixmedins_code": patient.desk.hospital,
        "med_type": "11",
        "begntime": patient.began,
    }
    patient.ask("2001", data=query)
    patient.ask("5206", data={"psn_no": patient.psn_no, "cum_ym": "202305"})


@pytest.mark.req("S4-20")
@settings(max_examples=240)
@given(st.sampled_from(FIELDS), st.sampled_from((leave_out, make_null, make_a_list)))
def test_a_demanded_field_must_be_there(wants: Wanted, damage: Damage) -> None:
    spoiler = Spoiler(bench_abroad(), wants, damage)
    play(spoiler)
    (text,) = spoiler.answers
    reason = Reason.FIELD_WRONG if damage is make_a_list else Reason.FIELD_MISSING
    assert says(text, reason), (wants, text)
    assert wants.name in text


@pytest.mark.parametrize(
    "wants",
    [each for each in FIELDS if each.is_number],
    ids=lambda each: f"{each.infno}-{each.name}",
)
def test_a_number_is_a_number(wants: Wanted) -> None:
    spoiler = Spoiler(bench_abroad(), wants, make_words)
    play(spoiler)
    (text,) = spoiler.answers
    assert says(text, Reason.FIELD_WRONG), (wants, text)
    assert wants.name in text


def test_every_transaction_is_asked() -> None:
    assert {each.infno for each in FIELDS} == {*ASKED}
    assert len(FIELDS) > 70
