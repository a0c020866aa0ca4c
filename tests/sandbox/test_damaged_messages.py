"""A message that the interface's field tables would refuse is refused, and changes nothing."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

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


Damage = Callable[[dict[str, Any], str], None]


def leave_out(node: dict[str, Any], name: str) -> None:
    del node[name]


def make_null(node: dict[str, Any], name: str) -> None:
    node[name] = None


def make_a_list(node: dict[str, Any], name: str) -> None:
    node[name] = [node[name]]


def make_words(node: dict[str, Any], name: str) -> None:
    node[name] = "若干"


DAMAGES: Mapping[Damage, Reason] = {
    leave_out: Reason.FIELD_MISSING,
    make_null: Reason.FIELD_MISSING,
    make_a_list: Reason.FIELD_WRONG,
}
"""What each damage is refused for."""


@dataclass
class Spoiler:
    """Carries every message; before each one it sends it damaged, in every way."""

    bench: Bench
    asked: set[str] = field(default_factory=set)
    fields: int = 0

    def __call__(self, infno: str, body: bytes) -> Mapping[str, Any]:
        if infno not in self.asked:
            self.asked.add(infno)
            before = kept(self.bench.state)
            for wants in wanted(infno):
                self._spoil(json.loads(body), wants)
            assert kept(self.bench.state) == before
        return self.bench.carry(infno, body)

    def _spoil(self, message: dict[str, Any], wants: Wanted) -> None:
        self.fields += 1
        for damage, reason in DAMAGES.items():
            self._refused(message, wants, damage, reason)
        if wants.is_number:
            self._refused(message, wants, make_words, Reason.FIELD_WRONG)

    def _refused(
        self, message: dict[str, Any], wants: Wanted, damage: Damage, reason: Reason
    ) -> None:
        spoilt = deepcopy(message)
        node = spoilt["input"][wants.node]
        damage(node[0] if isinstance(node, list) else node, wants.name)
        request = read_envelope(json.dumps(spoilt, ensure_ascii=False).encode())
        text = self.bench.platform.handle(request, self.bench.now, self.bench.real).refusal
        assert says(text, reason), (wants, damage.__name__, text)
        assert wants.name in text


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
def test_every_demanded_field_of_a_visit_s_messages_must_be_there_and_right() -> None:
    """Each message of a visit, its refund and its queries, damaged before it is sent whole.

    The visit goes on as if nothing had been: what is refused changes nothing.
    """
    spoiler = Spoiler(bench_abroad())
    play(spoiler)
    assert spoiler.asked == {*ASKED}
    assert spoiler.fields == sum(len(wanted(infno)) for infno in ASKED) > 70
