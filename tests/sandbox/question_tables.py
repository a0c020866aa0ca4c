"""What the reference's tables say of every field of every question, deliberate differences in."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from desktop.sandbox.dictionaries import read_dictionaries
from tests.nhsa.field_tables import tables

FILE = Path(__file__).parents[1] / "reference" / "question_differences.json"
TEXT, NUMBERS = "字符型", ("数值型", "数字型")
FORMS = {"日期型": "day", "日期时间型": "time", "字节数组": "read"}
INSTEAD = {"days-of-pages": "day-or-time", "some-printed": "department", "own-table": "read"}
"""The form that a departure puts in the place of what the table says."""
Rule = dict[str, Any]
Questions = dict[str, dict[str, dict[str, Rule]]]


class Departure(NamedTuple):
    """One listed difference of one field."""

    infno: str
    node: str
    field: str
    what: str


@cache
def listed() -> dict[Departure, dict[str, Any]]:
    told = json.loads(FILE.read_text(encoding="utf-8"))
    return {
        Departure(infno, node, field, entry["what"]): entry
        for entry in told["departures"]
        for infno, node in [entry["at"].split("/")]
        for field in entry["fields"]
    }


def reasons() -> set[str]:
    return set(json.loads(FILE.read_text(encoding="utf-8"))["reasons"])


def fields_of_tables(*, departing: bool = True) -> Questions:
    """By transaction, node and field: what of a rule is told; without departures as printed."""
    return {
        infno: nodes
        for infno, table in tables().items()
        if (nodes := {n["node"]: _rules(infno, n, departing) for n in _asked(table)})
    }


def _asked(table: Any) -> list[Any]:
    return [node for node in table["nodes"] if node["side"] == "input"]


def _rules(infno: str, node: Any, departing: bool) -> dict[str, Rule]:
    return {
        row["name"]: _departed(infno, node["node"], row["name"], _printed(row))
        if departing
        else _printed(row)
        for row in node["fields"]
    }


def _printed(row: dict[str, str]) -> Rule:
    found: Rule = {}
    if row["type"] == TEXT and row["len"]:
        found["longest"] = int(row["len"])
    if row["type"] in NUMBERS and row["len"]:
        found["digits"] = row["len"]
    if form := _form(row):
        found["form"] = form
    elif codes := _codes(row):
        found["codes"] = codes
    return found


def _departed(infno: str, node: str, field: str, printed: Rule) -> Rule:
    found = dict(printed)
    for what in ("longest", "digits", "form", "codes"):
        if entry := listed().get(Departure(infno, node, field, what)):
            found.pop(what, None)
            if form := INSTEAD.get(entry["why"]):
                found["form"] = form
            if longest := entry.get("ours"):
                found["longest"] = longest
    return found


def _form(row: dict[str, str]) -> str:
    name = row["name"]
    if name == "exp_content":
        return "json"
    if "admvs" in name or "admdvs" in name or name == "poolarea_no":
        return "area"
    return FORMS.get(row["type"], "")


_NAMED = {
    "clr_type": ["clr_type", "clr_type_drug"],
    "opter_type": ["opter_type"],
    "businesstype": ["code_biz_type"],
}


def _codes(row: dict[str, str]) -> list[str]:
    """The table of its own name; of a flag without table 0 and 1; else what has no table."""
    name = row["name"].lower()
    if named := _NAMED.get(name):
        return named
    if name in read_dictionaries():
        return [name]
    if row["dict"] != "Y":
        return []
    return ["yes_no"] if name.endswith("_flag") else ["no-table"]
