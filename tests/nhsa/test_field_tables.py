"""The message types beside the field tables of the reference (issue 2, `desktop/nhsa`)."""

from __future__ import annotations

import json
from typing import Any

import pytest

from desktop.nhsa.messages.by_number import TRANSACTIONS
from desktop.nhsa.messages.verification import (
    FACE_AUTHORISATION,
    FACE_CHECK,
    SETTLEMENT_NOTICE,
)
from tests.nhsa.field_tables import FIELDS, Difference, differences, tables

TERMINAL = {FACE_AUTHORISATION, FACE_CHECK, SETTLEMENT_NOTICE}
KNOWN: dict[str, Any] = json.loads((FIELDS / "differences.json").read_text())
RENAMED = {entry["at"]: entry["ours"] for entry in KNOWN["renamed"]}


def _listed() -> set[Difference]:
    return {
        Difference(infno, side, node, field, entry["what"])
        for entry in KNOWN["differences"]
        for infno, side, node in [entry["at"].split("/")]
        for field in entry["fields"]
    }


def test_names_types_and_requirement_are_those_of_the_tables() -> None:
    """A difference that is not listed, or listed without being one, fails."""
    assert sorted(differences(RENAMED)) == sorted(_listed())


def test_every_difference_has_a_reason_and_every_reason_is_used() -> None:
    assert {entry["why"] for entry in KNOWN["differences"]} == set(KNOWN["reasons"])


def test_a_field_is_listed_once_for_each_kind_of_difference() -> None:
    assert sum(len(entry["fields"]) for entry in KNOWN["differences"]) == len(_listed())


def test_every_transaction_has_its_table() -> None:
    assert set(TRANSACTIONS) | {"6101", "envelope"} | TERMINAL == set(tables())


@pytest.mark.parametrize("infno", sorted(TRANSACTIONS))
def test_the_path_of_style_a_has_the_real_spelling(infno: str) -> None:
    assert f"/fsi/api/{TRANSACTIONS[infno].path}" == tables()[infno]["path"]


def test_only_2207_2208_and_2601_settle() -> None:
    assert {t.infno for t in TRANSACTIONS.values() if t.settles} == {"2207", "2208", "2601"}
