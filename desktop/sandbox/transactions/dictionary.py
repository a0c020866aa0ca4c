"""1901 字典表查询: the code tables of the interface document's section 4."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from desktop.nhsa.messages.dictionary import DictionaryInput, DictionaryOutput, DictionaryRow
from desktop.sandbox.calls import Call
from desktop.sandbox.dictionaries import read_dictionaries
from desktop.sandbox.refusals import Reason, Refused

VALID: Final = "1"
VERSION: Final = 1
CREATED: Final = "2021-12-30"
"""Day of the national baseline."""
CREATOR: Final = "practice"


def query_dictionary(_call: Call, asked: DictionaryInput) -> DictionaryOutput:
    """The values of one table, or those under ``parent_value``; nothing is invalid here."""
    query = asked.data
    table = read_dictionaries().get(query.type)
    if table is None:
        raise Refused(Reason.DICTIONARY_UNKNOWN, type=query.type)
    if query.vali_flag != VALID:
        return DictionaryOutput()
    rows = (_row(query.type, table, number, value) for number, value in enumerate(table, 1))
    parent = query.parent_value
    return DictionaryOutput(rows=tuple(row for row in rows if parent in (None, row.parent_value)))


def _row(kind: str, table: Mapping[str, str], number: int, value: str) -> DictionaryRow:
    return DictionaryRow(
        type=kind,
        label=table[value],
        value=value,
        parent_value=_parent(table, value),
        sort=number,
        vali_flag=VALID,
        create_user=CREATOR,
        create_date=CREATED,
        version=VERSION,
    )


def _parent(table: Mapping[str, str], value: str) -> str:
    """Sub-codes keep the parent's prefix; a value of the first rank stands under its table, "0"."""
    prefixes = (value[:length] for length in range(len(value) - 1, 0, -1))
    return next((prefix for prefix in prefixes if prefix in table), "0")
